//! What each screen shows, text and styles.

use rstest::rstest;
use sso_doctor::{
    case::Settings,
    report::diagnosis::Check,
    tui::{Theme, message::Message, model::Layer},
};

use crate::driver::{Course, Driver, THEME, name_of_case};

fn demo() -> Settings {
    Settings { demo: true, ..Settings::default() }
}

#[rstest]
#[case::intake("", 80, 24)]
#[case::intake_unfolded("ben@corp<tab>https://corp.awsapps.com/start<tab>eu-west-1<tab><right>", 80, 24)]
#[case::intake_empty("<enter>", 80, 24)]
#[case::intake("", 50, 15)]
#[case::intake("ben@corp", 20, 5)]
#[case::problem("ben@corp.example<enter>", 80, 24)]
#[case::problem("ben@corp.example<enter>", 110, 32)]
#[case::problem("ben@corp.example<enter>", 140, 45)]
#[case::problem("ben@corp.example<enter>", 50, 15)]
#[case::problem("ben@corp.example<enter>", 20, 5)]
#[case::problem("ben@corp.example<enter>", 60, 16)]
#[case::problem_low_detail("ben@corp.example<enter><enter>", 60, 16)]
#[case::problem_rows("ben@corp.example<enter><tab>", 50, 15)]
#[case::problem_detail("ben@corp.example<enter><tab><tab>", 50, 15)]
#[case::problem_detail("ben@corp.example<enter><tab>", 80, 24)]
#[case::problem_detail_unfolded("ben@corp.example<enter>e", 80, 24)]
#[case::problem_another_row("ben@corp.example<enter>kkkk", 80, 24)]
#[case::healthy("ana@corp.example<enter>", 80, 24)]
#[case::healthy("ana@corp.example<enter>", 120, 40)]
#[case::suspect("sue@corp.example<enter>", 80, 24)]
#[case::inconclusive("ivo@corp.example<enter>", 80, 24)]
#[case::cannot_start("eve@corp.example<enter>", 80, 24)]
#[case::cannot_start("eve@corp.example<enter>", 50, 15)]
#[case::cannot_start("eve@corp.example<enter>", 120, 40)]
#[case::not_found("bne@corp.example<enter>", 80, 24)]
#[case::did_you_mean("bne@corp.example<enter>m<down>", 80, 24)]
#[case::instances("bne@corp.example<enter>i", 80, 24)]
#[case::applications("ana@corp.example<enter>a", 80, 24)]
#[case::people("ana@corp.example<enter>nben@corp.example<enter>p", 80, 24)]
#[case::reports("ben@corp.example<enter>w", 80, 24)]
#[case::not_covered("ben@corp.example<enter>l", 80, 24)]
#[case::note("ben@corp.example<enter>v", 80, 24)]
#[case::hand_over("<f3>/tmp/capture.har", 80, 24)]
#[case::hand_over("<f3><tab>", 50, 15)]
#[case::help("ben@corp.example<enter>?", 80, 24)]
#[case::help("ben@corp.example<enter>?", 50, 15)]
#[case::copied("ben@corp.example<enter>c", 80, 24)]
#[case::copied("ben@corp.example<enter>t", 50, 15)]
#[case::evidence("ben@corp.example<enter>kke", 80, 24)]
#[case::what_was_typed("ben@corp.example<enter>uhttps://corp.awsapps.com/start", 80, 24)]
#[case::users_so_far("ana@corp.example<enter>nben@corp.example<enter>n<down>", 80, 24)]
#[case::many_groups("many@corp.example<enter>", 80, 24)]
#[case::many_groups("many@corp.example<enter>e<pagedown>", 120, 40)]
#[case::wide_characters("田中花子@corp.example<enter>", 80, 24)]
fn screen(#[case] keys: &str, #[case] columns: u16, #[case] rows: u16) {
    let name = name_of_case();
    insta::assert_snapshot!(format!("{name}-{columns}x{rows}"), Driver::new(columns, rows).keys(keys).screen());
}

