//! Why rules did not fire, as text and JSON.

use crate::engine::{Held, RuleTrace, Standing, Trace};
use crate::policy::Body;

use super::super::json::object;
use super::super::style::Styles;
use super::json::{fact, fill};
use super::text::{Sheet, text, value};

/// A decision and every rule that did not fire, near misses first and what makes no difference last, as text that ends
/// with a line end.
pub fn trace_text(trace: &Trace<'_>, color: bool) -> String {
    let mut sheet = Sheet { styles: Styles::new(color), out: text(&trace.decision, color) };
    let (moot, effective): (Vec<_>, Vec<_>) = trace.missed.iter().partition(|rule| rule.is_moot());
    let (near, far): (Vec<_>, Vec<_>) = effective.into_iter().partition(|rule| rule.is_near_miss());
    sheet.section("One fact away", &near);
    sheet.section("Further away", &far);
    let why = match &trace.decision.program().policy().body {
        Body::Exceptions(_) | Body::Escalations(_) | Body::Approval(_) => "what these belong to does not apply",
        Body::Authorization(_) => "they make no difference to this case",
        Body::Table(_) => "a row before them counts",
    };
    sheet.section(&format!("Not asked: {why}"), &moot);
    sheet.out
}

impl Sheet {
    fn section(&mut self, heading: &str, rules: &[&RuleTrace<'_>]) {
        if rules.is_empty() {
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
