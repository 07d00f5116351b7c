//! What the user saw is recognised however it was pasted or heard, and of an address nothing survives but what may.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::cases::cases;
use proptest::{collection::vec, prelude::*, sample::select};
use rstest::rstest;
use sso_doctor::{
    case::Saw,
    symptoms::{Matching, Stage, Symptom, Symptoms, narrow, recognize},
};

fn entries() -> impl Iterator<Item = &'static Symptom> {
    Symptoms::built_in().entries().iter().filter(|symptom| symptom.matching != Matching::Address)
}

fn ids(saw: &Saw) -> Vec<&str> {
    saw.texts.iter().map(|text| text.id.as_str()).collect()
}

/// The ids of what was recognised in a text exactly.
fn exact(pasted: &str) -> Vec<String> {
    let saw = recognize([pasted]);
    saw.texts.iter().filter(|text| text.exact).map(|text| text.id.clone()).collect()
}

#[test]
fn the_catalogue_is_complete_and_has_each_text_once() {
    let mut texts: BTreeMap<&str, &str> = BTreeMap::new();
    let mut all = BTreeSet::new();
    for symptom in Symptoms::built_in().entries() {
        assert!(all.insert(&symptom.id), "{} is there twice", symptom.id);
        assert_eq!(texts.insert(&symptom.text, &symptom.id), None, "{}", symptom.text);
        assert!(!symptom.candidates.is_empty(), "{} has no candidate", symptom.id);
        assert_eq!(
            symptom.candidates.iter().collect::<BTreeSet<_>>().len(),
            symptom.candidates.len(),
            "{}",
            symptom.id
        );
        for words in [&symptom.rules_out, &symptom.tells_apart, &symptom.first_action] {
            assert!(words.is_empty() || words.ends_with(['.', '`']), "{}: {words}", symptom.id);
        }
        assert!(!symptom.first_action.is_empty() && !symptom.place.is_empty(), "{}", symptom.id);
    }
    assert!(all.len() > 200, "{}", all.len());
}

/// How somebody pastes a text.
type Paste = fn(&str) -> String;

