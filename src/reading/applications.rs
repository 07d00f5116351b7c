//! The applications of the profile among those of an instance.

use std::sync::Arc;

use super::Reading;
use crate::{
    app_profile::Part,
    domain::{AccountId, Application, Instance, Listing},
    facts::{Facts, Listings, Obstacle, ObstacleKind, Slot},
    intake::Case,
    operation::Operation,
};

/// The applications of an instance, and the account they were narrowed to, if they were.
///
/// Only a denial of the whole list means "ask differently"; any other obstacle stays one.
pub(crate) fn listing<'a>(facts: &'a Facts, instance: &Instance) -> Slot<(&'a Listing, Option<AccountId>)> {
    let Some(Listings { all, own }) = facts.listings.get(&instance.arn) else {
        return Slot::NotAsked;
    };
    match (all, own) {
        (Slot::Blocked(obstacle), own) if obstacle.is_denied() && asks_for_own(facts, instance) => {
            let account = facts.caller.seen().map(|caller| caller.account.clone());
            match own {
                Slot::Blocked(_) => Slot::Blocked(obstacle.clone()),
                own => own.as_ref().map(|own| (Arc::as_ref(own), account)),
            }
        }
        (all, _) => all.as_ref().map(|all| (Arc::as_ref(all), None)),
    }
}

/// True if the caller's account may have to ask for its own applications: it does not own the instance.
pub(crate) fn asks_for_own(facts: &Facts, instance: &Instance) -> bool {
    facts.caller.seen().is_some_and(|caller| instance.owner.as_ref() != Some(&caller.account))
}

/// The applications that carry the profile's assignments, disabled ones included. A listing narrowed to one account
/// without any of them is an obstacle: another account may have it.
pub(crate) fn of_profile<'a>(case: &Case, facts: &'a Facts, instance: &Instance) -> Slot<Vec<&'a Application>> {
    listing(facts, instance).and_then(|(listing, only_account)| {
        let found: Vec<&Application> = listing
            .applications
            .iter()
            .filter(|application| case.profile.part_of(application) == Some(Part::Profile))
            .collect();
        match only_account {
            Some(account) if found.is_empty() => Slot::Blocked(narrowed(instance, &account)),
            _ => Slot::Seen(found),
        }
    })
}

/// Says that a listing was narrowed to one account.
pub(crate) fn only_of(account: &AccountId) -> String {
    format!("only the applications of account {account} could be listed")
}

fn narrowed(instance: &Instance, account: &AccountId) -> Obstacle {
    Obstacle::new(ObstacleKind::Denied, Operation::ListApplications, only_of(account))
        .about(&instance.region, instance.arn.as_str())
}

impl<'a> Reading<'a> {
    /// Returns the sign-in applications that belong to a profile application: those of its account whose name carries
    /// its name; where the names do not tell, those that were created in the same Region.
    pub(crate) fn sign_in_of(&self, profile: &Application) -> Vec<&'a Application> {
        let listed = self.listing.seen().map_or(&[][..], |listing| &listing.applications);
        listed.iter().filter(|application| self.is_sign_in_of(application, profile)).collect()
    }

    fn is_sign_in_of(&self, sign_in: &Application, profile: &Application) -> bool {
        if self.case.profile.part_of(sign_in) != Some(Part::SignIn)
            || !may_be_same(sign_in.account.as_ref(), profile.account.as_ref())
        {
            return false;
        }
        if let Some(named) = self.named_by(sign_in) {
            return named.name.eq_ignore_ascii_case(&profile.name);
        }
        let (case, own) = (self.case, self.case.profile.region_in_name(profile));
        may_be_same(case.profile.region_in_name(sign_in).as_ref(), own.as_ref())
            && may_be_same(sign_in.created_from.as_ref(), profile.created_from.as_ref())
    }

    /// Returns the profile application of the same account whose name a sign-in application's name ends with: the
    /// longest such name, as `KiroProfile-us-east-1` in `Kiro Sign-In - KiroProfile-us-east-1`.
    fn named_by(&self, sign_in: &Application) -> Option<&'a Application> {
        let name = sign_in.name.to_lowercase();
        let profiles = self.profile_applications.seen().into_iter().flatten().copied();
        let named = profiles.filter(|profile| {
            !profile.name.is_empty()
                && may_be_same(sign_in.account.as_ref(), profile.account.as_ref())
                && name.strip_suffix(&profile.name.to_lowercase()).is_some_and(|before| {
                    before.is_empty() || before.ends_with(|letter: char| !letter.is_alphanumeric())
                })
        });
        named.max_by_key(|profile| profile.name.len())
    }
}

/// What AWS leaves out contradicts nothing.
fn may_be_same<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    one.is_none() || other.is_none() || one == other
}
