//! The time between two requests, where AWS allows few a second.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, sleep_until};

use crate::domain::Region;

/// Lets requests to a Region start no sooner after each other than that.
#[derive(Debug)]
pub(super) struct Pace {
    between: Duration,
    next: Mutex<BTreeMap<Region, Instant>>,
}

impl Pace {
    pub(super) fn new(between: Duration) -> Self {
        Self { between, next: Mutex::default() }
    }

    /// Returns the time between two requests.
    pub(super) fn between(&self) -> Duration {
        self.between
    }

    /// Waits until a request to that Region may start.
    pub(super) async fn wait_for_turn(&self, region: &Region) {
        sleep_until(self.reserve_turn(region)).await;
    }

    fn reserve_turn(&self, region: &Region) -> Instant {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let turn = next.get(region).map_or(now, |free| now.max(*free));
        next.insert(region.clone(), turn + self.between);
        turn
    }
}

#[cfg(test)]
mod tests {
    use futures::future::join_all;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn requests_to_a_region_start_apart_and_other_regions_have_turns_of_their_own() {
        let (pace, start) = (Pace::new(Duration::from_millis(500)), Instant::now());
        let regions = ["eu-west-1", "eu-west-1", "eu-central-1", "eu-west-1"].map(Region::new);
        let turns = regions.iter().map(async |region| {
            pace.wait_for_turn(region).await;
            start.elapsed().as_millis()
        });
        assert_eq!(join_all(turns).await, [0, 500, 0, 1000]);
        tokio::time::sleep(Duration::from_secs(2)).await;
        let before = start.elapsed();
        pace.wait_for_turn(&Region::new("eu-west-1")).await;
        assert_eq!(start.elapsed(), before);
    }
}
