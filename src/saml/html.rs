//! A page of the web: recognised, and the fields of the form in it.

/// The tags that a page, or a part of one, begins with.
const BEGINNINGS: [&str; 8] = ["<!doctype html", "<html", "<head", "<body", "<form", "<script", "<title", "<meta"];

/// Returns true for a text that begins as a page of the web does.
pub(super) fn is_html(text: &str) -> bool {
    let mut rest = text.trim_start();
    loop {
        let end = if rest.starts_with("<?") {
            "?>"
        } else if rest.starts_with("<!--") {
            "-->"
        } else {
            break;
        };
        let Some((_, behind)) = rest.split_once(end) else { return false };
        rest = behind.trim_start();
    }
    BEGINNINGS.iter().any(|beginning| starts_with_tag(rest, beginning))
}

/// Returns true where a text begins with a tag, and not with a longer word.
fn starts_with_tag(text: &str, beginning: &str) -> bool {
    let Some((start, rest)) = text.split_at_checked(beginning.len()) else { return false };
    let is_end = rest.chars().next().is_none_or(|next| next.is_whitespace() || matches!(next, '>' | '/'));
    start.eq_ignore_ascii_case(beginning) && is_end
}

/// Returns the value of the field of that name, decoded.
pub(super) fn find_field(page: &str, name: &str) -> Option<String> {
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        rest = rest.get(start + 1..)?;
        let Some(body) = strip_word(rest, "input").or_else(|| strip_word(rest, "textarea")) else {
            continue;
        };
        let Tag { attributes, behind } = Tag::read(body);
        rest = behind;
        let find =
            |wanted: &str| attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(wanted)).map(|known| known.1);
        if find("name").is_none_or(|known| decode_entities(known) != name) {
            continue;
        }
        return Some(match find("value") {
            Some(value) => decode_entities(value),
            // A field of several lines has its value behind the tag.
            None => decode_entities(behind.split('<').next()?),
        });
    }
    None
}

fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(word.len())?;
    (start.eq_ignore_ascii_case(word) && rest.starts_with(|next: char| next.is_whitespace() || next == '/'))
        .then_some(rest)
}

/// A tag: its attributes as they are written, and what follows it.
struct Tag<'a> {
    attributes: Vec<(&'a str, &'a str)>,
    behind: &'a str,
}

impl<'a> Tag<'a> {
    fn read(body: &'a str) -> Self {
        let mut attributes = Vec::new();
        let mut rest = body;
        loop {
            rest = rest.trim_start_matches(|next: char| next.is_whitespace() || next == '/');
            if rest.is_empty() || rest.starts_with('>') {
                return Self { attributes, behind: rest.strip_prefix('>').unwrap_or(rest) };
            }
            let end =
                rest.find(|next: char| next.is_whitespace() || matches!(next, '=' | '>' | '/')).unwrap_or(rest.len());
            // A stray sign is passed over.
            let end = if end == 0 { rest.chars().next().map_or(rest.len(), char::len_utf8) } else { end };
            let (name, after) = rest.split_at(end);
            let Some(value) = after.trim_start().strip_prefix('=') else {
                rest = after;
                continue;
            };
            let value = value.trim_start();
            let quoted = value.chars().next().filter(|first| matches!(first, '"' | '\''));
            let (value, after) = match quoted {
                Some(quote) => {
                    let inside = value.get(1..).unwrap_or_default();
                    inside.split_once(quote).unwrap_or((inside, ""))
                }
                None => {
                    value.split_at(value.find(|next: char| next.is_whitespace() || next == '>').unwrap_or(value.len()))
                }
            };
            attributes.push((name, value));
            rest = after;
        }
    }
}

/// Decodes the entities that stand in such a value.
fn decode_entities(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        decoded.push_str(before);
        // The longest name of one that is known here, with its semicolon.
        let known = after
            .split_once(';')
            .filter(|(name, _)| name.len() <= 10)
            .and_then(|(name, behind)| decode_entity(name).map(|character| (character, behind)));
        if let Some((character, behind)) = known {
            decoded.push(character);
            rest = behind;
        } else {
            decoded.push('&');
            rest = after;
        }
    }
    decoded.push_str(rest);
    decoded
}

fn decode_entity(name: &str) -> Option<char> {
    let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok(),
        None => digits.parse().ok(),
    });
    number.and_then(char::from_u32).or(match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "plus" => Some('+'),
        "equals" => Some('='),
        "sol" => Some('/'),
        "NewLine" => Some('\n'),
        "Tab" => Some('\t'),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_found_however_the_page_is_written() {
        for page in [
            r#"<form><input type="hidden" name="SAMLResponse" value="ab&#x2b;c&#61;"/></form>"#,
            "<FORM><INPUT VALUE='ab&#43;c&#x3D;' NAME='SAMLResponse' TYPE=hidden></FORM>",
            "<p>a < b<input name=other value=x><input value=ab+c= name=SAMLResponse>",
            "<textarea name=\"SAMLResponse\">ab&plus;c&equals;</textarea>",
            "<input disabled / name = \"SAMLResponse\"\n value = \"ab+c=\">",
        ] {
            assert_eq!(find_field(page, "SAMLResponse").as_deref(), Some("ab+c="), "{page}");
        }
        for page in ["<input name=\"SAMLRequest\" value=\"x\">", "<input", "<input name=SAMLResponse value=", "<<<>"] {
            assert!(find_field(page, "SAMLResponse").unwrap_or_default().is_empty(), "{page}");
        }
    }

    #[test]
    fn a_page_is_told_from_metadata() {
        for page in
            ["<!DOCTYPE html>\n<html>", " <HTML lang=en>", "<?xml version='1.0'?><!-- x --><!doctype HTML PUBLIC \"\">"]
        {
            assert!(is_html(page), "{page}");
        }
        for other in ["<md:EntityDescriptor/>", "<!DOCTYPE md [", "<header/>", "<?xml version='1.0'?>"] {
            assert!(!is_html(other), "{other}");
        }
    }
}
