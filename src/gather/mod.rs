//! Asks everything that a diagnosis needs and announces each fact as it arrives. It decides nothing: what can be
//! asked is `plan`'s to say, what the answers mean is judging's.

mod ask;
mod plan;
mod suggest;

use std::collections::BTreeSet;

use futures::{FutureExt, StreamExt, stream::FuturesUnordered};
use jiff::Timestamp;

use crate::{
    facts::{Fact, Facts, Obstacle, ObstacleKind},
    intake::Case,
    journal::Journal,
    port::Port,
};

/// A fact, and whom it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// The case, by its place in the list that was handed over; `None` for all of them.
    pub person: Option<usize>,
    /// What was learned.
    pub fact: Fact,
}

/// Asks all that can be asked about these cases, each question once, as soon as the answers it rests on are there.
/// The last fact is [`Fact::Closed`].
pub async fn gather<P: Port>(port: &P, cases: &[Case], now: Timestamp, journal: &Journal) {
    let mut known: Vec<Facts> = cases.iter().map(|_| Facts::new(now)).collect();
    let mut asked = BTreeSet::new();
    let mut under_way = FuturesUnordered::new();
    let mut concerned: Option<usize> = None;
    loop {
        for (person, (case, facts)) in cases.iter().zip(&known).enumerate() {
            if concerned.is_some_and(|concerned| concerned != person) {
                continue;
            }
            for question in plan::questions(case, facts) {
                let audience = question.is_personal().then_some(person);
                if asked.insert((audience, question.clone())) {
                    let journal = audience.map_or_else(|| journal.clone(), |person| journal.of_person(person));
                    under_way.push(ask::ask(port, journal, case, question).map(move |learned| (audience, learned)));
                }
            }
        }
        let Some((audience, learned)) = under_way.next().await else {
            break;
        };
        let line = audience.map_or_else(|| journal.clone(), |person| journal.of_person(person));
        for fact in learned {
            for (person, facts) in known.iter_mut().enumerate() {
                if audience.is_none_or(|audience| audience == person) {
                    facts.learn(fact.clone());
                }
            }
            line.tell(fact);
        }
        concerned = audience;
    }
    let message = "nothing more could be asked, and yet something was missing";
    journal.tell(Fact::Closed(Obstacle::without_call(ObstacleKind::Internal, message)));
}
