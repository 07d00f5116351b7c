//! Draws the model. Nothing is decided here, nothing changed.
//!
//! ```text
//! sso-doctor · Kiro                                        eu-west-1 · 111122223333   header
//! ┃ ✗ PROBLEM · NOT IN A KIRO GROUP               Ines Costa · ines.costa@corp.example first block
//! ── Say to the caller ────────────────────────────────────────────────── y copies ──
//!   "Your account is fine, but nobody has given it Kiro yet…"
//! ── Do ────────────────────────────────────────────────────────── t copies the note ──
//!   Ticket to: identity administrator
//!   Add Ines Costa to one of: Kiro-Developers, Kiro-Platform.
//!   ✓ login  ✓ Identity Center  ✓ form  ✓ user  ✓ app  ✗ GROUP  ○ assignment  ✓ roles
//! ── Checks ───────────────────────────────────────────────────────────── 8 of 8 ──   checks
//!   ✓ pass      Your access    You can see everything                        0.2 s
//! ▶ ✗ fail      Groups         In none of the 2 groups that give access      0.9 s
//! ── Groups ──────────────────────────────────────────────────────────────────────   detail
//!   ✗ Kiro-Developers: assigned, the user is not a member
//! Enter detail  c copy command  r again  ? help  q quit                               footer
//! ```

mod cannot_start;
mod comparison;
mod diagnosis;
mod file_page;
mod form;
mod hand_over;
mod help;
mod list;
mod note;
mod parts;
mod people_list;

use ratatui::{Frame, layout::Rect, widgets::Clear};

use super::{
    content::{footer::build_footer_lines, header::build_header_line},
    layout::{inset, split_window},
    measure::wrap_text,
    model::{Layer, Model, Shape},
    theme::Tone,
};

/// Draws everything.
pub fn view(model: &Model, frame: &mut Frame) {
    if model.shape() == Shape::Tiny {
        return draw_plea(model, frame);
    }
    let [header, body, footer] = split_window(frame.area());
    match model.covering_layer() {
        Some(Layer::Help(scroll)) => help::draw_help(model, *scroll, frame, header, body),
        Some(Layer::Note(scroll)) => note::draw_note(model, *scroll, frame, header, body),
        covering => {
            frame.render_widget(build_header_line(model, inset(header).width), inset(header));
            match covering {
                Some(Layer::Form) => form::draw_form(model, frame, body),
                Some(Layer::HandOver) => hand_over::draw_hand_over(model, frame, body),
                Some(Layer::File) => file_page::draw_file_page(model, frame, body),
                Some(Layer::PeopleList) => people_list::draw_people_list(model, frame, body),
                Some(Layer::Comparison(scroll)) => comparison::draw_comparison(model, *scroll, frame, body),
                Some(Layer::CannotStart(scroll)) => cannot_start::draw_cannot_start(model, *scroll, frame, body),
                _ => diagnosis::draw_diagnosis(model, frame, body),
            }
        }
    }
    if let Some(Layer::List(list)) = model.top_layer() {
        list::draw_list(model, list, frame, body);
    }
    draw_footer(model, frame, footer);
}

/// Says what is missing, where nothing that helps would fit.
fn draw_plea(model: &Model, frame: &mut Frame) {
    let area = frame.area();
    let plea = "Please enlarge this window: 24 columns and 6 lines are the least.";
    let lines = wrap_text(plea, usize::from(area.width));
    parts::draw_lines(frame, area, lines.into_iter().map(|line| model.app.theme.style_text(Tone::Plain, line).into()));
}

fn draw_footer(model: &Model, frame: &mut Frame, footer: Rect) {
    let footer = inset(footer);
    let lines = build_footer_lines(model, footer.width);
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(footer.y.max(1)).max(footer.height);
    let over = Rect { y: footer.bottom().saturating_sub(height), height, ..footer }.intersection(frame.area());
    frame.render_widget(Clear, over);
    parts::draw_lines(frame, over, lines);
}
