//! From the command line, the environment and the configuration to a session and its cases.

use std::{
    io::IsTerminal,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Context;
use futures::future::LocalBoxFuture;
use jiff::{Timestamp, tz::TimeZone};

use super::{
    arguments::{Color, HandedOverOptions, Options, Shell},
    log,
    saw::read_seen,
};
use crate::{
    case::{
        App, AttemptsMode, AttemptsSettings, Case, Saw, Settings, Source, Sourced, TypedUser,
        config::{self, Config},
    },
    catalog::Catalog,
    domain::{InstanceArn, Region},
    gather::{FollowUps, Session},
    report::{self, Glyphs, Judge, Paint, Redactor},
    saml::HandedOver,
    sources::{
        Fetch, NoNetwork, Source as AnswerSource,
        aws::{AwsSettings, Flags, LazyAws},
        demo,
        handed_over::{Place, Places, read_handed_over},
    },
    symptoms,
    tui::{ConnectToAws, Connection},
};

/// The Region of the sample organization's operator.
const SAMPLE_REGION: &str = "eu-west-1";

/// Everything that a run needs.
pub(super) struct Setup {
    pub(super) config: Config,
    pub(super) app: Arc<App>,
    pub(super) settings: Arc<Settings>,
    pub(super) session: Session,
    /// What judging wants to be asked.
    pub(super) follow_ups: FollowUps,
    /// What the user saw, where anything of it was told.
    pub(super) saw: Option<Saw>,
    /// What was handed over.
    pub(super) handed_over: Arc<HandedOver>,
    /// Who fetches an address of metadata.
    pub(super) fetch: Arc<dyn Fetch>,
}

/// A variable that is no text is an impossible value, not an absent one.
fn read_variable(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}

impl Setup {
    /// Reads the settings; `delay` slows the sample organization down, so that people see something move.
    pub(super) fn new(
        options: &Options,
        delay: Option<Duration>,
        runtime: &tokio::runtime::Runtime,
    ) -> anyhow::Result<Self> {
        if let Some(shell) = options.shell {
            crate::text::settle_shell(match shell {
                Shell::Posix => crate::text::Shell::Posix,
                Shell::Powershell => crate::text::Shell::PowerShell,
            });
        }
        if let Some(path) = &options.log {
            log::begin_logging(path)?;
        }
        let saw = read_seen(&options.seen)?;
        let started = Instant::now();
        let directory = config::find_directory();
        let config = match &directory {
            Some(directory) => Config::read(directory)?,
            None => Config::default(),
        };
        let name = options.app.as_deref().or(config.app.as_deref()).unwrap_or("kiro");
        let mut app = App::load(name)?;
        app.entitled_groups.extend(config.entitled_groups.iter().cloned());
        let timeout = options.time_for_a_diagnosis();
        let instance = read_instance(options)?;
        let attempts = read_attempts(options, &config)?;
        // The sample organization has an identity provider of its own.
        let configured =
            if options.demo { Places::default() } else { list_configured_places(&config, directory.as_deref()) };
        let places = list_places(&options.handed_over, configured);
        let (settings, source, fetch): (Settings, Arc<dyn AnswerSource>, Arc<dyn Fetch>) = if options.demo {
            (
                build_sample_settings(instance, attempts),
                Arc::new(demo::Sample::demo(read_clock(), delay)?),
                Arc::new(NoNetwork),
            )
        } else {
            let flags = read_flags(options, &config);
            let aws = runtime.block_on(AwsSettings::read(&flags, &|name| read_variable(name)))?;
            let settings = Settings {
                region: aws.region.clone(),
                aws_profile: aws.profile.clone(),
                sign_in: aws.sign_in.clone(),
                instance,
                alias_url: config.alias_url.clone(),
                attempts,
                demo: false,
                lists_people: false,
                names_all_groups: false,
            };
            let aws = Arc::new(LazyAws::new(aws.within(timeout)));
            (settings, aws.clone(), aws)
        };
        let handed_over = runtime.block_on(read_handed_over(&places, fetch.as_ref(), timeout))?;
        // Fetching is part of the time that the whole diagnosis has.
        let left = timeout.saturating_sub(started.elapsed()).max(Duration::from_secs(1));
        let follow_ups = list_follow_ups(read_catalog()?);
        Ok(Self {
            config,
            app: Arc::new(app),
            settings: Arc::new(settings),
            session: Session::new(source, left, follow_ups.clone()),
            follow_ups,
            saw,
            handed_over: Arc::new(handed_over),
            fetch,
        })
    }

    /// Returns the case of one user.
    pub(super) fn build_case(&self, user: TypedUser, options: &Options) -> Case {
        let is_sample = options.demo && self.saw.is_none();
        let saw = if is_sample { symptoms::recognize_told(&demo::list_seen(&user)) } else { self.saw.clone() };
        let case = Case {
            user,
            start_url: options.start_url.clone().or_else(|| saw.as_ref()?.start_url.clone()),
            typed_region: options.typed_region.clone().or_else(|| saw.as_ref()?.typed_region.clone()),
            typed_user: options.typed_user.clone(),
            saw: saw.clone(),
            handed_over: self.handed_over.clone(),
            app: self.app.clone(),
            settings: self.settings.clone(),
        };
        if options.demo { demo::complete_case(case) } else { case }
    }
}

/// Returns what names the AWS profile and the Region.
fn read_flags(options: &Options, config: &Config) -> Flags {
    Flags {
        profile: options.profile.clone(),
        region: options.region.clone(),
        configured_profile: config.profile.clone(),
        configured_region: config.region.clone(),
    }
}

/// Connects the app to AWS with another profile; everything else stays as it was set up.
#[derive(Debug)]
pub(super) struct ProfileSwitch {
    flags: Flags,
    settings: Arc<Settings>,
    timeout: Duration,
    follow_ups: FollowUps,
}

impl ProfileSwitch {
    /// Returns what connects with the options that the app was started with, and these settings.
    pub(super) fn new(options: &Options, setup: &Setup, settings: Arc<Settings>) -> Self {
        Self {
            flags: read_flags(options, &setup.config),
            settings,
            timeout: options.time_for_a_diagnosis(),
            follow_ups: setup.follow_ups.clone(),
        }
    }
}

impl ConnectToAws for ProfileSwitch {
    fn connect<'a>(&'a self, profile: &'a str) -> LocalBoxFuture<'a, Result<Connection, String>> {
        Box::pin(async move {
            let flags = Flags { profile: Some(profile.to_owned()), ..self.flags.clone() };
            let aws =
                AwsSettings::read(&flags, &|name| read_variable(name)).await.map_err(|error| error.to_string())?;
            let settings = Settings {
                region: aws.region.clone(),
                aws_profile: aws.profile.clone(),
                sign_in: aws.sign_in.clone(),
                ..Settings::clone(&self.settings)
            };
            let aws = Arc::new(LazyAws::new(aws.within(self.timeout)));
            let session = Session::new(aws.clone(), self.timeout, self.follow_ups.clone());
            Ok(Connection { session, settings: Arc::new(settings), fetch: aws })
        })
    }
}

/// Returns what `config.toml` names; a relative path begins beside it.
fn list_configured_places(config: &Config, directory: Option<&Path>) -> Places {
    let named = |named_by, typed: &Option<String>| {
        let base = directory.map(Path::to_owned);
        typed.as_ref().map(|typed| Place { base, ..Place::named(named_by, typed) })
    };
    Places {
        idp_metadata: named("idp-metadata in config.toml", &config.idp_metadata),
        sp_metadata: named("sp-metadata in config.toml", &config.sp_metadata),
        saml_response: None,
        idp_certificate: named("idp-certificate in config.toml", &config.idp_certificate),
    }
}

/// Returns what the options name, and for the others what is configured.
fn list_places(options: &HandedOverOptions, configured: Places) -> Places {
    let named = |option, typed: &Option<String>| typed.as_ref().map(|typed| Place::named(option, typed));
    Places {
        idp_metadata: named("--idp-metadata", &options.idp_metadata).or(configured.idp_metadata),
        sp_metadata: named("--sp-metadata", &options.sp_metadata).or(configured.sp_metadata),
        saml_response: named("--saml-response", &options.saml_response),
        idp_certificate: named("--idp-certificate", &options.idp_certificate).or(configured.idp_certificate),
    }
}

/// Returns the built-in catalogue with the organization's own entries over it.
pub(super) fn read_catalog() -> anyhow::Result<Catalog> {
    let mut catalog = Catalog::built_in()?;
    if let Some(path) = config::find_directory().map(|directory| directory.join("causes.toml"))
        && let Some(text) = config::read_if_there(&path)?
    {
        catalog.override_with(&text, &config::show_path(&path))?;
    }
    Ok(catalog)
}

/// Returns who judges: with `--redact`, names are taken out of every diagnosis, the same way throughout the run.
pub(super) fn choose_judge(options: &Options) -> anyhow::Result<Judge> {
    if !options.redact {
        return Ok(Arc::new(report::diagnose));
    }
    let redactor = Redactor::new()?;
    Ok(Arc::new(move |case, facts, catalog| redactor.redact(case, facts, report::diagnose(case, facts, catalog))))
}

/// Returns the settings of whoever diagnoses the sample organization.
pub(super) fn build_sample_settings(instance: Option<Sourced<InstanceArn>>, attempts: AttemptsSettings) -> Settings {
    let region = Some(Sourced { value: Region::new(SAMPLE_REGION), source: Source::Sample });
    Settings { region, instance, attempts, demo: true, ..Settings::default() }
}

/// Returns the sample organization.
pub(super) fn build_sample_session(delay: Option<Duration>, timeout: Duration) -> anyhow::Result<Session> {
    let sample = demo::Sample::demo(read_clock(), delay)?;
    Ok(Session::new(Arc::new(sample), timeout, list_follow_ups(read_catalog()?)))
}

/// Returns what judging wants to be asked.
fn list_follow_ups(catalog: Catalog) -> FollowUps {
    FollowUps {
        wants_lookups: report::wants_attempts,
        plan_rights: Arc::new(move |case, facts| report::plan_rights(case, facts, &catalog)),
    }
}

/// Returns when to look at sign-in attempts, and which: the command line comes before `config.toml`.
fn read_attempts(options: &Options, config: &Config) -> anyhow::Result<AttemptsSettings> {
    let time_zone = TimeZone::system();
    let attempted = options
        .attempted
        .as_ref()
        .map(|told| told.resolve(read_clock(), &time_zone))
        .transpose()
        .context("--attempted is no time to look at")?;
    let mode = options.attempts.map(AttemptsMode::from).or(config.attempts).unwrap_or_default();
    Ok(AttemptsSettings { mode, attempted, time_zone: Some(time_zone) })
}

fn read_instance(options: &Options) -> anyhow::Result<Option<Sourced<InstanceArn>>> {
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

/// Returns the time, to the second: what a report shows.
pub(super) fn read_clock() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// Returns the marks of the text report.
pub(super) fn choose_glyphs(options: &Options) -> Glyphs {
    if options.ascii { Glyphs::Ascii } else { Glyphs::Unicode }
}

/// Returns whether the text report has colours.
pub(super) fn choose_paint(options: &Options) -> Paint {
    if wants_color(options, std::io::stdout().is_terminal()) { Paint::Colour } else { Paint::Plain }
}

/// Returns whether to colour: `--color` first, then `NO_COLOR` and `TERM=dumb`, then whether it is a terminal.
pub(super) fn wants_color(options: &Options, is_terminal: bool) -> bool {
    let is_unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    match options.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => is_terminal && !is_unwanted && !is_dumb,
    }
}
