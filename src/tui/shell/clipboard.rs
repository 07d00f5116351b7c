//! The clipboard of this machine, besides the one that the terminal has.

use crate::tui::message::Reached;

/// The machine's clipboard. It lives as long as the app: under X11 and Wayland whoever copied a text has to hand it out.
pub(super) struct MachineClipboard {
    clipboard: Option<arboard::Clipboard>,
}

impl MachineClipboard {
    /// Returns the clipboard, when somebody sits at this machine. Over SSH its clipboard is not the person's.
    pub(super) fn open() -> Self {
        let is_remote = ["SSH_CONNECTION", "SSH_TTY"].iter().any(|name| std::env::var_os(name).is_some());
        let opened = if is_remote { None } else { Some(arboard::Clipboard::new()) };
        let clipboard = opened.and_then(|opened| {
            opened.inspect_err(|error| tracing::debug!(%error, "no clipboard on this machine")).ok()
        });
        Self { clipboard }
    }

    /// Puts a text there, and says whether it took it.
    pub(super) fn put(&mut self, text: &str) -> Reached {
        match self.clipboard.as_mut().map(|clipboard| clipboard.set_text(text)) {
            Some(Ok(())) => Reached::Clipboard,
            Some(Err(error)) => {
                tracing::debug!(%error, "the clipboard of this machine took nothing");
                Reached::Terminal
            }
            None => Reached::Terminal,
        }
    }
}
