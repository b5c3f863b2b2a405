//! Lowers `{ hook: name }` and `{ rhai: "…" }`.

use std::sync::Arc;

use crate::diagnostic::Code;
use crate::hook::{Hook, Read, Script};
use crate::syntax::Node;

use super::super::condition::{Condition, Matcher};
use super::Lowering;

/// The name by which a script within a policy knows the fact that it stands beside.
const VALUE: &str = "value";

impl Lowering<'_, '_, '_> {
    /// A hook, by its name or as a script that stands here.
    pub(super) fn hook(&mut self, node: &Node) -> Option<Condition> {
        let mut fields = self.reader.fields(node, "a hook")?;
        let (named, written, reads) = (fields.node("hook"), fields.node("rhai"), fields.node("reads"));
        fields.finish(self.reader);
        let before = self.reader.faults();
        let mut read = vec![Read { fact: self.id, name: VALUE.to_owned() }];
        read.extend(reads.map(|node| self.reads(node, named.is_some())).unwrap_or_default());
        if self.reader.faults() > before {
            return None;
        }
        let hook = match (named, written) {
            (Some(named), None) => self.function(named, read)?,
            (None, Some(written)) => self.script(written, read)?,
            (Some(_), Some(_)) | (None, None) => {
                let help = "delete one of the two";
                self.reader.fault(Code::WrongShape, node.span, "a matcher has either `hook` or `rhai`", help);
                return None;
            }
        };
        let faults = hook.faults(self.scope.vocabulary);
        let sound = faults.is_empty();
        faults.into_iter().for_each(|fault| self.reader.report(fault));
        self.scope.hooks.note(hook.script().source());
        if sound { self.test(Matcher::Hook(Arc::new(hook)), node.span) } else { None }
    }

    /// The facts under `reads:`.
    fn reads(&mut self, node: &Node, by_position: bool) -> Vec<Read> {
        let mut reads: Vec<Read> = Vec::new();
        for (name, span) in self.reader.words(node, "facts") {
            let Some(fact) = self.scope.vocabulary.fact_id(name) else {
                if !self.scope.is_spoilt(name) {
                    let names = self.scope.vocabulary.facts().map(|(_, fact)| fact.name.as_str());
                    self.reader.unknown(Code::UnknownFact, span, "fact", name, names);
                }
                continue;
            };
            if fact == self.id || reads.iter().any(|read| read.fact == fact) {
                let message = format!("the hook reads `{name}` already");
                let help =
                    if fact == self.id { "the fact that a hook stands beside is its `value`" } else { "name it once" };
                self.reader.fault(Code::DuplicateName, span, message, help);
            } else if !by_position && !self.can_be_named(name) {
                let message = format!("a script cannot name `{name}`");
                let help = "write the hook as a function in a file: its parameters have names of their own";
                self.reader.fault(Code::BadName, span, message, help);
            } else {
                reads.push(Read { fact, name: name.to_owned() });
            }
        }
        reads
    }

    /// Whether the name of a fact is one in the script language too, and not that of the fact that the hook stands beside.
    fn can_be_named(&self, name: &str) -> bool {
        let root = name.split('.').next().unwrap_or(name);
        root != VALUE && self.scope.hooks.sandbox().can_name(root, name)
    }

    fn function(&mut self, node: &Node, reads: Vec<Read>) -> Option<Hook> {
        let name = self.reader.word(node, "the name of a hook")?;
        let hooks = self.scope.hooks;
        let Some(script) = hooks.script(name) else {
            if !hooks.is_incomplete() {
                self.reader.unknown(Code::UnknownHook, node.span, "hook", name, hooks.names());
            }
            return None;
        };
        let counts = script.parameters(name);
        if !counts.contains(&reads.len()) {
            let counts: Vec<String> = counts.iter().map(ToString::to_string).collect();
            let message =
                format!("`{name}` has {} parameters, and is handed {} facts", counts.join(" or "), reads.len());
            let help = "list under `reads:` one fact for each parameter after the first";
            self.reader.fault(Code::HookParameters, node.span, message, help);
            return None;
        }
        Some(Hook::of_function(script, name, reads, self.reader.place(node.span)))
    }

    fn script(&mut self, node: &Node, reads: Vec<Read>) -> Option<Hook> {
        let text = self.reader.sentence(node, "a script such as 'value.len == 6'")?;
        let place = self.reader.place(node.span);
        let parsed = Script::inline(self.scope.hooks.sandbox(), &place.source, node.span, &text, &Hook::roots(&reads));
        match parsed {
            Ok(script) => Some(Hook::of_text(&Arc::new(script), &text, reads, place)),
            Err(fault) => {
                self.reader.report(*fault);
                None
            }
        }
    }
}
