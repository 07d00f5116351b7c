//! `check --watch`: asks again until nothing is wrong, and tells what changes.

use std::{collections::BTreeSet, time::Duration};

use jiff::{Timestamp, tz::TimeZone};
use tokio::{runtime::Runtime, time::Instant};

use super::{output::CANNOT_TELL, results::combine_statuses, setup};
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
    /// Takes what is told. Returns false if nobody reads it any more.
    pub(super) write: &'a dyn Fn(&str) -> anyhow::Result<bool>,
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
                (self.write)("\u{7}")?;
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
        Ok(if statuses.is_empty() { CANNOT_TELL } else { combine_statuses(&statuses, strict) })
    }

    /// Tells each check and verdict that is not as before. Returns false if nobody reads it any more.
    fn tell_changes(&self, before: &[Diagnosis], now: &[Diagnosis]) -> anyhow::Result<bool> {
        let time = Timestamp::now().to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S %Z").to_string();
        for (place, diagnosis) in now.iter().enumerate() {
            for change in list_changes(before.get(place), diagnosis) {
                let who = if self.cases.len() > 1 { format!("{}: ", diagnosis.user) } else { String::new() };
                if !(self.write)(&format!("{time}  {who}{change}\n"))? {
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail where it stands")]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::{
        case::{AttemptsSettings, TypedUser, test_case},
        catalog::Catalog,
        report,
        sources::demo,
    };

    /// Somebody enables the account while it is watched: each change is a line, and then it is over. Time passes only
    /// where everybody waits for it.
    #[test]
    fn watching_tells_each_change_and_ends_when_nothing_is_wrong() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        let session = {
            let _inside = runtime.enter();
            setup::build_sample_session(None, Duration::from_mins(1)).unwrap()
        };
        let settings = setup::build_sample_settings(None, AttemptsSettings::default());
        let user = TypedUser::parse("erin.walsh@corp.example").unwrap();
        let cases = [demo::complete_case(Case { user, settings: settings.into(), ..test_case() })];
        let catalog = Catalog::built_in().unwrap();
        let judge = |case: &Case, facts: &Facts| report::diagnose(case, facts, &catalog);
        let told = RefCell::new(String::new());
        let write = |text: &str| {
            told.borrow_mut().push_str(text);
            Ok(true)
        };
        let watched = Watched { session: &session, cases: &cases, judge: &judge, write: &write };
        assert_eq!(watched.watch(&runtime, Duration::from_secs(15), None, false).unwrap(), 0);
        let told = told.into_inner();
        let lines: Vec<&str> = told.lines().filter_map(|line| line.split_once("  ")).map(|(_, told)| told).collect();
        let [failed, problem, passed, ..] = lines.as_slice() else { unreachable!("{told}") };
        assert_eq!(*failed, "User: fail. Erin's account is disabled. Ask why before anybody enables it.");
        assert!(problem.starts_with("PROBLEM: "), "{told}");
        assert!(passed.starts_with("User: fail -> pass. "), "{told}");
        assert!(lines.iter().any(|line| line.starts_with("HEALTHY: ")), "{told}");
        assert!(told.ends_with('\u{7}'), "{told}");
    }
}
