//! Who is in a group, so that all of them can be diagnosed.

use futures::future::join_all;
use tokio::sync::mpsc::unbounded_channel;

use super::Session;
use crate::{
    analysis::{
        instances,
        listing::{Reading, read_list},
    },
    case::Case,
    domain::{GroupId, Instance, UserId},
    facts::{DescribeGroup, Event, Facts, Failure, GetGroupId, Known, ListGroupMemberships, Query},
    sources::EventSender,
};

/// Why the members of a group cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum GroupError {
    /// No directory has it.
    #[error("no visible directory has a group `{0}`: give its display name, letter by letter, or its id")]
    NotFound(String),
    /// It is there, and nobody is in it.
    #[error("the group `{0}` has no members")]
    Empty(String),
    /// Something is in the way of knowing.
    #[error("the members of the group `{group}` could not be read: {reason}")]
    NotRead {
        /// The group.
        group: String,
        /// What is in the way.
        reason: String,
    },
}

impl Session {
    /// Returns the members of the group of that display name or id, in every visible directory, and what was learned on the
    /// way.
    ///
    /// # Errors
    /// If there is no such group, nobody is in it, or something is in the way.
    pub async fn list_group(&self, case: &Case, group: &str, known: Facts) -> Result<(Vec<UserId>, Facts), GroupError> {
        let mut facts = known;
        let (sender, mut receiver) = unbounded_channel();
        let events = EventSender::new(sender);
        let asking = async {
            loop {
                let queries = plan_group(case, &facts, group);
                if queries.is_empty() {
                    break;
                }
                let answers = join_all(queries.iter().map(|query| self.source.ask(query, &events))).await;
                for (query, answer) in queries.into_iter().zip(answers) {
                    facts.apply(Event::Answered(query, answer));
                }
            }
        };
        if tokio::time::timeout(self.timeout, asking).await.is_err() {
            let reason = format!("the time of {} seconds was over", self.timeout.as_secs());
            return Err(GroupError::NotRead { group: group.to_owned(), reason });
        }
        while let Ok(event) = receiver.try_recv() {
            facts.apply(event);
        }
        let members = read_group(&facts, group)?;
        Ok((members, facts))
    }
}

/// Returns what has to be asked next to know who is in the group.
fn plan_group(case: &Case, facts: &Facts, group: &str) -> Vec<Query> {
    let mut queries = vec![instances::query_all_regions(case).into()];
    if instances::is_search_going_on(case, facts) {
        let regions = instances::list_regions_to_search(case);
        queries.extend(regions.into_iter().map(|region| instances::query_region(region).into()));
    }
    for instance in facts.instances() {
        queries.extend(query_group(instance, group));
        if let Known::Value(Some(id)) = find_group(facts, instance, group) {
            queries.extend(read_members(facts, instance, &id).next.map(Query::from));
        }
    }
    queries.retain(|query| !facts.is_answered(query));
    queries
}

/// Returns the queries that find a group by its name and by its id.
fn query_group(instance: &Instance, group: &str) -> [Query; 2] {
    let (region, store) = (instance.region.clone(), instance.identity_store.clone());
    let by_name = GetGroupId { region: region.clone(), store: store.clone(), name: group.to_owned() };
    [by_name.into(), DescribeGroup { region, store, group: GroupId::new(group) }.into()]
}

/// Returns the group of a directory that has this name, or else this id.
fn find_group(facts: &Facts, instance: &Instance, group: &str) -> Known<Option<GroupId>> {
    let (region, store) = (instance.region.clone(), instance.identity_store.clone());
    let by_name = facts.get(GetGroupId { region: region.clone(), store: store.clone(), name: group.to_owned() });
    if let Known::Value(Some(id)) = by_name {
        return Known::Value(Some(id.clone()));
    }
    let by_id = facts.get(DescribeGroup { region, store, group: GroupId::new(group) });
    if let Known::Value(Some(found)) = by_id {
        return Known::Value(Some(found.id.clone()));
    }
    // A name that can be no id is refused as one.
    by_name.map(|_| None)
}

fn read_members<'a>(facts: &'a Facts, instance: &Instance, group: &GroupId) -> Reading<'a, ListGroupMemberships> {
    let (region, store) = (instance.region.clone(), instance.identity_store.clone());
    read_list(facts, ListGroupMemberships { region, store, group: group.clone(), after: None }, usize::MAX)
}

fn read_group(facts: &Facts, group: &str) -> Result<Vec<UserId>, GroupError> {
    let not_read = |failure: &Failure| GroupError::NotRead { group: group.to_owned(), reason: failure.message.clone() };
    let mut members = Vec::new();
    let mut is_there = false;
    let mut in_the_way = None;
    let instances = facts.instances();
    for instance in &instances {
        match find_group(facts, instance, group) {
            Known::Value(None) | Known::Pending => {}
            Known::Failed(failure) => in_the_way = in_the_way.or(Some(failure)),
            Known::Value(Some(id)) => {
                is_there = true;
                let reading = read_members(facts, instance, &id);
                if let Some(failure) = &reading.failure {
                    return Err(not_read(failure));
                }
                members.extend(reading.items.into_iter().map(|member| member.user.clone()));
            }
        }
    }
    if let (false, Some(failure)) = (is_there, in_the_way) {
        return Err(not_read(&failure));
    }
    if instances.is_empty() {
        let reason = "no Identity Center instance was found; diagnose one person to see why".to_owned();
        return Err(GroupError::NotRead { group: group.to_owned(), reason });
    }
    if !is_there {
        return Err(GroupError::NotFound(group.to_owned()));
    }
    if members.is_empty() {
        return Err(GroupError::Empty(group.to_owned()));
    }
    Ok(members)
}
