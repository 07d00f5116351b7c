//! The causes that the doctor can find. Their codes are a public contract: they stand in JSON, in tickets
//! and in `sso-doctor explain`, and a code keeps its meaning for ever.

use serde::{Deserialize, Serialize};

/// Declares the causes with their codes, so that the list and the codes cannot drift apart.
macro_rules! causes {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// What is wrong, or what came in the way of telling.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Cause {
            $($(#[$doc])* #[serde(rename = $code)] $name,)+
        }

        impl Cause {
            /// Every cause, in the order of the checks.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Returns the code, such as `user-not-found`.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }
        }
    };
}

causes! {
    /// No AWS credentials could be found.
    CredentialsMissing = "credentials-missing",
    /// The credentials are expired, or were withdrawn.
    CredentialsExpired = "credentials-expired",
    /// Credentials are configured, and cannot be used for another reason than their end.
    CredentialsUnusable = "credentials-unusable",
    /// A denied call left a check unanswered.
    PermissionMissing = "permission-missing",
    /// A call got no usable answer.
    Unreachable = "unreachable",
    /// This program failed.
    InternalError = "internal-error",
    /// No Identity Center instance in any Region.
    InstanceMissing = "instance-missing",
    /// The instance's status is not `ACTIVE`.
    InstanceNotActive = "instance-not-active",
    /// Sign-in is admitted only from certain networks.
    NetworkRestricted = "network-restricted",
    /// The instance's KMS key cannot be used.
    InstanceKeyUnusable = "instance-key-unusable",
    /// The start URL is the AWS Builder ID portal.
    StartUrlBuilderId = "start-url-builder-id",
    /// The start URL is no URL, or not one of AWS.
    StartUrlMalformed = "start-url-malformed",
    /// The start URL names another directory.
    StartUrlOtherDirectory = "start-url-other-directory",
    /// The Region that was typed is not one of the instance.
    RegionTypedWrong = "region-typed-wrong",
    /// What was told as the Region names none, or is a near miss of one.
    RegionTypedUnclear = "region-typed-unclear",
    /// The start URL is an alias, or in a form that this program does not know.
    StartUrlUnverified = "start-url-unverified",
    /// The application does not list the instance's Regions.
    IdentityCenterRegionUnsupported = "identity-center-region-unsupported",
    /// The application was created in a Region that it does not support.
    ProfileRegionUnsupported = "profile-region-unsupported",
    /// No such user.
    UserNotFound = "user-not-found",
    /// The users that were read do not settle whom a person's name means.
    PersonNotIdentified = "person-not-identified",
    /// The user is in another instance's directory.
    UserInOtherDirectory = "user-in-other-directory",
    /// The user is disabled.
    UserDisabled = "user-disabled",
    /// The directory spells the user name differently.
    UserNameDiffers = "user-name-differs",
    /// The user is local, the others come from an external identity provider.
    IdentitySourceMismatch = "identity-source-mismatch",
    /// The application is not registered.
    ApplicationMissing = "application-missing",
    /// The application is disabled.
    ApplicationDisabled = "application-disabled",
    /// The sign-in application is missing or disabled.
    SignInApplicationMissing = "sign-in-application-missing",
    /// The user is in no group that grants access.
    NotInEntitledGroup = "not-in-entitled-group",
    /// The granting membership is younger than a day.
    MembershipRecent = "membership-recent",
    /// The application is assigned to nobody.
    NoAssignments = "no-assignments",
    /// Sign-in is open to all, but no subscription is visible for the user.
    SubscriptionNotSeen = "subscription-not-seen",
    /// The application is assigned to somebody who no longer exists.
    AssignmentOrphaned = "assignment-orphaned",
    /// The user's group is not assigned.
    GroupNotAssigned = "group-not-assigned",
    /// Nothing lets the user in, and why hangs on names that could not be read.
    NoAccessPath = "no-access-path",
    /// Single users are assigned, and this one is not.
    UserNotAssigned = "user-not-assigned",
    /// A service-linked role is missing.
    ServiceRoleMissing = "service-role-missing",
    /// A service-linked role is not as AWS makes it.
    ServiceRoleAltered = "service-role-altered",
}

impl Cause {
    /// Returns the cause of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|cause| cause.code() == code)
    }
}
