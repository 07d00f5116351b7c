//! Names like the one that was typed, and the user who has it in another letter case.

use super::{
    directory::{PAGES_TO_SUGGEST, read_directory},
    found_user::FoundUser,
};
use crate::{
    case::{Case, TypedUser},
    domain::{Instance, LookupKey, User},
    facts::{Facts, Known},
};

/// How many names are suggested.
const SUGGESTED: usize = 5;

/// How many letters of a long name may be wrong, missing, too many, or swapped with the next one.
const MOST_TYPOS: usize = 2;

/// What a listing of users says of the one who was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListedNames {
    /// User names close to what was typed, the closest first. Where a listed user is the one, nobody else is suggested.
    pub close: Vec<String>,
    /// Whether one of the users is who was typed.
    pub listed: Listed,
    /// How many users were read.
    pub read: usize,
    /// False if the directory has more users than were read.
    pub complete: bool,
}

/// Whether a listed user is one whom the look-ups did not find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Listed {
    /// None of them is.
    Nobody,
    /// One has exactly what was looked up.
    AsLookedUp,
    /// One has the name or the address in another letter case, in which AWS finds nobody; this key would find the user.
    InOtherLetterCase(FoundUser),
}

/// Returns what the listing of a directory says of the user, where it was read.
pub(crate) fn read_names(case: &Case, facts: &Facts, instance: &Instance) -> Known<ListedNames> {
    let reading = read_directory(facts, instance, PAGES_TO_SUGGEST);
    if let Some(failure) = reading.failure.filter(|_| reading.pages == 0) {
        return Known::Failed(failure);
    }
    let is_over = reading.next.is_none() || reading.pages >= PAGES_TO_SUGGEST || facts.closed.is_some();
    if !is_over || reading.pages == 0 {
        return Known::Pending;
    }
    let listed = find_listed_user(&case.user, &reading.items);
    let is_found = listed != Listed::Nobody;
    let close = if is_found { Vec::new() } else { suggest_names(case.user.as_str(), &reading.items) };
    Known::Value(ListedNames { close, listed, read: reading.items.len(), complete: reading.next.is_none() })
}

/// Returns whether one of these users is who was typed, although no look-up found anybody.
fn find_listed_user(typed: &TypedUser, users: &[&User]) -> Listed {
    let looked_up = typed.lookups();
    if users.iter().any(|user| looked_up.iter().any(|key| has_exactly(user, key))) {
        return Listed::AsLookedUp;
    }
    let wanted = typed.as_str().to_lowercase();
    let is_wanted = |name: &&String| name.to_lowercase() == wanted;
    let named = users.iter().filter_map(|user| Some((user, user.user_name.as_ref().filter(is_wanted)?)));
    let addressed = users.iter().filter_map(|user| Some((user, user.emails.iter().find(is_wanted)?)));
    // A user name comes before an address, as it does among the look-ups. Of two who share it neither is found.
    let named: Vec<_> = named.map(|(user, name)| (user, LookupKey::UserName(name.clone()))).collect();
    let addressed: Vec<_> = addressed.map(|(user, address)| (user, LookupKey::Email(address.clone()))).collect();
    let found = if named.is_empty() { addressed } else { named };
    match found.as_slice() {
        [(user, key)] => Listed::InOtherLetterCase(FoundUser { id: user.id.clone(), key: key.clone() }),
        _ => Listed::Nobody,
    }
}

/// Returns true if a look-up by this key should have found the user.
fn has_exactly(user: &User, key: &LookupKey) -> bool {
    match key {
        LookupKey::UserName(name) => user.user_name.as_ref() == Some(name),
        LookupKey::Email(address) => user.emails.contains(address),
        LookupKey::Id(id) => user.id == *id,
    }
}

/// Returns the user names that are close to what was typed, the closest first.
fn suggest_names(typed: &str, users: &[&User]) -> Vec<String> {
    let typed = ComparedName::new(typed);
    let mut close: Vec<(Unlikeness, &str)> = users
        .iter()
        .filter_map(|user| {
            let names = user.user_name.iter().chain(&user.display_name).chain(&user.emails);
            let closest = names.filter_map(|name| typed.measure_unlikeness(&ComparedName::new(name))).min()?;
            Some((closest, user.user_name.as_deref()?))
        })
        .collect();
    close.sort();
    close.into_iter().take(SUGGESTED).map(|(_, name)| name.to_owned()).collect()
}

/// A name in two parts, letter case aside. A domain that everybody shares makes nobody alike, and somebody may have
/// the same name under another one.
struct ComparedName {
    local: String,
    domain: Option<String>,
}

/// How far a name is from the one that was typed; the smaller, the closer.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Unlikeness {
    typos: usize,
    domains: Domains,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Domains {
    /// The same, or one of the names has none.
    Same,
    /// A typo or two apart.
    Alike,
    Different,
}

impl ComparedName {
    fn new(name: &str) -> Self {
        let name = name.to_lowercase();
        match name.rsplit_once('@') {
            Some((local, domain)) => Self { local: local.to_owned(), domain: Some(domain.to_owned()) },
            None => Self { local: name, domain: None },
        }
    }

