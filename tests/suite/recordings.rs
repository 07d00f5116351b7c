//! A run as a file: what is replayed comes out as it was, also without names, and no file breaks the program.

use std::fs;

use proptest::prelude::*;
use sso_doctor::{
    case::Case,
    facts::{Facts, FailureKind},
    recording::Recording,
    report::diagnosis::Diagnosis,
    sources::demo::Sample,
};

use crate::support::{
    cases::cases,
    doctor,
    program::Program,
    scenario::{self, Scenario, now},
};

/// Whatever is asked to the end; a call that never ends would be waited for.
fn list_scenarios() -> Vec<Scenario> {
    scenario::all().into_iter().filter(|scenario| !scenario.meets(&FailureKind::TimedOut)).collect()
}

async fn gather(scenario: &Scenario) -> (Case, Facts) {
    let case = scenario.told.case();
    let facts = doctor::gather(&Sample::new(scenario.organization(), None), std::slice::from_ref(&case), now()).await;
    (case, facts)
}

fn replay(recording: &Recording) -> Diagnosis {
    doctor::judge(&recording.list_cases()[0], recording.facts())
}

/// What every verdict hangs on.
fn outcome(diagnosis: &Diagnosis) -> Vec<String> {
    let verdict = diagnosis.verdict.as_ref().unwrap();
    let checks = diagnosis.checks.iter().map(|check| format!("{:?} {:?} {:?}", check.id, check.status, check.cause));
    let fixes = diagnosis.checks.iter().flat_map(|check| &check.fixes);
    let abilities = fixes.map(|fix| format!("{:?}", fix.ability));
    checks.chain(abilities).chain([format!("{:?} {:?} {:?}", verdict.status, verdict.cause, verdict.owner)]).collect()
}

#[tokio::test]
async fn a_recording_comes_out_as_the_run_did() {
    for scenario in list_scenarios() {
        let (case, facts) = gather(&scenario).await;
        let written = Recording::new(std::slice::from_ref(&case), &facts).unwrap().write(false).unwrap();
        let recording = Recording::read(&written).unwrap();
        assert_eq!(recording.facts(), &facts, "{}", scenario.name);
        assert_eq!(outcome(&replay(&recording)), outcome(&doctor::judge(&case, &facts)), "{}", scenario.name);
    }
}

/// Names are replaced before anything is written, and no verdict hangs on them.
#[tokio::test]
async fn a_redacted_recording_comes_out_the_same_and_names_nobody() {
    for scenario in list_scenarios() {
        let (case, facts) = gather(&scenario).await;
        let written = Recording::new(std::slice::from_ref(&case), &facts).unwrap().write(true).unwrap();
        let recording = Recording::read(&written).unwrap();
        let (redacted, open) = (replay(&recording), doctor::judge(&case, &facts));
        assert_eq!(outcome(&redacted), outcome(&open), "{}", scenario.name);
        // The ids of instances happen to have these digits too.
        let without_instances = written.replace("ssoins-1111222233334444", "");
        assert!(!without_instances.contains("111122223333"), "{}", scenario.name);
        for user in facts.users() {
            for name in user.user_name.iter().chain(&user.emails).filter(|name| name.contains('@')) {
                assert!(!written.to_lowercase().contains(&name.to_lowercase()), "{}: {name}", scenario.name);
            }
        }
    }
}

#[test]
fn a_recording_is_made_and_replayed_without_aws() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("run.json");
    let path = file.to_str().unwrap();
    let program = Program::new();
    let check = program.run(&["check", "--demo", "ines.costa@corp.example", "--record", path, "--format", "json"]);
    assert_eq!(check.status, 1, "{}", check.stderr);
    let replay = program.run(&["replay", path, "--format", "json"]);
    assert_eq!(replay.status, 1, "{}", replay.stderr);
    let [recorded, replayed] =
        [&check, &replay].map(|run| serde_json::from_str::<serde_json::Value>(&run.stdout).unwrap());
    assert_eq!((&recorded["at"], &recorded["verdict"]), (&replayed["at"], &replayed["verdict"]));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1, "no temporary file stays");
}

#[test]
fn a_newer_recording_is_refused_in_a_sentence() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    std::io::Write::write_all(&mut file, br#"{"schema": 2, "sense": "other"}"#).unwrap();
    let run = Program::new().run(&["replay", file.path().to_str().unwrap()]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("a newer version of this program made the recording"), "{}", run.stderr);
}

#[test]
fn what_is_no_recording_is_told_as_such() {
    for contents in ["", "[]", "null", "{}", r#"{"schema": 1}"#, "ana@corp.example", "\u{0}", &"[".repeat(100_000)] {
        let error = Recording::read(contents).unwrap_err().to_string();
        assert!(error.contains("this is no recording of sso-doctor, or a part of it is damaged"), "{error}");
    }
}

proptest! {
    #![proptest_config(cases())]

    /// A damaged or hostile file is an error or a recording of something else, never the end of the program.
    #[test]
    fn no_file_breaks_the_program(edits in proptest::collection::vec((any::<prop::sample::Index>(), "[ -~]{0,3}", 0..9_usize), 1..4)) {
        let mut contents = sample_recording();
        for (place, insert, removed) in edits {
            let start = place.index(contents.len());
            let end = (start + removed).min(contents.len());
            if contents.is_char_boundary(start) && contents.is_char_boundary(end) {
                contents.replace_range(start..end, &insert);
            }
        }
        if let Ok(recording) = Recording::read(&contents) {
            for case in recording.list_cases() {
                doctor::judge(&case, recording.facts());
            }
        }
    }
}

/// The recording of one scenario, made once.
fn sample_recording() -> String {
    static RECORDING: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let scenarios = list_scenarios();
        let scenario = scenarios.iter().find(|scenario| scenario.name.contains("not-in-entitled-group")).unwrap();
        let (case, facts) = runtime.block_on(gather(scenario));
        Recording::new(std::slice::from_ref(&case), &facts).unwrap().write(false).unwrap()
    });
    RECORDING.clone()
}
