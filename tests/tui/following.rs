//! What happens by itself while answers arrive.

use std::time::Duration;

use sso_doctor::{
    case::Settings,
    checks::CheckId,
    report::diagnosis::VerdictStatus,
    tui::{
        Theme,
        action::Action,
        is_available, label_action,
        message::{Effect, Message},
        model::{Layer, Pane, Progress, Subject},
    },
};

use crate::{
    driver::{Course, Driver, THEME},
    samples::the_last_event,
};

/// All that the verdict needs has arrived, and calls are still under way.
fn with_a_verdict(driver: Driver) -> Driver {
    let number = driver.model.last_number;
    driver.message(Message::Learned(number, vec![the_last_event()]))
}

fn subject(driver: &Driver) -> Subject {
    driver.model.run().unwrap().subject
}

#[test]
fn the_verdict_is_shown_before_the_last_name_has_arrived() {
    let driver = with_a_verdict(Driver::new(80, 24).holding().keys("ben@corp<enter>"));
    assert_eq!(subject(&driver), Subject::Check(CheckId::Groups));
    for action in [Action::CopyNote, Action::Write, Action::CopyCommand] {
        assert!(is_available(&driver.model, action), "{}", action.name());
    }
    assert!(driver.text().contains("names still coming"), "{}", driver.text());
    let number = driver.model.last_number;
    let driver = driver.message(Message::Completed(number));
    assert!(!driver.text().contains("names still coming"), "{}", driver.text());
    assert_eq!(driver.model.run().unwrap().progress, Progress::Complete);
}

#[test]
fn the_sample_organization_has_a_verdict_while_names_are_on_their_way() {
    let driver = Driver::company(80, 24).on_course(Course::AsksUntil(700)).keys("ana.silva@corp.example<enter>");
    let run = driver.model.run().unwrap();
    assert!(run.facts.calls.iter().any(|call| call.end.is_none()));
    assert_eq!(run.diagnosis.verdict.as_ref().unwrap().status, VerdictStatus::Healthy);
    assert_eq!(run.subject, Subject::NotCovered);
}

#[test]
fn escape_leaves_the_detail_of_a_verdict_and_stops_nothing() {
    let driver = with_a_verdict(Driver::new(80, 24).holding().keys("ben@corp<enter>")).keys("<enter>");
    assert_eq!(label_action(&driver.model, Action::Back), "back");
    let driver = driver.keys("<esc>");
    assert_eq!((driver.model.focus, driver.effects.len()), (Pane::Checks, 0));
    assert_eq!(driver.keys("<esc>").effects, [Effect::Stop]);
}

#[test]
fn the_reason_that_nothing_can_start_waits_for_no_name() {
    let driver = with_a_verdict(Driver::new(80, 24).holding().keys("eve@corp<enter>"));
    assert!(matches!(driver.model.layers.as_slice(), [Layer::CannotStart(_)]));
    let number = driver.model.last_number;
    assert!(matches!(driver.message(Message::Completed(number)).model.layers.as_slice(), [Layer::CannotStart(_)]));
}

#[test]
fn reading_the_detail_does_not_stop_the_following() {
    let driver = with_a_verdict(Driver::new(80, 24).holding().keys("ben@corp<enter><enter>"));
    assert_eq!((subject(&driver), driver.model.focus), (Subject::Check(CheckId::Groups), Pane::Detail));
}

#[test]
fn without_a_verdict_there_is_no_report() {
    let driver = Driver::new(80, 24).on_course(Course::Hangs).keys("ben@corp<enter><esc>wt");
    assert_eq!(driver.effects, [Effect::Stop]);
    assert!(driver.model.layers.is_empty());
}

#[test]
fn another_way_is_named_only_where_there_is_one() {
    let driver = Driver::new(80, 24).holding().keys("ben@corp<enter><home>f");
    assert!(driver.text().contains("sent to the terminal's clipboard"), "{}", driver.text());
    assert!(!driver.text().contains("shows the note"), "{}", driver.text());
}

#[test]
fn the_reason_that_nothing_can_start_is_shown_again_with_its_user() {
    let driver = Driver::new(80, 24).keys("eve@corp<enter>neve@other<enter>p<up><enter>");
    assert_eq!(driver.model.run().unwrap().case.user.as_str(), "eve@corp");
    assert!(matches!(driver.model.layers.as_slice(), [Layer::CannotStart(_)]));
}

