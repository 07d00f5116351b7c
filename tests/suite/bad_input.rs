//! Wrong usage and impossible settings get a clear answer: what is wrong, where, and what to do. None is a backtrace.

use crate::support::program::{Program, Run};
use rstest::rstest;

/// Wrong usage is said on standard error, with what to do, and standard output stays empty for the program behind it.
#[rstest]
#[case::nobody_named(&["check"], "sso-doctor check USER")]
#[case::nobody_named_without_a_command(&[], "sso-doctor check USER")]
#[case::an_empty_name(&["check", "--demo", "  "], "type a user name")]
#[case::an_unknown_option(&["check", "--nonsense", "ana"], "--nonsense")]
#[case::an_unknown_format(&["check", "--format", "xml", "ana"], "json")]
#[case::an_unknown_cause(&["explain", "user-not-fond"], "user-not-found")]
#[case::an_unknown_shell(&["completions", "tcsh"], "bash")]
#[case::an_unknown_application(&["check", "--demo", "--app", "kirro", "ana"], "kiro")]
#[case::a_file_that_is_not_there(&["check", "--demo", "--app", "./nothing.toml", "ana"], "nothing.toml")]
#[case::an_instance_that_is_none(&["check", "--demo", "--instance", "ssoins-1", "ana"], "arn:aws:sso:::instance/")]
#[case::no_time(&["check", "--demo", "--timeout", "0", "ana"], "timeout")]
#[case::a_region_that_is_none(&["check", "--region", "Ireland", "ana"], "eu-west-1")]
#[case::a_profile_that_is_none(&["check", "--profile", "nothing", "ana"], "nothing")]
fn wrong_usage_is_explained(#[case] arguments: &[&str], #[case] hint: &str) {
    let run = Program::new().run(arguments);
    is_explained(&run, &[hint]);
}

#[rstest]
#[case("AWS_MAX_ATTEMPTS", "0", &["AWS_MAX_ATTEMPTS", "from 1 on"])]
#[case("AWS_MAX_ATTEMPTS", "many", &["AWS_MAX_ATTEMPTS", "`many`"])]
#[case("AWS_RETRY_MODE", "never", &["AWS_RETRY_MODE", "standard"])]
#[case("AWS_ENDPOINT_URL", "localhost", &["AWS_ENDPOINT_URL", "http://"])]
#[case("AWS_ENDPOINT_URL_SSO_ADMIN", "ftp://somewhere", &["AWS_ENDPOINT_URL_SSO_ADMIN", "http://"])]
#[case("HTTP_PROXY", "http://", &["HTTP_PROXY", "empty host", "http://proxy.example:8080"])]
#[case("HTTPS_PROXY", "http://proxy.example:eighty", &["HTTPS_PROXY", "port"])]
#[case("https_proxy", "http://proxy example:8080", &["https_proxy", "blank"])]
#[case("http_proxy", "socks5://proxy.example:1080", &["http_proxy", "socks5"])]
#[case("HTTPS_PROXY", "http://ana:hunter2@proxy.example:eighty", &["`http://***@proxy.example:eighty`"])]
#[case("HTTPS_PROXY", "http://ana:hunter2/@proxy.example:8080", &["%2F", "`http://***@proxy.example:8080`"])]
#[case("AWS_ENDPOINT_URL_STS", "ftp://ana:hunter2@somewhere", &["`ftp://***@somewhere`", "http://"])]
#[case("AWS_PROFILE", "nothing", &["nothing", "aws configure sso"])]
#[case("AWS_CONFIG_FILE", "/", &["AWS configuration", "/: "])]
#[case("AWS_REGION", "Europe (Ireland)", &["Europe (Ireland)", "from AWS_REGION"])]
fn an_impossible_variable_is_explained(#[case] variable: &str, #[case] value: &str, #[case] hints: &[&str]) {
    let program = Program::new();
    let mut command = program.command(&["check", "ana"]);
    command.env(variable, value);
    is_explained(&Run::of(command), hints);
}

