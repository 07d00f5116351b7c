//! Is the application registered, whole and enabled?

use super::{Check, CheckId, CheckInput, Finding, Findings, Presence};
use crate::{
    analysis::{CaseView, access::GrantingSets, instances},
    catalog::{Cause, Placeholder},
    domain::Application,
    facts::{Failure, FailureKind, Known, Operation},
    text,
};

pub(super) const CHECK: Check = Check {
    id: CheckId::Application,
    title: "Application",
    label: "app",
    question: "Is the application registered, whole and enabled?",
    rests_on: &[Operation::ListApplications],
    after: &[],
    presence: Presence::Always,
    judge: |input, _: &Findings| judge(input).unwrap_or_else(|finding| finding),
};

/// How many names of other applications are shown.
const OTHERS_SHOWN: usize = 5;

fn judge(input: &CheckInput) -> Result<Finding, Finding> {
    if let Some(candidates) = input.list_candidates() {
        return Err(Finding::of_missing(&instances::find_missing_answer(input.case, input.facts, candidates)));
    }
    input.require_view().map(judge_view)
}

pub(super) fn judge_view(view: &CaseView) -> Finding {
    let found = match &view.entitlements {
        Known::Value(found) => found,
        missing => return Finding::of_missing(missing),
    };
    let Some(first) = found.first() else {
        return judge_missing(view);
    };
    if let Some(failure) = view.find_unreported_entitlement() {
        let is_pending = view.accesses.iter().any(|access| access.has_path.is_pending());
        return if is_pending { Finding::running() } else { Finding::unknown(failure) };
    }
    let enabled = view.list_enabled_entitlements();
    if enabled.is_empty() {
        return Finding::fail(Cause::ApplicationDisabled)
            .expected_found("an ENABLED application", format!("DISABLED: {}", list_names(found)))
            .with_value(Placeholder::Application, first.label())
            .with_value(Placeholder::ApplicationArn, first.arn.as_str());
    }
    let pass = Finding::pass(format!("{}, enabled", list_names(&enabled)));
    if view.case.app.sign_in.is_none() {
        return pass
            .expected_found("registered and ENABLED", describe_applications(&enabled))
            .with_note(view.describe_narrowing());
    }
    let granting = view.find_granting_sets();
    let without =
        granting.list_members().find(|application| find_sign_in_beside(view, &[application]) == SignIn::Missing);
    match (granting.find_consensus(|set| find_sign_in_beside(view, set)), without) {
        (Known::Pending, _) => Finding::running(),
        (Known::Value(SignIn::Enabled), _) => pass
            .expected_found("registered and ENABLED, with its sign-in application", describe_applications(&enabled))
            .with_note(view.describe_narrowing())
            .with_note(describe_unread_assignments(view, &granting)),
        // Which one grants is not known, and one of them lacks its sign-in application: that is worth a warning.
        (Known::Value(SignIn::Missing) | Known::Failed(_), Some(without)) => judge_without_sign_in(view, without),
        (Known::Value(_) | Known::Failed(_), _) => {
            let message = "AWS does not say whether the sign-in application is enabled";
            let failure = Failure::new(FailureKind::Malformed, Operation::ListApplications, message);
            Finding::unknown(failure.about(&view.instance.region, view.instance.arn.as_str()))
        }
    }
}

fn judge_without_sign_in(view: &CaseView, without: &Application) -> Finding {
    let found = match view.list_sign_ins_of(without).first() {
        Some(sign_in) => format!("{} is not ENABLED", text::clean(sign_in.label())),
        None => format!("no sign-in application beside {}", text::clean(without.label())),
    };
    let finding = Finding::warn(Cause::SignInApplicationMissing)
        .expected_found("the sign-in application of the same account and Region, ENABLED", found)
        .with_value(Placeholder::Application, without.label())
        .with_note(view.describe_narrowing());
    match view.case.app.region_in_name(without) {
        Some(region) => finding.with_value(Placeholder::ApplicationRegion, region.as_str()),
        None => finding,
    }
}

/// What is known of the sign-in applications beside a set of applications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SignIn {
    /// One of the set has an enabled one.
    Enabled,
    /// None of the set has one that is enabled.
    Missing,
    /// AWS leaves out the status that would tell.
    Unreported,
}

fn find_sign_in_beside(view: &CaseView, set: &[&Application]) -> SignIn {
    let beside = set.iter().flat_map(|application| view.list_sign_ins_of(application));
    let statuses: Vec<Option<bool>> = beside.map(|sign_in| sign_in.enabled).collect();
    if statuses.contains(&Some(true)) {
        SignIn::Enabled
    } else if statuses.contains(&None) {
        SignIn::Unreported
    } else {
        SignIn::Missing
    }
}

/// Returns the remark that the sign-in application's own assignments could not be read. They are evidence, and decide
/// nothing.
fn describe_unread_assignments(view: &CaseView, granting: &GrantingSets) -> Option<String> {
    let mut beside = granting.list_members().flat_map(|application| view.list_sign_ins_of(application));
    let is_unread = beside.any(|sign_in| view.list_assignments(sign_in).failure().is_some());
    is_unread.then(|| "the assignments of the sign-in application could not be read".to_owned())
}

fn judge_missing(view: &CaseView) -> Finding {
    let expected = format!("an application named like {}", view.case.app.entitlement.names.join(" or "));
    let is_chosen = view.case.settings.instance.is_some() && view.facts.instances().len() > 1;
    let note = is_chosen.then(|| "only the applications of the instance that you chose were listed".to_owned());
    let others = view.listing.value().map(|listing| listing.applications).unwrap_or_default();
    let found = if others.is_empty() {
        "no application at all".to_owned()
    } else {
        let count = text::count(others.len(), "other application", "other applications");
        let shown: Vec<String> =
            others.iter().take(OTHERS_SHOWN).map(|application| text::clean(&application.name)).collect();
        let and = if shown.len() < others.len() { ", …" } else { "" };
        format!("{count}: {}{and}", shown.join(", "))
    };
    Finding::fail(Cause::ApplicationMissing).expected_found(text::clean(&expected), found).with_note(note)
}

fn list_names(applications: &[&Application]) -> String {
    applications.iter().map(|application| text::clean(application.label())).collect::<Vec<_>>().join(", ")
}

fn describe_applications(applications: &[&Application]) -> String {
    let mut described = Vec::new();
    for application in applications {
        let account = application.account.as_ref().map(|account| format!(" of account {account}"));
        let region = application.created_from.as_ref().map(|region| format!(", created in {region}"));
        let parts = [Some(text::clean(application.label())), account, region];
        described.push(parts.into_iter().flatten().collect::<String>());
    }
    described.join("; ")
}
