//! The detail of one check: what was found, what leads to access, what to do, and what it rests on.

use super::attempts::{write_attempts, write_steps};
use crate::{
    catalog::Fix,
    checks::{CheckId, Route, Status},
    facts::Call,
    report::diagnosis::Check,
    text,
    tui::{
        action::Action,
        content::writer::LineWriter,
        model::{AppContext, Progress, Run},
        theme::{Glyph, Tone},
        time::show_seconds,
    },
};

/// So many groups are shown before the person asks for all.
const FIRST_ROUTES: usize = 5;

/// Writes everything about a check, and returns the line at which begins what was unfolded.
pub(super) fn write_check(
    app: &AppContext,
    run: &Run,
    check: &Check,
    repeats_verdict: bool,
    writer: &mut LineWriter,
) -> Option<usize> {
    write_finding(app, run, check, repeats_verdict, writer);
    write_first_routes(app, run, check, writer);
    write_suggestions(app, run, check, writer);
    if check.id == CheckId::Attempts {
        write_attempts(run, writer);
    }
    match (&check.expected, &check.found) {
        (Some(expected), Some(found)) => writer.add_pair(("Expected", expected), ("Found", found)),
        (Some(expected), None) => writer.add_item("Expected  ", expected),
        (None, Some(found)) => writer.add_item("Found     ", found),
        (None, None) => {}
    }
    for (place, fix) in check.fixes.iter().enumerate() {
        write_fix(place, check.fixes.len(), fix, writer);
    }
    if !check.notes.is_empty() {
        writer.add_heading("Notes");
        check.notes.iter().for_each(|note| writer.add_bullet(note, Tone::Plain));
    }
    write_context(run, check, writer);
    // What is unfolded begins with the next heading, before which there is an empty line.
    let unfolded_at = run.unfolded.then(|| writer.lines.len() + usize::from(!writer.lines.is_empty()));
    write_all_routes(run, check, writer);
    if check.id == CheckId::Attempts && run.unfolded {
        write_steps(run, writer);
    }
    write_meaning(app, run, check, writer);
    write_evidence(app, run, check, writer);
    unfolded_at
}

fn write_finding(app: &AppContext, run: &Run, check: &Check, repeats_verdict: bool, writer: &mut LineWriter) {
    let waits_for = Run::waits_for(check);
    let (tone, summary) = match check.status {
        Some(status @ (Status::Fail | Status::Warn | Status::Unknown)) => (Tone::from(status), check.summary.as_str()),
        None if run.progress == Progress::Cancelled => (Tone::Quiet, "Cancelled before it was answered."),
        None if Run::slowest_call(check).is_none() => (Tone::Quiet, waits_for.as_str()),
        _ => (Tone::Plain, check.summary.as_str()),
    };
    let is_said = run.diagnosis.verdict.as_ref().is_some_and(|verdict| verdict.headline == summary);
    if repeats_verdict || !is_said {
        writer.add_text(tone, summary);
    }
    if check.status.is_none() {
        for call in check.evidence.iter().filter(|call| call.end.is_none()) {
            write_call(app, run, call, writer);
        }
    }
}

/// Writes the ways in, of many only the first ones: the fix must not be thousands of lines below.
fn write_first_routes(app: &AppContext, run: &Run, check: &Check, writer: &mut LineWriter) {
    let is_cut = has_many_routes(check);
    let count = if is_cut { FIRST_ROUTES } else { check.routes.len() };
    sort_routes(check).into_iter().take(count).for_each(|route| write_route(run, route, writer));
    if is_cut {
        let more = format!("and {} more", check.routes.len() - FIRST_ROUTES);
        let hint = if run.unfolded {
            format!("{more}, all below")
        } else {
            name_key(app, Action::Evidence, &more, "shows all")
        };
        writer.add_text(Tone::Quiet, &hint);
    }
}

fn write_all_routes(run: &Run, check: &Check, writer: &mut LineWriter) {
    if has_many_routes(check) && run.unfolded {
        let sign = writer.theme.glyph(Glyph::UNFOLDED);
        writer.add_heading(&format!("{sign} All {}", check.routes.len()));
        for route in sort_routes(check) {
            write_route(run, route, writer);
        }
    }
}

/// Returns the routes that grant access first, then the one that a fix is about, those without any bearing last.
fn sort_routes(check: &Check) -> Vec<&Route> {
    let mut routes: Vec<&Route> = check.routes.iter().collect();
    routes.sort_by_key(|route| (!route.grants, !route.fixed, is_unrelated(route)));
    routes
}

/// Returns true for a group that the user is in and that has nothing to do with the application.
fn is_unrelated(route: &Route) -> bool {
    !route.grants && !route.fixed && !route.why.starts_with("assigned")
}

fn has_many_routes(check: &Check) -> bool {
    check.routes.len() > FIRST_ROUTES + 1
}

fn write_route(run: &Run, route: &Route, writer: &mut LineWriter) {
    let (glyph, tone) = match route.grants {
        true => (Glyph::GRANTS, Tone::Good),
        false if is_unrelated(route) => (Glyph::UNRELATED, Tone::Quiet),
        false => (Glyph::WOULD_GRANT, Tone::Quiet),
    };
    let sign = format!("{} ", writer.theme.glyph(glyph));
    let named = if run.unfolded && route.id != route.name {
        format!("{} ({}): {}", route.name, route.id, route.why)
    } else {
        format!("{}: {}", route.name, route.why)
    };
    writer.add_beside(&sign, tone, &named, Tone::Plain);
}

