//! What to call people and directories in sentences.

use crate::{
    analysis::{CaseView, instances, suggestions::read_names},
    case::{Case, StartUrl},
    catalog::{Placeholder, Values},
    checks,
    domain::Instance,
    facts::{Facts, Known},
    text,
};

/// How many people are named where nobody has the name that was typed.
const PEOPLE_NAMED: usize = 3;

/// Sets what to call the user, and the people who may be meant where there is no such user.
pub(super) fn name_person(case: &Case, facts: &Facts, instance: Option<&Instance>, values: &mut Values) {
    let typed = case.user.as_str();
    values.set(Placeholder::Person, typed);
    values.set(Placeholder::FullName, typed);
    values.set(Placeholder::TypedUser, typed_user(case).unwrap_or(typed));
    values.set(Placeholder::OtherInstanceName, name_instance_of_url(case, facts).unwrap_or_default());
    values.set(Placeholder::People, list_people(case, facts));
    let Some(instance) = instance else {
        return;
    };
    let view = CaseView::new(case, facts, instance);
    let record = view.read_user_record();
    let Some(user) = record.value() else {
        return;
    };
    // Each stands over the one before, where the directory has it.
    for name in [&user.display_name, &user.given_name] {
        values.set(Placeholder::Person, name.as_deref().unwrap_or_default().trim());
    }
    for name in [&user.user_name, &user.display_name] {
        values.set(Placeholder::FullName, name.as_deref().unwrap_or_default().trim());
    }
}

/// Returns the names that sentences call the user by, the longest first.
pub(super) fn list_own_names(case: &Case, facts: &Facts) -> Vec<String> {
    let choice = instances::choose_instance(case, facts);
    let Some(instance) = checks::find_chosen(&choice) else {
        return Vec::new();
    };
    let view = CaseView::new(case, facts, instance);
    let record = view.read_user_record();
    let Some(user) = record.value() else {
        return Vec::new();
    };
    let known = [&user.display_name, &user.given_name].into_iter().flatten();
    let mut names: Vec<String> = known.map(|name| text::clean(name.trim())).filter(|name| !name.is_empty()).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
}

/// Returns the user name that the user typed, when one was told.
pub(super) fn typed_user(case: &Case) -> Option<&str> {
    case.typed_user.as_deref().map(str::trim).filter(|typed| !typed.is_empty())
}

/// Returns the name of an instance, or the id of its identity store where it has none.
pub(super) fn name_instance(instance: &Instance) -> &str {
    let name = instance.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    name.unwrap_or_else(|| instance.identity_store.as_str())
}

/// Sets the name of the other instance, where a finding tells its identity store.
pub(super) fn name_other_instance(facts: &Facts, values: &mut Values) {
    let Some(store) = values.get(Placeholder::OtherIdentityStore).map(ToOwned::to_owned) else {
        return;
    };
    let instances = facts.instances();
    let other = instances.iter().find(|instance| instance.identity_store.as_str() == store);
    values.set(Placeholder::OtherInstanceName, other.map_or(store.as_str(), |other| name_instance(other)));
}

/// Returns the name of the visible instance that the typed start URL leads to, when it leads to one.
fn name_instance_of_url<'a>(case: &Case, facts: &'a Facts) -> Option<&'a str> {
    let url = StartUrl::parse(case.typed_url()?);
    let is_meant = |instance: &&Instance| match &url {
        StartUrl::IdentityStore(store) => store == instance.identity_store.as_str(),
        StartUrl::Instance { id, .. } => id == instance.arn.instance_id(),
        _ => false,
    };
    facts.instances().into_iter().find(is_meant).map(name_instance)
}

/// Returns the people whose names are like the one that was typed: "Dmitri Petrov or Dima Petrov".
fn list_people(case: &Case, facts: &Facts) -> String {
    let mut people: Vec<String> = Vec::new();
    for instance in facts.instances() {
        let Known::Value(names) = read_names(case, facts, instance) else {
            continue;
        };
        for name in names.close {
            let user = facts.users().find(|user| user.user_name.as_ref() == Some(&name));
            let display_name = user.and_then(|user| user.display_name.clone());
            let shown = display_name.filter(|shown| !shown.trim().is_empty()).unwrap_or(name);
            if !people.contains(&shown) {
                people.push(shown);
            }
        }
    }
    people.truncate(PEOPLE_NAMED);
    match people.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}
