//! How many requests a second are sent: no more than AWS takes, so that a list of people is not answered by throttling.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, sleep_until};

use crate::{
    domain::Region,
    facts::{Operation, Query},
};

/// Requests that AWS takes in a second: of Identity Center's operations all together, of the identity store's each.
///
/// Source: the quotas of IAM Identity Center and of the Identity Store API.
const REQUESTS: usize = 20;
/// A little more than a second, because requests do not travel equally fast.
const WINDOW: Duration = Duration::from_millis(1_100);
/// So many go out at once; those that follow closely go out one by one, so that late ones and early ones do not meet.
const BURST: usize = 10;
const SPACING: Duration = Duration::from_millis(55);
/// Somebody else uses the same quota, when AWS throttles all the same: nothing more is sent for a moment, and for a while
/// half as much.
const PAUSE: Duration = Duration::from_secs(1);
const SLOW: Duration = Duration::from_secs(5);

/// The quotas of every Region that is asked.
#[derive(Debug, Default)]
pub(super) struct Quotas(Mutex<BTreeMap<(Region, Share), Arc<Quota>>>);

/// Which requests share a quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Share {
    IdentityCenter,
    IdentityStore(Operation),
    /// STS and IAM take more than a run asks for.
    Other,
}

impl Quotas {
    /// Returns the quota that a query's requests fall under.
    pub(super) fn find_quota(&self, query: &Query) -> Arc<Quota> {
        let share = match query.operation().action().split_once(':') {
            Some(("sso", _)) => Share::IdentityCenter,
            Some(("identitystore", _)) => Share::IdentityStore(query.operation()),
            _ => Share::Other,
        };
        let most = if share == Share::Other { usize::MAX } else { REQUESTS };
        let mut quotas = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let quota = quotas.entry((query.region().clone(), share)).or_insert_with(|| Arc::new(Quota::new(most)));
        Arc::clone(quota)
    }
}

/// One quota, and what was sent of it lately.
#[derive(Debug)]
pub(super) struct Quota {
    most: usize,
    sent: Mutex<Sent>,
    /// Whoever waits for a turn: one after the other, in the order in which they came.
    queue: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Sent {
    /// When the last requests went out.
    times: VecDeque<Instant>,
    throttled: Option<Instant>,
}

impl Quota {
    fn new(most: usize) -> Self {
        Self { most, sent: Mutex::default(), queue: tokio::sync::Mutex::default() }
    }

    /// Waits until one more request is within the quota, and counts it.
    pub(super) async fn wait_for_turn(&self) {
        if self.most == usize::MAX {
            return;
        }
        let _first = self.queue.lock().await;
        // What was sent or throttled meanwhile puts the turn off.
        loop {
            let now = Instant::now();
            let turn = self.lock().find_turn(self.most, now);
            if turn <= now {
                break;
            }
            sleep_until(turn).await;
        }
        self.note_sent();
    }

    /// Counts a request that was sent without waiting, as the SDK does when it tries again.
    pub(super) fn note_sent(&self) {
        let now = Instant::now();
        self.lock().add(self.most, now);
    }

    /// Sends nothing more for a moment: AWS throttles.
    pub(super) fn slow_down(&self) {
        self.lock().throttled = Some(Instant::now());
    }

    fn lock(&self) -> MutexGuard<'_, Sent> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sent {
    /// Returns when the next request may go out; a time that has passed is now.
    fn find_turn(&self, most: usize, now: Instant) -> Instant {
        let is_full = self.times.len() >= most;
        let free_at = self.times.front().filter(|_| is_full).map_or(now, |oldest| *oldest + WINDOW);
        let lately = self.times.iter().filter(|time| **time + WINDOW > now).count();
        let is_slow = self.throttled.is_some_and(|time| time + SLOW > now);
        let spacing = if is_slow { SPACING * 2 } else { SPACING };
        let spaced = self.times.back().filter(|_| is_slow || lately >= BURST).map_or(now, |last| *last + spacing);
        let paused = self.throttled.map_or(now, |time| time + PAUSE);
        free_at.max(spaced).max(paused)
    }

    fn add(&mut self, most: usize, time: Instant) {
        while self.times.len() >= most {
            self.times.pop_front();
        }
        self.times.push_back(time);
    }
}

#[cfg(test)]
mod tests {
    use futures::future::join_all;

    use super::*;

    /// When so many requests go out that are wanted now.
    async fn turns(quota: &Quota, count: usize) -> Vec<Duration> {
        let start = Instant::now();
        let turn = async || {
            quota.wait_for_turn().await;
            start.elapsed()
        };
        join_all((0..count).map(|_| turn())).await
    }

    #[tokio::test(start_paused = true)]
    async fn a_few_go_out_at_once_and_the_rest_keeps_the_quota() {
        let turns = turns(&Quota::new(REQUESTS), 1_000).await;
        assert_eq!(turns[..BURST], [Duration::ZERO; BURST]);
        for window in turns.windows(REQUESTS + 1) {
            assert!(window[REQUESTS] >= window[0] + Duration::from_secs(1), "{window:?}");
        }
        assert!(turns[999] < Duration::from_secs(61), "{:?}", turns[999]);
    }

    /// Also those slow down that were waiting already.
    #[tokio::test(start_paused = true)]
    async fn after_a_throttled_answer_nothing_goes_out_for_a_moment() {
        let quota = Quota::new(REQUESTS);
        let throttled = async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            quota.slow_down();
        };
        let (turns, ()) = tokio::join!(turns(&quota, 20), throttled);
        assert!(turns[10] < Duration::from_millis(200), "{turns:?}");
        assert!(turns[12] >= Duration::from_millis(1_100), "{turns:?}");
    }
}
