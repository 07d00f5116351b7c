//! When to look at what CloudTrail keeps of sign-ins, and when the user last tried.

use std::str::FromStr;

use jiff::{SignedDuration, Timestamp, civil::Time, fmt::friendly::SpanParser, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// When to look at sign-in attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AttemptsMode {
    /// If no check has failed: then the configuration explains nothing.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What was told about looking at sign-in attempts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AttemptsSettings {
    /// When to look.
    pub mode: AttemptsMode,
    /// When the user last tried.
    pub attempted: Option<Timestamp>,
    /// The time zone in which times are told; UTC where there is none, as in a recording.
    #[serde(skip)]
    pub time_zone: Option<TimeZone>,
}

/// A time as people tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptedTime {
    /// A point in time.
    At(Timestamp),
    /// A time of this day, or of the day before.
    Clock(Time),
    /// So long ago.
    Ago(SignedDuration),
}

/// Why something is no time of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AttemptedTimeError {
    /// Not a time in any form.
    #[error("write it like 10:30, like 20m (20 minutes ago), or like 2026-11-21T10:30:00Z")]
    NoTime,
    /// Not yet.
    #[error("it is in the future; tell when the user last tried")]
    Future,
    /// Longer ago than events are kept.
    #[error("it is more than 90 days ago; CloudTrail keeps events for 90 days")]
    TooOld,
}

/// Clocks differ by so much.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// For so long CloudTrail keeps events.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 90);

impl FromStr for AttemptedTime {
    type Err = AttemptedTimeError;

    fn from_str(told: &str) -> Result<Self, Self::Err> {
        let told = told.trim();
        if let Ok(at) = told.parse() {
            return Ok(Self::At(at));
        }
        // A duration could be read as a time as well.
        let is_clock =
            told.contains(':') && told.chars().all(|character| character.is_ascii_digit() || character == ':');
        if is_clock {
            let padded = if told.find(':') == Some(1) { format!("0{told}") } else { told.to_owned() };
            return padded.parse().map(Self::Clock).map_err(|_| AttemptedTimeError::NoTime);
        }
        let ago = SpanParser::new().parse_duration(told.trim_end_matches("ago").trim_end());
        ago.ok().filter(|ago| !ago.is_negative()).map(Self::Ago).ok_or(AttemptedTimeError::NoTime)
    }
}

impl AttemptedTime {
    /// Returns the point in time that is meant.
    ///
    /// # Errors
    /// If it is in the future, or longer ago than events are kept.
    pub fn resolve(&self, now: Timestamp, time_zone: &TimeZone) -> Result<Timestamp, AttemptedTimeError> {
        let at = match self {
            Self::At(at) => *at,
            Self::Ago(ago) => now.checked_sub(*ago).map_err(|_| AttemptedTimeError::TooOld)?,
            Self::Clock(time) => find_last(*time, now, time_zone).ok_or(AttemptedTimeError::NoTime)?,
        };
        let age = now.duration_since(at);
        if age < -TOLERANCE {
            return Err(AttemptedTimeError::Future);
        }
        if age > KEPT { Err(AttemptedTimeError::TooOld) } else { Ok(at) }
    }
}

/// Returns the last time at which clocks of that time zone showed that time.
fn find_last(time: Time, now: Timestamp, time_zone: &TimeZone) -> Option<Timestamp> {
    let today = now.to_zoned(time_zone.clone()).date();
    let on = |date: jiff::civil::Date| Some(date.to_datetime(time).to_zoned(time_zone.clone()).ok()?.timestamp());
    on(today).filter(|at| now.duration_since(*at) >= -TOLERANCE).or_else(|| on(today.yesterday().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(told: &str) -> Result<String, AttemptedTimeError> {
        let now = "2026-11-21T19:00:00Z".parse().unwrap();
        let zone = TimeZone::fixed(jiff::tz::offset(1));
        told.parse::<AttemptedTime>()?.resolve(now, &zone).map(|at| at.to_string())
    }

    #[test]
    fn a_time_is_told_in_several_ways() {
        for (told, meant) in [
            ("2026-11-21T10:30:00Z", "2026-11-21T10:30:00Z"),
            ("2026-11-21T10:30:00+01:00", "2026-11-21T09:30:00Z"),
            ("10:30", "2026-11-21T09:30:00Z"),
            ("9:05", "2026-11-21T08:05:00Z"),
            (" 20:00:30 ", "2026-11-21T19:00:30Z"),
            ("23:10", "2026-11-20T22:10:00Z"),
            ("20m", "2026-11-21T18:40:00Z"),
            ("1h30m", "2026-11-21T17:30:00Z"),
            ("20 minutes ago", "2026-11-21T18:40:00Z"),
        ] {
            assert_eq!(resolve(told).as_deref(), Ok(meant), "{told}");
        }
    }

    #[test]
    fn what_is_no_time_to_look_at_is_said() {
        for told in ["", "now-ish", "25:00", "10:3x", "2026-13-01T00:00:00Z", "1030"] {
            assert_eq!(resolve(told), Err(AttemptedTimeError::NoTime), "{told}");
        }
        assert_eq!(resolve("2026-11-22T10:30:00Z"), Err(AttemptedTimeError::Future));
        assert_eq!(resolve("2200h"), Err(AttemptedTimeError::TooOld));
    }
}
