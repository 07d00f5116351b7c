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
    /// What to call the user: the given name, else the display name, else what was typed.
    Person = "person" or "the user",
    /// The user's whole name: the display name, else the user name, else what was typed.
    FullName = "full_name" or "the user",
    /// What the user typed as the user name.
    TypedUser = "typed_user" or "what was typed",
    /// The user name in the directory.
    UserName = "user_name" or "the name in the directory",
    /// The user's id.
    UserId = "user_id" or "the user's id",
    /// The identity store's id.
    IdentityStore = "identity_store" or "the identity store",
    /// Its ARN.
    IdentityStoreArn = "identity_store_arn" or "the identity store",
    /// The identity store that has the user, where it is another one.
    OtherIdentityStore = "other_identity_store" or "another identity store",
    /// The instance's ARN.
    Instance = "instance" or "the instance",
    /// The instance's name, or the id of its identity store where it has none.
    InstanceName = "instance_name" or "the organization's Identity Center",
    /// The same of another instance: the one that has the user, or the one that the start URL leads to.
    OtherInstanceName = "other_instance_name" or "another directory",
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
    /// The names of the groups that grant access, at most five: one, or "one of: …".
    Groups = "groups" or "an assigned group",
    /// Since when, in words: "today at 04:13 UTC".
    Since = "since" or "less than a day ago",
    /// Until when, in words: "tomorrow 04:13 UTC".
    Until = "until" or "a day",
    /// What to look at next, where nothing wrong was found.
    Next = "next" or "what this program does not cover",
    /// How to look at that.
    Look = "look" or "",
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
    /// The ARN of that role.
    RoleArn = "role_arn" or "the service-linked role",
    /// The service that the role trusts.
    RoleService = "role_service" or "the role's service",
    /// The IAM action that is missing.
    Action = "action" or "the IAM action",
    /// What the denied call was about.
    Resource = "resource" or "the resource",
    /// The call that failed.
    Call = "call" or "a call",
    /// When the user last tried: "09:05 UTC, 25 minutes ago".
    AttemptTime = "attempt_time" or "lately",
    /// How often: "once", "3 times".
    Tries = "tries" or "at least once",
    /// What AWS says of an event.
    EventMessage = "event_message" or "no reason given",
    /// What came in the way, in AWS's or the network's words.
    Failure = "failure" or "no answer",
    /// The AWS profile.
    AwsProfile = "aws_profile" or "your AWS profile",
    /// The format in which the AWS CLI prints credentials for the operator's shell.
    CredentialsFormat = "credentials_format" or "env",
    /// The AWS profile that one signs in with: the one in use, or the one that it takes its credentials from.
    LoginProfile = "login_profile" or "your AWS profile",
    /// The session that the AWS profile belongs to.
    SsoSession = "sso_session" or "your SSO session",
    /// How far this machine's clock is from AWS's, such as "6 minutes behind"; a step that needs it is left out where
    /// that is not known.
    Clock = "clock" or "",
    /// Names like the one that was typed; a step that needs them is left out where there are none.
    Suggestions = "suggestions" or "",
    /// What identity provider it is.
    Provider = "provider" or "the identity provider",
    /// Where at the identity provider it is set.
    Place = "place" or "the identity provider's settings",
    /// What Identity Center wants there.
    Wanted = "wanted" or "what the IAM Identity Center console shows",
    /// The name that the identity provider sends.
    NameId = "name_id" or "the name that is sent",
    /// A day.
    Day = "day" or "soon",
    /// What fits of a SAML response: "audience and recipient fit".
    Fits = "fits" or "",
    /// The people of these names, as in "Dmitri Petrov or Dima Petrov".
    People = "people" or "somebody else",
}

impl Placeholder {
    /// Returns the placeholder of that name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|placeholder| placeholder.code() == code)
    }
}
