//! Small organizations by chance, in which everything that checks look at occurs.

use proptest::{collection::vec, option, prelude::*, sample::select};
use sso_doctor::sample::{
    ABSENT, ApplicationEntry, CallerEntry, DEFAULT_ACCOUNT, DatedMember, GroupEntry, InstanceEntry, MemberEntry,
    OrganizationFile, ReplicaEntry, RoleEntry, StatusEntry, UserEntry,
};

use super::scenario::Told;

const REGIONS: [&str; 3] = ["us-east-1", "eu-west-1", "eu-central-1"];
const OTHER_ACCOUNT: &str = "444455556666";
const NOBODY: &str = "9067000000-00000000-0000-4000-a000-00000000dead";
const USERS: [&str; 5] = ["ana@corp.example", "Ana@Corp.example", "ana", "zoe@corp.example", "ben@corp.example"];
const GROUPS: [&str; 4] = ["Kiro-Developers", "kiro-platform", "Sales", "Finance"];
const APPLICATIONS: [&str; 5] = [
    "KiroProfile-us-east-1",
    "Kiro Sign-In - KiroProfile-us-east-1",
    "KiroProfile-eu-central-1",
    "Kiro Sign-In - KiroProfile-eu-central-1",
    "Wiki",
];

/// An organization with one or two instances, and what the agent was told.
pub fn world() -> impl Strategy<Value = (OrganizationFile, Told)> {
    (vec(directory(), 1..=2), caller(), roles(), told()).prop_map(|(directories, caller, roles, told)| {
        let mut file = OrganizationFile { caller, roles, faults: Vec::new(), instances: Vec::new(), ..empty() };
        for (number, directory) in directories.into_iter().enumerate() {
            directory.add_to(&mut file, &format!("instance-{number}"));
        }
        (file, told)
    })
}

fn empty() -> OrganizationFile {
    OrganizationFile { users: Vec::new(), groups: Vec::new(), applications: Vec::new(), ..OrganizationFile::default() }
}

/// One instance and everything behind it.
#[derive(Debug, Clone)]
struct Directory {
    instance: InstanceEntry,
    users: Vec<(UserEntry, bool)>,
    groups: Vec<(GroupEntry, [Option<i32>; 5], bool)>,
    applications: Vec<(ApplicationEntry, [bool; 5], [bool; 4], bool, bool)>,
}

impl Directory {
    fn add_to(self, file: &mut OrganizationFile, name: &str) {
        let own = Some(name.to_owned());
        file.instances.push(InstanceEntry { name: name.to_owned(), ..self.instance });
        let users: Vec<UserEntry> =
            self.users.into_iter().filter(|(_, is_here)| *is_here).map(|(user, _)| user).collect();
        let groups: Vec<_> = self.groups.into_iter().filter(|(.., is_here)| *is_here).collect();
        let has_user = |name: &str| users.iter().any(|user| user.name == name);
        for (application, assigned_users, assigned_groups, gone, is_here) in self.applications {
            if !is_here {
                continue;
            }
            let chosen = |names: &[&str], flags: &[bool]| -> Vec<String> {
                names.iter().zip(flags).filter(|(_, flag)| **flag).map(|(name, _)| (*name).to_owned()).collect()
            };
            let mut to_groups = chosen(&GROUPS, &assigned_groups);
            to_groups.retain(|name| groups.iter().any(|(group, ..)| group.name == *name));
            to_groups.extend(gone.then(|| NOBODY.to_owned()));
            let mut to_users = chosen(&USERS, &assigned_users);
            to_users.retain(|name| has_user(name));
            file.applications.push(ApplicationEntry {
                instance: own.clone(),
                assigned_users: to_users,
                assigned_groups: to_groups,
                ..application
            });
        }
        for (group, joined, _) in groups {
            let members = USERS.iter().zip(joined).filter(|(name, joined)| joined.is_some() && has_user(name));
            let members = members.map(|(name, hours_ago)| {
                MemberEntry::Dated(DatedMember { user: (*name).to_owned(), since: None, hours_ago })
            });
            file.groups.push(GroupEntry { instance: own.clone(), members: members.collect(), ..group });
        }
        file.users.extend(users.into_iter().map(|user| UserEntry { instance: own.clone(), ..user }));
    }
}

fn directory() -> impl Strategy<Value = Directory> {
    let users: Vec<_> = USERS.iter().map(|name| user(name)).collect();
    let groups: Vec<_> = GROUPS.iter().map(|name| group(name)).collect();
    let applications: Vec<_> = APPLICATIONS.iter().map(|name| application(name)).collect();
    (instance(), users, groups, applications).prop_map(|(instance, users, groups, applications)| Directory {
        instance,
        users,
        groups,
        applications,
    })
}

