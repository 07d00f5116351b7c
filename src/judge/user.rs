//! Is the user in this directory, under this name, enabled?

use super::Finding;
use crate::{
    cause::Cause,
    diagnosis::CheckId,
    domain::{GroupId, LookupKey, User, UserId},
    facts::{Obstacle, Slot},
    reading::{Reading, instances, person},
    text,
    words::{Blank, Situation},
};

pub(super) fn judge(reading: &Reading) -> Finding {
    let store = &reading.instance.identity_store;
    match person::resolve(reading.case, reading.facts, store) {
        Slot::Seen(Some((id, key))) => judge_found(reading, &id, &key),
        Slot::Seen(None) => judge_absent(reading),
        gap => Finding::of_gap(&gap),
    }
}

fn judge_absent(reading: &Reading) -> Finding {
    let Reading { case, facts, instance, .. } = reading;
    // A Region that is still asked may have the directory that the user is in.
    if instances::search_ended(case, facts).is_open() && facts.closed.is_none() {
        return Finding::behind(CheckId::Instance);
    }
    let expected = format!("{} in {}", text::clean(case.user.as_str()), instance.identity_store);
    let mut gap = None;
    for other in facts.instances().into_iter().filter(|other| other.arn != instance.arn) {
        match person::is_known(case, facts, &other.identity_store) {
            Slot::Seen(false) => {}
            Slot::Seen(true) => {
                let store = other.identity_store.as_str();
                return Finding::fail(Cause::UserInOtherDirectory)
                    .expected_found(expected, format!("the user is in {store}, of {}", other.arn))
                    .with(Blank::OtherIdentityStore, store);
            }
            blocked => gap = gap.or_else(|| Some(blocked.map_obstacle(Obstacle::of_another_instance))),
        }
    }
    if let Some(gap) = gap {
        return Finding::of_gap(&gap);
    }
    let tried: Vec<String> = case.user.lookups().iter().map(describe).collect();
    let finding =
        Finding::fail(Cause::UserNotFound).expected_found(expected, format!("nobody by {}", tried.join(", ")));
    let names = match reading.directory.map_or(&Slot::NotAsked, |directory| &directory.names) {
        Slot::Seen(names) => names,
        Slot::Blocked(_) => {
            return finding
                .note(Some("names like this one could not be looked for: listing users was not possible".to_owned()));
        }
        // Suggestions are a help, not a fact to wait for; the check is running until they are there.
        Slot::NotAsked if facts.closed.is_none() => return Finding::running(),
        Slot::NotAsked => return finding,
    };
    let partly = (!names.complete)
        .then(|| format!("{} were compared; the directory has more", text::count(names.read, "user", "users")));
    finding.with(Blank::Suggestions, names.close.join(", ")).note(partly)
}

fn describe(key: &LookupKey) -> String {
    let value = text::clean(key.value());
    match key {
        LookupKey::UserName(_) => format!("the user name {value}"),
        LookupKey::Email(_) => format!("the e-mail address {value}"),
        LookupKey::Id(_) => format!("the user id {value}"),
    }
}

fn judge_found(reading: &Reading, id: &UserId, key: &LookupKey) -> Finding {
    let user = match reading.directory.map_or(&Slot::NotAsked, |directory| &directory.user) {
        Slot::Seen(user) => user,
        gap => return Finding::of_gap(gap),
    };
    let typed = reading.case.user.as_str();
    let name = user.user_name.as_deref().unwrap_or(typed);
    let source = if user.external { Situation::External } else { Situation::Local };
    let describe = |finding: Finding, expected: &str, found: String| {
        finding
            .expected_found(expected, found)
            .with(Blank::UserName, name)
            .with(Blank::UserId, id.as_str())
            .when(source)
    };
    let status =
        if user.enabled.is_none() { Some("AWS does not say whether the user is enabled".to_owned()) } else { None };
    if user.enabled == Some(false) {
        return describe(
            Finding::fail(Cause::UserDisabled),
            "an enabled user",
            format!("{} ({id}) is DISABLED", text::clean(name)),
        );
    }
    if !matches!(key, LookupKey::Id(_)) && user.user_name.as_deref().is_some_and(|name| name != typed) {
        let found = format!("the directory has the user name {} ({id})", text::clean(name));
        return describe(
            Finding::warn(Cause::UserNameDiffers),
            &format!("the user name {}", text::clean(typed)),
            found,
        )
        .note(status);
    }
    match source_differs(reading, user) {
        Slot::Seen(true) => {
            let found = format!("{} ({id}) was made in the directory", text::clean(name));
            describe(
                Finding::warn(Cause::IdentitySourceMismatch),
                "provisioned like the other members of the granting groups",
                found,
            )
            .note(status)
        }
        Slot::NotAsked if reading.facts.closed.is_none() && reading.profile_applications.is_open() => {
            Finding::behind(CheckId::Application)
        }
        Slot::NotAsked if reading.facts.closed.is_none() => Finding::running(),
        other => {
            let compared = other.obstacle().map(|_| "where the other members come from could not be seen".to_owned());
            let summary = format!(
                "{}, {}",
                text::clean(name),
                if user.external { "from the identity provider" } else { "made in the directory" }
            );
            let pass = Finding::pass(summary);
            describe(pass, "an enabled user of this name", format!("{} ({id})", text::clean(name)))
                .note(status)
                .note(compared)
        }
    }
}

/// True if the user was made in the directory while another member of a granting group comes from outside.
fn source_differs(reading: &Reading, user: &User) -> Slot<bool> {
    if user.external {
        return Slot::Seen(false);
    }
    let Some(directory) = reading.directory else {
        return Slot::NotAsked;
    };
    if reading.reaches().iter().any(|reach| reach.assigned.is_open()) || reading.profile_applications.is_open() {
        return Slot::NotAsked;
    }
    let members =
        |group: &GroupId| directory.members.get(group).map_or(Slot::NotAsked, |members| members.as_ref().map(|_| ()));
    let mut gap = reading.groups_to_compare().iter().map(members).find(|slot| slot.seen().is_none());
    for id in reading.members_to_compare() {
        match directory.users.get(&id).unwrap_or(&Slot::NotAsked) {
            Slot::Seen(Some(other)) if other.external => return Slot::Seen(true),
            Slot::Seen(_) => {}
            open => gap = gap.or_else(|| Some(open.as_ref().map(|_| ()))),
        }
    }
    gap.map_or(Slot::Seen(false), |gap| gap.map(|()| false))
}
