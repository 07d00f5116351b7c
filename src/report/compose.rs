//! Puts the findings into words: checks, verdict, and what to tell the user.

use super::{
    attempts,
    conclusion::{self, Asides},
    conditions::list_conditions,
    diagnosis::{Attempts, Check, ContextKind, ContextLine, Diagnosis, InstanceChoice, NotCovered, PersonChoice},
    evidence, person,
    rights::Rights,
    saw_words::{Words, add_what_was_seen},
    typing,
};
use crate::{
    analysis::{
        CaseView,
        instances::{self, Choice},
        people::{FoundPerson, find_people},
        regions,
        suggestions::read_names,
    },
    case::{Case, SignIn},
    catalog::{CaseWords, Catalog, Condition, Placeholder, Values, fill_console_link, find_console_domain},
    checks::{self, CheckId, Finding, Outcome, Status},
    domain::{AccountId, Instance, Region},
    facts::{Call, Facts, Known},
    text::{self, Shell},
};

/// Judges what is known so far and puts it into words. Checks whose facts are missing are running.
#[must_use]
pub fn diagnose(case: &Case, facts: &Facts, catalog: &Catalog) -> Diagnosis {
    let choice = instances::choose_instance(case, facts);
    let findings = checks::judge_checks(case, facts, &choice);
    let instance = checks::find_chosen(&choice);
    let mut values = shared_values(case, facts, instance);
    let looks_at_attempts = findings.iter().any(|(check, _)| *check == CheckId::Attempts);
    let scope = evidence::Scope::new(case, facts, instance, looks_at_attempts);
    let until = findings.iter().find_map(|(_, finding)| finding.until);
    let saml = find_saml_fit(&findings, &mut values);
    let mut checks = Vec::new();
    let mut words = Vec::new();
    for (id, finding) in findings {
        let evidence = scope.list_calls_of(id, &finding);
        let (check, said) = compose_check((case, facts), catalog, &values, id, finding, evidence);
        checks.push(check);
        words.push(said);
    }
    let rights = instance.and_then(|instance| Rights::find(case, facts, instance));
    if let Some(rights) = &rights {
        for check in &mut checks {
            rights.judge_fixes(&mut check.fixes);
        }
    }
    let concerns_case = |call: &&Call| {
        let is_of_rights = || rights.as_ref().is_some_and(|rights| rights.has_asked(&call.query, &checks));
        scope.concerns_case(&call.query) || is_of_rights()
    };
    let call_list: Vec<Call> = facts.calls.iter().filter(concerns_case).cloned().collect();
    let attempts =
        if looks_at_attempts { instance.and_then(|one| attempts::list_attempts(case, facts, one)) } else { None };
    let not_covered = list_not_covered(case, &checks, attempts.as_ref());
    let verdict =
        conclusion::compose_verdict(case, catalog, &checks, &words, &values, &not_covered, Asides { until, saml });
    let words = Words { app: &case.app, settings: &case.settings, catalog, checks: &checks, values: &values };
    let (saw, verdict) = add_what_was_seen(&words, case, facts, instance, verdict);
    Diagnosis {
        user: instance.map_or_else(|| text::clean(case.user.as_str()), |instance| name_user(case, facts, instance)),
        display_name: instance.and_then(|instance| find_display_name(case, facts, instance)),
        found_by: instance.and_then(|instance| describe_search(case, facts, instance)),
        app: text::clean(&case.app.id),
        app_name: text::clean(&case.app.name),
        at: facts.now,
        tell_user: instance.map(|instance| typing::tell_user(case, facts, instance, &checks, verdict.as_ref())),
        verdict,
        saw,
        checks,
        not_covered,
        context: list_context(case, facts, &choice),
        instances: list_instances(facts, instance),
        suggestions: list_suggestions(case, facts),
        people: list_people(case, facts),
        attempts,
        calls: call_list.iter().map(|call| call.attempts).sum(),
        call_list,
    }
}

