//! All that the screen shows, and nothing else: no terminal, no clock, no task.

mod form;
mod list;
mod run;

use std::{sync::Arc, time::Duration};

use ratatui::layout::Size;

pub use self::{
    form::{Field, Form, Offer, OfferedUser, visible},
    list::{Choice, List, Row},
    run::{Progress, Run, Subject},
};
use super::{keymap::Keymap, theme::Theme, theme::Tone};
use crate::{
    app_profile::ApplicationProfile, diagnosis::Diagnosis, domain::InstanceArn, intake::Settings, judge::Judge,
    words::Words,
};

/// At most ten frames a second while a diagnosis runs; without one, only what happens is drawn.
pub const FRAME: Duration = Duration::from_millis(100);

/// What stays the same while the app runs.
#[derive(Clone)]
pub struct Setup {
    /// Glyphs and colours.
    pub theme: Theme,
    /// The keys.
    pub keymap: Keymap,
    /// The words of the findings.
    pub words: Arc<Words>,
    /// The operator's settings.
    pub settings: Arc<Settings>,
    /// The settings for the sample organization.
    pub sample_settings: Arc<Settings>,
    /// The applications to choose from, the first one chosen.
    pub profiles: Vec<Arc<ApplicationProfile>>,
    /// The users of the sample organization, and what each shows.
    pub sample_users: Vec<OfferedUser>,
    /// True if whoever started the program can continue it after it was stopped.
    pub can_suspend: bool,
    /// Turns facts into a diagnosis.
    pub judge: Judge,
    /// Turns a diagnosis into reports.
    pub faces: Faces,
}

/// The other faces of a diagnosis.
#[derive(Clone, Copy)]
pub struct Faces {
    /// Plain text: the note for a ticket.
    pub text: fn(&Diagnosis) -> String,
    /// Markdown.
    pub markdown: fn(&Diagnosis) -> String,
    /// JSON.
    pub json: fn(&Diagnosis) -> String,
}

/// Everything on the screen.
#[derive(Clone)]
pub struct Model {
    /// What stays the same.
    pub setup: Setup,
    /// True if the next user is looked for in the sample organization.
    pub sample: bool,
    /// The instance that was chosen here.
    pub instance: Option<InstanceArn>,
    /// The terminal's size.
    pub size: Size,
    /// What lies over the diagnosis, the top one last.
    pub layers: Vec<Layer>,
    /// The form, whether it is open or not.
    pub form: Form,
    /// The diagnoses so far, in the order they were first asked for.
    pub runs: Vec<Run>,
    /// Which of them is shown.
    pub shown: Option<usize>,
    /// Which pane has the keys.
    pub focus: Pane,
    /// A word about the last key, until the next one.
    pub notice: Option<Notice>,
    /// The number of the last diagnosis begun.
    pub last_number: u64,
}

/// Something that lies over the diagnosis.
#[derive(Debug, Clone, PartialEq)]
pub enum Layer {
    /// The intake form.
    Form,
    /// A list to choose from.
    List(List),
    /// The diagnosis could not even start.
    CannotStart,
    /// The help, scrolled down by so many lines.
    Help(usize),
}

/// A part of the diagnosis screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// Verdict and card: a pane of its own only where there is room for one at a time.
    Verdict,
    /// The eight rows.
    Checks,
    /// The detail of the marked row.
    Detail,
}

/// A short word to the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The words.
    pub text: String,
    /// Good or bad.
    pub tone: Tone,
}

impl Model {
    /// The app before its first key: the form is open.
    #[must_use]
    pub fn new(setup: Setup, size: Size) -> Self {
        Self {
            sample: setup.settings.demo,
            instance: None,
            setup,
            size,
            layers: vec![Layer::Form],
            form: Form::default(),
            runs: Vec::new(),
            shown: None,
            focus: Pane::Checks,
            notice: None,
            last_number: 0,
        }
    }

    /// The diagnosis that is shown.
    #[must_use]
    pub fn run(&self) -> Option<&Run> {
        self.runs.get(self.shown?)
    }

    /// The diagnosis that is shown, to change it.
    pub fn run_mut(&mut self) -> Option<&mut Run> {
        self.runs.get_mut(self.shown?)
    }

    /// What lies on top.
    #[must_use]
    pub fn top(&self) -> Option<&Layer> {
        self.layers.last()
    }

    /// True while letters go into a field.
    #[must_use]
    pub fn typing(&self) -> bool {
        matches!(self.top(), Some(Layer::Form))
    }

    /// True while facts may still arrive, so that time has to pass on the screen.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.run().is_some_and(|run| run.progress == Progress::Running)
    }

    /// How long the screen can stay as it is while nothing happens; `None` for ever.
    #[must_use]
    pub fn moves_every(&self) -> Option<Duration> {
        let pause = if self.setup.theme.reduced_motion { Duration::from_secs(1) } else { FRAME };
        // Only a list leaves the diagnosis in sight.
        let is_seen = self.layers.iter().all(|layer| matches!(layer, Layer::List(_)));
        (self.is_running() && is_seen).then_some(pause)
    }

    /// The users offered under the form: those of the sample organization, or those diagnosed so far.
    #[must_use]
    pub fn offers(&self) -> Vec<Offer> {
        if self.sample {
            let offer = |user: &OfferedUser| Offer { label: user.name.clone(), user: user.clone(), application: None };
            return self.setup.sample_users.iter().map(offer).collect();
        }
        let offer = |run: &Run| Offer {
            label: self.label_of(run),
            user: OfferedUser {
                name: run.case.user.as_str().to_owned(),
                shows: run.outcome(),
                start_url: run.case.start_url.clone(),
                typed_region: run.case.typed_region.clone(),
            },
            application: self.setup.profiles.iter().position(|profile| profile.id == run.case.profile.id),
        };
        self.runs.iter().rev().filter(|run| !run.sample).map(offer).collect()
    }

    /// The user of a diagnosis, with what tells it from the others: what is the same for all needs no words.
    #[must_use]
    pub fn label_of(&self, run: &Run) -> String {
        let mut label = run.diagnosis.user.clone();
        if self.runs.iter().any(|other| other.case.profile.id != run.case.profile.id) {
            label = format!("{label}, {}", run.diagnosis.app_name);
        }
        if run.sample && self.runs.iter().any(|other| !other.sample) {
            label.push_str(", sample organization");
        }
        label
    }

    /// What leaving prints: the shown diagnosis if it has a verdict, else the last one that has; where none has, the
    /// one that was not finished.
    #[must_use]
    pub fn last_diagnosis(&self) -> Option<&Diagnosis> {
        let all = || self.run().into_iter().chain(self.runs.iter().rev()).map(|run| &run.diagnosis);
        all().find(|diagnosis| diagnosis.verdict.is_some()).or_else(|| all().next())
    }
}
