//! What to ask next, given what is known: the data dependencies of a diagnosis, as a pure function.

use crate::{
    app_profile::Part,
    domain::{AccountId, ApplicationArn, GroupId, IdentityStoreId, Instance, InstanceArn, LookupKey, Region, UserId},
    facts::{Directory, Facts, Listed, NameList, Slot},
    intake::Case,
    reading::{
        Reading, applications,
        instances::{self, Choice},
        person,
    },
};

/// One question to AWS.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Question {
    /// Whose credentials these are.
    Caller(Region),
    /// The instances that are visible from a Region, or in all Regions at once.
    Search { region: Region, all_regions: bool },
    /// A service-linked role.
    Role(Region, String),
    /// An instance about itself.
    Detail(Region, InstanceArn),
    /// The applications of an instance, or one account's.
    Applications(Region, InstanceArn, Option<AccountId>),
    /// Whether an application needs assignments.
    Required(Region, ApplicationArn),
    /// The assignments of an application.
    Assignments(Region, ApplicationArn),
    /// A look-up of the user.
    Lookup(Region, IdentityStoreId, LookupKey),
    /// The user.
    User(Region, IdentityStoreId, UserId),
    /// The user's groups.
    Memberships(Region, IdentityStoreId, UserId),
    /// A group's name.
    Group(Region, IdentityStoreId, GroupId),
    /// Another user.
    OtherUser(Region, IdentityStoreId, UserId),
    /// Members of a group.
    Members(Region, IdentityStoreId, GroupId),
    /// A page of users at once.
    Sample(Region, IdentityStoreId),
    /// Names to suggest.
    Names(Region, IdentityStoreId),
}

impl Question {
    /// True if the answer concerns one case only.
    pub(crate) fn is_personal(&self) -> bool {
        matches!(self, Self::Lookup(..) | Self::User(..) | Self::Memberships(..) | Self::Names(..))
    }
}

/// Every question that the facts allow to ask, answered ones included; the caller knows which were asked already.
pub(crate) fn questions(case: &Case, facts: &Facts) -> Vec<Question> {
    let home = case.settings.home_region();
    let mut questions =
        vec![Question::Caller(home.clone()), Question::Search { region: home.clone(), all_regions: true }];
    let roles = case.profile.service_linked_roles.iter();
    questions.extend(roles.map(|role| Question::Role(home.clone(), role.name.clone())));
    if instances::search_goes_on(facts) {
        let regions = instances::regions_to_search(case).into_iter();
        questions.extend(regions.map(|region| Question::Search { region, all_regions: false }));
    }
    for instance in facts.instances() {
        about_instance(case, facts, instance, &mut questions);
    }
    if let Slot::Seen(Choice::One(instance, _)) = instances::choose(case, facts) {
        about_details(&Reading::new(case, facts, instance), &mut questions);
    }
    questions
}

fn about_instance(case: &Case, facts: &Facts, instance: &Instance, questions: &mut Vec<Question>) {
    let Instance { region, arn, identity_store: store, .. } = instance;
    for key in case.user.lookups() {
        questions.push(Question::Lookup(region.clone(), store.clone(), key));
    }
    if let Some(id) = found(case, facts, store) {
        if !was_read_by_id(facts, store, &id) {
            questions.push(Question::User(region.clone(), store.clone(), id.clone()));
        }
        questions.push(Question::Memberships(region.clone(), store.clone(), id));
    }
    if case.settings.instance.as_ref().is_some_and(|named| named.value != *arn) {
        return;
    }
    questions.push(Question::Detail(region.clone(), arn.clone()));
    questions.push(Question::Applications(region.clone(), arn.clone(), None));
    if applications::asks_for_own(facts, instance)
        && let Some(caller) = facts.caller.seen()
    {
        questions.push(Question::Applications(region.clone(), arn.clone(), Some(caller.account.clone())));
    }
    let Slot::Seen((listing, _)) = applications::listing(facts, instance) else {
        return;
    };
    for application in listing.applications.iter().filter(|application| application.enabled == Some(true)) {
        match case.profile.part_of(application) {
            Some(Part::Profile) => {
                questions.push(Question::Required(region.clone(), application.arn.clone()));
                questions.push(Question::Assignments(region.clone(), application.arn.clone()));
            }
            Some(Part::SignIn) => questions.push(Question::Assignments(region.clone(), application.arn.clone())),
            None => {}
        }
    }
}

/// The user to ask about: the first hit in the order of preference, once those before it are answered; without a hit
/// the one who was listed.
fn found(case: &Case, facts: &Facts, store: &IdentityStoreId) -> Option<UserId> {
    let Directory { lookups, names, .. } = facts.directory(store)?;
    if let Some(NameList { listed: Listed::InOtherLetterCase(id, _), .. }) = names.seen() {
        return Some(id.clone());
    }
    let keys = case.user.lookups();
    let answer = |key: &LookupKey| lookups.iter().find(|lookup| lookup.key == *key).map(|lookup| &lookup.answer);
    let mut answers = keys.iter().map_while(|key| answer(key).filter(|answer| !answer.is_open()));
    answers.find_map(|answer| answer.seen().cloned().flatten())
}

/// Returns true if the look-up that found the user was by id, which reads the user.
fn was_read_by_id(facts: &Facts, store: &IdentityStoreId, id: &UserId) -> bool {
    let mut lookups = facts.directory(store).into_iter().flat_map(|directory| &directory.lookups);
    lookups.any(|lookup| matches!(lookup.key, LookupKey::Id(_)) && lookup.answer.seen() == Some(&Some(id.clone())))
}

fn about_details(reading: &Reading, questions: &mut Vec<Question>) {
    let Instance { region, identity_store: store, .. } = reading.instance;
    let names = reading.names();
    questions.extend(names.groups.into_iter().map(|group| Question::Group(region.clone(), store.clone(), group)));
    questions.extend(names.users.into_iter().map(|user| Question::OtherUser(region.clone(), store.clone(), user)));
    let compared = reading.groups_to_compare();
    if !compared.is_empty() {
        // One page of users tells the source of most members in the same round trip as their ids.
        questions.push(Question::Sample(region.clone(), store.clone()));
        questions.extend(compared.into_iter().map(|group| Question::Members(region.clone(), store.clone(), group)));
    }
    let sampled = reading.directory.is_some_and(|directory| !directory.sampled.is_open());
    if sampled {
        let members = reading.members_to_compare().into_iter();
        let unknown = members.filter(|id| reading.directory.is_none_or(|directory| !directory.users.contains_key(id)));
        questions.extend(unknown.map(|user| Question::OtherUser(region.clone(), store.clone(), user)));
    }
    if person::is_nowhere(reading.case, reading.facts) == Slot::Seen(true) {
        questions.push(Question::Names(region.clone(), store.clone()));
    }
}
