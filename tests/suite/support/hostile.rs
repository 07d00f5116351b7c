//! Organizations whose every text would do harm if it were not made safe.

use proptest::{collection::vec, prelude::*, sample::select};
use sso_doctor::{
    case::{Case, TypedUser},
    sources::demo::{
        ApplicationEntry, CallerEntry, GroupEntry, InstanceEntry, MemberEntry, Organization, OrganizationFile,
        RoleEntry, StatusEntry, UserEntry,
    },
};

use super::scenario::{Told, now};

/// Starts a line that a name must not be able to start.
const FORGED: &str = "\nFORGED: pass";

/// What harms a terminal, a report, a table, a page or a shell.
pub fn hostile() -> impl Strategy<Value = String> {
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
pub fn world() -> impl Strategy<Value = (Organization, Case)> {
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
            file.users[0].status = StatusEntry::Disabled;
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
