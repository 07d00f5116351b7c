//! A certificate: what it is recognised by, how long it is valid, how strong its key is.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use x509_cert::{
    Certificate as Parsed,
    der::{Decode, Reader, SliceReader, asn1::UintRef},
    time::Time,
};

use super::{
    armor::{BEGIN, END, list_blocks},
    base64::decode,
};

/// Key algorithm of RSA.
const RSA: &str = "1.2.840.113549.1.1.1";

/// A certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// The SHA-256 of its DER, in hexadecimal.
    pub fingerprint: String,
    /// How many characters it has as PEM.
    pub pem_characters: usize,
    /// True if it was wrapped once more: the base64 of a PEM where the base64 of a certificate belongs.
    pub is_wrapped: bool,
    /// From when to when it is valid; `None` where it cannot be read.
    pub validity: Option<Validity>,
    /// The length of its RSA key; `None` where it has another one.
    pub rsa_bits: Option<usize>,
}

/// From when to when a certificate is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    /// Its beginning.
    pub from: Timestamp,
    /// Its end.
    pub until: Timestamp,
}

impl Validity {
    /// Returns true at a time at which it is valid.
    #[must_use]
    pub fn contains(&self, now: Timestamp) -> bool {
        self.from <= now && now <= self.until
    }
}

impl Certificate {
    /// Reads the base64 of an `X509Certificate` element; `None` if it is none.
    #[must_use]
    pub(super) fn from_base64(encoded: &str) -> Option<Self> {
        if let Some(der) = list_blocks(encoded).into_iter().next() {
            return Some(Self { is_wrapped: true, ..Self::from_der(&der) });
        }
        let bytes = decode(encoded)?;
        match std::str::from_utf8(&bytes).ok().and_then(|text| list_blocks(text).into_iter().next()) {
            Some(der) => Some(Self { is_wrapped: true, ..Self::from_der(&der) }),
            None => Some(Self::from_der(&bytes)),
        }
    }

    /// Reads DER. What cannot be read has its fingerprint all the same.
    #[must_use]
    pub(super) fn from_der(der: &[u8]) -> Self {
        let fingerprint = format!("{:x}", Sha256::digest(der));
        let parsed = Parsed::from_der(der).ok();
        Self {
            fingerprint,
            pem_characters: count_pem_characters(der.len()),
            is_wrapped: false,
            validity: parsed.as_ref().and_then(read_validity),
            rsa_bits: parsed.as_ref().and_then(measure_rsa_key),
        }
    }

    /// Returns how it is named: by the beginning of its fingerprint.
    #[must_use]
    pub fn name(&self) -> String {
        let start: String = self.fingerprint.chars().take(16).collect();
        format!("SHA-256 {start}…")
    }
}

/// Returns how long so many bytes are as PEM: in lines of 64 characters, between two lines that say so.
fn count_pem_characters(bytes: usize) -> usize {
    let encoded = bytes.div_ceil(3) * 4;
    let lines = encoded.div_ceil(64);
    BEGIN.len() + 1 + encoded + lines + END.len()
}

fn read_validity(parsed: &Parsed) -> Option<Validity> {
    let read = |time: &Time| Timestamp::from_second(i64::try_from(time.to_unix_duration().as_secs()).ok()?).ok();
    let validity = &parsed.tbs_certificate.validity;
    Some(Validity { from: read(&validity.not_before)?, until: read(&validity.not_after)? })
}

fn measure_rsa_key(parsed: &Parsed) -> Option<usize> {
    let key = &parsed.tbs_certificate.subject_public_key_info;
    if key.algorithm.oid.to_string() != RSA {
        return None;
    }
    let mut reader = SliceReader::new(key.subject_public_key.as_bytes()?).ok()?;
    let modulus = reader.sequence(|inside| {
        let modulus = UintRef::decode(inside)?;
        UintRef::decode(inside)?;
        Ok(modulus)
    });
    let modulus = modulus.ok()?;
    let first = modulus.as_bytes().first()?;
    Some(modulus.as_bytes().len() * 8 - usize::try_from(first.leading_zeros()).ok()?)
}

impl Certificate {
    /// Returns true if the DER of a certificate could be read.
    #[must_use]
    pub fn is_readable(&self) -> bool {
        self.validity.is_some()
    }
}
