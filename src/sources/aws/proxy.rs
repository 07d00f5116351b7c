//! The proxy's address, from the environment. The SDK passes over one that it cannot read, and then waits for answers that
//! only the proxy could bring.

use url::Url;

use super::environment::{AwsSettingsError, Environment};
use crate::text;

/// The variables for either kind of address; of the two spellings the first one that is set counts.
const VARIABLES: [[&str; 2]; 2] = [["HTTP_PROXY", "http_proxy"], ["HTTPS_PROXY", "https_proxy"]];

/// Checks the variables that name a proxy.
///
/// # Errors
/// If one of them is no address of a proxy.
pub(super) fn check_proxies(environment: Environment<'_>) -> Result<(), AwsSettingsError> {
    for names in VARIABLES {
        let given = names.into_iter().find_map(|variable| Some((variable, environment(variable)?)));
        let Some((variable, address)) = given.filter(|(_, address)| !address.is_empty()) else {
            continue;
        };
        if let Err(reason) = check_address(&address) {
            let value = text::clean(&text::without_password(&address));
            return Err(AwsSettingsError::BadProxy { variable, value, reason });
        }
    }
    Ok(())
}

/// Reads an address as the SDK does: without a scheme it is an HTTP proxy.
fn check_address(address: &str) -> Result<(), String> {
    if address.chars().any(|character| character.is_whitespace() || text::is_invisible(character)) {
        return Err("there is a blank in it".to_owned());
    }
    let with_scheme = if address.contains("://") { address.to_owned() } else { format!("http://{address}") };
    let after_scheme = with_scheme.split_once("://").map_or("", |(_, rest)| rest);
    if after_scheme.split_once(['/', '?', '#']).is_some_and(|(_, beyond)| beyond.contains('@')) {
        return Err("a `/`, `?` or `#` in its password has to be written as %2F, %3F or %23".to_owned());
    }
    let url = Url::parse(&with_scheme).map_err(|error| error.to_string())?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("a proxy that is spoken to with {} is of no use here", url.scheme()));
    }
    Ok(())
}
