//! The AWS operations that the program calls: this list and no other.
//!
//! `sso-doctor policy`, the evidence, the checks' texts and the tests over the wire all read it.

use serde::{Deserialize, Serialize};

/// One AWS operation. All of them only read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Operation {
    /// Whose credentials these are.
    GetCallerIdentity,
    /// Which Identity Center instances are visible.
    ListInstances,
    /// Regions and encryption of one instance.
    DescribeInstance,
    /// The applications of an instance.
    ListApplications,
    /// Who an application is assigned to.
    ListApplicationAssignments,
    /// Whether an application needs assignments at all.
    GetApplicationAssignmentConfiguration,
    /// The user behind a user name or an e-mail address.
    GetUserId,
    /// One user.
    DescribeUser,
    /// The groups of one user.
    ListGroupMembershipsForMember,
    /// One group.
    DescribeGroup,
    /// The members of one group.
    ListGroupMemberships,
    /// The users of an identity store.
    ListUsers,
    /// One service-linked role.
    GetRole,
}

impl Operation {
    /// Every operation, in the order a diagnosis first needs them.
    pub const ALL: [Self; 13] = [
        Self::GetCallerIdentity,
        Self::ListInstances,
        Self::GetRole,
        Self::DescribeInstance,
        Self::ListApplications,
        Self::GetUserId,
        Self::DescribeUser,
        Self::ListGroupMembershipsForMember,
        Self::ListApplicationAssignments,
        Self::GetApplicationAssignmentConfiguration,
        Self::DescribeGroup,
        Self::ListGroupMemberships,
        Self::ListUsers,
    ];

    /// The IAM action that allows the call, such as `sso:ListInstances`. It also names the call in evidence.
    ///
    /// Source: the Service Authorization Reference of IAM Identity Center, Identity Store, IAM and STS.
    #[must_use]
    pub fn action(self) -> &'static str {
        match self {
            Self::GetCallerIdentity => "sts:GetCallerIdentity",
            Self::ListInstances => "sso:ListInstances",
            Self::DescribeInstance => "sso:DescribeInstance",
            Self::ListApplications => "sso:ListApplications",
            Self::ListApplicationAssignments => "sso:ListApplicationAssignments",
            Self::GetApplicationAssignmentConfiguration => "sso:GetApplicationAssignmentConfiguration",
            Self::GetUserId => "identitystore:GetUserId",
            Self::DescribeUser => "identitystore:DescribeUser",
            Self::ListGroupMembershipsForMember => "identitystore:ListGroupMembershipsForMember",
            Self::DescribeGroup => "identitystore:DescribeGroup",
            Self::ListGroupMemberships => "identitystore:ListGroupMemberships",
            Self::ListUsers => "identitystore:ListUsers",
            Self::GetRole => "iam:GetRole",
        }
    }

    /// True for calls that only add a detail (names to suggest, where other members come from): without them
    /// every verdict is still reached.
    #[must_use]
    pub fn optional(self) -> bool {
        matches!(self, Self::DescribeGroup | Self::ListGroupMemberships | Self::ListUsers)
    }
}
