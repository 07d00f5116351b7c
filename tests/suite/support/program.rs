//! The real binary, in an environment of its own.

use std::{path::Path, time::Duration};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

use super::aws::FakeAws;

/// A run of the binary in which nothing of the machine's own settings counts.
pub struct Program {
    home: TempDir,
}

/// How a run ended.
#[derive(Debug, Clone)]
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Program {
    /// A new home without any file in it.
    pub fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap() }
    }

    /// Where `config.toml` and the AWS files belong.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Puts a file into the home.
    pub fn with_file(self, path: &str, text: &str) -> Self {
        let path = self.home().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    /// The command, with no credentials and no way to the instance metadata.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("sso-doctor").unwrap();
        command.env_clear().env("HOME", self.home()).env("XDG_CONFIG_HOME", self.home().join(".config"));
        command.env("AWS_EC2_METADATA_DISABLED", "true").args(arguments).timeout(Duration::from_mins(1));
        command
    }

    /// Runs the command to its end.
    pub fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments))
    }

    /// Runs `check --format json` for one user against a fake AWS, with further variables over its environment.
    pub async fn check(user: &str, aws: &FakeAws, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
        let program = Self::new();
        let mut command = program.command(&["check", user, "--format", "json"]);
        command.args(arguments).envs(aws.environment()).envs(variables.iter().copied());
        // Waiting for the program must not keep the server from answering it.
        tokio::task::spawn_blocking(move || (Run::of(command), program)).await.unwrap().0
    }
}

impl Run {
    pub fn of(mut command: Command) -> Self {
        let output = command.output().unwrap();
        Self {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The one object of `--format json`.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Status and cause of the verdict.
    pub fn verdict(&self) -> (String, String) {
        let json = self.json();
        let text = |key: &str| json["verdict"][key].as_str().unwrap_or_default().to_owned();
        (text("status"), text("cause"))
    }
}