#[rstest]
#[case(80, 24)]
#[case(120, 40)]
#[case(50, 15)]
#[case(20, 5)]
fn running(#[case] columns: u16, #[case] rows: u16) {
    let driver = Driver::new(columns, rows).holding().keys("ben@corp.example<enter>").at(3_400);
    insta::assert_snapshot!(format!("running-{columns}x{rows}"), driver.screen());
}

#[rstest]
#[case::expired("expired<enter>")]
#[case::denied("denied<enter>")]
#[case::nowhere("nowhere<enter>")]
fn cannot_start(#[case] keys: &str) {
    let driver = Driver::at_work(80, 24).keys(keys);
    assert!(matches!(driver.model.layers.as_slice(), [Layer::CannotStart(_)]));
    insta::assert_snapshot!(format!("cannot_start_{}", name_of_case()), driver.screen());
}

/// Five people of the sample organization, pasted into the form.
const TEAM: &str = "ines.costa@corp.example\nana.silva@corp.example\nfelix.braun@corp.example\nnobody.here@corp.example\nolga.ivanova@corp.example\n";

#[rstest]
#[case::pasted("", 80, 24)]
#[case::people_list("<enter>", 80, 24)]
#[case::people_list("<enter>", 110, 32)]
#[case::people_list("<enter>", 50, 15)]
#[case::comparison("<enter>C<enter>", 80, 24)]
#[case::comparison("<enter>C<enter>", 120, 40)]
#[case::comparison("<enter>C<enter>", 50, 15)]
#[case::compare_with("<enter>C", 80, 24)]
#[case::file("<f4>people.csv", 80, 24)]
fn several_people(#[case] keys: &str, #[case] columns: u16, #[case] rows: u16) {
    let driver = Driver::company(columns, rows).message(Message::Paste(TEAM.to_owned())).keys(keys);
    insta::assert_snapshot!(format!("{}-{columns}x{rows}", name_of_case()), driver.screen());
}

#[test]
fn cancelled() {
    let driver = Driver::new(80, 24).holding().keys("ben@corp.example<enter>").at(3_400).keys("<esc>");
    insta::assert_snapshot!(driver.screen());
}

#[test]
fn sample_greeting() {
    let driver = Driver::with(80, 24, THEME, demo()).keys("<down><down>");
    insta::assert_snapshot!(driver.screen());
}

#[test]
fn ascii_without_colours() {
    let theme = Theme { ascii: true, color: false, reduced_motion: true };
    let driver = Driver::with(80, 24, theme, Settings::default()).keys("ben@corp.example<enter>");
    let screen = driver.screen();
    for color in ["red", "green", "yellow", "magenta", "cyan"] {
        assert!(!screen.contains(color), "{color} without colours");
    }
    insta::assert_snapshot!(screen);
}

#[test]
fn nothing_is_lost_when_the_window_grows_again() {
    let large = Driver::new(80, 24).keys("ben@corp.example<enter>");
    let before = large.screen();
    let after = large.message(Message::Resize(20, 5)).message(Message::Resize(80, 24)).screen();
    assert_eq!(before, after);
}

/// In this order, without scrolling, whatever is below.
#[rstest]
#[case(80, 24)]
#[case(110, 32)]
#[case(140, 45)]
fn the_first_block_says_all_that_a_helpdesk_agent_needs(#[case] columns: u16, #[case] rows: u16) {
    let text = Driver::new(columns, rows).keys("ben@corp.example<enter>").text();
    let mut rest = text.as_str();
    let block = [
        "NOT IN A KIRO GROUP",
        "Ben Costa",
        "Say to the caller",
        "Your account is fine",
        "Do ─",
        "Ticket to: identity",
    ];
    for needed in block.into_iter().chain(["Kiro-Developers", "✓ login", "✗ GROUP", "✓ roles"]) {
        let Some((_, after)) = rest.split_once(needed) else { panic!("{needed} is missing or elsewhere:\n{text}") };
        rest = after;
    }
}

