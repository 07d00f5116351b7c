//! A response is the same response, whatever it is wrapped in; and what is no response is told as what it is.

use base64::{Engine, prelude::BASE64_STANDARD};
use proptest::prelude::*;
use sso_doctor::saml::{self, Capture, EXPORT_BYTES, Wrapper};

use crate::support::saml::{
    Browser, Certificate, IdpMetadata, Provider, Response, SECRETS, SpMetadata, har, pem, percent,
};

fn read(text: &str) -> Capture {
    saml::read_capture(text.as_bytes())
        .unwrap_or_else(|error| panic!("{error}: {}", text.chars().take(200).collect::<String>()))
}

fn refuse(text: &str) -> String {
    saml::read_capture(text.as_bytes()).unwrap_err().to_string()
}

/// A response of each provider, wrapped in everything.
#[test]
fn every_wrapper_holds_the_same_response() {
    for provider in Provider::ALL {
        let made = Response::of(provider);
        let expected = read(&made.xml()).response;
        assert_eq!(expected.assertion.as_ref().unwrap().name_id.as_ref().unwrap().value, "ana@corp.example");
        let base64 = made.base64();
        let lines = base64.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect::<Vec<_>>();
        let deflated = BASE64_STANDARD.encode(miniz_oxide::deflate::compress_to_vec(made.xml().as_bytes(), 6));
        let wrapped = [
            (Wrapper::Har, made.har(Browser::Chrome)),
            (Wrapper::Har, made.har(Browser::Firefox)),
            (Wrapper::Har, format!("\u{feff}{}", made.har(Browser::Firefox))),
            (Wrapper::PageInHar, made.har_of_page(false)),
            (Wrapper::PageInHar, made.har_of_page(true)),
            (Wrapper::Tracer, made.tracer(true)),
            (Wrapper::Tracer, made.tracer(false)),
            (Wrapper::Form, made.form()),
            (Wrapper::Form, format!("RelayState=x&SAMLResponse={base64}")),
            (Wrapper::Form, format!("SAMLResponse: {base64}\nRelayState: x")),
            (Wrapper::Page, made.page()),
            (Wrapper::Base64, base64.clone()),
            (Wrapper::Base64, lines.join("\r\n")),
            (Wrapper::Base64, percent(&base64)),
            (Wrapper::Base64, base64.replace('+', "-").replace('/', "_").trim_end_matches('=').to_owned()),
            (Wrapper::Base64, deflated),
            (Wrapper::Xml, format!("\u{feff}<?xml version=\"1.0\"?>\n{}", made.xml())),
        ];
        for (wrapper, text) in wrapped {
            let capture = read(&text);
            assert_eq!((capture.wrapper, &capture.response), (wrapper, &expected), "{provider:?}");
            let has_time = matches!(wrapper, Wrapper::Har | Wrapper::PageInHar);
            assert_eq!(capture.at, has_time.then_some(made.posted), "{wrapper:?}");
            assert_eq!(capture.request_ids.is_empty(), !has_time, "{wrapper:?}");
        }
        let utf16: Vec<u8> = std::iter::once(0xFEFF).chain(base64.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(saml::read_capture(&utf16).unwrap().response, expected);
    }
}

#[test]
fn the_newest_response_of_a_har_counts() {
    let old = Response { name_id: "old@corp.example".to_owned(), ..Response::default() };
    let new = Response {
        name_id: "new@corp.example".to_owned(),
        posted: "2026-11-21T19:45:00+01:00".parse().unwrap(),
        ..Response::default()
    };
    let page = Response {
        name_id: "page@corp.example".to_owned(),
        posted: "2026-11-21T20:00:00Z".parse().unwrap(),
        ..Response::default()
    };
    let page: serde_json::Value = serde_json::from_str(&page.har_of_page(false)).unwrap();
    let entries =
        [new.post_entry(Browser::Chrome), page["log"]["entries"][1].clone(), old.post_entry(Browser::Firefox)];
    let capture = read(&har(&entries));
    assert_eq!(capture.response.assertion.unwrap().name_id.unwrap().value, "new@corp.example");
}

#[test]
fn odd_fields_do_not_spoil_a_har() {
    let mut entry = Response::default().post_entry(Browser::Chrome);
    entry["request"]["postData"]["params"] = serde_json::json!([null, 7, { "name": null }]);
    let odd = [serde_json::json!(null), serde_json::json!({ "request": 1, "response": { "content": { "text": 5 } } })];
    let capture = read(&har(&[odd[1].clone(), entry]));
    assert_eq!(capture.wrapper, Wrapper::Har);
    assert!(refuse(&har(&odd)).contains("a HAR file without a SAMLResponse"));
}

#[test]
fn what_is_no_response_is_told_as_what_it_is() {
    let request = r#"<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="x"/>"#;
    for (given, told) in [
        (String::new(), "it is empty"),
        (" \n".to_owned(), "it is empty"),
        (request.to_owned(), "a request (AuthnRequest)"),
        (BASE64_STANDARD.encode(request), "a request (AuthnRequest)"),
        (IdpMetadata::default().xml(), "it is metadata"),
        (Response::default().assertion(), "an assertion without the response around it"),
        ("<a/>".to_owned(), "XML, and no response of SAML 2.0"),
        ("<a>".to_owned(), "no well-formed XML"),
        (format!("<!DOCTYPE r [<!ENTITY a \"b\">]>{}", Response::default().xml()), "document type"),
        (
            "<!DOCTYPE html><html><body>Sign in</body></html>".to_owned(),
            "a page of the web without a field SAMLResponse",
        ),
        ("{\"a\": 1}".to_owned(), "neither a HAR file nor a SAML-tracer export"),
        ("{\"log\": ".to_owned(), "no well-formed JSON"),
        (har(&[]), "a HAR file without a SAMLResponse"),
        ("{\"requests\": []}".to_owned(), "a SAML-tracer export without a response"),
        ("hello world".to_owned(), "expected"),
        (BASE64_STANDARD.encode("hello world, this is no XML"), "no XML"),
        ("A".repeat(600 * 1024), "512 KiB"),
        (format!("<r>{}</r>", "x".repeat(300 * 1024)), "256 KiB"),
        (Response { padding: 300 * 1024, ..Response::default() }.har(Browser::Chrome), "256 KiB"),
    ] {
        let error = refuse(&given);
        assert!(error.contains(told), "{told}: {error}");
    }
    let mut large = vec![b' '; EXPORT_BYTES + 1];
    large[0] = b'{';
    assert!(saml::read_capture(&large).unwrap_err().to_string().contains("64 MiB"));
    assert!(saml::read_capture(&[0xFF, 0x00, 0x80, 0x81]).is_err());
}

#[test]
fn metadata_that_cannot_be_read_is_told_as_what_it_is() {
    let idp = |text: &str| saml::read_idp_metadata(text.as_bytes()).unwrap_err().to_string();
    let one = IdpMetadata::default().entity();
    let around = |inside: &str| {
        format!(
            "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\">{inside}</md:EntitiesDescriptor>"
        )
    };
    assert!(idp(&around(&one.repeat(2))).contains("an aggregate of 2 entities"));
    assert_eq!(saml::read_idp_metadata(around(&one).as_bytes()), saml::read_idp_metadata(one.as_bytes()));
    assert!(idp(&format!("<!DOCTYPE x>{one}")).contains("document type"));
    assert!(idp("hello").contains("no XML"));
    assert!(idp(&format!("{one}<!--{}-->", "x".repeat(300 * 1024))).contains("256 KiB"));
    assert!(saml::read_sp_metadata(b"{}").is_err());
}

#[test]
fn certificates_are_read_from_pem_alone_or_in_a_row() {
    let both = [Certificate::named("one"), Certificate { bits: 1024, ..Certificate::named("two") }];
    let read = saml::read_certificates(format!("Bag Attributes\n{}", pem(&both)).as_bytes()).unwrap();
    assert_eq!(read.iter().map(|known| known.rsa_bits).collect::<Vec<_>>(), [Some(2048), Some(1024)]);
    assert_eq!(read[0].pem_characters, both[0].pem().trim_end().len());
    assert_eq!(saml::read_certificates(&both[0].der()).unwrap()[0], read[0]);
    let error = |text: &str| saml::read_certificates(text.as_bytes()).unwrap_err().to_string();
    assert!(error("hello").contains("a file without a certificate"));
    assert!(error("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----").contains("a private key"));
    assert!(error("-----BEGIN CERTIFICATE-----\nAAAA").contains("cut or damaged"));
    assert!(error(&IdpMetadata::default().xml()).contains("XML"));
}

proptest! {
    /// Whatever is done to a capture, reading it ends, and what it says of it repeats no secret of it.
    #[test]
    fn a_mutated_capture_is_read_or_refused(
        shape in 0_usize..8,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..4), 0..12),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let made = Response { provider: Provider::ALL[shape % 4], ..Response::default() };
        let mut bytes = match shape {
            0 => made.har(Browser::Chrome),
            1 => made.har_of_page(true),
            2 => made.tracer(true),
            3 => made.form(),
            4 => made.page(),
            5 => made.base64(),
            6 => SpMetadata::default().xml() + &IdpMetadata::default().xml(),
            _ => made.xml(),
        }.into_bytes();
        for (place, byte, kind) in changes {
            let place = place.index(bytes.len());
            match kind {
                0 => bytes[place] = byte,
                1 => bytes.insert(place, byte),
                2 => drop(bytes.remove(place)),
                // A piece twice.
                _ => {
                    let end = (place + usize::from(byte)).min(bytes.len());
                    let piece = bytes[place..end].to_vec();
                    bytes.splice(place..place, piece);
                }
            }
        }
        if let Some(cut) = cut {
            let end = cut.index(bytes.len());
            bytes.truncate(end);
        }
        let told = [
            saml::read_capture(&bytes).map_or_else(|error| error.to_string(), |capture| format!("{capture:?}")),
            saml::read_idp_metadata(&bytes).map_or_else(|error| error.to_string(), |metadata| format!("{metadata:?}")),
            saml::read_sp_metadata(&bytes).map_or_else(|error| error.to_string(), |metadata| format!("{metadata:?}")),
            saml::read_certificates(&bytes).map_or_else(|error| error.to_string(), |known| format!("{known:?}")),
        ];
        for text in told {
            prop_assert!(SECRETS.iter().all(|secret| !text.contains(secret)), "{text}");
        }
    }
}
