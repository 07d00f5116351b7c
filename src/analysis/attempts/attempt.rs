//! How far one attempt got, by its events.

use jiff::{SignedDuration, Timestamp};

use crate::domain::{SignInEvent, SignInEventName as Name};

/// For so long somebody may take over a step.
const STEP: SignedDuration = SignedDuration::from_mins(5);

/// For so long a token may take.
pub(super) const TOKEN: SignedDuration = SignedDuration::from_mins(10);

/// How far an attempt got. The words are part of the JSON contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reached {
    UserName,
    Password,
    SecondFactor,
    Provider,
    SignedIn,
    Token,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ending {
    /// A token was given.
    Token,
    /// Signed in, and no token; or one was refused, with AWS's code and words.
    NoToken { refused: Option<String> },
    /// Signed in; whether a token followed is not known, because tokens of that time were not all read.
    TokensUnread,
    /// The password was wrong.
    WrongPassword,
    /// The second factor was wrong, or out of step.
    WrongSecondFactor,
    /// A credential of another kind was refused.
    WrongCredential,
    /// The provider's answer was refused, with AWS's words.
    RefusedAnswer { said: Option<String> },
    /// The name was typed, and nothing more.
    StoppedAtName,
    /// The second factor was asked for, and nothing more.
    StoppedAtSecondFactor,
    /// A credential was given, and nothing more.
    StoppedAfterCredential,
    /// It began so lately that more may follow.
    UnderWay,
    /// What was not seen may still be on its way, or was not read.
    Unsettled,
}

impl Ending {
    /// Returns the word of the JSON contract.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::NoToken { .. } => "no-token",
            Self::TokensUnread => "signed-in",
            Self::WrongPassword => "wrong-password",
            Self::WrongSecondFactor => "wrong-second-factor",
            Self::WrongCredential | Self::RefusedAnswer { .. } => "refused",
            Self::StoppedAtName | Self::StoppedAtSecondFactor | Self::StoppedAfterCredential => "abandoned",
            Self::UnderWay | Self::Unsettled => "under-way",
        }
    }
}

impl Reached {
    /// Returns the word of the JSON contract.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::UserName => "user-name",
            Self::Password => "password",
            Self::SecondFactor => "second-factor",
            Self::Provider => "provider",
            Self::SignedIn => "signed-in",
            Self::Token => "token",
        }
    }
}

/// One attempt to sign in.
#[derive(Debug, Clone)]
pub(crate) struct Attempt<'a> {
    /// When its last event happened.
    pub at: Timestamp,
    pub reached: Reached,
    pub ending: Ending,
    /// How often the last step was tried.
    pub tries: usize,
    /// The events, in the order of time.
    pub events: Vec<&'a SignInEvent>,
}

impl Attempt<'_> {
    /// Returns the address that it came from.
    pub(crate) fn source_ip(&self) -> Option<&str> {
        self.events.iter().rev().find_map(|event| event.source_ip.as_deref())
    }

    /// Returns true if nothing but an older session was gone on with.
    pub(super) fn is_only_refreshing(&self) -> bool {
        self.events.iter().all(|event| event.is_refresh())
    }
}

/// What the attempt of some events hangs on, besides them.
pub(super) struct Surroundings<'s> {
    pub(super) now: Timestamp,
    /// True if what is not seen of a step did not happen, from that time on.
    pub(super) are_steps_known: &'s dyn Fn(Timestamp) -> bool,
    /// The same of tokens.
    pub(super) are_tokens_known: &'s dyn Fn(Timestamp) -> bool,
    /// True if nothing that happened may still be on its way.
    pub(super) is_settled: bool,
    /// When the person was given tokens.
    pub(super) tokens: &'s [Timestamp],
}

/// Returns the attempt that some events are, in the order of time; `None` if there are none.
pub(super) fn judge_events<'a>(events: Vec<&'a SignInEvent>, around: &Surroundings) -> Option<Attempt<'a>> {
    let at = events.last()?.at;
    let (reached, ending, tries) = judge_steps(&events, around);
    Some(Attempt { at, reached, ending, tries, events })
}

fn judge_steps(events: &[&SignInEvent], around: &Surroundings) -> (Reached, Ending, usize) {
    let last = |holds: &dyn Fn(&SignInEvent) -> bool| events.iter().rev().find(|event| holds(event)).copied();
    let signed_in = last(&|event| event.name == Name::UserAuthentication && event.is_success());
    let token = last(&|event| event.name == Name::CreateToken && event.is_success());
    let refused = last(&|event| event.name == Name::CreateToken && !event.is_success());
    if let Some(signed_in) = signed_in {
        let ending = judge_token(signed_in.at, refused, around);
        let reached = if ending == Ending::Token { Reached::Token } else { Reached::SignedIn };
        return (reached, ending, 1);
    }
    if token.is_some() {
        return (Reached::Token, Ending::Token, 1);
    }
    if let Some(refused) = refused {
        return (Reached::SignedIn, Ending::NoToken { refused: Some(describe_error(refused)) }, 1);
    }
    judge_credentials(events, around)
}

