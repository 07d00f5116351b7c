//! Names and ids out of a diagnosis, so that it can be posted in public and still be followed.
//!
//! User names and e-mail addresses become `user-1`, accounts `account-1`, directories `directory-1`, instances,
//! applications, users' and groups' ids, and the addresses of sign-in attempts likewise. The same thing has the same placeholder throughout a run. Group and
//! application names stay: without them nobody could follow the report.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

use regex_lite::{Captures, Regex};

use crate::{
    analysis::service_provider::{build_entity_id, list_tenants},
    case::Case,
    catalog::Fix,
    facts::{Facts, GetCallerIdentity},
    report::{
        diagnosis::{Check, Diagnosis},
        person,
        saw::SawReport,
    },
    text,
};

/// What is recognised by its form: the placeholder, and the form. The order matters: an e-mail address may contain
/// twelve digits, an id with a prefix contains one without.
const FORMS: [(&str, &str); 6] = [
    ("user", r"[A-Za-z0-9._%+-]+(?:@|%40)[A-Za-z0-9.-]+[A-Za-z0-9]"),
    ("id", r"(?i)\b([0-9a-f]{10}-)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"),
    ("instance", r"\bssoins-[0-9a-f]{16}\b"),
    ("directory", r"\bd-[0-9a-f]{10}\b"),
    ("application", r"\bapl-[0-9a-f]{16}\b"),
    ("account", r"\b[0-9]{12}\b"),
];

