//! What each pane says, made from the model: its lines, its title, the keys that do something.
//!
//! The view draws these lines; the update counts them, because how far something can be scrolled depends on how
//! long it is. Neither knows the other.

pub(super) mod actions;
pub(super) mod cannot_start;
mod card;
pub(super) mod checks;
pub(super) mod column;
pub(super) mod comparison;
pub(super) mod detail;
pub(super) mod file_page;
pub(super) mod first_block;
pub(super) mod footer;
pub(super) mod form;
pub(super) mod hand_over;
pub(super) mod header;
pub(super) mod help;
pub(super) mod list;
pub(super) mod note;
pub(super) mod people;
pub(super) mod people_list;
pub(super) mod seen;
mod verdict;
mod writer;