/// Judges what followed a sign-in.
fn judge_token(signed_in: Timestamp, refused: Option<&SignInEvent>, around: &Surroundings) -> Ending {
    if around.tokens.iter().any(|token| *token >= signed_in) {
        return Ending::Token;
    }
    if let Some(refused) = refused.filter(|refused| refused.at >= signed_in) {
        return Ending::NoToken { refused: Some(describe_error(refused)) };
    }
    if around.now.duration_since(signed_in) < TOKEN {
        return Ending::UnderWay;
    }
    if !(around.are_tokens_known)(signed_in) {
        return Ending::TokensUnread;
    }
    if around.is_settled { Ending::NoToken { refused: None } } else { Ending::Unsettled }
}

/// Returns AWS's code and words of an error.
pub(super) fn describe_error(event: &SignInEvent) -> String {
    let parts = [event.error_code.as_deref(), event.error_message.as_deref()];
    let said: Vec<&str> = parts.into_iter().flatten().collect();
    match (said.is_empty(), &event.outcome) {
        (false, _) => said.join(": "),
        (true, Some(outcome)) => outcome.word().to_owned(),
        (true, None) => "no reason given".to_owned(),
    }
}

/// Judges how far somebody got who is not signed in.
fn judge_credentials(events: &[&SignInEvent], around: &Surroundings) -> (Reached, Ending, usize) {
    let is_verification = |event: &SignInEvent| event.name == Name::CredentialVerification;
    let is_resync = |event: &&&SignInEvent| event.credential.as_deref() == Some("RESYNC_TOTP");
    if events.iter().any(|event| is_resync(&event)) {
        let tries = events.iter().filter(|event| is_verification(event) && event.is_failure()).count();
        return (Reached::SecondFactor, Ending::WrongSecondFactor, tries.max(1));
    }
    let Some(last) = events.iter().rev().find(|event| is_verification(event)).copied() else {
        let is_challenged = events.iter().any(|event| event.name == Name::CredentialChallenge);
        let stopped = if is_challenged { Ending::StoppedAtName } else { Ending::WrongCredential };
        let since = events.last().map_or(around.now, |event| event.at);
        let ending = if is_challenged { wait_for_more(since, stopped, around) } else { stopped };
        return (Reached::UserName, ending, 1);
    };
    let kind = find_kind(last, events);
    if last.is_failure() {
        let is_same =
            |event: &&&SignInEvent| is_verification(event) && event.is_failure() && find_kind(event, events) == kind;
        let tries = events.iter().filter(is_same).count();
        return match kind {
            Kind::Password => (Reached::Password, Ending::WrongPassword, tries),
            Kind::SecondFactor => (Reached::SecondFactor, Ending::WrongSecondFactor, tries),
            Kind::Other => (Reached::UserName, Ending::WrongCredential, tries),
        };
    }
    let asked = events.iter().rev().find(|event| {
        event.name == Name::CredentialChallenge && event.at >= last.at && find_kind(event, events) != Kind::Password
    });
    let since = events.last().map_or(last.at, |event| event.at);
    let is_password = kind != Kind::SecondFactor && last.is_success();
    if asked.is_some() && is_password {
        return (Reached::SecondFactor, wait_for_more(since, Ending::StoppedAtSecondFactor, around), 1);
    }
    let reached = match kind {
        Kind::Password => Reached::Password,
        Kind::SecondFactor => Reached::SecondFactor,
        Kind::Other => Reached::UserName,
    };
    (reached, wait_for_more(since, Ending::StoppedAfterCredential, around), 1)
}

/// Returns the ending of an attempt of which nothing more was seen.
fn wait_for_more(since: Timestamp, ending: Ending, around: &Surroundings) -> Ending {
    if around.now.duration_since(since) < STEP {
        Ending::UnderWay
    } else if around.is_settled && (around.are_steps_known)(since) {
        ending
    } else {
        Ending::Unsettled
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Password,
    SecondFactor,
    Other,
}

/// Returns the kind of credential that an event is about; where it does not say, that of the challenge before it.
fn find_kind(event: &SignInEvent, events: &[&SignInEvent]) -> Kind {
    let asked = || {
        let before =
            events.iter().rev().filter(|asked| asked.name == Name::CredentialChallenge && asked.at <= event.at);
        before.into_iter().find_map(|asked| asked.credential.as_deref())
    };
    match event
        .credential
        .as_deref()
        .or_else(|| if event.name == Name::CredentialVerification { asked() } else { None })
    {
        Some("PASSWORD") => Kind::Password,
        Some("TOTP" | "WEBAUTHN" | "EMAIL_OTP" | "RESYNC_TOTP") => Kind::SecondFactor,
        _ => Kind::Other,
    }
}
