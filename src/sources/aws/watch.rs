//! The interceptor that watches one call: it tells of every attempt, and sees answers that are none.
//!
//! A required list that an answer lacks becomes an empty list in the SDK's types, a required boolean becomes false, and
//! null elements vanish. "Nobody is assigned" and "the answer did not say" would look the same, so the body is asked.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicU32, Ordering},
};

use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        interceptors::{
            Intercept,
            context::{
                AfterDeserializationInterceptorContextRef, BeforeTransmitInterceptorContextRef,
                FinalizerInterceptorContextRef,
            },
        },
        runtime_components::RuntimeComponents,
    },
};
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::request_id::RequestId;
use serde_json::Value;
use url::Url;

use super::{clock::read_date, find_required_part, quota::Quota};
use crate::{facts::Operation, sources::Wire};

const THROTTLED: &str = "throttled";

/// Watches one call. Clones watch the same one.
#[derive(Debug, Clone)]
pub(super) struct Watch {
    operation: Operation,
    wire: Wire,
    attempts: Arc<AtomicU32>,
    quota: Arc<Quota>,
    body: Option<Body>,
    asked: Asked,
}

/// Whom a call asks: the host and its port. Clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked(Arc<OnceLock<String>>);

impl Asked {
    /// Returns the host and its port, or what a sentence says instead.
    pub(super) fn host(&self) -> &str {
        self.0.get().map_or("AWS", String::as_str)
    }
}

/// The body of one call's answer, for what the SDK's types do not have yet. Clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct Body(Arc<OnceLock<Value>>);

impl Body {
    /// Returns what the answer has under a key.
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.0.get()?.get(key)
    }
}

/// An answer without what it must carry.
#[derive(Debug, thiserror::Error)]
#[error("the answer lacks {0}")]
pub(super) struct MalformedAnswer(&'static str);

impl Watch {
    pub(super) fn new(operation: Operation, wire: Wire, quota: Arc<Quota>) -> Self {
        Self { operation, wire, attempts: Arc::default(), quota, body: None, asked: Asked::default() }
    }

    /// Returns whom the call asks, once it is sent.
    pub(super) fn asked(&self) -> Asked {
        self.asked.clone()
    }

    /// Returns the same, which also keeps the body of the answer.
    pub(super) fn keep_body(self, body: &Body) -> Self {
        Self { body: Some(body.clone()), ..self }
    }
}

impl Intercept for Watch {
    fn name(&self) -> &'static str {
        "Watch"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Ok(address) = Url::parse(context.request().uri())
            && let Some(host) = address.host_str()
        {
            let port = address.port_or_known_default().unwrap_or(443);
            self.asked.0.get_or_init(|| format!("{host}:{port}"));
        }
        let attempts_before = self.attempts.fetch_add(1, Ordering::Relaxed);
        if attempts_before > 0 {
            self.quota.note_sent();
        }
        self.wire.note_sent();
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(response) = context.response()
            && (is_answered(context) || response.request_id().is_some())
            && let Some(time) = read_date(response)
        {
            self.wire.note_date(time);
        }
        let was_sent = self.attempts.load(Ordering::Relaxed) > 0;
        if was_sent && !is_answered(context) {
            let trouble = match context.response().map(|response| response.status().as_u16()) {
                Some(429) => THROTTLED,
                Some(400) if body_mentions(context, "Throttl") => THROTTLED,
                Some(500..) => "failed on AWS's side",
                Some(_) => "refused",
                None => "no answer",
            };
            if trouble == THROTTLED {
                self.quota.slow_down();
            }
            self.wire.note_retry(trouble);
        }
        Ok(())
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if context.output_or_error().is_err() {
            return Ok(());
        }
        let answer = context.response().body().bytes().and_then(|bytes| serde_json::from_slice(bytes).ok());
        check_answer(self.operation, answer.as_ref())?;
        if let (Some(body), Some(answer)) = (&self.body, answer) {
            body.0.get_or_init(|| answer);
        }
        Ok(())
    }
}

/// Returns true for an attempt whose answer could be read. Any other may be of somebody who stands in between.
fn is_answered(context: &FinalizerInterceptorContextRef<'_>) -> bool {
    context.output_or_error().is_some_and(|result| result.is_ok())
}

fn body_mentions(context: &FinalizerInterceptorContextRef<'_>, word: &str) -> bool {
    let body = context.response().and_then(|response| response.body().bytes());
    body.is_some_and(|body| String::from_utf8_lossy(body).contains(word))
}

/// Checks that an answer carries what makes it one. STS and IAM answer in XML, whose parser misses nothing that matters
/// here.
fn check_answer(operation: Operation, answer: Option<&Value>) -> Result<(), MalformedAnswer> {
    let Some((key, is_there)) = find_required_part(operation) else {
        return Ok(());
    };
    let value = answer.and_then(|answer| answer.get(key));
    if value.is_some_and(is_there) { Ok(()) } else { Err(MalformedAnswer(key)) }
}
