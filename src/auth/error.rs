//! Why something is not done with authorizations.

use crate::facts::Fault;
use crate::ledger::{Error, Refusal, StoreError};

/// A refusal, with a word for machines, and a cure.
#[derive(Debug, thiserror::Error)]
pub enum AuthError {
    /// The ledger refuses it, or its store failed.
    #[error(transparent)]
    Ledger(#[from] Error),
    /// What is known does not fit the policy's facts.
    #[error("{0}")]
    Policy(Box<Fault>),
    /// The person's roles lack a scope; or the policy gives the command to nobody.
    #[error("`{person}` may not use `{used}`{}{}", as_command(.used, .command), lacking(.lacks.as_ref()))]
    Forbidden {
        /// Who wanted to.
        person: String,
        /// What, as people call it.
        used: &'static str,
        /// The command of the policy that it takes the scopes of.
        command: &'static str,
        /// The scope, and the roles that have it.
        lacks: Option<(String, Vec<String>)>,
    },
    /// The person claims a role that the policy does not know.
    #[error("the policy knows no role `{role}`")]
    UnknownRole {
        /// The role.
        role: String,
        /// One that is spelt alike.
        near: Option<String>,
        /// Those that it knows.
        known: Vec<String>,
    },
    /// The policy demands something that is not so.
    #[error("{}", .unmet.join("; "))]
    Unmet {
        /// Its word: which of the policy's demands it is.
        word: &'static str,
        /// What to say of each.
        unmet: Vec<String>,
        /// The cure, where the policy's words do not tell it.
        help: Option<&'static str>,
    },
    /// Something that the policy needs is not known.
    #[error("it hangs on what is not known: {}", .needs.join(", "))]
    Unknown {
        /// The facts.
        needs: Vec<String>,
    },
    /// No trading partner reaches the payer.
    #[error("no trading partner takes requests for `{payer}`")]
    NoPartner {
        /// The payer.
        payer: String,
    },
    /// A message has to name what it follows on by the payer's number of it, and none is known.
    #[error("the payer's number of {of} is not known, and the message has to name it")]
    NoNumber {
        /// What it follows on.
        of: String,
    },
    /// Two things that were given do not go together, or one is lacking.
    #[error("{message}")]
    Call {
        /// What is wrong.
        message: String,
        /// The cure.
        help: String,
    },
}

/// Which command of the policy it is, where that has another name.
fn as_command(used: &str, command: &str) -> String {
    if used == command { String::new() } else { format!(", which takes the scopes of `{command}`") }
}

fn lacking(lacks: Option<&(String, Vec<String>)>) -> String {
    match lacks {
        None => ": the policy gives it to nobody".to_owned(),
        Some((scope, _)) => format!(": the scope `{scope}` is lacking"),
    }
}

impl From<Fault> for AuthError {
    fn from(fault: Fault) -> AuthError {
        AuthError::Policy(Box::new(fault))
    }
}

impl From<StoreError> for AuthError {
    fn from(error: StoreError) -> AuthError {
        AuthError::Ledger(error.into())
    }
}

impl From<Refusal> for AuthError {
    fn from(refusal: Refusal) -> AuthError {
        AuthError::Ledger(refusal.into())
    }
}

impl AuthError {
    /// A word that never changes.
    pub fn word(&self) -> String {
        match self {
            AuthError::Ledger(error) => error.word().to_owned(),
            AuthError::Policy(fault) => fault.code().name(),
            AuthError::Forbidden { .. } => "forbidden".to_owned(),
            AuthError::UnknownRole { .. } => "unknown_role".to_owned(),
            AuthError::Unmet { word, .. } => (*word).to_owned(),
            AuthError::Unknown { .. } => "undetermined".to_owned(),
            AuthError::NoPartner { .. } => "no_partner".to_owned(),
            AuthError::NoNumber { .. } => "no_number".to_owned(),
            AuthError::Call { .. } => "bad_call".to_owned(),
        }
    }

    /// The cure.
    pub fn help(&self) -> Option<String> {
        match self {
            AuthError::Ledger(error) => Some(error.help()),
            AuthError::Policy(fault) => fault.cure().map(str::to_owned),
            AuthError::Forbidden { lacks: None, .. } => {
                Some("name the command under `commands:` in the policy, with the scope that it takes".to_owned())
            }
            AuthError::Forbidden { lacks: Some((_, held_by)), .. } if held_by.is_empty() => {
                Some("give the scope to a role under `scopes:` in the policy".to_owned())
            }
            AuthError::Forbidden { lacks: Some((_, held_by)), .. } => {
                Some(format!("ask somebody with the role {}", held_by.join(" or ")))
            }
            AuthError::UnknownRole { near, known, .. } => {
                let near = near.as_ref().map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
                Some(format!("{near}it knows {}", known.join(", ")))
            }
            AuthError::Unmet { help, .. } => help.map(str::to_owned),
            AuthError::Unknown { .. } => Some("give each of them with `--fact NAME=VALUE`".to_owned()),
            AuthError::NoPartner { .. } => Some(
                "add a file with `partner:` that lists it; with `--by-hand` a request is made by telephone, fax or portal"
                    .to_owned(),
            ),
            AuthError::NoNumber { .. } => Some(
                "give it with `--number`, as the payer's letter or portal states it; ask the payer if none does"
                    .to_owned(),
            ),
            AuthError::Call { help, .. } => Some(help.clone()),
        }
    }
}
