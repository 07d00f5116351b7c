//! What keys do.

use rstest::rstest;
use sso_doctor::{
    checks::CheckId,
    tui::{
        action::Action,
        is_available,
        message::{Effect, Message},
        model::{Field, Layer, Progress, Subject},
    },
};

use crate::{driver::Driver, samples::the_last_event};

#[test]
fn the_command_of_the_cause_goes_to_the_clipboard() {
    let driver = Driver::new(80, 24).keys("ben@corp.example<enter>c");
    let [Effect::Copy { text: command, .. }] = driver.effects.as_slice() else { panic!("{:?}", driver.effects) };
    assert!(command.starts_with("aws identitystore create-group-membership"), "{command}");
    assert!(driver.text().contains("v shows"), "{}", driver.text());
}

#[test]
fn letters_type_letters_while_a_field_is_open() {
    let driver = Driver::new(80, 24).keys("q?rnj/c<backspace>");
    assert_eq!(driver.model.form.input(Field::User).unwrap().value(), "q?rnj/");
    assert!(driver.effects.is_empty());
}

#[test]
fn control_c_leaves_from_everywhere_and_q_where_nothing_is_typed() {
    for keys in ["<ctrl-c>", "ben@corp<enter>q", "ben@corp<enter>?<ctrl-c>", "eve@corp<enter>q", "bne@corp<enter>mq"] {
        assert_eq!(Driver::new(80, 24).keys(keys).effects, [Effect::Quit], "{keys}");
    }
}

#[test]
fn escape_closes_what_lies_on_top_and_never_leaves() {
    let driver = Driver::new(80, 24).holding().keys("ben@corp<enter>n<f1><esc>");
    assert_eq!(driver.model.layers, [Layer::Form]);
    let driver = driver.keys("<esc>");
    assert!(driver.model.layers.is_empty() && driver.model.is_running());
    let driver = driver.keys("<esc>");
    assert_eq!(driver.effects, [Effect::Stop]);
    assert_eq!(driver.model.run().unwrap().progress, Progress::Cancelled);
    let driver = driver.keys("<esc><esc><esc>");
    assert_eq!(driver.effects, [Effect::Stop]);
}

#[test]
fn what_still_arrives_after_a_cancel_is_not_judged() {
    let driver = Driver::new(80, 24).holding().keys("ben@corp<enter><esc>");
    let number = driver.model.last_number;
    let driver = driver.message(Message::Learned(number, vec![the_last_event()])).message(Message::Completed(number));
    assert_eq!(driver.model.run().unwrap().diagnosis.verdict, None);
}

#[test]
fn the_selection_follows_until_the_person_moves_it() {
    let driver = Driver::new(80, 24).keys("ben@corp<enter>");
    assert_eq!(driver.model.run().unwrap().subject, Subject::Check(CheckId::Groups));

    let driver = Driver::new(80, 24).holding().keys("ben@corp<enter>");
    assert_eq!(driver.model.run().unwrap().subject, Subject::Check(CheckId::Instance));
    let number = driver.model.last_number;
    let driver =
        driver.keys("j").message(Message::Learned(number, vec![the_last_event()])).message(Message::Completed(number));
    assert_eq!(driver.model.run().unwrap().subject, Subject::Check(CheckId::Region));
}

#[test]
fn a_healthy_verdict_ends_in_what_is_not_covered() {
    let driver = Driver::new(80, 24).keys("ana@corp<enter>");
    assert_eq!(driver.model.run().unwrap().subject, Subject::NotCovered);
}

#[test]
fn an_impossible_user_is_answered_under_the_field() {
    let driver = Driver::new(80, 24).keys("   <enter>");
    assert!(driver.model.runs.is_empty());
    assert!(driver.text().contains("Type a user name"), "{}", driver.text());
    assert!(!driver.keys("b").text().contains("Type a user name"));
}

#[test]
fn pasting_brings_no_control_characters() {
    let driver = Driver::new(80, 24).message(Message::Paste(" ben\u{1b}[31m\u{202e}@corp\r\n".to_owned()));
    assert_eq!(driver.model.form.input(Field::User).unwrap().value(), "ben[31m@corp");
}

