//! What the user should type into the sign-in form, and what that is to the verdict.

use super::{
    diagnosis::{Check, Origin, Standing, TellUser, Verdict, VerdictStatus},
    person::typed_user,
};
use crate::{
    analysis::{CaseView, regions},
    case::Case,
    catalog::{Cause, Owner},
    checks::{CheckId, Status},
    domain::Instance,
    facts::Facts,
    symptoms::is_only_told,
    text,
};

/// Returns true if something was told of what stands on the user's screen.
pub(super) fn is_typing_told(case: &Case) -> bool {
    case.typed_url().is_some() || case.typed_region().is_some() || typed_user(case).is_some()
}

pub(super) fn tell_user(
    case: &Case,
    facts: &Facts,
    instance: &Instance,
    checks: &[Check],
    verdict: Option<&Verdict>,
) -> TellUser {
    TellUser {
        start_url: regions::build_start_url(case, instance),
        region: text::clean(regions::find_primary_region(facts, instance).as_str()),
        choose: text::clean(&case.app.choose),
        user_name: other_user_name(case, facts, instance, verdict),
        standing: find_standing(case, checks, verdict),
    }
}

/// Returns the user name, when the user types one into Identity Center's own page and was found by something else.
fn other_user_name(case: &Case, facts: &Facts, instance: &Instance, verdict: Option<&Verdict>) -> Option<String> {
    let view = CaseView::new(case, facts, instance);
    let record = view.read_user_record();
    let is_the_fix = verdict.is_some_and(|verdict| verdict.cause == Some(Cause::UserNameDiffers));
    let user = record.value().filter(|user| is_the_fix || !user.external)?;
    let name = user.user_name.as_deref().filter(|name| *name != case.user.as_str())?;
    Some(text::clean(name))
}

/// Returns true unless what the user is to do has nothing to do with the sign-in form.
fn is_about_form(verdict: &Verdict) -> bool {
    // What happened after the form was left is not mended by what stands in it.
    if verdict.check == Some(CheckId::Attempts) {
        return false;
    }
    verdict.from == Origin::Checks
        || verdict.cause.is_some_and(|cause| cause == Cause::WrongSignInMethod || !is_only_told(cause))
}

fn find_standing(case: &Case, checks: &[Check], verdict: Option<&Verdict>) -> Standing {
    let Some(verdict) = verdict else {
        return Standing::Aside;
    };
    if verdict.owner == Some(Owner::User) && is_about_form(verdict) {
        return Standing::IsTheFix;
    }
    let is_told = is_typing_told(case);
    let may_be_typed = verdict.status == VerdictStatus::Healthy || verdict.cause == Some(Cause::AttemptNoToken);
    if !is_told && may_be_typed {
        return Standing::ToCompare;
    }
    let is_right = |id: CheckId| checks.iter().any(|check| check.id == id && check.status == Some(Status::Pass));
    // A user name that was typed is judged with the user.
    let is_name_right = typed_user(case).is_none() || is_right(CheckId::User);
    if is_told && is_name_right && is_right(CheckId::Region) { Standing::TypedRight } else { Standing::Aside }
}
