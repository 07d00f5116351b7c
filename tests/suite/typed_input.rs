//! What people paste is freed of what pasting adds, and can be anything.

use crate::support::cases::cases;
use proptest::{collection::vec, prelude::*, sample::select};
use sso_doctor::{intake::TypedUser, start_url::StartUrl};

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn normalising_what_was_typed_changes_it_once(typed in typed()) {
        if let Ok(once) = TypedUser::parse(&typed) {
            prop_assert_eq!(TypedUser::parse(once.as_str()), Ok(once));
        }
    }

    #[test]
    fn any_start_url_can_be_read(typed in typed()) {
        let _: StartUrl = StartUrl::parse(&typed);
    }
}

/// What people paste.
fn typed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        select(vec![
            " ",
            "\t",
            "\u{a0}",
            "\u{200b}",
            "\u{feff}",
            "mailto:",
            "MAILTO:",
            "CORP\\",
            "\\",
            "@",
            "ana",
            "corp.example",
            "https://",
            "d-1234567890",
            ".awsapps.com/start",
            "/#/",
            "?",
            ":",
        ])
        .prop_map(ToOwned::to_owned),
        any::<String>(),
    ];
    vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}
