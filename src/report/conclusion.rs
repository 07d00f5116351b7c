//! What the checks together say: the verdict.

use jiff::Timestamp;

use super::{
    diagnosis::{Check, NotCovered, Origin, Verdict, VerdictStatus},
    typing::is_typing_told,
};
use crate::{
    case::Case,
    catalog::{CaseWords, Catalog, Cause, Condition, Fix, Healthy, Owner, Placeholder, Values},
    checks::{CheckId, Status},
    text,
};

/// What findings say beside their own words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asides {
    /// When to try again.
    pub(super) until: Option<Timestamp>,
    /// What a SAML response showed, where one was judged and fits.
    pub(super) saml: Option<Condition>,
}

/// Returns the verdict, when every check has ended but that of attempts. `words` are those of the checks, in their order.
pub(super) fn compose_verdict(
    case: &Case,
    catalog: &Catalog,
    checks: &[Check],
    words: &[Option<CaseWords>],
    values: &Values,
    not_covered: &[NotCovered],
    asides: Asides,
) -> Option<Verdict> {
    let Asides { until, saml } = asides;
    // What the others say stands, whatever happened; that follows.
    if checks.iter().any(|check| check.status.is_none() && check.id != CheckId::Attempts) {
        return None;
    }
    let found = [
        (Status::Fail, VerdictStatus::Problem),
        (Status::Unknown, VerdictStatus::Inconclusive),
        (Status::Warn, VerdictStatus::Suspect),
    ];
    for (status, verdict) in found {
        if let Some((check, words)) = checks.iter().zip(words).find(|(check, _)| check.status == Some(status)) {
            let owner = words.as_ref().map(|words| words.owner);
            return Some(judge_check(verdict, check, words.as_ref(), owner, until));
        }
    }
    let mut values = values.clone();
    if let Some(next) = not_covered.first() {
        values.set(Placeholder::Next, lower_first(&next.title));
        values.set(Placeholder::Look, next.look.as_str());
    }
    let Healthy { title, headline, say, instruction } = catalog.healthy(&values, is_typing_told(case), saml);
    Some(Verdict {
        status: VerdictStatus::Healthy,
        cause: None,
        check: None,
        title: text::paragraph(&title),
        headline: text::paragraph(&headline),
        say: text::paragraph(&say),
        until: None,
        owner: None,
        instruction: text::paragraph(&instruction),
        acts_first: Some(Owner::Operator),
        from: Origin::Checks,
        next: None,
    })
}

/// Returns the verdict of the check that decides.
fn judge_check(
    status: VerdictStatus,
    check: &Check,
    words: Option<&CaseWords>,
    owner: Option<Owner>,
    until: Option<Timestamp>,
) -> Verdict {
    let first = check.fixes.first();
    Verdict {
        status,
        cause: check.cause,
        check: Some(check.id),
        title: words.map(|words| text::paragraph(&words.title)).unwrap_or_default(),
        headline: check.summary.clone(),
        say: words.map(|words| text::paragraph(&words.say)).unwrap_or_default(),
        until: until.filter(|_| check.cause == Some(Cause::MembershipRecent)),
        owner,
        instruction: first.map(Fix::instruction).unwrap_or_default(),
        acts_first: first.map(|fix| fix.owner).or(owner),
        from: Origin::Checks,
        next: None,
    }
}

/// Returns a title as it stands in the middle of a sentence.
fn lower_first(title: &str) -> String {
    let mut characters = title.chars();
    let first = characters.next().map(char::to_lowercase).into_iter().flatten();
    first.chain(characters).collect()
}
