//! Certificates: whether the one that signs is known, how long they hold, how strong they are.

use jiff::{SignedDuration, Timestamp};

use super::material::{Material, Row};
use crate::{
    catalog::{Cause, Placeholder},
    saml::{Certificate, Validity},
    text,
};

/// From when on the console warns of a certificate's end.
const WARNED_BEFORE: SignedDuration = SignedDuration::from_hours(90 * 24);

/// The shortest RSA key, in bits.
const LEAST_RSA_BITS: usize = 2048;

/// The longest certificate that Identity Center takes, in characters of PEM.
const MOST_PEM_CHARACTERS: usize = 2500;

/// Certificates of one file.
struct Held<'a> {
    origin: &'a str,
    certificates: &'a [Certificate],
    /// True if each of them could be read.
    are_all_read: bool,
}

impl Held<'_> {
    /// Returns true where each was read, and this holds of each.
    fn all(&self, holds: impl Fn(&Validity) -> bool) -> bool {
        let each = || self.certificates.iter().map(|known| known.validity.as_ref());
        self.are_all_read && !self.certificates.is_empty() && each().all(|validity| validity.is_some_and(&holds))
    }
}

/// Returns the certificates of the metadata and those that Identity Center holds, each file by itself.
fn list_held<'a>(material: &Material<'a>) -> Vec<Held<'a>> {
    let mut all = Vec::new();
    if let (Some(handed), Some(metadata)) = (&material.handed.idp_metadata, material.handed.usable_idp_metadata()) {
        all.push(Held {
            origin: &handed.origin,
            certificates: &metadata.certificates,
            are_all_read: metadata.unread_certificates == 0,
        });
    }
    if let Some(handed) = &material.handed.certificates {
        all.push(Held { origin: &handed.origin, certificates: &handed.value, are_all_read: true });
    }
    all
}

/// Returns the certificates that the response claims.
fn find_claimed<'a>(material: &Material<'a>) -> Option<Held<'a>> {
    let (capture, _) = material.accepted()?;
    let certificates = material.claimed_certificates();
    (!certificates.is_empty()).then_some(Held { origin: &capture.origin, certificates, are_all_read: true })
}

/// Returns the one of them that signs: where the response shows a chain, the first one does.
fn find_signing<'a>(material: &Material<'a>) -> Option<Held<'a>> {
    let claimed = find_claimed(material)?;
    Some(Held { certificates: claimed.certificates.get(..1)?, ..claimed })
}

fn list_names(certificates: &[Certificate]) -> String {
    certificates.iter().take(5).map(Certificate::name).collect::<Vec<_>>().join(", ")
}

/// The certificate that signs is one that Identity Center holds.
pub(super) fn judge_known(material: &Material, notes: &mut Vec<String>) -> Row {
    if let Some(handed) = &material.handed.certificates {
        let unread = handed.value.iter().filter(|known| !known.is_readable()).count();
        if unread > 0 {
            notes.push(format!(
                "{}: {} cannot be read",
                handed.origin,
                text::count(unread, "certificate", "certificates")
            ));
        }
    }
    let Some(claimed) = find_claimed(material) else { return Row::Silent };
    let held = material.handed.certificates.as_ref().map(|handed| (&handed.origin, handed.value.as_slice()));
    let of_metadata = || {
        let metadata = material.handed.usable_idp_metadata()?;
        Some((&material.handed.idp_metadata.as_ref()?.origin, metadata.certificates.as_slice()))
    };
    let is_known = |known: &[Certificate]| {
        claimed.certificates.iter().any(|one| known.iter().any(|other| other.fingerprint == one.fingerprint))
    };
    let found = |file: &str| {
        let names = list_names(claimed.certificates);
        format!("{}: signed with the certificate {names}, which is not in {file}", claimed.origin)
    };
    match (held, of_metadata()) {
        (Some((_, known)), _) | (None, Some((_, known))) if is_known(known) => Row::Fits("certificate"),
        (Some((file, known)), _) => {
            Row::fail(Cause::SsoCertificateUnknown, format!("one of {}, of {file}", list_names(known)), found(file))
        }
        (None, Some((file, known))) => Row::warn(
            Cause::SsoCertificateUnknown,
            format!("one of {}, of {file}", list_names(known)),
            format!("{}; the metadata may be older than what Identity Center holds", found(file)),
        ),
        (None, None) => Row::Silent,
    }
}

