//! The files of `assets/demo/saml`, which `--demo` shows: what the helper makes is what is kept.
//!
//! `RENEW_SAMPLES=1 cargo test --test suite saml_samples` writes them anew.

use std::{env, fs, path::Path};

use crate::support::saml::{Browser, Certificate, IdpMetadata, Provider, Response, SpMetadata, consumer, pem};

const REGION: &str = "eu-west-1";
const STORE: &str = "d-93677e5f21";

fn of(provider: Provider, name: &str) -> Response {
    Response {
        provider,
        region: REGION.to_owned(),
        store: STORE.to_owned(),
        name_id: format!("{name}@corp.example"),
        certificate: Certificate::named("corp.example"),
        ..Response::default()
    }
}

/// The files, by name.
fn make_files() -> Vec<(&'static str, String)> {
    let held = Certificate::named("corp.example");
    let fits = of(Provider::Okta, "yuki.mori");
    let refused = Response {
        status: vec!["Requester".to_owned(), "RequestDenied".to_owned()],
        status_message: Some(format!(
            "ACS Url in request {} doesn't match configured ACS Url https://signin.aws.amazon.com/saml.",
            consumer(REGION)
        )),
        ..of(Provider::Google, "amina.diallo")
    };
    let audience = Response {
        audiences: Some(vec![vec!["https://kiro.corp.example".to_owned()]]),
        ..of(Provider::Entra, "pavel.novak")
    };
    let recipient = Response { destination: Some(consumer("us-east-1")), ..of(Provider::Entra, "freya.holm") };
    let renewed =
        Response { certificate: Certificate::named("corp.example, renewed"), ..of(Provider::Google, "omar.haddad") };
    let renamed = of(Provider::Keycloak, "chloe.bernard");
    vec![
        ("fits.har", fits.har(Browser::Chrome)),
        (
            "okta-metadata.xml",
            IdpMetadata { certificates: vec![held.clone()], ..IdpMetadata::of(Provider::Okta) }.xml(),
        ),
        (
            "identity-center-metadata.xml",
            SpMetadata { region: REGION.to_owned(), store: STORE.to_owned(), consumers: vec![consumer(REGION)] }.xml(),
        ),
        ("identity-center-certificates.pem", pem(&[held])),
        ("refused.xml", refused.xml()),
        ("wrong-audience.har", audience.har(Browser::Chrome)),
        ("wrong-recipient.form", recipient.form()),
        ("renewed-certificate.har", renewed.har(Browser::Firefox)),
        ("renamed.saml-tracer.json", renamed.tracer(true)),
    ]
}

#[test]
fn the_samples_are_what_the_helper_makes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/saml");
    for (name, made) in make_files() {
        let path = folder.join(name);
        if env::var_os("RENEW_SAMPLES").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &made).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == made, "{name} is out of date: run RENEW_SAMPLES=1 cargo test --test suite saml_samples");
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), make_files().len());
}
