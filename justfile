# What everyone runs. Each line works without just, too: https://just.systems

# List the commands.
default:
    @just --list --unsorted

# Use it: the sample organization, without an AWS account.
demo *arguments:
    cargo run -- --demo {{ arguments }}

# Format and lint while you work.
check:
    cargo fmt
    cargo clippy --all-targets --locked -- -D warnings

# Run the tests, or those whose name contains FILTER.
test *filter:
    cargo test {{ filter }}

# Renew the snapshots and the pictures; look at them before you commit.
renew:
    INSTA_UPDATE=always cargo test
    RENEW_SCREENSHOTS=1 cargo test --test tui

# Try further generated cases, before a change of a check or of the analysis lands.
properties seed="7" cases="10000":
    PROPTEST_RNG_SEED={{ seed }} PROPTEST_CASES={{ cases }} cargo test --test suite properties

# Everything that has to pass.
ci:
    bash .ci/run
