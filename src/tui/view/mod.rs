//! Draws the model. Nothing is decided here, nothing changed.
//!
//! ```text
//! sso-doctor · Kiro · ben@corp.example                     eu-west-1 · 111122223333   header
//! ┃ ✗ PROBLEM  who acts: the identity administrator                                   verdict
//! ┃ Ben is in no group that gives access to Kiro.
//! ── Tell the user to type this ──────────────────────────────────────────────────   card
//!   Start URL  https://d-1234567890.awsapps.com/start
//! ── Checks ───────────────────────────────────────────────────────────── 8 of 8 ──   checks
//!   ✓ pass      Your access    You can see everything                        0.2 s
//! ▶ ✗ fail      Groups         In none of the 2 groups that give access      0.9 s
//! ── Groups ──────────────────────────────────────────────────────────────────────   detail
//!   ✗ Kiro-Developers: assigned, the user is not a member
//! Enter detail  c copy command  r again  ? help  q quit                               footer
//! ```

mod cannot_start;
pub(super) mod card;
mod checks;
mod detail;
mod footer;
mod form;
mod header;
pub(super) mod help;
mod line;
mod list;
pub(super) mod page;
mod paint;
pub(super) mod verdict;

use ratatui::{Frame, widgets::Clear};

use super::{
    layout::{self, Shape},
    model::{Layer, Model},
};

/// Draws everything.
pub fn view(model: &Model, frame: &mut Frame) {
    let area = frame.area();
    if layout::shape(area.as_size()) == Shape::Line {
        return line::draw(model, frame, area);
    }
    match model.top() {
        Some(Layer::Form) => form::draw(model, frame, area),
        Some(Layer::CannotStart) => cannot_start::draw(model, frame, area),
        Some(Layer::Help(scroll)) => help::draw(model, *scroll, frame, area),
        Some(Layer::List(list)) => {
            if model.layers.contains(&Layer::Form) {
                form::draw(model, frame, area);
            } else if let Some(Layer::CannotStart) = model.layers.first() {
                cannot_start::draw(model, frame, area);
            } else {
                diagnosis(model, frame);
            }
            let over = list::area(list, area);
            frame.render_widget(Clear, over);
            list::draw(model, list, frame, over);
            footer::draw(model, frame, layout::last_line(area));
        }
        None => diagnosis(model, frame),
    }
}

fn diagnosis(model: &Model, frame: &mut Frame) {
    let Some(run) = model.run() else { return };
    let areas = layout::areas(model, run, frame.area());
    header::draw(model, frame, areas.header);
    if layout::shape(frame.area().as_size()) == Shape::Single {
        page::Page::verdict(model, run, areas.verdict).draw(model, run.page_scroll, frame, areas.verdict);
    } else {
        verdict::draw(model, run, frame, areas.verdict);
        card::draw(model, run, frame, areas.card);
    }
    checks::draw(model, run, frame, areas.checks);
    paint::column(model, frame, areas.divider);
    detail::draw(model, run, frame, areas.detail);
    footer::draw(model, frame, areas.footer);
}
