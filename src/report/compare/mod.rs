//! What differs between somebody who cannot sign in and somebody who can.

mod decide;
mod write;

use serde::Serialize;

pub use self::write::{write_comparison, write_comparison_json, write_comparison_markdown};
use super::diagnosis::{CheckId, Diagnosis, Status};
use crate::{
    analysis::{CaseView, instances},
    case::Case,
    checks,
    domain::{GroupId, Instance},
    facts::{Facts, Known},
    text,
};

/// Two people side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The deciding difference, or why there is none, in a sentence.
    pub difference: String,
    /// The one who cannot sign in.
    pub failing: Person,
    /// The one who can.
    pub working: Person,
    /// Every check of both, those that differ first.
    pub checks: Vec<CheckPair>,
    /// What the directory says of both, those that differ first.
    pub directory: Vec<FactPair>,
    /// Their groups, those of one of them first.
    pub groups: Vec<GroupPlace>,
    /// Why the groups of one of them are not known, where they are not.
    pub groups_missing: Vec<String>,
}

/// One of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The user, as typed and normalised.
    pub user: String,
    /// What sentences call the person.
    pub name: String,
    /// The kind of verdict.
    pub status: &'static str,
    /// The code of the cause; `None` if healthy.
    pub cause: Option<&'static str>,
    /// The verdict in a sentence.
    pub headline: String,
}

/// One check of both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckPair {
    /// The check.
    pub id: &'static str,
    /// The title that people read.
    pub title: String,
    /// True if it went otherwise for the two.
    pub differs: bool,
    /// How it went for each; `None` where it is open or not among the checks.
    #[serde(skip)]
    pub statuses: [Option<Status>; 2],
    /// The same as a word and a sentence.
    pub failing: [String; 2],
    /// The same for the other.
    pub working: [String; 2],
}

/// Something that the directory says of both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactPair {
    /// What.
    pub label: &'static str,
    /// True if it is not the same.
    pub differs: bool,
    /// Of the one who cannot sign in.
    pub failing: String,
    /// Of the one who can.
    pub working: String,
}

/// Whose group it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Whose {
    /// Of the one who can sign in, and not of the other.
    Working,
    /// Of the one who cannot sign in, and not of the other.
    Failing,
    /// Of both.
    Both,
}

/// A group of one of them, or of both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupPlace {
    /// The name, or the id where no name was read.
    pub name: String,
    /// Whose.
    pub whose: Whose,
    /// True if it lets its members in.
    pub grants: bool,
}

/// Compares two people, about whom the facts are known. Names of directories and users can be left out; those in the
/// diagnoses are as these have them.
#[must_use]
pub fn compare(cases: [&Case; 2], diagnoses: [&Diagnosis; 2], facts: &Facts, hides_names: bool) -> Comparison {
    let [failing, working] = diagnoses;
    let choices = cases.map(|case| instances::choose_instance(case, facts));
    let views = [0, 1].map(|place| {
        let (case, choice) = (cases.get(place)?, choices.get(place)?);
        checks::find_chosen(choice).map(|instance| CaseView::new(case, facts, instance))
    });
    let views = [views.first().and_then(Option::as_ref), views.last().and_then(Option::as_ref)];
    let mut checks = pair_checks(failing, working);
    checks.sort_by_key(|pair| !pair.differs);
    let mut directory = pair_facts(views);
    if hides_names {
        directory.retain(|pair| !matches!(pair.label, USER_NAME | DIRECTORY));
    }
    directory.sort_by_key(|pair| !pair.differs);
    let (groups, groups_missing) = place_groups(views, diagnoses);
    let mut comparison = Comparison {
        difference: String::new(),
        failing: Person::new(failing),
        working: Person::new(working),
        checks,
        directory,
        groups,
        groups_missing,
    };
    comparison.difference = decide::find_difference(&comparison, diagnoses);
    comparison
}

impl Person {
    fn new(diagnosis: &Diagnosis) -> Self {
        let verdict = diagnosis.verdict.as_ref();
        Self {
            user: diagnosis.user.clone(),
            name: diagnosis.display_name.clone().unwrap_or_else(|| diagnosis.user.clone()),
            status: verdict.map_or("running", |verdict| verdict.status.word()),
            cause: verdict.and_then(|verdict| verdict.cause).map(crate::catalog::Cause::code),
            headline: verdict.map_or_else(String::new, |verdict| verdict.headline.clone()),
        }
    }
}

