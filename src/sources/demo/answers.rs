//! What a sample organization answers to each operation.
//!
//! The rules that AWS has, and nothing about how an answer travels: the demo and the test server share them.

use std::time::Duration;

use super::organization::{Organization, SampleApplication, SampleInstance};
use crate::{
    domain::{
        AccountId, Application, ApplicationArn, Caller, Group, GroupId, IdentityStoreId, Instance, InstanceArn,
        InstanceDetail, LookupKey, Member, Membership, Principal, Region, Role, SignInEvent, SimulatedAction, User,
        UserId,
    },
    facts::{Answer, FailureKind, LookupEvents, Operation},
    sources::demo::fault::Fault,
};

/// An answer, or what comes in its way.
pub type Reply<T> = Result<T, FailureKind>;

impl Organization {
    /// Returns the first fault that a call meets; `about` are the things that it names.
    #[must_use]
    pub fn find_fault(&self, operation: Operation, region: &Region, about: &[&str]) -> Option<&Fault> {
        self.faults.iter().find(|fault| {
            fault.applies_to(operation, region, |text| {
                about.iter().any(|thing| *thing == text || self.find_name(thing) == Some(text))
            })
        })
    }

    /// Returns whose credentials ask.
    #[must_use]
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// Returns the instances visible in a Region, or in all.
    #[must_use]
    pub fn list_instances(&self, region: &Region, all_regions: bool) -> Vec<Instance> {
        let known = self.instances.iter();
        let visible =
            known.filter(|known| if all_regions { known.in_all_regions } else { known.serves_region(region) });
        visible.map(|known| known.instance.clone()).collect()
    }

    /// Returns the Regions and the encryption of an instance.
    ///
    /// # Errors
    /// If the instance is not there, or not in that Region.
    pub fn describe_instance(&self, region: &Region, arn: &InstanceArn) -> Reply<InstanceDetail> {
        self.find_instance(region, arn).map(|known| known.detail.clone())
    }

    /// Returns the applications of an instance. Who is neither its owner nor a delegated administrator may ask only for
    /// the own account's.
    ///
    /// # Errors
    /// If the caller may not, or the instance is not there.
    pub fn list_applications(
        &self,
        region: &Region,
        arn: &InstanceArn,
        account: Option<&AccountId>,
    ) -> Reply<Vec<&Application>> {
        let known = self.find_instance(region, arn)?;
        let all = self.delegated_admin || known.instance.owner.as_ref() == Some(&self.caller.account);
        if !all && account != Some(&self.caller.account) {
            return Err(FailureKind::Denied);
        }
        let listed = self.applications.iter().filter(|known| {
            known.instance == *arn && (account.is_none() || known.application.account.as_ref() == account)
        });
        Ok(listed.map(|known| &known.application).collect())
    }

    /// Returns whether an application needs assignments.
    ///
    /// # Errors
    /// If the application is not there.
    pub fn requires_assignment(&self, region: &Region, arn: &ApplicationArn) -> Reply<bool> {
        self.find_application(region, arn).map(|known| known.required)
    }

    /// Returns who an application is assigned to.
    ///
    /// # Errors
    /// If the application is not there.
    pub fn list_assignments(&self, region: &Region, arn: &ApplicationArn) -> Reply<Vec<Principal>> {
        self.find_application(region, arn).map(|known| known.assignments.clone())
    }

    /// Returns the user behind a user name or an e-mail address, which must match to the letter.
    ///
    /// # Errors
    /// If the identity store is not there.
    pub fn find_user_id(&self, region: &Region, store: &IdentityStoreId, key: &LookupKey) -> Reply<Option<UserId>> {
        let found = self.find_store(region, store)?.users.iter().find(|user| match key {
            LookupKey::UserName(name) => user.user_name.as_ref() == Some(name),
            LookupKey::Email(address) => user.emails.contains(address),
            LookupKey::Id(id) => user.id == *id,
        });
        Ok(found.map(|user| user.id.clone()))
    }

    /// Returns one user.
    ///
    /// # Errors
    /// If the identity store is not there.
    pub fn find_user(&self, region: &Region, store: &IdentityStoreId, id: &UserId) -> Reply<Option<User>> {
        Ok(self.find_store(region, store)?.users.iter().find(|user| user.id == *id).cloned())
    }

    /// Enables the accounts in an answer that somebody has enabled by then.
    pub(super) fn enable_accounts(&self, answer: &mut Answer, passed: Duration) {
        let users: Vec<&mut User> = match answer {
            Answer::DescribeUser(Some(user)) => vec![user],
            Answer::ListUsers(page) => page.users.iter_mut().collect(),
            _ => return,
        };
        let enabled = self.instances.iter().flat_map(|instance| &instance.enabled_after);
        let enabled: Vec<&UserId> = enabled.filter(|(_, delay)| *delay <= passed).map(|(user, _)| user).collect();
        for user in users.into_iter().filter(|user| enabled.contains(&&user.id)) {
            user.enabled = Some(true);
        }
    }

    /// Returns the groups of a user.
    ///
    /// # Errors
    /// If the identity store or the user is not there.
    pub fn list_memberships(&self, region: &Region, store: &IdentityStoreId, id: &UserId) -> Reply<Vec<Membership>> {
        let known = self.find_store(region, store)?;
        if !known.users.iter().any(|user| user.id == *id) {
            return Err(FailureKind::Contradiction);
        }
        let own = known.memberships.iter().filter(|(user, _)| user == id);
        Ok(own.map(|(_, membership)| membership.clone()).collect())
    }

