//! The contract of the command line: what is printed where, and the exit status.

use crate::support::{aws::FakeAws, program::Program};
use rstest::rstest;
use serde_json::Value;
use sso_doctor::{catalog::Cause, checks::CheckId, sources::demo};

#[rstest]
#[case::healthy("ana.silva@corp.example", 0)]
#[case::problem("felix.braun@corp.example", 1)]
#[case::suspect("hugo.martin@corp.example", 1)]
fn the_exit_status_says_what_was_found(#[case] user: &str, #[case] status: i32) {
    let run = Program::new().run(&["check", "--demo", user]);
    assert_eq!(run.status, status);
    assert!(run.stdout.contains(user));
    assert_eq!(run.stderr, "");
}

/// A cause is not hidden by somebody who could not be judged, unless that is asked for.
#[rstest]
#[case::nothing(&["ana"], 0)]
#[case::somebody_unseen(&["ana", "eva"], 2)]
#[case::a_cause(&["ana", "ben"], 1)]
#[case::a_cause_and_somebody_unseen(&["eva", "ben", "ana"], 1)]
#[case::strict(&["ben", "eva", "--strict"], 2)]
#[case::strict_and_all_seen(&["ana", "ben", "--strict"], 1)]
#[tokio::test]
async fn of_several_users_a_cause_comes_first(#[case] arguments: &[&str], #[case] status: i32) {
    let text = r#"
        users = [{ name = "ana" }, { name = "ben", status = "disabled" }, { name = "eva" }]
        groups = [{ name = "Kiro-Developers", members = ["ana", "ben", "eva"] }]
        faults = [{ operations = ["DescribeUser"], resource = "eva", obstacle = "denied" }]
    "#;
    let server = FakeAws::of(&toml::from_str(text).unwrap()).await;
    let run = Program::check(arguments[0], &server, &arguments[1..], &[]).await;
    assert_eq!(run.status, status, "{run:?}");
}

