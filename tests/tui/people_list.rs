//! A list of people: pasted, opened from a file, or named at the start; a row a person.

use sso_doctor::{
    case::{TypedUser, UserList, parse_user_list},
    recording::Recording,
    tui::{
        message::{Effect, Message, OpenedFile},
        model::{Layer, Origin, Progress},
    },
};

use crate::driver::{Course, Driver};

/// Three whom one thing keeps out, one whom another does, and one who can sign in.
const TEAM: &str =
    "ines.costa@corp.example\nana.silva@corp.example\nfelix.braun@corp.example\nnobody.here@corp.example\n";

fn pasted(columns: u16, rows: u16) -> Driver {
    Driver::company(columns, rows).message(Message::Paste(TEAM.to_owned()))
}

/// The list page after everybody was asked about.
fn listed(columns: u16, rows: u16) -> Driver {
    pasted(columns, rows).keys("<enter>")
}

fn rows_of(driver: &Driver) -> Vec<String> {
    let list = driver.model.people_list.as_ref().unwrap();
    list.rows.iter().flatten().map(|row| format!("{}: {}", row.user, row.status.word())).collect()
}

#[test]
fn several_pasted_lines_are_offered_as_a_list() {
    let driver = pasted(80, 24);
    let screen = driver.text();
    assert!(screen.contains("4 people were pasted. Enter diagnoses them together"), "{screen}");
    assert!(driver.model.people_list.is_none(), "nothing is asked before somebody says so");
    let forgotten = driver.keys("<esc>");
    assert!(!forgotten.text().contains("were pasted"), "{}", forgotten.text());
}

#[test]
fn typing_forgets_a_pasted_list() {
    let driver = pasted(80, 24).keys("ana.silva@corp.example<enter>");
    assert!(driver.model.people_list.is_none());
    assert_eq!(driver.model.run().unwrap().case.user.as_str(), "ana.silva@corp.example");
}

#[test]
fn a_list_says_what_is_the_matter_with_each() {
    let driver = listed(80, 24);
    assert_eq!(driver.model.layers, [Layer::PeopleList]);
    let screen = driver.text();
    for told in
        ["4 people: 3 with a cause, 0 not certain, 1 healthy.", "People, problems first", "ana.silva@corp.example"]
    {
        assert!(screen.contains(told), "{told} is missing:\n{screen}");
    }
    let marks: Vec<char> = screen
        .lines()
        .filter(|line| line.contains("@corp.example  "))
        .filter_map(|line| line.chars().find(|letter| "✗▲?✓".contains(*letter)))
        .collect();
    assert_eq!(marks, ['✗', '✗', '✗', '✓'], "{screen}");
}

/// While some are not answered, rows stay where they were named; nobody unanswered counts as healthy.
#[test]
fn rows_stay_in_place_until_all_are_answered() {
    let driver = pasted(80, 24).on_course(Course::Hangs).keys("<enter>");
    let screen = driver.text();
    assert!(screen.contains("0 of 4 people, 0 with a cause"), "{screen}");
    assert_eq!(screen.matches("not answered yet").count(), 4, "{screen}");
    let places: Vec<usize> =
        TEAM.lines().map(|user| screen.lines().position(|line| line.contains(user)).unwrap()).collect();
    assert!(places.is_sorted(), "{screen}");
}

#[test]
fn escape_stops_the_asking_and_who_was_not_reached_is_not_certain() {
    let driver = pasted(80, 24).on_course(Course::Hangs).keys("<enter><esc>");
    assert!(driver.effects.contains(&Effect::Stop));
    let screen = driver.text();
    assert!(screen.contains("Stopped: who was not reached is not certain."), "{screen}");
    assert!(rows_of(&driver).iter().all(|row| row.ends_with("inconclusive")), "{:?}", rows_of(&driver));
    assert_eq!(driver.keys("<esc>").model.layers, [Layer::Form]);
}

#[test]
fn a_row_opens_the_diagnosis_and_escape_returns_to_the_list() {
    let driver = listed(80, 24).keys("<end><enter>");
    let run = driver.model.run().unwrap();
    assert_eq!((run.case.user.as_str(), run.progress), ("ana.silva@corp.example", Progress::Complete));
    assert_eq!(run.diagnosis.exit_status(), 0);
    let driver = driver.keys("<esc>");
    assert_eq!(driver.model.layers, [Layer::PeopleList]);
    assert!(driver.keys("<home><enter>").text().contains("IN NO GROUP WITH ACCESS"));
}

