//! What the fake server sends back.

use std::time::Duration;

use serde_json::Value;

/// One HTTP response.
#[derive(Debug, Clone)]
pub struct WireResponse {
    pub status: u16,
    pub content_type: &'static str,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    /// How long it takes.
    pub delay: Duration,
}

/// What happens to a request.
#[derive(Debug, Clone)]
pub enum Reaction {
    /// It is answered.
    Answer(WireResponse),
    /// The connection is reset.
    Reset,
    /// Half of the answer is sent, then the connection is closed.
    DropHalfWay(WireResponse),
    /// It is never answered.
    Hang,
}

impl WireResponse {
    pub fn json(status: u16, body: &Value) -> Self {
        Self::new(status, "application/x-amz-json-1.1", body.to_string())
    }

    pub fn xml(status: u16, body: String) -> Self {
        Self::new(status, "text/xml", body)
    }

    pub fn html(status: u16) -> Self {
        let page = "<html><head><title>Proxy</title></head><body>Sign in to the guest network</body></html>";
        Self::new(status, "text/html", page.to_owned())
    }

    /// Nothing but a status.
    pub fn empty(status: u16) -> Self {
        Self::new(status, "text/plain", String::new())
    }

    pub fn new(status: u16, content_type: &'static str, body: String) -> Self {
        Self { status, content_type, headers: Vec::new(), body: body.into_bytes(), delay: Duration::ZERO }
    }
}

/// An error as AWS words it: a code, a message, and perhaps a reason.
#[derive(Debug, Clone)]
pub struct WireError {
    pub status: u16,
    pub code: &'static str,
    pub message: &'static str,
    pub reason: Option<String>,
    /// What it is that was not found.
    pub resource_type: Option<&'static str>,
}

impl WireError {
    pub fn new(status: u16, code: &'static str, message: &'static str) -> Self {
        Self { status, code, message, reason: None, resource_type: None }
    }

    pub fn because(self, reason: impl Into<String>) -> Self {
        Self { reason: Some(reason.into()), ..self }
    }

    pub fn of_type(self, resource_type: &'static str) -> Self {
        Self { resource_type: Some(resource_type), ..self }
    }

    /// In the form of the JSON services.
    pub fn to_json(&self) -> WireResponse {
        let mut body = serde_json::json!({ "__type": self.code, "Message": self.message, "message": self.message });
        if let Some(reason) = &self.reason {
            body["Reason"] = Value::String(reason.clone());
        }
        if let Some(resource_type) = self.resource_type {
            body["ResourceType"] = Value::String(resource_type.to_owned());
        }
        let mut response = WireResponse::json(self.status, &body);
        response.headers.push(("x-amzn-errortype", self.code.to_owned()));
        response
    }

    /// In the form of IAM and STS.
    pub fn to_xml(&self, request_id: &str) -> WireResponse {
        let (code, message) = (self.code, self.message);
        WireResponse::xml(
            self.status,
            format!(
                "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>\
                 <RequestId>{request_id}</RequestId></ErrorResponse>"
            ),
        )
    }
}
