//! Standard output, standard error or the log takes nothing, or nobody reads it.

use std::{
    io::PipeWriter,
    process::{Command, Stdio},
};

use crate::support::program::{Program, Run};
use rstest::rstest;

/// Where nobody listens to standard error, the exit status still tells.
#[test]
fn a_closed_standard_error_is_no_panic() {
    let program = Program::new();
    for arguments in [&["check"][..], &["explain", "nope"], &["check", "--app", "./nothing.toml", "ana"]] {
        let status = Command::new(assert_cmd::cargo::cargo_bin!("sso-doctor"))
            .args(arguments)
            .env_clear()
            .env("HOME", program.home())
            .stdout(Stdio::null())
            .stderr(closed_pipe())
            .status()
            .unwrap();
        assert_eq!(status.code(), Some(2), "{arguments:?}");
    }
}

/// A reader who has seen enough, as `head` has, is no error.
#[test]
fn a_closed_pipe_ends_quietly() {
    for arguments in [&["completions", "zsh"][..], &["explain"], &["policy"], &["--help"]] {
        let run = print_to(arguments, closed_pipe());
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{arguments:?}");
    }
}

/// Whoever left before the end was not told the result: a script that only looks at the exit status must not take it
/// for a good one.
#[rstest]
#[case::healthy("ana.silva@corp.example")]
#[case::problem("felix.braun@corp.example")]
fn a_result_that_reached_nobody_is_no_success(#[case] user: &str) {
    let run = print_to(&["check", "--demo", user], closed_pipe());
    assert_eq!((run.status, run.stderr.as_str()), (2, ""));
}

/// A standard output that is full, or that takes nothing, is said.
#[cfg(target_os = "linux")]
#[rstest]
#[case::full(std::fs::File::create("/dev/full").unwrap())]
#[case::only_for_reading(std::fs::File::open("/dev/null").unwrap())]
fn a_standard_output_that_takes_nothing_is_said(#[case] output: std::fs::File) {
    for arguments in [&["check", "--demo", "ana.silva@corp.example"][..], &["policy"]] {
        let run = print_to(arguments, output.try_clone().unwrap());
        assert_eq!(run.status, 2, "{arguments:?}");
        assert!(run.stderr.starts_with("error: standard output could not be written: "), "{run:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn help_on_a_full_disk_is_said() {
    let run = print_to(&["--help"], std::fs::File::create("/dev/full").unwrap());
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("standard output could not be written"), "{run:?}");
}

/// The diagnosis does not depend on the log, so a full disk is said once, and changes nothing else.
#[cfg(target_os = "linux")]
#[rstest]
#[case::healthy("ana.silva@corp.example", 0)]
#[case::problem("felix.braun@corp.example", 1)]
fn a_log_on_a_full_disk_is_said_once(#[case] user: &str, #[case] status: i32) {
    let run = Program::new().run(&["check", "--demo", "--log", "/dev/full", "--format", "json", user]);
    assert_eq!(run.status, status);
    assert_eq!(run.json()["user"], user);
    assert!(run.stderr.starts_with("warning: the log /dev/full is not complete: "), "{run:?}");
    assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
}

/// The program, printing to that instead of to a test's own pipe.
fn print_to(arguments: &[&str], output: impl Into<Stdio>) -> Run {
    let program = Program::new();
    let ended = Command::new(assert_cmd::cargo::cargo_bin!("sso-doctor"))
        .args(arguments)
        .env_clear()
        .env("HOME", program.home())
        .stdout(output)
        .output()
        .unwrap();
    Run {
        status: ended.status.code().unwrap_or(-1),
        stdout: String::new(),
        stderr: String::from_utf8(ended.stderr).unwrap(),
    }
}

/// A pipe whose reader has gone.
fn closed_pipe() -> PipeWriter {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer
}
