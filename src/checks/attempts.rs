//! How far did the user's last sign-in attempts get?
//!
//! What happened once is evidence, not proof that it happens now: nothing here fails, and nothing makes a verdict less
//! certain. What could not be read is skipped.

use jiff::Timestamp;

use super::{Check, CheckId, CheckInput, Finding, Findings, Outcome, Presence, Status};
use crate::{
    analysis::{
        CaseView,
        attempts::{self, Ending, Person, Reached, SignIns, Unread},
    },
    case::{AttemptsMode, Case},
    catalog::{Cause, Condition, Placeholder},
    facts::{Facts, Failure, Known, Operation},
    text,
};

pub(super) const CHECK: Check = Check {
    id: CheckId::Attempts,
    title: "Sign-in attempts",
    label: "attempts",
    question: "How far did the user's last sign-in attempts get?",
    rests_on: &[Operation::LookupEvents],
    after: &CheckId::ALL,
    presence: Presence::When(|input, findings| is_wanted(input.case.settings.attempts.mode, findings)),
    judge: |input, findings| wait_on_root(findings, judge(input)),
};

/// Returns true if attempts are to be looked at, given what the other checks say. While those are open they may still
/// fail.
pub(super) fn is_wanted(mode: AttemptsMode, findings: &Findings) -> bool {
    let ended = |(_, finding): &(CheckId, Finding)| !matches!(finding.status(), None | Some(Status::Fail));
    match mode {
        AttemptsMode::Never => false,
        AttemptsMode::Always => true,
        AttemptsMode::Auto => findings.iter().filter(|(check, _)| *check != CheckId::Attempts).all(ended),
    }
}

/// Returns the finding with what would be unknown skipped instead.
pub(super) fn skip_unknown(finding: Finding) -> Finding {
    match &finding.outcome {
        Outcome::Unknown { failure } => skip_failed(failure),
        _ => finding,
    }
}

/// Returns the finding with the check that is broken in the first place, where the one that it waits on waits itself.
fn wait_on_root(findings: &Findings, finding: Finding) -> Finding {
    let Outcome::Skipped { waits_on: Some(first), .. } = &finding.outcome else { return finding };
    let find = |id: CheckId| findings.iter().find(|(check, _)| *check == id).map(|(_, finding)| finding);
    let mut root = *first;
    for _ in 0..findings.len() {
        match find(root).filter(|found| found.status() == Some(Status::Skipped)).and_then(Finding::find_first_check) {
            Some(next) => root = next,
            None => break,
        }
    }
    Finding::waits_on(root)
}

fn skip_failed(failure: &Failure) -> Finding {
    if failure.is_denied() {
        return Finding::skipped(format!("not allowed to read sign-in events ({})", Operation::LookupEvents.action()));
    }
    Finding::skipped(format!("sign-in events could not be read: {}", text::clean(&failure.to_string())))
}

fn judge(input: &CheckInput) -> Finding {
    let view = match input.require_view() {
        Ok(view) => view,
        Err(finding) => return finding,
    };
    let Some(person) = Person::of(view) else {
        let is_open = view.user.is_pending() && view.facts.closed.is_none();
        return if is_open { Finding::behind(CheckId::User) } else { Finding::waits_on(CheckId::User) };
    };
    if let Some(owner) = attempts::find_other_account(view.case, view.facts, view.instance) {
        return Finding::skipped(format!(
            "sign-in events are kept in account {owner}, which owns the instance: use credentials of that account"
        ));
    }
    match attempts::read_sign_ins(view, &person) {
        Known::Pending => Finding::running(),
        Known::Failed(failure) => skip_failed(&failure),
        Known::Value(sign_ins) => note_limits(view, &sign_ins, judge_sign_ins(view, &sign_ins)),
    }
}

