//! Looks through statements.

use rhai::{ASTFlags, Expr, FlowControl, Position, Stmt, StmtBlock};

use crate::diagnostic::Code;

use super::{Check, Type};

/// What something gives, with the place of each way to end; empty for what never ends.
type Given = Vec<(Type, Position)>;

impl Check<'_> {
    /// What a block gives: what its last statement does.
    pub(super) fn block(&mut self, block: &StmtBlock) -> Given {
        self.statements(block.statements(), block.position())
    }

    /// What statements give that stand in a row from a place on: what the last one does.
    pub(super) fn statements(&mut self, statements: &[Stmt], start: Position) -> Given {
        let outer = self.variables.len();
        let mut given = nothing(start);
        for statement in statements {
            given = self.statement(statement);
        }
        self.variables.truncate(outer);
        given
    }

    /// What a block gives, whichever way it ends.
    pub(super) fn block_type(&mut self, block: &StmtBlock) -> Type {
        united(self.block(block))
    }

    fn statement(&mut self, statement: &Stmt) -> Given {
        let at = statement.position();
        match statement {
            Stmt::If(flow, _) => self.branches(flow, at),
            Stmt::Block(block) => self.block(block),
            Stmt::Expr(expression) => match &**expression {
                Expr::Stmt(block) => self.block(block),
                other => vec![(self.expression(other), other.start_position())],
            },
            Stmt::FnCall(call, position) => vec![(self.call(call, *position, None), at)],
            Stmt::Var(variable, flags, _) => {
                let mut kind = self.expression(&variable.1);
                // a constant cannot be given another value
                if flags.contains(ASTFlags::CONSTANT) && self.assigned.contains(variable.0.name.as_str()) {
                    kind = Type::Any;
                }
                self.declare(&variable.0.name, kind);
                nothing(at)
            }
            Stmt::Assignment(assignment) => {
                // nobody would measure what grows in place, item by item
                if !matches!(assignment.1.lhs, Expr::Variable(..)) {
                    let message = "only a variable can be given a value, not a part of one";
                    let help = "make a new value: `list = list + [item]`";
                    self.fault(Code::ScriptSyntax, assignment.1.lhs.start_position(), message, help);
                }
                let target = self.expression(&assignment.1.lhs);
                let value = self.expression(&assignment.1.rhs);
                if let Some((.., operator)) = assignment.0.get_op_assignment_info() {
                    self.operator(operator, &[target, value], assignment.0.position());
                }
                nothing(at)
            }
            Stmt::While(flow, _) => {
                let endless = matches!(flow.expr, Expr::Unit(_));
                if !endless {
                    self.truth(&flow.expr);
                }
                self.block(&flow.body);
                // what is returned within has been noted
                if endless { vec![(Type::Any, at)] } else { nothing(at) }
            }
            Stmt::Do(flow, ..) => {
                self.block(&flow.body);
                self.truth(&flow.expr);
                nothing(at)
            }
            Stmt::For(parts, _) => {
                let (item, counter, flow) = &**parts;
                let over = self.expression(&flow.expr);
                let item_type = match over {
                    Type::Text | Type::Word(_) => Type::Character,
                    Type::Range => Type::Integer,
                    Type::Any | Type::List => Type::Any,
                    other => {
                        let message = format!("`for` goes through a text, a list or a range, not {other}");
                        self.fault(
                            Code::HookTypes,
                            flow.expr.start_position(),
                            message,
                            "write one of these after `in`",
                        );
                        Type::Any
                    }
                };
                let outer = self.variables.len();
                self.declare(&item.name, item_type);
                if let Some(counter) = counter {
                    self.declare(&counter.name, Type::Integer);
                }
                self.block(&flow.body);
                self.variables.truncate(outer);
                nothing(at)
            }
            Stmt::Return(value, flags, _) => {
                let kind = value.as_ref().map_or(Type::Nothing, |value| self.expression(value));
                // what is thrown is no answer
                if !flags.contains(ASTFlags::BREAK) {
                    let place = value.as_ref().map_or(at, |value| value.start_position());
                    self.returned.push((kind, place));
                }
                Vec::new()
            }
            Stmt::BreakLoop(value, ..) => {
                value.iter().for_each(|value| drop(self.expression(value)));
                Vec::new()
            }
            // `switch` and `try` are refused by the parser
            Stmt::Switch(..) | Stmt::TryCatch(..) => vec![(Type::Any, at)],
            _ => nothing(at),
        }
    }

    fn branches(&mut self, flow: &FlowControl, at: Position) -> Given {
        self.truth(&flow.expr);
        let mut given = self.block(&flow.body);
        if flow.branch.is_empty() {
            given.extend(nothing(at));
        } else {
            given.extend(self.block(&flow.branch));
        }
        given
    }

    /// A condition: it must be true or false.
    pub(super) fn truth(&mut self, expression: &Expr) -> Type {
        let kind = self.expression(expression);
        if !kind.fits(&Type::Boolean) {
            let message = format!("{kind} where true or false was expected");
            self.fault(Code::HookTypes, expression.start_position(), message, "write a comparison");
        }
        Type::Boolean
    }
}

fn nothing(at: Position) -> Given {
    vec![(Type::Nothing, at)]
}

/// One type for all ways to end.
pub(super) fn united(given: Given) -> Type {
    let mut types = given.into_iter().map(|(kind, _)| kind);
    match types.next() {
        Some(first) => types.fold(first, |united, kind| united.or(&kind)),
        None => Type::Any,
    }
}
