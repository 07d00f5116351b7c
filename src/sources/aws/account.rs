//! STS and IAM: whose credentials these are, what their policies allow, and the roles of that account.

use aws_sdk_iam::types::{EvaluationResult, PolicyEvaluationDecisionType as Decision, ResourceSpecificResult};
use serde_json::Value;

use super::{
    clients::Aws,
    send::{Answered, Question},
};
use crate::{
    domain::{AccountId, Caller, Role, SimulatedAction},
    facts::{GetCallerIdentity, GetRole, SimulatePrincipalPolicy},
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

pub(super) async fn simulate_principal_policy(
    aws: &Aws,
    question: Question<'_>,
    query: &SimulatePrincipalPolicy,
) -> Answered<Option<Vec<SimulatedAction>>> {
    let SimulatePrincipalPolicy { region, actions, resource, principal } = query;
    let clients = aws.clients_in(region);
    let page = async |marker: Option<String>| {
        let request = clients
            .iam
            .simulate_principal_policy()
            .policy_source_arn(principal)
            .set_action_names(Some(actions.clone()))
            .resource_arns(resource)
            .set_marker(marker);
        let Some(response) = question.send(|watch| request.customize().interceptor(watch).send()).await? else {
            return Ok((vec![None], None));
        };
        response.read(|answer| {
            let next = answer.is_truncated().then(|| question.require_text(answer.marker(), "Marker")).transpose()?;
            Ok((answer.evaluation_results().iter().map(read_decision).map(Some).collect(), next))
        })
    };
    let results = question.ask_all_pages(page).await?;
    let Some(results) = results.into_iter().collect::<Option<Vec<SimulatedAction>>>() else { return Ok(None) };
    // The SDK reads a missing list as an empty one.
    let answered = |action: &String| results.iter().filter(|result| result.action.eq_ignore_ascii_case(action)).count();
    if results.len() != actions.len() || actions.iter().any(|action| answered(action) != 1) {
        return Err(question.report_malformed("the answer is not about the actions that were asked about"));
    }
    Ok(Some(results))
}

/// Reads what the policies make of an action. A statement whose conditions hang on the request is not judged.
fn read_decision(result: &EvaluationResult) -> SimulatedAction {
    let of_resource = result.resource_specific_results();
    let decisions: Vec<&Decision> = std::iter::once(result.eval_decision())
        .chain(of_resource.iter().map(ResourceSpecificResult::eval_resource_decision))
        .collect();
    let is_open = !result.missing_context_values().is_empty()
        || of_resource.iter().any(|specific| !specific.missing_context_values().is_empty());
    let allowed = if decisions.contains(&&Decision::ExplicitDeny) {
        Some(false)
    } else if is_open {
        None
    } else if decisions.iter().all(|decision| **decision == Decision::Allowed) {
        Some(true)
    } else {
        let is_known = |decision: &&Decision| matches!(decision, Decision::Allowed | Decision::ImplicitDeny);
        decisions.iter().all(is_known).then_some(false)
    };
    SimulatedAction { action: result.eval_action_name().to_owned(), allowed }
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
    use rstest::rstest;

    use super::*;

    /// A policy may hang on what only a real request has: then nothing is known, unless a statement denies all the same.
    #[rstest]
    #[case::allowed(Decision::Allowed, &[], Some(true))]
    #[case::in_no_statement(Decision::ImplicitDeny, &[], Some(false))]
    #[case::denied(Decision::ExplicitDeny, &[], Some(false))]
    #[case::allowed_on_a_condition(Decision::ImplicitDeny, &["aws:RequestedRegion"], None)]
    #[case::perhaps_denied_on_a_condition(Decision::Allowed, &["aws:MultiFactorAuthPresent"], None)]
    #[case::denied_in_any_case(Decision::ExplicitDeny, &["aws:RequestedRegion"], Some(false))]
    #[case::a_word_of_the_future(Decision::from("perhaps"), &[], None)]
    fn a_decision_is_taken_for_what_it_says(
        #[case] decision: Decision,
        #[case] missing: &[&str],
        #[case] allowed: Option<bool>,
        #[values(true, false)] of_resource: bool,
    ) {
        let missing: Option<Vec<String>> = Some(missing.iter().map(|key| (*key).to_owned()).collect());
        let result = EvaluationResult::builder().eval_action_name("sso:UpdateApplication");
        let result = if of_resource {
            let specific = ResourceSpecificResult::builder()
                .eval_resource_name("arn:aws:sso::111122223333:application/ssoins-1/apl-2")
                .eval_resource_decision(decision.clone())
                .set_missing_context_values(missing);
            result.eval_decision(decision).resource_specific_results(specific.build().unwrap())
        } else {
            result.eval_decision(decision).set_missing_context_values(missing)
        };
        assert_eq!(read_decision(&result.build().unwrap()).allowed, allowed);
    }

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
