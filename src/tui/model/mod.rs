//! All that the screen shows, and nothing else: no terminal, no clock, no task.

mod batch;
mod file_page;
mod form;
mod hand_over;
mod list;
mod people;
mod run;
mod scroll;
mod seen;

use std::{sync::Arc, time::Duration};

use ratatui::layout::Size;

pub use self::{
    batch::{Batch, ComparisonPage, PeopleList},
    file_page::FilePage,
    form::{Field, Form, Offer, Problem},
    hand_over::{HandOver, Item},
    list::{Choice, List, ListFormat, ListRow},
    people::{Directories, PeopleReading},
    run::{DetailLines, Origin, Progress, Run, Subject},
    scroll::Scroll,
};
pub(crate) use self::{
    form::{can_be_typed, keep_visible},
    people::MOST_USERS,
    run::DetailSource,
    scroll::{move_place, step_around},
    seen::is_anything_known,
};
use super::{keymap::Keymap, theme::Theme, theme::Tone};
use crate::{
    case::{App, Case, Settings},
    catalog::Catalog,
    domain::InstanceArn,
    report::{Judge, OperatorLine},
    saml::HandedOver,
    sources::demo::SampleUser,
    symptoms::recognize_told,
};

/// At most ten frames a second while a diagnosis runs; without one, only what happens is drawn.
pub const FRAME: Duration = Duration::from_millis(100);

/// What stays the same while the app runs.
#[derive(Clone)]
pub struct AppContext {
    /// Glyphs and colours.
    pub theme: Theme,
    /// The keys.
    pub keymap: Keymap,
    /// The words of the findings.
    pub catalog: Arc<Catalog>,
    /// The operator's settings.
    pub settings: Arc<Settings>,
    /// The settings for the sample organization.
    pub sample_settings: Arc<Settings>,
    /// The applications to choose from, the first one chosen.
    pub apps: Vec<Arc<App>>,
    /// The AWS profiles to choose from.
    pub aws_profiles: Vec<String>,
    /// The users of the sample organization, and what each shows.
    pub sample_users: Vec<SampleUser>,
    /// Turns facts into a diagnosis.
    pub judge: Judge,
    /// True if names are hidden, also in recordings.
    pub redacts: bool,
    /// How long a diagnosis takes at most.
    pub timeout: Duration,
    /// How long a watched user is left alone; `None` if nobody said so, and nothing is watched from the start.
    pub watch: Option<Duration>,
    /// What the identity provider's side handed over.
    pub handed_over: Arc<HandedOver>,
}

impl AppContext {
    /// Returns how long a watched user is left alone.
    pub(crate) fn watch_pause(&self) -> Duration {
        const USUAL: Duration = Duration::from_mins(1);
        self.watch.unwrap_or(USUAL)
    }
}

/// Everything on the screen.
#[derive(Clone)]
pub struct Model {
    /// What stays the same.
    pub app: AppContext,
    /// True if whoever started the program can continue it after it was stopped.
    pub can_suspend: bool,
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
    /// What the identity provider's side handed over, for the next diagnosis.
    pub handed_over: Arc<HandedOver>,
    /// The page on which more of it is entered.
    pub hand_over: HandOver,
    /// The page on which a file to open is named.
    pub file_page: FilePage,
    /// The last list of people.
    pub people_list: Option<PeopleList>,
    /// The last two who were compared.
    pub comparison: Option<ComparisonPage>,
    /// Who the operator is to AWS, once that is known.
    pub operator: Option<OperatorLine>,
    /// The people read so far, kept for the next caller.
    pub directories: Directories,
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

/// A page or list that lies over the diagnosis, with its own state.
#[derive(Debug, Clone, PartialEq)]
pub enum Layer {
    /// The intake form.
    Form,
    /// A list to choose from.
    List(List),
    /// The diagnosis could not even start.
    CannotStart(Scroll),
    /// The help.
    Help(Scroll),
    /// The ticket note, as it would be copied.
    Note(Scroll),
    /// The page for what the identity provider's side handed over.
    HandOver,
    /// The page on which a file to open is named.
    File,
    /// A list of people, a row a person.
    PeopleList,
    /// Two people side by side.
    Comparison(Scroll),
}

/// A part of the diagnosis that can have the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// The rows of the checks.
    Checks,
    /// The detail of the marked row.
    Detail,
}

