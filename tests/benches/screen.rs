//! How long the screen takes: a frame of the busiest one at 200x60 (under 2 ms), and from a key to the frame with
//! 5,000 groups in the detail pane (under 20 ms).
//!
//! `cargo bench --bench screen`

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::assigning_clones,
    reason = "a benchmark fails by panicking"
)]
#![expect(dead_code, reason = "the tests use the rest of the driver")]

#[path = "../tui/company.rs"]
mod company;
#[path = "../tui/driver.rs"]
mod driver;
#[path = "../tui/samples.rs"]
mod samples;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use ratatui::{Terminal, backend::TestBackend};
use sso_doctor::tui::{keymap::Key, message::Message, model::Model, update::update, view::view};

use self::driver::Driver;

fn screen(criterion: &mut Criterion) {
    let mut terminal = Terminal::new(TestBackend::new(200, 60)).unwrap();
    let mut draw = |model: &Model| {
        terminal.draw(|frame| view(model, frame)).unwrap();
    };
    let many = Driver::new(200, 60).keys("many@corp.example<enter>e<tab>").model;
    criterion.bench_function("frame of 5,000 groups at 200x60", |bencher| bencher.iter(|| draw(black_box(&many))));

    let mut model = many.clone();
    let (down, fold) = (Key::parse("pagedown").unwrap(), Key::parse("e").unwrap());
    criterion.bench_function("page down to frame with 5,000 groups", |bencher| {
        bencher.iter(|| {
            update(&mut model, Message::Key(black_box(down)));
            draw(&model);
        });
    });
    criterion.bench_function("unfold to frame with 5,000 groups", |bencher| {
        bencher.iter(|| {
            update(&mut model, Message::Key(black_box(fold)));
            draw(&model);
        });
    });
    let mut columns = 200;
    criterion.bench_function("resize to frame with 5,000 groups", |bencher| {
        bencher.iter(|| {
            columns = 399 - columns;
            update(&mut model, Message::Resize(black_box(columns), 60));
            draw(&model);
        });
    });
}

criterion_group!(benches, screen);
criterion_main!(benches);