/// Returns what a SAML response showed, where one was judged and fits.
fn find_saml_fit(findings: &[(CheckId, Finding)], values: &mut Values) -> Option<Condition> {
    let (_, finding) = findings.iter().find(|(check, _)| *check == CheckId::Sso)?;
    let fits = [Condition::SamlFits, Condition::SamlFitsInPart];
    let saml = fits.into_iter().find(|condition| finding.conditions.contains(condition))?;
    values.set_if_known(Placeholder::Fits, finding.values.get(Placeholder::Fits));
    Some(saml)
}

/// Returns what has to be looked at by hand: what no check judged. Who was given a token got past sign-in: the
/// subscription comes next.
fn list_not_covered(case: &Case, checks: &[Check], attempts: Option<&Attempts>) -> Vec<NotCovered> {
    let is_covered = |id: &String| {
        let judged =
            checks.iter().filter(|check| matches!(check.status, Some(Status::Pass | Status::Warn | Status::Fail)));
        judged.into_iter().any(|check| check.id.id() == id)
    };
    let items = case
        .app
        .not_covered
        .iter()
        .filter(|item| !item.covered_by.as_ref().is_some_and(is_covered))
        .map(|item| NotCovered { title: text::clean(&item.title), look: text::clean(&item.look) });
    let mut items: Vec<NotCovered> = items.collect();
    if attempts.and_then(|attempts| attempts.attempts.first()).is_some_and(|last| last.result == "token") {
        items.sort_by_key(|item| !item.title.to_lowercase().contains("subscription"));
    }
    items
}

/// Returns who the user is to people: as typed, or by user name who was named by an id.
fn name_user(case: &Case, facts: &Facts, instance: &Instance) -> String {
    let view = CaseView::new(case, facts, instance);
    let record = view.read_user_record();
    let user_name = record.value().and_then(|user| user.user_name.as_deref()).filter(|_| case.user.is_id());
    text::clean(user_name.unwrap_or_else(|| case.user.as_str()))
}

fn find_display_name(case: &Case, facts: &Facts, instance: &Instance) -> Option<String> {
    let view = CaseView::new(case, facts, instance);
    let record = view.read_user_record();
    record.value()?.display_name.as_deref().map(text::clean)
}

/// Returns how the user was found, when it was not by the user name as it was given.
fn describe_search(case: &Case, facts: &Facts, instance: &Instance) -> Option<String> {
    if case.user.is_person_name() {
        let search = find_people(facts, case.user.as_str());
        return (search.found.len() == 1)
            .then(|| format!("by name among {}", text::count(search.read, "user", "users")));
    }
    let view = CaseView::new(case, facts, instance);
    let Known::Value(Some(found)) = &view.user else {
        return None;
    };
    found.describe_key(case, view.read_user_record().value().copied()).map(ToOwned::to_owned)
}

/// How many people are listed.
const PEOPLE_LISTED: usize = 50;

fn list_people(case: &Case, facts: &Facts) -> Vec<PersonChoice> {
    if !case.user.is_person_name() {
        return Vec::new();
    }
    let search = find_people(facts, case.user.as_str());
    let found = search.found.iter().take(PEOPLE_LISTED);
    found.map(|FoundPerson { instance, user }| PersonChoice::new(instance, user)).collect()
}

fn list_suggestions(case: &Case, facts: &Facts) -> Vec<String> {
    let mut suggestions = Vec::new();
    for instance in facts.instances() {
        if let Known::Value(names) = read_names(case, facts, instance) {
            suggestions.extend(names.close.iter().map(|name| text::clean(name)));
        }
    }
    suggestions
}

