//! What people paste is freed of what pasting adds, and can be anything.

use crate::support::cases::cases;
use proptest::{collection::vec, prelude::*, sample::select};
use rstest::rstest;
use sso_doctor::{
    case::{StartUrl, TypedUser},
    domain::LookupKey,
};

/// A mark (`\p{M}`) inside a name is part of it, also one that is not to be seen: without it, somebody else is asked
/// for. Outside, it came with the pasting.
#[rstest]
#[case::combining("zoe\u{308}", "zoe\u{308}")]
#[case::joiner("a\u{34f}na", "a\u{34f}na")]
#[case::selector("ana\u{2764}\u{fe0f}", "ana\u{2764}\u{fe0f}")]
#[case::selector_of_an_ideograph("\u{8fbb}\u{e0100}@corp.example", "\u{8fbb}\u{e0100}@corp.example")]
#[case::before_the_name("\u{fe0f}ana", "ana")]
#[case::before_the_name_behind_the_scheme("mailto:\u{fe0f} ana", "ana")]
#[case::behind_a_blank("ana \u{fe0f}", "ana")]
#[case::no_mark("an\u{200b}a\u{e0041}", "ana")]
fn marks_inside_a_name_are_kept(#[case] typed: &str, #[case] name: &str) {
    let user = TypedUser::parse(typed).unwrap();
    assert_eq!(user.lookups()[0], LookupKey::UserName(name.to_owned()));
}

/// What a mail program, a ticket or a chat puts around an address.
#[rstest]
#[case::name_and_address("Ines Costa <ines.costa@corp.example>", "ines.costa@corp.example")]
#[case::quoted_name("\"Costa, Ines\" <ines.costa@corp.example>;", "ines.costa@corp.example")]
#[case::quoted_name_without_a_blank("\"Ines\"<ines.costa@corp.example>", "ines.costa@corp.example")]
#[case::brackets("<ines.costa@corp.example>", "ines.costa@corp.example")]
#[case::brackets_around_a_link("<mailto:ines.costa@corp.example>,", "ines.costa@corp.example")]
#[case::link("MailTo: ines.costa@corp.example", "ines.costa@corp.example")]
#[case::semicolon("ines.costa@corp.example;", "ines.costa@corp.example")]
#[case::comma_and_blanks("  ines.costa@corp.example ,  ", "ines.costa@corp.example")]
#[case::end_of_a_sentence("ines.costa@corp.example.", "ines.costa@corp.example")]
#[case::quotes("\"ines.costa@corp.example\"", "ines.costa@corp.example")]
#[case::other_quotes("„ines.costa@corp.example“.", "ines.costa@corp.example")]
#[case::domain_in_brackets("Ines <CORP\\ines.costa>", "ines.costa")]
#[case::no_address("Ines Costa <>", "Ines Costa")]
#[case::persons_name("Ines Costa", "Ines Costa")]
#[case::apostrophe_inside("o'hara@corp.example", "o'hara@corp.example")]
#[case::one_apostrophe("ana'", "ana'")]
#[case::bracket_inside_a_word("ana<3>", "ana<3>")]
fn an_address_is_freed_of_what_is_pasted_with_it(#[case] typed: &str, #[case] name: &str) {
    assert_eq!(TypedUser::parse(typed).unwrap().as_str(), name);
}

#[rstest]
#[case("<>")]
#[case(" ; ")]
#[case("\"\"")]
#[case("mailto:")]
fn nothing_but_marks_is_nobody(#[case] typed: &str) {
    assert!(TypedUser::parse(typed).is_err());
}

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
            "\u{fe0f}",
            "\u{34f}",
            "\u{308}",
            "mailto:",
            "MAILTO:",
            "<",
            ">",
            "\"",
            "”",
            ";",
            ".",
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
