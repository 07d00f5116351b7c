//! `--saw` and `--saw-file`: what the user saw.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::Path,
};

use anyhow::Context;

use super::arguments::Seen;
use crate::{case::Saw, symptoms, text};

/// Of a file the last part counts: what happened last stands there.
const LAST_PART: u64 = 1024 * 1024;

/// Returns what was recognised of what the user saw; `None` where nothing of it was told.
///
/// # Errors
/// If a file cannot be read; the error names it.
pub(super) fn read_seen(seen: &Seen) -> anyhow::Result<Option<Saw>> {
    let mut told = seen.saw.clone();
    if let Some(path) = &seen.saw_file {
        let name = text::clean(&path.to_string_lossy());
        told.push(decode(&read_last_part(path).with_context(|| format!("{name} cannot be read"))?));
    }
    Ok(symptoms::recognize_told(&told))
}

fn read_last_part(path: &Path) -> io::Result<Vec<u8>> {
    if path == Path::new("-") {
        return read_last_of_stream(io::stdin().lock());
    }
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    if length > LAST_PART && file.seek(SeekFrom::Start(length - LAST_PART)).is_ok() {
        let mut bytes = Vec::new();
        file.take(LAST_PART).read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    read_last_of_stream(file)
}

/// Returns the last part of what comes, without keeping what came before.
fn read_last_of_stream(mut stream: impl Read) -> io::Result<Vec<u8>> {
    let mut last = Vec::new();
    loop {
        let read = stream.by_ref().take(LAST_PART).read_to_end(&mut last)?;
        let too_much = last.len().saturating_sub(usize::try_from(LAST_PART).unwrap_or(usize::MAX));
        last.drain(..too_much);
        if read == 0 {
            return Ok(last);
        }
    }
}

/// Returns the text of a file. Windows writes logs in UTF-16 as well, with a mark at the beginning.
fn decode(bytes: &[u8]) -> String {
    let wide = |units: &[u8], from: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = units.as_chunks::<2>().0.iter().map(|pair| from(*pair)).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        // Without the mark, which stood in a part that was not read: every other byte is empty.
        _ if is_wide(bytes) => {
            wide(bytes.get(usize::from(bytes.first() == Some(&0))..).unwrap_or_default(), u16::from_le_bytes)
        }
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

fn is_wide(bytes: &[u8]) -> bool {
    let empty = bytes.iter().take(512).filter(|byte| **byte == 0).count();
    empty > 64
}
