//! The detail of one check: what was found, what leads to access, what to do, and what it rests on.

use super::page::Page;
use crate::{
    diagnosis::{Check, CheckId, Fix, Route, Status},
    facts::Call,
    text,
    tui::{
        action::Action,
        model::{Progress, Run, Setup},
        theme::{Glyph, Tone},
        time,
    },
};

/// So many groups are shown before the person asks for all.
const FIRST_ROUTES: usize = 3;

pub(super) fn write(setup: &Setup, run: &Run, check: &Check, repeats_verdict: bool, page: &mut Page) {
    finding(setup, run, check, repeats_verdict, page);
    first_routes(setup, run, check, page);
    suggestions(setup, run, check, page);
    match (&check.expected, &check.found) {
        (Some(expected), Some(found)) => page.beside(("Expected", expected), ("Found", found)),
        (Some(expected), None) => page.put("Expected  ", Tone::Quiet, expected, Tone::Plain),
        (None, Some(found)) => page.put("Found     ", Tone::Quiet, found, Tone::Plain),
        (None, None) => {}
    }
    for (place, fix) in check.fixes.iter().enumerate() {
        write_fix(place, check.fixes.len(), fix, page);
    }
    if !check.notes.is_empty() {
        page.heading("Notes");
        check.notes.iter().for_each(|note| page.bullet(note));
    }
    used(run, check, page);
    if run.unfolded {
        page.begin_unfolded();
    }
    all_routes(setup, run, check, page);
    evidence(setup, run, check, page);
}

fn finding(setup: &Setup, run: &Run, check: &Check, repeats_verdict: bool, page: &mut Page) {
    let waits_for = Run::waits_for(check);
    let (tone, summary) = match check.status {
        Some(status @ (Status::Fail | Status::Warn | Status::Unknown)) => (Tone::from(status), check.summary.as_str()),
        None if run.progress == Progress::Cancelled => (Tone::Quiet, "Cancelled before it was answered."),
        None if Run::slowest_call(check).is_none() => (Tone::Quiet, waits_for.as_str()),
        _ => (Tone::Plain, check.summary.as_str()),
    };
    let is_said = run.diagnosis.verdict.as_ref().is_some_and(|verdict| verdict.headline == summary);
    if repeats_verdict || !is_said {
        page.toned(tone, summary);
    }
    if check.status.is_none() {
        for call in check.evidence.iter().filter(|call| call.end.is_none()) {
            write_call(setup, run, call, page);
        }
    }
}

/// The ways in, of many only the first ones: the fix must not be thousands of lines below.
fn first_routes(setup: &Setup, run: &Run, check: &Check, page: &mut Page) {
    let count = if has_many_routes(check) { FIRST_ROUTES } else { check.routes.len() };
    ordered(check).into_iter().take(count).for_each(|route| write_route(setup, run, route, page));
    if !has_many_routes(check) {
        return;
    }
    let more = format!("and {} more", check.routes.len() - FIRST_ROUTES);
    let hint =
        if run.unfolded { format!("{more}, all below") } else { with_key(setup, Action::Evidence, &more, "shows all") };
    page.toned(Tone::Quiet, &hint);
}

fn all_routes(setup: &Setup, run: &Run, check: &Check, page: &mut Page) {
    if has_many_routes(check) && run.unfolded {
        page.heading(&format!("{} All {}", setup.theme.glyph(Glyph::Unfolded), check.routes.len()));
        for route in ordered(check) {
            write_route(setup, run, route, page);
        }
    }
}

/// Those that grant access first, then the one that a fix is about: its command has the id.
fn ordered(check: &Check) -> Vec<&Route> {
    let mut routes: Vec<&Route> = check.routes.iter().collect();
    routes.sort_by_key(|route| (!route.grants, !route.fixed));
    routes
}

fn has_many_routes(check: &Check) -> bool {
    check.routes.len() > FIRST_ROUTES + 1
}

fn write_route(setup: &Setup, run: &Run, route: &Route, page: &mut Page) {
    let (glyph, tone) = if route.grants { (Glyph::Grants, Tone::Good) } else { (Glyph::Would, Tone::Quiet) };
    let glyph = format!("{} ", setup.theme.glyph(glyph));
    let named = if run.unfolded && route.id != route.name {
        format!("{} ({}): {}", route.name, route.id, route.why)
    } else {
        format!("{}: {}", route.name, route.why)
    };
    page.put(&glyph, tone, &named, Tone::Plain);
}

