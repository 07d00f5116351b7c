//! The time by AWS's clock, which dates what AWS tells; this machine's may be wrong by days.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::{DateTime, date_time::Format};
use jiff::{SignedDuration, Timestamp};

/// Answers of AWS are dated between these years, in seconds since 1970: from 2020 up to 2100. Whoever dates otherwise is not
/// believed.
const PLAUSIBLE: std::ops::Range<i64> = 1_577_836_800..4_102_444_800;

/// The least difference between two clocks that AWS can have minded: it allows for five minutes.
const LEAST_DIFFERENCE: SignedDuration = SignedDuration::from_mins(1);

/// Returns the time of an answer, when it tells one that can be true.
pub(super) fn read_date(response: &HttpResponse) -> Option<Timestamp> {
    let date = DateTime::from_str(response.headers().get("date")?, Format::HttpDate).ok()?;
    Timestamp::from_second(date.secs()).ok().filter(|time| PLAUSIBLE.contains(&time.as_second()))
}

/// Returns how far this machine's clock is ahead of the one that an answer tells, when they differ at all.
pub(super) fn measure_clock_lead(response: &HttpResponse) -> Option<SignedDuration> {
    let ahead = Timestamp::now().duration_since(read_date(response)?);
    (ahead.abs() >= LEAST_DIFFERENCE).then_some(ahead)
}
