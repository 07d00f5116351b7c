//! The program behind TLS: what a diagnosis costs on a real network, whose certificates are believed, and what is told
//! where the way to AWS fails.

use std::time::{Duration, Instant};

use crate::{
    round_trips::company,
    support::{
        aws::{FakeAws, Plan, refused},
        program::{Program, Run},
        scenario::now,
        tls::{Authority, ISSUER, TlsServer},
    },
};
use rstest::rstest;

/// Somebody of the company who has access.
const USER: &str = "granted@corp.example";

/// Runs `check` for one user with these variables.
async fn check(aws: &FakeAws, variables: &[(&str, String)]) -> Run {
    check_from(Program::new(), aws, variables).await
}

/// Sign-in events are not asked for: they come after everything else, and are asked half a second apart.
async fn check_from(program: Program, aws: &FakeAws, variables: &[(&str, String)]) -> Run {
    let mut command = program.command(&["check", USER, "--format", "json", "--attempts", "never"]);
    command.envs(aws.environment()).env("AWS_MAX_ATTEMPTS", "1");
    command.envs(variables.iter().map(|(name, value)| (*name, value)));
    tokio::task::spawn_blocking(move || (Run::of(command), program)).await.unwrap().0
}

/// Returns the variable that leads to a server behind TLS.
fn at(server: &TlsServer) -> (&'static str, String) {
    ("AWS_ENDPOINT_URL", format!("https://localhost:{}", server.port))
}

fn bundle(authority: &Authority) -> (&'static str, String) {
    ("AWS_CA_BUNDLE", authority.bundle().display().to_string())
}

/// By data dependency a diagnosis takes four round trips, and two open the first connections: no request of a later
/// stage waits for a connection. A busy machine can only make this worse, so the best of some tries counts.
/// `cargo test --release --test suite real_network -- --nocapture` prints the figures that README has.
#[tokio::test(flavor = "multi_thread")]
async fn a_diagnosis_on_a_real_network_waits_six_times() {
    let round_trip = Duration::from_millis(100);
    let authority = Authority::new();
    let mut fewest = usize::MAX;
    for _ in 0..5 {
        let aws = Plan::new(company()).clock(now()).start().await;
        let server = TlsServer::start(&authority, aws.url(), round_trip).await;
        let start = Instant::now();
        let run = check(&aws, &[at(&server), bundle(&authority)]).await;
        let whole = start.elapsed().as_secs_f64() / round_trip.as_secs_f64();
        assert_eq!(run.json()["verdict"]["status"], "healthy", "{run:?}");
        let (calls, connections, late) = (aws.ledger().calls(), server.connections(), server.late_connections());
        println!(
            "{whole:.1} round trips, process start included; {connections} connections, {late} late; {calls} requests"
        );
        assert!(connections <= 30, "{connections}");
        fewest = fewest.min(late);
        if std::env::args().any(|argument| argument == "--nocapture") {
            continue;
        }
        if fewest == 0 {
            break;
        }
    }
    assert_eq!(fewest, 0, "so many requests waited for a connection after the first stage");
}

