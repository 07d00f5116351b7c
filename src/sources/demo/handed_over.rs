//! What was handed over for the people of the sample organization: files of `assets/demo/saml`, which
//! `tests/suite/saml_samples.rs` makes.

use serde::{Deserialize, Serialize};

use crate::saml::{self, Fetched, Handed, HandedOver, Unreadable};

/// Declares the files: each is built in under its name.
macro_rules! sample_files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../../assets/demo/saml/", $name)))),+]
    };
}

/// The files, by name.
const FILES: &[(&str, &[u8])] = sample_files![
    "fits.har",
    "okta-metadata.xml",
    "identity-center-metadata.xml",
    "identity-center-certificates.pem",
    "refused.xml",
    "wrong-audience.har",
    "wrong-recipient.form",
    "renewed-certificate.har",
    "renamed.saml-tracer.json",
];

/// Files of `assets/demo/saml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SampleFiles {
    /// The identity provider's metadata.
    pub idp_metadata: Option<String>,
    /// Identity Center's own metadata.
    pub sp_metadata: Option<String>,
    /// What the user's browser posted.
    pub saml_response: Option<String>,
    /// The certificates that Identity Center holds.
    pub idp_certificate: Option<String>,
}

/// Reads the files that are named.
pub(super) fn read_files(files: &SampleFiles) -> HandedOver {
    HandedOver {
        idp_metadata: read(files.idp_metadata.as_ref(), saml::read_idp_metadata)
            .map(|Handed { origin, value }| Handed { origin, value: Fetched::Read(value) }),
        sp_metadata: read(files.sp_metadata.as_ref(), saml::read_sp_metadata),
        capture: read(files.saml_response.as_ref(), saml::read_capture),
        certificates: read(files.idp_certificate.as_ref(), saml::read_certificates),
    }
}

#[expect(clippy::expect_used, reason = "the files are built in, and the tests read them")]
fn read<T>(name: Option<&String>, read: fn(&[u8]) -> Result<T, Unreadable>) -> Option<Handed<T>> {
    let name = name?;
    let (_, bytes) = FILES.iter().find(|(known, _)| known == name).expect("the file is built in");
    Some(Handed { origin: name.clone(), value: read(bytes).expect("the file can be read") })
}
