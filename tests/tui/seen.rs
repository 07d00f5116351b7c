//! The field "What the user saw", the list of known texts below it, and what the screen says with it.

use sso_doctor::{
    catalog::Cause,
    tui::{message::Message, model::Field},
};

use crate::driver::Driver;

/// The form with the keys in the field.
fn in_field() -> Driver {
    Driver::company(80, 24).keys("ana.silva@corp.example<tab><tab><tab><tab>")
}

fn typed(driver: &Driver, field: Field) -> &str {
    driver.model.form.input(field).unwrap().value()
}

#[test]
fn the_form_has_the_field_and_all_of_it_fits_a_small_window() {
    let text = Driver::company(80, 24).text();
    for label in ["What the user saw", "User name", "Application"] {
        assert!(text.contains(label), "{label}: {text}");
    }
}

#[test]
fn the_list_narrows_while_somebody_types_and_enter_takes_one() {
    let driver = in_field();
    assert!(driver.text().contains("What the user saw: known texts"), "{}", driver.text());
    let driver = driver.keys("subscripton verify active<down>");
    let text = driver.text();
    assert!(text.contains("Authentication with IAM Identity Center failed. Please verify"), "{text}");
    assert!(text.contains("Kiro IDE"), "grouped by where it is shown: {text}");
    assert!(text.contains("take"), "{text}");
    let driver = driver.keys("<enter>");
    assert_eq!(typed(&driver, Field::Saw).split('.').next(), Some("Authentication with IAM Identity Center failed"));
    assert!(driver.model.run().is_none());
    let driver = driver.keys("<enter>");
    let verdict = driver.model.run().unwrap().diagnosis.verdict.clone().unwrap();
    assert_eq!(verdict.cause.map(Cause::code), Some("region-typed-wrong"));
    assert!(driver.text().contains("As the user tells it"), "{}", driver.text());
}

#[test]
fn down_and_up_move_in_the_list_and_leave_it() {
    let driver = in_field().keys("<down><down>");
    assert_eq!(driver.model.form.known, Some(1));
    let driver = driver.keys("<up><up>");
    assert_eq!(driver.model.form.known, None);
    assert_eq!(driver.keys("<up>").model.form.field, Field::TypedUser);
}

#[test]
fn of_a_pasted_log_only_what_is_known_is_shown() {
    let log = "2026-11-21 [info] password=hunter2\n2026-11-21 [error] net::ERR_PROXY_CONNECTION_FAILED\nbye\n";
    let driver = in_field().message(Message::Paste(log.to_owned()));
    assert_eq!(typed(&driver, Field::Saw), "net::ERR_PROXY_CONNECTION_FAILED");
    assert!(!driver.text().contains("hunter2"));
    let driver = driver.keys("<enter>");
    assert!(driver.text().contains("PROXY NOT SET RIGHT"), "{}", driver.text());
    let driver = in_field().message(Message::Paste("secret=1\nsecret=2\n".to_owned()));
    assert!(driver.text().contains("Nothing in what was pasted is known"), "{}", driver.text());
    assert_eq!(typed(&driver, Field::Saw), "");
}

#[test]
fn a_pasted_address_fills_the_fields_that_are_empty() {
    let address = "http://localhost:3128/signin/callback?login_option=awsidc&issuer_url=https%3A%2F%2Fd-93677e5f21.awsapps.com%2Fstart&idc_region=us-east-1&code=S3CR3T";
    let driver = in_field().message(Message::Paste(address.to_owned()));
    assert_eq!(typed(&driver, Field::Region), "us-east-1");
    assert_eq!(typed(&driver, Field::StartUrl), "https://d-93677e5f21.awsapps.com/start");
    assert!(!driver.text().contains("S3CR3T"));
    let verdict = driver.keys("<enter>").model.run().unwrap().diagnosis.verdict.clone().unwrap();
    assert_eq!(verdict.cause.map(Cause::code), Some("region-typed-wrong"));
}

#[test]
fn what_was_seen_comes_back_with_the_form() {
    let driver = in_field().keys("Not logged in<enter>u");
    assert_eq!(typed(&driver, Field::Saw), "Not logged in");
    assert_eq!(driver.keys("<enter>").model.run().unwrap().case.saw.as_ref().unwrap().texts.len(), 1);
}

#[test]
fn the_users_of_the_sample_organization_bring_texts_along() {
    let saw = |user: &str| Driver::company(80, 24).keys(user).keys("<enter>");
    let driver = saw("vera.novak@corp.example");
    assert!(driver.text().contains("As the user tells it"), "{}", driver.text());
    // The first block fits a small screen, with what is excluded and the questions.
    for words in ["PROXY NOT SET RIGHT", "Excluded:", "Say to the caller", "Ticket to: IT support"] {
        assert!(driver.text().contains(words), "{words}: {}", driver.text());
    }
    let offered = Driver::company(80, 40).keys("<up><up><up><up>");
    assert_eq!(offered.model.form.input(Field::User).unwrap().value(), "zane.cooper@corp.example");
    assert_eq!(typed(&offered, Field::Region), "us-east-1");
}

#[test]
fn the_detail_says_what_may_lie_behind_it() {
    let text = Driver::company(110, 60).keys("vera.novak@corp.example<enter>").text();
    for words in ["What the user saw", "possible", "excluded"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}
