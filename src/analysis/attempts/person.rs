//! Whose event it is.

use std::collections::BTreeSet;

use crate::{
    analysis::CaseView,
    domain::{HIDDEN_NAME, IdentityStoreId, LookupKey, SignInEvent, UserId},
};

/// The person whose attempts are looked for.
pub(crate) struct Person {
    id: UserId,
    user_name: Option<String>,
    store: IdentityStoreId,
    /// Whether the user comes from an external provider, where that was read.
    pub(super) external: Option<bool>,
}

/// Whom an event names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    Them,
    SomebodyElse,
    Nobody,
}

impl Person {
    /// Returns the person of a case, once found.
    pub(crate) fn of(view: &CaseView) -> Option<Self> {
        let found = view.user.value()?.as_ref()?;
        let record = view.read_user_record();
        let record = record.value();
        Some(Self {
            id: found.id.clone(),
            user_name: record.and_then(|user| user.user_name.clone()).or_else(|| match &found.key {
                LookupKey::UserName(name) => Some(name.clone()),
                LookupKey::Email(_) | LookupKey::Id(_) => None,
            }),
            store: view.instance.identity_store.clone(),
            external: record.map(|user| user.external),
        })
    }

    /// Returns true if events that name nobody by id can be this person's as far as is known.
    pub(super) fn has_name(&self) -> bool {
        self.user_name.is_some()
    }

    fn is_named_in(&self, event: &SignInEvent) -> Named {
        let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
        let mut is_of_another_store = false;
        for entry in &event.on_behalf_of {
            let is_here = entry.store.as_ref().map(|store| same(store.as_str(), self.store.as_str()));
            match (is_here, &entry.user) {
                (Some(true), Some(user)) if same(user.as_str(), self.id.as_str()) => return Named::Them,
                (Some(true), Some(_)) => return Named::SomebodyElse,
                (Some(false), _) => is_of_another_store = true,
                (Some(true) | None, _) => {}
            }
        }
        match (&event.user_name, &self.user_name) {
            _ if is_of_another_store => Named::SomebodyElse,
            (None, _) => Named::Nobody,
            (Some(name), _) if name == HIDDEN_NAME => Named::Nobody,
            (Some(name), Some(own)) if same(name, own) => Named::Them,
            (Some(_), _) => Named::SomebodyElse,
        }
    }

    fn is_in_store(&self, event: &SignInEvent) -> bool {
        let here = self.store.as_str();
        let stores = event.on_behalf_of.iter().filter_map(|entry| entry.store.as_ref());
        stores.into_iter().any(|store| store.as_str().eq_ignore_ascii_case(here))
    }
}

/// Events sorted by whose they are.
pub(super) struct Sorted<'a> {
    /// The person's, in the order of time.
    pub(super) theirs: Vec<&'a SignInEvent>,
    /// Of anybody in the identity store, the person included.
    pub(super) of_anybody: Vec<&'a SignInEvent>,
}

/// Sorts events by whose they are. An event that names nobody is of whom another event of the same workflow names.
pub(super) fn sort_events<'a>(person: &Person, events: &[&'a SignInEvent]) -> Sorted<'a> {
    let workflows = |holds: &dyn Fn(&SignInEvent) -> bool| -> BTreeSet<&'a str> {
        events.iter().filter(|event| holds(event)).filter_map(|event| event.workflow.as_deref()).collect()
    };
    let of_workspaces = workflows(&is_of_workspaces);
    let of_store = workflows(&|event| person.is_in_store(event));
    let of_person = workflows(&|event| person.is_named_in(event) == Named::Them);
    let mut sorted = Sorted { theirs: Vec::new(), of_anybody: Vec::new() };
    for event in events {
        let is_in = |workflows: &BTreeSet<&str>| event.workflow.as_deref().is_some_and(|own| workflows.contains(own));
        if is_in(&of_workspaces) || is_of_workspaces(event) {
            continue;
        }
        let is_theirs = match person.is_named_in(event) {
            Named::Them => true,
            Named::Nobody => is_in(&of_person),
            Named::SomebodyElse => false,
        };
        if is_theirs {
            sorted.theirs.push(event);
        }
        if is_theirs || person.is_in_store(event) || is_in(&of_store) {
            sorted.of_anybody.push(event);
        }
    }
    // Of what happened in the same second the steps are in the order in which they follow, and of one step what failed
    // before what did not. The rest only makes the order the same, however the events came.
    let order = |event: &&'a SignInEvent| {
        let SignInEvent { at, name, workflow, credential, grant, error_code, user_name, .. } = *event;
        (*at, *name, event.is_success(), workflow, credential, grant, error_code, user_name)
    };
    sorted.theirs.sort_by(|one, other| order(one).cmp(&order(other)));
    sorted
}

/// Returns true for a sign-in to a WorkSpace, which has events of the same names.
///
/// Source: "Understanding AWS sign-in events" in the Amazon WorkSpaces Administration Guide.
fn is_of_workspaces(event: &SignInEvent) -> bool {
    let host = event.login_host.as_deref().map(str::to_lowercase);
    host.is_some_and(|host| host.contains("workspaces") || host == "skylight.local" || host.contains("skylight"))
}
