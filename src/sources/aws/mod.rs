//! AWS as a source. The only module that names a type of the AWS SDK.
//!
//! ```text
//! settings    profile, Region: from flags, environment and ~/.aws, with friendly errors
//! environment the variables and files that settings are read from
//! proxy       the proxy's address, checked before the first call
//! retry       how often a call is tried, and after which answers
//! credentials the chain of places where credentials may be, each asked once; credentials_settings what it is made of,
//!             credentials_failure why there are none
//! profile     what an AWS profile says of the way to its credentials
//! process     how a `credential_process` ended
//! clients     one set of clients a Region, with timeouts
//! quota       no more requests a second than AWS takes
//! network     the HTTP client: certificates, proxies, connections that are open before they are needed
//! endpoints   what will be asked next, and where that is
//! send        one request: log, interceptor, classification; and paging to the end
//! watch       the interceptor: sees attempts, and answers that are none
//! clock       the time by AWS's clock
//! errors      what errors of the SDK say, in words that can be shown
//! fetch       an address that somebody named, with the HTTP client of the SDK
//! classify    from an SDK error to a failure
//! refused     credentials that AWS does not take, though they have not ended
//! pace        the time between two look-ups of events
//! sign_in_event   a record of CloudTrail, which is JSON inside JSON
//! account, sso_admin, identity_store, cloudtrail   one function an operation
//! ```

mod account;
mod classify;
mod clients;
mod clock;
mod cloudtrail;
mod credentials;
mod credentials_failure;
mod credentials_settings;
mod endpoints;
mod environment;
mod errors;
mod fetch;
mod identity_store;
mod network;
mod pace;
mod process;
mod profile;
mod proxy;
mod quota;
mod refused;
mod retry;
mod send;
mod settings;
mod sign_in_event;
mod sso_admin;
mod watch;

pub use self::{
    clients::Aws,
    environment::{AwsSettingsError, Environment},
    settings::{AwsSettings, Flags, list_profiles},
};
use std::sync::OnceLock;

use futures::{FutureExt, future::BoxFuture};
use jiff::Timestamp;
use serde_json::Value;
use tokio::sync::OnceCell;

use self::{
    network::Network,
    send::{Answered, Question},
};
use super::{EventSender, Source};
use crate::facts::{Answer, Failure, FailureKind, Operation, Query};

impl Source for Aws {
    fn ask<'a>(&'a self, query: &'a Query, events: &'a EventSender) -> BoxFuture<'a, Answered<Answer>> {
        self.answer_query(query, events).boxed()
    }
}

impl Aws {
    async fn answer_query(&self, query: &Query, events: &EventSender) -> Answered<Answer> {
        use Query as Q;
        let resource = match query {
            Q::GetUserId(query) => query.store.as_str(),
            Q::ListApplications(query) => query.instance.as_str(),
            query => query.subjects().first().copied().unwrap_or("*"),
        };
        let question = Question { events, query, resource, quota: &self.quotas.find_quota(query), aws: self };
        Ok(match query {
            Q::GetCallerIdentity(q) => {
                Answer::GetCallerIdentity(account::get_caller_identity(self, question, q).await?)
            }
            Q::GetRole(q) => Answer::GetRole(account::get_role(self, question, q).await?),
            Q::ListInstances(q) => Answer::ListInstances(sso_admin::list_instances(self, question, q).await?),
            Q::DescribeInstance(q) => Answer::DescribeInstance(sso_admin::describe_instance(self, question, q).await?),
            Q::ListApplications(q) => Answer::ListApplications(sso_admin::list_applications(self, question, q).await?),
            Q::GetApplicationAssignmentConfiguration(q) => Answer::GetApplicationAssignmentConfiguration(
                sso_admin::get_application_assignment_configuration(self, question, q).await?,
            ),
            Q::ListApplicationAssignments(q) => {
                Answer::ListApplicationAssignments(sso_admin::list_application_assignments(self, question, q).await?)
            }
            Q::GetUserId(q) => Answer::GetUserId(identity_store::get_user_id(self, question, q).await?),
            Q::DescribeUser(q) => Answer::DescribeUser(identity_store::describe_user(self, question, q).await?),
            Q::ListGroupMembershipsForMember(q) => Answer::ListGroupMembershipsForMember(
                identity_store::list_group_memberships_for_member(self, question, q).await?,
            ),
            Q::GetGroupId(q) => Answer::GetGroupId(identity_store::get_group_id(self, question, q).await?),
            Q::DescribeGroup(q) => Answer::DescribeGroup(identity_store::describe_group(self, question, q).await?),
            Q::ListGroupMemberships(q) => {
                Answer::ListGroupMemberships(identity_store::list_group_memberships(self, question, q).await?)
            }
            Q::ListUsers(q) => Answer::ListUsers(identity_store::list_users(self, question, q).await?),
            Q::SimulatePrincipalPolicy(q) => {
                Answer::SimulatePrincipalPolicy(account::simulate_principal_policy(self, question, q).await?)
            }
            Q::LookupEvents(q) => Answer::LookupEvents(cloudtrail::look_up_events(self, question, q).await?),
        })
    }
}

