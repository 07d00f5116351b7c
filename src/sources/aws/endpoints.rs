//! Where the services of later stages are, so that connections to them are open when they are needed. The addresses are
//! those that the SDK will find: by Region, by FIPS and dual stack, by `AWS_ENDPOINT_URL`.

use aws_config::SdkConfig;
use aws_sdk_identitystore::config::endpoint as identity_store;
use aws_sdk_ssoadmin::config::endpoint as sso_admin;
use aws_smithy_runtime_api::client::endpoint::EndpointFuture;
use aws_types::service_config::ServiceConfigKey;
use hyper::Uri;

use crate::{domain::Region, facts::Query};

/// A service that later stages ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Service {
    /// IAM Identity Center.
    SsoAdmin,
    /// Its directory.
    IdentityStore,
}

/// Connections that will be needed: to which service, in which Region, how many.
pub(super) type Foreseen<'a> = (Service, &'a Region, usize);

/// Returns the connections that follow from a query: it takes two round trips to open one, so they are for the stage
/// after the next. The numbers are those of a usual diagnosis; who needs more opens more.
pub(super) fn foresee(query: &Query) -> Vec<Foreseen<'_>> {
    match query {
        // The first stage. Mostly the instance is in the Region that is asked first.
        Query::GetCallerIdentity(query) => {
            vec![(Service::IdentityStore, &query.region, 4), (Service::SsoAdmin, &query.region, 3)]
        }
        // The second stage: assignments follow, then the names of groups and colleagues, all at once.
        Query::DescribeInstance(query) => {
            vec![(Service::SsoAdmin, &query.region, 3), (Service::IdentityStore, &query.region, 12)]
        }
        _ => Vec::new(),
    }
}

/// Finds the address of a service in a Region, when it has one.
pub(super) async fn find_endpoint(config: &SdkConfig, service: Service, region: &Region) -> Option<Uri> {
    let service_id = match service {
        Service::SsoAdmin => "SSO Admin",
        Service::IdentityStore => "identitystore",
    };
    let key =
        ServiceConfigKey::builder().service_id(service_id).env("AWS_ENDPOINT_URL").profile("endpoint_url").build();
    let own = config.service_config().zip(key.ok()).and_then(|(settings, key)| settings.load_config(key));
    let named = own.or_else(|| config.endpoint_url().map(ToOwned::to_owned));
    let (fips, dual_stack) = (config.use_fips(), config.use_dual_stack());
    match service {
        Service::SsoAdmin => {
            use sso_admin::ResolveEndpoint;
            let params = sso_admin::Params::builder().region(region.as_str());
            let params = params.set_use_fips(fips).set_use_dual_stack(dual_stack).set_endpoint(named).build().ok()?;
            read_address(sso_admin::DefaultResolver::new().resolve_endpoint(&params)).await
        }
        Service::IdentityStore => {
            use identity_store::ResolveEndpoint;
            let params = identity_store::Params::builder().region(region.as_str());
            let params = params.set_use_fips(fips).set_use_dual_stack(dual_stack).set_endpoint(named).build().ok()?;
            read_address(identity_store::DefaultResolver::new().resolve_endpoint(&params)).await
        }
    }
}

async fn read_address(found: EndpointFuture<'_>) -> Option<Uri> {
    found.await.ok()?.url().parse().ok()
}

#[cfg(test)]
mod tests {
    use aws_config::SdkConfig;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::usual(SdkConfig::builder(), "https://identitystore.eu-west-1.amazonaws.com/")]
    #[case::fips(SdkConfig::builder().use_fips(true), "https://identitystore-fips.eu-west-1.amazonaws.com/")]
    #[case::dual_stack(SdkConfig::builder().use_dual_stack(true), "https://identitystore.eu-west-1.api.aws/")]
    #[case::elsewhere(SdkConfig::builder().endpoint_url("http://localhost:4566"), "http://localhost:4566/")]
    #[tokio::test]
    async fn connections_lead_where_the_sdk_will_ask(
        #[case] config: aws_types::sdk_config::Builder,
        #[case] address: &str,
    ) {
        let found = find_endpoint(&config.build(), Service::IdentityStore, &Region::new("eu-west-1")).await;
        assert_eq!(found.unwrap().to_string(), address);
    }
}
