//! The terminal app.
//!
//! ```text
//!  shell ──Message──► update ──Effect──► shell      the only place with a terminal, a clock, files and tasks
//!                       │
//!                     Model ──► view                pure: the same model gives the same screen
//! ```
//!
//! - [`action`] and [`keymap`]: what a person can do, and with which key
//! - [`model`]: all that the screen shows; [`message`]: what it can be told, and can ask for
//! - [`mod@update`]: message in, effects out; [`mod@view`]: model to frame, with [`layout`], [`theme`] and [`measure`]
//! - [`detail`]: the lines of the detail pane, kept until they change
//! - `shell`: terminal, input, signals and the running diagnosis

pub mod action;
pub mod detail;
pub mod keymap;
pub mod layout;
pub mod measure;
pub mod message;
pub mod model;
mod shell;
pub mod theme;
mod time;
pub mod update;
pub mod view;

use std::{path::PathBuf, sync::Arc};

use tokio::sync::mpsc::UnboundedReceiver;

pub use self::{
    keymap::Keymap,
    model::{Faces, OfferedUser},
    theme::Theme,
};
use crate::{
    app_profile::ApplicationProfile,
    diagnosis::Diagnosis,
    gather::Announcement,
    intake::{Case, Settings},
    judge::Judge,
    words::Words,
};

/// What the command line and the configuration say.
pub struct Options {
    /// Who cannot sign in; diagnosed at once.
    pub user: Option<String>,
    /// The start URL that the user typed.
    pub start_url: Option<String>,
    /// The Region that the user typed.
    pub typed_region: Option<String>,
    /// The application. The other built-in ones can be chosen as well.
    pub profile: Arc<ApplicationProfile>,
    /// The operator's settings. With `demo` set, the app starts in the sample organization and stays there.
    pub settings: Arc<Settings>,
    /// The settings for cases of the sample organization.
    pub sample_settings: Arc<Settings>,
    /// The users of the sample organization, and what each shows.
    pub sample_users: Vec<OfferedUser>,
    /// The words of the findings.
    pub words: Arc<Words>,
    /// Turns facts into a diagnosis.
    pub judge: Judge,
    /// Glyphs and colours.
    pub theme: Theme,
    /// The keys.
    pub keymap: Keymap,
    /// Where reports are written; if that cannot be, it is the home directory, then the temporary one.
    pub report_dir: PathBuf,
    /// How reports are made.
    pub faces: Faces,
}

/// Begins diagnoses.
pub trait Starter {
    /// Begins one. Dropping the receiver cancels it; the end of the channel says that all is known.
    fn start(&self, case: Case) -> UnboundedReceiver<Announcement>;
}

/// Runs the app until the person leaves, and returns the last diagnosis that has a verdict, or one that was begun and
/// has none.
///
/// Has to be called on a thread that is no runtime worker, with a tokio runtime entered.
///
/// # Errors
/// If the terminal cannot be set up or drawn to.
pub fn run(options: &Options, aws: &dyn Starter, sample: &dyn Starter) -> anyhow::Result<Option<Diagnosis>> {
    shell::run(options, aws, sample)
}
