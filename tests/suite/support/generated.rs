//! Small organizations by chance, in which everything that checks look at occurs.

use proptest::{collection::vec, option, prelude::*, sample::select};
use sso_doctor::sources::demo::{
    ABSENT, ApplicationEntry, CallerEntry, DEFAULT_ACCOUNT, DatedMember, GroupEntry, InstanceEntry, MemberEntry,
    NetworkEntry, OrganizationFile, ReplicaEntry, RoleEntry, StatusEntry, UserEntry,
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
    users: Vec<Option<UserEntry>>,
    groups: Vec<Option<GroupDraft>>,
    applications: Vec<Option<ApplicationDraft>>,
}

/// A group, and since how many hours each of the users would be in it.
#[derive(Debug, Clone)]
struct GroupDraft {
    name: &'static str,
    joined: [Option<i32>; USERS.len()],
}

/// An application, and to whom it would be assigned: users, groups, somebody who is gone.
#[derive(Debug, Clone)]
struct ApplicationDraft {
    entry: ApplicationEntry,
    to_users: [bool; USERS.len()],
    to_groups: [bool; GROUPS.len()],
    to_nobody: bool,
}

impl Directory {
    /// Those who are not there are in no group, and assigned to nothing.
    fn add_to(self, file: &mut OrganizationFile, name: &str) {
        let own = Some(name.to_owned());
        file.instances.push(InstanceEntry { name: name.to_owned(), ..self.instance });
        let users: Vec<UserEntry> = self.users.into_iter().flatten().collect();
        let groups: Vec<GroupDraft> = self.groups.into_iter().flatten().collect();
        let has_user = |name: &str| users.iter().any(|user| user.name == name);
        let has_group = |name: &str| groups.iter().any(|group| group.name == name);
        for ApplicationDraft { entry, to_users, to_groups, to_nobody } in self.applications.into_iter().flatten() {
            let mut assigned_groups = chosen(&GROUPS, &to_groups, has_group);
            assigned_groups.extend(to_nobody.then(|| NOBODY.to_owned()));
            let assigned_users = chosen(&USERS, &to_users, has_user);
            file.applications.push(ApplicationEntry {
                instance: own.clone(),
                assigned_users,
                assigned_groups,
                ..entry
            });
        }
        for GroupDraft { name, joined } in groups {
            let joined = USERS.iter().zip(joined).filter(|(name, hours_ago)| hours_ago.is_some() && has_user(name));
            let members = joined
                .map(|(name, hours_ago)| DatedMember { user: (*name).to_owned(), since: None, hours_ago })
                .map(MemberEntry::Dated);
            let entry = GroupEntry::named(name.to_owned());
            file.groups.push(GroupEntry { instance: own.clone(), members: members.collect(), ..entry });
        }
        file.users.extend(users.into_iter().map(|user| UserEntry { instance: own.clone(), ..user }));
    }
}

fn chosen(names: &[&str], flags: &[bool], is_there: impl Fn(&str) -> bool) -> Vec<String> {
    let flagged = names.iter().zip(flags).filter(|(name, flag)| **flag && is_there(name));
    flagged.map(|(name, _)| (*name).to_owned()).collect()
}

fn directory() -> impl Strategy<Value = Directory> {
    let users: Vec<_> = USERS.iter().map(|name| option::of(user(name))).collect();
    let groups: Vec<_> = GROUPS.iter().map(|name| option::of(group(name))).collect();
    let applications: Vec<_> = APPLICATIONS.iter().map(|name| option::of(application(name))).collect();
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
    let network = option::weighted(
        0.15,
        select(vec!["arn:aws:sso::111122223333:application/*", "arn:aws:sso::999900001111:application/*"]),
    );
    (status, encryption, owner, region(), option::of(Just("ap-south-1")), any::<bool>(), network).prop_map(
        |(status, encryption, owner, region, replica, external, exempt)| InstanceEntry {
            network: exempt.map(|name| NetworkEntry {
                vpce_access_required: true,
                exclude_applications: vec![name.to_owned()],
                ..NetworkEntry::default()
            }),
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

fn user(name: &'static str) -> impl Strategy<Value = UserEntry> {
    let status = mostly(StatusEntry::Enabled, vec![StatusEntry::Disabled, StatusEntry::Absent]);
    let emails = mostly(None, vec![Some(vec!["ana@corp.example".to_owned()]), Some(Vec::new())]);
    (status, emails, option::of(any::<bool>())).prop_map(move |(status, emails, external)| UserEntry {
        status,
        emails,
        external,
        ..UserEntry::named(name.to_owned())
    })
}

fn group(name: &'static str) -> impl Strategy<Value = GroupDraft> {
    let joined = [0; USERS.len()].map(|_| option::of(mostly(1000, vec![2, 24])));
    joined.prop_map(move |joined| GroupDraft { name, joined })
}

fn application(name: &'static str) -> impl Strategy<Value = ApplicationDraft> {
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
    let users = [0; USERS.len()].map(|_| mostly(false, vec![true]));
    (entry, users, any::<[bool; GROUPS.len()]>(), mostly(false, vec![true]))
        .prop_map(|(entry, to_users, to_groups, to_nobody)| ApplicationDraft { entry, to_users, to_groups, to_nobody })
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