/// One diagnosis costs nothing: all that it says was learned with the list.
#[test]
fn opening_a_row_asks_nothing() {
    let driver = listed(80, 24);
    let number = driver.model.last_number;
    let driver = driver.on_course(Course::Hangs).keys("<enter>");
    assert!(!driver.model.is_running());
    assert_eq!(driver.model.last_number, number + 1);
}

#[test]
fn who_stands_twice_is_asked_about_once_and_has_two_rows() {
    let twice = format!("{TEAM}ana.silva@corp.example\n\"\"\n");
    let driver = Driver::company(80, 24).message(Message::Paste(twice)).keys("<enter>");
    let list = driver.model.people_list.as_ref().unwrap();
    assert_eq!((list.batch.cases.len(), list.places.len()), (5, 6));
    assert!(driver.text().contains("6 people: 3 with a cause, 1 not certain, 2 healthy."), "{}", driver.text());
}

#[test]
fn the_list_is_one_key_away_and_diagnosed_again_by_another() {
    let driver = listed(80, 24).keys("<esc>zoe<f5>");
    assert_eq!(driver.model.layers, [Layer::PeopleList]);
    let number = driver.model.people_list.as_ref().unwrap().batch.number;
    let driver = driver.keys("r");
    assert!(driver.model.people_list.as_ref().unwrap().batch.number > number);
    assert_eq!(rows_of(&driver).len(), 4);
}

#[test]
fn a_list_is_written_in_every_format() {
    let written = |keys: &str| {
        let driver = listed(80, 24).keys("w").keys(keys).keys("<enter>");
        let Some(Effect::Write { name, contents }) = driver.effects.last() else { panic!("nothing was written") };
        (name.clone(), contents.clone())
    };
    let (name, table) = written("");
    assert_eq!(name, "sso-doctor-list-20261121T190000Z.txt");
    assert!(table.contains("4 people: 3 with a cause"), "{table}");
    let (name, csv) = written("<down>");
    assert!(name.contains(".csv") && csv.starts_with("user,display_name,status"), "{csv}");
    assert_eq!(csv.lines().count(), 5);
    let (_, markdown) = written("<down><down>");
    assert!(markdown.starts_with("| User |") && markdown.contains("ines.costa"), "{markdown}");
    let (_, json) = written("<end>");
    assert_eq!(json.lines().filter(|line| line.starts_with("{\"schema\":1")).count(), 4, "{json}");
}

#[test]
fn the_summary_is_copied() {
    let driver = listed(80, 24).keys("t");
    let Some(Effect::Copy { text, .. }) = driver.effects.last() else { panic!("nothing was copied") };
    assert!(text.contains("Fix:") && text.contains("ines.costa@corp.example"), "{text}");
}

#[test]
fn a_recorded_list_is_shown_without_asking() {
    let recorded = listed(80, 24).keys("R");
    let Some(Effect::Write { contents, .. }) = recorded.effects.last() else { panic!("nothing was recorded") };
    let recording = Recording::read(contents).unwrap();
    let driver = opened(OpenedFile::Recording(Box::new(recording)));
    assert_eq!(rows_of(&driver), rows_of(&recorded));
    assert!(driver.text().contains("recording of 2026-11-21 19:00 UTC"), "{}", driver.text());
    let driver = driver.keys("r");
    assert!(driver.text().contains("nothing can be asked again"), "{}", driver.text());
    let driver = driver.keys("<enter>");
    assert!(matches!(driver.model.run().unwrap().origin, Origin::Recording(_)));
}