fn show_day(time: Timestamp) -> String {
    time.strftime("%-d %B %Y").to_string()
}

/// Returns a warning that names a day.
fn warn_of_day(cause: Cause, expected: &str, found: String, day: Timestamp) -> Row {
    Row::warn(cause, expected, found).change(|finding| finding.with_value(Placeholder::Day, show_day(day)))
}

/// One that signs is valid today.
pub(super) fn judge_expired(material: &Material, _: &mut Vec<String>) -> Row {
    let now = material.now;
    for held in list_held(material).into_iter().chain(find_signing(material)) {
        if !held.all(|validity| !validity.contains(now)) {
            continue;
        }
        let Some((certificate, validity)) = held.certificates.iter().find_map(|known| Some((known, known.validity?)))
        else {
            continue;
        };
        let (what, day) =
            if now < validity.from { ("begins only on", validity.from) } else { ("ended on", validity.until) };
        let found = format!("{}: the certificate {} {what} {}", held.origin, certificate.name(), show_day(day));
        return warn_of_day(Cause::SsoCertificateExpired, "a signing certificate that is valid today", found, day);
    }
    Row::Silent
}

/// One that signs holds for some time.
pub(super) fn judge_ending(material: &Material, _: &mut Vec<String>) -> Row {
    let now = material.now;
    let mut files = list_held(material);
    if files.is_empty() {
        files.extend(find_signing(material));
    }
    for held in files.into_iter().filter(|held| held.are_all_read) {
        let valid =
            held.certificates.iter().filter_map(|known| known.validity).filter(|validity| validity.contains(now));
        let Some(last) = valid.map(|validity| validity.until).max() else { continue };
        let is_each_read = held.certificates.iter().all(Certificate::is_readable);
        if is_each_read && last.duration_since(now) <= WARNED_BEFORE {
            let found = format!("{}: the last valid certificate ends on {}", held.origin, show_day(last));
            let expected = "a signing certificate that is valid for more than 90 days";
            return warn_of_day(Cause::SsoCertificateEnding, expected, found, last);
        }
    }
    Row::Silent
}

/// Keys and algorithms are strong, and the certificate is written as it should be.
pub(super) fn judge_weak(material: &Material, _: &mut Vec<String>) -> Row {
    let expected = "RSA keys of 2,048 bits or more, certificates of at most 2,500 characters, SHA-256";
    for held in list_held(material).into_iter().chain(find_signing(material)) {
        for certificate in held.certificates {
            if let Some(why) = find_weakness(certificate) {
                let found = format!("{}: the certificate {} {why}", held.origin, certificate.name());
                return Row::warn(Cause::SsoCertificateWeak, expected, found);
            }
        }
    }
    let Some((capture, response)) = material.accepted() else { return Row::Silent };
    let of_assertion = response.assertion.as_ref().and_then(|assertion| assertion.signature.as_ref());
    let algorithms = of_assertion.into_iter().chain(&response.signature).flat_map(|signature| &signature.algorithms);
    match algorithms.into_iter().find(|algorithm| is_weak_algorithm(algorithm)) {
        Some(weak) => {
            let found = format!("{}: signed with {}", capture.origin, text::clean(weak));
            Row::warn(Cause::SsoCertificateWeak, expected, found)
        }
        None => Row::Silent,
    }
}

fn find_weakness(certificate: &Certificate) -> Option<String> {
    if let Some(bits) = certificate.rsa_bits.filter(|bits| *bits < LEAST_RSA_BITS) {
        return Some(format!("has an RSA key of {bits} bits"));
    }
    if certificate.pem_characters > MOST_PEM_CHARACTERS {
        return Some(format!("has {} characters as PEM", certificate.pem_characters));
    }
    certificate.is_wrapped.then(|| "is the base64 of a PEM, where the base64 of the certificate belongs".to_owned())
}

/// Returns true for algorithms of SHA-1 and MD5.
fn is_weak_algorithm(algorithm: &str) -> bool {
    let name = algorithm.rsplit('#').next().unwrap_or(algorithm).to_ascii_lowercase();
    ["sha1", "sha-1", "md5"].iter().any(|weak| name.contains(weak))
}
