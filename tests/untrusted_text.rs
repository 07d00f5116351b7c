//! Names, messages and what was typed can hold anything. Nothing of it can move a cursor, forge a line, break a table or
//! run in a shell.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail where it stands")]

mod support;

use std::sync::LazyLock;

use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::Value;
use sso_doctor::{
    diagnosis::Diagnosis,
    face::{self, Glyphs, Paint},
    facts::ObstacleKind,
    intake::{Case, TypedUser},
    sample::{
        ApplicationEntry, CallerEntry, GroupEntry, InstanceEntry, MemberEntry, Organization, OrganizationFile,
        RoleEntry, Sample, UserEntry,
    },
    text,
};
use support::{
    doctor,
    scenario::{Told, now},
    screen::{Asked, Screen},
};
use tokio::runtime::Runtime;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

/// Starts a line that a name must not be able to start.
const FORGED: &str = "\nFORGED: pass";

/// What harms a terminal, a report, a table, a page or a shell.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => select(vec![
            FORGED, "\r", "\u{1b}[2J", "\u{1b}]0;title\u{7}", "\u{9b}31m", "\u{202e}", "\u{2066}", "\u{200b}", "\u{2028}",
            "\u{feff}", "\u{e0041}", "\0", "|", "\\|", "\\", "`", "```", "\n```\n", "](https://elsewhere.example)", "<b>", "<!--",
            "*", "_", "#", "~~", "!", "&lt;", "$(reboot)", "`reboot`", "'; reboot; '", "\"", "'", "{user}", "%s", "-", "--flag", " ",
            "日本", "é", "Kiro",
        ]).prop_map(ToOwned::to_owned),
        1 => any::<String>(),
        1 => Just("x".repeat(300)),
    ];
    vec(piece, 1..5).prop_map(|pieces| pieces.concat())
}

/// An organization in which every text is hostile, and in which something is wrong, so that fixes are shown.
fn world() -> impl Strategy<Value = (Organization, Case)> {
    let names = vec(hostile(), 16);
    let told = (hostile(), proptest::option::of(hostile()), proptest::option::of(hostile()), any::<bool>());
    let wrong = (0..4_usize, any::<bool>(), any::<bool>());
    (names, told, wrong).prop_filter_map("nothing is left of the user's name", |(names, told, wrong)| {
        let (user, start_url, typed_region, is_there) = told;
        let (assigned, disabled, has_roles) = wrong;
        let typed = TypedUser::parse(&user).ok()?;
        let mut file = organization(&names, has_roles);
        let in_directory = if is_there { typed.as_str().to_owned() } else { format!("{user}{}", names[0]) };
        file.users.push(UserEntry { emails: Some(vec![names[1].clone()]), ..UserEntry::named(in_directory.clone()) });
        if disabled {
            file.users[0].status = sso_doctor::sample::StatusEntry::Disabled;
        }
        for (number, name) in names[2..5].iter().enumerate() {
            let members = if number == assigned { Vec::new() } else { vec![MemberEntry::User(in_directory.clone())] };
            file.groups.push(GroupEntry { members, ..GroupEntry::named(format!("{number}{name}")) });
        }
        let chosen = file.groups.get(assigned).map(|group| group.name.clone());
        file.applications[0].assigned_groups = chosen.into_iter().collect();
        let organization = Organization::new(&file, now()).ok()?;
        let told = Told { user, start_url, typed_region, alias_url: Some(names[5].clone()), ..Told::default() };
        Some((organization, told.case()))
    })
}

fn organization(names: &[String], has_roles: bool) -> OrganizationFile {
    let application = |name: String, more: &str| ApplicationEntry {
        name: format!("{name}{more}"),
        provider: "codewhisperer".to_owned(),
        created_from: "us-east-1".to_owned(),
        ..ApplicationEntry::default()
    };
    let mut file = OrganizationFile {
        caller: CallerEntry { arn: Some(names[6].clone()), ..CallerEntry::default() },
        instances: vec![InstanceEntry {
            name: names[7].clone(),
            key: Some(names[8].clone()),
            ..InstanceEntry::default()
        }],
        users: Vec::new(),
        groups: Vec::new(),
        applications: vec![
            application("KiroProfile-".to_owned(), &names[9]),
            application("Kiro Sign-In - ".to_owned(), &names[10]),
            ApplicationEntry { name: names[11].clone(), ..ApplicationEntry::default() },
        ],
        ..OrganizationFile::default()
    };
    if has_roles {
        let path = Some(names[12].clone());
        file.roles = file.roles.into_iter().map(|role| RoleEntry { path: path.clone(), ..role }).collect();
    }
    file
}

/// Some calls are denied or fail, in words of whoever stands in between.
fn obstacle(asked: &Asked, places: &[bool], reason: &str) -> Option<ObstacleKind> {
    let place = usize::from(asked.operation.action().len().is_multiple_of(2)) + asked.operation.action().len() % 3;
    places[place].then(|| match place {
        0 => ObstacleKind::Denied,
        1 => ObstacleKind::KeyUnusable(reason.to_owned()),
        _ => ObstacleKind::Unreachable,
    })
}

