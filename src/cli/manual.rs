//! `sso-doctor man` and `sso-doctor completions`: from the same source as `--help`.

use clap::{Command, CommandFactory, builder::PossibleValuesParser};
use clap_complete::Shell;
use clap_mangen::Man;

use super::arguments::Arguments;
use crate::{
    case::{App, list_regions},
    catalog::Cause,
    sources::aws,
};

/// Writes the manual page: the program, and each of its commands.
pub(super) fn write_manual() -> std::io::Result<String> {
    let mut command = Arguments::command();
    command.build();
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    let mut page = String::from_utf8_lossy(&page).into_owned();
    for subcommand in command.get_subcommands().filter(|subcommand| subcommand.get_name() != "help") {
        let mut section = Vec::new();
        let man = Man::new(subcommand.clone());
        man.render_synopsis_section(&mut section)?;
        man.render_description_section(&mut section)?;
        man.render_options_section(&mut section)?;
        let section = String::from_utf8_lossy(&section).replace(".SH ", ".SS ");
        page.push_str(&[".SH \"SSO\\-DOCTOR ", &subcommand.get_name().to_uppercase(), "\"\n", &section].concat());
    }
    Ok(page)
}

/// Writes the completions of a shell. Causes, applications, Regions and AWS profiles are those of today; what is
/// completed is only offered, never required.
pub(super) async fn write_completions(shell: Shell) -> String {
    let profiles = aws::list_profiles().await;
    let mut command = offer_values(Arguments::command(), &profiles);
    let names: Vec<String> = command.get_subcommands().map(|subcommand| subcommand.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(name, |subcommand| offer_values(subcommand, &profiles));
    }
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "sso-doctor", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// Returns the command with the values that some of its arguments may have.
fn offer_values(mut command: Command, profiles: &[String]) -> Command {
    let ids: Vec<String> = command.get_arguments().map(|argument| argument.get_id().to_string()).collect();
    for id in ids {
        let values: Vec<String> = match id.as_str() {
            "app" => App::built_in_names().into_iter().map(ToOwned::to_owned).collect(),
            "profile" => profiles.to_vec(),
            "region" | "typed_region" => list_regions().map(|region| region.as_str().to_owned()).collect(),
            "word" => Cause::ALL.iter().map(|cause| cause.code().to_owned()).collect(),
            _ => continue,
        };
        if !values.is_empty() {
            command = command.mut_arg(id, |argument| argument.value_parser(PossibleValuesParser::new(values)));
        }
    }
    command
}
