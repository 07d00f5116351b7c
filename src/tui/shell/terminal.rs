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
    style::{Print, force_color_output},
    terminal::{Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode},
};
use ratatui::{Terminal, backend::CrosstermBackend, layout::Size};

use crate::tui::{model::Model, view};

/// The terminal, until dropped.
pub(super) struct TakenTerminal {
    // Its own end shows the cursor, as `give_back` does, and panics where the terminal is gone.
    terminal: ManuallyDrop<Terminal<CrosstermBackend<Stdout>>>,
    /// False while the program is stopped and the shell has the terminal.
    is_taken: bool,
}

impl TakenTerminal {
    pub(super) fn take() -> anyhow::Result<Self> {
        // The theme has decided about colours. Left alone, crossterm answers NO_COLOR with a sequence that also
        // wipes bold and reversed.
        force_color_output(true);
        let terminal = enter().and_then(|()| Ok(Terminal::new(CrosstermBackend::new(stdout()))?));
        if terminal.is_err() {
            give_back();
        }
        Ok(Self { terminal: ManuallyDrop::new(terminal?), is_taken: true })
    }

    pub(super) fn size(&self) -> anyhow::Result<Size> {
        Ok(self.terminal.size()?)
    }

    pub(super) fn draw_model(&mut self, model: &Model) -> anyhow::Result<()> {
        if self.is_taken {
            self.terminal.draw(|frame| view::view(model, frame))?;
        }
        Ok(())
    }

    /// Asks the terminal, also over SSH, to put text on the clipboard.
    pub(super) fn copy_text(&mut self, text: &str) -> anyhow::Result<()> {
        execute!(self.terminal.backend_mut(), CopyToClipboard::to_clipboard_from(text))?;
        Ok(())
    }

    /// Rings the bell.
    pub(super) fn ring_bell(&mut self) -> anyhow::Result<()> {
        execute!(self.terminal.backend_mut(), Print('\u{7}'))?;
        Ok(())
    }

    /// Takes the terminal, however somebody left it. The next frame draws everything.
    pub(super) fn retake(&mut self) -> anyhow::Result<()> {
        // What crossterm believes about raw mode may be out of date: the shell can have changed it.
        drop(disable_raw_mode());
        enter()?;
        self.is_taken = true;
        let size = self.size()?;
        Ok(self.terminal.resize(size.into())?)
    }

    /// Gives the terminal back and stops the program. What it is told once it goes on has to retake the terminal.
    pub(super) fn suspend(&mut self) -> anyhow::Result<()> {
        give_back();
        self.is_taken = false;
        stop_process_group()
    }
}

impl Drop for TakenTerminal {
    fn drop(&mut self) {
        if self.is_taken {
            give_back();
        }
    }
}

fn enter() -> anyhow::Result<()> {
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
    // A new alternate screen is empty in most terminals. `Terminal::clear` would ask all of them where the cursor
    // is, and those that do not answer could not be used.
    execute!(stdout(), Clear(ClearType::All))?;
    Ok(())
}

fn give_back() {
    // Where the terminal is gone there is nothing to give back to.
    drop(execute!(stdout(), DisableBracketedPaste, LeaveAlternateScreen, Show));
    drop(disable_raw_mode());
}

/// Stops all that the shell started with this program: one that only waits for it, as `sh -c` does, would otherwise
/// keep the shell waiting.
#[cfg(unix)]
fn stop_process_group() -> anyhow::Result<()> {
    use rustix::process::{Signal, kill_current_process_group};
    Ok(kill_current_process_group(Signal::STOP)?)
}

#[cfg(not(unix))]
fn stop_process_group() -> anyhow::Result<()> {
    Ok(())
}

/// True if a shell with job control started the program. In a terminal of its own, nobody could continue it.
#[cfg(unix)]
pub(super) fn can_be_continued() -> bool {
    use rustix::process::{getpgrp, getsid};
    getsid(None).is_ok_and(|session| session != getpgrp())
}

#[cfg(not(unix))]
pub(super) fn can_be_continued() -> bool {
    false
}
