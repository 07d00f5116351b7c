//! No size of the window may break the app.

use rstest::rstest;
use sso_doctor::{case::Settings, tui::message::Message};

use crate::driver::{Driver, THEME};

#[rstest]
#[case::intake("")]
#[case::problem("ben@corp.example<enter>")]
#[case::wide_characters("田中花子@corp.example<enter>e")]
#[case::healthy("ana@corp.example<enter>")]
#[case::cannot_start("eve@corp.example<enter>")]
#[case::list("bne@corp.example<enter>m")]
#[case::help("ben@corp.example<enter>?")]
#[case::hand_over("<f3><tab><tab>x")]
#[case::form_over_a_diagnosis("ben@corp.example<enter>u")]
fn every_size_renders(#[case] keys: &str) {
    at_every_size(Driver::new(80, 24).keys(keys));
}

#[rstest]
#[case::people_list("<enter>")]
#[case::comparison("<enter>C<enter>")]
#[case::file("<f4>people.csv")]
fn every_size_renders_with_several_people(#[case] keys: &str) {
    let team = "ines.costa@corp.example\nana.silva@corp.example\nnobody\n".to_owned();
    at_every_size(Driver::company(80, 24).message(Message::Paste(team)).keys(keys));
}

#[test]
fn every_size_renders_while_running() {
    at_every_size(Driver::new(80, 24).holding().keys("ben@corp.example<enter>").at(2_500));
}

#[test]
fn every_size_renders_with_sample_users() {
    let demo = Settings { demo: true, ..Settings::default() };
    at_every_size(Driver::with(80, 24, THEME, demo).keys("<down><tab>"));
}

fn at_every_size(mut driver: Driver) {
    for columns in 0..=90 {
        for rows in 0..=30 {
            // Each size of a small window; of larger ones a quarter, another one in each row.
            if columns <= 40 && rows <= 12 || (columns + rows) % 4 == 0 {
                driver = driver.message(Message::Resize(columns, rows));
                driver.buffer();
            }
        }
    }
    // For one frame the window may have another size than the app was told.
    driver.buffer_of(0, 0);
    driver.buffer_of(200, 60);
}
