//! Choosing another AWS profile.

use std::sync::Arc;

use sso_doctor::{
    case::{Settings, Source, Sourced},
    tui::{
        message::{Effect, Message},
        model::{Field, Layer},
    },
};

use crate::{company, driver::Driver};

/// The app of somebody with two profiles.
fn with_profiles() -> Driver {
    let mut driver = Driver::at_work(80, 24);
    driver.model.app.aws_profiles = vec!["helpdesk".to_owned(), "payroll".to_owned()];
    driver
}

fn payroll() -> Arc<Settings> {
    let aws_profile = Some(Sourced { value: "payroll".to_owned(), source: Source::Flag("--profile") });
    Arc::new(Settings { aws_profile, ..company::settings_at_work() })
}

#[test]
fn the_profiles_are_listed_and_the_one_in_use_is_marked() {
    let driver = with_profiles().keys("<f6>");
    assert!(driver.text().contains("▶ helpdesk  in use"), "{}", driver.text());
    let driver = driver.keys("<down><enter>");
    assert_eq!(driver.effects, [Effect::ChangeProfile("payroll".to_owned())]);
}

/// Another profile may be another organization: nothing that was learned with the first one stays, but for whom to ask about.
#[test]
fn after_the_change_the_same_user_is_one_key_away_and_nothing_else_stays() {
    let driver = with_profiles().keys("ines.costa@corp.example<enter>P<down><enter>");
    let driver = driver.message(Message::ProfileChanged(Ok(payroll())));
    assert_eq!((driver.model.runs.len(), driver.model.layers.as_slice()), (0, [Layer::Form].as_slice()));
    assert_eq!(driver.model.form.input(Field::User).unwrap().value(), "ines.costa@corp.example");
    assert!(driver.text().contains("profile payroll"), "{}", driver.text());
    let driver = driver.keys("<enter>");
    let case = &driver.model.run().unwrap().case;
    assert_eq!(case.settings.aws_profile.as_ref().unwrap().value, "payroll");
}

#[test]
fn what_was_typed_into_the_form_stays() {
    let driver = with_profiles().keys("zoe<f6><down><enter>").message(Message::ProfileChanged(Ok(payroll())));
    assert_eq!(driver.model.form.input(Field::User).unwrap().value(), "zoe");
}

#[test]
fn a_profile_that_cannot_be_used_changes_nothing() {
    let driver = with_profiles().keys("ines.costa@corp.example<enter>P<down><enter>");
    let driver = driver.message(Message::ProfileChanged(Err("the profile `payroll` is broken".to_owned())));
    assert!(driver.text().contains("the profile `payroll` is broken"), "{}", driver.text());
    assert_eq!(driver.model.runs.len(), 1);
}

/// Who has no session with one profile may have one with another.
#[test]
fn the_page_of_an_expired_session_offers_it() {
    let driver = with_profiles().keys("expired<enter>");
    assert!(matches!(driver.model.layers.as_slice(), [Layer::CannotStart(_)]));
    assert!(driver.keys("P").text().contains("━ AWS profile"));
}

#[test]
fn without_another_profile_the_key_says_so() {
    let driver = Driver::at_work(80, 24).keys("ines.costa@corp.example<enter>P");
    assert!(driver.text().contains("There is no other AWS profile to choose."), "{}", driver.text());
}
