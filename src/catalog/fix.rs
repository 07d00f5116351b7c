//! One thing to do, and whether the operator could do it.

use super::Owner;

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// In a few words.
    pub title: String,
    /// Who does it.
    pub owner: Owner,
    /// The steps.
    pub steps: Vec<String>,
    /// A complete command, quoted for a POSIX shell.
    pub command: Option<String>,
    /// Where to do it in a console.
    pub console: Option<String>,
    /// The IAM actions that the command needs.
    pub needs: Vec<String>,
    /// The ARN of what it acts on, for asking IAM; no report shows it.
    pub resource: Option<String>,
    /// Whether the operator could do it; `None` where that is not known.
    pub ability: Option<Ability>,
}

/// Whether the operator's own policies allow what a fix needs, as IAM simulates it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ability {
    /// All of it.
    Allowed,
    /// Not these actions.
    Lacks(Vec<String>),
}

impl Fix {
    /// Returns what to do in one or two sentences: the title, and the first step.
    #[must_use]
    pub fn instruction(&self) -> String {
        match self.steps.first() {
            Some(step) => format!("{}. {step}", self.title.trim_end_matches('.')),
            None => format!("{}.", self.title.trim_end_matches('.')),
        }
    }

    /// Returns whether the operator could do it, and otherwise whom to ask for what; `None` where that is not known.
    #[must_use]
    pub fn describe_ability(&self) -> Option<String> {
        Some(match self.ability.as_ref()? {
            Ability::Allowed => "You could do this yourself: your policies allow it.".to_owned(),
            Ability::Lacks(missing) => {
                let ask = match self.owner {
                    Owner::IdentityAdmin | Owner::ApplicationAdmin | Owner::CloudAdmin | Owner::ItSupport => {
                        format!("Ask {} to do it.", self.owner.title())
                    }
                    Owner::User | Owner::Operator | Owner::AwsSupport | Owner::Nobody => {
                        format!("Ask {} for that.", Owner::CloudAdmin.title())
                    }
                };
                format!("You cannot do this yourself: your policies do not allow {}. {ask}", missing.join(", "))
            }
        })
    }

    /// Returns the IAM actions that it needs; `None` where one of them is not named.
    #[must_use]
    pub fn list_actions(&self) -> Option<Vec<&str>> {
        let actions: Vec<&str> = self.needs.iter().map(String::as_str).collect();
        let is_action = |need: &&str| need.contains(':') && !need.contains(['<', ' ', '*']);
        (!actions.is_empty() && actions.iter().all(is_action)).then_some(actions)
    }
}
