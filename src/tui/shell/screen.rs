//! The terminal: taken over, drawn to, and given back on every way out.

use std::{
    io::{Stdout, stdout},
    panic,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use crossterm::{
    clipboard::CopyToClipboard,
    cursor::Show,
    event::{DisableBracketedPaste, EnableBracketedPaste},
    execute,
    style::force_color_output,
    terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode},
};
use ratatui::{Terminal, backend::CrosstermBackend, layout::Size};

use crate::tui::{model::Model, view};

/// True while the terminal is ours. Giving it back twice would move the cursor over what was printed since.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal, until dropped.
pub(super) struct Screen {
    terminal: Terminal<CrosstermBackend<Stdout>>,
}

impl Screen {
    pub(super) fn enter() -> anyhow::Result<Self> {
        // The theme has decided about colours. Left alone, crossterm answers NO_COLOR with a sequence that also
        // wipes bold and reversed.
        force_color_output(true);
        TAKEN.store(true, Ordering::SeqCst);
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
    let mut terminal = Terminal::new(CrosstermBackend::new(stdout()))?;
    terminal.clear()?;
    Ok(Screen { terminal })
}

fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        // Where the terminal is gone there is nothing to give back to.
        drop(execute!(stdout(), DisableBracketedPaste, LeaveAlternateScreen, Show));
        drop(disable_raw_mode());
    }
}

type Hook = Box<dyn Fn(&panic::PanicHookInfo<'_>) + Send + Sync>;

/// While it lives, a panic of this thread gives the terminal back before its message is printed. Panics of other
/// threads go to the log: the app keeps drawing, and whoever started the thread sees that it is gone.
pub(super) struct PanicHook {
    previous: Arc<Hook>,
}

impl PanicHook {
    pub(super) fn install() -> Self {
        let previous = Arc::new(panic::take_hook());
        let (ours, printed) = (thread::current().id(), previous.clone());
        panic::set_hook(Box::new(move |panic| {
            if thread::current().id() == ours {
                give_back();
                printed(panic);
            } else {
                tracing::error!("{panic}");
            }
        }));
        Self { previous }
    }
}

impl Drop for PanicHook {
    fn drop(&mut self) {
        // The hook cannot be changed by a thread that panics.
        if !thread::panicking() {
            let previous = self.previous.clone();
            panic::set_hook(Box::new(move |panic| previous(panic)));
        }
    }
}
