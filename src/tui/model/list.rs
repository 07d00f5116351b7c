//! A small list to choose from.

use std::sync::Arc;

use super::Origin;
use crate::{
    case::{App, Case},
    domain::InstanceArn,
    report::Format,
};

/// A list over the diagnosis.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// What is chosen.
    pub title: String,
    /// The choices.
    pub rows: Vec<ListRow>,
    /// The marked one.
    pub marked: usize,
    /// True for the people who may be meant, of whom more may come.
    pub is_of_people: bool,
}

/// One choice.
#[derive(Debug, Clone, PartialEq)]
pub struct ListRow {
    /// What it is.
    pub label: String,
    /// What there is to say about it.
    pub remark: String,
    /// What taking it does.
    pub choice: Choice,
}

/// What taking a row does.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    /// Shows the diagnosis at that place.
    Show(usize),
    /// Diagnoses that user.
    User(String),
    /// Diagnoses again, with that instance.
    Instance(InstanceArn),
    /// Diagnoses again, for that application.
    Application(Arc<App>),
    /// Asks with that AWS profile.
    AwsProfile(String),
    /// Copies that command.
    Copy(String),
    /// Writes a report.
    Write(&'static Format),
    /// Writes the list of people.
    WriteList(ListFormat),
    /// Compares these two.
    Compare(Box<[Case; 2]>, Origin),
    /// Asks whom to compare that one with.
    CompareTyped(Box<Case>),
}

/// What a list of people is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListFormat {
    /// A line for each person, and a summary by cause.
    Table,
    /// A line for each person, for a spreadsheet.
    Csv,
    /// A table, then the details of each.
    Markdown,
    /// A line for each person, for a program.
    Json,
}

impl ListFormat {
    /// All, in the order in which they are offered: the format, its title, what it is for.
    pub(crate) const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Table, "Table", "a line for each person, and a summary by cause"),
        (Self::Csv, "CSV", "a line for each person, for a spreadsheet"),
        (Self::Markdown, "Markdown", "a table, then each person's report"),
        (Self::Json, "JSON", "a line for each person, for a program"),
    ];
}
