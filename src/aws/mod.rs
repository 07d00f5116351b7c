//! AWS behind the port. The only module that names a type of the AWS SDK.
//!
//! ```text
//! settings    profile, Region: from flags, environment and ~/.aws, with friendly errors
//! proxy       the proxy's address, checked before the first call
//! retry       how often a call is tried, and after which answers
//! credentials the SDK's chain, asked once
//! clients     one set of clients a Region, with timeouts and a bound on concurrency
//! send        one request: journal, interceptor, classification; and paging to the end
//! watch       the interceptor: sees attempts, and answers that are none
//! clock       the time by AWS's clock
//! classify    from an SDK error to an obstacle
//! refused     credentials that AWS does not take, though they have not ended
//! account, sso_admin, identity_store   one function an operation
//! ```

mod account;
mod classify;
mod clients;
mod clock;
mod credentials;
mod identity_store;
mod proxy;
mod refused;
mod retry;
mod send;
mod settings;
mod sso_admin;
mod watch;

pub use self::{
    clients::Aws,
    settings::{AwsSettings, AwsSettingsError, Environment, Flags},
};
use crate::{
    domain::{
        AccountId, Application, ApplicationArn, Caller, Group, GroupId, IdentityStoreId, Instance, InstanceArn,
        InstanceDetail, LookupKey, Membership, Principal, Region, Role, User, UserId,
    },
    journal::Journal,
    port::{Answer, Port, UserPages},
};

impl Port for Aws {
    async fn caller(&self, journal: &Journal, region: &Region) -> Answer<Caller> {
        account::caller(self, journal, region).await
    }

    async fn instances(&self, journal: &Journal, region: &Region, all_regions: bool) -> Answer<Vec<Instance>> {
        sso_admin::instances(self, journal, region, all_regions).await
    }

    async fn instance(&self, journal: &Journal, region: &Region, instance: &InstanceArn) -> Answer<InstanceDetail> {
        sso_admin::instance(self, journal, region, instance).await
    }

    async fn applications(
        &self,
        journal: &Journal,
        region: &Region,
        instance: &InstanceArn,
        account: Option<&AccountId>,
    ) -> Answer<Vec<Application>> {
        sso_admin::applications(self, journal, region, instance, account).await
    }

    async fn assignment_required(
        &self,
        journal: &Journal,
        region: &Region,
        application: &ApplicationArn,
    ) -> Answer<bool> {
        sso_admin::assignment_required(self, journal, region, application).await
    }

    async fn assignments(
        &self,
        journal: &Journal,
        region: &Region,
        application: &ApplicationArn,
    ) -> Answer<Vec<Principal>> {
        sso_admin::assignments(self, journal, region, application).await
    }

    async fn user_id(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        key: &LookupKey,
    ) -> Answer<Option<UserId>> {
        identity_store::user_id(self, journal, region, store, key).await
    }

    async fn user(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        user: &UserId,
    ) -> Answer<Option<User>> {
        identity_store::user(self, journal, region, store, user).await
    }

    async fn memberships(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        user: &UserId,
    ) -> Answer<Vec<Membership>> {
        identity_store::memberships(self, journal, region, store, user).await
    }

    async fn group(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        group: &GroupId,
    ) -> Answer<Option<Group>> {
        identity_store::group(self, journal, region, store, group).await
    }

    async fn members(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        group: &GroupId,
    ) -> Answer<Vec<UserId>> {
        identity_store::members(self, journal, region, store, group).await
    }

    async fn users(
        &self,
        journal: &Journal,
        region: &Region,
        store: &IdentityStoreId,
        pages: usize,
    ) -> Answer<UserPages> {
        identity_store::users(self, journal, region, store, pages).await
    }

    async fn role(&self, journal: &Journal, region: &Region, name: &str) -> Answer<Option<Role>> {
        account::role(self, journal, region, name).await
    }
}