fn compose_check(
    (case, facts): (&Case, &Facts),
    catalog: &Catalog,
    shared: &Values,
    id: CheckId,
    finding: Finding,
    evidence: Vec<Call>,
) -> (Check, Option<CaseWords>) {
    let mut values = finding.values.put_over(shared);
    person::name_other_instance(facts, &mut values);
    catalog.name_provider(case.handed_over.name_of_provider(), finding.cause(), &mut values);
    let each: Vec<Values> = finding.each.iter().map(|own| own.put_over(&values)).collect();
    let (status, cause, waits_on) = (finding.status(), finding.cause(), finding.find_first_check());
    let entry = cause.and_then(|cause| catalog.entry_of(cause));
    let mut conditions = finding.conditions;
    conditions.extend(list_conditions(&case.app, &case.settings, cause, &values));
    let words = entry.map(|entry| entry.write_case(&values, &conditions));
    let summary = match (&words, &finding.outcome) {
        (Some(words), _) => words.headline.clone(),
        (None, Outcome::Skipped { waits_on: Some(first), .. }) => {
            format!("needs {} first", first.title_for(&case.app.name))
        }
        (None, Outcome::Pass { summary } | Outcome::Skipped { summary, .. }) => summary.clone(),
        (None, _) => describe_waiting(&evidence),
    };
    let mut routes = finding.routes;
    for route in &mut routes {
        let is_meant = |values: &Values| {
            [Placeholder::GroupId, Placeholder::PrincipalId].iter().any(|id| values.get(*id) == Some(&route.id))
        };
        route.fixed = is_meant(&values) || each.iter().any(is_meant);
    }
    let check = Check {
        id,
        status,
        cause,
        summary: text::paragraph(&summary),
        expected: finding.expected.map(|expected| text::paragraph(&expected)),
        found: finding.found.map(|found| text::paragraph(&found)),
        waits_on,
        routes,
        notes: finding.notes.iter().map(|note| text::paragraph(note)).collect(),
        fixes: entry.map_or_else(Vec::new, |entry| entry.list_fixes(&values, &conditions, &each)),
        evidence,
    };
    (check, words)
}

fn describe_waiting(evidence: &[Call]) -> String {
    let mut waiting: Vec<&str> =
        evidence.iter().filter(|call| call.end.is_none()).map(|call| call.operation().action()).collect();
    waiting.dedup();
    if waiting.is_empty() { "waiting for earlier answers".to_owned() } else { format!("asking {}", waiting.join(", ")) }
}

/// The values that every cause's words may use.
fn shared_values(case: &Case, facts: &Facts, instance: Option<&Instance>) -> Values {
    let mut values = Values::default();
    person::name_person(case, facts, instance, &mut values);
    values.set(Placeholder::User, case.user.as_str());
    values.set(Placeholder::App, case.app.name.as_str());
    values.set(Placeholder::HomeRegion, case.settings.home_region().as_str());
    values.set_if_known(Placeholder::TypedUser, case.typed_user());
    values.set_if_known(Placeholder::TypedUrl, case.typed_url());
    values.set_if_known(Placeholder::TypedRegion, case.typed_region().map(|typed| typed.shown()));
    let home = case.settings.home_region();
    let partition = instance.map_or(home.partition(), |instance| instance.arn.partition());
    values.set_if_known(Placeholder::ConsoleDomain, find_console_domain(partition));
    let profile = case.settings.aws_profile.as_ref().map_or("default", |profile| profile.value.as_str());
    values.set(Placeholder::AwsProfile, profile);
    let format = match text::read_shell() {
        Shell::Posix => "env",
        Shell::PowerShell => "powershell",
    };
    values.set(Placeholder::CredentialsFormat, format);
    match &case.settings.sign_in {
        SignIn::SsoProfile(profile) | SignIn::Login(profile) => values.set(Placeholder::LoginProfile, profile.as_str()),
        SignIn::SsoSession(session) => values.set(Placeholder::SsoSession, session.as_str()),
        SignIn::Elsewhere => {}
    }
    if let Known::Value(caller) = instances::find_caller(case, facts) {
        values.set(Placeholder::CallerAccount, caller.account.as_str());
    }
    let Some(instance) = instance else {
        return values;
    };
    values.set(Placeholder::Instance, instance.arn.as_str());
    values.set(Placeholder::InstanceName, person::name_instance(instance));
    values.set(Placeholder::IdentityStore, instance.identity_store.as_str());
    if let Some(owner) = &instance.owner {
        let arn = format!("arn:{partition}:identitystore::{owner}:identitystore/{}", instance.identity_store);
        values.set(Placeholder::IdentityStoreArn, arn);
    }
    values.set_if_known(Placeholder::StartUrl, regions::build_start_url(case, instance));
    values.set(Placeholder::Region, regions::find_primary_region(facts, instance).as_str());
    let view = CaseView::new(case, facts, instance);
    if let Known::Value(Some(user)) = &view.user {
        values.set(Placeholder::UserId, user.id.as_str());
    }
    if let Known::Value(user) = view.read_user_record() {
        values.set_if_known(Placeholder::UserName, user.user_name.as_ref());
    }
    set_application(&view, &mut values);
    values
}

