//! The terminal app, driven by keys and compared with what its screen should show.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::assigning_clones,
    reason = "a test fails by panicking"
)]

#[path = "../suite/support/cases.rs"]
mod cases;
mod columns;
mod company;
mod comparison;
mod detail;
mod driver;
mod following;
mod form;
mod hand_over;
mod keys;
mod low;
mod people;
mod people_list;
mod profile;
mod readme;
mod samples;
mod screens;
mod screenshots;
mod seen;
mod sizes;
mod svg;
