//! The program from outside: against a local AWS, on scenarios and generated organizations, and on the command line.
//!
//! One binary, because each one links the SDK.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail where it stands")]

mod support;

mod answers_of_aws;
mod architecture;
mod attempts;
mod bad_input;
mod behind_tls;
mod closed_outputs;
mod command_line;
mod compare;
mod credentials;
mod fake_aws;
mod fault_matrix;
mod faults_of_the_program;
mod lists;
mod operator;
mod properties;
mod read_only;
mod recordings;
mod rights;
mod round_trips;
mod saml;
mod saml_samples;
mod saml_wrappers;
mod scenarios;
mod settings_of_aws;
mod size;
mod typed_input;
mod untrusted_text;
mod what_was_seen;
mod what_was_seen_headless;
mod words;
