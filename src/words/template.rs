//! Sentences and commands with blanks.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::Blank;
use crate::text;

/// The domain of the AWS consoles outside GovCloud, China and the other partitions.
pub(super) const COMMERCIAL_CONSOLE: &str = "console.aws.amazon.com";

/// Returns the domain of a partition's consoles, where its form is known.
///
/// Source: "Service endpoints" in the AWS GovCloud (US) User Guide, "Getting started" in the AWS China User Guide.
pub(crate) fn console_domain(partition: &str) -> Option<&'static str> {
    match partition {
        "aws" => Some(COMMERCIAL_CONSOLE),
        "aws-us-gov" => Some("console.amazonaws-us-gov.com"),
        "aws-cn" => Some("console.amazonaws.cn"),
        _ => None,
    }
}

/// A text with blanks, checked when it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Blank(Blank),
}

/// The values of the blanks, as AWS or people supplied them; what is unknown is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Filling {
    values: BTreeMap<Blank, String>,
    /// True if a blank is shown by its name, for explaining a cause without a case.
    by_name: bool,
}

impl Filling {
    /// Every blank shown by its name.
    pub(crate) fn names() -> Self {
        Self { values: BTreeMap::new(), by_name: true }
    }

    /// Puts a value in.
    pub(crate) fn set(&mut self, blank: Blank, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.values.insert(blank, value);
        }
    }

    /// These values, with others put over them.
    pub(crate) fn over(&self, below: &Self) -> Self {
        let mut values = below.values.clone();
        values.extend(self.values.iter().map(|(blank, value)| (*blank, value.clone())));
        Self { values, by_name: self.by_name }
    }

    pub(crate) fn get(&self, blank: Blank) -> Option<&str> {
        self.values.get(&blank).map(String::as_str)
    }
}

/// Words from a file, which may break lines or hold what cannot be shown.
pub(super) fn one_line(words: &str) -> String {
    text::paragraph(&words.split_whitespace().collect::<Vec<_>>().join(" "))
}

impl Template {
    fn parse(source: &str) -> Result<Self, String> {
        let source = one_line(source);
        let mut pieces = Vec::new();
        let mut rest = source.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or("a `{` without its `}`")?;
            let blank = Blank::from_code(name).ok_or_else(|| format!("there is no blank `{{{name}}}`"))?;
            pieces.push(Piece::Text(before.to_owned()));
            pieces.push(Piece::Blank(blank));
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Ok(Self(pieces))
    }

    /// For people: a value that is not known is paraphrased.
    pub(crate) fn text(&self, filling: &Filling) -> String {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Blank(blank) => match filling.get(*blank) {
                Some(value) => text::clean(value),
                None if filling.by_name => format!("<{}>", blank.code().replace('_', "-")),
                None => blank.unknown().to_owned(),
            },
        });
        pieces.collect()
    }

    /// The same, but `None` if a value is absent that cannot be paraphrased: such a sentence is left out.
    pub(crate) fn sentence(&self, filling: &Filling) -> Option<String> {
        let is_silent = |blank: Blank| blank.unknown().is_empty() && filling.get(blank).is_none() && !filling.by_name;
        let says_nothing = self.0.iter().any(|piece| matches!(piece, Piece::Blank(blank) if is_silent(*blank)));
        (!says_nothing).then(|| self.text(filling))
    }

    /// For a shell: every value quoted; `None` if one is not known or cannot be quoted exactly.
    pub(crate) fn command(&self, filling: &Filling) -> Option<String> {
        self.fill(|blank| match filling.get(blank) {
            Some(value) => text::quote(value),
            None if filling.by_name => Some(format!("<{}>", blank.code().replace('_', "-"))),
            None => None,
        })
    }

    /// For a browser: `None` if a value is not known or could lead the link elsewhere. A link may be a blank as a
    /// whole, but then it has to be one of AWS.
    pub(crate) fn link(&self, filling: &Filling) -> Option<String> {
        let link = self.fill(|blank| match filling.get(blank) {
            Some(value) if matches!(blank, Blank::Console | Blank::ConsoleDomain) => Some(value.to_owned()),
            Some(value) if value.chars().all(|character| character.is_ascii_alphanumeric() || character == '-') => {
                Some(value.to_owned())
            }
            None if filling.by_name => Some(format!("<{}>", blank.code().replace('_', "-"))),
            _ => None,
        })?;
        // Other partitions have consoles of their own.
        let leads_elsewhere = !filling.by_name
            && filling.get(Blank::ConsoleDomain) != Some(COMMERCIAL_CONSOLE)
            && link.contains(".aws.amazon.com");
        if leads_elsewhere || link.chars().any(|character| text::is_invisible(character) || character == ' ') {
            return None;
        }
        Some(link)
    }

    fn fill(&self, value: impl Fn(Blank) -> Option<String>) -> Option<String> {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => Some(text.clone()),
                Piece::Blank(blank) => value(*blank),
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

/// Fills a console link of an application profile, whose blanks are `{application_region}` and `{console_domain}`.
pub(crate) fn console_link(source: &str, filling: &Filling) -> Option<String> {
    Template::parse(source).ok()?.link(filling)
}
