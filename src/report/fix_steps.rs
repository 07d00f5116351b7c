//! How something is fixed, step by step.

use std::fmt::Write;

use crate::catalog::Fix;

/// Writes how something is fixed, each line after that indent.
pub(crate) fn write_fix_steps(out: &mut String, fix: &Fix, indent: &str) -> std::fmt::Result {
    for (number, step) in fix.steps.iter().enumerate() {
        writeln!(out, "{indent}{}. {step}", number + 1)?;
    }
    if let Some(command) = &fix.command {
        writeln!(out, "{indent}$ {command}")?;
    }
    if let Some(console) = &fix.console {
        writeln!(out, "{indent}{console}")?;
    }
    if !fix.needs.is_empty() {
        writeln!(out, "{indent}Needs {}", fix.needs.join(", "))?;
    }
    if let Some(ability) = fix.describe_ability() {
        writeln!(out, "{indent}{ability}")?;
    }
    Ok(())
}
