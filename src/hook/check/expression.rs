//! Looks through expressions and tells their types.

use std::rc::Rc;

use rhai::{ASTFlags, Expr, FnCallExpr, Position};

use crate::diagnostic::{Code, nearest};

use super::super::signature::{FUNCTIONS, PROPERTIES, Signature, forms};
use super::super::types::Group;
use super::statement::united;
use super::{Check, MOST_BODIES, Type};

impl Check<'_> {
    /// The type of an expression.
    pub(super) fn expression(&mut self, expression: &Expr) -> Type {
        match expression {
            Expr::BoolConstant(..) => Type::Boolean,
            Expr::IntegerConstant(..) => Type::Integer,
            Expr::CharConstant(..) => Type::Character,
            Expr::StringConstant(..) => Type::Text,
            Expr::DynamicConstant(value, _) if value.is_decimal() => Type::Decimal,
            Expr::InterpolatedString(parts, position) => {
                let message = "`${` is not allowed in a hook";
                self.fault(Code::ScriptSyntax, *position, message, "join texts with `+`");
                parts.iter().for_each(|part| drop(self.expression(part)));
                Type::Text
            }
            Expr::Array(items, _) => {
                items.iter().for_each(|item| drop(self.expression(item)));
                Type::List
            }
            Expr::Map(entries, _) => {
                entries.0.iter().for_each(|(_, value)| drop(self.expression(value)));
                Type::Map
            }
            Expr::Unit(_) => Type::Nothing,
            Expr::Variable(variable, _, position) => self.variable(&variable.1, *position),
            Expr::Stmt(block) => self.block_type(block),
            Expr::FnCall(call, position) => self.call(call, *position, None),
            Expr::And(parts, _) | Expr::Or(parts, _) => {
                parts.iter().for_each(|part| drop(self.truth(part)));
                Type::Boolean
            }
            Expr::Coalesce(parts, _) => {
                parts.iter().for_each(|part| drop(self.expression(part)));
                Type::Any
            }
            Expr::Dot(parts, ..) => match &parts.lhs {
                // a fact that nobody declared is named in full
                Expr::Variable(name, _, position) if !self.is_known(&name.1) => {
                    let full = dotted(&name.1, &parts.rhs);
                    self.unknown(*position, &full);
                    Type::Any
                }
                base => {
                    let base = self.expression(base);
                    self.member(base, &parts.rhs)
                }
            },
            Expr::Index(parts, flags, _) => {
                let base = self.expression(&parts.lhs);
                self.indexed(&base, &parts.rhs, *flags)
            }
            _ => Type::Any,
        }
    }

    fn is_known(&self, name: &str) -> bool {
        self.variables.iter().any(|(known, _)| known == name)
    }

    fn variable(&mut self, name: &str, position: Position) -> Type {
        match self.variables.iter().rev().find(|(known, _)| known == name) {
            Some((_, kind)) => kind.clone(),
            None => {
                self.unknown(position, name);
                Type::Any
            }
        }
    }

    /// What stands after a dot.
    fn member(&mut self, base: Type, rest: &Expr) -> Type {
        match rest {
            Expr::Property(property, position) => self.property(&base, &property.2, *position),
            Expr::MethodCall(call, position) => self.call(call, *position, Some(base)),
            Expr::Dot(parts, ..) => {
                let inner = self.member(base, &parts.lhs);
                self.member(inner, &parts.rhs)
            }
            Expr::Index(parts, flags, _) => {
                let inner = self.member(base, &parts.lhs);
                self.indexed(&inner, &parts.rhs, *flags)
            }
            _ => Type::Any,
        }
    }

    /// What stands in square brackets, and what follows.
    fn indexed(&mut self, base: &Type, rest: &Expr, flags: ASTFlags) -> Type {
        let item = if base.is_text() { Type::Character } else { Type::Any };
        match rest {
            Expr::Dot(parts, ..) if !flags.contains(ASTFlags::BREAK) => {
                self.expression(&parts.lhs);
                self.member(item, &parts.rhs)
            }
            Expr::Index(parts, flags, _) if !flags.contains(ASTFlags::BREAK) => {
                self.expression(&parts.lhs);
                self.indexed(&item, &parts.rhs, *flags)
            }
            index => {
                self.expression(index);
                item
            }
        }
    }

    fn property(&mut self, base: &Type, name: &str, position: Position) -> Type {
        if let Type::Group(group) = base {
            let full = format!("{}.{name}", group.name);
            if let Some((_, kind)) = group.facts.iter().find(|(known, _)| *known == full) {
                return kind.clone();
            }
            let inner = format!("{full}.");
            if group.facts.iter().any(|(known, _)| known.starts_with(&inner)) {
                return Type::Group(Rc::new(Group { name: full, facts: Rc::clone(&group.facts) }));
            }
            self.unknown(position, &full);
            return Type::Any;
        }
        if base.is_any() || *base == Type::Map {
            return Type::Any;
        }
        let signature = forms(PROPERTIES, name).into_iter().find(|form| form.takes(std::slice::from_ref(base)));
        match signature {
            Some(signature) => signature.gives.clone(),
            None => {
                let known: Vec<&str> = PROPERTIES.iter().map(|property| property.name).collect();
                let help = match (known.contains(&name), forms(FUNCTIONS, name).is_empty()) {
                    (true, _) => "it belongs to values of another type: docs/hooks.md tells which".to_owned(),
                    (false, false) => format!("write brackets: `{name}()`"),
                    (false, true) => suggested(name, &known),
                };
                self.fault(Code::HookFunction, position, format!("{base} has no `{name}`"), help);
                Type::Any
            }
        }
    }

    /// A call of an operator or function; `base` is what stands before the dot.
    pub(super) fn call(&mut self, call: &FnCallExpr, position: Position, base: Option<Type>) -> Type {
        let is_method = base.is_some();
        let mut types: Vec<Type> = base.into_iter().collect();
        types.extend(call.args.iter().map(|argument| self.expression(argument)));
        // `x in y` asks whether y contains x
        let is_membership = call.name == "contains" && types.len() == 2 && !is_method;
        if call.is_operator_call() || is_membership {
            if let [left, right] = call.args.as_slice() {
                self.words(&call.name, (left, right), &types);
            }
            return self.operator(&call.name, &types, position);
        }
        let own = call.args.len();
        if let Some(function) = self.script.function(&call.name, own) {
            if is_method || self.depth >= super::super::MOST_CALLS || self.bodies >= MOST_BODIES {
                return Type::Any;
            }
            let given = self.body(function, types);
            return united(given);
        }
        self.native(&call.name, &types, position)
    }

    fn native(&mut self, name: &str, types: &[Type], position: Position) -> Type {
        let known = forms(FUNCTIONS, name);
        if known.is_empty() {
            let functions = self.script.functions();
            let own = functions.iter().map(|function| function.name.as_str());
            let names: Vec<&str> = FUNCTIONS.iter().map(|function| function.name).chain(own).collect();
            let help = suggested(name, &names);
            self.fault(Code::HookFunction, position, format!("unknown function `{name}`"), help);
            return Type::Any;
        }
        let fitting: Vec<&&Signature> = known.iter().filter(|form| form.takes(types)).collect();
        match fitting.split_first() {
            Some((first, rest)) => rest.iter().fold(first.gives.clone(), |gives, form| gives.or(&form.gives)),
            None => {
                let given: Vec<String> = types.iter().map(ToString::to_string).collect();
                let takes: Vec<String> = known.iter().map(|form| format!("`{}`", form.shown())).collect();
                let message = format!("`{name}` does not take ({})", given.join(", "));
                self.fault(Code::HookTypes, position, message, format!("it is {}", takes.join(" or ")));
                Type::Any
            }
        }
    }
}

fn suggested(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "docs/hooks.md lists what there is".to_owned(),
    }
}

/// A name with the properties that follow it.
fn dotted(name: &str, rest: &Expr) -> String {
    match rest {
        Expr::Property(property, _) => format!("{name}.{}", property.2),
        Expr::Dot(parts, ..) => match &parts.lhs {
            Expr::Property(property, _) => dotted(&format!("{name}.{}", property.2), &parts.rhs),
            _ => name.to_owned(),
        },
        _ => name.to_owned(),
    }
}
