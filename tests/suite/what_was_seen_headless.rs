//! `--saw`, `--saw-file` and `explain --saw`, from outside.

use crate::support::program::{Program, Run};

const SENTENCE: &str = "There was an error signing you in. Please try again.";

fn check(program: &Program, arguments: &[&str]) -> Run {
    let mut all = vec!["check", "--demo", "ana.silva@corp.example", "--format", "json"];
    all.extend(arguments);
    program.run(&all)
}

#[test]
fn without_a_text_nothing_is_said_of_one() {
    let json = check(&Program::new(), &[]).json();
    assert!(json["saw"].is_null());
    assert_eq!(json["verdict"]["from"], "checks");
    assert!(json["verdict"]["next"].is_null());
}

#[test]
fn a_text_makes_a_suspect_of_what_no_check_shows() {
    let run = check(&Program::new(), &["--saw", SENTENCE, "--saw", "net::ERR_PROXY_CONNECTION_FAILED"]);
    let json = run.json();
    assert_eq!(run.status, 1);
    assert_eq!(run.verdict(), ("suspect".to_owned(), "proxy-misconfigured".to_owned()));
    assert_eq!(json["verdict"]["from"], "saw");
    assert_eq!(json["verdict"]["owner"], "it-support");
    let saw = &json["saw"];
    assert_eq!(saw["stage"], "token");
    assert_eq!(saw["recognised"][0]["text"], SENTENCE);
    assert_eq!(saw["recognised"][0]["where"], "Kiro IDE");
    assert_eq!(saw["recognised"][0]["exact"], true);
    assert_eq!(saw["candidates"][0]["cause"], "proxy-misconfigured");
    assert_eq!(saw["candidates"][0]["state"], "possible");
    assert!(saw["ask"].as_array().unwrap().len() <= 3);
    let states: Vec<&str> =
        saw["candidates"].as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
    assert!(states.contains(&"excluded"), "{states:?}");
}

#[test]
fn of_a_log_only_what_was_recognised_is_shown() {
    let log = format!(
        "2026-11-21 19:00:00 [info] user=ana.secret password=hunter2\n{}\n2026-11-21 19:00:01 [error] {SENTENCE} ({})\n",
        "nothing\n".repeat(200_000),
        "Request ID: 5b3f2c1e-0000-4111-8222-933344445555"
    );
    let program = Program::new().with_file("kiro.log", &log);
    let file = program.home().join("kiro.log");
    let run = check(&program, &["--saw-file", file.to_str().unwrap(), "--log", "/dev/stderr"]);
    let json = run.json();
    assert_eq!(json["saw"]["recognised"][0]["id"], "kiro-ide-generic");
    assert_eq!(json["saw"]["request_ids"][0], "5b3f2c1e-0000-4111-8222-933344445555");
    assert!(!format!("{run:?}").contains("hunter2"));
}

#[test]
fn standard_input_and_utf_16_are_read() {
    let wide: Vec<u8> = format!("\u{feff}{SENTENCE}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut command = Program::new().command(&["explain", "--saw-file", "-"]);
    command.write_stdin(wide);
    let run = Run::of(command);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.stdout.contains("region-typed-wrong"), "{run:?}");
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    for command in [["check", "--demo"], ["explain", "unreachable"]] {
        let mut arguments = command.to_vec();
        arguments.extend(["--saw-file", "no/such/file.log"]);
        if command[0] == "check" {
            arguments.push("ana.silva@corp.example");
        }
        let run = Program::new().run(&arguments);
        assert_eq!(run.status, 2, "{run:?}");
        assert!(run.stderr.contains("no/such/file.log"), "{run:?}");
        assert_eq!(run.stdout, "");
    }
}

#[test]
fn nothing_recognised_is_said_and_is_no_wrong_usage() {
    let unknown = ["--saw", "-- the printer is on fire --"];
    let run = check(&Program::new(), &unknown);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(run.json()["saw"]["recognised"].as_array().unwrap().len(), 0);
    let explained = Program::new().run(&["explain", unknown[0], unknown[1]]);
    assert_eq!(explained.status, 1, "{explained:?}");
    assert!(explained.stdout.contains("None of the texts"), "{explained:?}");
}

#[test]
fn what_an_address_shows_to_be_typed_is_judged_unless_it_was_told() {
    let address = "http://localhost:3128/signin/callback?login_option=awsidc&issuer_url=https%3A%2F%2Fd-93677e5f21.awsapps.com%2Fstart&idc_region=us-east-1&state=S3CR3T";
    let run = check(&Program::new(), &["--saw", address]);
    let json = run.json();
    assert_eq!(run.verdict(), ("problem".to_owned(), "region-typed-wrong".to_owned()));
    assert_eq!(json["saw"]["typed"]["start_url"], "https://d-93677e5f21.awsapps.com/start");
    assert_eq!(json["saw"]["typed"]["region"], "us-east-1");
    assert!(!run.stdout.contains("S3CR3T"));
    let told = check(&Program::new(), &["--saw", address, "--typed-region", "eu-west-1"]);
    assert_eq!(told.json()["checks"][2]["status"], "pass");
}

/// The first block, the questions included, fits a small screen.
#[test]
fn what_the_user_saw_is_in_the_first_block() {
    let run = Program::new().run(&["check", "--demo", "ana.silva@corp.example", "--saw", SENTENCE]);
    let first: Vec<&str> = run.stdout.lines().take(14).collect();
    let has = |start: &str| first.iter().any(|line| line.starts_with(start));
    for start in ["As the user tells it", "Excluded:", "Say to the caller", "Do:", "Ask:"] {
        assert!(has(start), "{start}: {first:#?}");
    }
    let questions = run.stdout.lines().skip_while(|line| !line.starts_with("Ask:")).take_while(|line| !line.is_empty());
    assert!(questions.count() <= 3);
    assert_eq!(run.stdout.lines().nth(14), Some(""));
}

#[test]
fn a_tie_is_asked_about() {
    let run = Program::new().run(&["explain", "--saw", "failed to list profiles"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(run.stdout.contains("Ask: Did the screen say"), "{run:?}");
}