/// Sets the values about the application: of the one that lets the user in, else of an enabled one, else of any.
fn set_application(view: &CaseView, values: &mut Values) {
    let entitlements = view.entitlements.value();
    let mut all = entitlements.into_iter().flatten().copied();
    let granting = view.accesses.iter().find(|access| access.has_path == Known::Value(true));
    let first = all.clone().next();
    let enabled = all.find(|application| application.enabled == Some(true));
    let application = granting.map(|access| access.application).or(enabled).or(first);
    let app = &view.case.app;
    let mut place = values.clone();
    if let Some(application) = application {
        values.set(Placeholder::Application, application.label());
        values.set(Placeholder::ApplicationArn, application.arn.as_str());
        values.set_if_known(Placeholder::ApplicationAccount, application.account.as_ref().map(AccountId::as_str));
        values
            .set_if_known(Placeholder::ApplicationRegion, app.region_in_name(application).as_ref().map(Region::as_str));
        place = values.clone();
    } else if let Some(usual) = app.entitlement_regions.first() {
        place.set(Placeholder::ApplicationRegion, usual.as_str());
    }
    if view.instance.arn.partition() == "aws" {
        values.set_if_known(Placeholder::Console, fill_console_link(&app.console, &place));
    }
}

fn list_context(case: &Case, facts: &Facts, choice: &Known<Choice>) -> Vec<ContextLine> {
    let mut lines = Vec::new();
    let mut line =
        |kind, value: &str, source: String| lines.push(ContextLine { kind, value: text::clean(value), source });
    if let Some(profile) = &case.settings.aws_profile {
        line(ContextKind::AwsProfile, &profile.value, profile.source.to_string());
    }
    match &case.settings.region {
        Some(region) => line(ContextKind::RegionAsked, region.value.as_str(), region.source.to_string()),
        None => line(ContextKind::RegionAsked, case.settings.home_region().as_str(), "none is configured".to_owned()),
    }
    if let Known::Value(caller) = instances::find_caller(case, facts) {
        line(
            ContextKind::Account,
            caller.account.as_str(),
            format!("of the credentials, {}", text::clean(&caller.arn)),
        );
    }
    if let Known::Value(Choice::One(instance, why)) = choice {
        let source =
            case.settings.instance.as_ref().map_or_else(|| (*why).to_owned(), |named| named.source.to_string());
        line(ContextKind::Instance, instance.arn.as_str(), source);
        line(ContextKind::InstanceRegion, instance.region.as_str(), "as AWS says".to_owned());
        line(ContextKind::IdentityStore, instance.identity_store.as_str(), "of that instance".to_owned());
    }
    lines
}

fn list_instances(facts: &Facts, used: Option<&Instance>) -> Vec<InstanceChoice> {
    let choices = facts.instances().into_iter().map(|instance| InstanceChoice {
        arn: instance.arn.to_string(),
        label: text::clean(&describe_instance(instance)),
        used: used.is_some_and(|used| used.arn == instance.arn),
    });
    choices.collect()
}

fn describe_instance(instance: &Instance) -> String {
    let place = format!("{} in {}, {}", instance.arn.instance_id(), instance.region, instance.identity_store);
    match &instance.name {
        Some(name) => format!("{}, {place}", text::clean(name)),
        None => place,
    }
}
