//! Two people side by side.

use sso_doctor::tui::{
    message::{Effect, Message},
    model::{Layer, Progress},
};

use crate::driver::{Course, Driver};

/// Ines, who is in no group that gives access, and before her Ana, who can sign in.
fn both_so_far() -> Driver {
    Driver::company(80, 24).keys("ana.silva@corp.example<enter>nines.costa@corp.example<enter>")
}

fn difference(driver: &Driver) -> String {
    driver.model.comparison.as_ref().unwrap().comparison.as_ref().unwrap().difference.clone()
}

#[test]
fn people_so_far_are_offered_and_the_difference_is_on_top() {
    let driver = both_so_far().keys("C");
    assert!(driver.text().contains("Compare ines.costa@corp.example with"), "{}", driver.text());
    let driver = driver.keys("<enter>");
    assert_eq!(difference(&driver), "Ana Silva is in Kiro-Developers, Ines Costa is not.");
    let screen = driver.text();
    for told in ["Ana Silva is in Kiro-Developers, Ines Costa is not.", "! Groups", "fail", "pass"] {
        assert!(screen.contains(told), "{told} is missing:\n{screen}");
    }
    let driver = driver.keys("<end>");
    assert!(driver.text().contains("Groups, only Ana Silva's"), "{}", driver.text());
    assert!(driver.text().contains("✓ Kiro-Developers, gives access"), "{}", driver.text());
    assert!(driver.keys("<esc>").model.layers.is_empty());
}

#[test]
fn somebody_else_can_be_typed() {
    let driver = Driver::company(80, 24).keys("ines.costa@corp.example<enter>C<enter>");
    assert!(driver.text().contains("With whom is ines.costa@corp.example compared?"), "{}", driver.text());
    let driver = driver.keys("ana.silva@corp.example<enter>");
    assert_eq!(difference(&driver), "Ana Silva is in Kiro-Developers, Ines Costa is not.");
    assert!(matches!(driver.model.layers.as_slice(), [Layer::Comparison(_)]));
}

/// Whoever began with the one who can sign in reads the same.
#[test]
fn the_one_who_cannot_sign_in_comes_first() {
    let driver = Driver::company(80, 24).keys("ana.silva@corp.example<enter>C<enter>ines.costa@corp.example<enter>");
    assert_eq!(difference(&driver), "Ana Silva is in Kiro-Developers, Ines Costa is not.");
}

#[test]
fn until_both_are_answered_nothing_is_compared() {
    let driver = both_so_far().on_course(Course::Hangs).keys("C<enter>");
    assert!(
        driver.text().contains("Asking about ines.costa@corp.example and ana.silva@corp.example"),
        "{}",
        driver.text()
    );
    let driver = driver.keys("t");
    assert!(driver.text().contains("Nothing is compared yet."), "{}", driver.text());
    let driver = driver.keys("<esc>");
    assert!(driver.effects.contains(&Effect::Stop));
    assert_eq!(driver.model.comparison.as_ref().unwrap().batch.progress, Progress::Cancelled);
}

#[test]
fn a_comparison_is_copied_and_written() {
    let driver = both_so_far().keys("C<enter>tw");
    let [Effect::Copy { text, .. }, Effect::Write { name, contents }] = driver.effects.as_slice() else {
        panic!("{:?}", driver.effects)
    };
    assert!(text.starts_with("Ana Silva is in Kiro-Developers"), "{text}");
    assert_eq!(name, "sso-doctor-comparison-20261121T190000Z.md");
    assert!(contents.starts_with("## Ana Silva is in Kiro"), "{contents}");
}

#[test]
fn somebody_on_a_list_is_compared_with_somebody_else_on_it() {
    let team = "ines.costa@corp.example\nana.silva@corp.example\n".to_owned();
    let driver = Driver::company(80, 24).message(Message::Paste(team)).keys("<enter>C<enter>");
    assert_eq!(difference(&driver), "Ana Silva is in Kiro-Developers, Ines Costa is not.");
    assert_eq!(driver.keys("<esc>").model.layers, [Layer::PeopleList]);
}
