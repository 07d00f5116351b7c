//! How long judging takes, and writing the result: for a user of the sample organization, and for one in 1,000 groups.
//!
//! `cargo bench --bench judging`

#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::{fmt::Write, hint::black_box, sync::Arc};

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::Timestamp;
use sso_doctor::{
    case::{App, Case, Settings, TypedUser},
    catalog::Catalog,
    facts::Facts,
    gather::{FollowUps, gather},
    report,
    sources::{
        EventSender,
        demo::{Organization, Sample},
    },
};
use tokio::sync::mpsc::unbounded_channel;

fn judging(criterion: &mut Criterion) {
    let catalog = Catalog::built_in().unwrap();
    let demo = Sample::demo(Timestamp::UNIX_EPOCH, None).unwrap();
    let many = Sample::new(Organization::parse(&a_thousand_groups(), Timestamp::UNIX_EPOCH).unwrap(), None);
    for (name, sample, user) in
        [("a sample user", &demo, "ines.costa@corp.example"), ("1,000 groups", &many, "ana@corp.example")]
    {
        let case = case(user);
        let facts = facts(sample, &case);
        criterion.bench_function(&format!("judge {name}"), |bencher| {
            bencher.iter(|| report::diagnose(black_box(&case), black_box(&facts), &catalog));
        });
        let diagnosis = report::diagnose(&case, &facts, &catalog);
        criterion.bench_function(&format!("write {name} as JSON"), |bencher| {
            bencher.iter(|| report::write_json(black_box(&diagnosis)));
        });
    }
}

fn case(user: &str) -> Case {
    Case {
        user: TypedUser::parse(user).unwrap(),
        start_url: None,
        typed_region: None,
        typed_user: None,
        saw: None,
        handed_over: Arc::default(),
        app: Arc::new(App::load("kiro").unwrap()),
        settings: Arc::new(Settings::default()),
    }
}

/// The user is in 1,000 groups, and none of them grants access.
fn a_thousand_groups() -> String {
    let mut text = String::from("groups = [{ name = \"Kiro-Developers\" }");
    for number in 0..1_000 {
        write!(text, ", {{ name = \"Team {number}\", members = [\"ana@corp.example\"] }}").unwrap();
    }
    text.push(']');
    text
}

fn facts(sample: &Sample, case: &Case) -> Facts {
    let (sender, mut receiver) = unbounded_channel();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let events = EventSender::new(sender);
    let known = Facts::new(Timestamp::UNIX_EPOCH);
    runtime.block_on(gather(sample, std::slice::from_ref(case), known, FollowUps::none(), &events));
    let mut facts = Facts::new(Timestamp::UNIX_EPOCH);
    while let Ok(event) = receiver.try_recv() {
        facts.apply(event);
    }
    facts
}

criterion_group!(benches, judging);
criterion_main!(benches);