/// How much of the diagnosis fits into the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Nothing: the window has to be larger.
    Tiny,
    /// A part of a single column, which scrolls.
    Column,
    /// All panes, one below the other.
    Stacked,
    /// The first block above, and below it the rows on the left, the detail on the right.
    SideBySide,
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
    /// Returns the app before its first key: the form is open.
    #[must_use]
    pub fn new(app: AppContext, size: Size) -> Self {
        Self {
            sample: app.settings.demo,
            can_suspend: false,
            instance: None,
            handed_over: app.handed_over.clone(),
            hand_over: HandOver::default(),
            file_page: FilePage::default(),
            people_list: None,
            comparison: None,
            app,
            size,
            layers: vec![Layer::Form],
            form: Form::default(),
            operator: None,
            directories: Directories::default(),
            runs: Vec::new(),
            shown: None,
            focus: Pane::Checks,
            notice: None,
            last_number: 0,
        }
    }

    /// Returns the diagnosis that is shown.
    #[must_use]
    pub fn run(&self) -> Option<&Run> {
        self.runs.get(self.shown?)
    }

    /// Returns the diagnosis that is shown, to change it.
    pub fn run_mut(&mut self) -> Option<&mut Run> {
        self.runs.get_mut(self.shown?)
    }

    /// Returns true if that diagnosis is of somebody on the list.
    pub(crate) fn is_in_list(&self, run: &Run) -> bool {
        self.people_list.as_ref().is_some_and(|list| {
            let is_same = |case: &Case| case.user == run.case.user && case.app.id == run.case.app.id;
            list.batch.origin == run.origin && list.batch.cases.iter().any(is_same)
        })
    }

    /// Returns what lies on top.
    pub(crate) fn top_layer(&self) -> Option<&Layer> {
        self.layers.last()
    }

    /// Returns the page that hides the diagnosis; a list leaves it in sight.
    pub(crate) fn covering_layer(&self) -> Option<&Layer> {
        self.layers.iter().rev().find(|layer| !matches!(layer, Layer::List(_)))
    }

    /// Closes everything but the reason that nothing could start.
    pub(crate) fn close_layers(&mut self) {
        self.layers.retain(|layer| matches!(layer, Layer::CannotStart(_)));
    }

    /// Returns how much fits into the window.
    pub(crate) fn shape(&self) -> Shape {
        match (self.size.width, self.size.height) {
            (..24, _) | (_, ..6) => Shape::Tiny,
            (..60, _) | (_, ..20) => Shape::Column,
            (..110, _) => Shape::Stacked,
            _ => Shape::SideBySide,
        }
    }

    /// Says something about the last key.
    pub(crate) fn say(&mut self, text: impl Into<String>, tone: Tone) {
        self.notice = Some(Notice { text: text.into(), tone });
    }

    /// Returns true while letters go into a field.
    pub(crate) fn is_typing(&self) -> bool {
        matches!(self.top_layer(), Some(Layer::Form | Layer::HandOver | Layer::File))
    }

    /// Returns true while facts may still arrive, so that time has to pass on the screen.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.run().is_some_and(|run| run.progress == Progress::Running)
    }

    /// Returns how long the screen can stay as it is while nothing happens; `None` for ever.
    #[must_use]
    pub fn pause_between_frames(&self) -> Option<Duration> {
        let pause = if self.app.theme.reduced_motion { Duration::from_secs(1) } else { FRAME };
        (self.is_running() && self.covering_layer().is_none()).then_some(pause)
    }

    /// Returns the settings of the organization that is asked next.
    pub(crate) fn chosen_settings(&self) -> &Arc<Settings> {
        if self.sample { &self.app.sample_settings } else { &self.app.settings }
    }

    /// Returns the application that is chosen in the form.
    pub(crate) fn chosen_app(&self) -> Option<&Arc<App>> {
        self.app.apps.get(self.form.application)
    }

    /// Returns the users offered under the form: those of the sample organization, or those diagnosed so far.
    pub(crate) fn list_offers(&self) -> Vec<Offer> {
        if self.sample {
            return self.app.sample_users.iter().map(offer_sample_user).collect();
        }
        self.runs.iter().rev().filter(|run| run.origin == Origin::Aws).map(|run| self.offer_run(run)).collect()
    }

    fn offer_run(&self, run: &Run) -> Offer {
        Offer {
            label: self.label_run(run),
            name: run.case.user.as_str().to_owned(),
            shows: run.describe_outcome(),
            start_url: run.case.start_url.clone(),
            typed_region: run.case.typed_region.clone(),
            typed_user: run.case.typed_user.clone(),
            saw: run.case.saw.clone(),
            application: self.app.apps.iter().position(|app| app.id == run.case.app.id),
        }
    }

    /// Returns the user of a diagnosis, with what tells it from the others: what is the same for all needs no words.
    pub(crate) fn label_run(&self, run: &Run) -> String {
        let mut label = run.diagnosis.user.clone();
        if self.runs.iter().any(|other| other.case.app.id != run.case.app.id) {
            label = format!("{label}, {}", run.diagnosis.app_name);
        }
        if self.runs.iter().any(|other| other.origin != run.origin) {
            match run.origin {
                Origin::Aws => {}
                Origin::Sample => label.push_str(", sample organization"),
                Origin::Recording(_) => label.push_str(", recording"),
            }
        }
        label
    }

    /// Returns the diagnosis that leaving prints: the shown one if it has a verdict, else the last one that has; where
    /// none has, the one that was not finished.
    #[must_use]
    pub fn last_run(&self) -> Option<&Run> {
        let mut all = self.run().into_iter().chain(self.runs.iter().rev());
        all.clone().find(|run| run.diagnosis.verdict.is_some()).or_else(|| all.next())
    }
}

fn offer_sample_user(user: &SampleUser) -> Offer {
    Offer {
        label: user.name.clone(),
        name: user.name.clone(),
        shows: user.shows.clone(),
        start_url: user.start_url.clone(),
        typed_region: user.typed_region.clone(),
        typed_user: user.typed_user.clone(),
        saw: recognize_told(&user.saw),
        application: None,
    }
}