#[test]
fn leaving_tells_of_a_diagnosis_that_was_not_finished() {
    let unfinished = |keys: &str| {
        let driver = Driver::new(80, 24).holding().keys(keys);
        driver.model.last_run().map(|run| (run.diagnosis.user.clone(), run.diagnosis.exit_status()))
    };
    assert_eq!(unfinished("ben@corp"), None);
    assert_eq!(unfinished("ben@corp<enter>"), Some(("ben@corp".to_owned(), 2)));
    assert_eq!(unfinished("ben@corp<enter><esc>"), Some(("ben@corp".to_owned(), 2)));
}

#[test]
fn time_alone_draws_only_what_it_moves() {
    let running = || Driver::new(80, 24).holding().keys("ben@corp<enter>");
    let pause = |driver: Driver| driver.model.pause_between_frames();
    assert_eq!(pause(running()), Some(Duration::from_millis(100)));
    assert_eq!(pause(running().keys("a")), Some(Duration::from_millis(100)), "the list leaves it in sight");
    for covered in ["?", "n", "u"] {
        assert_eq!(pause(running().keys(covered)), None, "{covered}");
    }
    assert_eq!(pause(with_a_verdict(Driver::new(80, 24).holding().keys("eve@corp<enter>"))), None);
    assert_eq!(pause(running().keys("<esc>")), None);
    let calm = Driver::with(80, 24, Theme { reduced_motion: true, ..THEME }, Settings::default());
    assert_eq!(pause(calm.holding().keys("ben@corp<enter>")), Some(Duration::from_secs(1)));
}

#[test]
fn a_hang_says_what_is_waited_for_and_for_how_long() {
    let running = || Driver::company(80, 24).on_course(Course::AsksUntil(100)).keys("ines.costa@corp.example<enter>");
    assert!(!running().at(2_900).text().contains("It may be the network"));
    let text = running().at(3_100).text();
    assert!(text.contains("AWS has not answered") && text.contains("60 s at most"), "{text}");
}

/// Diagnosing again tells what has changed since the last time.
#[test]
fn diagnosing_again_tells_what_has_changed() {
    let driver = Driver::company(80, 24).keys("ana.silva@corp.example<enter>r");
    assert!(driver.text().contains("Nothing has changed"), "{}", driver.text());
    let mut driver = Driver::company(80, 24).keys("ines.costa@corp.example<enter>");
    driver.course = Course::Hangs;
    driver = driver.keys("r");
    let number = driver.model.last_number;
    let ana = driver.model.run().unwrap().case.clone();
    let mut case = ana;
    case.user = sso_doctor::case::TypedUser::parse("ana.silva@corp.example").unwrap();
    driver.model.run_mut().unwrap().case = case.clone();
    let driver = driver
        .message(Message::Learned(number, crate::company::events(&[case], u64::MAX)))
        .message(Message::Completed(number));
    assert!(driver.text().contains("Groups: fail -> pass."), "{}", driver.text());
}

/// A watched user is diagnosed again after a minute, until nothing is wrong.
#[test]
fn a_watched_user_is_diagnosed_again() {
    let driver = Driver::company(80, 24).keys("ines.costa@corp.example<enter>W");
    let number = driver.model.last_number;
    assert!(driver.effects.contains(&Effect::WakeUp { number }));
    let driver = driver.message(Message::WokenUp(number));
    assert_eq!(driver.model.last_number, number + 1);
    // What is not watched any more stays as it is.
    let driver = driver.keys("W").message(Message::WokenUp(number + 1));
    assert_eq!(driver.model.last_number, number + 1);
}

/// What was learned goes to a file that can be replayed.
#[test]
fn a_recording_is_one_key_away() {
    let driver = Driver::company(80, 24).keys("ines.costa@corp.example<enter>R");
    let Some(Effect::Write { name, contents }) = driver.effects.last() else { panic!("{:?}", driver.effects) };
    assert_eq!(name, "sso-doctor-ines.costa@corp.example-20261121T190000Z.recording.json");
    let recording = sso_doctor::recording::Recording::read(contents).unwrap();
    assert_eq!(recording.list_cases()[0].user.as_str(), "ines.costa@corp.example");
}

/// `--watch` on the command line: the diagnosis that it begins with is watched, and the pause is the one that was said.
#[test]
fn who_was_named_with_watch_is_watched_from_the_start() {
    let mut driver = Driver::company(80, 24);
    driver.model.app.watch = Some(Duration::from_secs(20));
    let effects = sso_doctor::tui::update::begin(&mut driver.model, &["ines.costa@corp.example".to_owned()], [None; 3]);
    assert!(matches!(effects.as_slice(), [Effect::Start { .. }]));
    assert!(driver.model.run().unwrap().is_watched);
    let driver = driver.keys("WW");
    assert!(driver.text().contains("asks again every 20 s until nothing is wrong"), "{}", driver.text());
}
