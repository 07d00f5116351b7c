//! Which of the known texts stand in what was pasted.

use super::{
    catalogue::{Matching, Pattern, Symptoms},
    normalize::Squashed,
};

/// The same text is looked for at so many places: more say nothing more.
const MOST_PLACES: usize = 64;

/// Where a text stands.
#[derive(Debug, Clone, Copy)]
struct Match {
    entry: usize,
    start: usize,
    end: usize,
}

/// Returns the texts that stand in what was pasted, by their places among the entries, in the order in which they stand.
/// Of one inside a longer one only the longer counts.
pub(super) fn find_texts(symptoms: &Symptoms, pasted: &Squashed) -> Vec<usize> {
    let mut matches: Vec<Match> = symptoms.patterns.iter().flat_map(|pattern| find_pattern(pattern, pasted)).collect();
    matches.sort_by_key(|found| (found.start, std::cmp::Reverse(found.end)));
    let mut texts = Vec::new();
    for found in &matches {
        let is_inside = matches.iter().any(|other| {
            let is_longer = other.end - other.start > found.end - found.start;
            other.entry != found.entry && is_longer && other.start <= found.start && found.end <= other.end
        });
        if !is_inside && !texts.contains(&found.entry) {
            texts.push(found.entry);
        }
    }
    texts
}

fn find_pattern(pattern: &Pattern, pasted: &Squashed) -> Vec<Match> {
    let places = pasted.text.match_indices(pattern.text.as_str()).map(|(start, found)| (start, start + found.len()));
    let fitting = places.filter(|(start, end)| fits(pattern, pasted, *start, *end));
    fitting.map(|(start, end)| Match { entry: pattern.entry, start, end }).take(MOST_PLACES).collect()
}

fn fits(pattern: &Pattern, pasted: &Squashed, start: usize, end: usize) -> bool {
    let begins = match pattern.matching {
        // A number is never the end of a longer one.
        Matching::Contains => {
            !pattern.text.starts_with(|first: char| first.is_ascii_digit()) || pasted.is_boundary(start)
        }
        Matching::Prefix => pasted.begins_sentence(start),
        Matching::Word => pasted.is_boundary(start),
        Matching::Address => false,
    };
    begins && (!pattern.ends_word || pasted.is_boundary(end))
}
