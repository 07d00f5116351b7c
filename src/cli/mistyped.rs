//! A command with a typing error in it would be taken for a user.

use clap::CommandFactory;

use super::arguments::Arguments;
use crate::text;

/// Shorter commands are too close to the names of people.
const SHORTEST_COMMAND: usize = 5;

/// Names of people that are close to a command.
const NAMES: [&str; 4] = ["chuck", "chick", "cheek", "czech"];

/// Returns the question whether a command was meant, when a word is close to one and nobody is likely called so.
pub(super) fn ask_for_command(word: &str) -> Option<String> {
    let command = find_command(word)?;
    let word = text::clean(word);
    Some(format!(
        "error: there is no command `{word}`. Did you mean {command}? If a user is called so: sso-doctor check {word}"
    ))
}

fn find_command(word: &str) -> Option<String> {
    let typed = word.to_lowercase();
    // User names of people have a dot, a domain or a number more often than not; a command never has.
    let is_word = typed.chars().all(|character| character.is_ascii_lowercase());
    if !is_word || NAMES.contains(&typed.as_str()) {
        return None;
    }
    let commands = Arguments::command();
    if commands.find_subcommand(word).is_some() {
        return None;
    }
    let names = commands.get_subcommands().map(clap::Command::get_name);
    let close = names.filter(|name| {
        let allowed = if typed.len() > 6 { 2 } else { 1 };
        name.len() >= SHORTEST_COMMAND && strsim::osa_distance(name, &typed) <= allowed
    });
    close.min_by_key(|name| strsim::osa_distance(name, &typed)).map(ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("chek", Some("check"))]
    #[case("chekc", Some("check"))]
    #[case("CHECK", Some("check"))]
    #[case("explian", Some("explain"))]
    #[case("explane", Some("explain"))]
    #[case("polcy", Some("policy"))]
    #[case("complections", Some("completions"))]
    #[case("check", None)]
    #[case("ana", None)]
    #[case("chuck", None)]
    #[case("polly", None)]
    #[case("beck", None)]
    #[case("c.heck", None)]
    #[case("check2", None)]
    #[case("check@corp.example", None)]
    fn a_word_close_to_a_command_is_asked_about(#[case] word: &str, #[case] command: Option<&str>) {
        assert_eq!(find_command(word).as_deref(), command);
    }
}