/// As in the AWS CLI: `AWS_CA_BUNDLE`, else `ca_bundle` of the profile.
#[tokio::test(flavor = "multi_thread")]
async fn a_company_s_certificates_are_believed_where_they_are_named() {
    let authority = Authority::new();
    let aws = Plan::new(company()).start().await;
    let server = TlsServer::start(&authority, aws.url(), Duration::ZERO).await;
    let run = check(&aws, &[at(&server), bundle(&authority)]).await;
    assert_eq!(run.json()["verdict"]["status"], "healthy", "{run:?}");
    let config = format!("[default]\nca_bundle = {}\n", authority.bundle().display());
    let program = Program::new().with_file(".aws/config", &config);
    let file = program.home().join(".aws/config").display().to_string();
    let run = check_from(program, &aws, &[at(&server), ("AWS_CONFIG_FILE", file)]).await;
    assert_eq!(run.json()["verdict"]["status"], "healthy", "{run:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_inspects_tls_is_named_by_its_issuer() {
    let authority = Authority::new();
    let aws = Plan::new(company()).start().await;
    let server = TlsServer::start(&authority, aws.url(), Duration::ZERO).await;
    let run = check(&aws, &[at(&server)]).await;
    let told = format!("issuer: CN={ISSUER}");
    assert_on_the_operator(&run, &[&told, "AWS_CA_BUNDLE", &format!("localhost:{}", server.port)]);
}

/// What fails is named, with host and port; it is the operator's to mend.
#[rstest]
#[case::nobody_listens(&[("AWS_ENDPOINT_URL", "https://REFUSED")], &["REFUSED", "refused"])]
#[case::no_such_name(&[("AWS_ENDPOINT_URL", "https://no-such-host.invalid")], &["no-such-host.invalid:443", "does not resolve"])]
#[case::dead_proxy(&[("AWS_ENDPOINT_URL", "https://sts.example"), ("HTTPS_PROXY", "http://REFUSED")], &["the proxy REFUSED", "refused"])]
#[case::proxy_without_its_name(&[("AWS_ENDPOINT_URL", "https://sts.example"), ("HTTPS_PROXY", "http://no-such-proxy.invalid:3128")], &["the proxy no-such-proxy.invalid:3128"])]
#[case::a_web_server_as_proxy(&[("AWS_ENDPOINT_URL", "https://sts.example"), ("HTTPS_PROXY", "http://PAGE")], &["the proxy PAGE", "sts.example:443", "HTTP 404"])]
#[case::captive_portal(&[("AWS_ENDPOINT_URL", "http://PAGE")], &["PAGE", "web page"])]
#[tokio::test]
async fn what_fails_on_the_way_is_named(#[case] variables: &[(&str, &str)], #[case] told: &[&str]) {
    let aws = Plan::new(company()).start().await;
    let refused = refused().await.replace("http://", "");
    let page = wiremock::MockServer::start().await;
    let portal = wiremock::ResponseTemplate::new(200).set_body_raw("<html>Sign in</html>", "text/html");
    page.register(wiremock::Mock::given(wiremock::matchers::path("/")).respond_with(portal)).await;
    let page = page.uri().replace("http://", "");
    let fill = |text: &str| text.replace("REFUSED", &refused).replace("PAGE", &page);
    let variables: Vec<(&str, String)> = variables.iter().map(|(name, value)| (*name, fill(value))).collect();
    let run = check(&aws, &variables).await;
    let told: Vec<String> = told.iter().map(|piece| fill(piece)).collect();
    assert_on_the_operator(&run, &told.iter().map(String::as_str).collect::<Vec<_>>());
}

fn assert_on_the_operator(run: &Run, told: &[&str]) {
    let report = run.json();
    assert_eq!(report["verdict"]["cause"], "unreachable", "{run:?}");
    assert_eq!(report["verdict"]["owner"], "operator", "{report:#}");
    let found = report["checks"][0]["found"].as_str().unwrap();
    for piece in told {
        assert!(found.contains(piece), "{piece}: {found}");
    }
}

/// What cannot work is said before anything is asked.
#[rstest]
#[case::no_such_bundle("AWS_CA_BUNDLE", "/nowhere/bundle.pem", "AWS_CA_BUNDLE cannot be used: /nowhere/bundle.pem")]
#[case::no_bundle("AWS_CA_BUNDLE", "/dev/null", "there is no certificate in it")]
#[case::no_proxy("HTTPS_PROXY", "http://proxy.example:port", "is no address of a proxy")]
#[case::no_region("AWS_REGION", "eu-wset-1", "did you mean eu-west-1?")]
#[tokio::test]
async fn impossible_settings_are_said_first(#[case] variable: &str, #[case] value: &str, #[case] told: &str) {
    let aws = Plan::new(company()).start().await;
    let run = check(&aws, &[(variable, value.to_owned())]).await;
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains(told), "{}", run.stderr);
    assert_eq!(aws.ledger().calls(), 0);
}

/// A Region that is newer than this program is asked all the same.
#[tokio::test]
async fn a_number_that_no_region_has_may_be_a_new_one_s() {
    let aws = Plan::new(company()).start().await;
    check(&aws, &[("AWS_REGION", "eu-west-9".to_owned())]).await;
    assert!(aws.ledger().calls() > 0);
}

/// A network without IPv4: the host is an address of IPv6.
#[tokio::test(flavor = "multi_thread")]
async fn ipv6_alone_is_enough() {
    let Ok(listener) = tokio::net::TcpListener::bind("[::1]:0").await else { return };
    let aws = Plan::new(company()).start().await;
    let address = format!("http://{}", listener.local_addr().unwrap());
    let behind = aws.url().replace("http://", "");
    let relay = tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            let mut far = tokio::net::TcpStream::connect(&behind).await.unwrap();
            tokio::spawn(async move { drop(tokio::io::copy_bidirectional(&mut near, &mut far).await) });
        }
    });
    let run = check(&aws, &[("AWS_ENDPOINT_URL", address)]).await;
    relay.abort();
    assert_eq!(run.json()["verdict"]["status"], "healthy", "{run:?}");
}
