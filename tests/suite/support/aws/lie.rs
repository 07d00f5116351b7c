//! An answer about something else than what was asked.

use serde_json::{Value, json};

/// The keys of ids that an answer carries, and what stands there instead: well-formed, and nobody's.
const OTHERS: [(&str, &str); 7] = [
    ("UserId", "9067000000-00000000-0000-4000-a000-00000000beef"),
    ("GroupId", "9067000000-00000000-0000-4000-a000-00000000cafe"),
    ("PrincipalId", "9067000000-00000000-0000-4000-a000-00000000f00d"),
    ("IdentityStoreId", "d-9067000000"),
    ("ApplicationArn", "arn:aws:sso::999999999999:application/ssoins-9999999999999999/apl-9999999999999999"),
    ("InstanceArn", "arn:aws:sso:::instance/ssoins-9999999999999999"),
    ("UserName", "somebody.else@corp.example"),
];

/// The answer with every id replaced, on every level.
pub fn about_the_asked(body: Value) -> Value {
    match body {
        Value::Object(fields) => fields
            .into_iter()
            .map(|(key, value)| match OTHERS.iter().find(|(known, _)| *known == key && value.is_string()) {
                Some((_, other)) => (key, json!(other)),
                None => (key, about_the_asked(value)),
            })
            .collect(),
        Value::Array(items) => items.into_iter().map(about_the_asked).collect(),
        other => other,
    }
}
