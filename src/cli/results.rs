//! The results of a run: in the order of the list, each as soon as those before it are there.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{
    arguments::{Options, Output},
    output::{CANNOT_TELL, CAUSE_FOUND, fit_terminal, is_longer_than_terminal, print_error, write_part},
    setup,
};
use crate::report::{
    self, Glyphs, MARKDOWN, Paint, TEXT,
    diagnosis::Diagnosis,
    list::{CSV_HEADER, PersonRow, write_csv_row, write_markdown_table, write_table},
};

/// The results so far.
pub(super) struct Results {
    output: Output,
    /// For each place of the list, who stands there.
    places: Vec<usize>,
    /// For each person what is to be printed, once it is known; it stays while the person stands in a later place too.
    texts: Vec<Option<Printed>>,
    /// How many places were printed.
    printed: usize,
    rows: Vec<Option<PersonRow>>,
    glyphs: Glyphs,
    paint: Paint,
    only_problems: bool,
    is_strict: bool,
    has_reader: bool,
    bar: ProgressBar,
}

struct Printed {
    text: String,
    status: u8,
    is_shown: bool,
}

impl Results {
    pub(super) fn new(places: Vec<usize>, people: usize, output: Output, options: &Options) -> Self {
        let is_seen = people > 1 && std::io::stderr().is_terminal() && !options.linear;
        let target = if is_seen { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(people as u64), target);
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos} of {len} people, {msg}, {eta} left") {
            bar.set_style(style.progress_chars(if options.ascii { "#>-" } else { "█▓░" }));
        }
        bar.set_message("0 with a cause");
        Self {
            output,
            places,
            texts: (0..people).map(|_| None).collect(),
            printed: 0,
            rows: vec![None; people],
            glyphs: setup::choose_glyphs(options),
            paint: setup::choose_paint(options),
            only_problems: options.only_problems,
            is_strict: options.strict,
            has_reader: true,
            bar,
        }
    }

    /// Returns true for the full report as text, between which other lines may stand.
    pub(super) fn is_text(&self) -> bool {
        self.output == Output::Report(&TEXT)
    }

    /// Returns true when the result of that person is there.
    pub(super) fn has(&self, person: usize) -> bool {
        matches!(self.texts.get(person), Some(Some(_)))
    }

    /// Takes in a diagnosis, unless something of it is still open.
    pub(super) fn take_in_if_certain(&mut self, person: usize, diagnosis: &Diagnosis) -> anyhow::Result<()> {
        let is_certain = diagnosis.verdict.is_some() && diagnosis.checks.iter().all(|check| check.status.is_some());
        if is_certain { self.take_in(person, diagnosis) } else { Ok(()) }
    }

    /// Takes in a diagnosis, and prints what can be printed now.
    pub(super) fn take_in(&mut self, person: usize, diagnosis: &Diagnosis) -> anyhow::Result<()> {
        let row = PersonRow::from_diagnosis(diagnosis);
        let is_shown = !self.only_problems || row.as_ref().is_none_or(|row| !row.is_healthy());
        let text = if is_shown { self.write(diagnosis, row.as_ref())? } else { String::new() };
        let printed = Printed { text, status: diagnosis.exit_status(), is_shown };
        if let Some(slot) = self.texts.get_mut(person) {
            *slot = Some(printed);
        }
        if let Some(slot) = self.rows.get_mut(person) {
            *slot = row;
        }
        self.bar.inc(1);
        let with_cause = self.texts.iter().flatten().filter(|printed| printed.status == CAUSE_FOUND).count();
        self.bar.set_message(format!("{with_cause} with a cause"));
        self.print_ready()
    }

    fn write(&self, diagnosis: &Diagnosis, row: Option<&PersonRow>) -> anyhow::Result<String> {
        let format = match (self.output, row) {
            (Output::Report(format), _) => format,
            (Output::Csv, Some(row)) => return write_csv_row(row),
            (Output::Table | Output::Csv, _) => return Ok(String::new()),
        };
        let is_alone = self.places.len() == 1;
        if is_alone && diagnosis.people.len() > 1 {
            list_people_meant(diagnosis);
            // A script gets its object all the same.
            if !format.is_one_line {
                return Ok(String::new());
            }
        }
        let text = (format.write)(diagnosis, self.glyphs, self.paint);
        if *format != TEXT || !std::io::stdout().is_terminal() {
            return Ok(text);
        }
        let mut text = fit_terminal(&text);
        // Whoever scrolled past it reads it again where the cursor is.
        if is_alone && is_longer_than_terminal(&text) {
            text.push('\n');
            text.push_str(&fit_terminal(&report::write_verdict(diagnosis, self.glyphs, self.paint)));
        }
        Ok(text)
    }

    /// Prints the next places, as far as they are known. The table of a Markdown report stands before its details.
    fn print_ready(&mut self) -> anyhow::Result<()> {
        let is_for_the_end = self.output == Output::Report(&MARKDOWN) && self.places.len() > 1;
        if self.output == Output::Table || is_for_the_end {
            return Ok(());
        }
        self.print_places()
    }

    fn print_places(&mut self) -> anyhow::Result<()> {
        while let Some(person) = self.places.get(self.printed) {
            let Some(Some(printed)) = self.texts.get_mut(*person) else { break };
            let is_needed_again = self.places.iter().skip(self.printed + 1).any(|later| later == person);
            let text = if is_needed_again { printed.text.clone() } else { std::mem::take(&mut printed.text) };
            let is_shown = printed.is_shown && !text.is_empty();
            let is_first = self.printed == 0;
            self.printed += 1;
            if self.output == Output::Csv && is_first {
                self.print(CSV_HEADER)?;
            }
            if !is_shown {
                continue;
            }
            let is_apart = matches!(self.output, Output::Report(format) if !format.is_one_line) && !is_first;
            self.print(&if is_apart { format!("\n{text}") } else { text })?;
        }
        Ok(())
    }

    fn print(&mut self, text: &str) -> anyhow::Result<()> {
        if self.has_reader {
            self.has_reader = self.bar.suspend(|| write_part(text))?;
        }
        Ok(())
    }

    /// Prints what stands at the end, and returns the exit status.
    pub(super) fn finish(mut self) -> anyhow::Result<u8> {
        self.bar.finish_and_clear();
        let rows: Vec<PersonRow> = self.places.iter().filter_map(|person| self.rows.get(*person)?.clone()).collect();
        match self.output {
            Output::Table => self.print(&write_table(&rows, self.only_problems, self.glyphs))?,
            Output::Report(format) if *format == MARKDOWN && self.places.len() > 1 => {
                self.print(&write_markdown_table(&rows, self.only_problems))?;
                self.print_places()?;
            }
            _ => {}
        }
        if !self.has_reader {
            return Ok(CANNOT_TELL);
        }
        let statuses: Vec<u8> = self.texts.iter().flatten().map(|printed| printed.status).collect();
        Ok(combine_statuses(&statuses, self.is_strict))
    }
}

/// Returns the exit status of several users: a cause is not hidden by somebody who could not be judged, unless that is
/// asked for.
pub(super) fn combine_statuses(statuses: &[u8], strict: bool) -> u8 {
    let order = if strict { [CANNOT_TELL, CAUSE_FOUND] } else { [CAUSE_FOUND, CANNOT_TELL] };
    order.into_iter().find(|status| statuses.contains(status)).unwrap_or(0)
}

/// Lists on standard error whom a name could mean: a diagnosis of one of them would be a guess.
fn list_people_meant(diagnosis: &Diagnosis) {
    let mut lines = format!("{} could be several people. Diagnose one of them by user name:\n", diagnosis.user);
    for person in &diagnosis.people {
        lines.push_str("\n  ");
        lines.push_str(&[&person.user_name, "  ", &person.describe()].concat());
    }
    print_error(&lines);
}
