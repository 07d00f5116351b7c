//! Asks everything that a diagnosis needs and emits each answer as it arrives. It decides nothing: what can be asked is
//! `plan`'s to say, what the answers mean is judging's.

mod plan;
mod session;

use std::{collections::BTreeMap, time::Duration};

use futures::{StreamExt, stream::FuturesUnordered};
use tokio::time::Instant;

pub use self::session::Session;
use crate::{
    case::Case,
    facts::{Answer, Event, Facts, Failure, FailureKind, Operation, Query},
    sources::{EventSender, Source},
};

/// Asks all that can be asked about these cases, each query once, as soon as the answers it rests on are there. What is in
/// `facts` already, which is mostly nothing, is not asked again. The last event is [`Event::Closed`].
pub async fn gather(source: &dyn Source, cases: &[Case], mut facts: Facts, events: &EventSender) {
    let mut asked_by: BTreeMap<Query, Vec<usize>> = BTreeMap::new();
    let mut under_way = FuturesUnordered::new();
    let mut to_plan: Vec<usize> = (0..cases.len()).collect();
    let mut listing_since: Option<Instant> = None;
    loop {
        for place in to_plan {
            let Some(case) = cases.get(place) else { continue };
            let listed_for = listing_since.map_or(Duration::ZERO, |since| since.elapsed());
            for query in plan::plan_queries(case, &facts, listed_for) {
                if query.operation() == Operation::ListUsers {
                    listing_since.get_or_insert_with(Instant::now);
                }
                match asked_by.get_mut(&query) {
                    Some(askers) if askers.contains(&place) => {}
                    Some(askers) => askers.push(place),
                    None if facts.is_answered(&query) => {}
                    None => {
                        asked_by.insert(query.clone(), vec![place]);
                        under_way.push(ask(source, query, events.clone()));
                    }
                }
            }
        }
        let Some((query, answer)) = under_way.next().await else {
            break;
        };
        // Only those who asked can ask something new because of the answer.
        to_plan = asked_by.get(&query).cloned().unwrap_or_default();
        let event = Event::Answered(query, answer);
        facts.apply(event.clone());
        events.emit(event);
    }
    let message = "nothing more could be asked, and yet something was missing";
    events.emit(Event::Closed(Failure::without_call(FailureKind::Internal, message)));
}

async fn ask(source: &dyn Source, query: Query, events: EventSender) -> (Query, Result<Answer, Failure>) {
    let answer = source.ask(&query, &events).await;
    (query, answer)
}
