//! What the facts say, before anybody judges: which instance, which user, which applications, which way in.
//!
//! Gathering reads it to know what to ask next, judging to know what to make of it. All of it is pure.

pub(crate) mod applications;
pub(crate) mod details;
pub(crate) mod instances;
pub(crate) mod person;
pub(crate) mod reach;

use crate::{
    domain::{Application, Instance, Listing, UserId},
    facts::{Directory, Facts, Obstacle, ObstacleKind, Slot},
    intake::Case,
    operation::Operation,
};

/// The facts of one case, around the instance that is judged.
pub(crate) struct Reading<'a> {
    /// What we were told.
    pub case: &'a Case,
    /// What was learned.
    pub facts: &'a Facts,
    /// The instance.
    pub instance: &'a Instance,
    /// Its directory, as far as it was asked.
    pub directory: Option<&'a Directory>,
    /// The user in that directory; `Seen(None)` is "not in it".
    pub user: Slot<Option<UserId>>,
    /// The applications that could be listed.
    pub listing: Slot<&'a Listing>,
    /// Those that carry the profile's assignments, disabled ones included.
    pub profile_applications: Slot<Vec<&'a Application>>,
}

impl<'a> Reading<'a> {
    /// Reads the facts around an instance.
    pub(crate) fn new(case: &'a Case, facts: &'a Facts, instance: &'a Instance) -> Self {
        let store = &instance.identity_store;
        Self {
            case,
            facts,
            instance,
            directory: facts.directory(store),
            user: person::resolve(case, facts, store).map(|found| found.map(|(id, _)| id)),
            listing: applications::listing(facts, instance).map(|(listing, _)| listing),
            profile_applications: applications::of_profile(case, facts, instance),
        }
    }

    /// The profile's enabled applications. Disabled ones, and those whose status or part AWS does not tell, are not
    /// seen to let anybody in.
    pub(crate) fn enabled(&self) -> Vec<&'a Application> {
        let applications = self.profile_applications.seen().into_iter().flatten().copied();
        applications.filter(|application| application.enabled == Some(true) && self.is_told(application)).collect()
    }

    /// Says so if only one account's applications could be listed.
    pub(crate) fn narrowed(&self) -> Option<String> {
        let listing = applications::listing(self.facts, self.instance);
        let (_, account) = listing.seen()?;
        account.as_ref().map(applications::only_of)
    }

    /// What is in the way where AWS does not tell whether an application of the profile is enabled, or whether it is
    /// one that carries assignments, unless another one lets the user in anyway.
    pub(crate) fn untold(&self) -> Option<Obstacle> {
        let reaches = self.reaches();
        let is_let_in = reaches.iter().any(|reach| reach.path == Slot::Seen(true));
        let mut untold = reaches.iter().filter_map(|reach| self.untold_part(reach.application));
        if is_let_in { None } else { untold.next() }
    }

    /// True unless AWS leaves out the name that would tell which part the application plays. Beside a sign-in
    /// application it can only be the other part.
    fn is_told(&self, application: &Application) -> bool {
        !self.case.profile.is_ambiguous(application) || !self.sign_in_of(application).is_empty()
    }

    fn untold_part(&self, application: &Application) -> Option<Obstacle> {
        let message = match application.enabled {
            None => format!("AWS does not say whether {} is enabled", application.label()),
            Some(_) if !self.is_told(application) => {
                "AWS leaves out the name that would tell which part the application plays".to_owned()
            }
            Some(_) => return None,
        };
        let obstacle = Obstacle::new(ObstacleKind::Malformed, Operation::ListApplications, message);
        Some(obstacle.about(&self.instance.region, application.arn.as_str()))
    }
}
