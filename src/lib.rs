//! Finds why somebody cannot sign in.
pub mod app_profile;
pub mod aws;
pub mod cause;
pub mod diagnosis;
pub mod domain;
pub mod facts;
pub mod gather;
pub mod intake;
pub mod journal;
pub mod judge;
pub mod operation;
pub mod port;
mod reading;
pub mod start_url;
pub mod text;
pub mod tui;
pub mod words;
