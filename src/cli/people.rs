//! Who is to be diagnosed: named on the command line, or in a file.

use std::path::Path;

use anyhow::Context;

use crate::{
    case::{LONGEST_LIST, TypedUser, parse_user_list},
    sources::{name_text_file, read_text_file},
    text,
};

/// Returns the people that the command line names.
///
/// # Errors
/// If one of the words can be no user.
pub(super) fn read_words(words: &[String]) -> anyhow::Result<Vec<TypedUser>> {
    let parse = |word: &String| TypedUser::parse(word).with_context(|| format!("`{}` is no user", text::clean(word)));
    words.iter().map(parse).collect()
}

/// Returns the people of a file, `-` for standard input.
///
/// # Errors
/// If it cannot be read, or is no list of users.
pub(super) fn read_file(path: &Path) -> anyhow::Result<Vec<TypedUser>> {
    let listed = read_text_file(path, LONGEST_LIST)?;
    parse_user_list(&listed).with_context(|| name_text_file(path))
}
