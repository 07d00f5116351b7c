//! What a person can do. With the keys of [`super::keymap`] this is the one table that the loop, the footer and
//! the help screen read.

/// Declares the actions: name in the keymap, words in the footer, words in the help.
macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $label:literal, $help:literal;)+) => {
        /// Something that a key does.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action {
            $($(#[$doc])* $variant,)+
        }

        impl Action {
            /// Every action, the most important for the footer first.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in a keymap file.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// One or two words for the footer.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }

            /// A line for the help screen.
            #[must_use]
            pub fn help(self) -> &'static str {
                match self { $(Self::$variant => $help,)+ }
            }
        }
    };
}

actions! {
    /// Start, take or open.
    Confirm = "confirm", "detail", "Start the diagnosis, choose what is marked, or read the detail";
    /// Close what lies on top, or cancel what runs.
    Back = "back", "close", "Close what lies on top, or cancel the diagnosis that runs";
    /// Copy the command of the fix.
    CopyCommand = "copy-command", "copy command", "Copy the command of the fix";
    /// Get help.
    Help = "help", "help", "Show or close this page";
    /// Leave.
    Quit = "quit", "quit", "Leave; the verdict stays in the terminal";
    /// Mark the cause.
    Cause = "cause", "cause", "Go back to the cause; while it runs, follow it again";
    /// Diagnose the same user again.
    Again = "again", "again", "Diagnose the same user again";
    /// Diagnose another user.
    AnotherUser = "another-user", "another user", "Diagnose another user";
    /// Open the similar names.
    DidYouMean = "did-you-mean", "did you mean", "Choose among names like the one that was typed";
    /// Open or leave the sample organization.
    Sample = "sample", "sample organization", "Open the sample organization, or come back from it";
    /// Choose the next pane or field.
    NextPane = "next-pane", "next pane", "Go to the next pane or field";
    /// Show what no API shows.
    NotCovered = "not-covered", "not covered", "Show what no API shows, and where to look";
    /// Unfold the evidence.
    Evidence = "evidence", "evidence", "Show or hide the calls behind the finding, and all groups";
    /// Write a report.
    Write = "write", "write report", "Write the report to a file: Markdown, JSON, or the ticket note";
    /// Copy the ticket note.
    CopyNote = "copy-note", "copy note", "Copy the whole diagnosis as a note for a ticket";
    /// Copy the finding.
    CopyFinding = "copy-finding", "copy finding", "Copy the finding of the marked check";
    /// Enter what the user typed.
    WhatWasTyped = "what-was-typed", "what was typed", "Enter the start URL and Region that the user typed";
    /// Open the users of this run.
    People = "people", "users so far", "Show the users diagnosed so far, with their verdicts";
    /// Choose an instance.
    Instances = "instances", "instances", "Choose another Identity Center instance";
    /// Choose an application.
    Applications = "applications", "applications", "Choose another application";
    /// Move down.
    Down = "down", "next", "Move down";
    /// Move up.
    Up = "up", "previous", "Move up";
    /// Move a page down.
    PageDown = "page-down", "next page", "Move a page down";
    /// Move a page up.
    PageUp = "page-up", "previous page", "Move a page up";
    /// Move to the top.
    Top = "top", "first", "Move to the top";
    /// Move to the bottom.
    Bottom = "bottom", "last", "Move to the bottom";
    /// Choose the previous pane or field.
    PreviousPane = "previous-pane", "previous pane", "Go to the previous pane or field";
    /// Draw everything anew.
    Redraw = "redraw", "redraw", "Draw everything anew, after something else wrote over it";
    /// Stop, so that the shell has the terminal.
    Suspend = "suspend", "suspend", "Go to the shell; its command fg comes back";
}

impl Action {
    /// The action of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.name() == name)
    }

    /// True for the moves through rows and lines.
    #[must_use]
    pub fn moves(self) -> bool {
        matches!(self, Self::Down | Self::Up | Self::PageDown | Self::PageUp | Self::Top | Self::Bottom)
    }

    /// True for what every terminal program does with the same keys: the help names them, the footer need not.
    #[must_use]
    pub fn is_for_the_terminal(self) -> bool {
        matches!(self, Self::Redraw | Self::Suspend)
    }

    /// True for actions that a form needs too, where letters type letters.
    #[must_use]
    pub fn works_while_typing(self) -> bool {
        matches!(self, Self::Confirm | Self::Back | Self::Help | Self::Quit)
    }
}
