//! Which causes the checks exclude: those of a check that passed, as far as that check really looked.

use super::ladder::{find_check, find_deciding_check};
use crate::{
    analysis::CaseView,
    case::{Case, KeyReason, Saw},
    catalog::Cause,
    checks::{CheckId, Status},
    domain::Instance,
    facts::Facts,
};

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Checked {
    pub(crate) id: CheckId,
    pub(crate) status: Option<Status>,
    pub(crate) cause: Option<Cause>,
}

/// What the checks found, and what they were judged from.
pub(super) struct Scene<'a> {
    pub(super) case: &'a Case,
    pub(super) saw: &'a Saw,
    pub(super) checks: &'a [Checked],
    view: Option<CaseView<'a>>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        case: &'a Case,
        saw: &'a Saw,
        facts: &'a Facts,
        instance: Option<&'a Instance>,
        checks: &'a [Checked],
    ) -> Self {
        let view = instance.map(|instance| CaseView::new(case, facts, instance));
        Self { case, saw, checks, view }
    }

    /// Returns the check that fails or warns about a cause.
    pub(super) fn find_finding(&self, cause: Cause) -> Option<&Checked> {
        let is_about =
            |check: &&Checked| check.cause == Some(cause) && matches!(check.status, Some(Status::Fail | Status::Warn));
        self.checks.iter().find(is_about)
    }

    fn status_of(&self, id: CheckId) -> Option<Status> {
        self.checks.iter().find(|check| check.id == id)?.status
    }

    /// Returns true where the check that decides a cause did not get to see it, or where there is none.
    pub(super) fn is_undecided(&self, cause: Cause) -> bool {
        let status = find_deciding_check(cause).and_then(find_check).and_then(|check| self.status_of(check));
        matches!(status, None | Some(Status::Unknown | Status::Skipped))
    }

    /// Returns the check that excludes a cause.
    pub(super) fn find_excluding_check(&self, cause: Cause) -> Option<CheckId> {
        let check = find_deciding_check(cause).and_then(find_check)?;
        match self.status_of(check)? {
            Status::Pass if self.was_looked_at(cause) => Some(check),
            // A failure comes before a warning: what the check would fail for does not hold.
            Status::Warn if fails_its_check(cause) && self.was_looked_at(cause) => Some(check),
            Status::Skipped if cause == Cause::ProfileRegionUnsupported && self.is_entitlement_region_supported() => {
                Some(check)
            }
            // Whoever has a way in needs no further group.
            _ if cause == Cause::NotInEntitledGroup && self.status_of(CheckId::Assignment) == Some(Status::Pass) => {
                Some(CheckId::Assignment)
            }
            _ => None,
        }
    }

    /// Returns true where the check that passed saw what it would have to see of this cause.
    fn was_looked_at(&self, cause: Cause) -> bool {
        match cause {
            Cause::StartUrlBuilderId
            | Cause::StartUrlMalformed
            | Cause::StartUrlOtherDirectory
            | Cause::StartUrlUnverified => self.case.typed_url().is_some(),
            Cause::RegionTypedWrong | Cause::RegionTypedUnclear => self.case.typed_region().is_some(),
            Cause::UserNameDiffers => self.case.typed_user().is_some() || self.is_external() == Some(true),
            Cause::UserDisabled => self.is_enabled() == Some(true),
            // It shows only that whoever asks may use the key, and the token service says that it may not.
            Cause::InstanceKeyUnusable => self.saw.key != KeyReason::Unusable,
            Cause::MembershipRecent => self.is_membership_dated(),
            // Metadata alone shows no fault of what is sent.
            Cause::SsoMisconfigured | Cause::SsoWrongRecipient => self.case.handed_over.capture.is_some(),
            _ => true,
        }
    }

    fn is_external(&self) -> Option<bool> {
        self.view.as_ref()?.read_user_record().value().map(|user| user.external)
    }

    fn is_enabled(&self) -> Option<bool> {
        self.view.as_ref()?.read_user_record().value()?.enabled
    }

    /// Returns true unless only memberships of an unknown age let the user in.
    fn is_membership_dated(&self) -> bool {
        let Some(view) = &self.view else { return false };
        let granting = view.list_granting_memberships();
        granting.is_empty() || granting.iter().any(|membership| membership.since.is_some())
    }

    /// Returns true where the name of each application in question carries a Region, and a supported one.
    fn is_entitlement_region_supported(&self) -> bool {
        let Some(view) = &self.view else { return false };
        let app = &self.case.app;
        let Some(applications) = view.entitlements.value().filter(|applications| !applications.is_empty()) else {
            return false;
        };
        applications.iter().all(|application| {
            app.region_in_name(application).is_some_and(|region| app.entitlement_regions.contains(&region))
        })
    }
}

/// Returns true for a cause for which its check fails, rather than warns.
fn fails_its_check(cause: Cause) -> bool {
    matches!(
        cause,
        Cause::InstanceMissing
            | Cause::InstanceNotActive
            | Cause::InstanceKeyUnusable
            | Cause::StartUrlBuilderId
            | Cause::StartUrlMalformed
            | Cause::StartUrlOtherDirectory
            | Cause::RegionTypedWrong
            | Cause::UserNotFound
            | Cause::UserInOtherDirectory
            | Cause::UserDisabled
            | Cause::ApplicationMissing
            | Cause::ApplicationDisabled
            | Cause::NotInEntitledGroup
            | Cause::NoAssignments
            | Cause::AssignmentOrphaned
            | Cause::GroupNotAssigned
            | Cause::NoAccessPath
            | Cause::UserNotAssigned
    )
}
