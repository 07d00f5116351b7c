//! The real program in a real terminal. However it is left, the terminal is as it was: cooked, and on its normal
//! screen.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod pty;

use std::{net::TcpListener, time::Duration};

use rstest::rstest;

use self::pty::Pty;

#[test]
fn a_sample_user_is_diagnosed_and_the_verdict_stays_in_the_terminal() {
    let mut pty = Pty::start(&["--demo"], &[]);
    pty.wait_for("Users of the sample organization");
    pty.send("ines.costa@corp.example\r");
    pty.wait_for("PROBLEM");
    pty.wait_for("Ticket to");
    pty.send("q");
    assert_eq!(pty.end(), 1);
    pty.assert_given_back();
    assert!(pty.text().contains("Kiro-Developers"), "{}", pty.text());
}

#[test]
fn a_user_on_the_command_line_is_diagnosed_at_once() {
    let mut pty = Pty::start(&["--demo", "ana.silva@corp.example"], &[]);
    pty.wait_for("HEALTHY");
    pty.send("q");
    assert_eq!(pty.end(), 0);
    pty.assert_given_back();
}

/// Three people of a file are a list; what one of them showed is recorded when the app is left, and opened again without AWS.
#[test]
fn a_list_is_opened_from_a_file_and_a_recording_is_written_and_opened() {
    let home = tempfile::tempdir().unwrap();
    let (list, recording) = (home.path().join("list"), home.path().join("it.json"));
    std::fs::write(&list, "ana.silva@corp.example\nines.costa@corp.example\nfelix.braun@corp.example\n").unwrap();
    let mut pty = Pty::start(&["--demo", "--record", recording.to_str().unwrap()], &[]);
    pty.wait_for("Who cannot sign in?");
    pty.send("\u{1b}OS");
    pty.wait_for("Which file is to be opened?");
    pty.send(list.to_str().unwrap());
    pty.send("\r");
    pty.wait_for("3 people: 2 with a cause, 0 not certain, 1 healthy.");
    pty.send("\r");
    pty.wait_for("IN NO GROUP WITH ACCESS");
    pty.send("q");
    assert_eq!(pty.end(), 1);

    let mut pty = Pty::start(&["--demo"], &[]);
    pty.wait_for("Who cannot sign in?");
    pty.send("\u{1b}OS");
    pty.wait_for("Which file is to be opened?");
    pty.send(recording.to_str().unwrap());
    pty.send("\r");
    pty.wait_for("recording of ");
    pty.wait_for("IN NO GROUP WITH ACCESS");
    pty.send("q");
    assert_eq!(pty.end(), 1);
}

/// A report longer than the screen ends with what it began with.
#[test]
fn check_ends_with_the_verdict_where_the_cursor_is() {
    let mut pty = Pty::start(&["check", "--demo", "ines.costa@corp.example"], &[]);
    assert_eq!(pty.end(), 1);
    let text = pty.text();
    assert!(text.contains("IN NO GROUP WITH ACCESS") && text.contains("Say to the caller:"), "{text}");
    assert!(text.contains("Ask the manager"), "{text}");
}

#[rstest]
#[case::a_dumb_terminal(&["--demo", "ana.silva@corp.example"], "dumb")]
#[case::without_a_screen(&["--demo", "--linear", "ana.silva@corp.example"], "xterm")]
fn where_no_screen_is_wanted_lines_are_printed(#[case] arguments: &[&str], #[case] terminal: &str) {
    let mut pty = Pty::start(arguments, &[("TERM", terminal)]);
    assert_eq!(pty.end(), 0);
    assert!(pty.text().contains("NOTHING WRONG FOUND"), "{}", pty.text());
    assert!(!pty.with_screen(vt100::Screen::alternate_screen));
}

#[rstest]
#[case::q_on_the_diagnosis("\r", "q")]
#[case::control_c_in_the_form("", "\u{3}")]
#[case::control_c_while_it_runs("\r", "\u{3}")]
fn it_is_left_by_keys(#[case] before: &str, #[case] key: &str) {
    let mut pty = Pty::start(&["--demo"], &[]);
    pty.wait_for("Who cannot sign in?");
    pty.send("ana.silva@corp.example");
    pty.wait_for("ana.silva@corp.example");
    pty.send(before);
    if !before.is_empty() {
        pty.wait_for("Checks");
    }
    pty.send(key);
    let status = pty.end();
    pty.assert_given_back();
    if before.is_empty() {
        assert_eq!(status, 0, "nothing was begun");
    }
}

#[rstest]
#[case::terminate("TERM")]
#[case::hang_up("HUP")]
#[case::interrupt("INT")]
#[case::quit("QUIT")]
#[case::alarm("ALRM")]
fn it_leaves_on_signals(#[case] signal: &str) {
    let mut pty = Pty::start(&["--demo", "ana.silva@corp.example"], &[]);
    pty.wait_until_taken();
    pty.signal(signal);
    pty.end();
    pty.assert_given_back();
}

/// Waits for a line once the program has stopped, and continues it then.
const SHELL: &str = r#"set -m; "$0" "$@"; echo "stopped with $?"; read -r line; fg; echo "ended with $?""#;

