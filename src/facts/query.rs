//! The one list of what can be asked: every query with its parameters, its answer's type and its call.
//!
//! The IAM policy, the evidence, the store of facts and every source follow from this list.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::subject::Subject;
use crate::domain::{
    AccountId, Application, ApplicationArn, Caller, Group, GroupId, IdentityStoreId, Instance, InstanceArn,
    InstanceDetail, LookupKey, Member, Membership, PageToken, Principal, Region, Role, SignInEvent, SignInEventName,
    SimulatedAction, User, UserId,
};

/// A query with its own type of answer.
pub trait Ask: Into<Query> {
    /// What a source answers.
    type Answer: 'static;

    /// Returns the query, when it is one of this kind.
    fn of(query: &Query) -> Option<&Self>;

    /// Returns the answer, when it is one to this kind of query.
    fn read(answer: &Answer) -> Option<&Self::Answer>;
}

/// Declares the queries. `needed` and `optional` say whether a check needs the answer, or a detail does.
macro_rules! queries {
    ($($(#[$doc:meta])* $name:ident { $($parameter:ident: $type:ty),+ } -> $answer:ty = $action:literal, $need:ident;)+) => {
        $(
            $(#[$doc])*
            #[expect(missing_docs, reason = "a parameter is what its type says")]
            #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
            pub struct $name { $(pub $parameter: $type),+ }

            impl From<$name> for Query {
                fn from(query: $name) -> Self {
                    Self::$name(query)
                }
            }

            impl Ask for $name {
                type Answer = $answer;

                fn of(query: &Query) -> Option<&Self> {
                    if let Query::$name(query) = query { Some(query) } else { None }
                }

                fn read(answer: &Answer) -> Option<&$answer> {
                    if let Answer::$name(answer) = answer { Some(answer) } else { None }
                }
            }
        )+

        /// Something that a source can be asked.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Query {
            $($(#[$doc])* $name($name),)+
        }

        /// The answer to a query, as the source gave it.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Answer {
            $($(#[$doc])* $name($answer),)+
        }

        /// The calls that queries make. All of them only read.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Operation {
            $($(#[$doc])* $name,)+
        }

        impl Query {
            /// Returns the call that answers this query.
            #[must_use]
            pub fn operation(&self) -> Operation {
                match self {
                    $(Self::$name(_) => Operation::$name,)+
                }
            }

            /// Returns what the query is about, the most telling first: an id, a name, an ARN.
            #[must_use]
            pub fn subjects(&self) -> Vec<&str> {
                let mut subjects: Vec<&str> = match self {
                    $(Self::$name($name { $($parameter),+ }) => {
                        [$(Subject::subject($parameter)),+].into_iter().flatten().collect()
                    })+
                };
                subjects.reverse();
                subjects
            }

            /// Returns the Region that is asked.
            #[must_use]
            pub fn region(&self) -> &Region {
                match self {
                    $(Self::$name(query) => &query.region,)+
                }
            }
        }

        impl Operation {
            /// Every operation, in the order a diagnosis first needs them.
            pub const ALL: [Self; [$(Self::$name),+].len()] = [$(Self::$name),+];

            /// Returns the IAM action that allows the call, such as `sso:ListInstances`. It also names the call in
            /// evidence.
            ///
            /// Source: the Service Authorization Reference of IAM Identity Center, Identity Store, IAM, STS and
            /// CloudTrail.
            #[must_use]
            pub fn action(self) -> &'static str {
                match self {
                    $(Self::$name => $action,)+
                }
            }

            /// Returns true for calls that only add a detail (names to suggest, where other members come from): without
            /// them every verdict is still reached.
            #[must_use]
            pub fn is_optional(self) -> bool {
                match self {
                    $(Self::$name => queries!(@is_optional $need),)+
                }
            }
        }
    };
    (@is_optional needed) => { false };
    (@is_optional optional) => { true };
}

queries! {
    /// Whose credentials these are.
    GetCallerIdentity { region: Region } -> Caller = "sts:GetCallerIdentity", needed;
    /// Which instances are visible from a Region, or in all Regions at once.
    ListInstances { region: Region, all_regions: bool } -> Vec<Instance> = "sso:ListInstances", needed;
    /// A role of the caller's account; `None` is "no such role".
    GetRole { region: Region, name: String } -> Option<Role> = "iam:GetRole", needed;
    /// Regions, encryption and networks of an instance.
    DescribeInstance { region: Region, instance: InstanceArn } -> InstanceDetail = "sso:DescribeInstance", needed;
    /// The applications of an instance; with an account, those of that account only.
    ListApplications { region: Region, instance: InstanceArn, account: Option<AccountId> } -> Vec<Application> = "sso:ListApplications", needed;
    /// The user of that user name or e-mail address; `None` is "no such user".
    GetUserId { region: Region, store: IdentityStoreId, key: LookupKey } -> Option<UserId> = "identitystore:GetUserId", needed;
    /// A user; `None` is "no such user".
    DescribeUser { region: Region, store: IdentityStoreId, user: UserId } -> Option<User> = "identitystore:DescribeUser", needed;
    /// The groups of a user.
    ListGroupMembershipsForMember { region: Region, store: IdentityStoreId, user: UserId } -> Vec<Membership> = "identitystore:ListGroupMembershipsForMember", needed;
    /// Who an application is assigned to.
    ListApplicationAssignments { region: Region, application: ApplicationArn } -> Vec<Principal> = "sso:ListApplicationAssignments", needed;
    /// Whether an application needs assignments.
    GetApplicationAssignmentConfiguration { region: Region, application: ApplicationArn } -> bool = "sso:GetApplicationAssignmentConfiguration", needed;
    /// A group; `None` is "no such group".
    DescribeGroup { region: Region, store: IdentityStoreId, group: GroupId } -> Option<Group> = "identitystore:DescribeGroup", optional;
    /// The group of that display name; `None` is "no such group".
    GetGroupId { region: Region, store: IdentityStoreId, name: String } -> Option<GroupId> = "identitystore:GetGroupId", optional;
    /// A page of a group's members: the first one, or the one after that token.
    ListGroupMemberships { region: Region, store: IdentityStoreId, group: GroupId, after: Option<PageToken> } -> MemberPage = "identitystore:ListGroupMemberships", optional;
    /// A page of a directory's users: the first one, or the one after that token.
    ListUsers { region: Region, store: IdentityStoreId, after: Option<PageToken> } -> UserPage = "identitystore:ListUsers", optional;
    /// Whether the policies of a user or role allow actions on a resource; `None` is "no such user or role".
    SimulatePrincipalPolicy { region: Region, actions: Vec<String>, resource: String, principal: String } -> Option<Vec<SimulatedAction>> = "iam:SimulatePrincipalPolicy", optional;
    /// A page of the sign-in events of one kind in a Region and a time, the newest first.
    LookupEvents { region: Region, name: SignInEventName, from: Timestamp, to: Option<Timestamp>, after: Option<PageToken> } -> EventPage = "cloudtrail:LookupEvents", optional;
}

/// A page of sign-in events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventPage {
    /// The events on it that could be read.
    pub events: Vec<SignInEvent>,
    /// How many could not be read.
    pub unreadable: usize,
    /// Where the listing goes on; `None` on the last page.
    pub next: Option<PageToken>,
}

/// A page of a group's members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberPage {
    /// The members on it.
    pub members: Vec<Member>,
    /// Where the listing goes on; `None` on the last page.
    pub next: Option<PageToken>,
}

/// A page of users.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserPage {
    /// The users on it.
    pub users: Vec<User>,
    /// Where the listing goes on; `None` on the last page.
    pub next: Option<PageToken>,
}
