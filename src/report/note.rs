//! The ticket note: six to ten lines, each with its label.

use super::{
    diagnosis::Diagnosis,
    first_block::{VERSION, describe_time, describe_typing},
    saw_text::describe_told,
};
use crate::catalog::{Ability, Fix};

/// Returns a diagnosis as a note for a ticket.
pub(super) fn note(diagnosis: &Diagnosis) -> String {
    let mut lines = vec![format!("{}, {VERSION}", describe_time(diagnosis))];
    let found_by = diagnosis.found_by.as_ref().map(|found| format!(", found {found}")).unwrap_or_default();
    lines.push(match diagnosis.display_name.as_ref().filter(|name| **name != diagnosis.user) {
        Some(name) => format!("User: {name} ({}){found_by}", diagnosis.user),
        None => format!("User: {}{found_by}", diagnosis.user),
    });
    lines.push(format!("Application: {}", diagnosis.app_name));
    match &diagnosis.verdict {
        None => lines.push("Not finished.".to_owned()),
        Some(verdict) => {
            let cause = verdict.cause.map(|cause| format!(" ({})", cause.code())).unwrap_or_default();
            lines.push(format!("{}: {}{cause}", verdict.status.word().to_uppercase(), verdict.title));
            lines.push(format!("Finding: {}", verdict.headline));
            lines.extend(diagnosis.saw.as_ref().map(|saw| describe_told(saw, verdict)));
            lines.extend(verdict.acts_first.map(|owner| owner.queue().to_owned()));
            lines.push(format!("Do: {}", verdict.instruction));
            let decisive = verdict.check.and_then(|check| diagnosis.check(check));
            let first_fix = decisive.and_then(|check| check.fixes.first());
            lines.extend(first_fix.and_then(|fix| fix.command.as_ref()).map(|command| format!("Command: {command}")));
            lines.extend(first_fix.and_then(describe_rights));
        }
    }
    lines.extend(diagnosis.tell_user.as_ref().map(describe_typing));
    lines.join("\n") + "\n"
}

/// Returns whether the one who writes the note could do it: others read it.
fn describe_rights(fix: &Fix) -> Option<String> {
    Some(match fix.ability.as_ref()? {
        Ability::Allowed => "Rights: whoever wrote this could do it.".to_owned(),
        Ability::Lacks(actions) => format!("Rights: whoever wrote this lacks {}.", actions.join(", ")),
    })
}
