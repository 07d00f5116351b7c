//! Where messages come from: the keyboard, signals, the diagnosis that runs.

use std::{
    io,
    sync::{Arc, mpsc::Sender},
    thread,
    time::Duration,
};

use crossterm::event::{self, Event, KeyEventKind};
use jiff::Timestamp;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::{
    case::{Case, TypedUser},
    facts,
    gather::Session,
    report::describe_operator,
    sources::{
        Fetch,
        handed_over::{self, Places},
    },
    tui::{message::Message, model::AppContext},
};

/// So many facts are handed on at once.
const BURST: usize = 256;

/// Reads the keyboard on a thread of its own, which waits without waking up and ends with the process.
pub(super) fn read_input(sender: Sender<Message>) -> io::Result<()> {
    let read = move || loop {
        let message = match event::read() {
            // Windows reports releases too.
            Ok(Event::Key(key)) if key.kind != KeyEventKind::Release => Message::Key(key.into()),
            Ok(Event::Paste(text)) => Message::Paste(text),
            Ok(Event::Resize(columns, rows)) => Message::Resize(columns, rows),
            Ok(_) => continue,
            Err(_) => Message::Leave,
        };
        let last = message == Message::Leave;
        if sender.send(message).is_err() || last {
            return;
        }
    };
    thread::Builder::new().name("input".to_owned()).spawn(read).map(drop)
}

/// Asks who the operator is to AWS, and says it.
pub(super) fn identify_operator(aws: &Session, app: &AppContext, sender: Sender<Message>) {
    let Ok(user) = TypedUser::parse("nobody") else { return };
    let Some(profile) = app.apps.first().cloned() else { return };
    let case = Case {
        user,
        start_url: None,
        typed_region: None,
        typed_user: None,
        saw: None,
        handed_over: app.handed_over.clone(),
        app: profile,
        settings: app.settings.clone(),
    };
    let (aws, catalog) = (aws.clone(), app.catalog.clone());
    tokio::spawn(async move {
        let facts = aws.identify(&case, Timestamp::now()).await;
        let line = describe_operator(&case, &facts, &catalog, aws.session_end());
        // A failure to send means that the app has left already.
        drop(sender.send(Message::Identified(line)));
    });
}

/// Announces the signals: those that ask to leave, to stop, and to go on after a stop.
#[cfg(unix)]
pub(super) fn listen_for_signals(sender: &Sender<Message>) {
    use rustix::process::Signal;
    use tokio::signal::unix::{SignalKind, signal};
    let announced = [
        (SignalKind::hangup(), Message::Leave),
        (SignalKind::interrupt(), Message::Leave),
        (SignalKind::terminate(), Message::Leave),
        (SignalKind::quit(), Message::Leave),
        (SignalKind::alarm(), Message::Leave),
        (SignalKind::from_raw(Signal::TSTP.as_raw()), Message::Suspend),
        (SignalKind::from_raw(Signal::CONT.as_raw()), Message::Resumed),
    ];
    for (kind, message) in announced {
        let Ok(mut signals) = signal(kind) else { continue };
        let sender = sender.clone();
        tokio::spawn(async move {
            // A failure to send means that the app has left already.
            while signals.recv().await.is_some() && sender.send(message.clone()).is_ok() {}
        });
    }
}

/// Leaves on Ctrl-Break and the like.
#[cfg(not(unix))]
pub(super) fn listen_for_signals(sender: &Sender<Message>) {
    let sender = sender.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            drop(sender.send(Message::Leave));
        }
    });
}

/// Reads what was handed over, and tells the result.
pub(super) async fn read_handed_over(
    number: u64,
    places: Box<Places>,
    fetch: Arc<dyn Fetch>,
    most_time: Duration,
    sender: Sender<Message>,
) {
    let read = handed_over::read_handed_over(&places, fetch.as_ref(), most_time).await;
    let read = read.map(Box::new).map_err(|error| error.to_string());
    drop(sender.send(Message::HandedOver(number, read)));
}

/// Hands on what a diagnosis announces, until it ends.
pub(super) async fn hand_on_events(number: u64, mut events: UnboundedReceiver<facts::Event>, sender: Sender<Message>) {
    let mut burst = Vec::with_capacity(BURST);
    while events.recv_many(&mut burst, BURST).await > 0 {
        let learned = std::mem::take(&mut burst);
        if sender.send(Message::Learned(number, learned)).is_err() {
            return;
        }
    }
    drop(sender.send(Message::Completed(number)));
}
