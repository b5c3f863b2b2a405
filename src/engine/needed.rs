//! What a literal asks for, in the words in which a policy would.

use chrono::NaiveDate;

use crate::facts::{Kind, Ordinal, Value};
use crate::hook::Hook;
use crate::policy::{Edge, Interval, Unit};
use crate::program::{Atom, Bits, Classing, Cuts, Literal, Program};

/// What would make a literal true.
pub(super) fn needed(program: &Program, literal: &Literal) -> String {
    let Some(atom) = program.atom(literal.atom) else { return String::new() };
    let kind = atom.fact.map(|fact| &program.vocabulary().fact(fact).kind);
    let mut ways = match (&atom.classing, kind) {
        (Classing::Choice, Some(Kind::OneOf(values))) => {
            words(atom, &literal.classes, |class| values.get(class).cloned())
        }
        (Classing::Choice, _) => words(atom, &literal.classes, |class| Some((class == 1).to_string())),
        (Classing::Order(cuts), Some(kind)) => {
            intervals(atom, cuts, &literal.classes, |interval| within(interval, kind))
        }
        (Classing::Age(unit, cuts), _) => intervals(atom, cuts, &literal.classes, |interval| aged(interval, *unit)),
        (Classing::Text(texts), _) => words(atom, &literal.classes, |class| {
            let prefix = class.checked_sub(texts.literals().len()).and_then(|at| texts.prefixes().get(at));
            let literal = texts.literals().get(class).map(|text| format!("\"{text}\""));
            literal.or_else(|| prefix.map(|prefix| format!("a text that starts with \"{prefix}\"")))
        }),
        (Classing::Mentions(list), _) => {
            let lists = atom.fact.map(|fact| program.keyword_lists(fact)).unwrap_or_default();
            let names: Vec<String> = lists.get(*list).into_iter().flatten().map(ToString::to_string).collect();
            let mention = if literal.classes.contains(1) { "a mention of" } else { "no mention of" };
            vec![format!("{mention} {}", either(names))]
        }
        (Classing::Zone(zones), _) => {
            words(atom, &literal.classes, |class| zones.get(class).map(|zone| zone.name().to_owned()))
        }
        (Classing::Window(window, _), _) => {
            vec![format!("a local time {} {window}", if literal.classes.contains(1) { "within" } else { "outside of" })]
        }
        (Classing::Hook(number), _) => {
            let name = program.hook(*number).map(Hook::name).unwrap_or_default();
            vec![format!("a value of which `{name}` is {}", literal.classes.contains(1))]
        }
        (Classing::Group, _) | (Classing::Order(_), None) => Vec::new(),
    };
    if atom.absent.is_some_and(|absent| literal.classes.contains(absent)) {
        ways.push("no report of it".to_owned());
    }
    either(ways)
}

/// `a`, `a or b`, `one of a, b, c`.
fn either(ways: Vec<String>) -> String {
    if ways.len() > 2 { format!("one of {}", ways.join(", ")) } else { ways.join(" or ") }
}

/// The named classes of a set; where it also has what has no name, or lacks but a few, everything but those that it
/// lacks.
fn words(atom: &Atom, classes: &Bits, name: impl Fn(usize) -> Option<String>) -> Vec<String> {
    let reported = |bits: &Bits| bits.iter().filter(|class| Some(*class) != atom.absent).collect::<Vec<_>>();
    let (allowed, lacking) = (reported(classes), reported(&classes.complement(atom.classes)));
    let lacks_few = allowed.len() > 3 && lacking.len() <= 2;
    if lacks_few || allowed.iter().any(|class| name(*class).is_none()) {
        let excluded: Vec<String> = lacking.into_iter().filter_map(name).collect();
        return vec![if excluded.is_empty() {
            "any value".to_owned()
        } else {
            format!("anything but {}", excluded.join(" or "))
        }];
    }
    allowed.into_iter().filter_map(name).collect()
}

/// The stretches of neighbouring classes, each in words.
fn intervals(atom: &Atom, cuts: &Cuts, classes: &Bits, say: impl Fn(&Interval) -> String) -> Vec<String> {
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for class in classes.iter().filter(|class| Some(*class) != atom.absent) {
        match stretches.last_mut() {
            Some((_, end)) if *end + 1 == class => *end = class,
            _ => stretches.push((class, class)),
        }
    }
    let united =
        |(first, last): (usize, usize)| Interval { low: cuts.interval(first).low, high: cuts.interval(last).high };
    stretches.into_iter().map(|stretch| say(&united(stretch))).collect()
}

fn within(interval: &Interval, kind: &Kind) -> String {
    said(interval, |at| value(at, kind).text(kind).into_owned())
}

fn aged(interval: &Interval, unit: Unit) -> String {
    let days = match unit {
        Unit::Days => "days",
        Unit::BusinessDays => "business days",
    };
    let figure = |at: Ordinal| match at {
        Ordinal::Whole(number) => number.to_string(),
        Ordinal::Exact(number) => number.to_string(),
    };
    format!("a date {} {days} ago", said(interval, figure))
}

fn said(interval: &Interval, text: impl Fn(Ordinal) -> String) -> String {
    let above = |edge: Edge| format!("{} {}", if edge.included { "at least" } else { "more than" }, text(edge.at));
    let below = |edge: Edge| format!("{} {}", if edge.included { "at most" } else { "less than" }, text(edge.at));
    match (interval.low, interval.high) {
        (Some(low), Some(high)) if low.at == high.at => text(low.at),
        (Some(low), Some(high)) if low.included && high.included => format!("{} to {}", text(low.at), text(high.at)),
        (Some(low), Some(high)) => format!("{} and {}", above(low), below(high)),
        (Some(low), None) => above(low),
        (None, Some(high)) => below(high),
        (None, None) => "any value".to_owned(),
    }
}

fn value(at: Ordinal, kind: &Kind) -> Value {
    match (at, kind) {
        (Ordinal::Exact(number), _) => Value::Decimal(number),
        (Ordinal::Whole(number), Kind::Duration) => Value::Duration(number),
        (Ordinal::Whole(number), Kind::Date) => {
            let date = i32::try_from(number).ok().and_then(NaiveDate::from_num_days_from_ce_opt);
            date.map_or(Value::Integer(number), Value::Date)
        }
        (Ordinal::Whole(number), _) => Value::Integer(number),
    }
}