/// Gives out placeholders, the same one for the same thing.
#[derive(Debug)]
pub struct Redactor {
    forms: Vec<(&'static str, Regex)>,
    given: Mutex<BTreeMap<(&'static str, String), usize>>,
}

impl Redactor {
    /// Knows nothing yet.
    ///
    /// # Errors
    /// If a form cannot be compiled; a test rules that out.
    pub fn new() -> Result<Self, regex_lite::Error> {
        let forms = FORMS
            .iter()
            .map(|(kind, form)| Ok((*kind, Regex::new(form)?)))
            .collect::<Result<_, regex_lite::Error>>()?;
        Ok(Self { forms, given: Mutex::default() })
    }

    /// Returns the placeholder of a thing.
    #[must_use]
    pub fn assign_placeholder(&self, kind: &'static str, thing: &str) -> String {
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        let next = given.keys().filter(|(known, _)| *known == kind).count() + 1;
        let number = given.entry((kind, thing.to_owned())).or_insert(next);
        format!("{kind}-{number}")
    }

    /// Returns the diagnosis of a case without names and ids.
    #[must_use]
    pub fn redact(&self, case: &Case, facts: &Facts, mut diagnosis: Diagnosis) -> Diagnosis {
        // The user in question is the first to get a placeholder.
        let user = self.assign_placeholder("user", case.user.as_str());
        let own_names = person::list_own_names(case, facts);
        let mut names = list_known_names(case, facts);
        // The user has one placeholder, by whatever name.
        names.retain(|(_, name)| !own_names.contains(name) || name == case.user.as_str());
        let redact = |text: &mut String| {
            *text = self.redact_text(&names, text);
            // Last, because a given name may be a part of an address.
            for name in &own_names {
                *text = replace_word(text, name, false, || user.clone());
            }
        };
        diagnosis.user.clone_from(&user);
        diagnosis.display_name = None;
        if let Some(verdict) = &mut diagnosis.verdict {
            [&mut verdict.title, &mut verdict.headline, &mut verdict.say, &mut verdict.instruction]
                .into_iter()
                .for_each(redact);
        }
        if let Some(tell) = &mut diagnosis.tell_user {
            tell.start_url.iter_mut().for_each(redact);
            tell.user_name.iter_mut().for_each(redact);
        }
        diagnosis.checks.iter_mut().for_each(|check| redact_check(check, redact));
        if let Some(saw) = &mut diagnosis.saw {
            redact_saw(saw, redact);
        }
        for line in &mut diagnosis.context {
            redact(&mut line.value);
            redact(&mut line.source);
        }
        for attempt in diagnosis.attempts.iter_mut().flat_map(|attempts| &mut attempts.attempts) {
            redact(&mut attempt.result_words);
            attempt.events.iter_mut().flat_map(|event| &mut event.details).for_each(redact);
            if let Some(address) = &mut attempt.source_ip {
                *address = self.assign_placeholder("address", address);
            }
        }
        diagnosis.instances.iter_mut().for_each(|choice| redact(&mut choice.label));
        // A placeholder cannot be diagnosed, so none is offered.
        diagnosis.suggestions.clear();
        diagnosis
    }

    fn redact_text(&self, names: &[(&'static str, String)], text: &str) -> String {
        let mut text = text.to_owned();
        // Two spellings of one name are two names, as long as both are known.
        for in_any_case in [false, true] {
            for (kind, name) in names {
                text = replace_word(&text, name, in_any_case, || self.assign_placeholder(kind, name));
            }
        }
        for (kind, form) in &self.forms {
            let replaced = form.replace_all(&text, |found: &Captures| self.assign_placeholder(kind, &found[0]));
            text = replaced.into_owned();
        }
        text
    }
}

/// Returns the names of users that the facts know, and the portal's alias; longer ones first, because one may contain
/// another.
fn list_known_names(case: &Case, facts: &Facts) -> Vec<(&'static str, String)> {
    let mut users: BTreeSet<String> = BTreeSet::from([case.user.as_str().to_owned()]);
    users.extend(case.user.lookups().iter().map(|key| key.value().to_owned()));
    users.extend(case.typed_user());
    for user in facts.users() {
        users.extend(user.user_name.iter().chain(&user.emails).chain(&user.display_name).cloned());
    }
    let mut names: Vec<(&str, String)> = users.into_iter().map(|name| ("user", name)).collect();
    let urls = case.start_url.iter().chain(&case.settings.alias_url);
    names.extend(urls.filter_map(|url| Some(("alias", host_label(url)?))));
    let callers = facts.all::<GetCallerIdentity>().filter_map(|(_, caller)| session_name(&caller.value()?.arn));
    names.extend(callers.map(|name| ("session", name)));
    names.extend(case.settings.aws_profile.iter().map(|profile| ("profile", profile.value.clone())));
    names.extend(list_handed_over_names(case, facts));
    names.retain(|(_, name)| !name.is_empty());
    names.sort_by_key(|(_, name)| std::cmp::Reverse(name.len()));
    names
}

/// Returns the names that were handed over: who signed in, what the identity provider and Identity Center call themselves,
/// the tenants and other addresses.
fn list_handed_over_names(case: &Case, facts: &Facts) -> Vec<(&'static str, String)> {
    let handed = &case.handed_over;
    let mut names: Vec<(&'static str, &str)> = Vec::new();
    names.extend(handed.name_of_provider().map(|name| ("entity", name)));
    if let Some(metadata) = handed.usable_sp_metadata() {
        names.push(("entity", &metadata.entity_id));
        names.extend(metadata.consumers.iter().flat_map(|address| list_names_of_address(address)));
    }
    if let Some(response) = handed.response() {
        names.extend(response.issuers().map(|issuer| ("entity", issuer)));
        names.extend(response.destination.iter().flat_map(|address| list_names_of_address(address)));
        names.extend(response.status_message.iter().flat_map(|message| list_names_of_tenants(message)));
        if let Some(assertion) = &response.assertion {
            names.extend(assertion.audiences.iter().flatten().map(|audience| ("entity", audience.as_str())));
            names.extend(assertion.name_id.iter().map(|name| ("user", name.value.trim())));
            let recipients = assertion.confirmations.iter().filter_map(|known| known.recipient.as_deref());
            names.extend(recipients.flat_map(list_names_of_address));
        }
    }
    let fetched = handed.idp_metadata.iter().map(|handed| handed.origin.as_str());
    names.extend(fetched.filter(|origin| origin.contains("://")).map(|origin| ("address", origin)));
    let mut names: Vec<(&'static str, String)> =
        names.into_iter().map(|(kind, name)| (kind, name.to_owned())).collect();
    for instance in facts.instances() {
        names.extend(build_entity_id(facts, instance).value().map(|name| ("entity", name.clone())));
    }
    // A long one is shown in part.
    let shown: Vec<(&'static str, String)> = names.iter().map(|(kind, name)| (*kind, text::clean(name))).collect();
    names.extend(shown);
    names
}

fn list_names_of_tenants(text: &str) -> impl Iterator<Item = (&'static str, &str)> {
    list_tenants(text).into_iter().map(|tenant| ("tenant", tenant))
}

/// Returns the tenant of an address of Identity Center; of any other the whole address.
fn list_names_of_address(address: &str) -> Vec<(&'static str, &str)> {
    let tenants: Vec<(&str, &str)> = list_names_of_tenants(address).collect();
    if tenants.is_empty() { vec![("address", address)] } else { tenants }
}

/// Returns the last part of the caller's ARN: who runs this program, often by name.
fn session_name(arn: &str) -> Option<String> {
    arn.rsplit_once('/').map(|(_, name)| name.to_owned())
}

/// Returns the part of a typed URL's host that is the organization's own: of an alias the alias, of another host all of
/// it.
fn host_label(url: &str) -> Option<String> {
    let with_scheme = if url.contains("://") { url.to_owned() } else { format!("https://{url}") };
    let host = url::Url::parse(&with_scheme).ok()?.host_str()?.to_owned();
    match host.strip_suffix(".awsapps.com") {
        Some(alias) => Some(alias.to_owned()).filter(|alias| alias != "view"),
        None if [".amazonaws.com", ".app.aws"].iter().any(|domain| host.ends_with(domain)) => None,
        None => Some(host),
    }
}

fn redact_check(check: &mut Check, redact: impl Fn(&mut String) + Copy) {
    redact(&mut check.summary);
    check.expected.iter_mut().for_each(redact);
    check.found.iter_mut().for_each(redact);
    check.notes.iter_mut().for_each(redact);
    for route in &mut check.routes {
        redact(&mut route.id);
        redact(&mut route.name);
    }
    check.fixes.iter_mut().for_each(|fix| redact_fix(fix, redact));
}

fn redact_saw(saw: &mut SawReport, redact: impl Fn(&mut String) + Copy) {
    saw.start_url.iter_mut().chain(&mut saw.typed_region).for_each(redact);
    for candidate in &mut saw.candidates {
        redact(&mut candidate.title);
        redact(&mut candidate.first_action);
    }
    redact(&mut saw.remark);
    saw.fixes.iter_mut().for_each(|fix| redact_fix(fix, redact));
}

fn redact_fix(fix: &mut Fix, redact: impl Fn(&mut String) + Copy) {
    redact(&mut fix.title);
    fix.steps.iter_mut().for_each(redact);
    fix.command.iter_mut().for_each(redact);
    fix.console.iter_mut().for_each(redact);
    fix.resource.iter_mut().for_each(redact);
}

/// Replaces a name where it stands as a word: a user called "an" is not in "another".
fn replace_word(text: &str, name: &str, in_any_case: bool, placeholder: impl Fn() -> String) -> String {
    let is_part = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    let lower = name.to_lowercase();
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut before = None;
    let mut letters = text.chars();
    while let Some(first) = letters.next() {
        let after = if in_any_case { without_prefix(rest, &lower) } else { rest.strip_prefix(name) };
        let after = after.filter(|after| !is_part(before) && !is_part(after.chars().next()));
        if let Some(after) = after {
            out.push_str(&placeholder());
            before = name.chars().next_back();
            letters = after.chars();
        } else {
            out.push(first);
            before = Some(first);
        }
        rest = letters.as_str();
    }
    out
}

/// Returns what follows a name at the start of a text. The name is in lower case, the text in any.
fn without_prefix<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut wanted = name.chars();
    let mut letters = text.chars();
    while !wanted.as_str().is_empty() {
        for letter in letters.next()?.to_lowercase() {
            if wanted.next() != Some(letter) {
                return None;
            }
        }
    }
    Some(letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_thing_keeps_its_placeholder() {
        let redactor = Redactor::new().unwrap();
        let names = [("user", "an".to_owned())];
        let text = "another an (9a672d4e15-1f2e3d4c-0000-1111-2222-333344445555) in d-1234567890 of 111122223333, not 444455556666; an, d-1234567890, ben@corp.example";
        assert_eq!(
            redactor.redact_text(&names, text),
            "another user-1 (id-1) in directory-1 of account-1, not account-2; user-1, directory-1, user-2"
        );
        let names = [("user", "josé garcía".to_owned())];
        assert_eq!(redactor.redact_text(&names, "JOSÉ GARCÍA, hana%40corp.example"), "user-3, user-4");
        let arn = "arn:aws:sts::111122223333:assumed-role/Helpdesk/eve@corp.example";
        assert_eq!(redactor.redact_text(&[], arn), "arn:aws:sts::account-1:assumed-role/Helpdesk/user-5");
    }
}
