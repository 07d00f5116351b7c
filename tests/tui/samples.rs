//! Diagnoses made by hand, one for each kind of screen.

use sso_doctor::{
    case::Case,
    catalog::{Ability, Catalog, Cause, Fix, Owner},
    checks::{CheckId, Route, Status},
    domain::{ApplicationArn, IdentityStoreId, InstanceArn, LookupKey, Region, UserId},
    facts::{
        Call, CallEnd, DescribeInstance, DescribeUser, Event, Facts, Failure, FailureKind, GetCallerIdentity, GetRole,
        GetUserId, ListApplicationAssignments, ListApplications, ListGroupMembershipsForMember, ListInstances,
        Operation, Outcome, Query,
    },
    report::diagnosis::{
        Check, ContextKind, ContextLine, Diagnosis, InstanceChoice, NotCovered, Origin, PersonChoice, Standing,
        TellUser, Verdict, VerdictStatus,
    },
    sources::demo::{SampleFiles, SampleUser},
};

pub(crate) fn users() -> Vec<SampleUser> {
    let users = [
        ("ana@corp.example", "everything in order"),
        ("ben@corp.example", "in no group that grants access"),
        ("田中花子@corp.example", "a name of wide characters"),
    ];
    let offered = users.map(|(name, shows)| SampleUser {
        name: name.to_owned(),
        shows: shows.to_owned(),
        cause: None,
        start_url: name.starts_with("ben").then(|| "https://view.awsapps.com/start".to_owned()),
        typed_region: None,
        typed_user: None,
        saw: Vec::new(),
        handed_over: SampleFiles::default(),
    });
    offered.into()
}

/// The fact after which no check is running.
pub(crate) fn the_last_event() -> Event {
    Event::Closed(Failure::new(FailureKind::Internal, Operation::GetRole, "nothing more"))
}

/// Judges by the name alone. Until the driver hands over its one fact, everything runs.
pub(crate) fn judge(case: &Case, facts: &Facts, _: &Catalog) -> Diagnosis {
    let user = case.user.as_str();
    let mut diagnosis = healthy(user, facts);
    diagnosis.app.clone_from(&case.app.id);
    if facts.closed.is_none() {
        running(&mut diagnosis);
        return diagnosis;
    }
    match user.split('@').next().unwrap() {
        "ben" | "田中花子" => not_in_group(&mut diagnosis),
        "many" => many_groups(&mut diagnosis),
        "sue" => suspect(&mut diagnosis),
        "ivo" => inconclusive(&mut diagnosis),
        "eve" => expired(&mut diagnosis),
        "bne" => not_found(&mut diagnosis),
        "Ben Berg" => diagnosis.people = two_people(),
        _ => {}
    }
    let verdict = diagnosis.verdict.as_ref();
    let fix = verdict.and_then(|verdict| diagnosis.check(verdict.check?)?.fixes.first()).cloned();
    if let (Some(verdict), Some(fix)) = (&mut diagnosis.verdict, fix) {
        verdict.instruction = fix.instruction();
        verdict.acts_first = Some(fix.owner);
    }
    diagnosis
}

fn call(id: u64, operation: Operation, started_ms: u64, elapsed_ms: u64) -> Call {
    let request_id = Some(format!("7c1e0a52-0000-4000-8000-{id:012}"));
    Call {
        id,
        query: query_of(operation),
        started_ms,
        attempts: 1,
        trouble: None,
        end: Some(CallEnd { outcome: Outcome::Ok, request_id, elapsed_ms, aws_time: None }),
    }
}

/// Some query that makes the call.
fn query_of(operation: Operation) -> Query {
    let (region, store) = (Region::new("eu-west-1"), IdentityStoreId::new("d-93677e5f21"));
    let (instance, user) = (InstanceArn::new("arn:aws:sso:::instance/ssoins-7223a1b2c3d4e5f6"), UserId::new("user"));
    let application = ApplicationArn::new("application");
    match operation {
        Operation::ListInstances => ListInstances { region, all_regions: true }.into(),
        Operation::GetRole => GetRole { region, name: "role".to_owned() }.into(),
        Operation::DescribeInstance => DescribeInstance { region, instance }.into(),
        Operation::ListApplications => ListApplications { region, instance, account: None }.into(),
        Operation::GetUserId => GetUserId { region, store, key: LookupKey::UserName("user".to_owned()) }.into(),
        Operation::DescribeUser => DescribeUser { region, store, user }.into(),
        Operation::ListGroupMembershipsForMember => ListGroupMembershipsForMember { region, store, user }.into(),
        Operation::ListApplicationAssignments => ListApplicationAssignments { region, application }.into(),
        _ => GetCallerIdentity { region }.into(),
    }
}

