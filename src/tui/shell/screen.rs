//! The terminal: taken over, drawn to, and given back on every way out.

use std::{
    io::{Stdout, stdout},
    mem::ManuallyDrop,
};

use crossterm::{
    clipboard::CopyToClipboard,
    cursor::Show,
    event::{DisableBracketedPaste, EnableBracketedPaste},
    execute,
    style::force_color_output,
    terminal::{Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode},
};
use ratatui::{Terminal, backend::CrosstermBackend, layout::Size};

use crate::tui::{model::Model, view};

/// The terminal, until dropped.
pub(super) struct Screen {
    // Its own end shows the cursor, as `give_back` does, and panics where the terminal is gone.
    terminal: ManuallyDrop<Terminal<CrosstermBackend<Stdout>>>,
}

impl Screen {
    pub(super) fn enter() -> anyhow::Result<Self> {
        // The theme has decided about colours. Left alone, crossterm answers NO_COLOR with a sequence that also
        // wipes bold and reversed.
        force_color_output(true);
        let taken = take();
        if taken.is_err() {
            give_back();
        }
        taken
    }

    pub(super) fn size(&self) -> anyhow::Result<Size> {
        Ok(self.terminal.size()?)
    }

    pub(super) fn draw(&mut self, model: &Model) -> anyhow::Result<()> {
        self.terminal.draw(|frame| view::view(model, frame))?;
        Ok(())
    }

    /// Asks the terminal, also over SSH, to put text on the clipboard.
    pub(super) fn copy(&mut self, text: &str) -> anyhow::Result<()> {
        execute!(self.terminal.backend_mut(), CopyToClipboard::to_clipboard_from(text))?;
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn take() -> anyhow::Result<Screen> {
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
    // A new alternate screen is empty in most terminals. `Terminal::clear` would ask all of them where the cursor
    // is, and those that do not answer could not be used.
    execute!(stdout(), Clear(ClearType::All))?;
    Ok(Screen { terminal: ManuallyDrop::new(Terminal::new(CrosstermBackend::new(stdout()))?) })
}

fn give_back() {
    // Where the terminal is gone there is nothing to give back to.
    drop(execute!(stdout(), DisableBracketedPaste, LeaveAlternateScreen, Show));
    drop(disable_raw_mode());
}
