//! What was handed over: files, standard input and the address of an identity provider's metadata, read once.

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    time::Duration,
};

use url::Url;

use super::{Fetch, FetchError};
use crate::{
    case::config::show_path,
    saml::{self, Fetched, Flaw, Handed, HandedOver, Reading, Unreadable},
    text,
};

/// How long an address of metadata has.
const FETCH_TIMEOUT: Duration = Duration::from_secs(15);

/// The largest file beside an export of a browser, in bytes: what is larger is over every limit.
const FILE_BYTES: usize = 1024 * 1024;

/// Stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Where the things are that were handed over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// The identity provider's metadata: a file or an address.
    pub idp_metadata: Option<Place>,
    /// Identity Center's own metadata.
    pub sp_metadata: Option<Place>,
    /// What the user's browser posted.
    pub saml_response: Option<Place>,
    /// The certificates that Identity Center holds.
    pub idp_certificate: Option<Place>,
}

/// Where one thing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What names it: an option, or a key of the configuration.
    pub named_by: &'static str,
    /// A file, an address, or `-` for standard input.
    pub typed: String,
    /// The text itself, where it was pasted instead.
    pub pasted: Option<String>,
    /// Where a relative path begins, when not here.
    pub base: Option<PathBuf>,
}

/// Why something that was handed over cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum HandedOverError {
    /// It cannot be read.
    #[error("{file} ({named_by}) cannot be read: {source}")]
    Unreadable {
        /// The file.
        file: String,
        /// The option.
        named_by: &'static str,
        /// Why.
        source: std::io::Error,
    },
    /// It is not what it should be.
    #[error("{file} ({named_by}) cannot be used: {source}")]
    Unusable {
        /// The file.
        file: String,
        /// The option.
        named_by: &'static str,
        /// Why.
        source: Unreadable,
    },
    /// Not an address that is fetched.
    #[error("{url} ({named_by}) is not fetched: {reason}")]
    BadUrl {
        /// The address.
        url: String,
        /// The option.
        named_by: &'static str,
        /// Why.
        reason: &'static str,
    },
}

/// Reads what was handed over; an address has no longer than `most_time`.
///
/// # Errors
/// If something cannot be read or used. An address that does not answer is none: that is told as what could not be seen.
pub async fn read_handed_over(
    places: &Places,
    fetch: &dyn Fetch,
    most_time: Duration,
) -> Result<HandedOver, HandedOverError> {
    let metadata_address = match &places.idp_metadata {
        Some(place) => place.find_address()?,
        None => None,
    };
    let read_idp = |place: &Place| place.read_file(FILE_BYTES, saml::read_idp_metadata);
    let of_file = places.idp_metadata.as_ref().filter(|_| metadata_address.is_none()).map(read_idp).transpose()?;
    let mut handed_over = HandedOver {
        idp_metadata: of_file.map(|Handed { origin, value }| Handed { origin, value: Fetched::Read(value) }),
        sp_metadata: read_if_named(places.sp_metadata.as_ref(), FILE_BYTES, saml::read_sp_metadata)?,
        capture: read_if_named(places.saml_response.as_ref(), saml::EXPORT_BYTES, saml::read_capture)?,
        certificates: read_if_named(places.idp_certificate.as_ref(), FILE_BYTES, saml::read_certificates)?,
    };
    if let (Some(place), Some(url)) = (&places.idp_metadata, &metadata_address) {
        let value = place.fetch(url, fetch, most_time.min(FETCH_TIMEOUT)).await?;
        handed_over.idp_metadata = Some(Handed { origin: show_url(url), value });
    }
    Ok(handed_over)
}

fn read_if_named<T>(
    place: Option<&Place>,
    most_bytes: usize,
    read: fn(&[u8]) -> Result<T, Unreadable>,
) -> Result<Option<Handed<T>>, HandedOverError> {
    place.map(|place| place.read_file(most_bytes, read)).transpose()
}

/// Returns an address as it can be shown: what follows the path may say who asks.
fn show_url(url: &Url) -> String {
    let mut shown = url.clone();
    shown.set_fragment(None);
    text::clean(shown.as_str())
}

impl Place {
    /// Returns the place that an option names.
    #[must_use]
    pub fn named(named_by: &'static str, typed: &str) -> Self {
        Self { named_by, typed: typed.trim().to_owned(), pasted: None, base: None }
    }

    /// Returns the place of a text that was pasted.
    #[must_use]
    pub fn pasted(named_by: &'static str, text: String) -> Self {
        Self { named_by, typed: String::new(), pasted: Some(text), base: None }
    }

