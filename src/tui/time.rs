//! Times as the screen shows them.

use std::time::Duration;

/// Returns "0.4 s", "12.0 s": one decimal, so that it moves while something runs.
#[must_use]
pub(super) fn show_seconds(duration: Duration) -> String {
    let tenths = duration.as_millis() / 100;
    format!("{}.{} s", tenths / 10, tenths % 10)
}
