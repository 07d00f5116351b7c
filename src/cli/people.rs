//! Who is to be diagnosed: named on the command line, in a file, or by their group.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read},
    path::Path,
};

use anyhow::{Context, ensure};

use crate::{
    case::{TypedUser, config::show_path},
    text,
};

/// More than the names of everybody in the largest directory take.
const LONGEST_FILE: u64 = 64 * 1024 * 1024;

/// The column of a CSV file that names the user.
const COLUMN: &str = "user";

/// The people of a run: everybody once, and in which places of the list they stand.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct People {
    /// Everybody, once.
    pub(super) users: Vec<TypedUser>,
    /// For each place of the list, who stands there.
    pub(super) places: Vec<usize>,
}

impl People {
    /// Returns the people of a list that may name somebody twice.
    pub(super) fn new(list: Vec<TypedUser>) -> Self {
        let mut known = BTreeMap::new();
        let mut people = Self::default();
        for user in list {
            let place = *known.entry(user.clone()).or_insert(people.users.len());
            if place == people.users.len() {
                people.users.push(user);
            }
            people.places.push(place);
        }
        people
    }
}

/// Returns the people that the command line names.
///
/// # Errors
/// If one of the words can be no user.
pub(super) fn read_words(words: &[String]) -> anyhow::Result<Vec<TypedUser>> {
    let parse = |word: &String| TypedUser::parse(word).with_context(|| format!("`{}` is no user", text::clean(word)));
    words.iter().map(parse).collect()
}

/// Returns the people of a file, `-` for standard input: one a line, or a CSV file with a column `user`. A line that can be
/// no user stands for itself.
///
/// # Errors
/// If it cannot be read, is no text, or names nobody.
pub(super) fn read_file(path: &Path) -> anyhow::Result<Vec<TypedUser>> {
    let (name, bytes) = if path == Path::new("-") {
        let mut bytes = Vec::new();
        let read = io::stdin().lock().take(LONGEST_FILE + 1).read_to_end(&mut bytes);
        read.context("standard input could not be read")?;
        ("standard input".to_owned(), bytes)
    } else {
        let name = show_path(path);
        let file = fs::File::open(path).with_context(|| format!("{name} could not be read"))?;
        let mut bytes = Vec::new();
        let read = file.take(LONGEST_FILE + 1).read_to_end(&mut bytes);
        read.with_context(|| format!("{name} could not be read"))?;
        (name, bytes)
    };
    ensure!(bytes.len() as u64 <= LONGEST_FILE, "{name} is too long for a list of people (64 MiB at most)");
    let listed = String::from_utf8(bytes).ok().with_context(|| format!("{name} is no text in UTF-8"))?;
    let list = parse_list(&listed).with_context(|| format!("{name} could not be read as CSV"))?;
    ensure!(!list.is_empty(), "{name} names nobody: one user a line, or CSV with a column `{COLUMN}`");
    Ok(list)
}

/// Returns the people of a list, in its order.
///
/// # Errors
/// If it is CSV with a column for the user, and a line of it is not.
fn parse_list(listed: &str) -> csv::Result<Vec<TypedUser>> {
    let listed = listed.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(listed.as_bytes());
    let column = reader.headers()?.iter().position(|header| header.trim().eq_ignore_ascii_case(COLUMN));
    let Some(column) = column else {
        return Ok(listed.lines().filter_map(parse_line).collect());
    };
    let mut list = Vec::new();
    for record in reader.records() {
        list.extend(record?.get(column).and_then(parse_line));
    }
    Ok(list)
}

/// Returns who a line names; `None` for an empty one.
fn parse_line(line: &str) -> Option<TypedUser> {
    if line.trim().is_empty() {
        return None;
    }
    Some(TypedUser::parse(line).unwrap_or_else(|_| TypedUser::nobody(line)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(listed: &str) -> Vec<String> {
        let list = parse_list(listed).unwrap();
        list.iter().map(|user| user.as_str().to_owned()).collect()
    }

    #[test]
    fn a_list_is_a_name_a_line() {
        assert_eq!(
            names("ana\n\n  ben@corp.example;\r\nInes Costa <ines@corp.example>\n"),
            ["ana", "ben@corp.example", "ines@corp.example"]
        );
    }

    #[test]
    fn of_a_csv_file_the_column_user_counts() {
        let listed = "\u{feff}Team,User,Note\nA,ana,\"one, two\"\nB,,nobody\nC,\"ben\"\n";
        assert_eq!(names(listed), ["ana", "ben"]);
    }

    #[test]
    fn a_line_that_can_be_no_user_stays_in_its_place() {
        let list = parse_list("ana\n\"\"\nben\n").unwrap();
        assert_eq!(list.iter().map(TypedUser::is_nobody).collect::<Vec<_>>(), [false, true, false]);
    }

    #[test]
    fn who_stands_twice_is_one_person() {
        let people = People::new(parse_list("ana\nben\nana\n").unwrap());
        assert_eq!((people.users.len(), people.places), (2, vec![0, 1, 0]));
    }
}