    /// Returns how unlike another name is, or `None` if it is too unlike to be meant.
    fn measure_unlikeness(&self, other: &Self) -> Option<Unlikeness> {
        let domains = match (&self.domain, &other.domain) {
            (Some(one), Some(other)) if one != other => {
                let is_typo = strsim::osa_distance(one, other) <= MOST_TYPOS;
                if is_typo { Domains::Alike } else { Domains::Different }
            }
            _ => Domains::Same,
        };
        let typos = strsim::osa_distance(&self.local, &other.local);
        // In a short name, two wrong letters make somebody else; another domain counts like one.
        let allowed = ((self.local.chars().count() + 1) / 3).min(MOST_TYPOS);
        let counted = typos + usize::from(domains == Domains::Different);
        (counted <= allowed).then_some(Unlikeness { typos, domains })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::domain::UserId;

    #[rstest]
    #[case::the_nearer_first("vsra", &["maria", "vara", "vera"], &["vara", "vera"])]
    #[case::a_shared_domain_is_no_likeness("vsra@corp.example", &["maria@corp.example", "vera@corp.example"], &["vera@corp.example"])]
    #[case::nobody_is_like("zoe@corp.example", &["ana@corp.example", "ben@corp.example"], &[])]
    #[case::two_swapped_letters("vrea", &["vera"], &["vera"])]
    #[case::two_typos_in_a_long_name("ana.slivva", &["ana.silva"], &["ana.silva"])]
    #[case::two_typos_in_a_short_name("eva", &["ana"], &[])]
    #[case::fewer_typos_first("ines.cost", &["ines.coasta", "ines.costa"], &["ines.costa", "ines.coasta"])]
    #[case::letter_case_aside("FELIX.BRAUNN", &["Felix.Braun"], &["Felix.Braun"])]
    #[case::without_a_domain("annna", &["anna@corp.example"], &["anna@corp.example"])]
    #[case::with_a_domain_that_nobody_has("anna@corp.example", &["anna"], &["anna"])]
    #[case::a_typo_in_the_domain("ana@crop.example", &["ana@corp.example"], &["ana@corp.example"])]
    #[case::across_domains("ana@partner.org", &["ana@corp.example"], &["ana@corp.example"])]
    #[case::across_domains_and_a_typo("ana@partner.org", &["anna@corp.example"], &[])]
    #[case::the_nearer_domain_first("hana@corp.example", &["hana@a.org", "hana@crop.example"], &["hana@crop.example", "hana@a.org"])]
    fn those_are_suggested_who_may_be_meant(#[case] typed: &str, #[case] users: &[&str], #[case] suggested: &[&str]) {
        let users: Vec<User> = users.iter().map(|name| user(name, &[])).collect();
        assert_eq!(suggest_names(typed, &users.iter().collect::<Vec<_>>()), suggested);
    }

    #[test]
    fn an_address_and_a_display_name_tell_who_may_be_meant() {
        let by_address = user("asilva", &["ana.silva@corp.example"]);
        let by_display_name = User { display_name: Some("Ana Silva".to_owned()), ..user("u-17", &[]) };
        assert_eq!(suggest_names("ana.silv@corp.example", &[&by_address, &by_display_name]), ["asilva", "u-17"]);
    }

    #[rstest]
    #[case::user_name("ana@corp.example", &[user("Ana@Corp.example", &[])], Some(0))]
    #[case::address("ana@corp.example", &[user("ben", &[]), user("asilva", &["ANA@corp.example"])], Some(1))]
    #[case::user_name_before_address("ana@corp.example", &[user("ben", &["ANA@corp.example"]), user("Ana@corp.example", &[])], Some(1))]
    #[case::two_of_them("ana@corp.example", &[user("Ana@corp.example", &[]), user("ANA@corp.example", &[])], None)]
    #[case::display_names_sign_nobody_in("ana silva", &[User { display_name: Some("Ana Silva".to_owned()), ..user("asilva", &[]) }], None)]
    fn a_listed_name_in_another_letter_case_is_that_user(
        #[case] typed: &str,
        #[case] users: &[User],
        #[case] found: Option<usize>,
    ) {
        let expected = found.map(|place| &users[place].id);
        match find_listed_user(&TypedUser::parse(typed).unwrap(), &users.iter().collect::<Vec<_>>()) {
            Listed::InOtherLetterCase(found) => assert_eq!(Some(&found.id), expected),
            other => assert_eq!((other, expected), (Listed::Nobody, None)),
        }
    }

    #[rstest]
    #[case::user_name("Ana@corp.example", user("Ana@corp.example", &[]))]
    #[case::in_lower_case("Ana@corp.example", user("ana@corp.example", &[]))]
    #[case::address("ana@corp.example", user("asilva", &["ana@corp.example"]))]
    fn a_spelling_that_was_looked_up_contradicts_the_look_up(#[case] typed: &str, #[case] listed: User) {
        let other = user("ANA@CORP.EXAMPLE", &[]);
        assert_eq!(find_listed_user(&TypedUser::parse(typed).unwrap(), &[&other, &listed]), Listed::AsLookedUp);
    }

    fn user(name: &str, emails: &[&str]) -> User {
        User {
            id: UserId::new(format!("id of {name}")),
            user_name: Some(name.to_owned()),
            display_name: None,
            given_name: None,
            family_name: None,
            nick_name: None,
            emails: emails.iter().map(|&email| email.to_owned()).collect(),
            enabled: Some(true),
            external: false,
        }
    }
}
