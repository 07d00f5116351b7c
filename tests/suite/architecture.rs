//! What ARCHITECTURE.md says of the source, held: which folder uses which, that no files use each other in a circle, and
//! what the pure folders never name.

use std::{collections::BTreeSet, path::Path, sync::LazyLock};

use crate::support::source_tree::{SourceTree, folder_of};

/// Every folder of `src`, and those that it may use; all of them stand further down.
const ARROWS: [(&str, &[&str]); 16] = [
    ("main", &["cli"]),
    (
        "cli",
        &[
            "recording",
            "checks",
            "tui",
            "report",
            "symptoms",
            "gather",
            "sources",
            "facts",
            "catalog",
            "case",
            "saml",
            "domain",
            "text",
        ],
    ),
    (
        "tui",
        &[
            "recording",
            "report",
            "symptoms",
            "checks",
            "gather",
            "sources",
            "facts",
            "catalog",
            "case",
            "saml",
            "domain",
            "text",
        ],
    ),
    ("report", &["symptoms", "checks", "analysis", "facts", "catalog", "case", "saml", "domain", "text"]),
    ("symptoms", &["checks", "analysis", "facts", "catalog", "case", "domain", "text"]),
    ("checks", &["analysis", "facts", "catalog", "case", "saml", "domain", "text"]),
    ("recording", &["facts", "case", "saml", "domain", "text"]),
    ("gather", &["analysis", "sources", "facts", "case", "domain"]),
    ("analysis", &["facts", "case", "saml", "domain", "text"]),
    ("sources", &["facts", "catalog", "case", "saml", "domain", "text"]),
    ("facts", &["domain"]),
    ("catalog", &["case", "text"]),
    ("case", &["saml", "domain", "text"]),
    ("saml", &[]),
    ("domain", &[]),
    ("text", &[]),
];

const PURE: [&str; 6] = ["analysis", "catalog", "checks", "facts", "saml", "symptoms"];

/// What a pure folder never names: files, sockets, clocks, tasks, terminals.
const IMPURE: [&str; 8] = [
    "std::fs",
    "std::net",
    "std::time::Instant",
    "std::time::SystemTime",
    "jiff::Timestamp::now",
    "tokio",
    "ratatui",
    "crossterm",
];

static SOURCE: LazyLock<SourceTree> =
    LazyLock::new(|| SourceTree::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")));

#[test]
fn arrows_run_one_way() {
    for (place, (folder, may_use)) in ARROWS.iter().enumerate() {
        for used in *may_use {
            let is_below = ARROWS[place + 1..].iter().any(|(below, _)| below == used);
            assert!(is_below, "{used} does not stand below {folder}");
        }
    }
    let mut wrong = Vec::new();
    for (user, used) in SOURCE.uses() {
        let may_use = ARROWS.iter().find(|(folder, _)| *folder == folder_of(user)).map_or(&[][..], |(_, used)| used);
        if folder_of(user) != folder_of(used) && !may_use.contains(&folder_of(used)) {
            wrong.push(format!("{user} uses {used}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    assert_eq!(SOURCE.circles(), BTreeSet::new());
}

#[test]
fn only_the_folder_for_aws_names_its_sdk() {
    let files = SOURCE.files_that_name(|path| path.starts_with("aws_"));
    assert!(!files.is_empty());
    assert_eq!(files.iter().find(|file| !file.starts_with("sources::aws")), None);
}

#[test]
fn pure_folders_name_no_file_socket_clock_task_or_terminal() {
    let is_impure =
        |path: &str| IMPURE.iter().any(|impure| path == *impure || path.starts_with(&format!("{impure}::")));
    let files = SOURCE.files_that_name(is_impure);
    assert!(files.contains("cli::setup"), "the command line reads the clock");
    assert_eq!(files.iter().find(|file| PURE.contains(&folder_of(file))), None);
}

#[test]
fn a_made_up_tree_is_read_as_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("lib.rs", "//! Says `use crate::low`.\npub mod high; pub mod low;");
    write(
        "high.rs",
        "use crate::{low::{self, Passed as Other}, other as o};\nfn f() { o::make(std::fs::read(low::X)) }",
    );
    write("low/mod.rs", "mod inside; mod one; mod two; pub(crate) use self::inside::Passed; pub struct Own;");
    write("low/inside.rs", "pub struct Passed; #[cfg(test)] mod tests { use crate::high; }");
    write("low/one.rs", "use super::{Own, two};\nmacro_rules! a { ($x:ident) => { jiff::Timestamp::now() }; }");
    write("low/two.rs", "mod deep { use jiff::Timestamp; fn f() { super::super::one::g(Timestamp::now()) } }");
    write("other.rs", "fn f() -> &'static str { \"crate::high\" }");

    let tree = SourceTree::read(folder.path());

    let uses = [
        ("high", "low"),
        ("high", "low::inside"),
        ("high", "other"),
        ("low::one", "low"),
        ("low::one", "low::two"),
        ("low::two", "low::one"),
    ];
    assert_eq!(tree.uses(), BTreeSet::from(uses));
    assert_eq!(tree.circles(), BTreeSet::from([("low::one", "low::two"), ("low::two", "low::one")]));
    assert_eq!(tree.files_that_name(|path| path == "jiff::Timestamp::now"), BTreeSet::from(["low::one", "low::two"]));
    assert_eq!(tree.files_that_name(|path| path.starts_with("std::fs")), BTreeSet::from(["high"]));
}
