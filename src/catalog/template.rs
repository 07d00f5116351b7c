//! Sentences and commands with placeholders.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::placeholder::Placeholder;
use crate::text;

/// The domain of the AWS consoles outside GovCloud, China and the other partitions.
pub(super) const COMMERCIAL_CONSOLE: &str = "console.aws.amazon.com";

/// Returns the domain of a partition's consoles, where its form is known.
///
/// Source: "Service endpoints" in the AWS GovCloud (US) User Guide, "Getting started" in the AWS China User Guide.
pub(crate) fn find_console_domain(partition: &str) -> Option<&'static str> {
    match partition {
        "aws" => Some(COMMERCIAL_CONSOLE),
        "aws-us-gov" => Some("console.amazonaws-us-gov.com"),
        "aws-cn" => Some("console.amazonaws.cn"),
        _ => None,
    }
}

/// A text with placeholders, checked when it is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Template(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Placeholder(Placeholder),
}

/// The values of the placeholders, as AWS or people supplied them; what is unknown is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Values {
    values: BTreeMap<Placeholder, String>,
    /// True if a placeholder is shown by its name, for explaining a cause without a case.
    by_name: bool,
}

impl Values {
    /// Returns values that show every placeholder by its name.
    pub(crate) fn show_names() -> Self {
        Self { values: BTreeMap::new(), by_name: true }
    }

    /// Puts a value in.
    pub(crate) fn set(&mut self, placeholder: Placeholder, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.values.insert(placeholder, value);
        }
    }

    /// Puts a value in, when there is one.
    pub(crate) fn set_if_known(&mut self, placeholder: Placeholder, value: Option<impl Into<String>>) {
        if let Some(value) = value {
            self.set(placeholder, value);
        }
    }

    /// Returns these values put over others.
    pub(crate) fn put_over(&self, below: &Self) -> Self {
        let mut values = below.values.clone();
        values.extend(self.values.iter().map(|(placeholder, value)| (*placeholder, value.clone())));
        Self { values, by_name: self.by_name }
    }

    pub(crate) fn get(&self, placeholder: Placeholder) -> Option<&str> {
        self.values.get(&placeholder).map(String::as_str)
    }
}

/// Returns a text of a file in one line: it may break lines, or hold what cannot be shown.
pub(super) fn join_lines(words: &str) -> String {
    text::paragraph(&words.split_whitespace().collect::<Vec<_>>().join(" "))
}

impl Template {
    fn parse(source: &str) -> Result<Self, String> {
        let source = join_lines(source);
        let mut pieces = Vec::new();
        let mut rest = source.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or("a `{` without its `}`")?;
            let placeholder =
                Placeholder::from_code(name).ok_or_else(|| format!("there is no placeholder `{{{name}}}`"))?;
            pieces.push(Piece::Text(before.to_owned()));
            pieces.push(Piece::Placeholder(placeholder));
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Ok(Self(pieces))
    }

    /// Returns the text for people: a value that is not known is paraphrased.
    pub(crate) fn write_text(&self, values: &Values) -> String {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Placeholder(placeholder) => match values.get(*placeholder) {
                Some(value) => text::clean(value),
                None if values.by_name => format!("<{}>", placeholder.code().replace('_', "-")),
                None => placeholder.text_when_unknown().to_owned(),
            },
        });
        pieces.collect()
    }

    /// Returns the same, but `None` if a value is absent that cannot be paraphrased: such a sentence is left out.
    pub(crate) fn write_sentence(&self, values: &Values) -> Option<String> {
        for piece in &self.0 {
            if let Piece::Placeholder(placeholder) = piece
                && placeholder.text_when_unknown().is_empty()
                && values.get(*placeholder).is_none()
                && !values.by_name
            {
                return None;
            }
        }
        Some(self.write_text(values))
    }

    /// Returns the command for a shell: every value quoted; `None` if one is not known or cannot be quoted exactly.
    pub(crate) fn write_command(&self, values: &Values) -> Option<String> {
        self.fill_placeholders(|placeholder| match values.get(placeholder) {
            Some(value) => text::quote(value),
            None if values.by_name => Some(format!("<{}>", placeholder.code().replace('_', "-"))),
            None => None,
        })
    }

    /// Returns the ARN of something; `None` if a value is not known, or it is no ARN of one thing.
    pub(super) fn write_arn(&self, values: &Values) -> Option<String> {
        let arn = self.fill_placeholders(|placeholder| values.get(placeholder).map(ToOwned::to_owned))?;
        let is_one = arn.starts_with("arn:") && !arn.contains(|letter: char| letter.is_whitespace() || letter == '*');
        is_one.then_some(arn)
    }

    /// Returns the link for a browser; `None` if a value is not known or could lead the link elsewhere. A link may be a
    /// placeholder as a whole, but then it has to be one of AWS.
    pub(crate) fn write_link(&self, values: &Values) -> Option<String> {
        let link = self.fill_placeholders(|placeholder| match values.get(placeholder) {
            Some(value) if matches!(placeholder, Placeholder::Console | Placeholder::ConsoleDomain) => {
                Some(value.to_owned())
            }
            Some(value) if value.chars().all(|character| character.is_ascii_alphanumeric() || character == '-') => {
                Some(value.to_owned())
            }
            None if values.by_name => Some(format!("<{}>", placeholder.code().replace('_', "-"))),
            _ => None,
        })?;
        // Other partitions have consoles of their own.
        let leads_elsewhere = !values.by_name
            && values.get(Placeholder::ConsoleDomain) != Some(COMMERCIAL_CONSOLE)
            && link.contains(".aws.amazon.com");
        if leads_elsewhere || link.chars().any(|character| text::is_invisible(character) || character == ' ') {
            return None;
        }
        Some(link)
    }

    fn fill_placeholders(&self, value: impl Fn(Placeholder) -> Option<String>) -> Option<String> {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => Some(text.clone()),
                Piece::Placeholder(placeholder) => value(*placeholder),
            })
            .collect()
    }
}

impl<'de> Deserialize<'de> for Template {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let source = String::deserialize(deserializer)?;
        Self::parse(&source).map_err(serde::de::Error::custom)
    }
}

/// Fills a console link of an application profile, whose placeholders are `{application_region}` and `{console_domain}`.
pub(crate) fn fill_console_link(source: &str, values: &Values) -> Option<String> {
    Template::parse(source).ok()?.write_link(values)
}
