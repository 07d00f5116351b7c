//! Who the user is, by what the look-ups said.

use super::{
    found_user::FoundUser,
    people::identify_person,
    suggestions::{Listed, read_names},
};
use crate::{
    case::Case,
    domain::{Instance, LookupKey, User, UserId},
    facts::{DescribeUser, Facts, Failure, FailureKind, GetUserId, Known, Operation},
};

/// Returns the user in a directory; `None` inside, when neither the look-ups nor the listing of users know anybody of
/// that name.
///
/// Look-ups go by letter case and a listing can be read without it, so it is waited for where it is going to come.
pub(crate) fn find_user(case: &Case, facts: &Facts, instance: &Instance) -> Known<Option<FoundUser>> {
    if case.user.is_nobody() {
        let message = "this is neither a user name nor an e-mail address nor a name";
        return Known::Failed(Failure::new(FailureKind::PersonNotIdentified, Operation::GetUserId, message));
    }
    if case.user.is_person_name() {
        return find_by_person_name(case, facts, instance);
    }
    let looked_up = look_up(case, facts, instance);
    if looked_up != Known::Value(None) {
        return looked_up;
    }
    match read_names(case, facts, instance) {
        Known::Value(names) => accept_listed_user(facts, instance, names.listed),
        Known::Pending if facts.closed.is_none() && is_nowhere(case, facts) != Known::Value(false) => Known::Pending,
        Known::Pending | Known::Failed(_) => looked_up,
    }
}

/// Returns the user whose name as a person was given, when that is in this directory.
fn find_by_person_name(case: &Case, facts: &Facts, instance: &Instance) -> Known<Option<FoundUser>> {
    identify_person(facts, case.user.as_str()).map(|person| {
        let here = person.filter(|person| person.instance.arn == instance.arn)?;
        Some(FoundUser { id: here.user.id.clone(), key: LookupKey::Id(here.user.id.clone()) })
    })
}

fn accept_listed_user(facts: &Facts, instance: &Instance, listed: Listed) -> Known<Option<FoundUser>> {
    match listed {
        Listed::Nobody => Known::Value(None),
        Listed::AsLookedUp => {
            let message = "the directory lists this user, but looking the user up finds nobody";
            Known::Failed(Failure::new(FailureKind::Contradiction, Operation::GetUserId, message))
        }
        Listed::InOtherLetterCase(found) if is_somebody_else(facts, instance, &found) => {
            Known::Failed(report_somebody_else(&found, Operation::DescribeUser))
        }
        Listed::InOtherLetterCase(found) if is_gone(facts, instance, &found) => {
            read_found_user(facts, instance, &found.id).map(|_| None)
        }
        Listed::InOtherLetterCase(found) => Known::Value(Some(found)),
    }
}

/// Returns whether no directory finds the user, so that the users themselves are listed; false also when one of them
/// could not be asked, because then nothing is listed.
pub(crate) fn is_nowhere(case: &Case, facts: &Facts) -> Known<bool> {
    if case.user.is_nobody() {
        return Known::Value(false);
    }
    let mut nowhere = Known::Value(true);
    for instance in facts.instances() {
        match is_known(case, facts, instance) {
            Known::Value(false) => {}
            Known::Value(true) | Known::Failed(_) => return Known::Value(false),
            Known::Pending => nowhere = Known::Pending,
        }
    }
    nowhere
}

/// Returns the user that the look-ups in a directory lead to, and by which key.
///
/// The look-ups stand in order of preference. One that failed could have led to somebody else, so a later hit counts
/// only if that user bears the very name that the failed one asked for.
fn look_up(case: &Case, facts: &Facts, instance: &Instance) -> Known<Option<FoundUser>> {
    let mut in_the_way: Known<()> = Known::Value(());
    let mut names_in_the_way: Vec<Option<String>> = Vec::new();
    for key in case.user.lookups() {
        match read_lookup(facts, instance, &key) {
            Known::Value(None) => {}
            Known::Value(Some(id)) => {
                let found = FoundUser { id, key };
                if is_somebody_else(facts, instance, &found) {
                    return Known::Failed(report_somebody_else(&found, Operation::GetUserId));
                }
                let record = read_found_user(facts, instance, &found.id);
                if is_gone(facts, instance, &found) {
                    return record.map(|_| None);
                }
                let user_name = record.value().and_then(|user| user.user_name.as_deref());
                return if names_in_the_way.iter().all(|name| name.is_some() && name.as_deref() == user_name) {
                    Known::Value(Some(found))
                } else if record.is_pending() {
                    Known::Pending
                } else {
                    in_the_way.map(|()| None)
                };
            }
            answer @ (Known::Pending | Known::Failed(_)) => {
                if in_the_way.value().is_some() {
                    in_the_way = answer.map(|_| ());
                }
                names_in_the_way.push(match key {
                    LookupKey::UserName(name) => Some(name),
                    LookupKey::Email(_) | LookupKey::Id(_) => None,
                });
            }
        }
    }
    in_the_way.map(|()| None)
}