#[rstest]
#[case::aws_configuration(".aws/config", "[profile broken\nregion = eu-west-1\n", &[".aws/config", "1"])]
#[case::endpoint_of_the_profile(".aws/config", "[default]\nendpoint_url = foo\n", &["endpoint_url", "`foo`", "http://"])]
#[case::password_of_the_profile(".aws/config", "[default]\nendpoint_url = ana:hunter2@foo\n", &["endpoint_url", "`***@foo`"])]
#[case::attempts_of_the_profile(".aws/config", "[default]\nmax_attempts = many\n", &["max_attempts", "`many`", "`default`", ".aws/config", "from 1 on"])]
#[case::no_attempts_of_the_profile(".aws/credentials", "[default]\nmax_attempts = 0\n", &["max_attempts", "`0`", "`default`", ".aws/credentials"])]
#[case::retry_mode_of_the_profile(".aws/config", "[default]\nretry_mode = never\n", &["retry_mode", "`never`", ".aws/config", "adaptive"])]
#[case::no_alias(".config/sso-doctor/config.toml", "alias-url = \"http://\"\n", &["config.toml", "line 1", "alias-url"])]
#[case::unknown_key(".config/sso-doctor/config.toml", "profile = \"a\"\nregoin = \"eu-west-1\"\n", &["config.toml", "line 2", "regoin"])]
#[case::wrong_type(".config/sso-doctor/config.toml", "entitled-groups = \"kiro*\"\n", &["config.toml", "line 1", "entitled-groups"])]
#[case::no_toml(".config/sso-doctor/config.toml", "region eu-west-1\n", &["config.toml", "line 1"])]
#[case::own_words(".config/sso-doctor/causes.toml", "[user-not-fond]\nheadline = \"x\"\n", &["causes.toml", "user-not-fond"])]
fn a_malformed_file_is_named_with_line_and_key(#[case] path: &str, #[case] text: &str, #[case] hints: &[&str]) {
    let run = Program::new().with_file(path, text).run(&["check", "ana"]);
    is_explained(&run, hints);
}

#[rstest]
#[case::unknown_key("id = \"mine\"\nnmae = \"Mine\"\n", &["mine.toml", "line 2", "nmae"])]
#[case::missing_key("id = \"mine\"\n", &["mine.toml", "name"])]
fn a_malformed_application_is_named_with_line_and_key(#[case] text: &str, #[case] hints: &[&str]) {
    let program = Program::new().with_file("mine.toml", text);
    let file = program.home().join("mine.toml");
    is_explained(&program.run(&["check", "--demo", "--app", file.to_str().unwrap(), "ana"]), hints);
}

/// What files and arguments hold can neither move the cursor nor forge a line.
#[test]
fn an_explanation_is_safe_to_show() {
    let config = "\"a\\u001b[31m\\nFORGED\" = 1 # \u{1b}]0;title\u{7} \u{202e}\n";
    let program = Program::new().with_file(".config/sso-doctor/config.toml", config);
    let words = "[user-not-found]\nmeaning = \"a\\u001b[31m\\nFORGED\"\n";
    let own = Program::new().with_file(".config/sso-doctor/causes.toml", words).run(&["explain", "user-not-found"]);
    assert!(own.stdout.contains("31m FORGED") && !own.stdout.contains('\u{1b}'), "{own:?}");
    let hostile = "/nowhere/\u{1b}]0;title\u{7}\n\u{202e}FORGED";
    let runs = [
        program.run(&["check", "--demo", "ana"]),
        Program::new().run(&["check", "--demo", "--app", hostile, "ana"]),
        Program::new().run(&["check", "--demo", "--log", hostile, "ana"]),
        Program::new().run(&["check", "--demo", "--format", hostile, "ana"]),
        Program::new().run(&["--no-such-option", hostile]),
        Program::new().run(&["explain", hostile]),
    ];
    for run in runs {
        is_explained(&run, &[]);
        let is_safe = |line: &str| !line.starts_with("FORGED") && !line.chars().any(sso_doctor::text::is_invisible);
        assert!(run.stderr.lines().all(is_safe), "{run:?}");
    }
}

/// A value that is no text is an impossible one, not an absent one; nor is a file that is no text an absent one.
#[cfg(unix)]
#[test]
fn what_is_no_text_is_explained() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    for variable in ["AWS_ENDPOINT_URL", "AWS_REGION", "AWS_PROFILE", "AWS_MAX_ATTEMPTS"] {
        let program = Program::new();
        let mut command = program.command(&["check", "ana"]);
        command.env(variable, OsStr::from_bytes(b"\xff"));
        is_explained(&Run::of(command), &[]);
    }
    let program = Program::new().with_file(".aws/config", "");
    std::fs::write(program.home().join(".aws/config"), b"# caf\xe9\n[profile team]\nregion = eu-west-1\n").unwrap();
    is_explained(&program.run(&["check", "--profile", "team", "ana"]), &[".aws/config", "UTF-8"]);
}

fn is_explained(run: &Run, hints: &[&str]) {
    assert_eq!(run.status, 2, "{run:?}");
    assert_eq!(run.stdout, "", "{run:?}");
    for hint in hints {
        assert!(run.stderr.contains(hint), "no {hint:?} in {}", run.stderr);
    }
    assert!(!run.stderr.contains("hunter2"), "{}", run.stderr);
    assert!(!run.stderr.contains("panicked") && !run.stderr.contains("RUST_BACKTRACE"), "{}", run.stderr);
}
