//! The only place with a terminal, a clipboard, a clock, files and tasks.

mod panics;
mod report;
mod screen;
mod sources;

use std::{
    sync::{
        Arc,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    time::{Duration, Instant},
};

use jiff::Timestamp;
use tokio::task::JoinHandle;

use self::screen::Screen;
use super::{
    Options, Starter,
    message::{Effect, Message},
    model::{FRAME, Model, Setup},
    update::{begin, update},
};
use crate::{app_profile::ApplicationProfile, diagnosis::Diagnosis, facts::Fact};

pub(super) fn run(options: &Options, aws: &dyn Starter, sample: &dyn Starter) -> anyhow::Result<Option<Diagnosis>> {
    panics::kept_off_the_screen(|| {
        let (sender, inbox) = mpsc::channel();
        // From the moment on which the terminal is taken, a signal has to give it back.
        sources::listen_for_signals(&sender);
        let screen = Screen::enter()?;
        let model = Model::new(setup(options), screen.size()?);
        let mut shell = Shell { screen, model, sender, aws, sample, options, task: None, began: Instant::now() };
        shell.run(&inbox)?;
        Ok(shell.model.last_diagnosis().cloned())
    })
}

fn setup(options: &Options) -> Setup {
    let given = &options.profile;
    let built_in = ApplicationProfile::built_in_names().into_iter().filter(|name| *name != given.id);
    let others = built_in.filter_map(|name| ApplicationProfile::load(name).ok()).map(Arc::new);
    Setup {
        theme: options.theme,
        keymap: options.keymap.clone(),
        words: options.words.clone(),
        settings: options.settings.clone(),
        sample_settings: options.sample_settings.clone(),
        profiles: std::iter::once(given.clone()).chain(others).collect(),
        sample_users: options.sample_users.clone(),
        can_suspend: screen::can_suspend(),
        judge: options.judge.clone(),
        faces: options.faces,
    }
}

struct Shell<'run> {
    screen: Screen,
    model: Model,
    sender: Sender<Message>,
    aws: &'run dyn Starter,
    sample: &'run dyn Starter,
    options: &'run Options,
    /// Hands on the facts of the diagnosis that runs.
    task: Option<JoinHandle<()>>,
    /// When that began.
    began: Instant,
}

impl Shell<'_> {
    fn run(&mut self, inbox: &Receiver<Message>) -> anyhow::Result<()> {
        let (user, start_url) = (self.options.user.as_deref(), self.options.start_url.as_deref());
        let effects = begin(&mut self.model, user, start_url, self.options.typed_region.as_deref());
        // The first frame comes before anything is asked.
        self.draw()?;
        sources::read_input(self.sender.clone())?;
        let mut leaves = self.perform(effects)?;
        while !leaves {
            leaves = self.turn(inbox)?;
        }
        self.stop();
        Ok(())
    }

    /// Waits until something has to be shown, takes it in and draws. True once it is time to leave.
    fn turn(&mut self, inbox: &Receiver<Message>) -> anyhow::Result<bool> {
        let mut facts = Burst::default();
        let mut others = Vec::new();
        let began = Instant::now();
        let soon = began + FRAME;
        let mut frame = self.model.moves_every().map(|pause| began + pause);
        while others.is_empty() {
            let message = match frame {
                Some(frame) => inbox.recv_timeout(frame.saturating_duration_since(Instant::now())),
                None => inbox.recv().map_err(RecvTimeoutError::from),
            };
            match message {
                Ok(message) => others.extend(facts.take(message)),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return Ok(true),
            }
            // Facts are worth a frame, which those that follow closely share.
            frame = Some(frame.map_or(soon, |frame| frame.min(soon)));
        }
        // What has piled up meanwhile shares the frame.
        others.extend(inbox.try_iter().filter_map(|message| facts.take(message)));
        let ticks = self.model.is_running().then(|| Message::Tick(self.elapsed()));
        for message in facts.messages().into_iter().chain(ticks).chain(others) {
            let effects = update(&mut self.model, message);
            if self.perform(effects)? {
                return Ok(true);
            }
        }
        panics::on_request();
        // A terminal that could be drawn on, and cannot any more, is gone.
        Ok(self.draw().is_err())
    }

    fn elapsed(&self) -> Duration {
        let elapsed = self.began.elapsed();
        if self.model.setup.theme.reduced_motion { Duration::from_secs(elapsed.as_secs()) } else { elapsed }
    }

    fn draw(&mut self) -> anyhow::Result<()> {
        let size = self.screen.size()?;
        if size != self.model.size {
            update(&mut self.model, Message::Resize(size.width, size.height));
        }
        self.screen.draw(&self.model)
    }

    /// True if one of the effects is to leave.
    fn perform(&mut self, effects: Vec<Effect>) -> anyhow::Result<bool> {
        for effect in effects {
            match effect {
                Effect::Start { number, case, sample } => {
                    self.stop();
                    self.began = Instant::now();
                    update(&mut self.model, Message::Started(number, Timestamp::now()));
                    let starter = if sample { self.sample } else { self.aws };
                    let facts = starter.start(*case);
                    self.task = Some(tokio::spawn(sources::hand_on(number, facts, self.sender.clone())));
                }
                Effect::Stop => self.stop(),
                Effect::Copy(text) => self.screen.copy(&text)?,
                Effect::Write { name, contents } => {
                    let elsewhere = etcetera::home_dir().into_iter().chain([std::env::temp_dir()]);
                    let directories = std::iter::once(self.options.report_dir.clone()).chain(elsewhere);
                    let written = report::write(directories, &name, &contents);
                    update(&mut self.model, Message::Written(written));
                }
                // A closed window sends the signal to go on, too.
                Effect::Redraw if self.screen.retake().is_err() => return Ok(true),
                Effect::Redraw => {}
                Effect::Suspend => self.screen.suspend()?,
                Effect::Quit => return Ok(true),
            }
        }
        Ok(false)
    }

    /// Ends the task, which drops the receiver, which cancels the diagnosis.
    fn stop(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
        }
    }
}

/// Facts that arrived since the last frame: they are judged together.
#[derive(Default)]
struct Burst {
    number: u64,
    facts: Vec<Fact>,
    complete: bool,
}

impl Burst {
    /// Keeps a message about facts, hands back any other.
    fn take(&mut self, message: Message) -> Option<Message> {
        match message {
            Message::Learned(number, facts) => {
                self.begin(number);
                self.facts.extend(facts);
                None
            }
            Message::Completed(number) => {
                self.begin(number);
                self.complete = true;
                None
            }
            other => Some(other),
        }
    }

    /// Only the latest diagnosis counts; what a dropped one still said is forgotten.
    fn begin(&mut self, number: u64) {
        if self.number != number {
            *self = Self { number, ..Self::default() };
        }
    }

    fn messages(self) -> Vec<Message> {
        let mut messages = Vec::new();
        if !self.facts.is_empty() {
            messages.push(Message::Learned(self.number, self.facts));
        }
        if self.complete {
            messages.push(Message::Completed(self.number));
        }
        messages
    }
}
