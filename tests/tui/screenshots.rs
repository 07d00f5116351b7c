//! The pictures of the README: drawn from the app, so that they cannot be out of date.
//!
//! `RENEW_SCREENSHOTS=1 cargo test --test tui screenshot` draws them anew.

use std::{env, fs, path::Path};

use rstest::rstest;
use sso_doctor::tui::message::Message;

use crate::{
    driver::{Course, Driver, name_of_case},
    svg,
};

/// Several people of the sample organization, as somebody pastes them.
const TEAM: &str = "ana.silva@corp.example\nines.costa@corp.example\nfelix.braun@corp.example\nolga.ivanova@corp.example\ncarla.mendes@corp.example\ngrace.lee@corp.example\nnobody.here@corp.example\nliam.murphy@corp.example\n";

#[rstest]
#[case::intake("The form that asks who cannot sign in", Driver::company(112, 30).keys("<down><down>"))]
#[case::running(
    "A diagnosis under way",
    Driver::company(112, 30).on_course(Course::AsksUntil(600)).keys("ines.costa@corp.example<enter>")
)]
#[case::problem("A user in no group that grants access", Driver::company(110, 32).keys("ines.costa@corp.example<enter>"))]
#[case::problem_80x24("The same in 80 columns and 24 lines", Driver::company(80, 24).keys("ines.costa@corp.example<enter>"))]
#[case::typed_wrong_80x24("A Region that was typed wrong", Driver::company(80, 24).keys("olga.ivanova@corp.example<enter>"))]
#[case::people("Two people of one name", Driver::company(80, 24).keys("maria santos<enter>"))]
#[case::seen_80x24("What the user saw tells more", Driver::company(80, 24).keys("vera.novak@corp.example<enter>"))]
#[case::seen_list_80x24(
    "The known texts narrow while somebody types",
    Driver::company(80, 24).keys("ana.silva@corp.example<tab><tab><tab><tab>profile access<down>")
)]
#[case::people_list("A list of people, problems first", Driver::company(110, 32).message(Message::Paste(TEAM.to_owned())).keys("<enter>"))]
#[case::comparison(
    "Two people side by side",
    Driver::company(80, 24).keys("ana.silva@corp.example<enter>nines.costa@corp.example<enter>C<enter>")
)]
#[case::healthy("Nothing wrong was found", Driver::company(110, 32).keys("ana.silva@corp.example<enter>"))]
#[case::cannot_start("The AWS session has expired", Driver::at_work(112, 30).keys("expired<enter>"))]
fn screenshot(#[case] title: &str, #[case] driver: Driver) {
    let name = name_of_case().replace('_', "-");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("assets/screenshots/{name}.svg"));
    let picture = svg::picture(&driver.buffer().0, title);
    if env::var_os("RENEW_SCREENSHOTS").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, picture).unwrap();
    } else {
        let kept = fs::read_to_string(&file).unwrap_or_default();
        assert!(
            kept == picture,
            "{} is out of date: run RENEW_SCREENSHOTS=1 cargo test --test tui screenshot",
            file.display()
        );
    }
}
