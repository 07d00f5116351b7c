//! Finding a person: while the name is typed, and by reading the directory where nobody is found.

use sso_doctor::{
    domain::{IdentityStoreId, Instance, InstanceArn, PageToken, Region, User, UserId},
    facts::{Answer, Event, ListInstances, ListUsers, UserPage},
    tui::message::{Effect, Message},
};

use crate::driver::{Course, Driver};

const USERS: usize = 20_000;

fn store() -> IdentityStoreId {
    IdentityStoreId::new("d-1234567890")
}

/// A directory of 20,000 users, every thousandth of whom is called Zoë.
fn page(number: usize) -> Event {
    let region = Region::new("eu-west-1");
    let token = |number: usize| (number > 0).then(|| PageToken::new(format!("page-{number}")));
    let users = (number * 100..(number + 1) * 100).map(|place| User {
        id: UserId::new(format!("id-{place}")),
        user_name: Some(format!("user{place}")),
        display_name: Some(if place % 1_000 == 7 {
            format!("Zoë Ångström {place}")
        } else {
            format!("User {place}")
        }),
        given_name: None,
        family_name: None,
        nick_name: None,
        emails: Vec::new(),
        enabled: Some(place != 7),
        external: true,
    });
    let next = token(number + 1).filter(|_| (number + 1) * 100 < USERS);
    let query = ListUsers { region, store: store(), after: token(number) };
    Event::Answered(query.into(), Ok(Answer::ListUsers(UserPage { users: users.collect(), next })))
}

fn instances() -> Event {
    let region = Region::new("eu-west-1");
    let instance = Instance {
        arn: InstanceArn::new("arn:aws:sso:::instance/ssoins-1111222233334444"),
        identity_store: store(),
        name: Some("Example Corp".to_owned()),
        region: region.clone(),
        owner: None,
        status: Some("ACTIVE".to_owned()),
        regions: Vec::new(),
    };
    Event::Answered(ListInstances { region, all_regions: true }.into(), Ok(Answer::ListInstances(vec![instance])))
}

/// The app while it looks for Zoë, after so many pages.
fn looking_for_zoe(pages: usize) -> Driver {
    let driver = Driver::company(80, 24).on_course(Course::Hangs).keys("zoe angstrom<enter>");
    let number = driver.model.last_number;
    let events = std::iter::once(instances()).chain((0..pages).map(page)).collect();
    driver.message(Message::Learned(number, events))
}

#[test]
fn a_bar_shows_how_far_the_directory_was_read() {
    let screen = looking_for_zoe(100).text();
    assert!(screen.contains("████████░░░░░░░░ 10000 users read, 20000 at most, Esc stops"), "{screen}");
}

#[test]
fn people_found_so_far_can_be_chosen_while_reading_goes_on() {
    let driver = looking_for_zoe(20).keys("m");
    let screen = driver.text();
    assert!(screen.contains("Zoë Ångström 7 "), "{screen}");
    assert!(screen.contains("user7 · Example Corp · disabled"), "{screen}");
    assert!(!screen.contains("Zoë Ångström 2007"), "{screen}");
    let number = driver.model.last_number;
    let screen = driver.message(Message::Learned(number, vec![page(20)])).text();
    assert!(screen.contains("Zoë Ångström 2007"), "{screen}");
}

#[test]
fn reading_is_stopped_by_going_back() {
    let driver = looking_for_zoe(20).keys("m<esc>");
    assert!(driver.effects.contains(&Effect::Stop));
    assert!(!driver.model.is_running());
    let screen = driver.text();
    assert!(screen.contains("Who is meant? 2000 users were read; there are more"), "{screen}");
}

#[test]
fn what_is_typed_is_found_at_once_among_those_read_before() {
    let driver = looking_for_zoe(200).keys("<esc>n").keys("ang zo 19");
    let screen = driver.text();
    assert!(screen.contains("Called so, of 20000 users"), "{screen}");
    assert!(screen.contains("Zoë Ångström 19007  user19007 · Example Corp"), "{screen}");
    // Marking somebody leaves what was typed.
    let driver = driver.keys("<down>");
    assert!(driver.text().contains("ang zo 19"));
    let driver = driver.keys("<enter>");
    assert_eq!(driver.model.run().unwrap().case.user.as_str(), "user19007");
}

/// The pages that were read are not asked for again, unless somebody asks to diagnose again.
#[test]
fn the_next_caller_finds_the_pages_that_were_read() {
    let mut driver = looking_for_zoe(200).keys("<esc>nzoe<enter>");
    assert_eq!(*driver.model.run().unwrap().facts, sso_doctor::facts::Facts::new(crate::company::now()));
    driver = driver.keys("<esc>nzoe angstrom<enter>");
    let known = &driver.model.run().unwrap().facts;
    assert_eq!(known.all::<ListUsers>().count(), 200);
    driver = driver.keys("<esc>r");
    assert_eq!(driver.model.run().unwrap().facts.all::<ListUsers>().count(), 0);
}

/// Two of one name are shown as soon as both are known, without another key.
#[test]
fn people_of_one_name_are_shown() {
    let driver = Driver::company(80, 24).keys("maria santos<enter>");
    let screen = driver.text();
    assert!(screen.contains("Who is meant?"), "{screen}");
    let driver = driver.keys("<down><enter>");
    assert!(driver.model.run().unwrap().case.user.as_str().contains('@'));
}

/// A first name finds nobody by itself: who is called so is shown beside the verdict.
#[test]
fn a_first_name_shows_who_is_called_so() {
    let screen = Driver::company(80, 24).keys("maria<enter>").text();
    assert!(screen.contains("Who is meant?"), "{screen}");
    assert!(screen.contains("Maria Santos"), "{screen}");
}
