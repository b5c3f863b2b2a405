//! Maps of named things, and the names that a vocabulary declares.

use crate::diagnostic::Code;
use crate::syntax::{Entry, Node};

use super::matcher::Scope;
use super::reader::Reader;

/// The entries of a map of named things, their names checked.
pub(super) fn names<'n>(reader: &mut Reader<'_>, node: &'n Node, what: &str) -> Option<&'n [Entry]> {
    let entries = reader.entries(node, &format!("a map of {what}"))?;
    if entries.is_empty() && !node.refused {
        reader.fault(Code::EmptyList, node.span, format!("there are no {what}"), "add one, or delete the key");
    }
    if entries.is_empty() {
        return None;
    }
    for entry in entries {
        reader.name(&entry.key, entry.key_span);
    }
    Some(entries)
}

/// A declared action by its name.
pub(super) fn action(reader: &mut Reader<'_>, scope: &Scope<'_>, node: &Node) -> Option<String> {
    let names: Vec<&str> = scope.vocabulary.action_names().collect();
    declared(reader, scope, node, (Code::UnknownAction, "action"), &names)
}

/// A declared role by its name.
pub(super) fn role(reader: &mut Reader<'_>, scope: &Scope<'_>, node: &Node) -> Option<String> {
    let names: Vec<&str> = scope.vocabulary.role_names().collect();
    declared(reader, scope, node, (Code::UnknownRole, "role"), &names)
}

/// A name that a vocabulary declares; one whose declaration has faults has been reported.
fn declared(
    reader: &mut Reader<'_>,
    scope: &Scope<'_>,
    node: &Node,
    (code, what): (Code, &str),
    names: &[&str],
) -> Option<String> {
    let article = if what.starts_with('a') { "an" } else { "a" };
    let name = reader.word(node, &format!("{article} {what}"))?;
    if names.contains(&name) {
        return Some(name.to_owned());
    }
    if !scope.is_spoilt(name) {
        reader.unknown(code, node.span, what, name, names.iter().copied());
    }
    None
}

/// Somebody by a word: a declared role, or any word under a vocabulary that declares no roles.
pub(super) fn somebody(reader: &mut Reader<'_>, scope: &Scope<'_>, node: &Node) -> Option<String> {
    match scope.vocabulary.role_names().next() {
        Some(_) => role(reader, scope, node),
        None => reader.word(node, "a role").map(str::to_owned),
    }
}
