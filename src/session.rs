//! One run: who is asked, and for how long.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::sync::{
    OnceCell,
    mpsc::{UnboundedReceiver, unbounded_channel},
};

use crate::{
    aws::{Aws, AwsSettings},
    facts::{Fact, Facts, Obstacle, ObstacleKind},
    gather::{Announcement, gather},
    intake::Case,
    journal::Journal,
    sample::Sample,
};

/// Somebody to ask, and the time there is.
#[derive(Debug, Clone)]
pub struct Session {
    source: Arc<Source>,
    timeout: Duration,
}

#[derive(Debug)]
enum Source {
    /// Connected at the first question, so that a screen can be drawn before.
    Aws {
        settings: Box<AwsSettings>,
        aws: OnceCell<Box<Aws>>,
    },
    Sample(Box<Sample>),
}

impl Session {
    /// Asks AWS.
    #[must_use]
    pub fn aws(settings: AwsSettings, timeout: Duration) -> Self {
        Self { source: Arc::new(Source::Aws { settings: Box::new(settings), aws: OnceCell::new() }), timeout }
    }

    /// Asks the sample organization.
    #[must_use]
    pub fn sample(sample: Sample, timeout: Duration) -> Self {
        Self { source: Arc::new(Source::Sample(Box::new(sample))), timeout }
    }

    /// Starts asking about these cases. The channel ends when nothing more will come; dropping its receiver cancels.
    ///
    /// Has to be called inside a tokio runtime.
    #[must_use]
    pub fn start(&self, cases: Vec<Case>, now: Timestamp) -> UnboundedReceiver<Announcement> {
        let (line, announcements) = unbounded_channel();
        let journal = Journal::new(line.clone());
        let Self { source, timeout } = self.clone();
        tokio::spawn(async move {
            let asked = journal.clone();
            let mut asking = tokio::spawn(async move { source.gather(&cases, now, &asked).await });
            let ended = tokio::select! {
                ended = tokio::time::timeout(timeout, &mut asking) => ended,
                () = line.closed() => Ok(Ok(())),
            };
            asking.abort();
            let closed = match ended {
                Ok(Ok(())) => return,
                Ok(Err(_)) => Obstacle::without_call(ObstacleKind::Internal, "the asking itself failed"),
                Err(_) => {
                    let message = format!("the time of {} seconds for the whole diagnosis was over", timeout.as_secs());
                    Obstacle::without_call(ObstacleKind::TimedOut, message)
                }
            };
            // The aborted calls close their records first.
            drop(asking.await);
            journal.tell(Fact::Closed(closed));
        });
        announcements
    }

    /// Asks about these cases and returns what was learned about each.
    pub async fn gather(&self, cases: &[Case], now: Timestamp) -> Vec<Facts> {
        let mut all: Vec<Facts> = cases.iter().map(|_| Facts::new(now)).collect();
        let mut announcements = self.start(cases.to_vec(), now);
        while let Some(Announcement { person, fact }) = announcements.recv().await {
            for (index, facts) in all.iter_mut().enumerate() {
                if person.is_none_or(|person| person == index) {
                    facts.learn(fact.clone());
                }
            }
        }
        all
    }
}

impl Source {
    async fn gather(&self, cases: &[Case], now: Timestamp, journal: &Journal) {
        match self {
            Self::Aws { settings, aws } => {
                let aws = aws.get_or_init(async || Box::new(Aws::connect(settings).await)).await;
                gather(aws.as_ref(), cases, now, journal).await;
            }
            Self::Sample(sample) => gather(sample.as_ref(), cases, now, journal).await,
        }
    }
}
