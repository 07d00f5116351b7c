//! What every written report begins with: what is the matter, what to say to the caller, what to do.

use super::{Glyphs, diagnosis::Diagnosis};
use crate::{
    checks::Status,
    report::diagnosis::{TellUser, Verdict, VerdictStatus},
};

/// The version of this program, as reports name it.
pub(super) const VERSION: &str = concat!("sso-doctor ", env!("CARGO_PKG_VERSION"));

/// Returns the time of a diagnosis, with its time zone.
pub(super) fn describe_time(diagnosis: &Diagnosis) -> String {
    diagnosis.at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// Returns the title in capitals, behind the mark of the check that decides.
pub(super) fn shout_title(verdict: &Verdict, glyphs: Glyphs) -> String {
    let status = match verdict.status {
        VerdictStatus::Problem => Status::Fail,
        VerdictStatus::Suspect => Status::Warn,
        VerdictStatus::Inconclusive => Status::Unknown,
        VerdictStatus::Healthy => Status::Pass,
    };
    format!("{} {}", glyphs.status_mark(Some(status)), verdict.title.to_uppercase())
}

/// Returns the user's name as people and as the directory write it, and how the person was found.
pub(super) fn describe_person(diagnosis: &Diagnosis, between: &str) -> String {
    let display_name = diagnosis.display_name.iter().filter(|name| **name != diagnosis.user);
    let found_by = diagnosis.found_by.iter().map(|found| format!("found {found}"));
    display_name.cloned().chain([diagnosis.user.clone()]).chain(found_by).collect::<Vec<_>>().join(between)
}

/// Returns cause, application, time and version.
pub(super) fn describe_run(diagnosis: &Diagnosis, between: &str) -> String {
    let cause = diagnosis.verdict.as_ref().and_then(|verdict| verdict.cause).map(|cause| cause.code().to_owned());
    let parts = [diagnosis.app_name.clone(), describe_time(diagnosis), VERSION.to_owned()];
    cause.into_iter().chain(parts).collect::<Vec<_>>().join(between)
}

/// Returns the checks in their order, in one line of words. Those that decide are in capitals.
pub(super) fn list_checks(diagnosis: &Diagnosis, glyphs: Glyphs) -> String {
    let words = diagnosis.checks.iter().map(|check| {
        let is_calm = matches!(check.status, None | Some(Status::Pass | Status::Skipped));
        let label = check.id.label();
        let label = if is_calm { label.to_owned() } else { label.to_uppercase() };
        format!("{} {label}", glyphs.status_mark(check.status))
    });
    words.collect::<Vec<_>>().join("  ")
}

/// Returns what the user should type in one line, for where typing is not the fix.
pub(super) fn describe_typing(tell: &TellUser) -> String {
    let is_right = tell.standing == crate::report::diagnosis::Standing::TypedRight;
    let right = if is_right { "What the user typed is right. As usual: " } else { "If asked what to type: " };
    let start_url = tell.start_url.as_deref().map(|url| format!("start URL {url}, ")).unwrap_or_default();
    let user_name = tell.user_name.as_deref().map(|name| format!(", user name {name}")).unwrap_or_default();
    format!("{right}{start_url}Region {}{user_name}.", tell.region)
}