fn write_suggestions(app: &AppContext, run: &Run, check: &Check, writer: &mut LineWriter) {
    let names: Vec<&str> = run.list_meant_users().into_iter().map(|(name, _)| name).collect();
    if check.id == CheckId::User && !names.is_empty() {
        let names = names.join(", ");
        let question = name_key(app, Action::DidYouMean, "Did you mean", "chooses");
        writer.add_beside(&format!("{question}  "), Tone::Quiet, &names, Tone::Strong);
    }
}

fn write_fix(place: usize, fixes: usize, fix: &Fix, writer: &mut LineWriter) {
    let lead = match (place, fixes) {
        (0, 1) => "Fix".to_owned(),
        (0, _) => "Fix 1".to_owned(),
        (place, _) => format!("Or fix {}", place + 1),
    };
    writer.add_heading(&format!("{lead}: {}", fix.title));
    writer.add_text(Tone::Quiet, &format!("Who acts: {}", fix.owner.title()));
    for (number, step) in fix.steps.iter().enumerate() {
        writer.add_item(&format!("{}. ", number + 1), step);
    }
    if let Some(command) = &fix.command {
        writer.add_beside("  ", Tone::Plain, command, Tone::Accent);
    }
    if let Some(console) = &fix.console {
        writer.add_item("Console  ", console);
    }
    if !fix.needs.is_empty() {
        writer.add_item("Needs    ", &fix.needs.join(", "));
    }
    if let Some(ability) = fix.describe_ability() {
        writer.add_item("", &ability);
    }
}

/// Writes which account, instance and Region were used, where the question is about them.
fn write_context(run: &Run, check: &Check, writer: &mut LineWriter) {
    let context = &run.diagnosis.context;
    if !matches!(check.id, CheckId::Access | CheckId::Instance) || context.is_empty() {
        return;
    }
    writer.add_heading("What was used");
    let widest = context.iter().map(|line| line.label().len()).fold(0, usize::max);
    for line in context {
        let source = if line.source.is_empty() { String::new() } else { format!(" ({})", line.source) };
        writer.add_item(&format!("{:widest$}  ", line.label()), &format!("{}{source}", line.value));
    }
}

/// Writes what a cause means, for somebody who has never heard of it.
fn write_meaning(app: &AppContext, run: &Run, check: &Check, writer: &mut LineWriter) {
    let entry = check.cause.and_then(|cause| app.catalog.entry_of(cause));
    if let Some(entry) = entry.filter(|_| run.unfolded) {
        writer.add_heading(&format!("{} What this means", app.theme.glyph(Glyph::UNFOLDED)));
        writer.add_text(Tone::Plain, &entry.meaning());
    }
}

fn write_evidence(app: &AppContext, run: &Run, check: &Check, writer: &mut LineWriter) {
    if check.evidence.is_empty() {
        return;
    }
    let sign = app.theme.glyph(if run.unfolded { Glyph::UNFOLDED } else { Glyph::FOLDED });
    let steps = if check.id == CheckId::Attempts && !run.unfolded { "Steps. " } else { "" };
    let meaning = if check.cause.is_some() && !run.unfolded { "What this means. " } else { "" };
    let title = format!("{sign} {steps}{meaning}Evidence: {}", text::count(check.evidence.len(), "call", "calls"));
    if run.unfolded {
        writer.add_heading(&title);
        check.evidence.iter().for_each(|call| write_call(app, run, call, writer));
    } else {
        writer.add_blank();
        writer.add_text(Tone::Quiet, &name_key(app, Action::Evidence, &title, "unfolds"));
    }
}

fn write_call(app: &AppContext, run: &Run, call: &Call, writer: &mut LineWriter) {
    let mut parts = vec![call.operation().action().to_owned()];
    parts.push(text::clean(call.region().as_str()));
    let mut tone = Tone::Plain;
    if let Some(end) = &call.end {
        parts.push(end.outcome.word().to_owned());
        parts.push(format!("{} ms", end.elapsed_ms));
    } else if run.progress == Progress::Running {
        tone = Tone::Accent;
        parts.push(format!("under way for {}", show_seconds(run.age_of(call))));
        parts.extend(call.trouble.as_ref().map(|trouble| text::clean(trouble)));
    } else {
        parts.push("cancelled".to_owned());
    }
    if call.attempts > 1 {
        parts.push(format!("attempt {}", call.attempts));
    }
    writer.add_bullet(&parts.join(&app.theme.separator()), tone);
    if let Some(request) = call.end.as_ref().and_then(|end| end.request_id.as_ref()) {
        writer.add_beside("  request ", Tone::Quiet, &text::clean(request), Tone::Quiet);
    }
}

/// Returns "what (e does)", where the action has a key.
fn name_key(app: &AppContext, action: Action, what: &str, does: &str) -> String {
    match app.keymap.key_to_show(action, false) {
        Some(key) => format!("{what} ({key} {does})"),
        None => what.to_owned(),
    }
}
