//! Certificates with made-up keys.

use base64::{Engine, prelude::BASE64_STANDARD};
use jiff::Timestamp;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// A certificate with a made-up key.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Certificate {
    pub name: String,
    pub from: Timestamp,
    pub until: Timestamp,
    pub bits: usize,
    /// Written as the base64 of its PEM.
    pub wrapped: bool,
    /// Cut in the middle: it cannot be read.
    pub damaged: bool,
    pub encryption: bool,
}

impl Default for Certificate {
    fn default() -> Self {
        Self {
            name: "idp".to_owned(),
            from: "2025-01-01T00:00:00Z".parse().unwrap(),
            until: "2125-01-01T00:00:00Z".parse().unwrap(),
            bits: 2048,
            wrapped: false,
            damaged: false,
            encryption: false,
        }
    }
}

impl Certificate {
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    pub fn der(&self) -> Vec<u8> {
        let algorithm = |oid: &[u8]| der(0x30, &[der(0x06, oid), der(0x05, &[])].concat());
        let sha256_with_rsa = algorithm(&[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B]);
        let common_name = [der(0x06, &[0x55, 0x04, 0x03]), der(0x0C, self.name.as_bytes())].concat();
        let name = der(0x30, &der(0x31, &der(0x30, &common_name)));
        let modulus = [vec![0, 0x80], bytes_of(&self.name, self.bits / 8 - 1)].concat();
        let key = der(0x30, &[der(0x02, &modulus), der(0x02, &[1, 0, 1])].concat());
        let spki =
            [algorithm(&[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]), der(0x03, &[vec![0], key].concat())];
        let tbs = [
            der(0xA0, &der(0x02, &[2])),
            der(0x02, &[[0x11].as_slice(), &bytes_of(&self.name, 8)].concat()),
            sha256_with_rsa.clone(),
            name.clone(),
            der(0x30, &[time(self.from), time(self.until)].concat()),
            name,
            der(0x30, &spki.concat()),
        ];
        let signature = der(0x03, &[vec![0], bytes_of("signature", 256)].concat());
        let whole = der(0x30, &[der(0x30, &tbs.concat()), sha256_with_rsa, signature].concat());
        if self.damaged { whole[..40].to_vec() } else { whole }
    }

    pub fn pem(&self) -> String {
        let encoded = BASE64_STANDARD.encode(self.der());
        let lines: Vec<&str> = encoded.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
        format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
    }

    /// As an `X509Certificate` holds it.
    pub(super) fn element(&self) -> String {
        let inside = if self.wrapped { self.pem().into_bytes() } else { self.der() };
        format!("<ds:X509Certificate>{}</ds:X509Certificate>", BASE64_STANDARD.encode(inside))
    }
}

pub fn pem(certificates: &[Certificate]) -> String {
    certificates.iter().map(Certificate::pem).collect()
}

/// A value of DER with its tag and its length.
fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut out = vec![tag];
    match length {
        0..0x80 => out.push(length as u8),
        0x80..0x100 => out.extend([0x81, length as u8]),
        _ => out.extend([0x82, (length >> 8) as u8, length as u8]),
    }
    out.extend(content);
    out
}

fn time(time: Timestamp) -> Vec<u8> {
    let is_short = time < "2050-01-01T00:00:00Z".parse().unwrap();
    let (tag, form) = if is_short { (0x17, "%y%m%d%H%M%SZ") } else { (0x18, "%Y%m%d%H%M%SZ") };
    der(tag, time.strftime(form).to_string().as_bytes())
}

/// Bytes that depend on a name and nothing else.
pub(super) fn bytes_of(name: &str, count: usize) -> Vec<u8> {
    (0_u32..).flat_map(|block| Sha256::digest(format!("{name}:{block}"))).take(count).collect()
}