/// Each text by itself is that text and no other: none shadows a longer one by accident.
#[test]
fn each_text_is_recognised_as_itself_however_it_was_pasted() {
    let ways: [(&str, Paste); 9] = [
        ("as it is", ToOwned::to_owned),
        ("in capitals", str::to_uppercase),
        ("in a log", |text| format!("2026-11-21T19:00:00.123Z [error] {text} at line 5")),
        ("in a log without marks", |text| format!("2026-11-21 19:00:00 ERROR {text}")),
        ("with typographic quotes", |text| text.replace('\'', "\u{2019}").replace('"', "\u{201d}")),
        ("wrapped", |text| wrap(text, 24)),
        ("quoted in a mail", |text| format!("> {}", wrap(text, 30).replace('\n', "\r\n> "))),
        ("in colours", |text| format!("\u{1b}[1;31m{text}\u{1b}[0m")),
        ("in a record of the browser", |text| format!("{{\"text\":{}}}", serde_json::Value::from(text))),
    ];
    let mut wrong = Vec::new();
    for symptom in entries() {
        for (way, paste) in ways {
            let found = exact(&paste(&symptom.text));
            if found != [symptom.id.as_str()] {
                wrong.push(format!("{} {way}: {found:?}", symptom.id));
            }
        }
        let entities = symptom.text.replace('&', "&amp;").replace('"', "&quot;").replace('\'', "&#39;");
        if exact(&entities) != [symptom.id.as_str()] {
            wrong.push(format!("{} as a page writes it", symptom.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Breaks a text after so many characters at most, in the middle of a long word as well.
fn wrap(text: &str, columns: usize) -> String {
    let mut wrapped = String::new();
    let mut used = 0;
    for word in text.split(' ') {
        if used > 0 && used + word.chars().count() + 1 > columns {
            wrapped.push('\n');
            used = 0;
        } else if used > 0 {
            wrapped.push(' ');
            used += 1;
        }
        for character in word.chars() {
            if used >= columns {
                wrapped.push('\n');
                used = 0;
            }
            wrapped.push(character);
            used += 1;
        }
    }
    wrapped
}

#[rstest]
#[case::a_number_in_a_longer_one("AADSTS700016: Application was not found", &["entra-700016"])]
#[case::the_shorter_number("AADSTS70001: disabled", &["entra-70001"])]
#[case::beginning_of_a_sentence("She was unable to access path: /x", &[])]
#[case::behind_a_time("19:00:00 Unable to access path: /x", &["kiro-ide-path"])]
#[case::inside_a_word("xis-electron7", &[])]
#[case::the_longer_one("{\"error\": \"unauthorized_client\", \"error_description\": \"Client is unauthorized\"}", &["web-unauthorized-client"])]
#[case::the_shorter_one("{\"error\" : \"unauthorized_client\"}", &["oidc-unauthorized-client"])]
#[case::two_in_one_paste("SSOOIDC client: Access denied\nGENERIC_USER_FACING_KIRO_ERROR", &["kiro-log-access-denied", "kiro-log-generic-name"])]
#[case::without_the_last_mark("there was an error signing you in. please try again", &["kiro-ide-generic"])]
#[case::nothing("", &[])]
#[case::another_language("Der Drucker brennt.", &[])]
fn texts_are_found_where_they_stand(#[case] pasted: &str, #[case] expected: &[&str]) {
    assert_eq!(exact(pasted), expected);
}

/// What is heard on the phone, and the text that is meant: this is what the similarity and its margin were chosen by.
#[rstest]
#[case("there was an error while signing in please try again", "kiro-ide-generic")]
#[case("There was a problem signing you in, please try again", "kiro-ide-generic")]
#[case("it says there was an error signing me in, try again", "kiro-ide-generic")]
#[case(
    "authentication with identity center failed, please verify that you have an active subscription",
    "kiro-ide-verify-subscription"
)]
#[case("please verify you have an active subscription", "kiro-ide-verify-subscription")]
#[case("the start url you entered is not valid", "kiro-ide-start-url-invalid")]
#[case("operation failed due to network connectivity", "kiro-ide-network")]
#[case(
    "the organization administrator has not granted access to any kiro profile, contact the admin",
    "kiro-ide-no-profile-granted"
)]
#[case("we detected unusual activity and locked your account as a security precaution", "kiro-ide-suspended")]
#[case("kiro access is not available for this account", "kiro-ide-access-na")]
#[case("the page says: localhost refused connection", "web-localhost-refused")]
#[case("looks like the code is not right, please try again", "web-code-not-right")]
#[case("we could not verify your sign in credentials", "portal-verify-credentials")]
#[case(
    "Kiro says my organization admin hasn't given me access to any profile, contact your admin",
    "kiro-ide-no-profile-granted"
)]
#[case("there was an issue signing you in, please try again", "kiro-ide-generic")]
#[case("The bearer token in the request is invalid", "cli-bearer")]
#[case("the sso session with this profile is expired or invalid", "aws-session-expired")]
#[case("You are not assigned to this app in Okta", "okta-not-assigned")]
#[case("a d s t s 5 0 1 0 5 well AADSTS 50105", "entra-50105")]
fn what_was_heard_is_taken_where_one_text_stands_out(#[case] heard: &str, #[case] id: &str) {
    let saw = recognize([heard]);
    assert_eq!(ids(&saw), [id], "{:?}", saw.close);
}

/// Every text of four words and more, as people repeat it: nearly all are taken, and none for another one.
#[test]
fn texts_are_taken_as_people_repeat_them() {
    let without_each = |words: &[String], nth: usize| -> Vec<String> {
        words.iter().enumerate().filter(|(place, _)| place % nth != nth - 1).map(|(_, word)| word.clone()).collect()
    };
    let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
    let mut count = 0;
    for symptom in entries() {
        let pieces = symptom.text.split(|character: char| !character.is_alphanumeric());
        let words: Vec<String> = pieces.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        if words.len() < 5 {
            continue;
        }
        count += 1;
        let swapped: Vec<String> = words.chunks(2).flat_map(|pair| pair.iter().rev().cloned()).collect();
        let ways = [
            ("a word in five is missing", without_each(&words, 5).join(" ")),
            ("a word in three is missing", without_each(&words, 3).join(" ")),
            ("pairs of words are swapped", swapped.join(" ")),
            ("letters are swapped", words.iter().map(|word| swap_letters(word)).collect::<Vec<_>>().join(" ")),
            ("inside a report", format!("the user says he sees {} on his screen since monday", words.join(" "))),
        ];
        for (way, said) in ways {
            let saw = recognize([said.as_str()]);
            assert!(ids(&saw).iter().all(|id| *id == symptom.id), "{way}, {said}: {:?}", ids(&saw));
            *taken.entry(way).or_default() += saw.texts.len();
        }
    }
    for (way, number) in taken {
        assert!(number * 100 >= count * 94, "{way}: {number} of {count}");
    }
}