/// Returns what one look-up says. A user id needs none: reading the user tells whether it exists.
pub(crate) fn read_lookup(facts: &Facts, instance: &Instance, key: &LookupKey) -> Known<Option<UserId>> {
    let (region, store) = (instance.region.clone(), instance.identity_store.clone());
    match key {
        LookupKey::Id(user) => facts
            .get(DescribeUser { region, store, user: user.clone() })
            .map(|user| user.as_ref().map(|user| user.id.clone())),
        key => facts.get(GetUserId { region, store, key: key.clone() }).map(Clone::clone),
    }
}

/// Returns a user whom a look-up has found, and who therefore cannot be absent.
pub(crate) fn read_found_user<'a>(facts: &'a Facts, instance: &Instance, id: &UserId) -> Known<&'a User> {
    let (region, store) = (instance.region.clone(), instance.identity_store.clone());
    facts.get(DescribeUser { region, store, user: id.clone() }).and_then(|user| {
        if let Some(user) = user {
            return Known::Value(user);
        }
        let message = "the user was found, and then was not there";
        let failure = Failure::new(FailureKind::Contradiction, Operation::DescribeUser, message);
        Known::Failed(failure.about(&instance.region, id.as_str()))
    })
}

/// Returns the failure of a look-up that led to somebody else.
fn report_somebody_else(found: &FoundUser, operation: Operation) -> Failure {
    let message = "the user that was found has neither the name nor the address that was looked up";
    Failure { resource: Some(found.id.to_string()), ..Failure::new(FailureKind::Contradiction, operation, message) }
}

/// Returns true when the user that was found was not there when asked about.
fn is_gone(facts: &Facts, instance: &Instance, found: &FoundUser) -> bool {
    let record = read_found_user(facts, instance, &found.id);
    record.failure().is_some_and(|failure| failure.kind == FailureKind::Contradiction)
}

/// Returns true when the user, where it was read, is not one that this key can have found. Letter case is forgiven, as
/// AWS may do; what an answer leaves out contradicts nothing.
fn is_somebody_else(facts: &Facts, instance: &Instance, found: &FoundUser) -> bool {
    let record = read_found_user(facts, instance, &found.id);
    let Some(user) = record.value() else {
        return false;
    };
    let fits = |name: &String, wanted: &str| name.to_lowercase() == wanted.to_lowercase();
    match &found.key {
        LookupKey::UserName(wanted) => user.user_name.as_ref().is_some_and(|name| !fits(name, wanted)),
        LookupKey::Email(wanted) => !user.emails.is_empty() && !user.emails.iter().any(|email| fits(email, wanted)),
        LookupKey::Id(_) => false,
    }
}

/// Returns whether a directory has the user at all, whichever look-up finds it. Who is only listed does not count: users
/// are listed in one directory alone, that of the instance which is judged.
pub(crate) fn is_known(case: &Case, facts: &Facts, instance: &Instance) -> Known<bool> {
    if case.user.is_person_name() {
        return find_by_person_name(case, facts, instance).map(|found| found.is_some());
    }
    let user = look_up(case, facts, instance);
    if user.failure().is_some_and(|failure| failure.kind == FailureKind::Contradiction) {
        return user.map(|user| user.is_some());
    }
    for key in case.user.lookups() {
        if let Known::Value(Some(_)) = read_lookup(facts, instance, &key) {
            return Known::Value(true);
        }
    }
    user.map(|user| user.is_some())
}
