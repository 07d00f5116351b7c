//! Low and narrow windows: all that the app says can be reached there.

use rstest::rstest;
use sso_doctor::{
    report::diagnosis::Check,
    tui::{
        message::{Effect, Message},
        model::Layer,
    },
};

use crate::driver::Driver;

/// What is seen while the person goes on until nothing moves any more.
fn pages(mut driver: Driver, key: &str) -> String {
    let mut seen = String::new();
    loop {
        let text = driver.text();
        if seen.ends_with(&text) {
            return seen;
        }
        seen.push_str(&text);
        driver = driver.keys(key);
    }
}

#[rstest]
#[case(59, 8)]
#[case(24, 6)]
#[case(50, 15)]
#[case(90, 10)]
fn the_first_block_can_be_read_to_its_end(#[case] columns: u16, #[case] rows: u16) {
    let text = pages(Driver::company(columns, rows).keys("ines.costa@corp.example<enter>"), "<pagedown>");
    for needed in ["PROBLEM", "Say to the", "Ticket to:", "GROUP", "Evidence: 8 calls"] {
        assert!(text.contains(needed), "{needed} is missing:\n{text}");
    }
}

#[test]
fn a_scrollbar_says_that_there_is_more() {
    let driver = Driver::company(59, 8).keys("ines.costa@corp.example<enter>");
    let thumb = |driver: &Driver| driver.text().lines().position(|line| line.ends_with('█'));
    assert_eq!(thumb(&driver), Some(1), "{}", driver.text());
    assert!(driver.text().contains("PgDn more"), "{}", driver.text());
    let driver = driver.keys("<enter><end>");
    assert!(thumb(&driver) > Some(1), "{}", driver.text());
    assert!(driver.keys("<home>").text().contains("PROBLEM"));
}

#[rstest]
#[case(24, 6)]
#[case(50, 15)]
#[case(90, 10)]
fn the_marked_row_is_seen_and_its_detail_one_key_away(#[case] columns: u16, #[case] rows: u16) {
    let mut driver = Driver::company(columns, rows).keys("ines.costa@corp.example<enter><home>");
    let checks = driver.model.run().unwrap().diagnosis.checks.clone();
    for Check { id, .. } in checks {
        assert!(driver.text().contains('▶'), "{}", driver.text());
        let detail = driver.keys("<enter>");
        assert!(detail.text().contains(&format!("━━ {}", id.title())), "{}", detail.text());
        driver = detail.keys("<esc><down>");
    }
}

#[rstest]
#[case("e", "Evidence")]
#[case("l", "━━ Not covered")]
fn what_a_key_shows_is_seen(#[case] key: &str, #[case] shown: &str) {
    let text = Driver::company(50, 15).keys("ines.costa@corp.example<enter>").keys("<enter>").keys(key).text();
    assert!(text.contains(shown), "{text}");
}

#[test]
fn a_window_in_which_nothing_fits_asks_for_more_and_loses_nothing() {
    let driver = Driver::new(23, 20).keys("ben@corp.example");
    assert!(driver.text().contains("Please enlarge"), "{}", driver.text());
    let driver = driver.keys("<enter>").message(Message::Resize(80, 24));
    assert!(driver.text().contains("PROBLEM"), "{}", driver.text());
    assert_eq!(Driver::new(80, 5).keys("<ctrl-c>").effects, [Effect::Quit]);
}

#[rstest]
#[case(100, 24)]
#[case(80, 24)]
#[case(60, 24)]
fn a_verdict_is_not_cut_beside_free_lines(#[case] columns: u16, #[case] rows: u16) {
    let name = "who.has.a.long.name.".repeat(9);
    let text = Driver::company(columns, rows).keys(&format!("{name}@corp.example<enter>")).text();
    let verdict: Vec<&str> = text.lines().filter(|line| line.starts_with('┃')).collect();
    assert!(verdict.len() > 2, "{text}");
    assert!(verdict.iter().all(|line| !line.trim_end().ends_with('…')), "{text}");
}

#[rstest]
#[case(50, 15)]
#[case(24, 6)]
#[case(40, 10)]
fn the_reason_that_nothing_can_start_can_be_read_to_its_end(#[case] columns: u16, #[case] rows: u16) {
    let driver = Driver::at_work(columns, rows).keys("expired<enter>");
    assert!(matches!(driver.model.layers.as_slice(), [Layer::CannotStart(_)]));
    let first = driver.text();
    assert!(first.contains("aws sso login"), "{first}");
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>().join(" ");
    let text = words(&pages(driver, "<down>"));
    assert!(text.contains("tries again"), "{text}");
}

#[rstest]
#[case("")]
#[case("<enter>")]
fn the_field_that_is_typed_into_is_seen(#[case] before: &str) {
    for (columns, rows) in [(24, 6), (24, 11), (30, 7), (24, 20)] {
        let mut driver = Driver::new(columns, rows).keys(before).keys("<tab>");
        for label in ["Start URL", "Region", "User name", "Saw", "Application", "User"] {
            assert!(driver.text().contains(&format!("▶ {label}")), "{label} at {columns}x{rows}:\n{}", driver.text());
            driver = driver.keys("<tab>");
        }
    }
}

#[test]
fn what_is_wrong_with_a_field_is_seen() {
    let text = Driver::new(24, 6).keys("<enter>").text();
    assert!(text.contains("▶ User") && text.contains("Type a user name"), "{text}");
}

#[test]
fn titles_that_are_cut_say_so() {
    let text = pages(Driver::new(24, 6).keys("ben@corp<enter>"), "<pagedown>");
    assert!(text.contains("Identit…"), "{text}");
    assert!(Driver::new(24, 14).text().contains("what the user …"));
    let applications = Driver::new(24, 6).keys("<tab><tab><tab><tab><tab>");
    assert!(applications.text().contains("▶ Application  Kiro\n"), "{}", applications.text());
    assert!(applications.keys("<right>").text().contains("Amazon …"));
}

#[test]
fn the_way_out_is_named_where_it_fits() {
    for columns in [50, 80] {
        let text = Driver::new(columns, 24).keys("ben@corp.example<enter>").text();
        assert!(text.lines().last().unwrap().contains("q quit"), "at {columns}:\n{text}");
    }
    // What does not fit leaves its place to the next that does.
    let text = Driver::new(56, 24).keys("bne@corp.example<enter>").text();
    assert!(text.lines().last().unwrap().contains("r again"), "{text}");
}

#[test]
fn who_reads_a_long_detail_gets_the_lines_of_the_first_block() {
    let driver = Driver::company(80, 24).keys("ines.costa@corp.example<enter><enter>");
    assert!(!driver.text().contains("Say to the caller") && driver.text().contains("✗ GROUP"), "{}", driver.text());
    assert!(driver.keys("<esc>").text().contains("Say to the caller"));
}