fn swap_letters(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() >= 6 {
        letters.swap(2, 3);
    }
    letters.into_iter().collect()
}

/// Words that people say about anything: nothing is taken.
#[rstest]
#[case("I cannot sign in")]
#[case("I can't log in to Kiro since this morning")]
#[case("It does not work")]
#[case("Please reset my password")]
#[case("error")]
#[case("Something went wrong")]
#[case("Sign in failed")]
#[case("AADSTS50058: Session information is not sufficient for single-sign-on")]
#[case("Hello, my name is Ana and I work in the Lisbon office.")]
#[case("The printer on the second floor is out of paper.")]
#[case("Could you please grant me access to the shared drive of finance?")]
#[case("My laptop is slow after the last update of Windows.")]
#[case("the VPN connection drops every ten minutes")]
#[case("https://www.example.com/page?code=1")]
fn what_says_nothing_is_not_taken(#[case] heard: &str) {
    assert_eq!(ids(&recognize([heard])), Vec::<&str>::new());
}

/// Two texts as close as each other are offered, and neither is taken.
#[test]
fn a_tie_is_offered_and_not_taken() {
    let saw = recognize(["failed to list profiles"]);
    assert_eq!(ids(&saw), Vec::<&str>::new());
    assert!(saw.close.len() > 1, "{:?}", saw.close);
}

#[rstest]
#[case("(Service: SsoOidc, Status Code: 400, Request ID: 5b3f2c1e-0000-4111-8222-933344445555)")]
#[case("RequestId: 5B3F2C1E-0000-4111-8222-933344445555, retries: 0")]
#[case("{\"name\":\"x-amzn-requestid\",\"value\":\"5b3f2c1e-0000-4111-8222-933344445555\"}")]
#[case("\"requestID\": \"5b3f2c1e-0000-4111-8222-933344445555\"")]
#[case("Request ID\n5b3f2c1e-0000-4111-8222-933344445555")]
#[case("请求 ID：5b3f2c1e-0000-4111-8222-933344445555")]
fn request_ids_are_kept(#[case] pasted: &str) {
    assert_eq!(recognize([pasted]).request_ids, ["5b3f2c1e-0000-4111-8222-933344445555"]);
}

#[test]
fn other_ids_are_not_kept() {
    let saw = recognize(["Correlation ID: 5b3f2c1e-0000-4111-8222-933344445555 for AADSTS50105"]);
    assert_eq!(saw.request_ids, Vec::<String>::new());
    assert_eq!(ids(&saw), ["entra-50105"]);
}

#[rstest]
#[case::google("http://localhost:4649/signin/callback?login_option=google&code=x", "url-kiro-callback-social")]
#[case::another_way("http://localhost:4649/signin/callback?code=x&login_option=apple", "url-kiro-callback-other")]
#[case::organization("localhost:3128/signin/callback?state=x&login_option=awsidc", "url-kiro-callback")]
#[case::filtered("http://localhost:8008/oauth/callback?state=y&code=x", "web-3128-filtered")]
#[case::consent(
    "https://d-1234567890.awsapps.com/start/user-consent/authorize.html?x=y&region=us-west-2",
    "url-consent-region"
)]
#[case::sign_in_page("https://us-west-2.signin.aws.amazon.com/platform/d-1234567890/login?x=y", "url-signin-host")]
#[case::error("http://127.0.0.1:51234/oauth/callback?error=access_denied&state=x", "url-error-access-denied")]
#[case::error_of_the_token_service(
    "http://127.0.0.1:51234/?error=unauthorized_client&error_description=x",
    "oidc-unauthorized-client"
)]
#[case::description(
    "http://127.0.0.1:51234/?error_description=Invalid+grant+provided&error=x",
    "web-invalid-grant-consent"
)]
fn addresses_are_read(#[case] pasted: &str, #[case] id: &str) {
    assert_eq!(ids(&recognize([pasted])), [id]);
}

