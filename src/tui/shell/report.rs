//! Reports on disk: whole or not at all.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

/// Writes a file under its name once all of it is there.
pub(super) fn write(directory: &Path, name: &str, contents: &str) -> io::Result<PathBuf> {
    std::fs::create_dir_all(directory)?;
    let path = directory.join(name);
    let mut file = NamedTempFile::new_in(directory)?;
    file.write_all(contents.as_bytes())?;
    file.persist(&path)?;
    Ok(path)
}
