//! What was asked, and which requests had to wait for which answers.

use std::time::{Duration, Instant};

use sso_doctor::{domain::Region, facts::Operation};

/// One request that arrived.
#[derive(Debug, Clone)]
pub struct Arrival {
    pub name: String,
    pub operation: Option<Operation>,
    pub region: Region,
    /// 1 + the highest stage of any response that was complete before this request arrived.
    pub stage: usize,
    completed: Option<Instant>,
}

/// Everything that arrived, in order.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    arrivals: Vec<Arrival>,
}

impl Ledger {
    /// Enters a request; `delay` is when its answer will be complete, if ever.
    pub fn enter(&mut self, name: &str, operation: Option<Operation>, region: &Region, delay: Option<Duration>) {
        let now = Instant::now();
        let answered = self.arrivals.iter().filter(|known| known.completed.is_some_and(|at| at <= now));
        let stage = 1 + answered.map(|known| known.stage).max().unwrap_or_default();
        let completed = delay.map(|delay| now + delay);
        self.arrivals.push(Arrival { name: name.to_owned(), operation, region: region.clone(), stage, completed });
    }

    /// The requests.
    pub fn arrivals(&self) -> &[Arrival] {
        &self.arrivals
    }

    /// How many requests arrived.
    pub fn calls(&self) -> usize {
        self.arrivals.len()
    }

    /// How many of one operation.
    pub fn calls_of(&self, operation: Operation) -> usize {
        self.arrivals.iter().filter(|known| known.operation == Some(operation)).count()
    }

    /// How many answers had to be waited for one after another.
    pub fn stages(&self) -> usize {
        self.arrivals.iter().map(|known| known.stage).max().unwrap_or_default()
    }

    /// Operations that the program must never call.
    pub fn unexpected(&self) -> Vec<&str> {
        self.arrivals.iter().filter(|known| known.operation.is_none()).map(|known| known.name.as_str()).collect()
    }
}
