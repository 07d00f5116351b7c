//! Sends one request, and page after page.

use std::{collections::HashSet, error::Error, future::Future, sync::Arc};

use aws_smithy_runtime_api::client::{orchestrator::HttpResponse, result::SdkError};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::request_id::RequestId;

use super::{
    classify::{Refusal, classify_error, describe_missing_credentials, find_key},
    clients::Aws,
    quota::Quota,
    watch::Watch,
};
use crate::{
    facts::{Failure, FailureKind, Outcome, Query},
    sources::{EventSender, OpenCall},
};

/// What came back: the answer, or why there is none.
pub(super) type Answered<T> = Result<T, Failure>;

/// Returns a text, where the answer carries one: AWS may write an absent one as "".
pub(super) fn keep_nonempty(text: Option<&str>) -> Option<String> {
    text.filter(|text| !text.is_empty()).map(ToOwned::to_owned)
}

/// More pages than the largest listing has: 200,000 users in pages of 100.
const PAGES: usize = 2_500;

/// One query, and where what happens to it is emitted.
#[derive(Clone, Copy)]
pub(super) struct Question<'a> {
    pub(super) events: &'a EventSender,
    pub(super) query: &'a Query,
    /// What a refusal is about.
    pub(super) resource: &'a str,
    /// How many requests a second are sent.
    pub(super) quota: &'a Arc<Quota>,
    /// Who asks.
    pub(super) aws: &'a Aws,
}

/// An answer that has arrived and is still to be read. The call counts as answered only if it could be read.
#[must_use]
pub(super) struct Response<O> {
    call: OpenCall,
    output: O,
}

impl<O: RequestId> Response<O> {
    /// Reads the answer, and ends the call.
    pub(super) fn read<T>(self, read: impl FnOnce(O) -> Answered<T>) -> Answered<T> {
        let request_id = self.output.request_id().map(ToOwned::to_owned);
        match read(self.output) {
            Ok(answer) => {
                self.call.end(Outcome::Ok, request_id);
                Ok(answer)
            }
            Err(failure) => {
                let failure = Failure { request_id, ..failure };
                self.call.fail(&failure);
                Err(failure)
            }
        }
    }
}

impl Question<'_> {
    fn build_failure(&self, kind: FailureKind, message: &str) -> Failure {
        Failure::of(self.query, kind, message).about(self.query.region(), self.resource)
    }

    /// Sends a request; `None` is AWS's "there is no such thing".
    pub(super) async fn send<O, E, F>(&self, request: impl FnOnce(Watch) -> F) -> Answered<Option<Response<O>>>
    where
        F: Future<Output = Result<O, SdkError<E, HttpResponse>>>,
        O: RequestId,
        E: ProvideErrorMetadata + Error + 'static,
        SdkError<E, HttpResponse>: RequestId,
    {
        self.quota.wait_for_turn().await;
        let call = self.events.open_call(self.query);
        // Before the call's own time begins: credentials may be handed out by somebody slow.
        if let Some(chain) = &self.aws.credentials
            && let Err(missing) = chain.load().await
        {
            let (kind, message) = describe_missing_credentials(&missing);
            let failure = self.build_failure(kind, &message);
            call.fail(&failure);
            return Err(failure);
        }
        self.aws.open_ahead(self.query).await;
        let watch = Watch::new(self.query.operation(), call.wire(), Arc::clone(self.quota));
        let asked = watch.asked();
        let error = match request(watch).await {
            Ok(output) => return Ok(Some(Response { call, output })),
            Err(error) => error,
        };
        let request_id = error.request_id().map(ToOwned::to_owned);
        match classify_error(self.query.operation(), &error, asked.host()) {
            Refusal::NotFound => {
                call.end(Outcome::NotFound, request_id);
                Ok(None)
            }
            Refusal::Failed(kind, message) => {
                let is_of_key = matches!(kind, FailureKind::KeyDenied | FailureKind::KeyUnusable(_));
                let key = if is_of_key { find_key(&message) } else { None };
                let resource = key.as_deref().unwrap_or(self.resource);
                let failure = Failure::of(self.query, kind, message).about(self.query.region(), resource);
                let failure = Failure { request_id, ..failure };
                call.fail(&failure);
                Err(failure)
            }
        }
    }

    /// Sends a request, where "there is no such thing" contradicts what was seen before.
    pub(super) async fn send_known<O, E, F>(&self, request: impl FnOnce(Watch) -> F) -> Answered<Response<O>>
    where
        F: Future<Output = Result<O, SdkError<E, HttpResponse>>>,
        O: RequestId,
        E: ProvideErrorMetadata + Error + 'static,
        SdkError<E, HttpResponse>: RequestId,
    {
        let response = self.send(request).await?;
        response.ok_or_else(|| {
            self.report_contradiction("AWS knew this a moment ago, and now says that there is no such thing")
        })
    }

    /// Asks for all pages. The SDK's own paginators take a repeated token for the end of the list, so that it looks
    /// complete; here a token that was seen before, or a list without end, is a failure.
    pub(super) async fn ask_all_pages<T, F>(&self, page: impl Fn(Option<String>) -> F) -> Answered<Vec<T>>
    where
        F: Future<Output = Answered<(Vec<T>, Option<String>)>>,
    {
        let all = self.ask_some_pages(PAGES, usize::MAX, page).await?;
        all.ok_or_else(|| self.report_malformed("the list does not end"))
    }

    /// Asks for page after page, until there are enough items or no more pages. Returns `None`, when so many pages did
    /// not suffice.
    pub(super) async fn ask_some_pages<T, F>(
        &self,
        most_pages: usize,
        enough: usize,
        page: impl Fn(Option<String>) -> F,
    ) -> Answered<Option<Vec<T>>>
    where
        F: Future<Output = Answered<(Vec<T>, Option<String>)>>,
    {
        let mut all = Vec::new();
        let mut token = None;
        let mut seen = HashSet::new();
        for _ in 0..most_pages {
            let (items, next) = page(token.take()).await?;
            all.extend(items);
            match next.filter(|next| !next.is_empty()) {
                None => return Ok(Some(all)),
                Some(_) if all.len() >= enough => return Ok(Some(all)),
                Some(next) if seen.insert(next.clone()) => token = Some(next),
                Some(_) => return Err(self.report_malformed("the list repeats its paging token, so it never ends")),
            }
        }
        Ok(None)
    }

    /// Returns the failure of an answer that is not one.
    pub(super) fn report_malformed(&self, message: &str) -> Failure {
        self.build_failure(FailureKind::Malformed, message)
    }

    /// Returns the failure of an answer that contradicts the question, or another answer.
    pub(super) fn report_contradiction(&self, message: &str) -> Failure {
        self.build_failure(FailureKind::Contradiction, message)
    }

    /// Returns a text that an answer must carry; the SDK's types have "" where it is absent.
    pub(super) fn require_text(&self, value: Option<&str>, name: &str) -> Answered<String> {
        match value {
            Some(value) if !value.is_empty() => Ok(value.to_owned()),
            _ => Err(self.report_malformed(&format!("the answer lacks {name}"))),
        }
    }

    /// Requires an id in an answer to be the one asked for, where it is there at all.
    pub(super) fn require_same(&self, answered: Option<&str>, asked: &str, name: &str) -> Answered<()> {
        match answered {
            Some(answered) if !answered.is_empty() && answered != asked => {
                Err(self.report_contradiction(&format!("the answer is about another {name} than the one asked for")))
            }
            _ => Ok(()),
        }
    }
}