#[test]
fn taking_a_similar_name_diagnoses_it() {
    let driver = Driver::new(80, 24).keys("bne@corp.example<enter>m<enter>");
    assert_eq!(driver.model.run().unwrap().case.user.as_str(), "ben@corp.example");
    assert_eq!(driver.model.runs.len(), 2);
}

#[test]
fn taking_one_of_several_people_diagnoses_them() {
    let driver = Driver::new(80, 24).keys("Ben Berg<enter>m<down>");
    assert!(driver.text().contains("Ben Berg, Corp, disabled"), "{}", driver.text());
    let driver = driver.keys("<enter>");
    assert_eq!(driver.model.run().unwrap().case.user.as_str(), "berg@corp.example");
}

/// A name that is like the one that was typed may be one of the people who are called so.
#[test]
fn nobody_is_listed_twice() {
    let text = Driver::company(80, 24).keys("Maria Santos<enter>m").text();
    let (_, list) = text.split_once("━━ Who is meant?").unwrap();
    for user_name in ["maria.santos@corp.example", "maria.santos2@corp.example"] {
        assert_eq!(list.matches(user_name).count(), 1, "{text}");
    }
}

#[test]
fn taking_an_instance_diagnoses_again_with_it() {
    let driver = Driver::new(80, 24).keys("bne@corp.example<enter>i<down><enter>");
    let settings = &driver.model.run().unwrap().case.settings;
    assert_eq!(settings.instance.as_ref().unwrap().value.as_str(), "arn:aws:sso:::instance/ssoins-0000000000000002");
}

#[test]
fn earlier_users_are_one_key_away() {
    let driver = Driver::new(80, 24).keys("ana@corp<enter>nben@corp<enter>p<up><enter>");
    assert_eq!(driver.model.run().unwrap().case.user.as_str(), "ana@corp");
    assert_eq!(driver.model.runs.len(), 2);
}

#[test]
fn reports_are_named_after_the_user_and_the_time() {
    let driver = Driver::new(80, 24).keys("ben@corp.example<enter>w<down><enter>");
    let [Effect::Write { name, contents }] = driver.effects.as_slice() else { panic!("{:?}", driver.effects) };
    assert_eq!(name, "sso-doctor-ben@corp.example-20261121T190000Z.json");
    assert!(
        contents.contains("\"user\": \"ben@corp.example\"") || contents.contains("\"user\":\"ben@corp.example\""),
        "{contents}"
    );
}

#[test]
fn the_sample_organization_is_one_key_away_when_nothing_can_start() {
    let driver = Driver::new(80, 24).keys("eve@corp<enter>s");
    assert!(driver.model.sample);
    assert!(driver.text().contains("Users of the sample organization"), "{}", driver.text());
    let driver = driver.keys("<down><enter>");
    assert!(driver.model.run().unwrap().origin.is_sample());
    assert!(driver.model.run().unwrap().case.settings.demo);
}

#[test]
fn the_footer_names_only_keys_that_do_something() {
    for keys in ["", "ben@corp<enter>", "eve@corp<enter>", "bne@corp<enter>m", "ben@corp<enter>?"] {
        let driver = Driver::new(320, 30).keys(keys);
        let text = driver.text();
        let footer = text.lines().last().unwrap();
        for action in [Action::People, Action::CopyCommand, Action::DidYouMean, Action::Instances] {
            let shown = footer.contains(action.label());
            assert_eq!(shown, is_available(&driver.model, action), "{} after {keys}: {footer}", action.name());
        }
    }
}

#[test]
fn help_names_every_action_and_its_keys() {
    let text = Driver::new(120, 70).keys("ben@corp<enter>?").text();
    for action in Action::ALL {
        assert!(text.contains(action.help()), "{} is missing", action.name());
    }
}

#[test]
fn five_thousand_groups_are_a_page_each() {
    let driver = Driver::new(80, 24).keys("many@corp<enter>e");
    assert!(driver.text().contains("Team-0000"));
    let driver = driver.keys("<end>");
    assert!(driver.text().contains("Team-4999"), "{}", driver.text());
}

