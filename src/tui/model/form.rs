//! The intake form.

use tui_input::Input;

use crate::{
    case::{Case, Saw, TypedUserError, UserList},
    report::diagnosis::PersonChoice,
    text,
};

/// The fields, in the order of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Field {
    /// Who cannot sign in.
    #[default]
    User,
    /// The start URL that the user typed.
    StartUrl,
    /// The Region that the user typed.
    Region,
    /// The user name that the user typed.
    TypedUser,
    /// What the user saw.
    Saw,
    /// The application.
    Application,
}

impl Field {
    /// All, in the order of the form.
    pub const ALL: [Self; 6] =
        [Self::User, Self::StartUrl, Self::Region, Self::TypedUser, Self::Saw, Self::Application];

    /// What stands on the user's screen.
    pub(crate) const ON_THE_USERS_SCREEN: [Self; 3] = [Self::StartUrl, Self::Region, Self::TypedUser];

    /// The label.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::StartUrl => "Start URL",
            Self::Region => "Region",
            Self::TypedUser => "User name",
            Self::Saw => "What the user saw",
            Self::Application => "Application",
        }
    }
}

/// A row under the form: somebody to take over into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What tells the row from the others.
    pub label: String,
    /// What to type as the user.
    pub name: String,
    /// What diagnosing this user shows.
    pub shows: String,
    /// The start URL that this user typed.
    pub start_url: Option<String>,
    /// The Region that this user typed.
    pub typed_region: Option<String>,
    /// The user name that this user typed.
    pub typed_user: Option<String>,
    /// What this user saw.
    pub saw: Option<Saw>,
    /// For which application, by its place among the profiles; `None` leaves the chosen one.
    pub application: Option<usize>,
}

/// What is in the form.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// User, start URL, Region, user name, and what the user saw.
    pub(crate) inputs: [Input; 5],
    /// The application, by its place among the profiles.
    pub application: usize,
    /// The field that is typed into.
    pub field: Field,
    /// True once the fields below the first one are shown.
    pub unfolded: bool,
    /// Which of the offered users was taken over into the field.
    pub offered: Option<usize>,
    /// Those read so far who are called like what stands in the first field.
    pub people: Vec<PersonChoice>,
    /// Which of them is marked.
    pub person: Option<usize>,
    /// What was recognised of what the user saw; `None` while it is being typed.
    pub seen: Option<Saw>,
    /// Which of the known texts is marked.
    pub known: Option<usize>,
    /// The people of a list that was pasted in place of a name.
    pub pasted: Option<UserList>,
    /// Who is compared with the one that the form asks for.
    pub compares_with: Option<Box<Case>>,
    /// What is wrong with the field that is typed into.
    pub problem: Option<Problem>,
}

/// Why the form cannot take something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// No user can be called so.
    User(TypedUserError),
    /// So many lines were pasted at once.
    SeveralLines(usize),
    /// Nothing of what was pasted is known.
    NothingKnown,
}

impl Form {
    /// Returns true where nothing of a person's own would be lost by filling the fields.
    pub(crate) fn is_free(&self) -> bool {
        self.offered.is_some() || self.inputs.iter().all(|input| input.value().is_empty())
    }

    /// Returns the text field that the keys go to; the application is chosen, not typed.
    pub(crate) fn input_mut(&mut self) -> Option<&mut Input> {
        self.inputs.get_mut(self.field as usize)
    }

    /// Returns the text in a field; the application is chosen, not typed.
    #[must_use]
    pub fn input(&self, field: Field) -> Option<&Input> {
        self.inputs.get(field as usize)
    }

    /// Fills a field, or empties it without a value.
    pub(crate) fn fill(&mut self, field: Field, value: Option<&str>) {
        self.field = field;
        if let Some(input) = self.input_mut() {
            *input = value.map_or_else(Input::default, |value| Input::new(keep_visible(value)));
        }
    }
}

/// Returns the characters that a field takes: line ends and tabs become blanks, and of what cannot be seen only the marks
/// stay that can be part of a user name, as [`crate::case::TypedUser`] keeps them.
pub(crate) fn keep_visible(typed: &str) -> String {
    let blanks = typed.chars().map(|character| if matches!(character, '\n' | '\r' | '\t') { ' ' } else { character });
    blanks.filter(|character| can_be_typed(*character)).collect()
}

/// Returns true for what can be seen, and for marks behind a letter.
pub(crate) fn can_be_typed(character: char) -> bool {
    !text::is_invisible(character) || text::is_invisible_mark(character)
}
