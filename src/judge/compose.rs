//! Puts the findings into words: checks, verdict, and what to tell the user.

use super::{Finding, access, evidence, region};
use crate::{
    diagnosis::{
        Check, CheckId, ContextKind, ContextLine, Diagnosis, InstanceChoice, NotCovered, Status, TellUser, Verdict,
        VerdictStatus,
    },
    domain::Instance,
    facts::{Call, Facts, Slot},
    intake::Case,
    reading::{Reading, applications, instances::Choice, person},
    text,
    words::{Blank, Entry, Filling, Words, console_domain, console_link},
};

pub(super) fn compose(
    case: &Case,
    facts: &Facts,
    words: &Words,
    choice: &Slot<Choice>,
    findings: [Finding; 8],
) -> Diagnosis {
    let instance = match choice {
        Slot::Seen(Choice::One(instance, _)) => Some(*instance),
        _ => None,
    };
    let filling = shared_filling(case, facts, instance);
    let suggestions =
        facts.directories.values().filter_map(|directory| directory.names.seen()).flat_map(|names| &names.close);
    let suggestions = suggestions.map(|name| text::clean(name)).collect();
    let checks: Vec<Check> = findings
        .into_iter()
        .zip(CheckId::ALL)
        .map(|(finding, id)| check(case, facts, words, instance, &filling, id, finding))
        .collect();
    let not_covered: Vec<NotCovered> = case
        .profile
        .not_covered
        .iter()
        .map(|item| NotCovered { title: text::clean(&item.title), look: text::clean(&item.look) })
        .collect();
    Diagnosis {
        user: text::clean(case.user.as_str()),
        app: text::clean(&case.profile.id),
        app_name: text::clean(&case.profile.name),
        at: facts.now,
        verdict: verdict(case, words, &checks, &not_covered),
        tell_user: instance.map(|instance| tell_user(case, facts, instance)),
        checks,
        not_covered,
        context: context(case, facts, choice),
        instances: instance_choices(facts, instance),
        suggestions,
        calls: facts.calls.iter().map(|call| call.attempts).sum(),
    }
}

fn check(
    case: &Case,
    facts: &Facts,
    words: &Words,
    instance: Option<&Instance>,
    shared: &Filling,
    id: CheckId,
    finding: Finding,
) -> Check {
    let evidence = evidence::of_check(facts, instance, id, &finding);
    let filling = finding.filling.over(shared);
    let each: Vec<Filling> = finding.each.iter().map(|own| own.over(&filling)).collect();
    let mut situations = finding.situations;
    situations.insert(access::sign_in_situation(case.settings.profile.is_some()));
    if case.profile.subscribing_assigns {
        situations.insert(crate::words::Situation::Subscription);
    }
    let mut routes = finding.routes;
    for values in std::iter::once(&filling).chain(&each) {
        for blank in [Blank::GroupId, Blank::PrincipalId] {
            routes.iter_mut().filter(|route| values.get(blank) == Some(&route.id)).for_each(|route| route.fixed = true);
        }
    }
    let entry = finding.cause.and_then(|cause| words.of(cause));
    let running = || running_summary(&evidence);
    let summary = match (entry, finding.status) {
        (Some(entry), _) => entry.headline(&filling),
        (None, None) => running(),
        (None, Some(_)) => finding.summary,
    };
    Check {
        id,
        status: finding.status,
        cause: finding.cause,
        summary: text::paragraph(&summary),
        expected: finding.expected.map(|expected| text::paragraph(&expected)),
        found: finding.found.map(|found| text::paragraph(&found)),
        waits_on: finding.waits_on,
        routes,
        notes: finding.notes.iter().map(|note| text::paragraph(note)).collect(),
        fixes: entry.map(|entry| entry.fixes(&filling, &situations, &each)).unwrap_or_default(),
        evidence,
    }
}

fn running_summary(evidence: &[Call]) -> String {
    let mut waiting: Vec<&str> =
        evidence.iter().filter(|call| call.end.is_none()).map(|call| call.operation.action()).collect();
    waiting.dedup();
    if waiting.is_empty() { "waiting for earlier answers".to_owned() } else { format!("asking {}", waiting.join(", ")) }
}

fn verdict(case: &Case, words: &Words, checks: &[Check], not_covered: &[NotCovered]) -> Option<Verdict> {
    if checks.iter().any(|check| check.status.is_none()) {
        return None;
    }
    let first = |status: Status| checks.iter().find(|check| check.status == Some(status));
    let found = [
        (Status::Fail, VerdictStatus::Problem),
        (Status::Unknown, VerdictStatus::Inconclusive),
        (Status::Warn, VerdictStatus::Suspect),
    ];
    for (status, verdict) in found {
        if let Some(check) = first(status) {
            let owner = check.cause.and_then(|cause| words.of(cause)).map(Entry::owner);
            return Some(Verdict {
                status: verdict,
                cause: check.cause,
                check: Some(check.id),
                headline: check.summary.clone(),
                owner,
            });
        }
    }
    let user = text::clean(case.user.as_str());
    let app = text::clean(&case.profile.name);
    let next =
        not_covered.first().map(|item| format!(" Next, check {}.", lower_first(&item.title))).unwrap_or_default();
    let headline = format!("Everything that can be seen lets {user} sign in to {app}.{next}");
    Some(Verdict { status: VerdictStatus::Healthy, cause: None, check: None, headline, owner: None })
}

/// A title in the middle of a sentence.
fn lower_first(title: &str) -> String {
    let mut characters = title.chars();
    let first = characters.next().map(char::to_lowercase).into_iter().flatten();
    first.chain(characters).collect()
}