/// Without a terminal nobody could look at a list page.
#[test]
fn several_people_without_a_terminal_are_a_table() {
    let run = Program::new().run(&["--demo", "ana.silva@corp.example", "ines.costa@corp.example"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(run.stdout.contains("2 people: 1 with a cause, 0 not certain, 1 healthy."), "{run:?}");
}

#[rstest]
#[case::with_a_user(&["chek", "ana"], "check")]
#[case::with_an_option_of_the_command(&["chek", "ana", "--format", "json"], "check")]
#[case::behind_an_option(&["--demo", "chcek", "ana"], "check")]
#[case::alone(&["explian"], "explain")]
#[case::with_a_code(&["explian", "user-not-found"], "explain")]
fn a_command_with_a_typing_error_is_asked_about(#[case] arguments: &[&str], #[case] command: &str) {
    let run = Program::new().run(arguments);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains(&format!("Did you mean {command}?")), "{run:?}");
}

/// Somebody may be called so.
#[test]
fn a_name_close_to_a_command_is_a_user() {
    let run = Program::new().run(&["--demo", "chuck"]);
    assert!(run.stdout.contains("user-not-found"), "{run:?}");
}

/// Nothing waits on another check there: what is missing was not told.
#[test]
fn a_region_that_was_not_told_waits_on_nothing() {
    let run = Program::new().run(&["check", "--demo", "--format", "json", "ana.silva@corp.example"]);
    let region = &run.json()["checks"][2];
    assert_eq!(region["status"], "skipped");
    assert_eq!((&region["waits_on"], &region["cause"]), (&Value::Null, &Value::Null));
    assert!(region["summary"].as_str().unwrap().starts_with("not told: ask"), "{region}");
    assert_eq!(run.verdict().0, "healthy");
}

#[rstest]
#[case("ana.silva@corp.example", Value::Null)]
#[case("Ana.Silva@corp.example", Value::from("in another letter case"))]
#[case("grace.lee@corp.example", Value::from("by e-mail address"))]
fn how_a_user_was_found_is_said(#[case] user: &str, #[case] found_by: Value) {
    let run = Program::new().run(&["check", "--demo", "--format", "json", user]);
    assert_eq!(run.json()["found_by"], found_by);
}

#[rstest]
#[case::right("Europe (Ireland)", "healthy", "")]
#[case::one_of_several("Europe", "healthy", "")]
#[case::wrong("Virginia", "problem", "region-typed-wrong")]
#[case::near_miss("eu-wset-1", "suspect", "region-typed-unclear")]
fn a_region_is_read_as_people_say_it(#[case] typed: &str, #[case] verdict: &str, #[case] cause: &str) {
    let user = "ana.silva@corp.example";
    let run = Program::new().run(&["check", "--demo", "--format", "json", user, "--typed-region", typed]);
    assert_eq!(run.verdict(), (verdict.to_owned(), cause.to_owned()));
}

/// A name that only the option tells is a name all the same.
#[test]
fn what_the_user_typed_as_the_user_name_is_redacted() {
    let user = "grace.lee@corp.example";
    let run = Program::new().run(&["check", "--demo", "--redact", user, "--typed-user", "gracie-lee"]);
    assert!(run.stdout.contains("user-name-differs") && !run.stdout.contains("gracie"), "{run:?}");
}

#[test]
fn several_users_are_reported_in_the_order_in_which_they_were_named() {
    let users = ["ana.silva@corp.example", "felix.braun@corp.example", "ben.okafor@corp.example"];
    let run = Program::new().run(&["check", "--demo", "--format", "json", users[0], users[1], users[2]]);
    assert_eq!(run.status, 1);
    let reports: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let shown: Vec<&str> = reports.iter().map(|report| report["user"].as_str().unwrap()).collect();
    assert_eq!(shown, users);
}

#[test]
fn the_json_is_what_the_contract_says() {
    let report = Program::new().run(&["check", "--demo", "--format", "json", "ines.costa@corp.example"]).json();
    assert_eq!(report["schema"], 1);
    assert_eq!(report["app"], "kiro");
    assert_eq!(report["verdict"]["status"], "problem");
    assert_eq!(report["verdict"]["cause"], "not-in-entitled-group");
    assert_eq!(report["verdict"]["owner"], "identity-admin");
    for key in ["start_url", "region", "choose"] {
        assert!(report["tell_user"][key].is_string(), "{key}");
    }
    let checks = report["checks"].as_array().unwrap();
    let ids: Vec<&str> = checks.iter().map(|check| check["id"].as_str().unwrap()).collect();
    let always = CheckId::ALL.into_iter().filter(|check| check.is_always_present());
    assert_eq!(ids, always.map(CheckId::id).collect::<Vec<_>>());
    let keys = ["id", "status", "cause", "summary", "expected", "found", "waits_on", "fixes", "evidence"];
    let failed = checks.iter().find(|check| check["status"] == "fail").unwrap();
    assert!(keys.iter().all(|key| failed.get(key).is_some()), "{failed}");
    for key in ["title", "owner", "steps", "command", "console", "needs", "you_can", "you_lack"] {
        assert!(failed["fixes"][0].get(key).is_some(), "{key}");
    }
    for key in ["call", "region", "request_id", "outcome", "elapsed_ms"] {
        assert!(failed["evidence"][0].get(key).is_some(), "{key}");
    }
    assert!(report["calls"].as_u64().unwrap() > 0);
    assert!(!report["not_covered"].as_array().unwrap().is_empty());
}

/// Whoever has the caller on the line reads the beginning of the report, and no more.
#[test]
fn the_first_lines_answer_the_call() {
    for user in list_users_of_one_person() {
        let program = Program::new();
        let report = program.run(&["check", "--demo", "--format", "json", &user.name]).json();
        let text = program.run(&["check", "--demo", &user.name]).stdout;
        let first = text.lines().take(14).collect::<Vec<_>>().join("\n");
        let verdict = &report["verdict"];
        let title = verdict["title"].as_str().unwrap().to_uppercase();
        let (say, headline) = (verdict["say"].as_str().unwrap(), verdict["headline"].as_str().unwrap());
        for needed in [&title, say, headline, "Do:", "UTC", "sso-doctor 0."] {
            assert!(first.contains(needed), "{needed} is missing:\n{first}");
        }
        if let Some(check) = report["checks"]
            .as_array()
            .unwrap()
            .iter()
            .find(|check| check["cause"] == verdict["cause"] && !verdict["cause"].is_null())
        {
            let fix = &check["fixes"][0];
            assert!(first.contains(fix["title"].as_str().unwrap()), "{first}");
            assert!(first.contains(fix["steps"][0].as_str().unwrap()), "{first}");
        }
        if verdict["owner"] == "identity-admin" && user.cause != Some(Cause::UserNotFound) {
            assert!(first.contains("Ticket to: identity administrator"), "{first}");
        }
    }
}

#[test]
fn the_card_stands_where_typing_is_the_fix() {
    let program = Program::new();
    let has_card = |user: &str| program.run(&["check", "--demo", user]).stdout.contains("Tell the user to type this:");
    assert!(has_card("olga.ivanova@corp.example"), "the wrong Region was typed");
    assert!(has_card("ana.silva@corp.example"), "nothing was told, and nothing is wrong");
    assert!(!has_card("carla.mendes@corp.example"), "what was typed is right");
    assert!(!has_card("ines.costa@corp.example"), "something else is wrong");
}

#[test]
fn a_ticket_note_has_six_to_ten_lines() {
    for user in list_users_of_one_person() {
        let note = Program::new().run(&["check", "--demo", "--format", "note", &user.name]).stdout;
        assert!((6..=10).contains(&note.lines().count()), "{note}");
        for needed in [" UTC, sso-doctor ", &user.name, "Do: "] {
            assert!(note.contains(needed), "{needed} is missing:\n{note}");
        }
    }
}

/// What goes to AWS has the ids of the requests, and nobody's name.
#[test]
fn the_attachment_for_support_names_nobody() {
    for user in list_users_of_one_person() {
        let program = Program::new();
        let display_name =
            program.run(&["check", "--demo", "--format", "json", &user.name]).json()["display_name"].clone();
        let shown = program.run(&["check", "--demo", "--format", "support", &user.name]).stdout;
        assert!(
            shown.contains("sso:ListInstances") && shown.contains("request ") && shown.contains("eu-west-1"),
            "{shown}"
        );
        let names = [Some(user.name.as_str()), display_name.as_str(), Some("jo.reyes")];
        assert!(names.into_iter().flatten().all(|name| !shown.contains(name)), "{shown}");
    }
}

#[test]
fn a_redacted_report_calls_the_user_by_one_placeholder() {
    for format in ["text", "note", "json", "markdown", "support"] {
        let run = Program::new().run(&["check", "--demo", "--redact", "--format", format, "ines.costa@corp.example"]);
        assert!(!run.stdout.contains("Ines") && !run.stdout.contains("Costa"), "{run:?}");
        assert!(!run.stdout.contains("user-2"), "{run:?}");
    }
}

#[rstest]
#[case(&["explain", "identity", "store"], "list of users and groups")]
#[case(&["explain", "Service-Linked-Role"], "AWS makes")]
#[case(&["explain", "user-disabled"], "Say to the caller: \"Your account is switched off")]
fn a_word_is_explained(#[case] arguments: &[&str], #[case] meaning: &str) {
    let run = Program::new().run(arguments);
    assert_eq!(run.status, 0);
    assert!(run.stdout.contains(meaning), "{run:?}");
}

#[test]
fn a_finding_is_the_same_in_every_format() {
    for format in ["text", "note", "json", "markdown", "support"] {
        let run = Program::new().run(&["check", "--demo", "--format", format, "felix.braun@corp.example"]);
        assert_eq!(run.status, 1, "{format}");
        assert!(run.stdout.contains("user-disabled"), "{format}: {}", run.stdout);
    }
}

/// Where there is no screen, the program without a command behaves as `check`.
#[test]
fn without_a_terminal_the_program_checks() {
    let run = Program::new().run(&["--demo", "felix.braun@corp.example"]);
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("user-disabled"));
}

