//! The applications of the case's app among those of an instance.

use super::CaseView;
use crate::{
    case::{Case, Part},
    domain::{AccountId, Application, Instance},
    facts::{Facts, Failure, FailureKind, GetCallerIdentity, Known, ListApplications, Operation},
};

/// The applications of an instance that could be listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listing<'a> {
    /// All of them, in the order of the answer.
    pub applications: &'a [Application],
    /// The account that the listing was narrowed to, if it was.
    pub only_of: Option<AccountId>,
}

/// Returns the applications of an instance.
///
/// Only a denial of the whole list means "ask differently"; any other failure stays one.
pub(crate) fn list_applications<'a>(case: &Case, facts: &'a Facts, instance: &Instance) -> Known<Listing<'a>> {
    let ask = |account: Option<AccountId>| {
        let query = ListApplications { region: instance.region.clone(), instance: instance.arn.clone(), account };
        facts.get(query).map(Vec::as_slice)
    };
    let whole = ask(None);
    let account = find_account_to_ask_for(case, facts, instance);
    match (&whole, account) {
        (Known::Failed(denial), Some(account)) if denial.is_denied() => match ask(Some(account.clone())) {
            Known::Failed(_) => Known::Failed(denial.clone()),
            own => own.map(|applications| Listing { applications, only_of: Some(account) }),
        },
        _ => whole.map(|applications| Listing { applications, only_of: None }),
    }
}

/// Returns the caller's account, when it may have to ask for its own applications: it does not own the instance.
pub(crate) fn find_account_to_ask_for(case: &Case, facts: &Facts, instance: &Instance) -> Option<AccountId> {
    let caller = facts.get(GetCallerIdentity { region: case.settings.home_region() });
    let account = &caller.value()?.account;
    (instance.owner.as_ref() != Some(account)).then(|| account.clone())
}

/// Returns the applications that carry the assignments, disabled ones included. A listing narrowed to one account without
/// any of them is a failure: another account may have it.
pub(crate) fn list_entitlements<'a>(case: &Case, facts: &'a Facts, instance: &Instance) -> Known<Vec<&'a Application>> {
    list_applications(case, facts, instance).and_then(|listing| {
        let found: Vec<&Application> = listing
            .applications
            .iter()
            .filter(|application| case.app.part_of(application) == Some(Part::Entitlement))
            .collect();
        match listing.only_of {
            Some(account) if found.is_empty() => {
                let failure =
                    Failure::new(FailureKind::Denied, Operation::ListApplications, describe_narrowing(&account));
                Known::Failed(failure.about(&instance.region, instance.arn.as_str()))
            }
            _ => Known::Value(found),
        }
    })
}

/// Returns the sentence that says that a listing was narrowed to one account.
pub(crate) fn describe_narrowing(account: &AccountId) -> String {
    format!("only the applications of account {account} could be listed")
}

impl<'a> CaseView<'a> {
    /// Returns the sign-in applications that belong to an entitlement: those of its account whose name carries its name;
    /// where the names do not tell, those that were created in the same Region.
    pub(crate) fn list_sign_ins_of(&self, entitlement: &Application) -> Vec<&'a Application> {
        let listed = self.listing.value().map_or(&[][..], |listing| listing.applications);
        listed.iter().filter(|application| self.is_sign_in_of(application, entitlement)).collect()
    }

    fn is_sign_in_of(&self, sign_in: &Application, entitlement: &Application) -> bool {
        if self.case.app.part_of(sign_in) != Some(Part::SignIn)
            || !may_be_same(sign_in.account.as_ref(), entitlement.account.as_ref())
        {
            return false;
        }
        if let Some(named) = self.find_entitlement_named_by(sign_in) {
            return named.name.eq_ignore_ascii_case(&entitlement.name);
        }
        let (app, own) = (&self.case.app, self.case.app.region_in_name(entitlement));
        may_be_same(app.region_in_name(sign_in).as_ref(), own.as_ref())
            && may_be_same(sign_in.created_from.as_ref(), entitlement.created_from.as_ref())
    }

    /// Returns the entitlement of the same account whose name a sign-in application's name ends with: the longest such
    /// name, as `KiroProfile-us-east-1` in `Kiro Sign-In - KiroProfile-us-east-1`.
    fn find_entitlement_named_by(&self, sign_in: &Application) -> Option<&'a Application> {
        let name = sign_in.name.to_lowercase();
        let entitlements = self.entitlements.value().into_iter().flatten().copied();
        let named = entitlements.filter(|entitlement| {
            !entitlement.name.is_empty()
                && may_be_same(sign_in.account.as_ref(), entitlement.account.as_ref())
                && name.strip_suffix(&entitlement.name.to_lowercase()).is_some_and(|before| {
                    before.is_empty() || before.ends_with(|letter: char| !letter.is_alphanumeric())
                })
        });
        named.max_by_key(|entitlement| entitlement.name.len())
    }
}

/// Returns true unless both are there and differ: what AWS leaves out contradicts nothing.
fn may_be_same<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    one.is_none() || other.is_none() || one == other
}
