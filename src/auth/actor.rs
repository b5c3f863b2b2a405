//! Who acts, and in which roles.

use crate::diagnostic::nearest;
use crate::policy::{Access, Command, Forbidden};

use super::AuthError;

/// Somebody with the roles that they claim: nothing here proves them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    person: String,
    roles: Vec<String>,
}

/// Why a text names nobody.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActorError {
    /// It is not laid out as a person and roles.
    #[error("`{text}` does not say who acts in which role")]
    Shape {
        /// The text as given.
        text: String,
    },
}

impl ActorError {
    /// The cure.
    pub fn help(&self) -> &'static str {
        "write the person, a colon and one or more roles, such as `ana:authorization_coordinator`"
    }
}

impl Actor {
    /// Reads `ana:role` or `ana:role,other_role`.
    ///
    /// # Errors
    /// A text without a person or without roles.
    pub fn parse(text: &str) -> Result<Actor, ActorError> {
        let shape = || ActorError::Shape { text: text.to_owned() };
        let (person, roles) = text.split_once(':').ok_or_else(shape)?;
        let roles: Vec<String> = roles.split(',').map(|role| role.trim().to_owned()).collect();
        if person.trim().is_empty() || roles.iter().any(String::is_empty) {
            return Err(shape());
        }
        Ok(Actor { person: person.trim().to_owned(), roles })
    }

    /// The person.
    pub fn person(&self) -> &str {
        &self.person
    }

    /// Refuses a role that neither a policy's scopes nor its vocabulary's `words` know: in all likelihood it is misspelt.
    pub(super) fn known(&self, access: &Access, words: &[&str]) -> Result<(), AuthError> {
        let known: Vec<&str> = access.roles().map(|(role, _)| role).collect();
        match self.roles.iter().map(String::as_str).find(|role| !known.contains(role) && !words.contains(role)) {
            None => Ok(()),
            Some(role) => Err(AuthError::UnknownRole {
                role: role.to_owned(),
                near: nearest(role, known.iter().copied()).map(str::to_owned),
                known: known.into_iter().map(str::to_owned).collect(),
            }),
        }
    }

    /// Refuses a command for which the person's roles lack a scope. `used` is what people call it; it takes what the policy
    /// says of `command`.
    pub(super) fn permit(&self, access: &Access, used: &'static str, command: Command) -> Result<(), AuthError> {
        let roles: Vec<&str> = self.roles.iter().map(String::as_str).collect();
        access.permit(command, &roles).map_err(|forbidden| AuthError::Forbidden {
            person: self.person.clone(),
            used,
            command: command.word(),
            lacks: match forbidden {
                Forbidden::Nobody => None,
                Forbidden::Lacks { scope, held_by } => {
                    Some((scope.to_owned(), held_by.into_iter().map(str::to_owned).collect()))
                }
            },
        })
    }
}