#[rstest]
#[case::by_key(|pty: &mut Pty| pty.send("\u{1a}"))]
#[cfg_attr(target_os = "linux", case::by_signal(|pty: &mut Pty| pty.signal_in_shell("TSTP")))]
fn the_shell_has_the_terminal_while_it_is_stopped(#[case] stop: fn(&mut Pty)) {
    let mut pty = Pty::start_in_shell(SHELL, &["--demo", "ana.silva@corp.example"]);
    pty.wait_for("HEALTHY");
    // Until the last name has arrived, Esc would cancel.
    pty.wait_for("Enter detail  ? help");
    let before = pty.text();
    stop(&mut pty);
    pty.wait_for("stopped with");
    pty.assert_given_back_for_now();
    pty.send("\n");
    pty.wait_for("HEALTHY");
    pty.send("?");
    pty.wait_for("Answer the caller");
    pty.send("?");
    pty.wait_for(before.lines().last().unwrap());
    assert_eq!(pty.text(), before, "not all is drawn again");
    pty.send("q");
    pty.wait_for("ended with 0");
    pty.end();
    pty.assert_given_back();
}

#[test]
fn where_nobody_could_continue_it_the_program_does_not_stop() {
    let mut pty = Pty::start(&["--demo"], &[]);
    pty.wait_for("Who cannot sign in?");
    pty.send("\u{1a}");
    pty.signal("TSTP");
    pty.send("still here");
    pty.wait_for("still here");
    pty.send("\u{3}");
    assert_eq!(pty.end(), 0);
}

#[rstest]
#[case::by_key(|pty: &mut Pty| pty.send("\u{c}"))]
#[case::after_a_stop_that_nobody_can_catch(|pty: &mut Pty| pty.signal("CONT"))]
fn everything_is_drawn_anew(#[case] ask: fn(&mut Pty)) {
    let mut pty = Pty::start(&["--demo"], &[]);
    pty.wait_for("Who cannot sign in?");
    pty.wait_for("Enter diagnose");
    let before = pty.text();
    pty.overwrite("\u{1b}[?1049l\u{1b}[2J\u{1b}[5;5Hsomething else");
    ask(&mut pty);
    pty.wait_for("Enter diagnose");
    assert_eq!(pty.text(), before);
    assert!(pty.with_screen(vt100::Screen::alternate_screen));
    pty.send("\u{3}");
    pty.end();
    pty.assert_given_back();
}

#[rstest]
#[case::before_a_diagnosis(&["--demo"], "Who cannot sign in?")]
#[case::with_a_verdict(&["--demo", "ana.silva@corp.example"], "HEALTHY")]
fn a_closed_window_is_no_internal_error(#[case] arguments: &[&str], #[case] shown: &str) {
    let pty = Pty::start(arguments, &[]);
    pty.wait_for(shown);
    let status = pty.close_window();
    assert_eq!(status, 0);
}

#[test]
fn calls_that_hang_are_shown_cancelled_and_left_behind() {
    // Takes connections and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", silent.local_addr().unwrap());
    let environment = [
        ("AWS_ENDPOINT_URL", endpoint.as_str()),
        ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_REGION", "eu-west-1"),
    ];
    let mut pty = Pty::start(&["ana.silva@corp.example"], &environment);
    pty.wait_for("slow: sso:ListInstances");
    pty.send("\u{1b}");
    pty.wait_for("CANCELLED");
    pty.send("r");
    pty.wait_for("DIAGNOSING");
    pty.send("q");
    assert_eq!(pty.end(), 2);
    pty.assert_given_back();
    assert!(pty.text().contains("The diagnosis of ana.silva@corp.example was not finished."), "{}", pty.text());
}

#[test]
fn resizing_while_it_runs_keeps_everything() {
    let mut pty = Pty::start(&["--demo", "ines.costa@corp.example"], &[]);
    pty.wait_for("DIAGNOSING");
    for (columns, rows) in [(120, 40), (20, 5), (50, 15), (3, 2), (80, 24)] {
        pty.resize(columns, rows);
        std::thread::sleep(Duration::from_millis(40));
    }
    pty.wait_for("Ticket to");
    pty.send("q");
    pty.end();
    pty.assert_given_back();
}

#[cfg(debug_assertions)]
#[test]
fn a_screen_that_fails_gives_the_terminal_back_before_it_says_so() {
    let mut pty = Pty::start(&["--demo"], &[("SSO_DOCTOR_TEST_PANIC", "screen")]);
    pty.wait_for("Who cannot sign in?");
    pty.send("a");
    assert_ne!(pty.end(), 0);
    pty.assert_given_back();
    assert!(pty.text().contains("the screen was asked to fail"), "{}", pty.text());
}

#[test]
fn without_colours_the_marked_row_is_still_marked() {
    let mut pty = Pty::start(&["--demo", "ines.costa@corp.example"], &[("NO_COLOR", "1")]);
    pty.wait_for("PROBLEM");
    let row = pty.wait_for("▶ ✗ fail");
    pty.with_screen(|screen| {
        assert!(screen.cell(row, 14).unwrap().inverse());
        let colored =
            |cell: &vt100::Cell| cell.fgcolor() != vt100::Color::Default || cell.bgcolor() != vt100::Color::Default;
        assert!((0..24).all(|row| (0..80).all(|column| !colored(screen.cell(row, column).unwrap()))));
    });
    pty.send("q");
    pty.end();
}