#[test]
fn what_to_type_is_shown_where_typing_is_the_fix_or_was_not_told() {
    let card = "Tell the user to type this";
    let text = |user: &str| Driver::company(80, 24).keys(user).keys("@corp.example<enter>").text();
    for user in ["liam.murphy", "olga.ivanova", "ana.silva"] {
        assert!(text(user).contains(card), "{}", text(user));
    }
    for user in ["ines.costa", "felix.braun", "carla.mendes"] {
        assert!(!text(user).contains(card), "{}", text(user));
    }
    assert!(text("carla.mendes").contains("What the user typed is right"), "{}", text("carla.mendes"));
    let user_name = ["User name", "glee"];
    assert!(user_name.into_iter().all(|word| text("grace.lee").contains(word)), "{}", text("grace.lee"));
    let asked_for = Driver::company(80, 24).keys("ines.costa@corp.example<enter>d").text();
    assert!(asked_for.contains(card), "{asked_for}");
}

#[rstest]
#[case("<pagedown>", 60, 16)]
#[case("<pagedown>", 60, 17)]
#[case("<tab><tab>", 50, 15)]
fn a_verdict_that_is_cut_is_whole_in_the_detail(#[case] keys: &str, #[case] columns: u16, #[case] rows: u16) {
    let text = Driver::company(columns, rows).keys("ines.costa@corp.example<enter>").keys(keys).text();
    assert!(text.contains("grants Kiro."), "{text}");
}

#[rstest]
#[case(80, 24)]
#[case(110, 32)]
fn the_first_screen_has_all_rows(#[case] columns: u16, #[case] rows: u16) {
    let driver = Driver::company(columns, rows).keys("ines.costa@corp.example<enter>");
    let text = driver.text();
    for Check { id, .. } in &driver.model.run().unwrap().diagnosis.checks {
        assert!(text.lines().any(|line| line.contains(&format!(" {}", id.title()))), "{} is missing:\n{text}", id.id());
    }
}

#[rstest]
#[case(80, 24)]
#[case(100, 30)]
fn rows_stay_where_they_are_while_answers_arrive(#[case] columns: u16, #[case] rows: u16) {
    let places = |until| {
        let driver = Driver::company(columns, rows).on_course(Course::AsksUntil(until));
        let driver = driver.keys("ines.costa@corp.example<enter>");
        let diagnosis = &driver.model.run().unwrap().diagnosis;
        assert_eq!(diagnosis.verdict, None, "after {until} ms");
        let text = driver.text();
        let places = diagnosis.checks.iter().map(|Check { id, .. }| {
            let row = |line: &str| line.chars().skip(14).collect::<String>().starts_with(id.title());
            (*id, text.lines().position(row).unwrap_or_else(|| panic!("{} is missing:\n{text}", id.id())))
        });
        places.collect::<Vec<_>>()
    };
    let first = places(0);
    for until in [100, 200, 300, 400, 500, 600] {
        assert_eq!(places(until), first, "after {until} ms");
    }
}

#[test]
fn a_long_label_does_not_touch_its_value() {
    let text = Driver::company(26, 40).keys("ines.costa@corp.example<enter><home><enter>").text();
    assert!(text.lines().any(|line| line.trim_end_matches(['│', '█']).trim() == "Region asked"), "{text}");
}

#[test]
fn who_reads_a_long_detail_sees_the_fix() {
    let driver = Driver::company(80, 24).keys("ines.costa@corp.example<enter>");
    assert!(!driver.text().contains("Fix:"));
    let driver = driver.keys("<enter>");
    assert!(driver.text().contains("Fix:") && driver.text().contains("synchronisation."), "{}", driver.text());
    assert!(driver.keys("<esc>").text().contains("AWS set-up"));
}
