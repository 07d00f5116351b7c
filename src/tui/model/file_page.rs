//! The page on which a file to open is named: a list of people, or a recording.

use tui_input::Input;

/// What stands on the page.
#[derive(Debug, Clone, Default)]
pub struct FilePage {
    /// The path.
    pub(crate) input: Input,
    /// Why the file could not be opened.
    pub problem: Option<String>,
    /// The number of the reading that is under way.
    pub reading: Option<u64>,
}