#[test]
fn unfolding_shows_what_was_unfolded() {
    let driver = Driver::company(80, 24).keys("ines.costa@corp.example<enter>e");
    assert!(driver.text().contains("Evidence: 8 calls"), "{}", driver.text());
    assert!(!driver.keys("e").text().contains("request "));
}

#[test]
fn the_same_user_for_two_applications_can_be_told_apart() {
    let text = Driver::company(120, 30).keys("ana.silva@corp.example<enter>a<down><enter>p").text();
    for label in ["ana.silva@corp.example, Kiro", "ana.silva@corp.example, Amazon Q Developer"] {
        assert!(text.contains(label), "{label} is missing:\n{text}");
    }
}

#[test]
fn users_so_far_are_one_key_away_from_the_form_of_the_sample_organization() {
    let driver = Driver::company(80, 24).keys("ana.silva@corp.example<enter>n<f2>");
    assert!(driver.text().contains("Users so far"), "{}", driver.text());
    assert!(driver.keys("<enter>").model.layers.is_empty());
}

#[test]
fn the_sample_organization_stays_in_reach_after_the_reason_is_closed() {
    let driver = Driver::new(80, 24).keys("eve@corp<enter><esc>s");
    assert!(driver.model.sample, "{}", driver.text());
}

#[test]
fn an_instance_is_chosen_for_one_user_not_for_the_next() {
    let chosen = |driver: &Driver| driver.model.run().unwrap().case.settings.instance.is_some();
    let driver = Driver::new(80, 24).keys("bne@corp.example<enter>i<down><enter>");
    let driver = driver.keys("uhttps://corp.awsapps.com/start<enter>");
    assert!(chosen(&driver));
    assert!(!chosen(&driver.keys("nben@corp.example<enter>")));
}

#[test]
fn what_to_say_and_the_note_are_a_key_each() {
    let copied = |key: &str| {
        let driver = Driver::new(80, 24).keys("ben@corp.example<enter>").keys(key);
        let [Effect::Copy { text, .. }] = driver.effects.as_slice() else { panic!("{:?}", driver.effects) };
        text.clone()
    };
    assert!(copied("y").starts_with("Your account is fine"), "{}", copied("y"));
    assert!(copied("t").contains("ben@corp.example"), "{}", copied("t"));
}

#[rstest]
#[case::no_fix("ana@corp.example<enter>c", "There is nothing to fix")]
#[case::no_command("ivo@corp.example<enter>c", "This fix has no command")]
#[case::no_other_user("ana@corp.example<enter>p", "This is the only user so far")]
#[case::nothing_to_go_back_to("<esc>", "There is no diagnosis to go back to")]
#[case::a_page_on_top("ana@corp.example<enter>?c", "Close this first (Esc)")]
fn a_key_that_cannot_act_says_why(#[case] keys: &str, #[case] reason: &str) {
    let driver = Driver::new(80, 24).keys(keys);
    assert!(driver.text().lines().last().unwrap().contains(reason), "{}", driver.text());
    assert!(driver.effects.is_empty());
}

#[test]
fn where_only_a_later_fix_has_a_command_the_person_is_asked() {
    let driver = Driver::new(80, 24).keys("sue@corp.example<enter>c");
    assert!(driver.text().contains("The first fix has no command."), "{}", driver.text());
    let driver = driver.keys("<enter>");
    let [Effect::Copy { text, .. }] = driver.effects.as_slice() else { panic!("{:?}", driver.effects) };
    assert_eq!(text, "aws identitystore update-user");
}

#[test]
fn the_note_is_a_plain_page() {
    let driver = Driver::new(80, 24).keys("ben@corp.example<enter>v");
    assert!(
        driver.text().lines().nth(2).unwrap().starts_with("User: Ben Costa (ben@corp.example)"),
        "{}",
        driver.text()
    );
    assert!(driver.keys("v").model.layers.is_empty());
}

#[test]
fn what_a_cause_means_is_in_the_help_and_in_the_detail() {
    for keys in ["?", "e"] {
        let text = Driver::company(110, 40).keys("ines.costa@corp.example<enter>").keys(keys).text();
        assert!(text.contains("What this means"), "{text}");
    }
}
