//! From bytes to text, whichever way a browser, an editor or a shell wrote it.

use super::unreadable::Unreadable;

/// Returns the text of a file without its byte order mark. Windows shells write UTF-16.
pub(super) fn read_text(bytes: &[u8], expected: &'static str) -> Result<String, Unreadable> {
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => decode_utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => decode_utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] | rest => std::str::from_utf8(rest).ok().map(ToOwned::to_owned),
    };
    let text = text.ok_or(Unreadable::NotText(expected))?;
    if text.trim().is_empty() { Err(Unreadable::Empty(expected)) } else { Ok(text) }
}

fn decode_utf16(bytes: &[u8], read: fn([u8; 2]) -> u16) -> Option<String> {
    let units = bytes.as_chunks::<2>().0.iter().map(|unit| read(*unit));
    char::decode_utf16(units).collect::<Result<String, _>>().ok()
}
