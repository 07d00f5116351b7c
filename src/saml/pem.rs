//! PEM: the certificates of a file.

use super::{
    armor::{BEGIN, list_blocks},
    certificate::Certificate,
    text_of_bytes::read_text,
    unreadable::Unreadable,
};

const EXPECTED: &str = "certificates as PEM, each between -----BEGIN CERTIFICATE----- and -----END CERTIFICATE-----";

/// The largest file of certificates, in bytes.
const BYTES: usize = 256 * 1024;

/// Reads the certificates of a file: as PEM, or one as the bytes that PEM is made of.
///
/// # Errors
/// If there is none in it.
pub fn read_certificates(bytes: &[u8]) -> Result<Vec<Certificate>, Unreadable> {
    if bytes.len() > BYTES {
        return Err(Unreadable::TooLarge { what: "the file of certificates", limit: "256 KiB" });
    }
    // The first bytes of every certificate in DER.
    if bytes.starts_with(&[0x30, 0x82]) {
        let certificate = Certificate::from_der(bytes);
        return if certificate.is_readable() { Ok(vec![certificate]) } else { Err(Unreadable::NotText(EXPECTED)) };
    }
    let text = read_text(bytes, EXPECTED)?;
    let certificates: Vec<Certificate> = list_blocks(&text).iter().map(|der| Certificate::from_der(der)).collect();
    if !certificates.is_empty() {
        return Ok(certificates);
    }
    let found = if text.contains("PRIVATE KEY-----") {
        "a private key, which nobody should hand over"
    } else if text.contains(BEGIN) {
        "a certificate that was cut or damaged"
    } else if text.trim_start().starts_with('<') {
        "XML"
    } else {
        "a file without a certificate"
    };
    // As metadata holds it: without the lines around it.
    match Certificate::from_base64(&text).filter(Certificate::is_readable) {
        Some(certificate) => Ok(vec![certificate]),
        None => Err(Unreadable::Other { found, expected: EXPECTED }),
    }
}