/// A key that an answer must carry, and what its value has to be.
type RequiredPart = (&'static str, fn(&Value) -> bool);

/// Returns what an answer has to carry to be one, when it answers in JSON. STS and IAM answer in XML, whose parser misses
/// nothing that matters here.
fn find_required_part(operation: Operation) -> Option<RequiredPart> {
    use Operation as Op;
    Some(match operation {
        Op::GetCallerIdentity | Op::GetRole | Op::SimulatePrincipalPolicy => return None,
        Op::ListInstances => ("Instances", is_list_of_objects),
        Op::ListApplications => ("Applications", is_list_of_objects),
        Op::ListApplicationAssignments => ("ApplicationAssignments", is_list_of_objects),
        Op::ListGroupMembershipsForMember | Op::ListGroupMemberships => ("GroupMemberships", is_list_of_objects),
        Op::ListUsers => ("Users", is_list_of_objects),
        Op::LookupEvents => ("Events", is_list_of_objects),
        Op::GetApplicationAssignmentConfiguration => ("AssignmentRequired", Value::is_boolean),
        Op::DescribeInstance => ("InstanceArn", is_text),
        Op::GetUserId | Op::DescribeUser => ("UserId", is_text),
        Op::DescribeGroup | Op::GetGroupId => ("GroupId", is_text),
    })
}

fn is_list_of_objects(value: &Value) -> bool {
    value.as_array().is_some_and(|elements| elements.iter().all(Value::is_object))
}

fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.is_empty())
}

/// AWS, connected at the first query, so that a screen can be drawn before.
#[derive(Debug)]
pub struct LazyAws {
    settings: AwsSettings,
    network: OnceLock<Result<Network, rustls::Error>>,
    aws: OnceCell<Aws>,
}

impl LazyAws {
    /// Returns AWS with these settings; nothing is read or sent yet.
    #[must_use]
    pub fn new(settings: AwsSettings) -> Self {
        Self { settings, network: OnceLock::new(), aws: OnceCell::new() }
    }

    /// Returns the HTTP client, made at the first use.
    fn network(&self) -> Result<&Network, &rustls::Error> {
        self.network.get_or_init(|| Network::new(&self.settings.trust)).as_ref()
    }
}

impl Source for LazyAws {
    fn ask<'a>(&'a self, query: &'a Query, events: &'a EventSender) -> BoxFuture<'a, Answered<Answer>> {
        async move {
            let network = self.network().map_err(|error| {
                Failure::of(query, FailureKind::Internal, format!("TLS could not be set up: {error}"))
            })?;
            let aws = self.aws.get_or_init(async || Aws::connect(&self.settings, network).await).await;
            aws.answer_query(query, events).await
        }
        .boxed()
    }

    fn session_end(&self) -> Option<Timestamp> {
        self.aws.get()?.credentials.as_ref()?.end()
    }
}
