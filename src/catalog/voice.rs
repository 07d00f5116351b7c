//! The voice of the words, in every situation: what is read to a caller is plain.

use self::plain_words::{count_sentences, find_jargon};
use super::{Catalog, Cause, Condition, Owner, Values, template::Template};

// The tests of whole cases judge by the same rules.
#[path = "../../tests/suite/support/plain_words.rs"]
mod plain_words;

/// Returns the words of every cause and of every situation: the code, title, headline, what to say, and whether typing
/// is the fix.
fn list_all() -> Vec<(&'static str, String, String, String, bool)> {
    let catalog = Catalog::built_in().unwrap();
    let write = |template: &Template| template.write_text(&Values::show_names());
    let mut all = Vec::new();
    for cause in Cause::ALL {
        let entry = catalog.entry_of(*cause).unwrap();
        let (title, headline, say) = (write(&entry.title), write(&entry.headline), write(&entry.say));
        let is_typed = entry.owner == Owner::User;
        for variant in &entry.variants {
            let or = |own: &Option<Template>, usual: &String| own.as_ref().map_or_else(|| usual.clone(), write);
            let words = (or(&variant.title, &title), or(&variant.headline, &headline), or(&variant.say, &say));
            all.push((cause.code(), words.0, words.1, words.2, is_typed));
        }
        all.push((cause.code(), title, headline, say, is_typed));
    }
    for is_told in [false, true] {
        for saml in [None, Some(Condition::SamlFits), Some(Condition::SamlFitsInPart)] {
            let healthy = catalog.healthy(&Values::show_names(), is_told, saml);
            all.push(("healthy", healthy.title, healthy.headline, healthy.say, true));
        }
    }
    all
}

#[test]
fn a_title_has_two_to_five_words() {
    for (code, title, ..) in list_all() {
        assert!((2..=5).contains(&title.split_whitespace().count()), "{code}: {title}");
        assert!(!title.ends_with('.') && !title.contains('<'), "{code}: {title}");
    }
}

#[test]
fn a_headline_is_one_or_two_short_sentences() {
    for (code, _, headline, ..) in list_all() {
        assert!((1..=2).contains(&count_sentences(&headline)), "{code}: {headline}");
        assert!(headline.chars().count() <= 130, "{code}: {headline}");
    }
}

#[test]
fn what_to_say_is_two_plain_sentences() {
    for (code, _, _, say, is_typed) in list_all() {
        assert_eq!(count_sentences(&say), 2, "{code}: {say}");
        assert!(say.chars().count() <= 180, "{code}: {say}");
        let plain = say.to_lowercase();
        assert_eq!(find_jargon(&say), None, "{code}: {say}");
        for word in ["region", "type "] {
            assert!(is_typed || !plain.contains(word), "{code}: {word} in: {say}");
        }
        let is_first_person =
            ["I ", "me ", "us.", "please"].iter().any(|word| say.to_lowercase().contains(&word.to_lowercase()));
        assert!(is_first_person, "{code}: {say}");
    }
}

#[test]
fn the_first_fix_is_one_or_two_sentences() {
    let catalog = Catalog::built_in().unwrap();
    for cause in Cause::ALL {
        let entry = catalog.entry_of(*cause).unwrap();
        // Each may come first, in one situation or another, until one comes that no situation limits.
        let may_be_first = entry.fixes.iter().position(|fix| fix.when.is_none()).map_or(usize::MAX, |place| place + 1);
        for fix in entry.fixes.iter().take(may_be_first) {
            let instruction = fix.fill_in(&Values::show_names(), entry.owner).instruction();
            assert!((1..=2).contains(&count_sentences(&instruction)), "{}: {instruction}", cause.code());
            assert!(instruction.chars().count() <= 230, "{}: {instruction}", cause.code());
        }
    }
}
