//! The placeholders that texts of the catalogue may carry.

/// Declares the placeholders: the name in the catalogue, and what stands there while the value is not known.
macro_rules! placeholders {
    ($($(#[$doc:meta])* $name:ident = $code:literal or $unknown:literal),+ $(,)?) => {
        /// A named placeholder, such as `{user}`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Placeholder {
            $($(#[$doc])* $name,)+
        }

        impl Placeholder {
            /// Every placeholder.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Returns the name between the braces.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }

            /// Returns what a sentence says where the value is not known.
            #[must_use]
            pub fn text_when_unknown(self) -> &'static str {
                match self {
                    $(Self::$name => $unknown,)+
                }
            }
        }
    };
}

placeholders! {
    /// The user, as typed.
    User = "user" or "the user",
    /// The user name in the directory.
    UserName = "user_name" or "the name in the directory",
    /// The user's id.
    UserId = "user_id" or "the user's id",
    /// The identity store's id.
    IdentityStore = "identity_store" or "the identity store",
    /// The identity store that has the user, where it is another one.
    OtherIdentityStore = "other_identity_store" or "another identity store",
    /// The instance's ARN.
    Instance = "instance" or "the instance",
    /// The instance's status.
    InstanceStatus = "instance_status" or "not ACTIVE",
    /// The KMS key of the instance.
    Key = "key" or "the instance's KMS key",
    /// The instance's Region.
    Region = "region" or "the instance's Region",
    /// The Region of the operator's configuration.
    HomeRegion = "home_region" or "the configured Region",
    /// The Region that the user typed.
    TypedRegion = "typed_region" or "the Region that was typed",
    /// The start URL that the user typed.
    TypedUrl = "typed_url" or "the start URL that was typed",
    /// The name that the user typed into Identity Center's own page.
    TypedUser = "typed_user" or "what was typed as the user name",
    /// The right start URL.
    StartUrl = "start_url" or "the organization's start URL",
    /// The application's name for people.
    App = "app" or "the application",
    /// The name of the registered application.
    Application = "application" or "the application",
    /// Its ARN.
    ApplicationArn = "application_arn" or "the application",
    /// The Region it was created in.
    ApplicationRegion = "application_region" or "the application's Region",
    /// The account that owns it.
    ApplicationAccount = "application_account" or "the account that owns the application",
    /// The account of the credentials.
    CallerAccount = "caller_account" or "your account",
    /// The application's console.
    Console = "console" or "the application's console",
    /// The domain of the AWS consoles in the instance's partition.
    ConsoleDomain = "console_domain" or "the console's domain",
    /// A group's name.
    Group = "group" or "the group",
    /// The codes of the causes that come into question.
    PossibleCauses = "possible_causes" or "one of several causes",
    /// What was asked for and could not be read.
    Unread = "unread" or "some names",
    /// The networks that sign-in is admitted from.
    Networks = "networks" or "certain networks",
    /// A group's id.
    GroupId = "group_id" or "the group's id",
    /// An assigned principal that is gone.
    PrincipalId = "principal_id" or "the user or group that is gone",
    /// `USER` or `GROUP`.
    PrincipalType = "principal_type" or "USER or GROUP",
    /// A service-linked role.
    Role = "role" or "the service-linked role",
    /// The service that the role trusts.
    RoleService = "role_service" or "the role's service",
    /// The IAM action that is missing.
    Action = "action" or "the IAM action",
    /// What the denied call was about.
    Resource = "resource" or "the resource",
    /// The call that failed.
    Call = "call" or "a call",
    /// What came in the way, in AWS's or the network's words.
    Failure = "failure" or "no answer",
    /// The AWS profile.
    AwsProfile = "aws_profile" or "your AWS profile",
    /// How far this machine's clock is from AWS's, such as "6 minutes behind"; a step that needs it is left out where
    /// that is not known.
    Clock = "clock" or "",
    /// Names like the one that was typed; a step that needs them is left out where there are none.
    Suggestions = "suggestions" or "",
}

impl Placeholder {
    /// Returns the placeholder of that name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|placeholder| placeholder.code() == code)
    }
}
