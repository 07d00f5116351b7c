//! Puts one question to the port and turns the answer into facts.

use std::sync::Arc;

use super::{
    plan::Question,
    suggest::{self, PAGES_READ},
};
use crate::{
    domain::{Application, IdentityStoreId, Listing, LookupKey, Region, User, UserId},
    facts::{Fact, Lookup, Obstacle, ObstacleKind, Search, Slot},
    intake::Case,
    journal::Journal,
    operation::Operation,
    port::{Answer, Port},
};

/// How many names of other applications are kept.
const OTHERS_KEPT: usize = 5;

pub(super) async fn ask<P: Port>(port: &P, journal: Journal, case: &Case, question: Question) -> Vec<Fact> {
    let journal = &journal;
    let fact = match question {
        Question::Caller(region) => Fact::Caller(port.caller(journal, &region).await.into()),
        Question::Search { region, all_regions } => {
            let answer = port.instances(journal, &region, all_regions).await.into();
            Fact::Search(Search { region, all_regions, answer })
        }
        Question::Role(region, name) => {
            let role = port.role(journal, &region, &name).await;
            Fact::Role(name, role.into())
        }
        Question::Detail(region, arn) => {
            let detail = port.instance(journal, &region, &arn).await;
            Fact::Detail(arn, detail.into())
        }
        Question::Applications(region, arn, account) => {
            let listed = port.applications(journal, &region, &arn, account.as_ref()).await;
            let listing = listed.map(|applications| Arc::new(keep_what_matters(case, applications))).into();
            if account.is_some() { Fact::OwnApplications(arn, listing) } else { Fact::AllApplications(arn, listing) }
        }
        Question::Required(region, arn) => {
            let required = port.assignment_required(journal, &region, &arn).await;
            Fact::Required(arn, required.into())
        }
        Question::Assignments(region, arn) => {
            let assignments = port.assignments(journal, &region, &arn).await;
            Fact::Assignments(arn, assignments.into())
        }
        Question::Lookup(region, store, LookupKey::Id(id)) => {
            return look_up_id(port, journal, &region, store, id).await;
        }
        Question::Lookup(region, store, key) => {
            let answer = port.user_id(journal, &region, &store, &key).await.into();
            Fact::Lookup(store, Lookup { key, answer })
        }
        Question::User(region, store, id) => {
            let user = port.user(journal, &region, &store, &id).await.and_then(|user| still_there(user, &region, &id));
            Fact::User(store, user.into())
        }
        Question::Memberships(region, store, id) => {
            let memberships = port.memberships(journal, &region, &store, &id).await;
            Fact::Memberships(store, memberships.into())
        }
        Question::Group(region, store, id) => {
            let group = port.group(journal, &region, &store, &id).await;
            Fact::Group(store, id, group.into())
        }
        Question::OtherUser(region, store, id) => {
            let user = port.user(journal, &region, &store, &id).await;
            Fact::OtherUser(store, id, user.into())
        }
        Question::Members(region, store, id) => {
            let members = port.members(journal, &region, &store, &id).await;
            Fact::Members(store, id, members.into())
        }
        Question::Sample(region, store) => return sample(port, journal, &region, store).await,
        Question::Names(region, store) => {
            let listed = port.users(journal, &region, &store, PAGES_READ).await;
            Fact::Names(store, listed.map(|pages| suggest::names(&case.user, &pages)).into())
        }
    };
    vec![fact]
}

fn keep_what_matters(case: &Case, applications: Vec<Application>) -> Listing {
    let total = applications.len();
    let (recognised, others): (Vec<_>, Vec<_>) =
        applications.into_iter().partition(|application| case.profile.part_of(application).is_some());
    let others = others.into_iter().take(OTHERS_KEPT).map(|application| application.name).collect();
    Listing { applications: recognised, total, others }
}

/// A user id needs no look-up: reading the user tells whether it exists.
async fn look_up_id<P: Port>(
    port: &P,
    journal: &Journal,
    region: &Region,
    store: IdentityStoreId,
    id: UserId,
) -> Vec<Fact> {
    let user = port.user(journal, region, &store, &id).await;
    let answer = user.as_ref().map(|user| user.as_ref().map(|user| user.id.clone())).map_err(Clone::clone);
    let mut facts = Vec::new();
    if let Ok(Some(user)) = user {
        facts.push(Fact::User(store.clone(), Slot::Seen(user)));
    }
    facts.push(Fact::Lookup(store, Lookup { key: LookupKey::Id(id), answer: answer.into() }));
    facts
}

/// A user whom a look-up has just found cannot be absent.
fn still_there(user: Option<User>, region: &Region, id: &UserId) -> Answer<User> {
    let message = "the user was found, and then was not there";
    let contradiction =
        || Obstacle::new(ObstacleKind::Contradiction, Operation::DescribeUser, message).about(region, id.as_str());
    user.ok_or_else(contradiction)
}

async fn sample<P: Port>(port: &P, journal: &Journal, region: &Region, store: IdentityStoreId) -> Vec<Fact> {
    let pages = port.users(journal, region, &store, 1).await;
    let sampled = pages.as_ref().map(|_| ()).map_err(Clone::clone);
    let users = pages.map(|pages| pages.users).unwrap_or_default();
    let mut facts: Vec<Fact> =
        users.into_iter().map(|user| Fact::OtherUser(store.clone(), user.id.clone(), Slot::Seen(Some(user)))).collect();
    facts.push(Fact::Sampled(store, sampled.into()));
    facts
}
