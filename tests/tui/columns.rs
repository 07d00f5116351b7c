//! What holds for every text in columns.

use proptest::prelude::*;
use sso_doctor::tui::measure::{cut_text, measure_width, wrap_text};

use crate::cases::cases;

proptest! {
    #![proptest_config(cases())]

    /// Three columns are what the widest characters take.
    #[test]
    fn wrapping_loses_nothing_but_blanks_and_fits(text in "\\PC{0,60}", columns in 3_usize..20) {
        let lines = wrap_text(&text, columns);
        let letters = |text: &str| text.chars().filter(|letter| *letter != ' ').collect::<String>();
        prop_assert_eq!(letters(&text), letters(&lines.concat()));
        prop_assert!(lines.iter().all(|line| measure_width(line) <= columns));
    }

    #[test]
    fn cutting_fits(text in "\\PC{0,60}", columns in 0_usize..20) {
        prop_assert!(measure_width(&cut_text(&text, columns, "…")) <= columns);
    }
}