    /// Returns the address, where one is named.
    fn find_address(&self) -> Result<Option<Url>, HandedOverError> {
        let lower = self.typed.to_ascii_lowercase();
        if self.pasted.is_some()
            || !(lower.contains("://") || lower.starts_with("https:") || lower.starts_with("http:"))
        {
            return Ok(None);
        }
        let refuse = |reason| HandedOverError::BadUrl {
            url: text::clean(&text::without_password(&self.typed)),
            named_by: self.named_by,
            reason,
        };
        let url =
            Url::parse(&self.typed).map_err(|_| refuse("it is no URL; write it like https://idp.example/metadata"))?;
        if url.scheme() != "https" {
            return Err(refuse("only https is; if you trust the network, save the metadata to a file and name that"));
        }
        if !lower.starts_with("https://") || lower.starts_with("https:///") || !url.has_host() {
            return Err(refuse("it is no URL; write it like https://idp.example/metadata"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse("it holds a user name or a password, and none is sent"));
        }
        Ok(Some(url))
    }

    async fn fetch(
        &self,
        url: &Url,
        fetch: &dyn Fetch,
        most_time: Duration,
    ) -> Result<Fetched<Reading<saml::IdpMetadata>>, HandedOverError> {
        // One byte more than the limit tells that there is more.
        let answer = tokio::time::timeout(most_time, fetch.fetch(url, saml::XML_BYTES + 1)).await;
        let bytes = match answer {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(FetchError::Unreached(reason))) => return Ok(Fetched::Unreached(reason)),
            Err(_) => return Ok(Fetched::Unreached(format!("no answer within {} seconds", most_time.as_secs()))),
            Ok(Err(FetchError::LeavesHttps)) => {
                return Err(HandedOverError::BadUrl {
                    url: show_url(url),
                    named_by: self.named_by,
                    reason: "it redirects to an address without https",
                });
            }
        };
        if bytes.len() > saml::XML_BYTES {
            return Ok(Fetched::Read(Reading::Unusable { flaw: Flaw::TooLong, entity_id: None }));
        }
        let unusable = |source| HandedOverError::Unusable { file: show_url(url), named_by: self.named_by, source };
        saml::read_idp_metadata(&bytes).map(Fetched::Read).map_err(unusable)
    }

    fn read_file<T>(
        &self,
        most_bytes: usize,
        read: fn(&[u8]) -> Result<T, Unreadable>,
    ) -> Result<Handed<T>, HandedOverError> {
        let path = self.find_path();
        let bytes = self.read_bytes(&path, most_bytes).map_err(|source| HandedOverError::Unreadable {
            file: self.show_whole(&path),
            named_by: self.named_by,
            source,
        })?;
        let value = read(&bytes).map_err(|source| HandedOverError::Unusable {
            file: self.show_whole(&path),
            named_by: self.named_by,
            source,
        })?;
        Ok(Handed { origin: self.show_name(&path), value })
    }

    fn find_path(&self) -> PathBuf {
        let typed = Path::new(&self.typed);
        match &self.base {
            Some(base) if typed.is_relative() => base.join(typed),
            _ => typed.to_owned(),
        }
    }

    fn read_bytes(&self, path: &Path, most_bytes: usize) -> std::io::Result<Vec<u8>> {
        if let Some(text) = &self.pasted {
            return Ok(text.clone().into_bytes());
        }
        let source: Box<dyn Read> =
            if self.is_standard_input() { Box::new(std::io::stdin().lock()) } else { Box::new(File::open(path)?) };
        let mut bytes = Vec::new();
        // One byte more than the limit tells that there is more.
        source.take(u64::try_from(most_bytes).unwrap_or(u64::MAX).saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn is_standard_input(&self) -> bool {
        self.typed == STANDARD_INPUT && self.named_by == "--saml-response"
    }

    /// Returns the whole path, for errors.
    fn show_whole(&self, path: &Path) -> String {
        match &self.pasted {
            Some(_) => "the pasted text".to_owned(),
            None if self.is_standard_input() => "standard input".to_owned(),
            None => show_path(path),
        }
    }

    /// Returns the file's name alone, for reports: where it lies says who has it.
    fn show_name(&self, path: &Path) -> String {
        let name = path.file_name().map(|name| text::clean(&name.to_string_lossy()));
        match (&self.pasted, name) {
            (None, Some(name)) if !self.is_standard_input() => name,
            _ => self.show_whole(path),
        }
    }
}
