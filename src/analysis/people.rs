//! Finding a person by name among the users that were read.

use std::collections::BTreeSet;

use super::directory::{PAGES_TO_FIND, read_directory};
use crate::{
    domain::{Instance, User},
    facts::{Facts, Failure, FailureKind, Known, Operation},
    text,
};

/// A user whose name is the one that was given.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FoundPerson<'a> {
    /// The instance in whose directory the user is.
    pub instance: &'a Instance,
    /// The user.
    pub user: &'a User,
}

/// What a search for a person has come to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PeopleSearch<'a> {
    /// Those whose name it is, in the order of the directories.
    pub found: Vec<FoundPerson<'a>>,
    /// How many users were read.
    pub read: usize,
    /// True if every user of every visible directory was read.
    pub is_complete: bool,
    /// True if nothing more will be read.
    pub is_over: bool,
    /// What is in the way of reading on, if it is.
    pub failure: Option<Failure>,
}

/// Returns the people whose name has every word that was given, in any order, in all visible directories: once nothing
/// more will be read, because going through thousands of users takes a while.
pub(crate) fn find_people<'a>(facts: &'a Facts, name: &str) -> PeopleSearch<'a> {
    let mut search = PeopleSearch { found: Vec::new(), read: 0, is_complete: true, is_over: true, failure: None };
    let mut readings = Vec::new();
    let mut pages = 0;
    for instance in facts.instances() {
        let reading = read_directory(facts, instance, PAGES_TO_FIND);
        pages += reading.pages;
        search.read += reading.items.len();
        search.is_complete &= reading.is_complete();
        search.is_over &= reading.next.is_none();
        search.failure = search.failure.or_else(|| reading.failure.clone());
        readings.push((instance, reading.items));
    }
    search.is_over |= pages >= PAGES_TO_FIND || facts.closed.is_some();
    if search.is_over {
        let wanted = split_words(name);
        for (instance, users) in readings {
            let matching = users.into_iter().filter(|user| has_words(&list_name_words(user), &wanted));
            search.found.extend(matching.map(|user| FoundPerson { instance, user }));
        }
    }
    search
}

/// Returns who a person's name means, once the directories were read: nobody, or the one user of that name.
pub(crate) fn identify_person<'a>(facts: &'a Facts, name: &str) -> Known<Option<FoundPerson<'a>>> {
    let mut search = find_people(facts, name);
    if !search.is_over || search.read == 0 && search.failure.is_none() && !search.is_complete {
        return Known::Pending;
    }
    if search.is_complete && search.found.len() <= 1 {
        return Known::Value(search.found.pop());
    }
    if let Some(failure) = search.failure.filter(|_| search.found.len() <= 1) {
        return Known::Failed(failure);
    }
    let message = describe_doubt(&search.found, search.read, search.is_complete);
    Known::Failed(Failure::new(FailureKind::PersonNotIdentified, Operation::ListUsers, message))
}

fn describe_doubt(found: &[FoundPerson], read: usize, is_complete: bool) -> String {
    let read = text::count(read, "user was read", "users were read");
    let more = if is_complete { "" } else { ", and the directory has more" };
    if found.is_empty() {
        return format!("{read}{more}; none of them is called so");
    }
    let names: Vec<String> = found.iter().map(FoundPerson::describe).collect();
    format!("{read}{more}; called so: {}", names.join(", "))
}

impl FoundPerson<'_> {
    /// Returns the display name with the user name, such as `Ines Costa (ines.costa@corp.example)`.
    pub(crate) fn describe(&self) -> String {
        let user_name = self.user.user_name.as_deref().unwrap_or_else(|| self.user.id.as_str());
        match &self.user.display_name {
            Some(display_name) => format!("{} ({})", text::clean(display_name), text::clean(user_name)),
            None => text::clean(user_name),
        }
    }
}

/// Returns every word that a user can be found by, as [`split_words`] writes them.
pub(crate) fn list_name_words(user: &User) -> BTreeSet<String> {
    let names = [&user.display_name, &user.given_name, &user.family_name, &user.nick_name, &user.user_name];
    let texts = names.into_iter().flatten().chain(&user.emails);
    texts.flat_map(|text| split_words(text)).collect()
}

/// Returns true if each of the wanted words is one of a user's own.
fn has_words(own: &BTreeSet<String>, wanted: &[String]) -> bool {
    !wanted.is_empty() && wanted.iter().all(|word| own.contains(word))
}

/// Returns true if each of the wanted words begins one of a user's own: somebody may be about to type the rest.
pub(crate) fn has_beginnings(own: &BTreeSet<String>, wanted: &[String]) -> bool {
    let begins = |word: &String| own.range(word.clone()..).next().is_some_and(|next| next.starts_with(word));
    !wanted.is_empty() && wanted.iter().all(begins)
}

/// Returns the words of a name, letter case, accents and scripts aside: `Łukasz O'Neil` is `lukasz`, `oneil`.
pub(crate) fn split_words(name: &str) -> Vec<String> {
    let folded = deunicode::deunicode(name).to_lowercase().replace(['\'', '`'], "");
    let words = folded.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(ToOwned::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::domain::UserId;

    fn user() -> User {
        User {
            id: UserId::new("user"),
            user_name: Some("lzolc7".to_owned()),
            display_name: Some("Łukasz Żółć-Strauß".to_owned()),
            given_name: Some("Łukasz".to_owned()),
            family_name: Some("Żółć-Strauß".to_owned()),
            nick_name: Some("Luki".to_owned()),
            emails: vec!["lukasz.zolc@corp.example".to_owned()],
            enabled: Some(true),
            external: true,
        }
    }

    #[rstest]
    #[case::as_written("Łukasz Żółć-Strauß", true)]
    #[case::decomposed("Łukasz Z\u{307}o\u{301}łc\u{301}", true)]
    #[case::without_accents("lukasz zolc", true)]
    #[case::in_any_order("STRAUSS, Lukasz", true)]
    #[case::nickname("Luki Zolc", true)]
    #[case::one_word("Strauß", true)]
    #[case::user_name("lzolc7", true)]
    #[case::another_first_name("Adam Zolc", false)]
    #[case::cut_short("Luk Zol", false)]
    #[case::nothing("  ", false)]
    fn a_name_is_found_as_it_is_said(#[case] name: &str, #[case] is_found: bool) {
        assert_eq!(has_words(&list_name_words(&user()), &split_words(name)), is_found);
    }

    #[test]
    fn words_may_be_cut_short_while_somebody_types() {
        assert!(has_beginnings(&list_name_words(&user()), &split_words("luk zol")));
        assert!(!has_beginnings(&list_name_words(&user()), &split_words("luk xol")));
    }
}
