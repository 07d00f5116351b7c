//! The picture in the README: what the app shows for a user of the sample organization, as text.
//!
//! `RENEW_SCREENSHOTS=1 cargo test --test tui readme` writes it anew.

use std::{env, fs, path::Path};

use crate::driver::Driver;

const BEGIN: &str = "```text\n";
const END: &str = "```\n";

#[test]
fn the_readme_shows_what_the_app_shows() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&file).unwrap();
    let (before, rest) = readme.split_once(BEGIN).unwrap();
    let (kept, after) = rest.split_once(END).unwrap();
    let screen = Driver::company(80, 24).keys("ines.costa@corp.example<enter>").text();
    if env::var_os("RENEW_SCREENSHOTS").is_some() {
        fs::write(&file, format!("{before}{BEGIN}{screen}{END}{after}")).unwrap();
    } else {
        assert!(kept == screen, "README.md is out of date: run RENEW_SCREENSHOTS=1 cargo test --test tui readme");
    }
}
