//! Asks everything that a diagnosis needs and emits each answer as it arrives. It decides nothing: what can be asked is
//! `plan`'s to say, what the answers mean is judging's.

mod group;
mod list;
mod plan;
mod session;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
    time::Duration,
};

use futures::{FutureExt, StreamExt, future::BoxFuture, stream::FuturesUnordered};
use tokio::time::Instant;

use self::list::Pace;
pub use self::{group::GroupError, session::Session};
use crate::{
    case::Case,
    facts::{Answer, Event, Facts, Failure, FailureKind, Operation, Query},
    sources::{EventSender, Source},
};

/// Says whether a case wants the look-ups of sign-in events, once everything else about it has been answered. Judging
/// decides that, so whoever starts a run hands it in.
pub type WantsLookups = fn(&Case, &Facts) -> bool;

/// Says what to ask next about what the operator may do. What there is to do is judging's to say.
pub type PlanRights = Arc<dyn Fn(&Case, &Facts) -> Vec<Query> + Send + Sync>;

/// What is asked because of how the facts are judged. Judging decides that, so whoever starts a run hands it in.
#[derive(Clone)]
pub struct FollowUps {
    /// Sign-in events.
    pub wants_lookups: WantsLookups,
    /// Whether the operator could do the fixes: asked beside the rest, as soon as a fix is known.
    pub plan_rights: PlanRights,
}

impl FollowUps {
    /// Asks nothing of the kind.
    #[must_use]
    pub fn none() -> Self {
        Self { wants_lookups: |_, _| false, plan_rights: Arc::new(|_, _| Vec::new()) }
    }
}

impl fmt::Debug for FollowUps {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("FollowUps").finish_non_exhaustive()
    }
}

/// Asks all that can be asked about these cases, each query once, as soon as the answers it rests on are there; then
/// about what judging wants to know beyond that. What is in `facts` already, which is mostly nothing, is not asked again.
/// The last event is [`Event::Closed`].
pub async fn gather(source: &dyn Source, cases: &[Case], facts: Facts, follow_ups: FollowUps, events: &EventSender) {
    let mut run = Run::new(source, cases, facts, follow_ups, events);
    run.plan_list();
    run.plan_people((0..cases.len()).collect());
    while let Some((query, answer)) = run.under_way.next().await {
        let askers = run.take_in(query, answer);
        // Only those who asked can ask something new because of the answer; in a list, also those who were held back.
        let to_plan = if run.plan_list() { (0..cases.len()).collect() } else { askers };
        run.plan_people(to_plan);
    }
    let message = "nothing more could be asked, and yet something was missing";
    events.emit(Event::Closed(Failure::without_call(FailureKind::Internal, message)));
}

/// A query under way, or answered.
#[derive(Default)]
struct Asked {
    /// The places of the cases that asked.
    by: BTreeSet<usize>,
    is_answered: bool,
}

/// What was asked, for whom, and what is known.
struct Run<'a> {
    source: &'a dyn Source,
    cases: &'a [Case],
    events: &'a EventSender,
    facts: Facts,
    asked: BTreeMap<Query, Asked>,
    under_way: FuturesUnordered<BoxFuture<'a, (Query, Result<Answer, Failure>)>>,
    /// For each case, how many of its queries are under way.
    open: Vec<usize>,
    /// For each case, how many of those are no details.
    open_needed: Vec<usize>,
    /// For each case, whether it was judged while only details were under way.
    is_judged: Vec<bool>,
    is_settled: Vec<bool>,
    follow_ups: FollowUps,
    /// For each case whether it wants look-ups of sign-in events, once that is decided.
    looks: Vec<Option<bool>>,
    pace: Pace,
    /// True once nothing more is read for a list as a whole.
    is_list_read: bool,
    listing_since: Option<Instant>,
}

impl<'a> Run<'a> {
    fn new(
        source: &'a dyn Source,
        cases: &'a [Case],
        facts: Facts,
        follow_ups: FollowUps,
        events: &'a EventSender,
    ) -> Self {
        Self {
            source,
            cases,
            events,
            facts,
            asked: BTreeMap::new(),
            under_way: FuturesUnordered::new(),
            open: vec![0; cases.len()],
            open_needed: vec![0; cases.len()],
            is_judged: vec![false; cases.len()],
            is_settled: vec![false; cases.len()],
            follow_ups,
            looks: vec![None; cases.len()],
            pace: Pace::default(),
            is_list_read: false,
            listing_since: None,
        }
    }

