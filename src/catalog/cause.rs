//! The causes that the doctor can find. Their codes are a public contract: they stand in JSON, in tickets
//! and in `sso-doctor explain`, and a code keeps its meaning for ever. Those behind the checks' own are shown by what the
//! user saw, and by nothing else.

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
    /// Metadata that Identity Center cannot use.
    SsoMetadataUnusable = "sso-metadata-unusable",
    /// The identity provider refused.
    SsoRefusedByProvider = "sso-refused-by-provider",
    /// The provider's application is one for IAM federation.
    SsoFederationApp = "sso-federation-app",
    /// The response goes to an address that is not this Identity Center's.
    SsoWrongRecipient = "sso-wrong-recipient",
    /// The response is made for somebody else.
    SsoWrongAudience = "sso-wrong-audience",
    /// The assertion is encrypted, missing, or one of several.
    SsoAssertionShape = "sso-assertion-shape",
    /// The assertion is not signed.
    SsoUnsigned = "sso-unsigned",
    /// Signed with a certificate that Identity Center does not hold.
    SsoCertificateUnknown = "sso-certificate-unknown",
    /// The name that is sent is no address, or not said to be one.
    SsoNameIdFormat = "sso-name-id-format",
    /// The name that is sent is not the user's.
    SsoNameIdMismatch = "sso-name-id-mismatch",
    /// The response was not valid when it was posted.
    SsoTimeWindow = "sso-time-window",
    /// The assertion is larger than Identity Center takes.
    SsoTooLarge = "sso-too-large",
    /// No signing certificate is valid today.
    SsoCertificateExpired = "sso-certificate-expired",
    /// The signing certificates end soon.
    SsoCertificateEnding = "sso-certificate-ending",
    /// A short key, an old algorithm, or a certificate in the wrong form.
    SsoCertificateWeak = "sso-certificate-weak",
    /// The response is of another provider than the metadata.
    SsoIssuerMismatch = "sso-issuer-mismatch",
    /// The metadata no longer holds.
    SsoMetadataExpired = "sso-metadata-expired",
    /// The provider wants what Identity Center does not do.
    SsoSignedRequestsWanted = "sso-signed-requests-wanted",
    /// The response answers another request.
    SsoStaleRequest = "sso-stale-request",
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
    /// The user typed a wrong password.
    AttemptWrongPassword = "attempt-wrong-password",
    /// The user's second factor was wrong, or was not given.
    AttemptSecondFactor = "attempt-second-factor",
    /// The user typed the name and went no further.
    AttemptAbandoned = "attempt-abandoned",
    /// Identity Center refused the answer of the identity provider.
    AttemptIdpAnswerRefused = "attempt-idp-answer-refused",
    /// The user was signed in, and the application got no token.
    AttemptNoToken = "attempt-no-token",
    /// The user is assigned, but the licence stays Pending or has no seat.
    SubscriptionPending = "subscription-pending",
    /// The subscription was cancelled.
    SubscriptionCancelled = "subscription-cancelled",
    /// AWS refuses to create the subscription.
    SubscriptionRefused = "subscription-refused",
    /// The application locked this user id.
    AccountSuspended = "account-suspended",
    /// The user signs in the individual way, or by a method that the organization forbids.
    WrongSignInMethod = "wrong-sign-in-method",
    /// The browser is signed in as somebody else.
    WrongBrowserSession = "wrong-browser-session",
    /// The user signs in to another product than the one that was given.
    WrongProduct = "wrong-product",
    /// The application is connected to the identity provider directly.
    IdpDirect = "idp-direct",
    /// The identity provider has not given the user the application.
    IdpNotAssigned = "idp-not-assigned",
    /// A rule of the identity provider keeps the user out.
    IdpPolicy = "idp-policy",
    /// The identity provider does not take the password, or the account there is locked.
    IdpCredentials = "idp-credentials",
    /// The user is signed in to the identity provider with another account.
    IdpWrongAccount = "idp-wrong-account",
    /// The connection to the identity provider is at fault; the text does not tell how.
    SsoMisconfigured = "sso-misconfigured",
    /// The identity provider failed to provision the user.
    ScimFailed = "scim-failed",
    /// The user never set a password.
    PasswordNeverSet = "password-never-set",
    /// The user did not allow the access.
    ConsentDenied = "consent-denied",
    /// The sign-in was not finished, or took too long.
    SignInAbandoned = "sign-in-abandoned",
    /// No browser opened.
    BrowserNotOpened = "browser-not-opened",
    /// The way back from the browser leads to another machine.
    RemoteCallback = "remote-callback",
    /// The port for the way back from the browser is taken or blocked.
    CallbackPortBlocked = "callback-port-blocked",
    /// The proxy is set wrong, or not set for the client.
    ProxyMisconfigured = "proxy-misconfigured",
    /// A host that the client needs cannot be reached.
    HostUnreachable = "host-unreachable",
    /// Something opens the encrypted connections, and the client does not trust it.
    TlsIntercepted = "tls-intercepted",
    /// The clock of the user's machine is wrong.
    ClockSkew = "clock-skew",
    /// The client is too old.
    ClientOutdated = "client-outdated",
    /// The client has a fault of its own.
    ClientDefect = "client-defect",
    /// The client cannot read or write one of its files.
    ClientFiles = "client-files",
    /// The client holds on to an old sign-in.
    StaleClientCache = "stale-client-cache",
    /// The session is over.
    SessionExpired = "session-expired",
    /// The list of profiles could not be read, so that it proves nothing.
    ProfileListFailed = "profile-list-failed",
    /// The service itself has a fault.
    ServiceFault = "service-fault",
}

impl Cause {
    /// Returns the cause of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|cause| cause.code() == code)
    }
}
