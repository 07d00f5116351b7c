//! What a person can do. With the keys of a keymap this is the one table that the loop, the footer and
//! the help screen read.

/// Declares the actions: name in the keymap, words in the footer, words in the help.
macro_rules! actions {
    ($($variant:ident = $name:literal, $label:literal, $help:literal;)+) => {
        /// Something that a key does.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action {
            $(#[doc = $help] $variant,)+
        }

        impl Action {
            /// Every action, the most important for the footer first.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the name in a keymap file.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// Returns one or two words for the footer.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }

            /// Returns a line for the help screen.
            #[must_use]
            pub fn help(self) -> &'static str {
                match self { $(Self::$variant => $help,)+ }
            }
        }
    };
}

actions! {
    Confirm = "confirm", "detail", "Start the diagnosis, choose what is marked, or read the detail";
    Back = "back", "close", "Close what lies on top, or cancel the diagnosis that runs";
    Help = "help", "help", "Show or close this page";
    Quit = "quit", "quit", "Leave; the verdict stays in the terminal";
    AnotherUser = "another-user", "next caller", "Diagnose another user";
    Cause = "cause", "cause", "Go back to the cause; while it runs, follow it again";
    WhatWasTyped = "what-was-typed", "what was typed", "Enter what stands on the user's screen: start URL, Region, user name";
    CopyCommand = "copy-command", "copy command", "Copy the command of the first fix";
    Again = "again", "again", "Diagnose the same user again";
    Watch = "watch", "watch", "Ask again by itself until nothing is wrong, or stop that";
    DidYouMean = "did-you-mean", "did you mean", "Choose among names like the one that was typed";
    Sample = "sample", "sample organization", "Open the sample organization, or come back from it";
    NextPane = "next-pane", "next pane", "Go to the next pane or field";
    NotCovered = "not-covered", "look next", "Show what no API shows, and where to look";
    WhatToType = "what-to-type", "what to type", "Show or hide what the user should type";
    Evidence = "evidence", "evidence", "Show or hide what it means, the calls behind it, and all groups";
    CopySay = "copy-say", "copy what to say", "Copy what to say to the caller";
    CopyNote = "copy-note", "copy note", "Copy the ticket note";
    ViewNote = "view-note", "note", "Show the ticket note as a plain page, to select with the mouse";
    Write = "write", "write report", "Write a report to a file, in a format of your choice";
    Record = "record", "record", "Write what was learned to a file, for somebody else to replay";
    CopyFinding = "copy-finding", "copy finding", "Copy the finding of the marked check";
    People = "people", "users so far", "Show the users diagnosed so far, with their verdicts";
    Instances = "instances", "instances", "Choose another Identity Center instance";
    Applications = "applications", "applications", "Choose another application";
    AwsProfile = "aws-profile", "AWS profile", "Choose another AWS profile";
    HandOver = "hand-over", "SAML", "Enter what the identity provider sends: a captured response, metadata, certificates";
    PeopleList = "list", "list", "Show the list of people; paste several names into the form, or open a file, to make one";
    Compare = "compare", "compare", "Compare this user with somebody who can sign in";
    OpenFile = "open-file", "open file", "Open a file: a list of people, or a recording";
    Down = "down", "next", "Move down";
    Up = "up", "previous", "Move up";
    PageDown = "page-down", "next page", "Move a page down";
    PageUp = "page-up", "previous page", "Move a page up";
    Top = "top", "first", "Move to the top";
    Bottom = "bottom", "last", "Move to the bottom";
    PreviousPane = "previous-pane", "previous pane", "Go to the previous pane or field";
    Redraw = "redraw", "redraw", "Draw everything anew, after something else wrote over it";
    Suspend = "suspend", "suspend", "Go to the shell; its command fg comes back";
}

impl Action {
    /// Returns the action of that name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.name() == name)
    }

    /// Returns true for the moves through rows and lines.
    pub(crate) fn is_move(self) -> bool {
        matches!(self, Self::Down | Self::Up | Self::PageDown | Self::PageUp | Self::Top | Self::Bottom)
    }

    /// Returns what the action helps with: the help shows those of one task together.
    pub(crate) fn task(self) -> Task {
        match self {
            Self::CopySay
            | Self::CopyNote
            | Self::ViewNote
            | Self::CopyCommand
            | Self::WhatToType
            | Self::Write
            | Self::Record => Task::Answer,
            Self::AnotherUser
            | Self::WhatWasTyped
            | Self::HandOver
            | Self::DidYouMean
            | Self::Again
            | Self::Watch
            | Self::PeopleList
            | Self::Compare
            | Self::OpenFile
            | Self::People => Task::Ask,
            Self::Cause
            | Self::Evidence
            | Self::NotCovered
            | Self::CopyFinding
            | Self::Instances
            | Self::Applications
            | Self::AwsProfile
            | Self::Sample => Task::Look,
            Self::Help | Self::Quit | Self::Redraw | Self::Suspend => Task::Program,
            _ => Task::Move,
        }
    }

    /// Returns true for what every terminal program does with the same keys: the help names them, the footer need not.
    pub(crate) fn is_for_the_terminal(self) -> bool {
        matches!(self, Self::Redraw | Self::Suspend)
    }

    /// Returns true for actions that a form needs too, where letters type letters.
    pub(crate) fn works_while_typing(self) -> bool {
        matches!(self, Self::Confirm | Self::Back | Self::Help | Self::Quit)
    }
}

/// What a person wants to get done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    /// Answer the caller, and write the ticket.
    Answer,
    /// Ask about a user.
    Ask,
    /// Look closer.
    Look,
    /// Move on the screen.
    Move,
    /// The program itself.
    Program,
}

impl Task {
    /// Every task, in the order of the help.
    pub(crate) const ALL: [Self; 5] = [Self::Answer, Self::Ask, Self::Look, Self::Move, Self::Program];

    /// Returns the heading in the help.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Answer => "Answer the caller",
            Self::Ask => "Ask about a user",
            Self::Look => "Look closer",
            Self::Move => "Move",
            Self::Program => "This program",
        }
    }
}