fn judge_sign_ins(view: &CaseView, sign_ins: &SignIns) -> Finding {
    let Some(last) = sign_ins.find_deciding() else {
        return skip_unseen(sign_ins).unwrap_or_else(|| {
            Finding::pass(
                "no attempt got as far as Identity Center: start URL and Region, the identity provider, the network; \
                 or a session that is still running",
            )
            .expected_found("an attempt to sign in", "no event of this user")
        });
    };
    let when = describe_time(view.case, view.facts, last.at);
    let warn = |cause, found: String| {
        Finding::warn(cause)
            .expected_found("a sign-in that ends in a token", text::clean(&found))
            .with_value(Placeholder::AttemptTime, when.as_str())
            .with_value(Placeholder::Tries, describe_tries(last.tries))
    };
    match &last.ending {
        Ending::Token => judge_token(view, sign_ins, &when),
        Ending::NoToken { refused: None } => warn(Cause::AttemptNoToken, format!("signed in at {when}, and no token")),
        Ending::NoToken { refused: Some(said) } => {
            warn(Cause::AttemptNoToken, format!("a token was refused at {when}: {said}"))
                .with_condition(Condition::TokenRefused)
                .with_value(Placeholder::EventMessage, said.as_str())
        }
        Ending::TokensUnread => Finding::pass(format!("Identity Center let them in at {when}"))
            .with_note(Some("whether a token followed was not seen: tokens of that time were not all read".to_owned())),
        Ending::WrongPassword => warn(
            Cause::AttemptWrongPassword,
            format!("a wrong password, {}, last at {when}", describe_tries(last.tries)),
        ),
        Ending::WrongSecondFactor => warn(
            Cause::AttemptSecondFactor,
            format!("a second factor that was not right, {}, last at {when}", describe_tries(last.tries)),
        ),
        Ending::StoppedAtSecondFactor => {
            warn(Cause::AttemptSecondFactor, format!("the second factor was asked for at {when}, and nothing followed"))
                .with_condition(Condition::NothingGiven)
        }
        Ending::StoppedAtName => {
            warn(Cause::AttemptAbandoned, format!("the user name was typed at {when}, and nothing followed"))
        }
        Ending::RefusedAnswer { said } => {
            let said = said.as_deref().unwrap_or("AWS gives no reason");
            warn(
                Cause::AttemptIdpAnswerRefused,
                format!("an answer of the identity provider was refused at {when}: {said}"),
            )
            .with_note(Some("the event names nobody: it may be somebody else's".to_owned()))
            .with_value(Placeholder::EventMessage, said)
        }
        Ending::WrongCredential => Finding::pass(format!("the last attempt, at {when}, did not get through"))
            .with_note(Some(
                "AWS does not say what was wrong with it, or says what this program does not know".to_owned(),
            )),
        Ending::StoppedAfterCredential => Finding::pass(format!(
            "the last attempt, at {when}, went no further than {}",
            describe_reached(last.reached)
        )),
        Ending::UnderWay => Finding::pass(format!(
            "an attempt is under way: {} at {when}; more may follow",
            describe_reached(last.reached)
        )),
        Ending::Unsettled => skip_unseen(sign_ins).unwrap_or_else(|| {
            Finding::skipped("what followed the last attempt cannot be told: not all events of that time were read")
        }),
    }
}

fn judge_token(view: &CaseView, sign_ins: &SignIns, when: &str) -> Finding {
    let token = sign_ins.find_last_token();
    let at = token.map_or_else(|| when.to_owned(), |token| describe_time(view.case, view.facts, token.at));
    let refreshed = token.filter(|token| token.is_refresh());
    Finding::pass(format!(
        "Identity Center let them in and issued a token at {at}: look after sign-in: the subscription, the application itself"
    ))
    .expected_found("a sign-in that ends in a token", format!("a token at {at}"))
    .with_note(refreshed.map(|_| "that token goes on with an older session".to_owned()))
}

/// Returns the finding where nothing can be said of what was not seen.
fn skip_unseen(sign_ins: &SignIns) -> Option<Finding> {
    if let Some(failure) = &sign_ins.failure {
        return Some(skip_failed(failure));
    }
    if !sign_ins.is_name_known {
        return Some(Finding::skipped("the user name was not read, and some sign-in events have nothing else"));
    }
    if sign_ins.newest_of_anybody.is_none() {
        return Some(Finding::skipped("no sign-in events of anybody here, so nothing can be said of this user"));
    }
    (!sign_ins.is_settled).then(|| Finding::skipped("events may still be on their way: look again in 15 minutes"))
}

/// Says what was not read.
fn note_limits(view: &CaseView, sign_ins: &SignIns, finding: Finding) -> Finding {
    let zone = view.case.settings.attempts.time_zone.as_ref();
    let describe = |unread: &Unread| {
        let before = unread.before.map(|at| format!(" before {}", text::show_clock(at, zone)));
        format!("{}{} in {}", unread.name.as_str(), before.unwrap_or_default(), unread.region)
    };
    let unread: Vec<String> = sign_ins.unread.iter().map(describe).collect();
    let unread = (!unread.is_empty()).then(|| format!("not read, because there are too many: {}", unread.join("; ")));
    let is_skipped = finding.status() == Some(Status::Skipped);
    let failure = sign_ins.failure.as_ref().filter(|_| !is_skipped);
    let passed_over = (sign_ins.unreadable > 0).then(|| {
        format!("{} passed over, because it could not be read", text::count(sign_ins.unreadable, "event", "events"))
    });
    let last_refresh = finding.cause().and_then(|_| sign_ins.find_last_token()).filter(|token| token.is_refresh());
    finding
        .with_note(unread)
        .with_note(failure.map(|failure| format!("not read: {}", text::clean(&failure.to_string()))))
        .with_note(passed_over)
        .with_note(last_refresh.map(|token| {
            format!(
                "an older session goes on: a token of it is from {}",
                describe_time(view.case, view.facts, token.at)
            )
        }))
}

fn describe_time(case: &Case, facts: &Facts, at: Timestamp) -> String {
    text::describe_moment(facts.aws_now(), at, case.settings.attempts.time_zone.as_ref())
}

fn describe_tries(tries: usize) -> String {
    match tries {
        0 | 1 => "once".to_owned(),
        2 => "twice".to_owned(),
        many => format!("{many} times"),
    }
}

fn describe_reached(reached: Reached) -> &'static str {
    match reached {
        Reached::UserName => "the user name",
        Reached::Password => "the password",
        Reached::SecondFactor => "the second factor",
        Reached::Provider => "the identity provider",
        Reached::SignedIn => "signed in",
        Reached::Token => "a token",
    }
}
