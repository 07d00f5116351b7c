//! What the model can be told, and what it can ask for.

use std::{path::PathBuf, sync::Arc, time::Duration};

use jiff::Timestamp;

use super::keymap::Key;
use crate::{
    case::{Case, Settings, TypedUser},
    facts::{Event, Facts},
    recording::Recording,
    report::OperatorLine,
    saml::HandedOver,
    sources::handed_over::Places,
};

/// Something happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The terminal has this many columns and rows.
    Resize(u16, u16),
    /// It is known who the operator is to AWS, or that they are nobody.
    Identified(OperatorLine),
    /// The diagnosis of that number began.
    Started(u64, Timestamp),
    /// Facts arrived for the diagnosis of that number.
    Learned(u64, Vec<Event>),
    /// No further fact will arrive for it.
    Completed(u64),
    /// So much time has passed since it began.
    Tick(Duration),
    /// A text went to a clipboard.
    Copied {
        /// What it is, as the beginning of a sentence.
        what: &'static str,
        /// How far it is known to have come.
        reached: Reached,
    },
    /// A report was written, or could not be.
    Written(Result<PathBuf, String>),
    /// What was handed over was read, or could not be.
    HandedOver(u64, Result<Box<HandedOver>, String>),
    /// Another AWS profile is asked with from now on, or why it cannot be used.
    ProfileChanged(Result<Arc<Settings>, String>),
    /// A file was opened, or could not be.
    FileOpened(u64, Result<OpenedFile, String>),
    /// The pause of a watched user is over; the diagnosis of that number ended before it.
    WokenUp(u64),
    /// Somebody sent the signal that stops a program in a terminal.
    Suspend,
    /// The program goes on after it was stopped.
    Resumed,
    /// Leave now: the terminal is gone, or somebody sent a signal.
    Leave,
}

/// What was in a file.
#[derive(Debug, Clone, PartialEq)]
pub enum OpenedFile {
    /// A list of people.
    People(Vec<TypedUser>),
    /// A recording.
    Recording(Box<Recording>),
}

/// How far a copied text is known to have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// It was sent to the terminal, which does not say whether it took it.
    Terminal,
    /// The clipboard of this machine took it.
    Clipboard,
}

/// Something to do outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Begin a diagnosis, and drop the one that runs.
    Start {
        /// Its number.
        number: u64,
        /// Who is diagnosed; the people of a list together.
        cases: Vec<Case>,
        /// True to ask the sample organization instead of AWS.
        sample: bool,
        /// What need not be asked.
        known: Box<Facts>,
    },
    /// Drop the diagnosis that runs.
    Stop,
    /// Put text on the clipboard.
    Copy {
        /// What it is, as the beginning of a sentence.
        what: &'static str,
        /// The text.
        text: String,
    },
    /// Write a report.
    Write {
        /// The file's name.
        name: String,
        /// Its contents.
        contents: String,
    },
    /// Read what was handed over.
    ReadHandedOver {
        /// The number of this reading.
        number: u64,
        /// Where it is.
        places: Box<Places>,
        /// True if it is for the sample organization, which has no network.
        sample: bool,
    },
    /// Open a file.
    OpenFile {
        /// The number of this reading.
        number: u64,
        /// The path, as it was typed.
        path: String,
    },
    /// Ask with that AWS profile from now on, and send [`Message::ProfileChanged`].
    ChangeProfile(String),
    /// Send [`Message::WokenUp`] after the pause of a watched user.
    WakeUp {
        /// The diagnosis that it is about.
        number: u64,
    },
    /// Ring the bell.
    Bell,
    /// Take the terminal, however somebody left it, and draw everything anew.
    Redraw,
    /// Give the terminal back, and stop until somebody says to go on.
    Suspend,
    /// Leave.
    Quit,
}
