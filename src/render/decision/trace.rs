//! Why rules did not fire, as text and JSON.

use crate::engine::{Held, RuleTrace, Standing, Trace};
use crate::policy::Body;

use super::super::json::object;
use super::super::style::Styles;
use super::json::{fact, fill};
use super::text::{Sheet, text, value};

/// How much of a trace is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// What was nearest, and how many rules are left out.
    Nearest,
    /// Every rule that did not fire.
    Missed,
    /// The rules that hold as well.
    All,
}

/// How many rules are shown of those that lack one fact, and of each further kind.
const NEAR: usize = 6;
const FAR: usize = 3;

/// A decision and the rules that did not fire, near misses first and what makes no difference last, as text that ends with
/// a line end.
pub fn trace_text(trace: &Trace<'_>, extent: Extent, color: bool) -> String {
    let mut sheet = Sheet { styles: Styles::new(color), out: text(&trace.decision, color) };
    if extent == Extent::All && !trace.held.is_empty() {
        let Styles { strong, faint, .. } = sheet.styles;
        sheet.line(&format!("\n{strong}Holds{strong:#}"));
        for rule in &trace.held {
            sheet.line(&format!("  {}  {faint}{}{faint:#}", rule.id, rule.place_text));
        }
    }
    let (moot, effective): (Vec<_>, Vec<_>) = trace.missed.iter().partition(|rule| rule.is_moot());
    let (near, far): (Vec<_>, Vec<_>) = effective.into_iter().partition(|rule| rule.is_near_miss());
    let why = match &trace.decision.program().policy().body {
        Body::Exceptions(_) | Body::Escalations(_) | Body::Approval(_) => "what these belong to does not apply",
        Body::Authorization(_) => "they make no difference to this case",
        Body::Table(_) => "a row before them counts",
    };
    let why = format!("Not asked: {why}");
    let mut left_out = 0;
    for (heading, rules, most) in [("One fact away", &near, NEAR), ("Further away", &far, FAR), (&*why, &moot, FAR)] {
        let shown = if extent == Extent::Nearest { rules.iter().take(most) } else { rules.iter().take(rules.len()) };
        left_out += rules.len() - shown.len();
        sheet.section(heading, shown.copied());
    }
    if left_out > 0 {
        let rules = if left_out == 1 { "rule is" } else { "rules are" };
        sheet.line(&format!(
            "\n{left_out} further {rules} left out: `--all` shows every rule, `--rule NAME` those of one name"
        ));
    }
    sheet.out
}

impl Sheet {
    fn section<'t>(&mut self, heading: &str, rules: impl ExactSizeIterator<Item = &'t RuleTrace<'t>>) {
        if rules.len() == 0 {
            return;
        }
        let Styles { strong, faint, .. } = self.styles;
        self.line(&format!("\n{strong}{heading}{strong:#}"));
        for rule in rules {
            let open = if rule.standing == Standing::Open { ", not known yet" } else { "" };
            self.line(&format!("  {}{open}  {faint}{}{faint:#}", rule.rule, rule.place));
            if rule.is_moot() {
                continue;
            }
            if rule.held_back_by.is_empty() {
                self.line("    it can never hold: its conditions exclude each other");
            }
            for held in &rule.held_back_by {
                self.line(&format!("    {}", lacking(held)));
            }
        }
    }
}

fn lacking(held: &Held<'_>) -> String {
    match (held.fact, &held.given) {
        (Some(fact), Some(given)) => format!("{fact} is {}; needed: {}", value(given), held.needed),
        (Some(fact), None) => format!("{fact} is not given; needed: {}", held.needed),
        (None, _) => format!("needed at the instant of the case: {}", held.needed),
    }
}

/// The same as one line of JSON: the decision, the rules that hold, and under `missed` those that did not fire.
pub fn trace_json(trace: &Trace<'_>) -> String {
    let mut out = String::with_capacity(4096);
    object(&mut out, |object| {
        object.object("decision", |object| fill(object, &trace.decision));
        object.texts("held", trace.held.iter().map(|rule| rule.id.as_str()));
        object.objects("missed", &trace.missed, |object, rule| {
            object.text("rule", rule.rule);
            object.text("place", rule.place);
            object.boolean("open", rule.standing == Standing::Open);
            object.boolean("near_miss", rule.is_near_miss());
            object.boolean("moot", rule.is_moot());
            object.objects("held_back_by", &rule.held_back_by, |object, held| {
                object.optional("fact", held.fact);
                if let Some(given) = &held.given {
                    object.value("value", |out| fact(out, given));
                }
                object.text("needed", &held.needed);
            });
        });
    });
    out
}