#[test]
fn a_list_narrows_whatever_the_order_of_the_words() {
    let first = |typed: &str| narrow(typed).first().map(|place| Symptoms::built_in().entries()[*place].id.as_str());
    assert_eq!(first("subscription active verify"), Some("kiro-ide-verify-subscription"));
    assert_eq!(first("Verfy ACTIVE, subscripton!"), Some("kiro-ide-verify-subscription"));
    assert_eq!(first("50105"), Some("entra-50105"));
    assert_eq!(first("no such words anywhere"), None);
    assert_eq!(narrow("").len(), Symptoms::built_in().entries().len());
}

#[test]
fn every_stage_of_the_ladder_has_a_text() {
    let stages: BTreeSet<Stage> = entries().map(|symptom| symptom.stage).collect();
    assert!(Stage::LADDER.iter().all(|stage| stages.contains(stage)), "{stages:?}");
}

/// Secrets and what is unknown, in any place of an address, never survive.
const SECRETS: [&str; 9] =
    ["code", "state", "client_secret", "auth_code", "wdc_csrf_token", "SAMLResponse", "token", "user_code", "x"];

fn secret() -> impl Strategy<Value = String> {
    "[A-Za-z0-9_-]{12,30}".prop_map(|text| format!("S3CR3T{text}"))
}

/// An address of one of the known kinds, with secrets among its parameters; without what may survive.
fn address() -> impl Strategy<Value = String> {
    let base = select(vec![
        "http://localhost:3128/signin/callback?login_option=awsidc&issuer_url=https%3A%2F%2Fd-1234567890.awsapps.com%2Fstart&idc_region=us-east-1",
        "http://localhost:3128/signin/callback?login_option=google",
        "http://localhost:3128/oauth/callback?a=b",
        "https://d-1234567890.awsapps.com/start/user-consent/authorize.html?region=us-west-2",
        "https://us-west-2.signin.aws/platform/login?a=b",
        "https://oidc.us-west-2.amazonaws.com/token?a=b",
        "https://login.microsoftonline.com/common?error=access_denied",
        "https://example.com/?a=b",
        "localhost:3128/signin/callback?login_option=awsidc",
    ]);
    let parameter = (select(SECRETS.to_vec()), secret()).prop_map(|(key, value)| format!("&{key}={value}"));
    let inner = secret().prop_map(|value| {
        format!("&issuer_url=https%3A%2F%2Fana%3A{value}%40d-1234567890.awsapps.com%2Fstart%3Fcode%3D{value}%23{value}")
    });
    (base, vec(prop_oneof![4 => parameter, 1 => inner], 1..6), secret(), any::<bool>()).prop_map(
        |(base, parameters, fragment, has_fragment)| {
            let fragment = if has_fragment { format!("#{fragment}") } else { String::new() };
            [base, &parameters.concat(), &fragment].concat()
        },
    )
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn of_an_address_nothing_survives_but_what_may(pasted in vec(address(), 1..3), before in "[a-z ]{0,12}") {
        let pasted = format!("{before} {}", pasted.join("\n"));
        let saw = format!("{:?}", recognize([pasted.as_str()]));
        prop_assert!(!saw.contains("S3CR3T"), "{}", saw);
        let escaped = serde_json::Value::from(pasted).to_string();
        let saw = format!("{:?}", recognize([escaped.as_str()]));
        prop_assert!(!saw.contains("S3CR3T"), "{}", saw);
    }

    #[test]
    fn anything_can_be_pasted(pasted in any::<String>()) {
        let saw = recognize([pasted.as_str()]);
        prop_assert!(saw.texts.iter().all(|text| Symptoms::built_in().find(&text.id).is_some()));
    }
}
