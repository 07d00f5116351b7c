//! The sample organization behind the same port as AWS.

use std::time::Duration;

use super::{Sample, answers::ALL_REGIONS, ids, organization::Organization};
use crate::{
    domain::{
        AccountId, Application, ApplicationArn, Caller, Group, GroupId, IdentityStoreId, Instance, InstanceArn,
        InstanceDetail, LookupKey, Membership, Principal, Region, Role, User, UserId,
    },
    facts::{Obstacle, Outcome},
    journal::Journal,
    operation::Operation,
    port::{Answer, Port, UserPages},
    sample::answers::Reply,
};

/// Users on one page of a listing.
const PAGE: usize = 100;

/// How an answer looks in the evidence.
trait Found {
    fn outcome(&self) -> Outcome {
        Outcome::Ok
    }
}

impl Found for Caller {}
impl Found for bool {}
impl Found for InstanceDetail {}
impl Found for UserPages {}
impl<T> Found for Vec<T> {}
impl<T> Found for Option<T> {
    fn outcome(&self) -> Outcome {
        if self.is_some() { Outcome::Ok } else { Outcome::NotFound }
    }
}

impl Sample {
    /// Enters one call in the journal, waits as AWS would, and answers. `about` names what the call concerns,
    /// the most telling first.
    async fn answer<T: Found>(
        &self,
        journal: &Journal,
        region: &Region,
        operation: Operation,
        about: &[&str],
        reply: impl FnOnce(&Organization) -> Reply<T> + Send,
    ) -> Answer<T> {
        let entry = journal.open(operation, Some(region));
        entry.wire().sent();
        if let Some(delay) = self.delay {
            tokio::time::sleep(delay_of(operation, about, delay)).await;
        }
        let request_id = ids::uuid(&format!("{}:{region}:{}", operation.action(), about.join(":")));
        let fault = self.organization.fault(operation, region, about);
        let answer = match fault {
            Some(fault) => Err((fault.kind(), fault.obstacle.message())),
            None => reply(&self.organization).map_err(|kind| (kind, "not allowed, or not there")),
        };
        match answer {
            Ok(answer) => {
                entry.end(answer.outcome(), Some(request_id));
                Ok(answer)
            }
            Err((kind, message)) => {
                let mut obstacle = Obstacle::new(kind, operation, message);
                obstacle.region = Some(region.clone());
                obstacle.resource = about.first().map(|&resource| resource.to_owned());
                obstacle.request_id = Some(request_id);
                entry.fail(&obstacle);
                Err(obstacle)
            }
        }
    }
}

/// Calls that start together end one after another, so that people see something happen.
fn delay_of(operation: Operation, about: &[&str], delay: Duration) -> Duration {
    let place = Operation::ALL.iter().take_while(|known| **known != operation).count();
    let own: usize = about.iter().flat_map(|text| text.bytes()).map(usize::from).sum();
    let percent = 70 + 6 * place + own % 20;
    delay.saturating_mul(u32::try_from(percent).unwrap_or(100)) / 100
}

impl Port for Sample {
    async fn caller(&self, journal: &Journal, region: &Region) -> Answer<Caller> {
        self.answer(journal, region, Operation::GetCallerIdentity, &[], |all| Ok(all.caller().clone())).await
    }

    async fn instances(&self, journal: &Journal, region: &Region, all_regions: bool) -> Answer<Vec<Instance>> {
        let about: &[&str] = if all_regions { &[ALL_REGIONS] } else { &[] };
        self.answer(journal, region, Operation::ListInstances, about, |all| Ok(all.instances(region, all_regions)))
            .await
    }

    async fn instance(&self, journal: &Journal, region: &Region, instance: &InstanceArn) -> Answer<InstanceDetail> {
        let about = [instance.as_str()];
        self.answer(journal, region, Operation::DescribeInstance, &about, |all| all.describe_instance(region, instance))
            .await
    }

    async fn applications(
        &self,
        journal: &Journal,
        region: &Region,
        instance: &InstanceArn,
        account: Option<&AccountId>,
    ) -> Answer<Vec<Application>> {
        let about: Vec<&str> = std::iter::once(instance.as_str()).chain(account.map(AccountId::as_str)).collect();
        self.answer(journal, region, Operation::ListApplications, &about, |all| {
            all.applications(region, instance, account)
        })
        .await
    }

    async fn assignment_required(
        &self,
        journal: &Journal,
        region: &Region,
        application: &ApplicationArn,
    ) -> Answer<bool> {
        let about = [application.as_str()];
        self.answer(journal, region, Operation::GetApplicationAssignmentConfiguration, &about, |all| {
            all.assignment_required(region, application)
        })
        .await
    }

    async fn assignments(
        &self,
        journal: &Journal,
        region: &Region,
        application: &ApplicationArn,
    ) -> Answer<Vec<Principal>> {
        let about = [application.as_str()];
        self.answer(journal, region, Operation::ListApplicationAssignments, &about, |all| {
            all.assignments(region, application)
        })
        .await
    }

    async fn user_id(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        key: &LookupKey,
    ) -> Answer<Option<UserId>> {
        let about = [key.value(), store.as_str()];
        self.answer(journal, region, Operation::GetUserId, &about, |all| all.user_id(region, store, key)).await
    }

    async fn user(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        user: &UserId,
    ) -> Answer<Option<User>> {
        let about = [user.as_str(), store.as_str()];
        self.answer(journal, region, Operation::DescribeUser, &about, |all| all.user(region, store, user)).await
    }

    async fn memberships(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        user: &UserId,
    ) -> Answer<Vec<Membership>> {
        let about = [user.as_str(), store.as_str()];
        self.answer(journal, region, Operation::ListGroupMembershipsForMember, &about, |all| {
            all.memberships(region, store, user)
        })
        .await
    }

    async fn group(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        group: &GroupId,
    ) -> Answer<Option<Group>> {
        let about = [group.as_str(), store.as_str()];
        self.answer(journal, region, Operation::DescribeGroup, &about, |all| all.group(region, store, group)).await
    }

    async fn members(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        group: &GroupId,
    ) -> Answer<Vec<UserId>> {
        let about = [group.as_str(), store.as_str()];
        self.answer(journal, region, Operation::ListGroupMemberships, &about, |all| all.members(region, store, group))
            .await
    }

    async fn users(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        pages: usize,
    ) -> Answer<UserPages> {
        let about = [store.as_str()];
        self.answer(journal, region, Operation::ListUsers, &about, |all| {
            let mut users = all.users(region, store)?;
            let readable = pages.saturating_mul(PAGE);
            let complete = users.len() <= readable;
            users.truncate(readable);
            Ok(UserPages { users, complete })
        })
        .await
    }

    async fn role(&self, journal: &Journal, region: &Region, name: &str) -> Answer<Option<Role>> {
        self.answer(journal, region, Operation::GetRole, &[name], |all| Ok(all.role(name))).await
    }
}