fn suggestions(setup: &Setup, run: &Run, check: &Check, page: &mut Page) {
    if check.id != CheckId::User || run.diagnosis.suggestions.is_empty() {
        return;
    }
    let names = run.diagnosis.suggestions.join(", ");
    let question = with_key(setup, Action::DidYouMean, "Did you mean", "chooses");
    page.put(&format!("{question}  "), Tone::Quiet, &names, Tone::Strong);
}

fn write_fix(place: usize, fixes: usize, fix: &Fix, page: &mut Page) {
    let lead = match (place, fixes) {
        (0, 1) => "Fix".to_owned(),
        (0, _) => "Fix 1".to_owned(),
        (place, _) => format!("Or fix {}", place + 1),
    };
    page.heading(&format!("{lead}: {}", fix.title));
    page.toned(Tone::Quiet, &format!("Who acts: {}", fix.owner.title()));
    for (number, step) in fix.steps.iter().enumerate() {
        page.hanging(&format!("{}. ", number + 1), step);
    }
    if let Some(command) = &fix.command {
        page.put("  ", Tone::Plain, command, Tone::Accent);
    }
    if let Some(console) = &fix.console {
        page.put("Console  ", Tone::Quiet, console, Tone::Plain);
    }
    if !fix.needs.is_empty() {
        page.put("Needs    ", Tone::Quiet, &fix.needs.join(", "), Tone::Plain);
    }
}

/// Which account, instance and Region were used, where the question is about them.
fn used(run: &Run, check: &Check, page: &mut Page) {
    if !matches!(check.id, CheckId::Access | CheckId::Instance) || run.diagnosis.context.is_empty() {
        return;
    }
    page.heading("What was used");
    let widest = run.diagnosis.context.iter().map(|line| line.label().len()).max().unwrap_or_default();
    for line in &run.diagnosis.context {
        let source = if line.source.is_empty() { String::new() } else { format!(" ({})", line.source) };
        page.put(&format!("{:widest$}  ", line.label()), Tone::Quiet, &format!("{}{source}", line.value), Tone::Plain);
    }
}

fn evidence(setup: &Setup, run: &Run, check: &Check, page: &mut Page) {
    if check.evidence.is_empty() {
        return;
    }
    let calls = text::count(check.evidence.len(), "call", "calls");
    if run.unfolded {
        page.heading(&format!("{} Evidence: {calls}", setup.theme.glyph(Glyph::Unfolded)));
        check.evidence.iter().for_each(|call| write_call(setup, run, call, page));
    } else {
        page.blank();
        let folded = format!("{} Evidence: {calls}", setup.theme.glyph(Glyph::Folded));
        page.toned(Tone::Quiet, &with_key(setup, Action::Evidence, &folded, "unfolds"));
    }
}

fn write_call(setup: &Setup, run: &Run, call: &Call, page: &mut Page) {
    let mut parts = vec![call.operation.action().to_owned()];
    parts.extend(call.region.as_ref().map(|region| text::clean(region.as_str())));
    let mut tone = Tone::Plain;
    if let Some(end) = &call.end {
        parts.push(end.outcome.word().to_owned());
        parts.push(format!("{} ms", end.elapsed_ms));
    } else if run.progress == Progress::Running {
        tone = Tone::Accent;
        parts.push(format!("under way for {}", time::seconds(run.age(call))));
        parts.extend(call.trouble.as_ref().map(|trouble| text::clean(trouble)));
    } else {
        parts.push("cancelled".to_owned());
    }
    if call.attempts > 1 {
        parts.push(format!("attempt {}", call.attempts));
    }
    let separator = format!(" {} ", setup.theme.glyph(Glyph::Separator));
    let bullet = format!("{} ", setup.theme.glyph(Glyph::Bullet));
    page.put(&bullet, Tone::Quiet, &parts.join(&separator), tone);
    let request = call.end.as_ref().and_then(|end| end.request_id.as_ref());
    if let Some(request) = request {
        page.put("  request ", Tone::Quiet, &text::clean(request), Tone::Quiet);
    }
}

/// "what (e does)", where the action has a key.
fn with_key(setup: &Setup, action: Action, what: &str, does: &str) -> String {
    match setup.keymap.key_of(action, false) {
        Some(key) => format!("{what} ({key} {does})"),
        None => what.to_owned(),
    }
}
