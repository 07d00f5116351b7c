//! A list of users, as it stands in a file or in what was pasted.

use std::collections::BTreeMap;

use super::TypedUser;

/// The column of a CSV file that names the user.
const COLUMN: &str = "user";

/// The longest list that is read, in bytes: more than the names of everybody in the largest directory take.
pub const LONGEST_LIST: u64 = 64 * 1024 * 1024;

/// The users of a list: everybody once, and in which places of it they stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserList {
    /// Everybody, once.
    pub users: Vec<TypedUser>,
    /// For each place of the list, who of these stands there.
    pub places: Vec<usize>,
}

impl UserList {
    /// Returns the users of a list that may name somebody twice.
    #[must_use]
    pub fn new(named: Vec<TypedUser>) -> Self {
        let mut known = BTreeMap::new();
        let mut list = Self::default();
        for user in named {
            let place = *known.entry(user.clone()).or_insert(list.users.len());
            if place == list.users.len() {
                list.users.push(user);
            }
            list.places.push(place);
        }
        list
    }
}

/// Why a text is no list of users.
#[derive(Debug, thiserror::Error)]
pub enum UserListError {
    /// It has a column for the user, and a line of it is no CSV.
    #[error("it could not be read as CSV: {0}")]
    BadCsv(#[from] csv::Error),
    /// Nobody stands in it.
    #[error("it names nobody: one user a line, or CSV with a column `{COLUMN}`")]
    Empty,
}

/// Returns the users of a list, in its order: one a line, or a CSV file with a column `user`. A line that can be no user
/// stands for itself, as nobody.
///
/// # Errors
/// If it is CSV with a column for the user and a line of it is not, or if it names nobody.
pub fn parse_user_list(listed: &str) -> Result<Vec<TypedUser>, UserListError> {
    let listed = listed.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(listed.as_bytes());
    let column = reader.headers()?.iter().position(|header| header.trim().eq_ignore_ascii_case(COLUMN));
    let mut users = Vec::new();
    match column {
        None => users.extend(listed.lines().filter_map(parse_line)),
        Some(column) => {
            for record in reader.records() {
                users.extend(record?.get(column).and_then(parse_line));
            }
        }
    }
    if users.is_empty() { Err(UserListError::Empty) } else { Ok(users) }
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
        let list = parse_user_list(listed).unwrap();
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
        let list = parse_user_list("ana\n\"\"\nben\n").unwrap();
        assert_eq!(list.iter().map(TypedUser::is_nobody).collect::<Vec<_>>(), [false, true, false]);
    }

    #[test]
    fn who_stands_twice_is_one_user() {
        let list = UserList::new(parse_user_list("ana\nben\nana\n").unwrap());
        assert_eq!((list.users.len(), list.places), (2, vec![0, 1, 0]));
    }

    #[test]
    fn nobody_at_all_is_no_list() {
        assert!(matches!(parse_user_list(" \n\n"), Err(UserListError::Empty)));
    }
}
