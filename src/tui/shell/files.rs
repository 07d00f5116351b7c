//! Files: reports are written whole or not at all; lists of people and recordings are opened.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use crate::{
    case::parse_user_list,
    recording::{LONGEST_FILE, Recording},
    sources::{name_text_file, read_text_file},
    tui::message::OpenedFile,
};

/// Opens a list of people or a recording, whichever it is, or says why it cannot.
pub(super) fn open_file(typed: &str) -> Result<OpenedFile, String> {
    let path = find_path(typed);
    let contents = read_text_file(&path, LONGEST_FILE).map_err(|error| error.to_string())?;
    let name = name_text_file(&path);
    if contents.trim_start().starts_with('{') {
        let recording = Recording::read(&contents).map_err(|error| format!("{name}: {error}"))?;
        return Ok(OpenedFile::Recording(Box::new(recording)));
    }
    let people = parse_user_list(&contents).map_err(|error| format!("{name}: {error}"))?;
    Ok(OpenedFile::People(people))
}

/// Returns the path that was typed as a shell would take it. Nothing that is typed here is standard input.
fn find_path(typed: &str) -> PathBuf {
    match (typed.strip_prefix("~/"), etcetera::home_dir()) {
        (Some(rest), Ok(home)) => home.join(rest),
        _ if typed == "-" => PathBuf::from("./-"),
        _ => PathBuf::from(typed),
    }
}

/// Writes a file into the first of these directories that takes it, or says why none did.
pub(super) fn write_report(
    directories: impl IntoIterator<Item = PathBuf>,
    name: &str,
    contents: &str,
) -> Result<PathBuf, String> {
    let mut reasons = Vec::new();
    for directory in directories {
        match write_into(&directory, name, contents) {
            Ok(path) => return Ok(path),
            Err(error) => reasons.push(format!("{}: {}", directory.display(), error.kind())),
        }
    }
    Err(reasons.join("; "))
}

/// The file has its name once all of it is there.
fn write_into(directory: &Path, name: &str, contents: &str) -> io::Result<PathBuf> {
    std::fs::create_dir_all(directory)?;
    let path = directory.join(name);
    let mut file = NamedTempFile::new_in(directory)?;
    file.write_all(contents.as_bytes())?;
    file.persist(&path)?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::write_report;

    #[test]
    fn the_next_directory_takes_what_one_cannot() {
        let home = tempfile::tempdir().unwrap();
        let no_directory = home.path().join("file");
        std::fs::write(&no_directory, "").unwrap();
        let path = write_report([no_directory.clone(), home.path().to_owned()], "report.md", "all of it").unwrap();
        assert_eq!(path, home.path().join("report.md"));
        assert_eq!(std::fs::read_to_string(path).unwrap(), "all of it");

        let reason = write_report([no_directory.clone(), no_directory.join("below")], "report.md", "").unwrap_err();
        assert!(reason.starts_with(&format!("{}: ", no_directory.display())), "{reason}");
        assert!(reason.contains("; "), "{reason}");
    }
}