fn check(id: CheckId, summary: &str, evidence: Vec<Call>) -> Check {
    Check {
        id,
        status: Some(Status::Pass),
        cause: None,
        summary: summary.to_owned(),
        expected: None,
        found: None,
        waits_on: None,
        routes: Vec::new(),
        notes: Vec::new(),
        fixes: Vec::new(),
        evidence,
    }
}

fn healthy(user: &str, facts: &Facts) -> Diagnosis {
    let checks = vec![
        check(
            CheckId::Access,
            "You can see everything that is needed",
            vec![call(0, Operation::GetCallerIdentity, 0, 210)],
        ),
        check(
            CheckId::Instance,
            "ssoins-7223a1b2c3d4e5f6 in eu-west-1, active",
            vec![call(1, Operation::ListInstances, 0, 230), call(2, Operation::DescribeInstance, 230, 190)],
        ),
        check(CheckId::Region, "Start URL and Region fit", vec![call(2, Operation::DescribeInstance, 230, 190)]),
        check(
            CheckId::User,
            "Enabled, under this very name",
            vec![call(3, Operation::GetUserId, 440, 220), call(4, Operation::DescribeUser, 660, 180)],
        ),
        check(
            CheckId::Application,
            "KiroProfile-eu-central-1 and Kiro Sign-In, both enabled",
            vec![call(5, Operation::ListApplications, 430, 260)],
        ),
        check(
            CheckId::Groups,
            "Kiro-Developers grants access",
            vec![call(6, Operation::ListGroupMembershipsForMember, 840, 200)],
        ),
        check(
            CheckId::Assignment,
            "Assigned through Kiro-Developers",
            vec![call(7, Operation::ListApplicationAssignments, 700, 240)],
        ),
        check(CheckId::Roles, "Both service-linked roles are there", vec![call(8, Operation::GetRole, 0, 310)]),
    ];
    let line =
        |kind, value: &str, source: &str| ContextLine { kind, value: value.to_owned(), source: source.to_owned() };
    Diagnosis {
        user: user.to_owned(),
        display_name: None,
        found_by: None,
        app: "kiro".to_owned(),
        app_name: "Kiro".to_owned(),
        at: facts.now,
        saw: None,
        verdict: Some(Verdict {
            status: VerdictStatus::Healthy,
            cause: None,
            check: None,
            title: "What it is".to_owned(),
            say: "I look into it.".to_owned(),
            until: None,
            headline: "Everything that can be seen from here is in order. Go through the list below next.".to_owned(),
            owner: None,
            instruction: "Go through the list below.".to_owned(),
            acts_first: Some(Owner::Operator),
            from: Origin::Checks,
            next: None,
        }),
        tell_user: Some(TellUser {
            start_url: Some("https://d-1234567890.awsapps.com/start".to_owned()),
            region: "eu-west-1".to_owned(),
            choose: "Your organization, then Sign in via IAM Identity Center".to_owned(),
            user_name: None,
            standing: Standing::ToCompare,
        }),
        checks,
        not_covered: vec![
            NotCovered {
                title: "The subscription's state (Active, Pending, Canceled)".to_owned(),
                look: "Kiro console, Users and groups: a user who stays Pending sees the same error.".to_owned(),
            },
            NotCovered {
                title: "Password and MFA".to_owned(),
                look: "IAM Identity Center console, Users, this user.".to_owned(),
            },
        ],
        context: vec![
            line(ContextKind::Account, "111122223333", "from the AWS profile helpdesk"),
            line(ContextKind::Instance, "arn:aws:sso:::instance/ssoins-7223a1b2c3d4e5f6", "it holds the application"),
            line(ContextKind::InstanceRegion, "eu-west-1", "as AWS says"),
        ],
        instances: Vec::new(),
        suggestions: Vec::new(),
        people: Vec::new(),
        call_list: facts.calls.clone(),
        attempts: None,
        calls: 15,
    }
}