fn is_safe(shown: &str, face: &str) -> Result<(), TestCaseError> {
    let foul = shown.chars().find(|&character| character != '\n' && text::is_invisible(character));
    prop_assert!(foul.is_none(), "{face}: {foul:?} in {shown:?}");
    let forged = shown.lines().find(|line| line.trim_start().starts_with("FORGED"));
    prop_assert!(forged.is_none(), "{face}: {forged:?}");
    Ok(())
}

/// Every row of the table has its three cells and no more.
fn has_a_whole_table(markdown: &str) -> Result<(), TestCaseError> {
    let rows: Vec<&str> = markdown.lines().filter(|line| line.starts_with("| ")).collect();
    prop_assert_eq!(rows.len(), 2 + 8, "{}", markdown);
    for row in rows {
        prop_assert_eq!(cells(row), 3, "{}", row);
    }
    Ok(())
}

/// The cells of a row: a bar that is not escaped ends one.
fn cells(row: &str) -> usize {
    let mut escaped = false;
    let mut bars = 0_usize;
    for character in row.chars() {
        match character {
            '\\' => escaped = !escaped,
            '|' if !escaped => bars += 1,
            _ => escaped = false,
        }
        if character == '|' {
            escaped = false;
        }
    }
    bars.saturating_sub(1)
}

/// A fence that a command opens is closed by nothing but its own end, so fences come in pairs.
fn has_whole_fences(markdown: &str, commands: usize) -> Result<(), TestCaseError> {
    let fences = markdown.lines().filter(|line| line.starts_with("```")).count();
    prop_assert_eq!(fences, commands * 2, "{}", markdown);
    Ok(())
}

fn strings(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| strings(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| strings(value, found)),
        _ => {}
    }
}

fn all_faces_are_safe(diagnosis: &Diagnosis) -> Result<(), TestCaseError> {
    // The first line begins with what was typed, and may begin with anything.
    let text = face::text(diagnosis, Glyphs::Unicode, Paint::Plain);
    is_safe(text.split_once('\n').map_or("", |(_, rest)| rest), "text")?;

    let markdown = face::markdown(diagnosis);
    is_safe(&markdown, "markdown")?;
    has_a_whole_table(&markdown)?;
    let shown = diagnosis.checks.iter().flat_map(|check| &check.fixes).filter(|fix| fix.command.is_some());
    has_whole_fences(&markdown, shown.count())?;

    let json = face::json(diagnosis);
    prop_assert!(!json.contains('\n'));
    let mut shown = Vec::new();
    strings(&serde_json::from_str(&json).unwrap(), &mut shown);
    for text in shown {
        let foul = text.chars().find(|&character| text::is_invisible(character));
        prop_assert!(foul.is_none(), "{foul:?} in {text:?}");
    }
    Ok(())
}

/// A shell reads the words that the command was made of: its own, plain ones, and names whole.
fn commands_are_quoted(diagnosis: &Diagnosis, names: &[String]) -> Result<(), TestCaseError> {
    let plain =
        |word: &str| word.chars().all(|character| character.is_ascii_alphanumeric() || "-_=:/.,@".contains(character));
    let commands = diagnosis.checks.iter().flat_map(|check| &check.fixes).filter_map(|fix| fix.command.as_deref());
    for command in commands {
        let words = shlex::split(command);
        prop_assert!(words.is_some(), "{command}");
        for word in words.unwrap_or_default() {
            let is_name = names.iter().any(|name| *name == word || word.ends_with(&format!("={name}")));
            prop_assert!(plain(&word) || is_name, "{word:?} in {command}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_hostile_survives_into_a_report(
        (organization, case) in world(),
        message in hostile(),
        places in any::<[bool; 4]>(),
    ) {
        let port = Screen::blocking(Sample::new(organization, None), |asked: &Asked| obstacle(asked, &places, &message));
        let diagnosis = RUNTIME.block_on(doctor::diagnose(&port.saying(&message), &case, now()));
        all_faces_are_safe(&diagnosis)?;
        commands_are_quoted(&diagnosis, &[case.user.as_str().to_owned()])?;
    }

    #[test]
    fn without_obstacles_neither((organization, case) in world()) {
        let diagnosis = RUNTIME.block_on(doctor::diagnose(&Sample::new(organization, None), &case, now()));
        all_faces_are_safe(&diagnosis)?;
        commands_are_quoted(&diagnosis, &[case.user.as_str().to_owned()])?;
    }

    #[test]
    fn what_is_quoted_is_one_word_of_a_shell(text in prop_oneof![hostile(), any::<String>()]) {
        if let Some(quoted) = text::quote(&text) {
            prop_assert_eq!(shlex::split(&quoted), Some(vec![text]));
        }
    }

    #[test]
    fn what_is_clean_is_one_visible_line(text in prop_oneof![hostile(), any::<String>()]) {
        let clean = text::clean(&text);
        prop_assert!(!clean.chars().any(text::is_invisible));
        prop_assert!(clean.chars().count() <= text.chars().count());
    }
}
