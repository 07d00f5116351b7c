//! Feeds keys to the real update loop, in the place of the shell.

use std::{fmt::Write, sync::Arc, time::Duration};

use ratatui::{Terminal, backend::TestBackend, buffer::Buffer, layout::Position, style::Style};
use sso_doctor::{
    case::{App, Settings},
    catalog::Catalog,
    report,
    tui::{
        AppContext, Keymap, Theme,
        keymap::Key,
        message::{Effect, Message, Reached},
        model::Model,
        update::{begin, update},
        view::view,
    },
};

use crate::{company, samples};

/// The app without a terminal.
pub(crate) struct Driver {
    pub(crate) model: Model,
    /// What the app wanted done, besides diagnosing.
    pub(crate) effects: Vec<Effect>,
    /// How a diagnosis goes that is begun from now on.
    pub(crate) course: Course,
}

/// How a diagnosis goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Course {
    /// It is complete at once, and [`samples`] say with what.
    Complete,
    /// Nothing arrives.
    Hangs,
    /// The sample organization is asked, and everything it says arrives.
    Asks,
    /// The sample organization is asked, and what it says until that many milliseconds.
    AsksUntil(u64),
}

pub(crate) const THEME: Theme = Theme { ascii: false, color: true, reduced_motion: false };

impl Driver {
    pub(crate) fn new(columns: u16, rows: u16) -> Self {
        Self::with(columns, rows, THEME, Settings::default())
    }

    pub(crate) fn with(columns: u16, rows: u16, theme: Theme, settings: Settings) -> Self {
        let names = App::built_in_names();
        let apps = names.into_iter().map(|name| Arc::new(App::load(name).unwrap())).collect();
        let app = AppContext {
            theme,
            keymap: Keymap::built_in().unwrap(),
            catalog: Arc::new(Catalog::built_in().unwrap()),
            sample_users: samples::users(),
            settings: Arc::new(settings),
            sample_settings: Arc::new(company::settings()),
            apps,
            judge: Arc::new(samples::judge),
            redacts: false,
            timeout: Duration::from_mins(1),
            watch: None,
            aws_profiles: Vec::new(),
            handed_over: Arc::default(),
        };
        let mut driver =
            Self { model: Model::new(app, (columns, rows).into()), effects: Vec::new(), course: Course::Complete };
        driver.model.can_suspend = true;
        let effects = begin(&mut driver.model, &[], [None; 3]);
        driver.perform(effects);
        driver
    }

    /// Leaves the diagnoses that are begun from now on running.
    pub(crate) fn holding(self) -> Self {
        self.on_course(Course::Hangs)
    }

    /// Decides how diagnoses go that are begun from now on.
    pub(crate) fn on_course(mut self, course: Course) -> Self {
        self.course = course;
        self
    }

    /// The app in the sample organization, with real judging.
    pub(crate) fn company(columns: u16, rows: u16) -> Self {
        let mut driver = Self::with(columns, rows, THEME, company::settings()).on_course(Course::Asks);
        driver.model.app.sample_users = company::users();
        driver.model.app.judge = Arc::new(report::diagnose);
        driver
    }

    /// The same with the settings of somebody at work: the answers are the sample organization's, the app does
    /// not know it.
    pub(crate) fn at_work(columns: u16, rows: u16) -> Self {
        let mut driver = Self::company(columns, rows);
        driver.model.app.settings = Arc::new(company::settings_at_work());
        driver.model.sample = false;
        driver
    }

    /// Types keys; those with a name stand in angle brackets.
    pub(crate) fn keys(mut self, keys: &str) -> Self {
        let mut rest = keys;
        while let Some(first) = rest.chars().next() {
            let named = rest.strip_prefix('<').and_then(|name| name.split_once('>'));
            let (key, after) = named.unwrap_or_else(|| rest.split_at(first.len_utf8()));
            rest = after;
            self.send(Message::Key(Key::parse(key).unwrap_or_else(|| panic!("no key {key}"))));
        }
        self
    }

    pub(crate) fn message(mut self, message: Message) -> Self {
        self.send(message);
        self
    }

    /// Lets so many milliseconds of the diagnosis pass.
    pub(crate) fn at(self, milliseconds: u64) -> Self {
        self.message(Message::Tick(Duration::from_millis(milliseconds)))
    }