/// Nothing is answered but the caller; one call is slow, another one was throttled.
fn running(diagnosis: &mut Diagnosis) {
    diagnosis.verdict = None;
    diagnosis.tell_user = None;
    diagnosis.context.truncate(1);
    diagnosis.calls = 3;
    for check in diagnosis.checks.iter_mut().skip(1) {
        check.status = None;
        let asks = matches!(check.id, CheckId::Instance | CheckId::Roles);
        check.summary = if asks { "asking AWS".to_owned() } else { "waiting for earlier answers".to_owned() };
        check.waits_on = (!asks).then_some(CheckId::Instance);
        check.evidence.clear();
    }
    let under_way = |operation, attempts, trouble: Option<&str>| Call {
        attempts,
        trouble: trouble.map(str::to_owned),
        end: None,
        ..call(9, operation, 40, 0)
    };
    diagnosis.checks[1].evidence = vec![under_way(Operation::ListInstances, 1, None)];
    diagnosis.checks[7].evidence = vec![under_way(Operation::GetRole, 3, Some("throttled"))];
}

fn verdict(
    diagnosis: &mut Diagnosis,
    status: VerdictStatus,
    check: CheckId,
    cause: Cause,
    owner: Owner,
    headline: &str,
) {
    diagnosis.verdict = Some(Verdict {
        status,
        cause: Some(cause),
        check: Some(check),
        title: "What it is".to_owned(),
        say: "I look into it.".to_owned(),
        until: None,
        headline: headline.to_owned(),
        owner: Some(owner),
        instruction: "Do the first thing.".to_owned(),
        acts_first: Some(owner),
        from: Origin::Checks,
        next: None,
    });
    if let Some(tell) = &mut diagnosis.tell_user {
        tell.standing = if owner == Owner::User { Standing::IsTheFix } else { Standing::Aside };
    }
    let of = match status {
        VerdictStatus::Problem => Status::Fail,
        VerdictStatus::Suspect => Status::Warn,
        _ => Status::Unknown,
    };
    let check = one(diagnosis, check);
    check.status = Some(of);
    check.cause = Some(cause);
}

fn one(diagnosis: &mut Diagnosis, id: CheckId) -> &mut Check {
    diagnosis.checks.iter_mut().find(|check| check.id == id).unwrap()
}

fn skip(diagnosis: &mut Diagnosis, id: CheckId, on: CheckId, summary: &str) {
    let check = one(diagnosis, id);
    check.status = Some(Status::Skipped);
    check.waits_on = Some(on);
    check.summary = summary.to_owned();
    check.evidence.clear();
}

fn fix(title: &str, owner: Owner, steps: &[&str], command: Option<&str>) -> Fix {
    Fix {
        title: title.to_owned(),
        owner,
        steps: steps.iter().map(|step| (*step).to_owned()).collect(),
        command: command.map(str::to_owned),
        console: Some("https://eu-west-1.console.aws.amazon.com/singlesignon/home#!/groups".to_owned()),
        needs: vec!["identitystore:CreateGroupMembership".to_owned()],
        resource: None,
        ability: Some(Ability::Allowed),
    }
}

fn route(name: &str, number: usize) -> Route {
    Route {
        name: name.to_owned(),
        id: format!("93670c8a3b-{number:08x}-0000-4000-8000-000000000000"),
        grants: false,
        fixed: number == 1,
        why: "assigned, the user is not a member".to_owned(),
    }
}

fn not_in_group(diagnosis: &mut Diagnosis) {
    let headline = "Ben Costa is in none of the groups that give access to Kiro, so Kiro refuses the sign-in.";
    verdict(
        diagnosis,
        VerdictStatus::Problem,
        CheckId::Groups,
        Cause::NotInEntitledGroup,
        Owner::IdentityAdmin,
        headline,
    );
    skip(diagnosis, CheckId::Assignment, CheckId::Groups, "There is no group to look for");
    diagnosis.display_name = Some("Ben Costa".to_owned());
    if let Some(verdict) = &mut diagnosis.verdict {
        verdict.title = "Not in a Kiro group".to_owned();
        verdict.say = "Your account is fine, but nobody has given it Kiro yet. I am opening a request; you need not \
                       change anything. After it is approved it can take up to a day."
            .to_owned();
    }
    let check = one(diagnosis, CheckId::Groups);
    check.summary = "In none of the 3 groups that give access".to_owned();
    check.expected = Some("assigned groups: Kiro-Developers, Kiro-Platform, 基盤チーム".to_owned());
    check.found = Some("the user is in: Sales, Finance".to_owned());
    check.routes = vec![route("Kiro-Developers", 1), route("Kiro-Platform", 2), route("基盤チーム", 3)];
    check.fixes = vec![
        fix(
            "Add the user to the group Kiro-Developers",
            Owner::IdentityAdmin,
            &["Add the user to Kiro-Developers.", "Wait a few minutes, then let the user sign in again."],
            Some(
                "aws identitystore create-group-membership --region eu-west-1 --identity-store-id d-1234567890 \
                 --group-id 93670c8a3b-00000001-0000-4000-8000-000000000000 \
                 --member-id UserId=93670c8a3b-aaaaaaaa-0000-4000-8000-000000000000",
            ),
        ),
        fix("Subscribe one of the user's groups", Owner::ApplicationAdmin, &["Open the Kiro console."], None),
    ];
}

