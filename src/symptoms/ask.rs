//! What to ask the agent: the questions that halve what is left best.

use super::ladder::{Question, Told, questions};
use crate::{case::Case, catalog::Cause};

/// So many questions are asked at most.
const MOST: usize = 3;

/// Returns the questions that tell these causes apart, the best first.
pub(super) fn choose_questions(case: &Case, left: &[Cause]) -> Vec<String> {
    let mut groups: Vec<Vec<Cause>> = vec![left.to_vec()];
    let mut open: Vec<&Question> = questions().iter().filter(|question| !is_answered(case, question)).collect();
    let mut chosen = Vec::new();
    while chosen.len() < MOST {
        let separated =
            |question: &Question| groups.iter().map(|group| count_separated(question, group)).sum::<usize>();
        // Of equals the first, as they stand in the file.
        let Some(best) =
            open.iter().copied().reduce(|best, other| if separated(other) > separated(best) { other } else { best })
        else {
            break;
        };
        if separated(best) == 0 {
            break;
        }
        let split = groups.iter().flat_map(|group| {
            let (about, others): (Vec<Cause>, Vec<Cause>) = group.iter().partition(|cause| best.is_about(**cause));
            [about, others]
        });
        groups = split.filter(|group| group.len() > 1).collect();
        open.retain(|question| question.ask != best.ask);
        chosen.push(best.ask.clone());
    }
    chosen
}

/// Returns how many pairs of causes the answer to a question separates.
fn count_separated(question: &Question, group: &[Cause]) -> usize {
    let about = group.iter().filter(|cause| question.is_about(**cause)).count();
    about * (group.len() - about)
}

fn is_answered(case: &Case, question: &Question) -> bool {
    match question.unless {
        Some(Told::StartUrl) => case.typed_url().is_some(),
        Some(Told::Region) => case.typed_region().is_some(),
        Some(Told::Name) => case.typed_user().is_some(),
        None => false,
    }
}
