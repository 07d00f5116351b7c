//! A file, or standard input, read whole as text.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use crate::case::config::show_path;

/// Stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Why there is no text.
#[derive(Debug, thiserror::Error)]
pub enum TextFileError {
    /// It cannot be read.
    #[error("{name} cannot be read: {source}")]
    Unreadable {
        /// The file.
        name: String,
        /// Why.
        source: io::Error,
    },
    /// It is longer than anything that was meant.
    #[error("{name} is too long: {most} MiB are the most")]
    TooLong {
        /// The file.
        name: String,
        /// The limit, in MiB.
        most: u64,
    },
    /// It is something else.
    #[error("{0} is no text in UTF-8")]
    NoText(String),
}

/// Returns what errors call the file of that path.
#[must_use]
pub fn name_text_file(path: &Path) -> String {
    if path == Path::new(STANDARD_INPUT) { "standard input".to_owned() } else { show_path(path) }
}

/// Reads a text of at most so many bytes; `-` is standard input.
///
/// # Errors
/// If it cannot be read, is longer, or is no UTF-8.
pub fn read_text_file(path: &Path, most_bytes: u64) -> Result<String, TextFileError> {
    let name = name_text_file(path);
    let bytes = match read_bytes(path, most_bytes) {
        Ok(bytes) => bytes,
        Err(source) => return Err(TextFileError::Unreadable { name, source }),
    };
    if bytes.len() as u64 > most_bytes {
        return Err(TextFileError::TooLong { name, most: most_bytes / (1024 * 1024) });
    }
    String::from_utf8(bytes).map_err(|_| TextFileError::NoText(name))
}

fn read_bytes(path: &Path, most_bytes: u64) -> io::Result<Vec<u8>> {
    let source: Box<dyn Read> =
        if path == Path::new(STANDARD_INPUT) { Box::new(io::stdin().lock()) } else { Box::new(File::open(path)?) };
    let mut bytes = Vec::new();
    // One byte more than the limit tells that there is more.
    source.take(most_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}
