//! The port between gathering and whoever answers: AWS, the sample organization, a test.
//!
//! It speaks the domain's types. Every method asks exactly one [`Operation`](crate::operation::Operation), all
//! pages of it, and enters each request in the [`Journal`].

use std::future::Future;

use crate::{
    domain::{
        AccountId, Application, ApplicationArn, Caller, Group, GroupId, IdentityStoreId, Instance, InstanceArn,
        InstanceDetail, LookupKey, Membership, Principal, Region, Role, User, UserId,
    },
    facts::Obstacle,
    journal::Journal,
};

/// What came back: the answer, or why there is none.
pub type Answer<T> = Result<T, Obstacle>;

/// A page-wise reading of users that stops early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserPages {
    /// The users read.
    pub users: Vec<User>,
    /// False if there are more.
    pub complete: bool,
}

/// Somebody who answers. An `Ok(None)` always means "AWS says that there is no such thing".
pub trait Port: Send + Sync {
    /// Whose credentials these are.
    fn caller(&self, journal: &Journal, region: &Region) -> impl Future<Output = Answer<Caller>> + Send;

    /// The instances visible from a Region, or in all Regions at once.
    fn instances(
        &self,
        journal: &Journal,
        region: &Region,
        all_regions: bool,
    ) -> impl Future<Output = Answer<Vec<Instance>>> + Send;

    /// Regions and encryption of an instance.
    fn instance(
        &self,
        journal: &Journal,
        region: &Region,
        instance: &InstanceArn,
    ) -> impl Future<Output = Answer<InstanceDetail>> + Send;

    /// The applications of an instance; with `account`, those of that account only.
    fn applications(
        &self,
        journal: &Journal,
        region: &Region,
        instance: &InstanceArn,
        account: Option<&AccountId>,
    ) -> impl Future<Output = Answer<Vec<Application>>> + Send;

    /// Whether an application needs assignments.
    fn assignment_required(
        &self,
        journal: &Journal,
        region: &Region,
        application: &ApplicationArn,
    ) -> impl Future<Output = Answer<bool>> + Send;

    /// Who an application is assigned to.
    fn assignments(
        &self,
        journal: &Journal,
        region: &Region,
        application: &ApplicationArn,
    ) -> impl Future<Output = Answer<Vec<Principal>>> + Send;

    /// The user of that user name or e-mail address. Not for [`LookupKey::Id`], which needs no look-up.
    fn user_id(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        key: &LookupKey,
    ) -> impl Future<Output = Answer<Option<UserId>>> + Send;

    /// One user.
    fn user(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        user: &UserId,
    ) -> impl Future<Output = Answer<Option<User>>> + Send;

    /// The groups of a user.
    fn memberships(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        user: &UserId,
    ) -> impl Future<Output = Answer<Vec<Membership>>> + Send;

    /// One group.
    fn group(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        group: &GroupId,
    ) -> impl Future<Output = Answer<Option<Group>>> + Send;

    /// Members of a group: some of them, if it has many.
    fn members(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        group: &GroupId,
    ) -> impl Future<Output = Answer<Vec<UserId>>> + Send;

    /// Users of a directory, at most `pages` pages of them.
    fn users(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        pages: usize,
    ) -> impl Future<Output = Answer<UserPages>> + Send;

    /// A role of the caller's account.
    fn role(&self, journal: &Journal, region: &Region, name: &str)
    -> impl Future<Output = Answer<Option<Role>>> + Send;
}
