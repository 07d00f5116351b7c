//! The form that asks who cannot sign in.

use sso_doctor::tui::{message::Message, model::Field};

use crate::driver::Driver;

fn typed(driver: &Driver, field: Field) -> &str {
    driver.model.form.input(field).unwrap().value()
}

/// One user diagnosed under AWS for two applications, and the form opened again.
fn twice() -> Driver {
    Driver::at_work(100, 30).keys("ana.silva@corp.example<enter>a<down><enter>n")
}

#[test]
fn the_form_tells_the_same_user_for_two_applications_apart() {
    let text = twice().text();
    for label in ["ana.silva@corp.example, Kiro ", "ana.silva@corp.example, Amazon Q Developer "] {
        assert!(text.contains(label), "{label} is missing:\n{text}");
    }
}

#[test]
fn taking_a_user_over_takes_the_application_and_what_was_typed() {
    let application = |keys: &str| twice().keys(keys).model.run().unwrap().case.app.id.clone();
    assert_eq!(application("<down><enter>"), "amazon-q-developer");
    assert_eq!(application("<down><down><enter>"), "kiro");

    let driver =
        Driver::at_work(80, 24).keys("ana.silva@corp.example<tab>https://corp.awsapps.com/start<enter>n<down>");
    assert_eq!(typed(&driver, Field::User), "ana.silva@corp.example");
    assert_eq!(typed(&driver, Field::StartUrl), "https://corp.awsapps.com/start");
}

#[test]
fn users_so_far_are_one_key_away_from_every_form() {
    let driver = twice().keys("<f2>");
    assert!(driver.text().contains("━ Users so far"), "{}", driver.text());
    let driver = driver.keys("<home><enter>");
    assert_eq!(driver.model.run().unwrap().case.app.id, "kiro");
    assert!(driver.model.layers.is_empty());
}

/// In the field of a person several lines are a list; in any other field they are a mistake.
#[test]
fn several_pasted_lines_are_nothing_that_one_user_typed() {
    for lines in ["ben@corp\nana@corp\n", "\r\rben@corp\rana@corp", " \r\nben@corp\r\nana@corp"] {
        let driver = Driver::new(80, 24).keys("x<tab>").message(Message::Paste(lines.to_owned()));
        assert_eq!((typed(&driver, Field::User), typed(&driver, Field::StartUrl)), ("x", ""), "{lines:?}");
        assert!(driver.text().contains("2 lines were pasted, and this field takes one."), "{}", driver.text());
    }
    let driver = Driver::new(80, 24).message(Message::Paste("\n\n  ben@corp\n".to_owned()));
    assert_eq!(typed(&driver, Field::User), "ben@corp");
}

#[test]
fn down_and_up_never_replace_what_was_typed() {
    for key in ["<down>", "<up>"] {
        let driver = Driver::company(80, 24).keys("zoe").keys(key).keys(key);
        assert_eq!(typed(&driver, Field::User), "zoe");
    }
}

#[test]
fn what_stands_on_the_users_screen_is_part_of_the_case() {
    let driver = Driver::new(80, 24);
    assert!(driver.text().contains("What stands on the user's screen"), "{}", driver.text());
    let driver = driver.keys("ben@corp<tab>https://corp.awsapps.com/start<tab>Ireland<tab>benc<enter>");
    let case = &driver.model.run().unwrap().case;
    assert_eq!(case.start_url.as_deref(), Some("https://corp.awsapps.com/start"));
    assert_eq!((case.typed_region.as_deref(), case.typed_user.as_deref()), (Some("Ireland"), Some("benc")));
}

#[test]
fn a_mark_inside_a_name_is_kept() {
    let driver = Driver::new(80, 24).message(Message::Paste("\u{8fbb}\u{e0100}\u{200b}@corp".to_owned()));
    assert_eq!(typed(&driver, Field::User), "\u{8fbb}\u{e0100}@corp");
}