#[test]
fn every_sample_user_ends_in_the_cause_that_is_announced() {
    let users = demo::sample_users().unwrap();
    let names: Vec<&str> = users.iter().map(|user| user.name.as_str()).collect();
    let run = Program::new().run(&[&["check", "--demo", "--format", "json"], names.as_slice()].concat());
    for (user, line) in users.iter().zip(run.stdout.lines()) {
        let report: Value = serde_json::from_str(line).unwrap();
        assert_eq!(report["verdict"]["cause"].as_str(), user.cause.map(Cause::code), "{}", user.name);
    }
    assert_eq!(run.stdout.lines().count(), users.len());
}

/// A diagnosis of one of several people would be a guess.
#[test]
fn several_people_of_one_name_are_listed() {
    let run = Program::new().run(&["check", "--demo", "Maria Santos"]);
    assert_eq!(run.status, 2);
    assert_eq!(run.stdout, "");
    for user in ["maria.santos@corp.example", "maria.santos2@corp.example"] {
        assert!(run.stderr.contains(user), "{}", run.stderr);
    }
    let run = Program::new().run(&["check", "--demo", "--format", "json", "Maria Santos"]);
    assert_eq!(run.status, 2);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["verdict"]["cause"], "person-not-identified");
}

#[test]
fn a_person_is_found_by_name_and_the_report_says_how() {
    let run = Program::new().run(&["check", "--demo", "--format", "json", "lukasz NOWAK"]);
    assert_eq!(run.status, 0);
    assert_eq!(run.json()["found_by"].as_str().map(|how| how.starts_with("by name among ")), Some(true));
}