fn mostly<T: Clone + std::fmt::Debug + 'static>(usual: T, rare: Vec<T>) -> impl Strategy<Value = T> {
    prop_oneof![6 => Just(usual), 1 => select(rare)]
}

fn region() -> impl Strategy<Value = String> {
    select(REGIONS.to_vec()).prop_map(ToOwned::to_owned)
}

fn instance() -> impl Strategy<Value = InstanceEntry> {
    let status = mostly("ACTIVE", vec!["CREATE_IN_PROGRESS", "DELETE_IN_PROGRESS"]);
    let encryption = mostly("ENABLED", vec!["UPDATE_FAILED", "UPDATING"]);
    let owner = mostly(DEFAULT_ACCOUNT, vec![OTHER_ACCOUNT]);
    (status, encryption, owner, region(), option::of(Just("ap-south-1")), any::<bool>()).prop_map(
        |(status, encryption, owner, region, replica, external)| InstanceEntry {
            status: status.to_owned(),
            encryption_status: encryption.to_owned(),
            owner: owner.to_owned(),
            region,
            replicas: replica.map(|region| ReplicaEntry::Active(region.to_owned())).into_iter().collect(),
            external,
            ..InstanceEntry::default()
        },
    )
}

fn user(name: &'static str) -> impl Strategy<Value = (UserEntry, bool)> {
    let status = mostly(StatusEntry::Enabled, vec![StatusEntry::Disabled, StatusEntry::Absent]);
    let emails = mostly(None, vec![Some(vec!["ana@corp.example".to_owned()]), Some(Vec::new())]);
    (status, emails, option::of(any::<bool>()), any::<bool>()).prop_map(move |(status, emails, external, is_here)| {
        (UserEntry { status, emails, external, ..UserEntry::named(name.to_owned()) }, is_here)
    })
}

fn group(name: &'static str) -> impl Strategy<Value = (GroupEntry, [Option<i32>; 5], bool)> {
    let joined = || option::of(mostly(1000, vec![2, 24]));
    ([joined(), joined(), joined(), joined(), joined()], any::<bool>())
        .prop_map(move |(joined, is_here)| (GroupEntry::named(name.to_owned()), joined, is_here))
}

fn application(name: &'static str) -> impl Strategy<Value = (ApplicationEntry, [bool; 5], [bool; 4], bool, bool)> {
    let status = mostly(StatusEntry::Enabled, vec![StatusEntry::Disabled, StatusEntry::Absent]);
    let account = mostly(None, vec![Some(OTHER_ACCOUNT.to_owned())]);
    let usual = if name.contains("eu-central-1") { "eu-central-1" } else { "us-east-1" };
    let created_from = mostly(usual, vec!["eu-west-1", ABSENT]);
    let entry = (status, account, created_from, mostly(true, vec![false])).prop_map(
        move |(status, account, created_from, assignment_required)| ApplicationEntry {
            name: name.to_owned(),
            provider: if name == "Wiki" { "custom" } else { "codewhisperer" }.to_owned(),
            status,
            account,
            created_from: created_from.to_owned(),
            assignment_required,
            ..ApplicationEntry::default()
        },
    );
    let users = [0; 5].map(|_| mostly(false, vec![true]));
    (entry, users, any::<[bool; 4]>(), mostly(false, vec![true]), any::<bool>())
}

fn caller() -> impl Strategy<Value = CallerEntry> {
    let account = mostly(DEFAULT_ACCOUNT, vec![OTHER_ACCOUNT]);
    (account, any::<bool>()).prop_map(|(account, delegated_admin)| CallerEntry {
        account: account.to_owned(),
        delegated_admin,
        ..CallerEntry::default()
    })
}

fn roles() -> impl Strategy<Value = Vec<RoleEntry>> {
    vec(mostly(true, vec![false]), 2).prop_map(|here| {
        let all = OrganizationFile::default().roles;
        all.into_iter().zip(here).filter(|(_, here)| *here).map(|(role, _)| role).collect()
    })
}

fn told() -> impl Strategy<Value = Told> {
    let url = mostly(
        None,
        vec![
            Some("https://corp.awsapps.com/start"),
            Some("https://view.awsapps.com/start"),
            Some("https://ssoins-1111222233334444.eu-west-1.portal.amazonaws.com"),
            Some("somewhere"),
        ],
    );
    (select(USERS.to_vec()), url, option::weighted(0.3, region()), region()).prop_map(
        |(user, start_url, typed_region, region)| Told {
            user: user.to_owned(),
            start_url: start_url.map(ToOwned::to_owned),
            typed_region,
            region,
            ..Told::default()
        },
    )
}
