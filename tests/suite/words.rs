//! The words of the causes can be filled: for every fix that has a command or a console link, some case shows it with
//! real values, and no case shows a blank that nobody filled.

use std::collections::BTreeSet;

use crate::support::{
    doctor::diagnose,
    plain_words::{count_sentences, find_jargon},
    scenario,
};
use sso_doctor::{
    catalog::{Catalog, Cause, Fix},
    sources::demo::Sample,
};

/// A fix that some case has shown: of which cause, by the beginning of its command or link.
type Shown = BTreeSet<(Cause, String)>;

#[tokio::test]
async fn every_command_and_link_is_filled_in_some_case() {
    let mut shown = Shown::new();
    for scenario in scenario::all() {
        let sample = Sample::new(scenario.organization(), None);
        let diagnosis = diagnose(&sample, &scenario.told.case(), scenario::now()).await;
        if let (Some(saw), Some(cause)) = (&diagnosis.saw, diagnosis.verdict.as_ref().and_then(|verdict| verdict.cause))
        {
            shown.extend(saw.fixes.iter().flat_map(beginnings).map(|beginning| (cause, beginning)));
        }
        for check in &diagnosis.checks {
            let Some(cause) = check.cause else { continue };
            shown.extend(check.fixes.iter().flat_map(beginnings).map(|beginning| (cause, beginning)));
        }
    }
    let words = Catalog::built_in().unwrap();
    let in_the_catalogue = Cause::ALL.iter().flat_map(|cause| {
        let (_, fixes) = words.entry_of(*cause).unwrap().explain_by_names();
        let beginnings: Vec<String> = fixes.iter().flat_map(beginnings).collect();
        beginnings.into_iter().map(|beginning| (*cause, beginning))
    });
    // These need an AWS profile, which no scenario has.
    let of_a_profile = |cause: Cause| {
        matches!(cause, Cause::CredentialsMissing | Cause::CredentialsExpired | Cause::CredentialsUnusable)
    };
    let never_filled: Shown = in_the_catalogue.filter(|fix| !of_a_profile(fix.0) && !shown.contains(fix)).collect();
    assert_eq!(never_filled, Shown::new());
}

/// Other partitions have consoles of their own: no link of a case in GovCloud leads to the commercial one.
#[tokio::test]
async fn no_link_leads_into_another_partition() {
    let mut links = 0;
    for mut scenario in scenario::all() {
        for instance in &mut scenario.organization.instances {
            "us-gov-west-1".clone_into(&mut instance.region);
        }
        "us-gov-west-1".clone_into(&mut scenario.told.region);
        let sample = Sample::new(scenario.organization(), None);
        let diagnosis = diagnose(&sample, &scenario.told.case(), scenario::now()).await;
        for link in diagnosis.checks.iter().flat_map(|check| &check.fixes).filter_map(|fix| fix.console.as_ref()) {
            assert!(
                link.starts_with("https://us-gov-west-1.console.amazonaws-us-gov.com/"),
                "{}: {link}",
                scenario.name
            );
            links += 1;
        }
    }
    assert!(links > 20, "{links} links");
}

/// The words of a verdict, filled in with the values of every scenario, for each of the applications.
#[tokio::test]
async fn what_to_say_stays_plain_with_the_values_of_every_case() {
    for scenario in scenario::all() {
        let sample = Sample::new(scenario.organization(), None);
        let diagnosis = diagnose(&sample, &scenario.told.case(), scenario::now()).await;
        let Some(verdict) = &diagnosis.verdict else { panic!("{}: not finished", scenario.name) };
        let (name, say) = (&scenario.name, &verdict.say);
        let is_typing = diagnosis.tell_user.as_ref().is_some_and(|tell| tell.standing.wants_card());
        assert_eq!(count_sentences(say), 2, "{name}: {say}");
        assert!(say.chars().count() <= 220, "{name}: {say}");
        let start_url = diagnosis.tell_user.as_ref().and_then(|tell| tell.start_url.clone());
        let spoken = say.replace(&start_url.unwrap_or_else(|| "-".to_owned()), "");
        assert_eq!(find_jargon(&spoken), None, "{name}: {say}");
        assert!(is_typing || !spoken.contains("Please type"), "{name}: {say}");
        assert!((2..=5).contains(&verdict.title.split_whitespace().count()), "{name}: {}", verdict.title);
        assert!((1..=3).contains(&count_sentences(&verdict.instruction)), "{name}: {}", verdict.instruction);
        for text in [say, &verdict.title, &verdict.headline, &verdict.instruction] {
            assert!(!text.contains(['{', '<']) && !text.contains("  "), "{name}: {text}");
        }
    }
}

/// Everything that `explain` and the reports say, in the voice of the program.
#[test]
fn nobody_reads_what_nobody_says() {
    let catalogue = include_str!("../../assets/causes.toml").to_owned() + include_str!("../../README.md");
    for phrase in ["could not be told", "who run this program", "waits on"] {
        assert!(!catalogue.contains(phrase), "{phrase}");
    }
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
