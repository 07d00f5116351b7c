//! The log, to a file and only when asked for. It tells which calls were made and how they ended; it knows no names,
//! no credentials and no answers.

use std::{fs::OpenOptions, path::Path, sync::Mutex};

use anyhow::Context;
use tracing_subscriber::{filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::shown;

/// Begins to log to the end of a file. Only this program's own events are written: those of libraries may carry what
/// they send and receive.
pub(super) fn begin(path: &Path) -> anyhow::Result<()> {
    let file = OpenOptions::new().create(true).append(true).open(path);
    let file = file.with_context(|| format!("the log {} cannot be written", shown(path)))?;
    let layer = tracing_subscriber::fmt::layer().with_writer(Mutex::new(file)).with_ansi(false).with_target(false);
    let ours = Targets::new().with_target("sso_doctor", tracing::Level::DEBUG);
    tracing_subscriber::registry().with(layer).with(ours).try_init().context("the log could not begin")
}
