//! Whom somebody typed: a user name, an e-mail address or a user id, freed of what pasting adds.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{LookupKey, UserId},
    text,
};

/// A user name, e-mail address or user id, as somebody typed it, freed of what pasting adds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TypedUser {
    text: String,
    kind: UserKind,
}

/// What a text for a user is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum UserKind {
    /// Somebody typed it: it may be a name, an address or an id.
    Typed,
    /// AWS named the user by this id.
    Id,
    /// No user can be called so.
    Nobody,
}

/// Why something typed cannot be a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TypedUserError {
    /// Nothing is left of it.
    #[error("type a user name, an e-mail address or a user id")]
    Empty,
    /// Longer than any e-mail address that Identity Center takes.
    #[error("this is too long to be a user name or an e-mail address ({TYPED_USER_LIMIT} characters at most)")]
    TooLong,
}

/// The longest user name is 128 characters, the longest e-mail address 320.
const TYPED_USER_LIMIT: usize = 320;

impl TypedUser {
    /// Reads what was typed or pasted. Of `Name <address>` it is the address; blanks, quotes around it, a `;`, `,` or `.`
    /// behind it, and a `mailto:` or `DOMAIN\` before it are dropped, and so are control and other invisible characters,
    /// but for marks inside the name. What is left is never cut further: `name@domain` stays whole.
    ///
    /// # Errors
    /// If nothing is left, or too much.
    pub fn parse(typed: &str) -> Result<Self, TypedUserError> {
        let visible = remove_what_pasting_adds(typed);
        let mut rest = trim_name(&visible);
        loop {
            let bare = without_quotes(without_name_before(trim_separators(rest)));
            let without_domain = bare.rsplit_once('\\').map_or(bare, |(_, name)| name);
            let shorter = trim_name(without_scheme(without_domain));
            if shorter.len() == rest.len() {
                break;
            }
            rest = shorter;
        }
        if rest.is_empty() {
            return Err(TypedUserError::Empty);
        }
        if rest.chars().count() > TYPED_USER_LIMIT {
            return Err(TypedUserError::TooLong);
        }
        Ok(Self { text: rest.to_owned(), kind: UserKind::Typed })
    }

    /// Returns the user whom AWS named by this id.
    #[must_use]
    pub fn of_id(id: &UserId) -> Self {
        Self { text: id.to_string(), kind: UserKind::Id }
    }

    /// Returns what stands for a line of a list that names nobody, so that the line has a result like the others.
    #[must_use]
    pub fn nobody(line: &str) -> Self {
        Self { text: line.trim().chars().take(TYPED_USER_LIMIT).collect(), kind: UserKind::Nobody }
    }

    /// Returns the normalised text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns true for a text that can be no user, whatever AWS knows.
    #[must_use]
    pub fn is_nobody(&self) -> bool {
        self.kind == UserKind::Nobody
    }

    /// Returns true for an id that AWS named the user by.
    #[must_use]
    pub fn is_id(&self) -> bool {
        self.kind == UserKind::Id
    }

    /// Returns true for a text with a blank inside and no `@`: the name of a person, by which nothing can be looked up.
    #[must_use]
    pub fn is_person_name(&self) -> bool {
        self.kind == UserKind::Typed && self.text.contains(char::is_whitespace) && !self.text.contains('@')
    }

    /// Returns the look-ups to try, the best answer first. What looks like a user id may be a user name, too; the name of
    /// a person is neither.
    #[must_use]
    pub fn lookups(&self) -> Vec<LookupKey> {
        if self.is_person_name() || self.is_nobody() {
            return Vec::new();
        }
        if self.is_id() {
            return vec![LookupKey::Id(UserId::new(self.text.as_str()))];
        }
        let lower = self.text.to_lowercase();
        let mut spellings = vec![self.text.clone()];
        if lower != self.text {
            spellings.push(lower);
        }
        let id = is_user_id(&self.text).then(|| LookupKey::Id(UserId::new(self.text.to_lowercase())));
        let mut keys: Vec<LookupKey> =
            id.into_iter().chain(spellings.iter().cloned().map(LookupKey::UserName)).collect();
        if self.text.contains('@') {
            keys.extend(spellings.into_iter().map(LookupKey::Email));
        }
        keys
    }
}

/// Drops invisible characters. A mark behind a character that is to be seen is part of the name.
fn remove_what_pasting_adds(typed: &str) -> String {
    let mut kept = String::with_capacity(typed.len());
    for character in typed.chars() {
        let is_inside = kept.ends_with(|before: char| !before.is_whitespace());
        if !text::is_invisible(character) || (is_inside && text::is_invisible_mark(character)) {
            kept.push(character);
        }
    }
    kept
}

/// Drops blanks around a name, and marks that have lost what they belonged to.
fn trim_name(name: &str) -> &str {
    name.trim_start_matches(|character: char| character.is_whitespace() || text::is_invisible(character)).trim_end()
}

/// Drops what separates addresses in a list, or ends a sentence.
fn trim_separators(typed: &str) -> &str {
    typed.trim_end_matches(|character: char| character.is_whitespace() || matches!(character, ';' | ',' | '.'))
}

/// Returns the address of `Name <address>` and of `<address>`; the name, where the brackets are empty.
fn without_name_before(typed: &str) -> &str {
    let Some((name, address)) = typed.strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) else { return typed };
    // A bracket inside a word is a letter of it.
    let is_apart = name.chars().next_back().is_none_or(|before| before.is_whitespace() || QUOTES.contains(&before));
    match address.trim() {
        _ if !is_apart => typed,
        "" => name,
        address => address,
    }
}

/// The marks that mail programs and people put around a name.
const QUOTES: [char; 12] = ['"', '\'', '`', '“', '”', '„', '‘', '’', '‚', '«', '»', '´'];

/// Drops quotes that stand on both sides: one alone can be a letter of the name.
fn without_quotes(typed: &str) -> &str {
    typed.strip_prefix(QUOTES).and_then(|rest| rest.strip_suffix(QUOTES)).unwrap_or(typed)
}

fn without_scheme(typed: &str) -> &str {
    match typed.split_at_checked("mailto:".len()) {
        Some((scheme, name)) if scheme.eq_ignore_ascii_case("mailto:") => name,
        _ => typed,
    }
}

/// Returns true for a UUID, with or without the ten hexadecimal digits and the dash that Identity Center puts before
/// it.
fn is_user_id(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let uuid = match groups.as_slice() {
        [prefix, uuid @ ..] if uuid.len() == 5 && prefix.len() == 10 && is_hexadecimal(prefix) => uuid,
        uuid => uuid,
    };
    uuid.len() == 5
        && uuid.iter().zip([8, 4, 4, 4, 12]).all(|(part, length)| part.len() == length && is_hexadecimal(part))
}

fn is_hexadecimal(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