/// The values that every cause's words may use.
fn shared_filling(case: &Case, facts: &Facts, instance: Option<&Instance>) -> Filling {
    let mut filling = Filling::default();
    filling.set(Blank::User, case.user.as_str());
    filling.set(Blank::App, case.profile.name.as_str());
    filling.set(Blank::HomeRegion, case.settings.home_region().as_str());
    filling.set(Blank::TypedUrl, region::typed_url(case).unwrap_or_default());
    filling.set(Blank::TypedRegion, region::typed_region(case).map(|region| region.to_string()).unwrap_or_default());
    let home = case.settings.home_region();
    let partition = instance.map_or(home.partition(), |instance| instance.arn.partition());
    filling.set(Blank::ConsoleDomain, console_domain(partition).unwrap_or_default());
    if let Some(profile) = &case.settings.profile {
        filling.set(Blank::AwsProfile, profile.value.as_str());
    }
    if let Some(caller) = facts.caller.seen() {
        filling.set(Blank::CallerAccount, caller.account.as_str());
    }
    let Some(instance) = instance else {
        return filling;
    };
    filling.set(Blank::Instance, instance.arn.as_str());
    filling.set(Blank::IdentityStore, instance.identity_store.as_str());
    filling.set(Blank::StartUrl, region::start_url(case, instance).unwrap_or_default());
    let primary =
        region::active_regions(facts, instance).seen().map_or(&instance.region, |regions| &regions.primary).clone();
    filling.set(Blank::Region, primary.as_str());
    if let Slot::Seen(Some((user, _))) = person::resolve(case, facts, &instance.identity_store) {
        filling.set(Blank::UserId, user.as_str());
    }
    if let Some(user) = facts.directory(&instance.identity_store).and_then(|directory| directory.user.seen()) {
        filling.set(Blank::UserName, user.user_name.clone().unwrap_or_default());
    }
    let found = applications::of_profile(case, facts, instance);
    let applications = found.seen().map(Vec::as_slice).unwrap_or_default();
    let enabled = applications.iter().find(|application| application.enabled == Some(true));
    let reaches = Reading::new(case, facts, instance).reaches();
    let granting = reaches.iter().find(|reach| reach.path == Slot::Seen(true)).map(|reach| &reach.application);
    if let Some(application) = granting.or(enabled).or(applications.first()) {
        filling.set(Blank::Application, application.label());
        filling.set(Blank::ApplicationArn, application.arn.as_str());
        filling
            .set(Blank::ApplicationAccount, application.account.as_ref().map(ToString::to_string).unwrap_or_default());
        filling.set(
            Blank::ApplicationRegion,
            case.profile.region_in_name(application).map(|region| region.to_string()).unwrap_or_default(),
        );
    }
    if instance.arn.partition() == "aws" {
        let mut place = filling.clone();
        if applications.is_empty() {
            let usual = case.profile.profile_regions.first().map(ToString::to_string);
            place.set(Blank::ApplicationRegion, usual.unwrap_or_default());
        }
        filling.set(Blank::Console, console_link(&case.profile.console, &place).unwrap_or_default());
    }
    filling
}

fn tell_user(case: &Case, facts: &Facts, instance: &Instance) -> TellUser {
    let regions = region::active_regions(facts, instance);
    let primary = regions.seen().map(|regions| &regions.primary);
    TellUser {
        start_url: region::start_url(case, instance),
        region: text::clean(primary.unwrap_or(&instance.region).as_str()),
        choose: text::clean(&case.profile.choose),
    }
}

fn context(case: &Case, facts: &Facts, choice: &Slot<Choice>) -> Vec<ContextLine> {
    let mut lines = Vec::new();
    let mut line =
        |kind, value: &str, source: String| lines.push(ContextLine { kind, value: text::clean(value), source });
    if let Some(profile) = &case.settings.profile {
        line(ContextKind::AwsProfile, &profile.value, profile.source.to_string());
    }
    match &case.settings.region {
        Some(region) => line(ContextKind::RegionAsked, region.value.as_str(), region.source.to_string()),
        None => line(ContextKind::RegionAsked, case.settings.home_region().as_str(), "none is configured".to_owned()),
    }
    if let Some(caller) = facts.caller.seen() {
        line(
            ContextKind::Account,
            caller.account.as_str(),
            format!("of the credentials, {}", text::clean(&caller.arn)),
        );
    }
    if let Slot::Seen(Choice::One(instance, why)) = choice {
        let source =
            case.settings.instance.as_ref().map_or_else(|| (*why).to_owned(), |named| named.source.to_string());
        line(ContextKind::Instance, instance.arn.as_str(), source);
        line(ContextKind::InstanceRegion, instance.region.as_str(), "as AWS says".to_owned());
        line(ContextKind::IdentityStore, instance.identity_store.as_str(), "of that instance".to_owned());
    }
    lines
}

fn instance_choices(facts: &Facts, used: Option<&Instance>) -> Vec<InstanceChoice> {
    let label = |instance: &Instance| {
        let name = instance.name.as_ref().map(|name| format!("{}, ", text::clean(name))).unwrap_or_default();
        format!("{name}{} in {}, {}", instance.arn.instance_id(), instance.region, instance.identity_store)
    };
    let choices = facts.instances().into_iter().map(|instance| InstanceChoice {
        arn: instance.arn.to_string(),
        label: text::clean(&label(instance)),
        used: used.is_some_and(|used| used.arn == instance.arn),
    });
    choices.collect()
}
