//! The answer that holds in every possible world.
//!
//! What is missing may turn out in several ways. Something is said only where it is the same in each of them:
//! for each instance that may be the right one, for each set of applications that may be those that let the user in,
//! for each way in which a name that could not be read may turn out.

/// Returns the answers that differ, in the order of the worlds they come from.
pub(crate) fn find_distinct_answers<W, T>(
    worlds: impl IntoIterator<Item = W>,
    answer: impl Fn(W) -> T,
    agree: impl Fn(&T, &T) -> bool,
) -> Vec<T> {
    let mut distinct: Vec<T> = Vec::new();
    for world in worlds {
        let given = answer(world);
        if !distinct.iter().any(|known| agree(known, &given)) {
            distinct.push(given);
        }
    }
    distinct
}

/// Returns the answer that holds in every possible world, when there is one.
pub(crate) fn find_consensus<W, T>(
    worlds: impl IntoIterator<Item = W>,
    answer: impl Fn(W) -> T,
    agree: impl Fn(&T, &T) -> bool,
) -> Option<T> {
    let mut distinct = find_distinct_answers(worlds, answer, agree);
    if distinct.len() == 1 { distinct.pop() } else { None }
}

#[cfg(test)]
mod tests {
    use super::find_consensus;

    #[test]
    fn worlds_that_differ_give_no_answer() {
        assert_eq!(find_consensus([1, 3, 5], |number| number % 2 == 1, PartialEq::eq), Some(true));
        assert_eq!(find_consensus([1, 2], |number| number % 2 == 1, PartialEq::eq), None);
        assert_eq!(find_consensus([], |number: i32| number, PartialEq::eq), None);
    }
}
