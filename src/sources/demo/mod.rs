//! A sample organization that answers like AWS, without credentials and without a network.
//!
//! `--demo` diagnoses the people of `assets/demo`; tests write organizations of their own in the same form.

mod answers;
mod events;
mod fault;
mod file;
mod handed_over;
mod ids;
mod organization;
mod source;
mod users;

pub use self::{
    answers::Reply,
    events::EventEntry,
    fault::{Fault, SampleFailure},
    file::{
        ABSENT, ApplicationEntry, CallerEntry, DEFAULT_ACCOUNT, DEFAULT_GROUP, DEFAULT_REGION, DEFAULT_USER,
        DatedMember, GroupEntry, InstanceEntry, MemberEntry, NetworkEntry, OrganizationFile, ReplicaEntry,
        ReplicaStatus, RoleEntry, StatusEntry, UserEntry,
    },
    handed_over::SampleFiles,
    organization::{Organization, OrganizationError},
    source::Sample,
    users::{SampleUser, complete_case, list_seen, sample_users},
};

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use tokio::sync::mpsc::unbounded_channel;

    use super::*;
    use crate::{
        case::TypedUser,
        domain::{IdentityStoreId, LookupKey, Region},
        facts::{Answer, FailureKind, ListInstances},
        sources::{EventSender, Source},
    };

    fn now() -> Timestamp {
        "2026-11-21T19:00:00Z".parse().unwrap()
    }

    #[test]
    fn every_sample_user_but_one_has_a_directory_entry() {
        let organization = Organization::parse(include_str!("../../../assets/demo/organization.toml"), now()).unwrap();
        let found = |key: &LookupKey| {
            organization.instances.iter().any(|known| {
                let store: &IdentityStoreId = &known.instance.identity_store;
                organization.find_user_id(&known.instance.region, store, key).unwrap().is_some()
            })
        };
        let users = sample_users().unwrap();
        let missing: Vec<&str> = users
            .iter()
            .filter(|user| !TypedUser::parse(&user.name).unwrap().is_person_name())
            .filter(|user| !TypedUser::parse(&user.name).unwrap().lookups().iter().any(found))
            .map(|user| user.name.as_str())
            .collect();
        assert_eq!(missing, ["dimitri.petrov@corp.example"]);
    }

    #[tokio::test]
    async fn a_fault_hits_what_it_names_and_nothing_else() {
        let text = r#"
            [[faults]]
            operations = ["ListInstances"]
            obstacle = "denied"
            resource = "ALL_REGIONS"
        "#;
        let sample = Sample::new(Organization::parse(text, now()).unwrap(), None);
        let (sender, _receiver) = unbounded_channel();
        let events = EventSender::new(sender);
        let search = |all_regions| ListInstances { region: Region::new(DEFAULT_REGION), all_regions }.into();
        let refused = sample.ask(&search(true), &events).await.unwrap_err();
        assert_eq!(refused.kind, FailureKind::Denied);
        let Answer::ListInstances(instances) = sample.ask(&search(false), &events).await.unwrap() else { panic!() };
        assert_eq!(instances.len(), 1);
    }

    #[test]
    fn a_name_that_nothing_has_is_an_error() {
        let text = r#"groups = [{ name = "Kiro", members = ["nobody"] }]"#;
        let error = Organization::parse(text, now()).unwrap_err();
        assert_eq!(error.to_string(), "the sample organization has no user `nobody`");
    }
}
