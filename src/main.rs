//! The program: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    sso_doctor::cli::run_program()
}
