//! Who the user is, by what the look-ups said.

use crate::{
    domain::{IdentityStoreId, LookupKey, UserId},
    facts::{Directory, Facts, Listed, Obstacle, ObstacleKind, Slot},
    intake::Case,
    operation::Operation,
};

/// Returns the user in a directory, and the key that leads there; `Seen(None)`, when neither the look-ups nor the
/// listing of users know anybody of that name.
///
/// Look-ups go by letter case and a listing can be read without it, so it is waited for where it is going to come.
pub(crate) fn resolve(case: &Case, facts: &Facts, store: &IdentityStoreId) -> Slot<Option<(UserId, LookupKey)>> {
    let looked_up = look_up(case, facts, store);
    if looked_up != Slot::Seen(None) {
        return looked_up;
    }
    let Some(directory) = facts.directory(store) else {
        return looked_up;
    };
    match &directory.names {
        Slot::Seen(names) => resolve_listed(directory, &names.listed),
        Slot::NotAsked if facts.closed.is_none() && is_nowhere(case, facts) != Slot::Seen(false) => Slot::NotAsked,
        Slot::NotAsked | Slot::Blocked(_) => looked_up,
    }
}

fn resolve_listed(directory: &Directory, listed: &Listed) -> Slot<Option<(UserId, LookupKey)>> {
    match listed {
        Listed::Nobody => Slot::Seen(None),
        Listed::AsLookedUp => {
            let message = "the directory lists this user, but looking the user up finds nobody";
            Slot::Blocked(Obstacle::new(ObstacleKind::Contradiction, Operation::GetUserId, message))
        }
        Listed::InOtherLetterCase(id, key) if is_somebody_else(directory, id, key) => {
            Slot::Blocked(somebody_else(id, Operation::DescribeUser))
        }
        Listed::InOtherLetterCase(..) if is_contradicted(directory) => directory.user.as_ref().map(|_| None),
        Listed::InOtherLetterCase(id, key) => Slot::Seen(Some((id.clone(), key.clone()))),
    }
}

/// Returns whether no directory finds the user, so that the users themselves are listed; `Seen(false)` also when one
/// of them could not be asked, because then nothing is listed.
pub(crate) fn is_nowhere(case: &Case, facts: &Facts) -> Slot<bool> {
    let mut nowhere = Slot::Seen(true);
    for instance in facts.instances() {
        match is_known(case, facts, &instance.identity_store) {
            Slot::Seen(false) => {}
            Slot::Seen(true) | Slot::Blocked(_) => return Slot::Seen(false),
            Slot::NotAsked => nowhere = Slot::NotAsked,
        }
    }
    nowhere
}

/// The user that the look-ups in a directory lead to, and by which key.
///
/// The look-ups stand in order of preference. One that is blocked could have led to somebody else, so a later hit
/// counts only if that user bears the very name that the blocked one asked for.
fn look_up(case: &Case, facts: &Facts, store: &IdentityStoreId) -> Slot<Option<(UserId, LookupKey)>> {
    let empty = Directory::default();
    let directory = facts.directory(store).unwrap_or(&empty);
    let user_name = directory.user.seen().and_then(|user| user.user_name.as_deref());
    let mut in_the_way: Slot<()> = Slot::Seen(());
    let mut names_in_the_way = Vec::new();
    for key in case.user.lookups() {
        let answer =
            directory.lookups.iter().find(|lookup| lookup.key == key).map_or(&Slot::NotAsked, |lookup| &lookup.answer);
        match answer {
            Slot::Seen(None) => {}
            Slot::Seen(Some(id)) if is_somebody_else(directory, id, &key) => {
                return Slot::Blocked(somebody_else(id, Operation::GetUserId));
            }
            Slot::Seen(Some(_)) if is_contradicted(directory) => return directory.user.as_ref().map(|_| None),
            Slot::Seen(Some(id)) => {
                let same_user = names_in_the_way
                    .iter()
                    .all(|name: &Option<String>| name.as_deref().is_some_and(|name| Some(name) == user_name));
                return if same_user {
                    Slot::Seen(Some((id.clone(), key)))
                } else if directory.user.is_open() {
                    Slot::NotAsked
                } else {
                    in_the_way.map(|()| None)
                };
            }
            Slot::NotAsked | Slot::Blocked(_) => {
                if in_the_way.seen().is_some() {
                    in_the_way = answer.as_ref().map(|_| ());
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

/// True if the user that was found was not there when asked about.
fn is_contradicted(directory: &Directory) -> bool {
    directory.user.obstacle().is_some_and(|obstacle| obstacle.kind == ObstacleKind::Contradiction)
}

/// True if the user of that id, where it was read, is not one that this key can have found. Letter case is forgiven, as
/// AWS may do; what an answer leaves out contradicts nothing.
fn is_somebody_else(directory: &Directory, id: &UserId, key: &LookupKey) -> bool {
    let Some(user) = directory.user.seen().filter(|user| user.id == *id) else {
        return false;
    };
    let fits = |name: &String, wanted: &str| name.to_lowercase() == wanted.to_lowercase();
    match key {
        LookupKey::UserName(wanted) => user.user_name.as_ref().is_some_and(|name| !fits(name, wanted)),
        LookupKey::Email(wanted) => !user.emails.is_empty() && !user.emails.iter().any(|email| fits(email, wanted)),
        LookupKey::Id(_) => false,
    }
}

fn somebody_else(id: &UserId, operation: Operation) -> Obstacle {
    let message = "the user that was found has neither the name nor the address that was looked up";
    Obstacle { resource: Some(id.to_string()), ..Obstacle::new(ObstacleKind::Contradiction, operation, message) }
}

/// Whether a directory has the user at all, whichever look-up finds it. Who is only listed does not count: users are
/// listed in one directory alone, that of the instance which is judged.
pub(crate) fn is_known(case: &Case, facts: &Facts, store: &IdentityStoreId) -> Slot<bool> {
    let user = look_up(case, facts, store);
    if user.obstacle().is_some_and(|obstacle| obstacle.kind == ObstacleKind::Contradiction) {
        return user.map(|user| user.is_some());
    }
    let hit = facts
        .directory(store)
        .is_some_and(|directory| directory.lookups.iter().any(|lookup| matches!(lookup.answer, Slot::Seen(Some(_)))));
    if hit { Slot::Seen(true) } else { user.map(|user| user.is_some()) }
}
