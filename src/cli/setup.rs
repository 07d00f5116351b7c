//! From the command line, the environment and the configuration to a session and its cases.

use std::{io::IsTerminal, sync::Arc, time::Duration};

use anyhow::Context;
use jiff::Timestamp;

use super::{
    arguments::{Color, Options},
    log,
};
use crate::{
    case::{
        App, Case, Settings, Source, Sourced, TypedUser,
        config::{self, Config},
    },
    domain::{InstanceArn, Region},
    gather::Session,
    report::{self, Glyphs, Judge, Paint, Redactor},
    sources::{
        aws::{AwsSettings, Flags, LazyAws},
        demo,
    },
};

/// The Region of the sample organization's operator.
const SAMPLE_REGION: &str = "eu-west-1";

/// Everything that a run needs.
pub(super) struct Setup {
    pub(super) config: Config,
    pub(super) app: Arc<App>,
    pub(super) settings: Arc<Settings>,
    pub(super) session: Session,
}

/// A variable that is no text is an impossible value, not an absent one.
fn variable(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}

impl Setup {
    /// Reads the settings; `delay` slows the sample organization down, so that people see something move.
    pub(super) fn new(
        options: &Options,
        delay: Option<Duration>,
        runtime: &tokio::runtime::Runtime,
    ) -> anyhow::Result<Self> {
        if let Some(path) = &options.log {
            log::begin(path)?;
        }
        let config = match config::directory() {
            Some(directory) => Config::read(&directory)?,
            None => Config::default(),
        };
        let name = options.app.as_deref().or(config.app.as_deref()).unwrap_or("kiro");
        let mut app = App::load(name)?;
        app.entitled_groups.extend(config.entitled_groups.iter().cloned());
        let timeout = Duration::from_secs(options.timeout);
        let instance = instance(options)?;
        let (settings, session) = if options.demo {
            (sample_settings(instance), sample_session(delay, timeout)?)
        } else {
            let flags = Flags {
                profile: options.profile.clone(),
                region: options.region.clone(),
                configured_profile: config.profile.clone(),
                configured_region: config.region.clone(),
            };
            let aws = runtime.block_on(AwsSettings::read(&flags, &|name| variable(name)))?;
            let settings = Settings {
                region: aws.region.clone(),
                aws_profile: aws.profile.clone(),
                instance,
                alias_url: config.alias_url.clone(),
                demo: false,
            };
            (settings, Session::new(Arc::new(LazyAws::new(aws)), timeout))
        };
        Ok(Self { config, app: Arc::new(app), settings: Arc::new(settings), session })
    }

    /// The case of one user.
    pub(super) fn case(&self, typed: &str, options: &Options) -> anyhow::Result<Case> {
        let user = TypedUser::parse(typed).with_context(|| format!("`{}` is no user", crate::text::clean(typed)))?;
        let case = Case {
            user,
            start_url: options.start_url.clone(),
            typed_region: options.typed_region.clone(),
            typed_user: options.typed_user.clone(),
            app: self.app.clone(),
            settings: self.settings.clone(),
        };
        Ok(if options.demo { demo::complete(case) } else { case })
    }
}

/// Who judges: with `--redact`, names are taken out of every diagnosis, the same way throughout the run.
pub(super) fn judge(options: &Options) -> anyhow::Result<Judge> {
    if !options.redact {
        return Ok(Arc::new(report::diagnose));
    }
    let redactor = Redactor::new()?;
    Ok(Arc::new(move |case, facts, catalog| redactor.redact(case, facts, report::diagnose(case, facts, catalog))))
}

/// The settings of whoever diagnoses the sample organization.
pub(super) fn sample_settings(instance: Option<Sourced<InstanceArn>>) -> Settings {
    let region = Some(Sourced { value: Region::new(SAMPLE_REGION), source: Source::Sample });
    Settings { region, aws_profile: None, instance, alias_url: None, demo: true }
}

/// The sample organization.
pub(super) fn sample_session(delay: Option<Duration>, timeout: Duration) -> anyhow::Result<Session> {
    Ok(Session::new(Arc::new(demo::Sample::demo(now(), delay)?), timeout))
}

fn instance(options: &Options) -> anyhow::Result<Option<Sourced<InstanceArn>>> {
    let Some(arn) = &options.instance else {
        return Ok(None);
    };
    let is_arn = arn.starts_with("arn:") && arn.contains(":instance/ssoins-");
    anyhow::ensure!(
        is_arn,
        "`{}` is not the ARN of an instance: it looks like arn:aws:sso:::instance/ssoins-1111222233334444",
        crate::text::clean(arn)
    );
    Ok(Some(Sourced { value: InstanceArn::new(arn.as_str()), source: Source::Flag("--instance") }))
}

/// The time, to the second: what a report shows.
pub(super) fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// The marks of the text face.
pub(super) fn glyphs(options: &Options) -> Glyphs {
    if options.ascii { Glyphs::Ascii } else { Glyphs::Unicode }
}

/// Whether the text face has colours.
pub(super) fn paint(options: &Options) -> Paint {
    if wants_color(options, std::io::stdout().is_terminal()) { Paint::Colour } else { Paint::Plain }
}

/// `--color` first, then `NO_COLOR` and `TERM=dumb`, then whether it is a terminal.
pub(super) fn wants_color(options: &Options, is_terminal: bool) -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    match options.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => is_terminal && !is_set("NO_COLOR") && !is_dumb,
    }
}
