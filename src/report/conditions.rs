//! The situation of a case, as far as words and fixes depend on it.

use crate::{
    case::{App, Settings, SignIn},
    catalog::{Cause, Condition, Placeholder, Values},
};

/// Returns what decides between words and fixes, beside what the finding itself says.
pub(super) fn list_conditions(app: &App, settings: &Settings, cause: Option<Cause>, values: &Values) -> Vec<Condition> {
    let is_form_known = [Placeholder::StartUrl, Placeholder::Region].iter().all(|place| values.get(*place).is_some());
    let mut conditions = vec![
        if settings.aws_profile.is_some() { Condition::AwsProfile } else { Condition::NoAwsProfile },
        match settings.sign_in {
            SignIn::SsoProfile(_) => Condition::SsoProfile,
            SignIn::SsoSession(_) => Condition::SsoSession,
            SignIn::Login(_) => Condition::LoginProfile,
            SignIn::Elsewhere => Condition::SignInElsewhere,
        },
        if is_form_known { Condition::FormKnown } else { Condition::FormUnknown },
    ];
    if app.subscribing_assigns {
        conditions.push(Condition::Subscription);
    }
    if cause == Some(Cause::UserNotFound) && values.get(Placeholder::People).is_some() {
        conditions.push(Condition::Suggested);
    }
    let has_address = |place: Placeholder| values.get(place).is_some_and(|name| name.contains('@'));
    if has_address(Placeholder::TypedUser) && !has_address(Placeholder::UserName) {
        conditions.push(Condition::EmailTyped);
    }
    conditions
}
