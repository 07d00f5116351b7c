//! One run: who is asked, and for how long.

use std::{fmt, sync::Arc, time::Duration};

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::{FollowUps, gather};
use crate::{
    case::Case,
    facts::{Event, Facts, Failure, FailureKind, GetCallerIdentity, ListInstances, Query},
    sources::{EventSender, Source},
};

/// Somebody to ask, and the time there is.
#[derive(Clone)]
pub struct Session {
    pub(super) source: Arc<dyn Source>,
    pub(super) timeout: Duration,
    follow_ups: FollowUps,
}

impl fmt::Debug for Session {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Session").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

impl Session {
    /// Returns a session that asks this source, and what judging wants to know beyond the facts it begins with.
    #[must_use]
    pub fn new(source: Arc<dyn Source>, timeout: Duration, follow_ups: FollowUps) -> Self {
        Self { source, timeout, follow_ups }
    }

    /// Returns the same with the time that is left after so much has passed.
    #[must_use]
    pub fn with_less_time(&self, passed: Duration) -> Self {
        Self { timeout: self.timeout.saturating_sub(passed), ..self.clone() }
    }

    /// Starts asking about these cases what is not known yet. The channel ends when nothing more will come; dropping its
    /// receiver cancels.
    ///
    /// Has to be called inside a tokio runtime.
    #[must_use]
    pub fn start(&self, cases: Vec<Case>, known: Facts) -> UnboundedReceiver<Event> {
        let (sender, receiver) = unbounded_channel();
        let events = EventSender::new(sender);
        let Self { source, timeout, follow_ups } = self.clone();
        tokio::spawn(async move {
            let emitting = events.clone();
            let mut asking =
                tokio::spawn(async move { gather(source.as_ref(), &cases, known, follow_ups, &emitting).await });
            let ended = tokio::select! {
                ended = tokio::time::timeout(timeout, &mut asking) => ended,
                () = events.wait_until_closed() => Ok(Ok(())),
            };
            asking.abort();
            let closed = match ended {
                Ok(Ok(())) => return,
                Ok(Err(_)) => Failure::without_call(FailureKind::Internal, "the asking itself failed"),
                Err(_) => {
                    let message = format!("the time of {} seconds for the whole diagnosis was over", timeout.as_secs());
                    Failure::without_call(FailureKind::TimedOut, message)
                }
            };
            // The aborted calls close their records first.
            drop(asking.await);
            events.emit(Event::Closed(closed));
        });
        receiver
    }

    /// Asks only whose credentials these are, and which instances they see.
    pub async fn identify(&self, case: &Case, now: jiff::Timestamp) -> Facts {
        let mut facts = Facts::new(now);
        let region = case.settings.home_region();
        let queries: [Query; 2] =
            [GetCallerIdentity { region: region.clone() }.into(), ListInstances { region, all_regions: true }.into()];
        let (sender, mut receiver) = unbounded_channel();
        let events = EventSender::new(sender);
        let late = "the time for the whole diagnosis was over";
        let ask = async |query: Query| {
            let asked = tokio::time::timeout(self.timeout, self.source.ask(&query, &events)).await;
            let answer = asked.unwrap_or_else(|_| Err(Failure::of(&query, FailureKind::TimedOut, late)));
            Event::Answered(query, answer)
        };
        let answers = futures::future::join_all(queries.into_iter().map(ask)).await;
        while let Ok(event) = receiver.try_recv() {
            facts.apply(event);
        }
        for answer in answers {
            facts.apply(answer);
        }
        facts
    }

    /// Returns when the credentials end, where they have been used and have an end.
    #[must_use]
    pub fn session_end(&self) -> Option<jiff::Timestamp> {
        self.source.session_end()
    }

    /// Asks about these cases what is not known yet, and returns what was learned. `learned` is told what is known at the
    /// beginning, and after each event.
    ///
    /// # Errors
    /// That of `learned`, which ends the asking.
    pub async fn gather<E>(
        &self,
        cases: &[Case],
        mut facts: Facts,
        mut learned: impl FnMut(&Facts, Option<&Event>) -> Result<(), E>,
    ) -> Result<Facts, E> {
        learned(&facts, None)?;
        let mut events = self.start(cases.to_vec(), facts.clone());
        while let Some(event) = events.recv().await {
            facts.apply(event.clone());
            learned(&facts, Some(&event))?;
        }
        Ok(facts)
    }
}
