//! `check --watch`: asks again until nothing is wrong, and tells what changes.

use std::{collections::BTreeSet, time::Duration};

use jiff::{Timestamp, tz::TimeZone};
use tokio::{runtime::Runtime, time::Instant};

use super::{output::write_part, results::combine_statuses, setup};
use crate::{
    case::Case,
    facts::{Facts, Operation},
    gather::Session,
    report::{
        diagnosis::{CheckId, Diagnosis, Status},
        list_changes,
    },
};

/// So often everything is asked again, also what was right.
const ROUNDS_FOR_ALL: usize = 10;

/// Who is watched, and how.
pub(super) struct Watched<'a> {
    pub(super) session: &'a Session,
    pub(super) cases: &'a [Case],
    pub(super) judge: &'a dyn Fn(&Case, &Facts) -> Diagnosis,
}

impl Watched<'_> {
    /// Watches until nothing is wrong with anybody, the time is over, or somebody interrupts. Returns the exit status of
    /// the last result.
    pub(super) fn watch(
        &self,
        runtime: &Runtime,
        pause: Duration,
        time: Option<Duration>,
        strict: bool,
    ) -> anyhow::Result<u8> {
        let end = time.map(|time| Instant::now() + time);
        let mut before: Vec<Diagnosis> = Vec::new();
        let mut known = Facts::new(setup::read_clock());
        for round in 1_usize.. {
            let asking = self.session.gather(self.cases, known, |_, _| anyhow::Ok(()));
            let Some(facts) = runtime.block_on(until_stopped(end, asking)) else { break };
            let facts = facts?;
            let diagnoses: Vec<Diagnosis> = self.cases.iter().map(|case| (self.judge)(case, &facts)).collect();
            let is_told = self.tell_changes(&before, &diagnoses)?;
            let is_over = diagnoses.iter().all(|diagnosis| diagnosis.exit_status() == 0);
            before = diagnoses;
            if is_over {
                // A bell, for whoever looks elsewhere.
                write_part("\u{7}")?;
            }
            if is_over || !is_told {
                break;
            }
            known = if round % ROUNDS_FOR_ALL == 0 {
                Facts::new(setup::read_clock())
            } else {
                keep_passed(&before, &facts)
            };
            if runtime.block_on(until_stopped(end, async { tokio::time::sleep(pause).await })).is_none() {
                break;
            }
        }
        let statuses: Vec<u8> = before.iter().map(Diagnosis::exit_status).collect();
        Ok(if statuses.is_empty() { super::output::CANNOT_TELL } else { combine_statuses(&statuses, strict) })
    }

    /// Tells each check and verdict that is not as before. Returns false if nobody reads it any more.
    fn tell_changes(&self, before: &[Diagnosis], now: &[Diagnosis]) -> anyhow::Result<bool> {
        let time = Timestamp::now().to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S %Z").to_string();
        for (place, diagnosis) in now.iter().enumerate() {
            for change in list_changes(before.get(place), diagnosis) {
                let who = if self.cases.len() > 1 { format!("{}: ", diagnosis.user) } else { String::new() };
                if !write_part(&format!("{time}  {who}{change}\n"))? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }
}

/// Returns what comes of something, unless it is interrupted or the time is over before.
async fn until_stopped<T>(end: Option<Instant>, work: impl Future<Output = T>) -> Option<T> {
    let time_over = async {
        match end {
            Some(end) => tokio::time::sleep_until(end).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        done = work => Some(done),
        _ = tokio::signal::ctrl_c() => None,
        () = time_over => None,
    }
}

/// Returns what need not be asked again: the answers on which only checks rest that passed, for everybody.
fn keep_passed(diagnoses: &[Diagnosis], facts: &Facts) -> Facts {
    let open: BTreeSet<CheckId> = diagnoses
        .iter()
        .flat_map(|diagnosis| &diagnosis.checks)
        .filter(|check| check.status != Some(Status::Pass))
        .map(|check| check.id)
        .collect();
    let asked_again: BTreeSet<Operation> = open.iter().flat_map(|check| check.rests_on()).copied().collect();
    facts.keep_answers(setup::read_clock(), |operation| !asked_again.contains(&operation))
}
