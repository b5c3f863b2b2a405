//! One hook: a function with the facts that it is asked of.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use chrono::NaiveDate;
use rhai::{AST, CallFnOptions, Dynamic, Map, Position, Scope};

use crate::diagnostic::Diagnostic;
use crate::facts::{FactId, Kind, Ordinal, Value, Vocabulary};
use crate::source::Place;

use super::check::Check;
use super::date::Seconds;
use super::fault::{HookFault, told};
use super::meter::Meter;
use super::script::{INLINE, Script};
use super::types::{Group, Type};

/// A hook with the facts that it reads. Two of one name, or text, that read the same facts are the same.
#[derive(Debug, Clone)]
pub struct Hook {
    script: Arc<Script>,
    /// Its function's name, or what the policy says.
    name: String,
    function: String,
    reads: Vec<Read>,
    form: Form,
    place: Place,
}

/// A fact that a hook reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The fact.
    pub fact: FactId,
    /// The name by which a script within a policy knows it.
    pub name: String,
}

/// How a function is handed what it reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// One parameter a fact, in their order.
    Positions,
    /// By their dotted names.
    Names,
}

impl PartialEq for Hook {
    fn eq(&self, other: &Hook) -> bool {
        self.form == other.form && self.name == other.name && self.reads == other.reads
    }
}

impl Hook {
    /// A function of a file, called with these facts in their order.
    pub fn of_function(script: &Arc<Script>, name: &str, reads: Vec<Read>, place: Place) -> Hook {
        let name = name.to_owned();
        Hook { script: Arc::clone(script), function: name.clone(), name, reads, form: Form::Positions, place }
    }

    /// A script that stands in a policy.
    pub fn of_text(script: &Arc<Script>, text: &str, reads: Vec<Read>, place: Place) -> Hook {
        let (script, name, function) = (Arc::clone(script), text.to_owned(), INLINE.to_owned());
        Hook { script, name, function, reads, form: Form::Names, place }
    }

    /// The names that a script within a policy is handed these facts under: the first parts of their names, each once.
    pub fn roots(reads: &[Read]) -> Vec<String> {
        let mut roots: Vec<String> = Vec::new();
        for read in reads {
            let root = root(&read.name);
            if !roots.iter().any(|known| known == root) {
                roots.push(root.to_owned());
            }
        }
        roots
    }

    /// Its name, or its text where it stands in a policy.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where the policy asks for it.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The facts that it reads: the one that it stands beside comes first.
    pub fn reads(&self) -> impl Iterator<Item = FactId> {
        self.reads.iter().map(|read| read.fact)
    }

    /// The script that it runs.
    pub fn script(&self) -> &Arc<Script> {
        &self.script
    }

    fn parameters(&self) -> usize {
        match self.form {
            Form::Positions => self.reads.len(),
            Form::Names => Hook::roots(&self.reads).len(),
        }
    }

    /// What is wrong with it, given the types of the facts that it reads.
    pub fn faults(&self, vocabulary: &Vocabulary) -> Vec<Diagnostic> {
        let of = |read: &Read| Type::of(vocabulary.fact(read.fact));
        let types: Vec<Type> = match self.form {
            Form::Positions => self.reads.iter().map(of).collect(),
            Form::Names => {
                let facts: Rc<Vec<(String, Type)>> =
                    Rc::new(self.reads.iter().map(|read| (read.name.clone(), of(read))).collect());
                let kind = |name: String| match facts.iter().find(|(known, _)| *known == name) {
                    Some((_, kind)) => kind.clone(),
                    None => Type::Group(Rc::new(Group { name, facts: Rc::clone(&facts) })),
                };
                Hook::roots(&self.reads).into_iter().map(kind).collect()
            }
        };
        match self.script.function(&self.function, types.len()) {
            Some(function) => Check::new(&self.script, Some(vocabulary)).hook(function, types),
            // whoever made the hook looked for its function
            None => Vec::new(),
        }
    }

