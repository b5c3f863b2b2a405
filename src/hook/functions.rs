//! The functions that hooks may call: all there are. None reaches beyond its arguments, and none makes more than it is
//! given.

use std::any::TypeId;
use std::ops::{Range, RangeInclusive};

use rhai::{Array, Dynamic, Engine, EvalAltResult, INT, ImmutableString, Module, NativeCallContext};
use rust_decimal::Decimal;

use super::date;
use super::meter::charge;
use super::sandbox::LONGEST_TEXT;

type Outcome<T> = Result<T, Box<EvalAltResult>>;
type Context<'c> = NativeCallContext<'c>;

/// Puts the functions in.
pub(super) fn register(engine: &mut Engine) {
    texts(engine);
    numbers(engine);
    lists(engine);
    date::register(engine);
}

fn texts(engine: &mut Engine) {
    let mut iterable = Module::new();
    iterable.set_iter(TypeId::of::<ImmutableString>(), |text| {
        Box::new(Characters { text: text.into_immutable_string().unwrap_or_default(), at: 0 })
    });
    engine
        .register_global_module(iterable.into())
        .register_get("len", |c: Context<'_>, text: &mut ImmutableString| {
            searched(&c, text, |text| length(text.chars().count()))
        })
        .register_fn("len", |c: Context<'_>, text: &str| searched(&c, text, |text| length(text.chars().count())))
        .register_fn("is_empty", |text: &str| text.is_empty())
        .register_fn("starts_with", |c: Context<'_>, text: &str, start: &str| {
            searched(&c, start, |start| text.starts_with(start))
        })
        .register_fn("ends_with", |c: Context<'_>, text: &str, end: &str| searched(&c, end, |end| text.ends_with(end)))
        .register_fn("contains", |c: Context<'_>, text: &str, part: &str| {
            searched(&c, text, |text| text.contains(part))
        })
        .register_fn("contains", |c: Context<'_>, text: &str, part: char| {
            searched(&c, text, |text| text.contains(part))
        })
        .register_fn("index_of", |c: Context<'_>, text: &str, part: &str| {
            searched(&c, text, |text| {
                let before = text.find(part).and_then(|at| text.get(..at));
                before.map_or(-1, |before| length(before.chars().count()))
            })
        })
        .register_fn("to_lower", |c: Context<'_>, text: &str| searched(&c, text, str::to_lowercase))
        .register_fn("to_upper", |c: Context<'_>, text: &str| searched(&c, text, str::to_uppercase))
        .register_fn("trim", |c: Context<'_>, text: &str| searched(&c, text, |text| text.trim().to_owned()))
        .register_fn("sub_string", |c: Context<'_>, text: &str, start: INT| {
            searched(&c, text, |text| part(text, start, INT::MAX))
        })
        .register_fn("sub_string", |c: Context<'_>, text: &str, start: INT, length: INT| {
            searched(&c, text, |text| part(text, start, length))
        })
        .register_fn("is_digits", |c: Context<'_>, text: &str| {
            searched(&c, text, |text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
        })
        .register_fn("is_letters", |c: Context<'_>, text: &str| {
            searched(&c, text, |text| !text.is_empty() && text.chars().all(char::is_alphabetic))
        })
        .register_fn("split", |c: Context<'_>, text: &str, separator: &str| split(&c, text, separator))
        .register_fn("+", |c: Context<'_>, a: &str, b: &str| joined(&c, a, b))
        .register_fn("+", |c: Context<'_>, a: &str, b: char| joined(&c, a, b.encode_utf8(&mut [0; 4])))
        .register_fn("+", |c: Context<'_>, a: char, b: &str| joined(&c, a.encode_utf8(&mut [0; 4]), b))
        .register_fn("+=", |c: Context<'_>, a: &mut ImmutableString, b: &str| -> Outcome<()> {
            *a = joined(&c, a, b)?.into();
            Ok(())
        })
        .register_fn("+=", |c: Context<'_>, a: &mut ImmutableString, b: char| -> Outcome<()> {
            *a = joined(&c, a, b.encode_utf8(&mut [0; 4]))?.into();
            Ok(())
        });
    // the language would take one text out of the other, at any length for one step
    let refuse = |_: &str, _: &str| -> Outcome<String> { Err("`-` does not join a text and a text".into()) };
    engine.register_fn("-", refuse);
}

/// The characters of a text, one at a time.
struct Characters {
    text: ImmutableString,
    at: usize,
}

impl Iterator for Characters {
    type Item = Dynamic;

    fn next(&mut self) -> Option<Dynamic> {
        let character = self.text.get(self.at..)?.chars().next()?;
        self.at += character.len_utf8();
        Some(Dynamic::from(character))
    }
}

fn numbers(engine: &mut Engine) {
    engine
        .register_fn("!", |truth: bool| !truth)
        .register_fn("-", |number: INT| number.checked_neg().ok_or_else(too_large))
        .register_fn("-", |number: Decimal| -number)
        .register_fn("+", |number: INT| number)
        .register_fn("+", |number: Decimal| number)
        .register_fn("abs", |number: INT| number.checked_abs().ok_or_else(too_large))
        .register_fn("abs", |number: Decimal| number.abs())
        .register_fn("to_integer", |c: Context<'_>, text: &str| -> Outcome<INT> {
            searched(&c, text, str::parse)?.map_err(|_| "the text is no whole number".into())
        })
        .register_fn("to_decimal", |c: Context<'_>, text: &str| -> Outcome<Decimal> {
            searched(&c, text, Decimal::from_str_exact)?.map_err(|_| "the text is no decimal number".into())
        })
        .register_iterator::<Range<INT>>()
        .register_iterator::<RangeInclusive<INT>>();
}

fn lists(engine: &mut Engine) {
    engine
        .register_get("len", |list: &mut Array| length(list.len()))
        .register_fn("len", |list: &mut Array| length(list.len()))
        .register_fn("is_empty", |list: &mut Array| list.is_empty())
        .register_fn("push", |list: &mut Array, item: Dynamic| list.push(item))
        .register_iterator::<Array>();
}

fn too_large() -> Box<EvalAltResult> {
    "the number is too large".into()
}

fn length(count: usize) -> INT {
    INT::try_from(count).unwrap_or(INT::MAX)
}

/// What a text gives, at the price of looking at it.
fn searched<T>(context: &Context<'_>, text: &str, look: impl FnOnce(&str) -> T) -> Outcome<T> {
    charge(context, text.len())?;
    Ok(look(text))
}

/// So many characters from one on; both ends are brought into the text.
fn part(text: &str, start: INT, length: INT) -> String {
    let natural = |number: INT| usize::try_from(number.max(0)).unwrap_or(usize::MAX);
    text.chars().skip(natural(start)).take(natural(length)).collect()
}

fn split(context: &Context<'_>, text: &str, separator: &str) -> Outcome<Array> {
    charge(context, text.len())?;
    // the list is measured by whoever called: one piece too many tells that there are too many
    let most = context.engine().max_array_size() + 1;
    Ok(text.split(separator).take(most).map(|piece| Dynamic::from(ImmutableString::from(piece))).collect())
}

fn joined(context: &Context<'_>, a: &str, b: &str) -> Outcome<String> {
    let length = a.len() + b.len();
    charge(context, length)?;
    if length > LONGEST_TEXT {
        return Err(too_long());
    }
    Ok([a, b].concat())
}

fn too_long() -> Box<EvalAltResult> {
    EvalAltResult::ErrorDataTooLarge("Length of string".to_owned(), rhai::Position::NONE).into()
}
