//! The detail of a check, and the way back to the cause.

use sso_doctor::{
    checks::CheckId,
    tui::{action::Action, is_available, model::Subject},
};

use crate::driver::Driver;

/// The lines of the detail pane.
fn detail(driver: &Driver) -> Vec<String> {
    driver.model.run().unwrap().detail.lines.iter().map(ToString::to_string).collect()
}

fn place(lines: &[String], text: &str) -> usize {
    lines.iter().position(|line| line.contains(text)).unwrap_or_else(|| panic!("{text} is missing: {lines:#?}"))
}

#[test]
fn the_group_that_the_cause_is_about_comes_first() {
    let driver = Driver::company(80, 24).keys("kavya.rao@corp.example<enter>");
    let lines = detail(&driver);
    let first = lines.iter().find(|line| line.starts_with("✗ ")).unwrap();
    assert_eq!(first, "✗ Kiro-Contractors: user is a member, not assigned");
}

#[test]
fn all_groups_come_before_the_evidence() {
    let lines = detail(&Driver::new(80, 24).keys("many@corp<enter>e"));
    assert!(place(&lines, "All 5000") < place(&lines, "Team-4999"));
    assert!(place(&lines, "Team-4999") < place(&lines, "Evidence: 1 call"));
}

#[test]
fn the_cause_is_one_key_away() {
    let driver = Driver::new(80, 24).keys("ben@corp<enter>");
    assert!(!is_available(&driver.model, Action::Cause), "it is marked already");
    let driver = driver.keys("<home>");
    assert!(driver.text().contains("x cause"), "{}", driver.text());
    let driver = driver.keys("<enter>x");
    assert_eq!(driver.model.run().unwrap().subject, Subject::Check(CheckId::Groups));
    assert!(!is_available(&driver.keys("l").keys("x").model, Action::Cause));
}

#[test]
fn a_diagnosis_that_runs_can_be_followed_again() {
    let driver = Driver::new(80, 24).holding().keys("ben@corp<enter><end>");
    assert_eq!(driver.model.run().unwrap().subject, Subject::Check(CheckId::Roles));
    let driver = driver.keys("x");
    assert_eq!(driver.model.run().unwrap().subject, Subject::Check(CheckId::Instance));
}

#[test]
fn groups_without_any_bearing_come_last_with_a_mark_of_their_own() {
    let lines = detail(&Driver::company(80, 24).keys("ines.costa@corp.example<enter>"));
    assert!(place(&lines, "✗ Kiro-Platform") < place(&lines, "· Sales"));
}
