//! The terminal app. Arrows run one way:
//!
//! ```text
//!  shell ──Message──► update ──Effect──► shell      the only place with a terminal, a clock, files and tasks
//!    │                  │
//!    └─────► view       │                           pure: the same model gives the same screen
//!              └──► layout ──► content ──► model ──► theme, keymap, measure, action
//! ```
//!
//! - [`action`] and [`keymap`]: what a person can do, and with which key
//! - [`model`]: all that the screen shows; [`message`]: what it can be told, and can ask for
//! - `content`: what each pane says, line by line; `layout`: where the panes are
//! - [`mod@update`]: message in, effects out; [`mod@view`]: model to frame. Both stand on `layout` and `content`, and
//!   neither knows the other
//! - `shell`: terminal, input, signals and the running diagnosis
//!
//! A page over the diagnosis is a variant of [`model::Layer`], with a file in `content` for its lines, one in `view` that
//! draws them, and one in `update` where its keys do more than scroll.

pub mod action;
mod content;
pub mod keymap;
mod layout;
pub mod measure;
pub mod message;
pub mod model;
mod shell;
pub mod theme;
mod time;
pub mod update;
pub mod view;

pub use self::{
    content::actions::{is_available, label_action},
    keymap::Keymap,
    model::AppContext,
    shell::{ConnectToAws, Connection, Launch, run},
    theme::Theme,
};
