//! A request as it stood on the wire, read the way AWS reads it.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};
use sso_doctor::{domain::Region, facts::Operation};

/// One request.
#[derive(Debug, Clone)]
pub struct WireRequest {
    /// The name of the operation, from `X-Amz-Target` or the form's `Action`.
    pub name: String,
    /// The Region of the signature; empty if the request is not signed.
    pub region: Region,
    /// The parameters: the JSON body, or the form.
    pub body: Value,
}

impl WireRequest {
    pub fn read(header: impl Fn(&str) -> Option<String>, body: &[u8]) -> Self {
        let region = region_of(&header("authorization").unwrap_or_default());
        if let Some(target) = header("x-amz-target") {
            let name = target.rsplit('.').next().unwrap_or_default().to_owned();
            return Self { name, region, body: serde_json::from_slice(body).unwrap_or(Value::Null) };
        }
        let form = form_of(&String::from_utf8_lossy(body));
        let name = form.get("Action").and_then(Value::as_str).unwrap_or_default().to_owned();
        Self { name, region, body: Value::Object(form) }
    }

    /// The operation, if it is one that the program may call.
    pub fn operation(&self) -> Option<Operation> {
        Operation::ALL.into_iter().find(|operation| operation.action().rsplit(':').next() == Some(&self.name))
    }

    /// A text parameter, by its path: `/MemberId/UserId`.
    pub fn text(&self, pointer: &str) -> &str {
        self.body.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
    }

    /// The things that the request names, for faults that concern one of them.
    pub fn about(&self) -> Vec<&str> {
        const POINTERS: [&str; 14] = [
            "/InstanceArn",
            "/ApplicationArn",
            "/Filter/ApplicationAccount",
            "/IdentityStoreId",
            "/UserId",
            "/MemberId/UserId",
            "/GroupId",
            "/AlternateIdentifier/UniqueAttribute/AttributeValue",
            "/RoleName",
            "/PolicySourceArn",
            "/ResourceArns.member.1",
            "/RegionScope",
            "/Name",
            "/LookupAttributes/0/AttributeValue",
        ];
        POINTERS.iter().map(|pointer| self.text(pointer)).filter(|text| !text.is_empty()).collect()
    }
}

/// `AWS4-HMAC-SHA256 Credential=KEY/20261121/eu-west-1/sso/aws4_request, …` is about `eu-west-1`.
fn region_of(authorization: &str) -> Region {
    Region::new(authorization.split('/').nth(2).unwrap_or_default())
}

fn form_of(body: &str) -> Map<String, Value> {
    let decoded = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    body.split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(key, value)| (decoded(key), Value::String(decoded(value))))
        .collect()
}
