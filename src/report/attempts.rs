//! The user's attempts to sign in, in words.

use super::diagnosis::{Attempt, AttemptEvent, Attempts};
use crate::{
    analysis::{
        CaseView,
        attempts::{self as analysis, Ending, Person, Reached, SignIns},
    },
    case::Case,
    domain::{Instance, SignInEvent},
    facts::{Facts, Known},
    text,
};

/// Returns what was read of the user's attempts; `None` where they could not be looked at, or are being read.
pub(super) fn list_attempts(case: &Case, facts: &Facts, instance: &Instance) -> Option<Attempts> {
    let view = CaseView::new(case, facts, instance);
    let person = Person::of(&view)?;
    if analysis::find_other_account(case, facts, instance).is_some() {
        return None;
    }
    let Known::Value(sign_ins) = analysis::read_sign_ins(&view, &person) else { return None };
    let SignIns { window, until, read, newest_of_anybody, attempts, .. } = &sign_ins;
    Some(Attempts {
        from: window.from,
        to: *until,
        newest_of_anybody: *newest_of_anybody,
        read: *read,
        complete: sign_ins.is_complete(),
        attempts: attempts.iter().map(|attempt| write_attempt(case, facts, attempt)).collect(),
    })
}

fn write_attempt(case: &Case, facts: &Facts, attempt: &analysis::Attempt) -> Attempt {
    let zone = case.settings.attempts.time_zone.as_ref();
    Attempt {
        at: attempt.at,
        when: text::describe_moment(facts.aws_now(), attempt.at, zone),
        reached: attempt.reached.word(),
        reached_words: name_step(attempt.reached),
        result: attempt.ending.word(),
        result_words: text::paragraph(&describe_ending(attempt)),
        tries: attempt.tries,
        source_ip: attempt.source_ip().map(text::clean),
        events: attempt.events.iter().map(|event| write_event(case, event)).collect(),
    }
}

fn name_step(reached: Reached) -> &'static str {
    match reached {
        Reached::UserName => "name",
        Reached::Password => "password",
        Reached::SecondFactor => "second factor",
        Reached::Provider => "provider",
        Reached::SignedIn => "signed in",
        Reached::Token => "token",
    }
}

fn describe_ending(attempt: &analysis::Attempt) -> String {
    let tries = if attempt.tries > 1 { format!(", {} times", attempt.tries) } else { String::new() };
    match &attempt.ending {
        Ending::Token => "let in, with a token".to_owned(),
        Ending::NoToken { refused: None } => "let in, and no token".to_owned(),
        Ending::NoToken { refused: Some(said) } => format!("the token was refused: {said}"),
        Ending::TokensUnread => "let in; tokens of that time were not all read".to_owned(),
        Ending::WrongPassword => format!("wrong password{tries}"),
        Ending::WrongSecondFactor => format!("wrong second factor{tries}"),
        Ending::WrongCredential => format!("not accepted{tries}"),
        Ending::RefusedAnswer { said } => {
            let said = said.as_ref().map(|said| format!(": {said}")).unwrap_or_default();
            format!("the provider's answer was refused{tries}{said} (of whom is not said)")
        }
        Ending::StoppedAtName | Ending::StoppedAtSecondFactor | Ending::StoppedAfterCredential => {
            "nothing followed".to_owned()
        }
        Ending::UnderWay => "under way".to_owned(),
        Ending::Unsettled => "what followed is not known yet".to_owned(),
    }
}

fn write_event(case: &Case, event: &SignInEvent) -> AttemptEvent {
    let zone = case.settings.attempts.time_zone.as_ref();
    let details = [&event.credential, &event.grant, &event.error_code, &event.error_message];
    AttemptEvent {
        id: event.id.as_deref().map(text::clean),
        name: event.name.as_str(),
        at: event.at,
        clock: text::show_clock(event.at, zone),
        outcome: event.read_outcome().map(|outcome| text::clean(outcome.word())),
        details: details.into_iter().flatten().map(|detail| text::clean(detail)).collect(),
    }
}
