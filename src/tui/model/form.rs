//! The intake form.

use tui_input::Input;

use crate::{case::TypedUserError, text};

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
    /// The application.
    Application,
}

impl Field {
    /// All, in the order of the form.
    pub const ALL: [Self; 4] = [Self::User, Self::StartUrl, Self::Region, Self::Application];

    /// The label.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::StartUrl => "Start URL",
            Self::Region => "Region",
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
    /// For which application, by its place among the profiles; `None` leaves the chosen one.
    pub application: Option<usize>,
}

/// What is in the form.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// User, start URL and Region.
    pub(crate) inputs: [Input; 3],
    /// The application, by its place among the profiles.
    pub application: usize,
    /// The field that is typed into.
    pub field: Field,
    /// True once the fields below the first one are shown.
    pub unfolded: bool,
    /// Which of the offered users was taken over into the field.
    pub offered: Option<usize>,
    /// What is wrong with the user field.
    pub error: Option<TypedUserError>,
}

impl Form {
    /// Returns the text field that the keys go to; the application is chosen, not typed.
    pub(crate) fn input_mut(&mut self) -> Option<&mut Input> {
        self.inputs.get_mut(self.field as usize)
    }

    /// Returns the text in a field; the application is chosen, not typed.
    #[must_use]
    pub fn input(&self, field: Field) -> Option<&Input> {
        self.inputs.get(field as usize)
    }

    /// Fills a field, or empties it without a value; what cannot be seen is left out.
    pub(crate) fn fill(&mut self, field: Field, value: Option<&str>) {
        self.field = field;
        if let Some(input) = self.input_mut() {
            *input = value.map_or_else(Input::default, |value| Input::new(keep_visible(value)));
        }
    }
}

/// Returns the characters that can be seen: line ends and tabs become blanks, everything else invisible goes.
pub(crate) fn keep_visible(typed: &str) -> String {
    let blanks = typed.chars().map(|character| if matches!(character, '\n' | '\r' | '\t') { ' ' } else { character });
    blanks.filter(|character| !text::is_invisible(*character)).collect()
}