    /// Runs it on the values of what it reads, in their order.
    ///
    /// # Errors
    /// Why it gave no answer.
    pub fn run(&self, values: Vec<(&Kind, HookValue<'_>)>) -> Result<bool, HookFault> {
        let options = CallFnOptions::new().eval_ast(false).with_tag(Meter::tag());
        let engine = self.script.sandbox().engine();
        let (ast, arguments) = (&self.script.ast, self.arguments(&values));
        engine.call_fn_with_options::<bool>(options, &mut Scope::new(), ast, &self.function, arguments).map_err(
            |error| {
                let (position, message) = told(*error);
                let position = if position.is_none() { self.stopped_at(&values) } else { position };
                let place = if position.is_none() { self.place.clone() } else { self.script.place(position) };
                HookFault { hook: self.name.clone(), place, message }
            },
        )
    }

    fn arguments(&self, values: &[(&Kind, HookValue<'_>)]) -> Vec<Dynamic> {
        let values: Vec<Dynamic> = values.iter().map(|(kind, value)| value.handed(kind)).collect();
        match self.form {
            Form::Positions => values,
            Form::Names => grouped(&self.reads, values),
        }
    }

    /// Where its function stopped at a bound. The language puts the place of the call over it, and a hook is called from
    /// nowhere: what the function says is run once more as the outermost statements of a script, which keep their places.
    fn stopped_at(&self, values: &[(&Kind, HookValue<'_>)]) -> Position {
        let Some(function) = self.script.function(&self.function, self.parameters()) else { return Position::NONE };
        let ast = AST::new(function.statements.iter().cloned(), self.script.ast.shared_lib().clone());
        let mut scope = Scope::new();
        for (name, value) in function.parameters.iter().zip(self.arguments(values)) {
            scope.push_dynamic(name.clone(), value);
        }
        let options = CallFnOptions::new().eval_ast(true).with_tag(Meter::tag());
        let engine = self.script.sandbox().engine();
        let again =
            engine.call_fn_with_options::<Dynamic>(options, &mut scope, &ast, &self.function, self.arguments(values));
        again.err().map(|error| told(*error).0).filter(|position| !position.is_none()).unwrap_or(function.start)
    }
}

/// What a fact says to a hook.
#[derive(Debug, Clone, Copy)]
pub enum HookValue<'a> {
    /// A value that the case, or a default, gives.
    Given(&'a Value),
    /// The result of a formula.
    Derived(Ordinal),
}

impl HookValue<'_> {
    fn handed(self, kind: &Kind) -> Dynamic {
        match self {
            HookValue::Derived(Ordinal::Exact(number)) => Dynamic::from_decimal(number),
            HookValue::Derived(Ordinal::Whole(seconds)) if *kind == Kind::Duration => Dynamic::from(Seconds(seconds)),
            HookValue::Derived(Ordinal::Whole(number)) => Dynamic::from_int(number),
            HookValue::Given(value) => match value {
                Value::Boolean(truth) => Dynamic::from_bool(*truth),
                Value::Integer(number) => Dynamic::from_int(*number),
                Value::Decimal(number) => Dynamic::from_decimal(*number),
                Value::Duration(seconds) => Dynamic::from(Seconds(*seconds)),
                Value::Date(date) => Dynamic::from::<NaiveDate>(*date),
                Value::Text(text) => Dynamic::from(text.to_string()),
                Value::Choice(_) | Value::Zone(_) => value.text(kind).into_owned().into(),
            },
        }
    }
}

fn root(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// Values under their dotted names: a map for each group of facts.
fn grouped(reads: &[Read], values: Vec<Dynamic>) -> Vec<Dynamic> {
    let mut by_root: BTreeMap<&str, Dynamic> = BTreeMap::new();
    for (read, value) in reads.iter().zip(values) {
        let mut parts = read.name.split('.');
        let first = parts.next().unwrap_or(&read.name);
        place(by_root.entry(first).or_insert(Dynamic::UNIT), parts, value);
    }
    Hook::roots(reads).iter().map(|root| by_root.remove(root.as_str()).unwrap_or(Dynamic::UNIT)).collect()
}

fn place<'n>(slot: &mut Dynamic, mut parts: impl Iterator<Item = &'n str>, value: Dynamic) {
    let Some(part) = parts.next() else {
        *slot = value;
        return;
    };
    if !slot.is_map() {
        *slot = Dynamic::from_map(Map::new());
    }
    if let Ok(mut map) = slot.as_map_mut() {
        place(map.entry(part.into()).or_insert(Dynamic::UNIT), parts, value);
    }
}
