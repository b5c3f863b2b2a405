//! Which types operators join, and which words a fact may be compared with.

use rhai::{Expr, Position};

use crate::diagnostic::{Code, nearest};

use super::{Check, Type};

impl Check<'_> {
    /// The type of what an operator gives.
    pub(super) fn operator(&mut self, name: &str, types: &[Type], position: Position) -> Type {
        let (message, help) = match types {
            [left, right] => match joined(name, left, right) {
                Some(kind) => return kind,
                None if is_comparison(name) => {
                    (format!("{left} is compared with {right}"), "they are never equal: compare values of one type")
                }
                None if name == "contains" => {
                    (format!("{right} is never in {left}"), "look for a text in a text, or for any value in a list")
                }
                None => (format!("`{name}` does not join {left} and {right}"), "use values of one type"),
            },
            [only] => match (name, only) {
                (_, Type::Any) => return Type::Any,
                ("!", Type::Boolean) => return Type::Boolean,
                ("-" | "+", number) if number.is_number() => return number.clone(),
                _ => (format!("`{name}` does not take {only}"), "put a value of another type after it"),
            },
            _ => return Type::Any,
        };
        self.fault(Code::HookTypes, position, message, help);
        if is_comparison(name) { Type::Boolean } else { Type::Any }
    }

    /// Refuses to compare a fact with a word that it cannot be.
    pub(super) fn words(&mut self, name: &str, (left, right): (&Expr, &Expr), types: &[Type]) {
        match (name, types) {
            ("==" | "!=", [known @ Type::Word(_), _]) => self.word(known, right),
            ("==" | "!=", [_, known @ Type::Word(_)]) => self.word(known, left),
            // `x in [a, b]` asks the list
            ("contains", [Type::List, known @ Type::Word(_)]) => {
                if let Expr::Array(items, _) = left {
                    items.iter().for_each(|item| self.word(known, item));
                }
            }
            ("contains", [Type::List, wanted]) => {
                if let Expr::Array(items, _) = left {
                    for item in items {
                        let kind = self.expression(item);
                        if !kind.compares_with(wanted) {
                            let message = format!("{wanted} is compared with {kind}");
                            let help = "they are never equal: compare values of one type";
                            self.fault(Code::HookTypes, item.start_position(), message, help);
                        }
                    }
                }
            }
            _ => {}
        }
    }

    fn word(&mut self, kind: &Type, literal: &Expr) {
        let (Type::Word(known), Expr::StringConstant(word, position)) = (kind, literal) else { return };
        if known.words.iter().any(|known| known == word.as_str()) {
            return;
        }
        let message = format!("`{}` has no value `{word}`", known.fact);
        let help = match nearest(word, known.words.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("expected one of {}", known.words.join(", ")),
        };
        self.fault(Code::UnknownValue, *position, message, help);
    }
}

fn is_comparison(name: &str) -> bool {
    matches!(name, "==" | "!=" | "<" | "<=" | ">" | ">=")
}

/// What an operator makes of two types; `None` if it does not join them.
fn joined(name: &str, left: &Type, right: &Type) -> Option<Type> {
    use Type::{Any, Boolean, Date, Decimal, Duration, Integer, List, Range, Text};
    if is_comparison(name) {
        return left.compares_with(right).then_some(Boolean);
    }
    if name == "contains" {
        return match (left, right) {
            (Any, _) | (List, _) => Some(Boolean),
            (text, part) if text.is_text() => (part.fits(&Text) || *part == Type::Character).then_some(Boolean),
            (Range, number) => number.fits(&Integer).then_some(Boolean),
            (Type::Map, key) => key.fits(&Text).then_some(Boolean),
            _ => None,
        };
    }
    if left.is_any() || right.is_any() {
        return Some(if name.starts_with("..") { Range } else { Any });
    }
    match (name, left, right) {
        (".." | "..=", Integer, Integer) => Some(Range),
        ("+" | "-" | "*" | "/" | "%", Integer, Integer) => Some(Integer),
        ("+" | "-" | "*" | "/" | "%", a, b) if a.is_number() && b.is_number() => Some(Decimal),
        ("+", a, b) if a.is_text() && (b.is_text() || *b == Type::Character) => Some(Text),
        ("+", Type::Character, b) if b.is_text() => Some(Text),
        ("+" | "-", Date, Integer) => Some(Date),
        ("-", Date, Date) => Some(Integer),
        ("+" | "-", Duration, Duration) => Some(Duration),
        ("+", List, List) => Some(List),
        _ => None,
    }
}
