//! Finds why somebody cannot sign in to Kiro, or another application behind AWS IAM Identity Center.
//!
//! Data flows one way:
//!
//! ```text
//! intake ──► gather ──► facts ──► judge ──► diagnosis ──► face, tui
//! (what we   (async,    (what     (pure)    (findings,    (text, json,
//! were told)  asks AWS)  we saw)             verdict)      markdown, screen)
//! ```
//!
//! | module | is about |
//! | --- | --- |
//! | [`intake`], [`start_url`], [`app_profile`], [`config`] | what we were told: the user, what the user typed, the application, settings |
//! | [`domain`], [`operation`], [`facts`] | the nouns of Identity Center, the calls there are, and everything that was learned |
//! | [`port`], [`journal`] | who answers, and the line on which answers are announced |
//! | [`aws`], [`sample`] | the two who answer: AWS, and the sample organization |
//! | [`gather`] | asking, as early and as concurrently as the answers allow |
//! | `reading` | what the facts say, before anybody judges |
//! | [`judge`], [`cause`], [`words`] | one file a check; the causes; what they mean and how they are fixed |
//! | [`diagnosis`], [`text`], [`malformed`], [`redact`] | what every face shows, how foreign text and files become safe to show, and fit for the public |
//! | [`face`], [`policy`] | text, JSON, Markdown; the IAM policy |
//! | [`session`], [`cli`] | one run: who is asked, for how long, and the commands |

pub mod app_profile;
pub mod aws;
pub mod cause;
pub mod cli;
pub mod config;
pub mod diagnosis;
pub mod domain;
pub mod face;
pub mod facts;
pub mod gather;
pub mod intake;
pub mod journal;
pub mod judge;
pub mod malformed;
pub mod operation;
pub mod policy;
pub mod port;
mod reading;
pub mod redact;
pub mod sample;
pub mod session;
pub mod start_url;
pub mod text;
pub mod tui;
pub mod words;
