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
    let vocabulary = scope.vocabulary;
    let name = reader.word(node, "an action")?;
    if vocabulary.action(name).is_none() {
        if scope.is_spoilt(name) {
            return None;
        }
        reader.unknown(
            Code::UnknownAction,
            node.span,
            "action",
            name,
            vocabulary.action_names().collect::<Vec<_>>().into_iter(),
        );
        return None;
    }
    Some(name.to_owned())
}

/// A declared role by its name.
pub(super) fn role(reader: &mut Reader<'_>, scope: &Scope<'_>, node: &Node) -> Option<String> {
    let vocabulary = scope.vocabulary;
    let name = reader.word(node, "a role")?;
    if vocabulary.role(name).is_none() {
        if !scope.is_spoilt(name) {
            reader.unknown(
                Code::UnknownRole,
                node.span,
                "role",
                name,
                vocabulary.role_names().collect::<Vec<_>>().into_iter(),
            );
        }
        return None;
    }
    Some(name.to_owned())
}

/// Somebody by a word: a declared role, or any word under a vocabulary that declares no roles.
pub(super) fn somebody(reader: &mut Reader<'_>, scope: &Scope<'_>, node: &Node) -> Option<String> {
    match scope.vocabulary.role_names().next() {
        Some(_) => role(reader, scope, node),
        None => reader.word(node, "a role").map(str::to_owned),
    }
}
