//! Who may do what: which scope each command takes, and which scopes each role has.

use std::collections::BTreeMap;

use crate::diagnostic::Code;
use crate::source::Span;
use crate::syntax::Node;

use super::super::matcher::Scope;
use super::super::reader::Reader;

/// What somebody does with authorizations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Command {
    /// Enters a member, a charge or an authorization by hand.
    Add,
    /// Looks at one authorization, charge or request.
    Show,
    /// Lists authorizations.
    List,
    /// Lists the authorizations that could serve a charge.
    Candidates,
    /// Attaches an authorization to a charge.
    Attach,
    /// Takes an attachment back.
    Reverse,
    /// Changes an authorization as the payer does.
    Amend,
    /// Confirms what a charge shows.
    Validate,
    /// Makes a request.
    Request,
    /// Sends a request to the payer.
    Submit,
    /// Takes the payer's answers.
    Receive,
    /// Appeals a denial.
    Appeal,
    /// Lists what is to be noticed.
    Alerts,
    /// Reads the record of changes.
    Audit,
    /// Checks the record of changes.
    Verify,
    /// Writes everything out.
    Export,
    /// Copies the store.
    Backup,
}

impl Command {
    /// Every command.
    pub const ALL: [Command; 17] = [
        Command::Add,
        Command::Show,
        Command::List,
        Command::Candidates,
        Command::Attach,
        Command::Reverse,
        Command::Amend,
        Command::Validate,
        Command::Request,
        Command::Submit,
        Command::Receive,
        Command::Appeal,
        Command::Alerts,
        Command::Audit,
        Command::Verify,
        Command::Export,
        Command::Backup,
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Command::Add => "add",
            Command::Show => "show",
            Command::List => "list",
            Command::Candidates => "candidates",
            Command::Attach => "attach",
            Command::Reverse => "reverse",
            Command::Amend => "amend",
            Command::Validate => "validate",
            Command::Request => "request",
            Command::Submit => "submit",
            Command::Receive => "receive",
            Command::Appeal => "appeal",
            Command::Alerts => "alerts",
            Command::Audit => "audit",
            Command::Verify => "verify",
            Command::Export => "export",
            Command::Backup => "backup",
        }
    }
}

/// Which scopes commands take and roles have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Access {
    commands: BTreeMap<Command, Vec<String>>,
    roles: BTreeMap<String, Vec<String>>,
}

/// Why somebody may not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forbidden<'p> {
    /// The policy gives the command to nobody.
    Nobody,
    /// A scope that none of the roles has, with the roles that have it.
    Lacks {
        /// The scope.
        scope: &'p str,
        /// Who has it.
        held_by: Vec<&'p str>,
    },
}

impl Access {
    /// Whether people of these roles may use a command: they need every scope that it takes.
    ///
    /// # Errors
    /// The first scope that they lack.
    pub fn permit<'p>(&'p self, command: Command, roles: &[&str]) -> Result<(), Forbidden<'p>> {
        let scopes = self.commands.get(&command).ok_or(Forbidden::Nobody)?;
        let has = |role: &str, scope: &str| {
            self.roles.get(role).is_some_and(|scopes| scopes.iter().any(|known| known == scope))
        };
        match scopes.iter().find(|scope| !roles.iter().any(|role| has(role, scope))) {
            None => Ok(()),
            Some(scope) => {
                let held_by = self.roles.keys().map(String::as_str).filter(|role| has(role, scope)).collect();
                Err(Forbidden::Lacks { scope, held_by })
            }
        }
    }

    /// The scopes that a command takes; none if nobody may use it.
    pub fn scopes(&self, command: Command) -> &[String] {
        self.commands.get(&command).map(Vec::as_slice).unwrap_or_default()
    }

    /// The roles with their scopes.
    pub fn roles(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.roles.iter().map(|(role, scopes)| (role.as_str(), scopes.as_slice()))
    }
}

/// Lowers `commands:` and `scopes:`, which must name the same scopes: one that the other does not know is misspelt.
pub(super) fn lower(
    reader: &mut Reader<'_>,
    scope: &Scope<'_>,
    commands: Option<&Node>,
    scopes: Option<&Node>,
) -> Access {
    let before = reader.faults();
    let mut access = Access::default();
    let mut taken: Vec<(String, Span)> = Vec::new();
    let mut given: Vec<(String, Span)> = Vec::new();
    for entry in commands.and_then(|node| reader.entries(node, "a map of commands and scopes")).unwrap_or_default() {
        let known = Command::ALL.into_iter().find(|command| command.word() == entry.key);
        let Some(command) = known else {
            let words = Command::ALL.map(Command::word);
            reader.unknown(Code::UnknownCommand, entry.key_span, "command", &entry.key, words.into_iter());
            continue;
        };
        let words = reader.words(&entry.value, "scopes");
        taken.extend(words.iter().map(|(word, span)| ((*word).to_owned(), *span)));
        access.commands.insert(command, words.into_iter().map(|(word, _)| word.to_owned()).collect());
    }
    for entry in scopes.and_then(|node| reader.entries(node, "a map of roles and scopes")).unwrap_or_default() {
        let known = scope.vocabulary.role_names().any(|role| role == entry.key);
        if !known && !scope.is_spoilt(&entry.key) {
            let roles: Vec<&str> = scope.vocabulary.role_names().collect();
            reader.unknown(Code::UnknownRole, entry.key_span, "role", &entry.key, roles.into_iter());
        }
        let words = reader.words(&entry.value, "scopes");
        given.extend(words.iter().map(|(word, span)| ((*word).to_owned(), *span)));
        access.roles.insert(entry.key.clone(), words.into_iter().map(|(word, _)| word.to_owned()).collect());
    }
    if reader.faults() == before {
        strangers(reader, &taken, &given, "no role has");
        strangers(reader, &given, &taken, "no command takes");
    }
    access
}

/// Reports each scope that does not stand among the others.
fn strangers(reader: &mut Reader<'_>, scopes: &[(String, Span)], others: &[(String, Span)], why: &str) {
    for (scope, span) in scopes.iter().filter(|(scope, _)| !others.iter().any(|(other, _)| other == scope)) {
        let near = crate::diagnostic::nearest(scope, others.iter().map(|(other, _)| other.as_str()));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "correct the name, or name the scope under both `commands:` and `scopes:`".to_owned(),
        };
        reader.fault(Code::StrayScope, *span, format!("{why} the scope `{scope}`"), help);
    }
}
