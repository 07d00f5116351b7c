//! Base64 as it reaches us: broken into lines, in the alphabet for URLs, without padding, half percent-decoded.

use ::base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use percent_encoding::percent_decode_str;

use super::{text_of_bytes::read_text, unreadable::Unreadable};

const EXPECTED: &str = "the value of SAMLResponse, in base64";

/// The longest base64 text, in bytes.
const BASE64_BYTES: usize = 512 * 1024;
const BASE64_LIMIT: &str = "512 KiB";

/// The most that a compressed message may hold, in bytes.
const INFLATED_BYTES: usize = 1024 * 1024;
const INFLATED_LIMIT: &str = "1 MiB";

/// How often a value may have been percent-encoded: by a form, and by whoever copied that.
const ENCODINGS: usize = 3;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true),
);

/// Returns the XML of a message that was posted or sent in an address: base64, perhaps of a compressed text.
pub(super) fn decode_message(encoded: &str) -> Result<String, Unreadable> {
    let encoded = decode_percents(encoded.trim());
    if encoded.trim_start().starts_with('<') {
        return Ok(encoded);
    }
    if encoded.len() > BASE64_BYTES {
        return Err(Unreadable::TooLarge { what: "its base64 text", limit: BASE64_LIMIT });
    }
    let plain = read_base64(&encoded);
    if !encoded.trim().contains(' ') {
        return plain;
    }
    // A blank inside is the plus of a form that somebody decoded, unless the lines were joined by it.
    match read_base64(&encoded.trim().replace(' ', "+")) {
        Ok(xml) if plain.is_err() || !is_whole(&plain) => Ok(xml),
        _ => plain,
    }
}

fn is_whole(message: &Result<String, Unreadable>) -> bool {
    message.as_ref().is_ok_and(|xml| super::xml::parse(xml, EXPECTED).is_ok())
}

fn read_base64(encoded: &str) -> Result<String, Unreadable> {
    inflate_if_needed(&decode(encoded).ok_or_else(not_base64)?)
}

fn not_base64() -> Unreadable {
    Unreadable::Other { found: "neither XML, nor base64, nor a form, nor JSON", expected: EXPECTED }
}

/// Returns the bytes of a base64 text, whatever happened to it on the way.
pub(super) fn decode(encoded: &str) -> Option<Vec<u8>> {
    let letters: String = encoded
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .map(|letter| match letter {
            '-' => '+',
            '_' => '/',
            other => other,
        })
        .collect();
    let letters = letters.trim_end_matches('=');
    if letters.is_empty() { None } else { LENIENT.decode(letters).ok() }
}

/// Decodes what is left of percent-encoding. A plus is a plus.
pub(super) fn decode_percents(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..ENCODINGS {
        if !text.contains('%') || text.trim_start().starts_with('<') {
            break;
        }
        text = percent_decode_str(&text).decode_utf8_lossy().into_owned();
    }
    text
}

/// Returns the text of decoded bytes: XML as it stands, or compressed.
fn inflate_if_needed(bytes: &[u8]) -> Result<String, Unreadable> {
    if looks_like_xml(bytes) {
        return read_text(bytes, EXPECTED);
    }
    let inflated = decompress_to_vec_with_limit(bytes, INFLATED_BYTES).map_err(|error| {
        if error.status == miniz_oxide::inflate::TINFLStatus::HasMoreOutput {
            Unreadable::TooLarge { what: "its compressed text", limit: INFLATED_LIMIT }
        } else {
            Unreadable::Other { found: "base64 of something that is no XML", expected: EXPECTED }
        }
    })?;
    if looks_like_xml(&inflated) {
        return read_text(&inflated, EXPECTED);
    }
    Err(Unreadable::Other { found: "base64 of something that is no XML", expected: EXPECTED })
}

fn looks_like_xml(bytes: &[u8]) -> bool {
    let has_mark = [&[0xEF, 0xBB, 0xBF][..], &[0xFF, 0xFE], &[0xFE, 0xFF]].iter().any(|mark| bytes.starts_with(mark));
    has_mark || bytes.trim_ascii_start().starts_with(b"<")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_in_every_state_in_which_it_arrives() {
        // Encodes to text with a plus, a slash and padding.
        let xml = "<r a='\u{3bf}~~~???>>>\u{fb}\u{ff}'/>\n";
        let usual = ::base64::prelude::BASE64_STANDARD.encode(xml);
        assert!(usual.contains('+') || usual.contains('/'), "{usual}");
        let lines = usual.as_bytes().chunks(20).map(|line| std::str::from_utf8(line).unwrap());
        let arrived = [
            usual.clone(),
            lines.collect::<Vec<_>>().join("\r\n"),
            usual.replace('+', "-").replace('/', "_"),
            usual.trim_end_matches('=').to_owned(),
            usual.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D"),
            usual.replace('+', "%252B").replace('=', "%253D"),
            usual.replace('+', " "),
        ];
        for text in arrived {
            assert_eq!(decode_message(&text).as_deref(), Ok(xml), "{text}");
        }
    }

    #[test]
    fn what_is_compressed_has_a_limit() {
        let deflate = |text: &str| {
            ::base64::prelude::BASE64_STANDARD.encode(miniz_oxide::deflate::compress_to_vec(text.as_bytes(), 6))
        };
        assert_eq!(decode_message(&deflate("<r/>")).as_deref(), Ok("<r/>"));
        let bomb = format!("<r>{}</r>", " ".repeat(INFLATED_BYTES));
        assert!(decode_message(&deflate(&bomb)).unwrap_err().to_string().contains("1 MiB"));
        assert!(decode_message(&"A".repeat(BASE64_BYTES + 1)).unwrap_err().to_string().contains("512 KiB"));
        assert!(decode_message("hello world").is_err());
    }
}
