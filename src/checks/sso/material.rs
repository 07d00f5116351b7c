//! What was handed over, beside the instance that it has to fit.

use jiff::Timestamp;

use super::super::{CheckId, CheckInput, Finding, Status};
use crate::{
    analysis::{
        CaseView,
        service_provider::{Consumer, EntityId},
    },
    catalog::Cause,
    facts::{Facts, Failure, Operation},
    saml::{Capture, Certificate, Confirmation, Handed, HandedOver, Response, SpMetadata},
    text,
};

/// What one row says.
pub(super) enum Row {
    /// Compared, and it fits: what.
    Fits(&'static str),
    /// Nothing to say.
    Silent,
    /// A failure or a warning.
    Found(Box<Finding>),
    /// Answers are pending, perhaps those of another check.
    Pending(Option<CheckId>),
    /// An answer that it needs failed.
    Unknown(Box<Finding>),
    /// Another check comes first.
    Waits(CheckId),
}

impl Row {
    /// Returns a failure.
    pub(super) fn fail(cause: Cause, expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self::of_files(Finding::fail(cause).expected_found(expected, found))
    }

    /// Returns a warning.
    pub(super) fn warn(cause: Cause, expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self::of_files(Finding::warn(cause).expected_found(expected, found))
    }

    /// Returns what rests on files alone.
    fn of_files(finding: Finding) -> Self {
        Self::Found(Box::new(Finding { rests_on: Some(&[]), ..finding }))
    }

    /// Returns the same, resting on calls.
    pub(super) fn resting_on(self, operations: &'static [Operation]) -> Self {
        self.change(|finding| Finding { rests_on: Some(operations), ..finding })
    }

    /// Returns the same with its finding changed, where it has one.
    pub(super) fn change(self, change: impl FnOnce(Finding) -> Finding) -> Self {
        match self {
            Self::Found(finding) => Self::Found(Box::new(change(*finding))),
            other => other,
        }
    }

    /// Returns the row of an answer that failed.
    pub(super) fn unknown(failure: Failure) -> Self {
        Self::Unknown(Box::new(Finding::unknown(failure)))
    }

    pub(super) fn fits(&self) -> Option<&'static str> {
        if let Self::Fits(part) = self { Some(part) } else { None }
    }

    pub(super) fn status(&self) -> Option<Status> {
        if let Self::Found(finding) = self { finding.status() } else { None }
    }
}

/// The instance, as far as it is known.
pub(super) enum Place<'a> {
    /// It is the one that is judged.
    Known(&'a CaseView<'a>),
    /// It is being looked for.
    Running,
    /// There is none that could be judged.
    Missing,
}

/// What was handed over, beside the instance.
pub(super) struct Material<'a> {
    pub(super) handed: &'a HandedOver,
    pub(super) facts: &'a Facts,
    /// The time that certificates are compared with.
    pub(super) now: Timestamp,
    pub(super) place: Place<'a>,
    /// The partition of the instance, else that of the operator's Region.
    partition: String,
}

impl<'a> Material<'a> {
    pub(super) fn new(input: &'a CheckInput<'a>) -> Self {
        let place = match input.require_view() {
            Ok(view) => Place::Known(view),
            Err(finding) if finding.is_running() => Place::Running,
            Err(_) => Place::Missing,
        };
        let home = input.case.settings.home_region();
        let partition = match &place {
            Place::Known(view) => view.instance.arn.partition().to_owned(),
            Place::Running | Place::Missing => home.partition().to_owned(),
        };
        Self { handed: &input.case.handed_over, facts: input.facts, now: input.facts.aws_now(), place, partition }
    }

    /// Returns true while answers may still come.
    pub(super) fn is_open(&self) -> bool {
        self.facts.closed.is_none()
    }

    /// Returns true where the hosts of Identity Center are known.
    pub(super) fn knows_hosts(&self) -> bool {
        self.partition == "aws"
    }

    /// Returns the capture, unless the provider refused in it.
    pub(super) fn accepted(&self) -> Option<(&'a Handed<Capture>, &'a Response)> {
        let capture = self.handed.capture.as_ref()?;
        capture.value.response.is_success().then_some((capture, &capture.value.response))
    }