fn many_groups(diagnosis: &mut Diagnosis) {
    not_in_group(diagnosis);
    one(diagnosis, CheckId::Groups).routes =
        (0..5_000).map(|number| route(&format!("Team-{number:04}"), number)).collect();
}

fn suspect(diagnosis: &mut Diagnosis) {
    let headline = "The directory spells the user name Sue.Lang@corp.example: let the user type it exactly so.";
    verdict(diagnosis, VerdictStatus::Suspect, CheckId::User, Cause::UserNameDiffers, Owner::User, headline);
    let check = one(diagnosis, CheckId::User);
    check.summary = "The directory spells the name differently".to_owned();
    check.expected = Some("Sue.Lang@corp.example".to_owned());
    check.found = Some("sue@corp.example, found by e-mail address".to_owned());
    check.fixes = vec![
        fix("Type the user name as the directory spells it", Owner::User, &["Type Sue.Lang@corp.example."], None),
        fix("Rename the user", Owner::IdentityAdmin, &["Run the command."], Some("aws identitystore update-user")),
    ];
}

fn inconclusive(diagnosis: &mut Diagnosis) {
    let headline = "It could not be told: you may not list the user's groups.";
    verdict(
        diagnosis,
        VerdictStatus::Inconclusive,
        CheckId::Groups,
        Cause::PermissionMissing,
        Owner::CloudAdmin,
        headline,
    );
    let check = one(diagnosis, CheckId::Groups);
    check.summary = "Denied: identitystore:ListGroupMembershipsForMember".to_owned();
    check.fixes = vec![fix("Attach the policy that sso-doctor policy prints", Owner::CloudAdmin, &[], None)];
    skip(diagnosis, CheckId::Assignment, CheckId::Groups, "The user's groups are not known");
    let access = one(diagnosis, CheckId::Access);
    access.status = Some(Status::Warn);
    access.cause = Some(Cause::PermissionMissing);
    access.summary = "One permission is missing".to_owned();
}

fn expired(diagnosis: &mut Diagnosis) {
    let headline = "Your AWS session has expired: sign in again, then try again.";
    verdict(
        diagnosis,
        VerdictStatus::Inconclusive,
        CheckId::Access,
        Cause::CredentialsExpired,
        Owner::Operator,
        headline,
    );
    let others: Vec<CheckId> = diagnosis.checks.iter().map(|check| check.id).skip(1).collect();
    for id in others {
        skip(diagnosis, id, CheckId::Access, "Comes after your access");
    }
    diagnosis.tell_user = None;
    diagnosis.context.clear();
    let access = one(diagnosis, CheckId::Access);
    access.summary = "The token of the profile helpdesk has expired".to_owned();
    access.fixes = vec![Fix {
        console: None,
        needs: Vec::new(),
        ..fix("Sign in to AWS again", Owner::Operator, &["Run the command."], Some("aws sso login --profile helpdesk"))
    }];
}

fn not_found(diagnosis: &mut Diagnosis) {
    let headline = "There is no user bne@corp.example in this directory.";
    verdict(diagnosis, VerdictStatus::Problem, CheckId::User, Cause::UserNotFound, Owner::IdentityAdmin, headline);
    one(diagnosis, CheckId::User).summary = "No user by that name or e-mail address".to_owned();
    skip(diagnosis, CheckId::Groups, CheckId::User, "The user is not known");
    skip(diagnosis, CheckId::Assignment, CheckId::User, "The user is not known");
    diagnosis.suggestions = vec!["ben@corp.example".to_owned(), "bea@corp.example".to_owned()];
    let instance = |number: u8, used| InstanceChoice {
        arn: format!("arn:aws:sso:::instance/ssoins-{number:016}"),
        label: format!("eu-west-{number}, d-123456789{number}"),
        used,
    };
    diagnosis.instances = vec![instance(1, true), instance(2, false)];
}

fn two_people() -> Vec<PersonChoice> {
    let person = |name: &str, is_enabled| {
        let (display_name, user_name, directory) = ("Ben Berg".into(), name.into(), "Corp".into());
        PersonChoice { display_name, user_name, directory, enabled: Some(is_enabled) }
    };
    vec![person("ben@corp.example", true), person("berg@corp.example", false)]
}
