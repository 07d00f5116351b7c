//! STS and IAM: whose credentials these are, and the service-linked roles of that account.

use serde_json::Value;

use super::{
    clients::Aws,
    send::{Answered, Question},
};
use crate::{
    domain::{AccountId, Caller, Role},
    facts::{GetCallerIdentity, GetRole},
};

pub(super) async fn get_caller_identity(
    aws: &Aws,
    question: Question<'_>,
    query: &GetCallerIdentity,
) -> Answered<Caller> {
    let GetCallerIdentity { region } = query;
    let clients = aws.clients_in(region);
    let response =
        question.send_known(|watch| clients.sts.get_caller_identity().customize().interceptor(watch).send()).await?;
    response.read(|answer| {
        Ok(Caller {
            account: AccountId::new(question.require_text(answer.account(), "Account")?),
            arn: question.require_text(answer.arn(), "Arn")?,
        })
    })
}

pub(super) async fn get_role(aws: &Aws, question: Question<'_>, query: &GetRole) -> Answered<Option<Role>> {
    let GetRole { region, name } = query;
    let clients = aws.clients_in(region);
    let Some(response) =
        question.send(|watch| clients.iam.get_role().role_name(name).customize().interceptor(watch).send()).await?
    else {
        return Ok(None);
    };
    response
        .read(|answer| {
            let role = answer.role().ok_or_else(|| question.report_malformed("the answer lacks Role"))?;
            question.require_same(Some(role.role_name()), name, "role")?;
            let policy = question.require_text(role.assume_role_policy_document(), "AssumeRolePolicyDocument")?;
            let trusted_services = read_trusted_services(&policy)
                .ok_or_else(|| question.report_malformed("the trust policy cannot be read"))?;
            Ok(Role { path: question.require_text(Some(role.path()), "Path")?, trusted_services })
        })
        .map(Some)
}

/// Returns the services that a trust policy lets assume the role, or `None` if it cannot be read. IAM sends the policy
/// URL-encoded.
fn read_trusted_services(policy: &str) -> Option<Vec<String>> {
    let decoded = percent_encoding::percent_decode_str(policy).decode_utf8().ok()?;
    let policy: Value = serde_json::from_str(&decoded).ok()?;
    let statements = list_one_or_many(policy.get("Statement")?);
    // IAM takes no policy without a statement.
    statements.first()?;
    let mut services = Vec::new();
    for statement in statements {
        if statement.get("Effect")?.as_str()? != "Allow" {
            continue;
        }
        match statement.get("Principal") {
            Some(Value::Object(principal)) => {
                for service in principal.get("Service").into_iter().flat_map(list_one_or_many) {
                    services.push(service.as_str()?.to_owned());
                }
            }
            // Everybody, or everybody but some.
            Some(Value::String(_)) | None => {}
            Some(_) => return None,
        }
    }
    Some(services)
}

/// IAM policies may write a list of one as the one.
fn list_one_or_many(value: &Value) -> Vec<&Value> {
    value.as_array().map_or_else(|| vec![value], |values| values.iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trust_policy_is_read_in_both_of_its_spellings() {
        let encoded = "%7B%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%7B%22Service%22%3A%22q.amazonaws.com%22%7D%7D%7D";
        assert_eq!(read_trusted_services(encoded), Some(vec!["q.amazonaws.com".to_owned()]));
        let plain = r#"{"Statement":[{"Effect":"Allow","Principal":{"Service":["a","b"]}},{"Effect":"Deny","Principal":{"Service":"c"}}]}"#;
        assert_eq!(read_trusted_services(plain), Some(vec!["a".to_owned(), "b".to_owned()]));
        for unreadable in [
            "<html>",
            r#"{"Statement":[]}"#,
            r#"{"Statement":null}"#,
            r#"{"Statement":[{}]}"#,
            r#"{"Statement":["x"]}"#,
        ] {
            assert_eq!(read_trusted_services(unreadable), None, "{unreadable}");
        }
        let null = r#"{"Statement":[{"Effect":"Allow","Principal":{"Service":null}}]}"#;
        assert_eq!(read_trusted_services(null), None);
    }
}
