//! What makes words plain enough to be read to a caller. The catalogue's unit tests use it as well.

/// What nobody says on the telephone.
const JARGON: &str = include_str!("../../jargon.txt");

/// Returns the first word of the list that a text has, or one that begins so.
pub(crate) fn find_jargon(text: &str) -> Option<&'static str> {
    let spaced = |text: &str| {
        text.to_lowercase().replace(|character: char| !character.is_alphanumeric() && character != '`', " ")
    };
    let words = format!(" {}", spaced(text));
    JARGON.lines().find(|word| words.contains(&format!(" {}", spaced(word))))
}

/// Returns how many sentences end in a text.
pub(crate) fn count_sentences(text: &str) -> usize {
    let ends = [". ", "? ", "! "].iter().map(|end| text.matches(end).count()).sum::<usize>();
    ends + usize::from(text.ends_with(['.', '?', '!']))
}
