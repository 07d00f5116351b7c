//! A port before another one: it delays answers, and takes some of them away.

use std::{sync::Mutex, time::Duration};

use sso_doctor::{
    domain::{
        AccountId, Application, ApplicationArn, Caller, Group, GroupId, IdentityStoreId, Instance, InstanceArn,
        InstanceDetail, LookupKey, Membership, Principal, Region, Role, User, UserId,
    },
    facts::{Obstacle, ObstacleKind},
    journal::Journal,
    operation::Operation,
    port::{Answer, Port, UserPages},
};

/// One question: what is asked, in which Region, about what.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    pub operation: Operation,
    pub region: Region,
    pub about: String,
}

/// Stands before another port.
pub struct Screen<P, F> {
    inner: P,
    blocks: F,
    delay: Duration,
    message: String,
    asked: Mutex<Vec<Asked>>,
}

impl<P: Port> Screen<P, fn(&Asked) -> Option<ObstacleKind>> {
    /// Every answer takes that long; none is taken away.
    pub fn delaying(inner: P, delay: Duration) -> Self {
        Self { inner, blocks: |_| None, delay, message: String::new(), asked: Mutex::default() }
    }
}

impl<P: Port, F: Fn(&Asked) -> Option<ObstacleKind> + Send + Sync> Screen<P, F> {
    /// The answers for which `blocks` names an obstacle meet it.
    pub fn blocking(inner: P, blocks: F) -> Self {
        Self { inner, blocks, delay: Duration::ZERO, message: "taken away".to_owned(), asked: Mutex::default() }
    }

    /// Obstacles say this.
    pub fn saying(self, message: &str) -> Self {
        Self { message: message.to_owned(), ..self }
    }

    /// Everything that was asked.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    async fn pass(&self, journal: &Journal, operation: Operation, region: &Region, about: &str) -> Answer<()> {
        let asked = Asked { operation, region: region.clone(), about: about.to_owned() };
        let blocked = (self.blocks)(&asked);
        self.asked.lock().unwrap().push(asked);
        if !self.delay.is_zero() {
            tokio::time::sleep(self.delay).await;
        }
        let Some(kind) = blocked else {
            return Ok(());
        };
        let entry = journal.open(operation, Some(region));
        entry.wire().sent();
        let obstacle = Obstacle::new(kind, operation, self.message.as_str()).about(region, about);
        entry.fail(&obstacle);
        Err(obstacle)
    }
}

impl<P: Port, F: Fn(&Asked) -> Option<ObstacleKind> + Send + Sync> Port for Screen<P, F> {
    async fn caller(&self, journal: &Journal, region: &Region) -> Answer<Caller> {
        self.pass(journal, Operation::GetCallerIdentity, region, "").await?;
        self.inner.caller(journal, region).await
    }

    async fn instances(&self, journal: &Journal, region: &Region, all_regions: bool) -> Answer<Vec<Instance>> {
        self.pass(journal, Operation::ListInstances, region, if all_regions { "all" } else { "" }).await?;
        self.inner.instances(journal, region, all_regions).await
    }

    async fn instance(&self, journal: &Journal, region: &Region, instance: &InstanceArn) -> Answer<InstanceDetail> {
        self.pass(journal, Operation::DescribeInstance, region, instance.as_str()).await?;
        self.inner.instance(journal, region, instance).await
    }

    async fn applications(
        &self,
        journal: &Journal,
        region: &Region,
        instance: &InstanceArn,
        account: Option<&AccountId>,
    ) -> Answer<Vec<Application>> {
        self.pass(journal, Operation::ListApplications, region, account.map_or(instance.as_str(), AccountId::as_str))
            .await?;
        self.inner.applications(journal, region, instance, account).await
    }

    async fn assignment_required(
        &self,
        journal: &Journal,
        region: &Region,
        application: &ApplicationArn,
    ) -> Answer<bool> {
        self.pass(journal, Operation::GetApplicationAssignmentConfiguration, region, application.as_str()).await?;
        self.inner.assignment_required(journal, region, application).await
    }

    async fn assignments(
        &self,
        journal: &Journal,
        region: &Region,
        application: &ApplicationArn,
    ) -> Answer<Vec<Principal>> {
        self.pass(journal, Operation::ListApplicationAssignments, region, application.as_str()).await?;
        self.inner.assignments(journal, region, application).await
    }

    async fn user_id(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        key: &LookupKey,
    ) -> Answer<Option<UserId>> {
        self.pass(journal, Operation::GetUserId, region, key.value()).await?;
        self.inner.user_id(journal, region, store, key).await
    }

    async fn user(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        user: &UserId,
    ) -> Answer<Option<User>> {
        self.pass(journal, Operation::DescribeUser, region, user.as_str()).await?;
        self.inner.user(journal, region, store, user).await
    }

    async fn memberships(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        user: &UserId,
    ) -> Answer<Vec<Membership>> {
        self.pass(journal, Operation::ListGroupMembershipsForMember, region, user.as_str()).await?;
        self.inner.memberships(journal, region, store, user).await
    }

    async fn group(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        group: &GroupId,
    ) -> Answer<Option<Group>> {
        self.pass(journal, Operation::DescribeGroup, region, group.as_str()).await?;
        self.inner.group(journal, region, store, group).await
    }

    async fn members(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        group: &GroupId,
    ) -> Answer<Vec<UserId>> {
        self.pass(journal, Operation::ListGroupMemberships, region, group.as_str()).await?;
        self.inner.members(journal, region, store, group).await
    }

    async fn users(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        pages: usize,
    ) -> Answer<UserPages> {
        self.pass(journal, Operation::ListUsers, region, store.as_str()).await?;
        self.inner.users(journal, region, store, pages).await
    }

    async fn role(&self, journal: &Journal, region: &Region, name: &str) -> Answer<Option<Role>> {
        self.pass(journal, Operation::GetRole, region, name).await?;
        self.inner.role(journal, region, name).await
    }
}
