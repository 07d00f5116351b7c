//! Pages of a listing.

use serde_json::{Map, Value, json};

use super::request::WireRequest;

/// Which page is asked for, and how large pages are.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    start: usize,
    size: usize,
}

impl Page {
    /// The page that a request asks for: a token is the place at which it starts.
    pub fn asked(request: &WireRequest, limit: usize) -> Self {
        let start = request.text("/NextToken").rsplit(':').next().and_then(|place| place.parse().ok());
        let size = request.body.get("MaxResults").and_then(Value::as_u64).and_then(|asked| asked.try_into().ok());
        Self { start: start.unwrap_or_default(), size: size.unwrap_or(limit).clamp(1, limit) }
    }

    /// The items of this page, and the token of the next one.
    pub fn cut<T>(&self, items: Vec<T>) -> (Vec<T>, Option<String>) {
        let end = self.start.saturating_add(self.size);
        let next = (end < items.len()).then(|| format!("page:{end}"));
        (items.into_iter().skip(self.start).take(self.size).collect(), next)
    }

    /// The answer with this page of a list.
    pub fn of(&self, key: &str, items: Vec<Value>) -> Value {
        let (items, next) = self.cut(items);
        Self::listed(key, items, next)
    }

    /// A list under its key, and the token of the next page.
    pub fn listed(key: &str, items: Vec<Value>, next: Option<String>) -> Value {
        let mut answer = Map::from_iter([(key.to_owned(), Value::Array(items))]);
        if let Some(next) = next {
            answer.insert("NextToken".to_owned(), json!(next));
        }
        Value::Object(answer)
    }
}
