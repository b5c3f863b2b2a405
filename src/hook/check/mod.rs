//! Finds what is wrong with a hook before it runs: names that nobody declared, and types that do not go together, as far
//! as the vocabulary tells them.

mod expression;
mod operator;
mod statement;

use std::collections::HashSet;

use rhai::{ASTNode, Expr, Position, Stmt};

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::facts::Vocabulary;

use super::Script;
use super::function::Function;
use super::types::Type;

/// How many bodies of functions are looked into for one hook: past that nothing is known of what they give.
const MOST_BODIES: usize = 200;

/// Looks through one hook, or one file.
pub(super) struct Check<'s> {
    script: &'s Script,
    /// Whose facts a script may have meant by an unknown name.
    vocabulary: Option<&'s Vocabulary>,
    found: Vec<Diagnostic>,
    /// The variables of the function that is looked at, the latest last.
    variables: Vec<(String, Type)>,
    /// Those of them that are given a new value somewhere: their type is not known.
    assigned: HashSet<String>,
    /// What the function that is looked at gives where it returns.
    returned: Vec<(Type, Position)>,
    depth: usize,
    bodies: usize,
}

impl<'s> Check<'s> {
    pub fn new(script: &'s Script, vocabulary: Option<&'s Vocabulary>) -> Check<'s> {
        Check {
            script,
            vocabulary,
            found: Vec::new(),
            variables: Vec::new(),
            assigned: HashSet::new(),
            returned: Vec::new(),
            depth: 0,
            bodies: 0,
        }
    }

    /// Looks through every function, whatever it is called with.
    pub fn file(mut self) -> Vec<Diagnostic> {
        for function in self.script.functions() {
            let parameters = vec![Type::Any; function.parameters.len()];
            self.body(function, parameters);
        }
        self.into_found()
    }

    /// Looks through the function of a hook, which must give true or false.
    pub fn hook(mut self, function: &Function, parameters: Vec<Type>) -> Vec<Diagnostic> {
        for (given, position) in self.body(function, parameters) {
            if !given.fits(&Type::Boolean) {
                let help = match self.script.word_at(position) {
                    "=" => "write `==` to compare",
                    "if" => "let it give true or false in every case: give the `if` an `else`",
                    _ => "let it give true or false in every case",
                };
                self.fault(Code::HookResult, position, format!("the hook gives {given} here"), help);
            }
        }
        self.into_found()
    }

    fn into_found(mut self) -> Vec<Diagnostic> {
        crate::diagnostic::sort(&mut self.found);
        self.found
    }

    /// What a function gives when it is called with these types: each of its ways to end.
    fn body(&mut self, function: &Function, parameters: Vec<Type>) -> Vec<(Type, Position)> {
        self.bodies += 1;
        let outer = (
            std::mem::take(&mut self.variables),
            std::mem::take(&mut self.returned),
            std::mem::replace(&mut self.assigned, assigned(&function.statements)),
        );
        self.depth += 1;
        for (name, kind) in function.parameters.iter().zip(parameters) {
            self.declare(name, kind);
        }
        let mut given = self.statements(&function.statements, function.start);
        self.depth -= 1;
        given.append(&mut self.returned);
        (self.variables, self.returned, self.assigned) = outer;
        given
    }

    fn declare(&mut self, name: &str, kind: Type) {
        let kind = if self.assigned.contains(name) { Type::Any } else { kind };
        self.variables.push((name.to_owned(), kind));
    }

    fn fault(&mut self, code: Code, position: Position, message: impl Into<String>, help: impl Into<String>) {
        let place = self.script.place(position);
        self.found.push(Diagnostic::new(code, place, message).help(help));
    }

    /// A name that stands for nothing: a fact that is not declared as read, or a slip.
    fn unknown(&mut self, position: Position, name: &str) {
        let known: Vec<String> = self.variables.iter().flat_map(|(name, kind)| spelled(name, kind)).collect();
        let is_fact = self.vocabulary.is_some_and(|vocabulary| vocabulary.fact_id(name).is_some());
        let help = if is_fact {
            format!("declare that the hook reads it: add `reads: [{name}]`")
        } else {
            let root = name.split('.').next().unwrap_or(name);
            let truths = ["true", "false"].into_iter().filter(|truth| truth.eq_ignore_ascii_case(name));
            let names = truths.chain(known.iter().map(String::as_str));
            let near = |name: &str| nearest(name, names.clone()).map(str::to_owned);
            match near(name).or_else(|| near(root)) {
                Some(near) => format!("did you mean `{near}`?"),
                None if known.is_empty() => "define it with `let`, or make it a parameter".to_owned(),
                None => format!("the hook reads {}; put a text in double quotes", known.join(", ")),
            }
        };
        let message =
            if is_fact { format!("`{name}` is read but not declared") } else { format!("unknown name `{name}`") };
        self.fault(Code::HookRead, position, message, help);
    }
}

/// A variable as scripts write it; of a group of facts each fact.
fn spelled(name: &str, kind: &Type) -> Vec<String> {
    match kind {
        Type::Group(group) => group.facts.iter().map(|(name, _)| name.clone()).collect(),
        _ => vec![name.to_owned()],
    }
}

/// The variables that are given a new value somewhere in a body.
fn assigned(statements: &[Stmt]) -> HashSet<String> {
    let mut names = HashSet::new();
    for statement in statements {
        statement.walk(&mut Vec::new(), &mut |path| {
            if let Some(ASTNode::Stmt(Stmt::Assignment(assignment))) = path.last()
                && !assignment.0.is_op_assignment()
                && let Expr::Variable(variable, ..) = &assignment.1.lhs
            {
                names.insert(variable.1.to_string());
            }
            true
        });
    }
    names
}