    /// Returns Identity Center's own metadata, where it is this instance's. As long as the instance is not known, it may be
    /// another one's, and proves nothing.
    pub(super) fn own_metadata(&self) -> Option<&'a SpMetadata> {
        let Place::Known(view) = &self.place else { return None };
        let metadata = self.handed.usable_sp_metadata()?;
        let named = EntityId::parse(&metadata.entity_id)?;
        (view.instance.identity_store == named.store).then_some(metadata)
    }

    /// Returns the confirmation that a browser uses: the one for Identity Center, else the first one.
    pub(super) fn confirmation(&self) -> Option<&'a Confirmation> {
        let (_, response) = self.accepted()?;
        let all = &response.assertion.as_ref()?.confirmations;
        let is_for_us =
            |known: &&Confirmation| known.recipient.as_deref().is_some_and(|url| Consumer::parse(url).is_some());
        all.iter().find(is_for_us).or_else(|| all.first())
    }

    /// Returns the certificate that the response claims: that of the assertion's signature, else that of its own.
    pub(super) fn claimed_certificates(&self) -> &'a [Certificate] {
        let Some((_, response)) = self.accepted() else { return &[] };
        let of_assertion = response.assertion.as_ref().and_then(|assertion| assertion.signature.as_ref());
        let both = of_assertion.into_iter().chain(&response.signature);
        both.map(|signature| signature.certificates.as_slice()).find(|known| !known.is_empty()).unwrap_or_default()
    }

    /// Returns remarks on what was set aside or could not be read.
    pub(super) fn list_notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if let (Place::Known(_), Some(handed), Some(metadata), None) =
            (&self.place, &self.handed.sp_metadata, self.handed.usable_sp_metadata(), self.own_metadata())
        {
            let why = match EntityId::parse(&metadata.entity_id) {
                Some(named) => format!("it is another instance's file ({})", named.store),
                None => "it is not Identity Center's own metadata".to_owned(),
            };
            notes.push(format!("{} was set aside: {why}", handed.origin));
        }
        if let Some((capture, response)) = self.accepted() {
            if response.unread_times > 0 {
                notes.push(format!(
                    "{}: {} cannot be read",
                    capture.origin,
                    text::count(response.unread_times, "time", "times")
                ));
            }
            notes.extend(self.describe_signature(response).map(|what| format!("{}: {what}", capture.origin)));
        }
        notes
    }

    /// Returns what the signature claims, and over what.
    fn describe_signature(&self, response: &Response) -> Option<String> {
        let of_assertion = response.assertion.as_ref().and_then(|assertion| assertion.signature.as_ref());
        let over = match (of_assertion, &response.signature) {
            (Some(_), Some(_)) => "the assertion and the response",
            (Some(_), None) => "the assertion",
            (None, Some(_)) => "the response",
            (None, None) => return None,
        };
        Some(match self.claimed_certificates().first() {
            Some(claimed) => {
                format!("the signature over {over} claims the certificate {}; it was not verified here", claimed.name())
            }
            None => {
                format!("the signature over {over} shows no certificate that can be read; it was not verified here")
            }
        })
    }

    /// Returns the request to delete what was captured.
    pub(super) fn ask_to_delete(&self) -> Option<String> {
        let capture = self.handed.capture.as_ref()?;
        Some(format!("delete this capture ({}): whoever has it may sign in with it while it is fresh", capture.origin))
    }

    /// Returns the fields of a response that were judged.
    pub(super) fn describe_response(&self, capture: &Handed<Capture>) -> String {
        let response = &capture.value.response;
        let assertion = response.assertion.as_ref();
        let audiences: Vec<&str> =
            assertion.iter().flat_map(|known| &known.audiences).flatten().map(String::as_str).collect();
        let fields = [
            ("Audience", Some(audiences.join(", ")).filter(|list| !list.is_empty())),
            ("Destination", response.destination.clone()),
            ("Recipient", self.confirmation().and_then(|known| known.recipient.clone())),
            ("NameID", assertion.and_then(|known| Some(known.name_id.as_ref()?.value.clone()))),
            ("certificate", self.claimed_certificates().first().map(Certificate::name)),
        ];
        let shown =
            fields.iter().filter_map(|(name, value)| Some(format!("{name} {}", text::clean(value.as_deref()?))));
        format!("{} ({}): {}", capture.origin, capture.value.wrapper.name(), shown.collect::<Vec<_>>().join("; "))
    }

    /// Returns which files were read, where no response is among them.
    pub(super) fn describe_files(&self) -> String {
        let HandedOver { idp_metadata, sp_metadata, certificates, .. } = self.handed;
        let names = [
            idp_metadata.as_ref().map(|handed| format!("{}: the identity provider's metadata", handed.origin)),
            sp_metadata.as_ref().map(|handed| format!("{}: Identity Center's metadata", handed.origin)),
            certificates.as_ref().map(|handed| {
                format!("{}: {}", handed.origin, text::count(handed.value.len(), "certificate", "certificates"))
            }),
        ];
        names.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }
}
