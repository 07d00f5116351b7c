//! A small list to choose from.

use std::sync::Arc;

use crate::{case::App, domain::InstanceArn, report::Format};

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
    /// Copies that command.
    Copy(String),
    /// Writes a report.
    Write(&'static Format),
}
