//! Why rules did not fire, as text and JSON.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::engine::{Held, RuleTrace, Standing, Trace};

use super::super::style::Styles;
use super::json::Shown;
use super::text::{Sheet, text, value};

/// A decision and every rule that did not fire, near misses first, as text that ends with a line end.
pub fn trace_text(trace: &Trace<'_>, color: bool) -> String {
    let mut sheet = Sheet { styles: Styles::new(color), out: text(&trace.decision, color) };
    let (near, far): (Vec<&RuleTrace<'_>>, Vec<&RuleTrace<'_>>) =
        trace.missed.iter().partition(|rule| rule.is_near_miss());
    sheet.section("One fact away", &near);
    sheet.section("Further away", &far);
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
            let open = if rule.standing == Standing::Open { ", open" } else { "" };
            self.line(&format!("  {}{open} {faint}{}{faint:#}", rule.rule, rule.place));
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
        (Some(fact), Some(given)) => format!("{fact} is {}: it takes {}", value(given), held.needed),
        (Some(fact), None) => format!("{fact} is not given: it takes {}", held.needed),
        (None, _) => format!("at the case's instant it takes {}", held.needed),
    }
}

/// The same as one line of JSON: the decision, and under `missed` the rules that did not fire.
pub fn trace_json(trace: &Trace<'_>) -> String {
    serde_json::to_string(&Shown(trace)).unwrap_or_default()
}

impl Serialize for Shown<'_, Trace<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("decision", &Shown(&self.0.decision))?;
        let held: Vec<&str> = self.0.held.iter().map(|rule| rule.id.as_str()).collect();
        map.serialize_entry("held", &held)?;
        let missed: Vec<Shown<'_, RuleTrace<'_>>> = self.0.missed.iter().map(Shown).collect();
        map.serialize_entry("missed", &missed)?;
        map.end()
    }
}

impl Serialize for Shown<'_, RuleTrace<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rule = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("rule", rule.rule)?;
        map.serialize_entry("place", rule.place)?;
        map.serialize_entry("open", &(rule.standing == Standing::Open))?;
        map.serialize_entry("near_miss", &rule.is_near_miss())?;
        let held: Vec<Shown<'_, Held<'_>>> = rule.held_back_by.iter().map(Shown).collect();
        map.serialize_entry("held_back_by", &held)?;
        map.end()
    }
}

impl Serialize for Shown<'_, Held<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(fact) = self.0.fact {
            map.serialize_entry("fact", fact)?;
        }
        if let Some(given) = &self.0.given {
            map.serialize_entry("value", &Shown(given))?;
        }
        map.serialize_entry("needed", &self.0.needed)?;
        map.end()
    }
}
