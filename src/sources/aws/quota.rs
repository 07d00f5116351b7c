//! How many requests a second are sent: no more than AWS takes, so that a list of people is not answered by throttling.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
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
const WINDOW: Duration = Duration::from_millis(1_050);
/// Somebody else uses the same quota, when AWS throttles all the same: nothing more is sent for so long.
const PAUSE: Duration = Duration::from_secs(1);

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
}

#[derive(Debug, Default)]
struct Sent {
    /// When the last requests went out, or will.
    times: VecDeque<Instant>,
    paused_until: Option<Instant>,
}

impl Quota {
    fn new(most: usize) -> Self {
        Self { most, sent: Mutex::default() }
    }

    /// Waits until one more request is within the quota.
    pub(super) async fn wait_for_turn(&self) {
        let turn = self.reserve_turn(Instant::now());
        sleep_until(turn).await;
    }

    /// Counts a request that was sent without waiting, as the SDK does when it tries again.
    pub(super) fn note_sent(&self) {
        let now = Instant::now();
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).add(self.most, now);
    }

    /// Sends nothing more for a moment: AWS throttles.
    pub(super) fn slow_down(&self) {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).paused_until = Some(Instant::now() + PAUSE);
    }

    /// Returns when the next request may go out, and counts it.
    fn reserve_turn(&self, now: Instant) -> Instant {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        let paused_until = sent.paused_until.filter(|until| *until > now).unwrap_or(now);
        let free_at = match sent.times.front() {
            Some(oldest) if sent.times.len() >= self.most => *oldest + WINDOW,
            _ => now,
        };
        let turn = now.max(paused_until).max(free_at);
        sent.add(self.most, turn);
        turn
    }
}

impl Sent {
    fn add(&mut self, most: usize, time: Instant) {
        if most == usize::MAX {
            return;
        }
        while self.times.len() >= most {
            self.times.pop_front();
        }
        self.times.push_back(time);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(quota: &Quota, now: Instant, count: usize) -> Vec<u128> {
        (0..count).map(|_| quota.reserve_turn(now).duration_since(now).as_millis()).collect()
    }

    #[test]
    fn a_burst_goes_out_at_once_and_the_rest_keeps_the_quota() {
        let turns = turns(&Quota::new(3), Instant::now(), 8);
        assert_eq!(turns, [0, 0, 0, 1_050, 1_050, 1_050, 2_100, 2_100]);
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_goes_out_for_a_moment_after_a_throttled_answer() {
        let quota = Quota::new(3);
        quota.slow_down();
        assert_eq!(turns(&quota, Instant::now(), 2), [1_000, 1_000]);
    }
}
