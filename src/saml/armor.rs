//! The lines around a certificate in PEM.

use super::base64::decode;

pub(super) const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
pub(super) const END: &str = "-----END CERTIFICATE-----";

/// Returns the DER of every certificate of a text whose base64 can be read.
pub(super) fn list_blocks(text: &str) -> Vec<Vec<u8>> {
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(BEGIN) {
        let Some((block, behind)) = after.split_once(END) else { break };
        blocks.extend(decode(block));
        rest = behind;
    }
    blocks
}
