//! The only place with a terminal, a clipboard, a clock, files and tasks.

mod clipboard;
mod files;
mod panics;
mod sources;
mod terminal;

use std::{
    fmt::Debug,
    path::PathBuf,
    sync::Arc,
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    time::{Duration, Instant},
};

use futures::future::LocalBoxFuture;
use jiff::Timestamp;
use tokio::task::JoinHandle;

use self::{clipboard::MachineClipboard, terminal::TakenTerminal};
use super::{
    message::{Effect, Message},
    model::{AppContext, FRAME, Model, Run},
    update::{begin, update},
};
use crate::{
    case::{Saw, Settings},
    gather::Session,
    sources::{Fetch, NoNetwork},
};

/// Whom to ask, once an AWS profile was chosen.
pub struct Connection {
    /// Whom to ask about users.
    pub session: Session,
    /// The settings with that profile.
    pub settings: Arc<Settings>,
    /// Who fetches an address of metadata.
    pub fetch: Arc<dyn Fetch>,
}

/// Connects to AWS with a profile.
pub trait ConnectToAws: Debug {
    /// Returns whom to ask with the profile of that name, or why it cannot be used. Reads files and asks nothing.
    fn connect<'a>(&'a self, profile: &'a str) -> LocalBoxFuture<'a, Result<Connection, String>>;
}

/// How the app begins, and whom and what it reaches outside.
#[derive(Debug)]
pub struct Launch {
    /// Who cannot sign in; diagnosed at once, several as a list.
    pub users: Vec<String>,
    /// The start URL that the user typed.
    pub start_url: Option<String>,
    /// The Region that the user typed.
    pub typed_region: Option<String>,
    /// The user name that the user typed.
    pub typed_user: Option<String>,
    /// What the user saw.
    pub saw: Option<Saw>,
    /// Whom to ask about users, until another profile is chosen.
    pub aws: Session,
    /// Who connects with another profile.
    pub connect: Box<dyn ConnectToAws>,
    /// Whom to ask about users of the sample organization.
    pub sample: Session,
    /// Who fetches an address of metadata.
    pub fetch: Arc<dyn Fetch>,
    /// Where reports are written; if that cannot be, it is the home directory, then the temporary one.
    pub report_dir: PathBuf,
}

/// Runs the app until the person leaves, and returns the last diagnosis that has a verdict, or one that was begun and
/// has none; with what was learned for it.
///
/// Has to be called on a thread that is no runtime worker, with a tokio runtime entered.
///
/// # Errors
/// If the terminal cannot be set up or drawn to.
pub fn run(app: AppContext, launch: &Launch) -> anyhow::Result<Option<Run>> {
    panics::keep_off_the_screen(|| {
        let (sender, inbox) = mpsc::channel();
        // From the moment on which the terminal is taken, a signal has to give it back.
        sources::listen_for_signals(&sender);
        let terminal = TakenTerminal::take()?;
        let mut model = Model::new(app, terminal.size()?);
        model.can_suspend = terminal::can_be_continued();
        let (aws, fetch) = (launch.aws.clone(), launch.fetch.clone());
        let began = Instant::now();
        let mut shell = Shell { terminal, model, sender, launch, aws, fetch, task: None, began, clipboard: None };
        shell.run_until_left(&inbox)?;
        Ok(shell.model.last_run().cloned())
    })
}

struct Shell<'run> {
    terminal: TakenTerminal,
    model: Model,
    sender: Sender<Message>,
    launch: &'run Launch,
    /// Whom to ask, and who fetches, with the profile that is chosen.
    aws: Session,
    fetch: Arc<dyn Fetch>,
    /// The clipboard of this machine, opened when something is copied.
    clipboard: Option<MachineClipboard>,
    /// Hands on the facts of the diagnosis that runs.
    task: Option<JoinHandle<()>>,
    /// When that began.
    began: Instant,
}