    fn send(&mut self, message: Message) {
        let effects = update(&mut self.model, message);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if let Effect::Copy { what, .. } = effect {
                self.send(Message::Copied { what, reached: Reached::Terminal });
            }
            let Effect::Start { number, cases, .. } = effect else {
                self.effects.push(effect);
                continue;
            };
            self.send(Message::Started(number, company::now()));
            let (events, until) = match self.course {
                Course::Hangs => continue,
                Course::Complete => (vec![samples::the_last_event()], None),
                Course::Asks => (company::events(&cases, u64::MAX), None),
                Course::AsksUntil(until) => (company::events(&cases, until), Some(until)),
            };
            self.send(Message::Learned(number, events));
            self.send(Message::Tick(Duration::from_millis(until.unwrap_or(1_240))));
            if until.is_none() {
                self.send(Message::Completed(number));
            }
        }
    }

    pub(crate) fn buffer(&self) -> (Buffer, Option<Position>) {
        self.buffer_of(self.model.size.width, self.model.size.height)
    }

    pub(crate) fn buffer_of(&self, columns: u16, rows: u16) -> (Buffer, Option<Position>) {
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        let mut cursor = None;
        terminal
            .draw(|frame| {
                view(&self.model, frame);
            })
            .unwrap();
        if terminal.backend().cursor_visible() {
            cursor = Some(terminal.backend().cursor_position());
        }
        (terminal.backend().buffer().clone(), cursor)
    }

    /// The screen's text.
    pub(crate) fn text(&self) -> String {
        text(&self.buffer().0)
    }

    /// The screen's text, the cursor, and below them the styles of every line.
    pub(crate) fn screen(&self) -> String {
        let (buffer, cursor) = self.buffer();
        let mut screen = text(&buffer);
        if let Some(cursor) = cursor {
            writeln!(screen, "cursor: {},{}", cursor.x, cursor.y).unwrap();
        }
        screen.push_str("styles:\n");
        for row in 0..buffer.area.height {
            let runs = runs(&buffer, row);
            if !runs.is_empty() {
                writeln!(screen, "{row:>3}: {}", runs.join(", ")).unwrap();
            }
        }
        screen
    }
}

fn text(buffer: &Buffer) -> String {
    let mut lines = String::new();
    for row in 0..buffer.area.height {
        let mut line = String::new();
        let mut column = 0;
        while column < buffer.area.width {
            let symbol = buffer[(column, row)].symbol();
            line.push_str(symbol);
            column += u16::try_from(sso_doctor::tui::measure::measure_width(symbol)).unwrap().max(1);
        }
        lines.push_str(line.trim_end());
        lines.push('\n');
    }
    lines
}

/// "0-11 red bold": the stretches of a line that do not look plain.
fn runs(buffer: &Buffer, row: u16) -> Vec<String> {
    let style_at = |column| {
        let cell = &buffer[(column, row)];
        Style::new().fg(cell.fg).bg(cell.bg).add_modifier(cell.modifier)
    };
    let plain = Style::new().fg(ratatui::style::Color::Reset).bg(ratatui::style::Color::Reset);
    let mut runs = Vec::new();
    let mut start = 0;
    for column in 1..=buffer.area.width {
        if column < buffer.area.width && style_at(column) == style_at(start) {
            continue;
        }
        let style = style_at(start);
        if style != plain {
            let mut words = Vec::new();
            if style.fg != plain.fg {
                words.push(format!("{:?}", style.fg.unwrap()).to_lowercase());
            }
            assert_eq!(style.bg, plain.bg, "no painted backgrounds");
            if !style.add_modifier.is_empty() {
                words.push(format!("{:?}", style.add_modifier).to_lowercase().replace(" | ", " "));
            }
            runs.push(format!("{start}-{} {}", column - 1, words.join(" ")));
        }
        start = column;
    }
    runs
}

/// The name of the test case that runs: "problem" in `case_05_problem`.
pub(crate) fn name_of_case() -> String {
    let thread = std::thread::current();
    let (_, case) = thread.name().unwrap().rsplit_once("case_").unwrap();
    case.split_once('_').unwrap().1.to_owned()
}
