//! The page for what the identity provider's side handed over.

use sso_doctor::{
    catalog::Cause,
    checks::CheckId,
    saml::{Fetched, Flaw, Handed, HandedOver, Reading},
    sources::handed_over::Places,
    tui::{
        message::{Effect, Message},
        model::Layer,
    },
};

use crate::driver::Driver;

/// What was asked to be read, with its number.
fn asked(driver: &Driver) -> (u64, Places) {
    let Some(Effect::ReadHandedOver { number, places, sample: false }) = driver.effects.last() else {
        panic!("{:?}", driver.effects)
    };
    (*number, Places::clone(places))
}

fn a_web_page() -> HandedOver {
    let value = Fetched::Read(Reading::Unusable { flaw: Flaw::HtmlPage, entity_id: None });
    HandedOver { idp_metadata: Some(Handed { origin: "idp.xml".to_owned(), value }), ..HandedOver::default() }
}

#[test]
fn paths_are_typed_and_read() {
    let driver = Driver::new(80, 24).keys("<f3>/tmp/a.har<tab>https://idp.example/m<down>held.pem<enter>");
    let (_, places) = asked(&driver);
    let typed = [&places.saml_response, &places.idp_metadata, &places.idp_certificate, &places.sp_metadata];
    let typed: Vec<&str> = typed.iter().map(|place| place.as_ref().map_or("", |place| &place.typed)).collect();
    assert_eq!(typed, ["/tmp/a.har", "https://idp.example/m", "held.pem", ""]);
    assert!(driver.text().contains("Reading."), "{}", driver.text());
}

#[test]
fn a_text_is_pasted_in_place_of_a_path() {
    let text = format!("SAMLResponse={}", "PHNhbWxwOlJlc3BvbnNl".repeat(40));
    let driver = Driver::new(80, 24).keys("<f3>x").message(Message::Paste(text.clone()));
    assert!(
        driver.text().contains("pasted: 813 characters") && !driver.text().contains("PHNhbWxw"),
        "{}",
        driver.text()
    );
    let driver = driver.keys("<enter>");
    assert_eq!(asked(&driver).1.saml_response.unwrap().pasted.as_deref(), Some(text.as_str()));
    let path = Driver::new(80, 24).keys("<f3>").message(Message::Paste("'/tmp/a b.har'\n".to_owned())).keys("<enter>");
    assert_eq!(asked(&path).1.saml_response.unwrap().typed, "/tmp/a b.har");
}

#[test]
fn what_was_read_belongs_to_the_next_diagnosis() {
    let driver = Driver::new(80, 24).keys("<f3>idp.xml<enter>");
    let (number, _) = asked(&driver);
    let driver = driver.message(Message::HandedOver(number, Ok(Box::new(a_web_page()))));
    assert_eq!(driver.model.layers, [Layer::Form]);
    assert!(driver.text().lines().last().unwrap().contains("Read"), "{}", driver.text());
    let driver = driver.keys("ben@corp.example<enter>");
    assert_eq!(*driver.model.run().unwrap().case.handed_over, a_web_page());
}

#[test]
fn the_diagnosis_that_is_shown_is_begun_anew() {
    let driver = Driver::company(80, 24).keys("ana.silva@corp.example<enter>h");
    assert!(driver.text().contains("What does the identity provider send?"), "{}", driver.text());
    let driver = driver.keys("idp.xml<enter>");
    let Some(Effect::ReadHandedOver { number, sample: true, .. }) = driver.effects.last() else {
        panic!("{:?}", driver.effects)
    };
    let number = *number;
    let driver = driver.message(Message::HandedOver(number, Ok(Box::new(a_web_page()))));
    let verdict = driver.model.run().unwrap().diagnosis.verdict.as_ref().unwrap();
    assert_eq!((verdict.cause, verdict.check), (Some(Cause::SsoMetadataUnusable), Some(CheckId::Sso)));
    assert_eq!(driver.model.runs.len(), 1);
}

#[test]
fn what_cannot_be_read_is_said_on_the_page() {
    let driver = Driver::new(80, 24).keys("<f3><enter>");
    assert!(driver.text().contains("Enter a path, or paste"), "{}", driver.text());
    let driver = driver.keys("a.har<enter>");
    let (number, _) = asked(&driver);
    let driver =
        driver.message(Message::HandedOver(number, Err("a.har (Response) cannot be read: no such file".into())));
    assert!(driver.text().contains("a.har (Response) cannot be read"), "{}", driver.text());
    assert!(!driver.keys("x").text().contains("cannot be read"));
}

#[test]
fn what_arrives_after_the_page_was_closed_is_not_taken_in() {
    let driver = Driver::new(80, 24).keys("<f3>idp.xml<enter>");
    let (number, _) = asked(&driver);
    let driver = driver.keys("<esc>").message(Message::HandedOver(number, Ok(Box::new(a_web_page()))));
    assert!(driver.model.handed_over.is_empty());
}

#[test]
fn a_capture_is_not_the_next_callers() {
    let with_capture = |driver: &Driver| driver.model.handed_over.capture.is_some();
    let text = include_str!("../../assets/demo/saml/fits.har");
    let capture = sso_doctor::saml::read_capture(text.as_bytes()).unwrap();
    let capture = Some(Handed { origin: "fits.har".to_owned(), value: capture });
    let handed_over = HandedOver { capture, ..a_web_page() };
    let driver = Driver::new(80, 24).keys("<f3>fits.har<enter>");
    let (number, _) = asked(&driver);
    let driver = driver.message(Message::HandedOver(number, Ok(Box::new(handed_over))));
    assert!(driver.text().contains("Delete this capture now"), "{}", driver.text());
    assert!(with_capture(&driver));
    let driver = driver.keys("ben@corp.example<enter>u");
    assert!(with_capture(&driver));
    let driver = driver.keys("<esc>n");
    assert!(!with_capture(&driver) && driver.model.handed_over.idp_metadata.is_some());
}