impl Shell<'_> {
    fn run_until_left(&mut self, inbox: &Receiver<Message>) -> anyhow::Result<()> {
        let Launch { users, start_url, typed_region, typed_user, .. } = self.launch;
        let on_the_users_screen = [start_url, typed_region, typed_user].map(Option::as_deref);
        if self.launch.saw.is_some() {
            self.model.form.unfolded = true;
            self.model.form.set_seen(self.launch.saw.clone());
        }
        let effects = begin(&mut self.model, users, on_the_users_screen);
        // The first frame comes before anything is asked.
        self.draw_frame()?;
        sources::read_input(self.sender.clone())?;
        // Before a name is typed: who has no credentials should not find out with somebody on the phone. A screen that is
        // shown in public names no account.
        if users.is_empty() {
            self.identify_operator();
        }
        let mut leaves = self.perform_effects(effects)?;
        while !leaves {
            leaves = self.take_turn(inbox)?;
        }
        self.stop_task();
        Ok(())
    }

    /// Waits until something has to be shown, takes it in and draws. True once it is time to leave.
    fn take_turn(&mut self, inbox: &Receiver<Message>) -> anyhow::Result<bool> {
        let mut messages = Vec::new();
        let began = Instant::now();
        let mut frame = self.model.pause_between_frames().map(|pause| began + pause);
        loop {
            let message = match frame {
                Some(frame) => inbox.recv_timeout(frame.saturating_duration_since(Instant::now())),
                None => inbox.recv().map_err(RecvTimeoutError::from),
            };
            match message {
                Ok(message) => {
                    let is_fact = matches!(message, Message::Learned(..) | Message::Completed(_));
                    add_message(&mut messages, message);
                    if !is_fact {
                        break;
                    }
                }
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return Ok(true),
            }
            // Facts are worth a frame, which those that follow closely share.
            let soon = began + FRAME;
            frame = Some(frame.map_or(soon, |frame| frame.min(soon)));
        }
        // What has piled up meanwhile shares the frame.
        for message in inbox.try_iter() {
            add_message(&mut messages, message);
        }
        if self.model.is_running() {
            messages.insert(0, Message::Tick(self.time_since_start()));
        }
        for message in messages {
            let effects = update(&mut self.model, message);
            if self.perform_effects(effects)? {
                return Ok(true);
            }
        }
        panics::panic_on_request();
        // A terminal that could be drawn on, and cannot any more, is gone.
        Ok(self.draw_frame().is_err())
    }

    /// Asks who the operator is to AWS.
    fn identify_operator(&self) {
        let app = &self.model.app;
        if !self.model.sample && app.settings.lists_people {
            sources::identify_operator(&self.aws, app, self.sender.clone());
        }
    }

    /// Asks with another AWS profile from now on, where that can be used.
    fn change_profile(&mut self, profile: &str) {
        let connected = tokio::runtime::Handle::current().block_on(self.launch.connect.connect(profile));
        let settings = connected.map(|Connection { session, settings, fetch }| {
            (self.aws, self.fetch) = (session, fetch);
            settings
        });
        let is_changed = settings.is_ok();
        update(&mut self.model, Message::ProfileChanged(settings));
        if is_changed {
            self.identify_operator();
        }
    }

    fn time_since_start(&self) -> Duration {
        let elapsed = self.began.elapsed();
        if self.model.app.theme.reduced_motion { Duration::from_secs(elapsed.as_secs()) } else { elapsed }
    }

    fn draw_frame(&mut self) -> anyhow::Result<()> {
        let size = self.terminal.size()?;
        if size != self.model.size {
            update(&mut self.model, Message::Resize(size.width, size.height));
        }
        self.terminal.draw_model(&self.model)
    }

    /// True if one of the effects is to leave.
    fn perform_effects(&mut self, effects: Vec<Effect>) -> anyhow::Result<bool> {
        for effect in effects {
            match effect {
                Effect::Start { number, cases, sample, known } => {
                    self.stop_task();
                    self.began = Instant::now();
                    let now = Timestamp::now();
                    update(&mut self.model, Message::Started(number, now));
                    let session = if sample { &self.launch.sample } else { &self.aws };
                    let facts = session.start(cases, known.at(now));
                    self.task = Some(tokio::spawn(sources::hand_on_events(number, facts, self.sender.clone())));
                }
                Effect::Stop => self.stop_task(),
                Effect::Copy { what, text } => {
                    // The terminal comes last: what it took stays when this program has gone.
                    let reached = self.clipboard.get_or_insert_with(MachineClipboard::open).put(&text);
                    self.terminal.copy_text(&text)?;
                    update(&mut self.model, Message::Copied { what, reached });
                }
                Effect::Write { name, contents } => {
                    let elsewhere = etcetera::home_dir().into_iter().chain([std::env::temp_dir()]);
                    let directories = std::iter::once(self.launch.report_dir.clone()).chain(elsewhere);
                    let written = files::write_report(directories, &name, &contents);
                    update(&mut self.model, Message::Written(written));
                }
                Effect::ReadHandedOver { number, places, sample } => {
                    let fetch = if sample { Arc::new(NoNetwork) } else { self.fetch.clone() };
                    let time = self.model.app.timeout;
                    tokio::spawn(sources::read_handed_over(number, places, fetch, time, self.sender.clone()));
                }
                Effect::OpenFile { number, path } => {
                    let sender = self.sender.clone();
                    tokio::task::spawn_blocking(move || {
                        let opened = files::open_file(&path);
                        // A failure to send means that the app has left already.
                        drop(sender.send(Message::FileOpened(number, opened)));
                    });
                }
                Effect::ChangeProfile(profile) => {
                    self.stop_task();
                    self.change_profile(&profile);
                }
                Effect::WakeUp { number } => {
                    let (sender, pause) = (self.sender.clone(), self.model.app.watch_pause());
                    tokio::spawn(async move {
                        tokio::time::sleep(pause).await;
                        // A failure to send means that the app has left already.
                        drop(sender.send(Message::WokenUp(number)));
                    });
                }
                Effect::Bell => self.terminal.ring_bell()?,
                // A closed window sends the signal to go on, too.
                Effect::Redraw if self.terminal.retake().is_err() => return Ok(true),
                Effect::Redraw => {}
                Effect::Suspend => self.terminal.suspend()?,
                Effect::Quit => return Ok(true),
            }
        }
        Ok(false)
    }

    /// Ends the task, which drops the receiver, which cancels the diagnosis.
    fn stop_task(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
        }
    }
}

/// Adds a message. Facts of the same diagnosis join those before them: they are judged together.
fn add_message(messages: &mut Vec<Message>, message: Message) {
    match (messages.last_mut(), message) {
        (Some(Message::Learned(number, facts)), Message::Learned(same, more)) if *number == same => facts.extend(more),
        (_, message) => messages.push(message),
    }
}