/// Those of a list share what was learned; a recording of one of them tells nothing about the others, and shows the same.
#[test]
fn a_recording_of_one_from_a_list_leaves_out_the_others() {
    let everybody: Vec<String> = crate::company::users().into_iter().map(|user| user.name).collect();
    for list in [TEAM.to_owned(), everybody.join("\n")] {
        let listed = Driver::company(80, 24).message(Message::Paste(list)).keys("<enter>");
        let place = listed
            .model
            .people_list
            .as_ref()
            .unwrap()
            .batch
            .cases
            .iter()
            .position(|case| case.user.as_str() == "ines.costa@corp.example");
        let mut driver = listed;
        driver.model.people_list.as_mut().unwrap().marked = place;
        let driver = driver.keys("<enter>R");
        let Some(Effect::Write { contents, .. }) = driver.effects.last() else { panic!("nothing was recorded") };
        assert!(contents.contains("ines.costa@corp.example"));
        assert!(!contents.contains("felix.braun@corp.example"), "somebody else is in it");
        let replayed = opened(OpenedFile::Recording(Box::new(Recording::read(contents).unwrap())));
        let told = |driver: &Driver| {
            let diagnosis = &driver.model.run().unwrap().diagnosis;
            let checks: Vec<_> = diagnosis.checks.iter().map(|check| (check.id, check.status, check.cause)).collect();
            (diagnosis.verdict.clone(), checks)
        };
        assert_eq!(told(&replayed), told(&driver));
    }
}

#[test]
fn a_recording_of_one_person_opens_as_a_diagnosis() {
    let recorded = Driver::company(80, 24).keys("ines.costa@corp.example<enter>R");
    let Some(Effect::Write { contents, .. }) = recorded.effects.last() else { panic!("nothing was recorded") };
    let driver = opened(OpenedFile::Recording(Box::new(Recording::read(contents).unwrap())));
    let verdict = |driver: &Driver| driver.model.run().unwrap().diagnosis.verdict.clone();
    assert_eq!(verdict(&driver), verdict(&recorded));
    for key in ["r", "W", "u", "h"] {
        let driver = opened(OpenedFile::Recording(Box::new(Recording::read(contents).unwrap()))).keys(key);
        assert!(driver.text().contains("nothing can be asked again"), "{key}: {}", driver.text());
        assert!(!driver.model.is_running());
    }
}

/// The app after a file was opened, as the shell tells it.
fn opened(file: OpenedFile) -> Driver {
    let driver = Driver::company(80, 24).on_course(Course::Hangs).keys("<f4>/tmp/it<enter>");
    let Some(Effect::OpenFile { number, path }) = driver.effects.last().cloned() else { panic!("nothing was opened") };
    assert_eq!(path, "/tmp/it");
    driver.message(Message::FileOpened(number, Ok(file)))
}

#[test]
fn a_file_of_names_is_a_list() {
    let people = parse_user_list(TEAM).unwrap();
    let driver = opened(OpenedFile::People(people));
    assert_eq!(driver.model.people_list.as_ref().unwrap().places.len(), 4);
    assert_eq!(driver.model.layers, [Layer::PeopleList]);
}

#[test]
fn a_file_that_cannot_be_opened_says_why_on_the_page() {
    let driver = Driver::company(80, 24).keys("<f4>/nowhere<enter>");
    let number = driver.model.last_number;
    let reason = "/nowhere cannot be read: No such file or directory".to_owned();
    let driver = driver.message(Message::FileOpened(number, Err(reason.clone())));
    assert_eq!(driver.model.layers.last(), Some(&Layer::File));
    assert!(driver.text().contains(&reason), "{}", driver.text());
    let driver = driver.keys("<esc>").message(Message::FileOpened(number, Err(reason)));
    assert_eq!(driver.model.layers, [Layer::Form], "what arrives late changes nothing");
}

/// With one person in it, a pasted file is no list to speak of, and shown as one all the same.
#[test]
fn a_csv_file_can_be_pasted() {
    let driver = Driver::company(80, 24).message(Message::Paste("User,Team\nana.silva@corp.example,A\n".to_owned()));
    assert_eq!(
        driver.model.form.pasted,
        Some(UserList::new(vec![TypedUser::parse("ana.silva@corp.example").unwrap()]))
    );
}

/// A list that runs is stopped by the diagnosis that somebody begins; it is not forgotten.
#[test]
fn another_diagnosis_stops_a_list() {
    let driver = pasted(80, 24).on_course(Course::Hangs).keys("<enter>nana.silva@corp.example<enter>");
    assert_eq!(driver.model.people_list.as_ref().unwrap().batch.progress, Progress::Cancelled);
    assert!(driver.model.is_running());
}