#[test]
fn without_a_screen_each_change_is_a_line() {
    let run = Program::new().run(&["--demo", "--linear", "ines.costa@corp.example"]);
    assert_eq!(run.status, 1);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines[0], "Diagnosing ines.costa@corp.example.");
    for id in CheckId::ALL.into_iter().filter(|check| check.is_always_present()) {
        let begin = format!("{}: ", id.title());
        assert!(lines.iter().any(|line| line.starts_with(&begin)), "{begin} is missing: {lines:#?}");
    }
    let run = Program::new().run(&["check", "--demo", "--linear", "--format", "json", "ines.costa@corp.example"]);
    assert_eq!(run.json()["user"], "ines.costa@corp.example");
    assert!(run.stderr.contains("Groups: fail"), "{}", run.stderr);
}

#[test]
fn the_demo_lists_its_users() {
    let run = Program::new().run(&["--demo"]);
    assert_eq!(run.status, 0);
    for user in demo::sample_users().unwrap() {
        assert!(run.stdout.contains(&user.name) && run.stdout.contains(&user.shows), "{}", user.name);
    }
}

#[test]
fn every_cause_is_explained() {
    let program = Program::new();
    let list = program.run(&["explain"]);
    assert_eq!(list.status, 0);
    for cause in Cause::ALL {
        assert!(list.stdout.contains(cause.code()), "{}", cause.code());
    }
    let one = program.run(&["explain", "group-not-assigned"]);
    assert_eq!(one.status, 0);
    assert!(one.stdout.contains("Who acts"));
}

#[test]
fn completions_are_printed() {
    let run = Program::new().run(&["completions", "bash"]);
    assert_eq!(run.status, 0);
    assert!(run.stdout.contains("--start-url"));
}

/// What the user typed is judged, and never wrong usage.
#[rstest]
#[case("--start-url", "not a url at all", "start-url-malformed")]
#[case("--start-url", "-", "start-url-malformed")]
#[case("--typed-region", "--asia", "region-typed-wrong")]
#[case("--typed-region", "-", "region-typed-unclear")]
fn what_the_user_typed_is_never_wrong_usage(#[case] option: &str, #[case] typed: &str, #[case] cause: &str) {
    let run = Program::new().run(&["check", "--demo", "--format", "json", "ana.silva@corp.example", option, typed]);
    assert_eq!(run.verdict().1, cause);
}

/// Without credentials nothing can be checked, and that is a result like any other.
#[test]
fn no_credentials_is_a_finding() {
    let run = Program::new().run(&["check", "--format", "json", "ana@corp.example"]);
    assert_eq!(run.status, 2);
    assert_eq!(run.verdict(), ("inconclusive".to_owned(), "credentials-missing".to_owned()));
    let report = run.json();
    let checks = report["checks"].as_array().unwrap();
    assert_eq!(checks[0]["fixes"][0]["command"], "aws configure sso");
    assert!(checks[1..].iter().all(|check| check["waits_on"] == "access"), "{checks:?}");
}

/// What was typed is judged even then.
#[test]
fn no_credentials_does_not_hide_what_was_typed_wrong() {
    let run = Program::new().run(&[
        "check",
        "--format",
        "json",
        "ana@corp.example",
        "--start-url",
        "https://view.awsapps.com/start",
    ]);
    assert_eq!(run.status, 1);
    assert_eq!(run.verdict(), ("problem".to_owned(), "start-url-builder-id".to_owned()));
}

/// Returns the sample users without the name that two people have: that one is answered with a list.
fn list_users_of_one_person() -> Vec<demo::SampleUser> {
    demo::sample_users().unwrap().into_iter().filter(|user| user.name != "Maria Santos").collect()
}