    /// Asks for the next pages of what a list of people shares. Returns true if more may be asked about single people than
    /// before.
    fn plan_list(&mut self) -> bool {
        if self.is_list_read {
            return false;
        }
        let plan = list::plan_list(self.cases, &self.facts);
        for query in plan.queries {
            self.ask(query, None);
        }
        let before = std::mem::replace(&mut self.pace, plan.pace);
        if before.holds_lookups && !plan.pace.holds_lookups {
            for event in list::derive_answers(self.cases, &self.facts) {
                self.emit(event);
            }
        }
        self.is_list_read = !plan.pace.holds_lookups && !plan.pace.holds_memberships;
        if self.is_list_read {
            plan.reasons.iter().for_each(|reason| tracing::info!(reason, "list"));
        }
        before.holds_lookups && !plan.pace.holds_lookups || before.holds_memberships && !plan.pace.holds_memberships
    }

    /// Asks what can be asked about the cases at these places.
    fn plan_people(&mut self, places: Vec<usize>) {
        for place in places {
            let Some(case) = self.cases.get(place) else { continue };
            let listed_for = self.listing_since.map_or(Duration::ZERO, |since| since.elapsed());
            for query in plan::plan_queries(case, &self.facts, listed_for, self.pace) {
                if query.operation() == Operation::ListUsers {
                    self.listing_since.get_or_insert_with(Instant::now);
                }
                self.ask(query, Some(place));
            }
            let is_held = self.pace.holds_lookups || self.pace.holds_memberships;
            if !is_held {
                self.plan_follow_ups(place, case);
            }
            if let (Some(0), Some(is_settled), false) = (self.open.get(place), self.is_settled.get_mut(place), is_held)
                && !std::mem::replace(is_settled, true)
            {
                self.events.emit(Event::Settled(place));
            }
        }
    }

    /// Asks what judging wants to know beyond the facts. Judging takes time, so that is tried once while only details are
    /// waited for, which mostly settles what the fixes are, and once everything is answered.
    fn plan_follow_ups(&mut self, place: usize, case: &Case) {
        let is_answered = self.open.get(place) == Some(&0);
        let waits_for_details = self.open_needed.get(place) == Some(&0);
        let Some(is_judged) = self.is_judged.get_mut(place) else { return };
        if !waits_for_details || std::mem::replace(is_judged, true) && !is_answered {
            return;
        }
        for query in (self.follow_ups.plan_rights)(case, &self.facts) {
            self.ask(query, Some(place));
        }
        if is_answered {
            self.plan_events(place, case);
        }
    }

    /// Asks about sign-in events, where they are wanted, now that all else about a case is answered.
    fn plan_events(&mut self, place: usize, case: &Case) {
        let Some(looks) = self.looks.get_mut(place) else { return };
        if *looks.get_or_insert_with(|| (self.follow_ups.wants_lookups)(case, &self.facts)) {
            for query in plan::plan_lookups(case, &self.facts) {
                self.ask(query, Some(place));
            }
        }
    }

    /// Asks a query, unless it was asked before, for a case or for the list as a whole.
    fn ask(&mut self, query: Query, place: Option<usize>) {
        let is_new = !self.asked.contains_key(&query) && !self.facts.is_answered(&query);
        if !is_new && !self.asked.contains_key(&query) {
            return;
        }
        let asked = self.asked.entry(query.clone()).or_default();
        if let Some(place) = place.filter(|place| asked.by.insert(*place))
            && !asked.is_answered
        {
            self.open.get_mut(place).into_iter().for_each(|open| *open += 1);
            if !query.operation().is_optional() {
                self.open_needed.get_mut(place).into_iter().for_each(|open| *open += 1);
            }
        }
        if is_new {
            self.under_way.push(ask(self.source, query, self.events.clone()).boxed());
        }
    }

    /// Takes in an answer, and returns the places of the cases that asked.
    fn take_in(&mut self, query: Query, answer: Result<Answer, Failure>) -> Vec<usize> {
        let mut askers: Vec<usize> = Vec::new();
        if let Some(asked) = self.asked.get_mut(&query) {
            asked.is_answered = true;
            askers.extend(&asked.by);
        }
        for place in &askers {
            self.open.get_mut(*place).into_iter().for_each(|open| *open -= 1);
            if !query.operation().is_optional() {
                self.open_needed.get_mut(*place).into_iter().for_each(|open| *open -= 1);
            }
        }
        self.emit(Event::Answered(query, answer));
        askers
    }

    fn emit(&mut self, event: Event) {
        self.facts.apply(event.clone());
        self.events.emit(event);
    }
}

async fn ask(source: &dyn Source, query: Query, events: EventSender) -> (Query, Result<Answer, Failure>) {
    let answer = source.ask(&query, &events).await;
    (query, answer)
}