    /// Returns one group.
    ///
    /// # Errors
    /// If the identity store is not there.
    pub fn find_group(&self, region: &Region, store: &IdentityStoreId, id: &GroupId) -> Reply<Option<Group>> {
        Ok(self.find_store(region, store)?.groups.iter().find(|group| group.id == *id).cloned())
    }

    /// Returns the group of a display name, which must match to the letter.
    ///
    /// # Errors
    /// If the identity store is not there.
    pub fn find_group_id(&self, region: &Region, store: &IdentityStoreId, name: &str) -> Reply<Option<GroupId>> {
        let groups = &self.find_store(region, store)?.groups;
        Ok(groups.iter().find(|group| group.name.as_deref() == Some(name)).map(|group| group.id.clone()))
    }

    /// Returns the members of a group.
    ///
    /// # Errors
    /// If the identity store or the group is not there.
    pub fn list_members(&self, region: &Region, store: &IdentityStoreId, id: &GroupId) -> Reply<Vec<Member>> {
        let known = self.find_store(region, store)?;
        if !known.groups.iter().any(|group| group.id == *id) {
            return Err(FailureKind::Contradiction);
        }
        let own = known.memberships.iter().filter(|(_, membership)| membership.group == *id);
        Ok(own.map(|(user, membership)| Member { user: user.clone(), membership: membership.clone() }).collect())
    }

    /// Returns all users of a directory.
    ///
    /// # Errors
    /// If the identity store is not there.
    pub fn list_users(&self, region: &Region, store: &IdentityStoreId) -> Reply<&[User]> {
        self.find_store(region, store).map(|known| known.users.as_slice())
    }

    /// Returns a role of the caller's account.
    #[must_use]
    pub fn find_role(&self, name: &str) -> Option<Role> {
        let mut own = self.roles.iter().filter(|(account, _, _)| *account == self.caller.account);
        let found = own.find(|(_, known, _)| known == name).map(|(_, _, role)| role.clone());
        let assumed = || Role { path: self.role_path.clone(), trusted_services: Vec::new() };
        found.or_else(|| (self.assumed_role() == Some(name)).then(assumed))
    }

    /// Returns which of these actions the caller's policies allow; `None` unless that is the caller's user or role.
    #[must_use]
    pub fn simulate_actions(&self, principal: &str, actions: &[String]) -> Option<Vec<SimulatedAction>> {
        let of_role = |role: &str| {
            let Caller { account, arn } = &self.caller;
            let partition = arn.split(':').nth(1).unwrap_or("aws");
            format!("arn:{partition}:iam::{account}:role{}{role}", self.role_path)
        };
        if principal != self.assumed_role().map_or_else(|| self.caller.arn.clone(), of_role) {
            return None;
        }
        let simulate =
            |action: &String| SimulatedAction { action: action.clone(), allowed: Some(self.can.contains(action)) };
        Some(actions.iter().map(simulate).collect())
    }

    /// Returns the name of the role that the caller has assumed.
    fn assumed_role(&self) -> Option<&str> {
        self.caller.arn.split_once(":assumed-role/")?.1.split('/').next()
    }

    /// Returns the sign-in events of one kind, the newest first. They are kept in the account that owns the instance.
    #[must_use]
    pub fn list_events(&self, query: &LookupEvents) -> Vec<SignInEvent> {
        let kept = self.events.iter().filter(|known| {
            known.account.as_ref() == Some(&self.caller.account)
                && known.region == query.region
                && known.event.name == query.name
                && known.event.at >= query.from
                && query.to.is_none_or(|to| known.event.at <= to)
        });
        kept.map(|known| known.event.clone()).collect()
    }

    fn find_instance(&self, region: &Region, arn: &InstanceArn) -> Reply<&SampleInstance> {
        let found = self.instances.iter().find(|known| known.instance.arn == *arn && known.serves_region(region));
        found.ok_or(FailureKind::Contradiction)
    }

    fn find_store(&self, region: &Region, store: &IdentityStoreId) -> Reply<&SampleInstance> {
        let found =
            self.instances.iter().find(|known| known.instance.identity_store == *store && known.serves_region(region));
        found.ok_or(FailureKind::Contradiction)
    }

    fn find_application(&self, region: &Region, arn: &ApplicationArn) -> Reply<&SampleApplication> {
        let found = self.applications.iter().find(|known| known.application.arn == *arn);
        let known = found.ok_or(FailureKind::Contradiction)?;
        self.find_instance(region, &known.instance).map(|_| known)
    }

    /// Returns the name of what has that id.
    fn find_name(&self, id: &str) -> Option<&str> {
        let application = self.applications.iter().find(|known| known.application.arn.as_str() == id);
        if let Some(known) = application {
            return Some(&known.application.name);
        }
        self.instances.iter().find_map(|known| known.find_name(id))
    }
}

impl SampleInstance {
    fn serves_region(&self, region: &Region) -> bool {
        self.instance.regions.iter().any(|known| known.active == Some(true) && known.name == *region)
    }

    fn find_name(&self, id: &str) -> Option<&str> {
        if self.instance.arn.as_str() == id || self.instance.identity_store.as_str() == id {
            return self.instance.name.as_deref();
        }
        if let Some(group) = self.groups.iter().find(|group| group.id.as_str() == id) {
            return group.name.as_deref();
        }
        self.users.iter().find(|user| user.id.as_str() == id)?.user_name.as_deref()
    }
}
