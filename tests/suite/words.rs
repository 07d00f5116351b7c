//! The words of the causes can be filled: for every fix that has a command or a console link, some case shows it with
//! real values, and no case shows a blank that nobody filled.

use std::collections::BTreeSet;

use crate::support::{doctor::diagnose, scenario};
use sso_doctor::{cause::Cause, diagnosis::Fix, sample::Sample, words::Words};

/// A fix that some case has shown: of which cause, by the beginning of its command or link.
type Shown = BTreeSet<(Cause, String)>;

#[tokio::test]
async fn every_command_and_link_is_filled_in_some_case() {
    let mut shown = Shown::new();
    for scenario in scenario::all() {
        let sample = Sample::new(scenario.organization(), None);
        let diagnosis = diagnose(&sample, &scenario.told.case(), scenario::now()).await;
        for check in &diagnosis.checks {
            let Some(cause) = check.cause else { continue };
            shown.extend(check.fixes.iter().flat_map(beginnings).map(|beginning| (cause, beginning)));
        }
    }
    let words = Words::built_in().unwrap();
    let in_the_catalogue = Cause::ALL.iter().flat_map(|cause| {
        let (_, fixes) = words.of(*cause).unwrap().explained();
        let beginnings: Vec<String> = fixes.iter().flat_map(beginnings).collect();
        beginnings.into_iter().map(|beginning| (*cause, beginning))
    });
    // These need an AWS profile, which no scenario has.
    let of_a_profile = |cause: Cause| matches!(cause, Cause::CredentialsMissing | Cause::CredentialsExpired);
    let never_filled: Shown = in_the_catalogue.filter(|fix| !of_a_profile(fix.0) && !shown.contains(fix)).collect();
    assert_eq!(never_filled, Shown::new());
}

/// What stands before the first value: that much of a command tells it from the others.
fn beginnings(fix: &Fix) -> Vec<String> {
    let command = fix.command.iter().map(|command| {
        let words: Vec<&str> = command.split(' ').take(3).collect();
        words.join(" ")
    });
    let console = fix.console.iter().map(|_| "a link".to_owned());
    command.chain(console).collect()
}
