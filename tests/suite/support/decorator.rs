//! A source before another one: it delays answers, and takes some of them away.

use std::{sync::Mutex, time::Duration};

use futures::{FutureExt, future::BoxFuture};
use sso_doctor::{
    domain::Region,
    facts::{Answer, Failure, FailureKind, Operation, Query},
    sources::{EventSender, Source},
};

/// One query: what is asked, in which Region, about what.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    pub operation: Operation,
    pub region: Region,
    pub about: String,
}

/// Stands before another source.
pub struct Decorator<S, F> {
    inner: S,
    blocks: F,
    delay: Duration,
    message: String,
    asked: Mutex<Vec<Asked>>,
}

impl<S: Source> Decorator<S, fn(&Asked) -> Option<FailureKind>> {
    /// Every answer takes that long; none is taken away.
    pub fn delaying(inner: S, delay: Duration) -> Self {
        Self { inner, blocks: |_| None, delay, message: String::new(), asked: Mutex::default() }
    }
}

impl<S: Source, F: Fn(&Asked) -> Option<FailureKind> + Send + Sync> Decorator<S, F> {
    /// The answers for which `blocks` names a failure fail like that.
    pub fn blocking(inner: S, blocks: F) -> Self {
        Self { inner, blocks, delay: Duration::ZERO, message: "taken away".to_owned(), asked: Mutex::default() }
    }

    /// Failures say this.
    pub fn saying(self, message: &str) -> Self {
        Self { message: message.to_owned(), ..self }
    }

    /// Everything that was asked.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    async fn answer(&self, query: &Query, events: &EventSender) -> Result<Answer, Failure> {
        let about = query.subjects().first().copied().unwrap_or_default().to_owned();
        let asked = Asked { operation: query.operation(), region: query.region().clone(), about };
        let blocked = (self.blocks)(&asked);
        self.asked.lock().unwrap().push(asked);
        if !self.delay.is_zero() {
            tokio::time::sleep(self.delay).await;
        }
        let Some(kind) = blocked else {
            return self.inner.ask(query, events).await;
        };
        let call = events.open_call(query);
        call.wire().note_sent();
        let failure = Failure::of(query, kind, self.message.as_str());
        call.fail(&failure);
        Err(failure)
    }
}

impl<S: Source, F: Fn(&Asked) -> Option<FailureKind> + Send + Sync> Source for Decorator<S, F> {
    fn ask<'a>(&'a self, query: &'a Query, events: &'a EventSender) -> BoxFuture<'a, Result<Answer, Failure>> {
        self.answer(query, events).boxed()
    }
}