fn pair_checks(failing: &Diagnosis, working: &Diagnosis) -> Vec<CheckPair> {
    let show = |diagnosis: &Diagnosis, id: CheckId| {
        let check = diagnosis.check(id);
        let word = check.map_or("absent", |check| check.status.map_or("running", Status::word));
        [word.to_owned(), check.map_or_else(String::new, |check| check.summary.clone())]
    };
    let mut ids: Vec<CheckId> = failing.checks.iter().map(|check| check.id).collect();
    ids.extend(working.checks.iter().map(|check| check.id).filter(|id| failing.check(*id).is_none()));
    let pair = |id: CheckId| {
        let judged = [failing, working].map(|diagnosis| diagnosis.check(id).map(|check| (check.status, check.cause)));
        CheckPair {
            id: id.id(),
            title: id.title_for(&failing.app_name),
            differs: judged[0] != judged[1],
            statuses: judged.map(|judged| judged.and_then(|(status, _)| status)),
            failing: show(failing, id),
            working: show(working, id),
        }
    };
    ids.into_iter().map(pair).collect()
}

const DIRECTORY: &str = "Directory";
const USER_NAME: &str = "User name";

/// What is compared, and how it is read.
type Fact = (&'static str, fn(&CaseView) -> Option<String>);

/// Returns what the directories say of both, as far as it is known of one of them.
fn pair_facts(views: [Option<&CaseView>; 2]) -> Vec<FactPair> {
    let facts: [Fact; 5] = [
        (DIRECTORY, |view| Some(name_directory(view.instance))),
        (USER_NAME, |view| view.read_user_record().value()?.user_name.clone()),
        ("Enabled", |view| {
            let enabled = view.read_user_record().value()?.enabled?;
            Some(if enabled { "yes" } else { "no" }.to_owned())
        }),
        ("Made by", |view| {
            let external = view.read_user_record().value()?.external;
            Some(if external { "the identity provider" } else { "hand, in the directory itself" }.to_owned())
        }),
        ("User name is an e-mail address", |view| {
            let name = view.read_user_record().value()?.user_name.clone()?;
            Some(if name.contains('@') { "yes" } else { "no" }.to_owned())
        }),
    ];
    let mut pairs = Vec::new();
    for (label, read) in facts {
        let known = views.map(|view| view.and_then(read).map(|found| text::clean(&found)));
        if known == [None, None] {
            continue;
        }
        let differs = label != USER_NAME && known[0] != known[1];
        let [failing, working] = known.map(|found| found.unwrap_or_else(|| "not known".to_owned()));
        pairs.push(FactPair { label, differs, failing, working });
    }
    pairs
}

fn name_directory(instance: &Instance) -> String {
    let store = instance.identity_store.as_str();
    instance.name.as_ref().map_or_else(|| store.to_owned(), |name| format!("{name} ({store})"))
}

fn place_groups(views: [Option<&CaseView>; 2], diagnoses: [&Diagnosis; 2]) -> (Vec<GroupPlace>, Vec<String>) {
    let mut missing = Vec::new();
    let mut lists: [Vec<GroupId>; 2] = [Vec::new(), Vec::new()];
    for ((view, diagnosis), list) in views.into_iter().zip(diagnoses).zip(&mut lists) {
        match view.map(CaseView::list_memberships) {
            Some(Known::Value(memberships)) => list.extend(memberships.iter().map(|one| one.group.clone())),
            _ => missing.push(format!("the groups of {} are not known", diagnosis.user)),
        }
    }
    let [failing, working] = lists;
    let mut all: Vec<&GroupId> = working.iter().chain(&failing).collect();
    all.sort();
    all.dedup();
    let granting: Vec<&GroupId> = views
        .into_iter()
        .flatten()
        .filter_map(|view| view.list_assigned_principals().value().cloned())
        .flatten()
        .filter_map(crate::domain::Principal::group)
        .collect();
    let name = |id: &GroupId| {
        let group = views.into_iter().flatten().find_map(|view| view.read_group(id).value().copied().flatten());
        text::clean(group.and_then(|group| group.name.as_deref()).unwrap_or_else(|| id.as_str()))
    };
    let mut places: Vec<GroupPlace> = all
        .into_iter()
        .map(|id| GroupPlace {
            name: name(id),
            whose: match (failing.contains(id), working.contains(id)) {
                (true, true) => Whose::Both,
                (true, false) => Whose::Failing,
                _ => Whose::Working,
            },
            grants: granting.contains(&id),
        })
        .collect();
    places.sort_by(|one, other| (one.whose, !one.grants, &one.name).cmp(&(other.whose, !other.grants, &other.name)));
    (places, missing)
}
