//! A decision as a caseworker reads it.

use std::fmt::Write;

use crate::engine::{
    AtRisk, Certain, ClockFace, Course, Deadline, Decision, Gathered, Given, Ground, Hit, Holding, Match, Open, Output,
};
use crate::facts::{Kind, Unreadable, Value};
use crate::hook::HookFault;
use crate::policy::{Body, Policy};
use crate::program::Program;
use crate::time::InHours;

use super::super::approval;
use super::super::instant::{readable, readable_range};
use super::super::style::Styles;
use super::authorization;

/// A decision as a block of text that ends with a line end. With `color` it holds ANSI escapes.
pub fn text(decision: &Decision<'_>, color: bool) -> String {
    let mut sheet = Sheet { styles: Styles::new(color), out: String::new() };
    sheet.decision(decision);
    sheet.out
}

/// Why a case was not decided, as a block of text that ends with a line end.
pub fn unreadable_text(case: &Unreadable, line: usize, color: bool) -> String {
    let mut sheet = Sheet { styles: Styles::new(color), out: String::new() };
    let Styles { strong, warning, .. } = sheet.styles;
    let name = case.id.as_ref().map(|id| format!("{strong}{id}{strong:#}  ")).unwrap_or_default();
    sheet.line(&format!("{name}line {line}"));
    for fault in std::iter::once(&case.fault).chain(&case.more) {
        sheet.line(&format!("  {warning}error[{}]{warning:#}: {fault}", fault.code()));
        sheet.rows("help", fault.advice());
    }
    if case.is_cut() {
        sheet.line("  there may be more: mend these first");
    }
    sheet.out
}

/// How wide the words at the beginning of a line are.
const MARGIN: usize = 11;

pub(super) struct Sheet {
    pub styles: Styles,
    pub out: String,
}

impl Sheet {
    /// A line of its own.
    pub fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// A line under a heading in the margin.
    fn row(&mut self, heading: &str, text: &str) {
        let faint = self.styles.faint;
        // writing to a string cannot fail
        let _ = writeln!(self.out, "  {faint}{heading:<MARGIN$}{faint:#} {text}");
    }

    /// Lines of which the first stands under a heading.
    fn rows<T: AsRef<str>>(&mut self, heading: &str, lines: impl IntoIterator<Item = T>) {
        for (number, line) in lines.into_iter().enumerate() {
            self.row(if number == 0 { heading } else { "" }, line.as_ref());
        }
    }

    fn decision(&mut self, decision: &Decision<'_>) {
        let policy = decision.program().policy();
        let Styles { strong, good, warning, faint } = self.styles;
        let name = match decision.case().id() {
            Some(id) => format!("{strong}{id}{strong:#}  "),
            None => String::new(),
        };
        let title = policy.captions.title.as_deref().unwrap_or(&policy.name);
        self.line(&format!("{name}{faint}{title}, {}{faint:#}", decision.case().at_text()));
        if policy.one_of_several {
            self.row("version", &edition(policy));
        }
        let tone = if decision.is_undetermined() { warning } else { good };
        self.line(&format!("  {tone}{}{tone:#}", headline(decision)));
        let vocabulary = decision.program().vocabulary();
        let answer = &decision.answer;
        if let Some(request) = &decision.request {
            for (heading, lines) in approval::rows(decision, request) {
                self.rows(heading, lines);
            }
        }
        if let Some(exception) = &answer.keys.exception {
            self.rows("comment", exception.reason.map(|reason| &reason.comment));
            self.rows("means", exception.means());
            if !exception.kind.notifies.is_empty() {
                self.row("notify", &exception.kind.notifies.join(", "));
            }
            self.rows("worked by", exception.kind.worked_by.as_ref());
        }
        self.outputs(decision);
        if let Some(redirect) = &answer.keys.redirect {
            self.row("instead", redirect.to);
            self.rows("why", redirect.because);
        }
        self.papers(decision.program(), answer.keys.course.as_deref());
        self.rows("first", decision.unmet().iter().map(|unmet| unmet.say));
        self.rows("due", decision.deadline.as_ref().map(due));
        self.rows(
            "clock",
            decision.deadline.as_ref().and_then(|deadline| deadline.clock.as_deref()).map(clock).unwrap_or_default(),
        );
        // of an escalation it is worth saying that the policy states no time
        let timeless = answer.keys.category.is_some() && decision.deadline.is_none();
        if timeless && answer.keys.redirect.is_none() && decision.unmet().is_empty() {
            self.row("due", "none stated");
        }
        if let Some(window) = &decision.window {
            let state = match (window.open, window.changes) {
                (true, Some(until)) => format!("open until {}", readable(until)),
                (true, None) => "always open".to_owned(),
                (false, Some(opens)) => format!("closed until {}", readable(opens)),
                (false, None) => "closed".to_owned(),
            };
            self.row("window", &format!("{}: {state}", window.name));
        }
        self.rows("do", answer.keys.actions.iter().map(|action| vocabulary.action(action).unwrap_or(action)));
        self.rows("note", &answer.keys.notes);
        self.beside(decision);
        if let Some(open) = &decision.open {
            self.open(decision.program(), open);
        }
        let fault = |fault: &HookFault| format!("{}: {}  {faint}{}{faint:#}", fault.hook, fault.message, fault.place);
        self.rows("fault", decision.faults().iter().map(fault).collect::<Vec<_>>());
        self.others(decision);
        let grounds: Vec<String> = decision.because().iter().map(|reason| self.ground(reason)).collect();
        self.rows("because", grounds);
    }

    /// The papers of a request, and what comes next.
    fn papers(&mut self, program: &Program, course: Option<&Course<'_>>) {
        let (Some(course), Body::Authorization(policy)) = (course, &program.policy().body) else { return };
        self.rows("documents", authorization::papers(&policy.documents, &course.documents));
        self.rows("forms", authorization::papers(&policy.forms, &course.forms));
        self.rows("next", course.next.map(authorization::move_told));
    }

    /// What stands beside the answer on an authorization.
    fn beside(&mut self, decision: &Decision<'_>) {
        let Some(beside) = decision.beside() else { return };
        self.rows("payer", beside.determination.as_ref().map(|deadline| format!("decides {}", due(deadline))));
        self.rows("not served", beside.not_served.iter().map(|unmet| unmet.say));
        self.rows("renew", beside.renewal.as_ref().map(authorization::renewal_told));
        self.rows("alert", beside.alerts.iter().map(|alert| authorization::alert_told(alert)));
        self.rows("perhaps", beside.may_alert.iter().map(|name| titled(decision.program(), name)));
    }

    /// What an undetermined case waits for, and what is certain all the same.
    fn open(&mut self, program: &Program, open: &Open<'_>) {
        let vocabulary = program.vocabulary();
        let faint = self.styles.faint;
        let asked = open.needs.iter().map(|name| {
            let fact = vocabulary.fact_id(name).map(|id| vocabulary.fact(id));
            match fact.and_then(|fact| fact.ask.as_deref()) {
                Some(question) => format!("{question} {faint}({name}){faint:#}"),
                None => (*name).to_owned(),
            }
        });
        let asked: Vec<String> = asked.collect();
        self.rows("ask", asked);
        let mut known = known(program, &open.certain);
        known.extend(open.deadline.as_ref().map(|deadline| format!("due {}", due(deadline))));
        known.extend(open.determination.as_ref().map(|deadline| format!("the payer decides {}", due(deadline))));
        self.rows("in any case", known);
    }

    /// What a table gives, one below the other; of rows in conflict what each of them gives, column below column.
    fn outputs(&mut self, decision: &Decision<'_>) {
        let outputs = &decision.answer.keys.outputs;
        let names: Vec<String> = outputs.iter().map(|output| titled(decision.program(), output.name)).collect();
        let width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0).max(MARGIN);
        for (name, output) in names.iter().zip(outputs) {
            self.row(&format!("{name:<width$}"), &given(output));
        }
        let Body::Table(table) = &decision.program().policy().body else { return };
        let cell = |hit: &Hit<'_>, name: &str| {
            hit.outputs.iter().find(|output| output.name == name).map_or("none".to_owned(), given)
        };
        let mut lines: Vec<String> = decision.conflict().iter().map(|hit| hit.rule.to_owned()).collect();
        for column in &table.outputs {
            let width = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
            for (line, hit) in lines.iter_mut().zip(decision.conflict()) {
                *line =
                    format!("{line:<width$}  {} {}", titled(decision.program(), &column.name), cell(hit, &column.name));
            }
        }
        self.rows("rows", lines);
    }

    fn others(&mut self, decision: &Decision<'_>) {
        let vocabulary = decision.program().vocabulary();
        let mut others: Vec<String> = Vec::new();
        for name in decision.also() {
            match decision.matches().iter().find(|found| found.category == *name) {
                Some(found) => {
                    others.push(self.other(decision, found));
                    others.extend(
                        found.actions.iter().map(|word| format!("  do: {}", vocabulary.action(word).unwrap_or(word))),
                    );
                    others.extend(found.notes.iter().map(|note| format!("  note: {note}")));
                }
                None => others.push(titled(decision.program(), name)),
            }
        }
        self.rows("also", others);
        self.rows("perhaps", decision.may_also().iter().map(|name| titled(decision.program(), name)));
    }

    fn other(&self, decision: &Decision<'_>, found: &Match<'_>) -> String {
        let mut text = titled(decision.program(), found.category);
        if !found.scenarios.is_empty() {
            let _ = write!(text, " ({})", found.scenarios.join(", "));
        }
        match (found.outcome, &found.deadline) {
            (_, Some(deadline)) => {
                let _ = write!(text, ": due {}", due(deadline));
            }
            (Some(outcome), None) => {
                let _ = write!(text, ": {}", outcome.replace('_', " "));
            }
            (None, None) => {}
        }
        text
    }

    /// A rule with its place and its facts.
    pub fn ground(&self, ground: &Ground<'_>) -> String {
        let faint = self.styles.faint;
        let rule = match ground.holding {
            Holding::Holds => ground.rule.to_owned(),
            Holding::Fails => format!("{} does not hold", ground.rule),
            Holding::NoneHolds => format!("none of the {} applies", ground.rule),
        };
        let facts = facts(&ground.facts);
        let facts = if facts.is_empty() { String::new() } else { format!(": {facts}") };
        format!("{rule}{facts}  {faint}{}{faint:#}", ground.place)
    }
}

/// Facts with their values.
pub(in crate::render) fn facts(facts: &[Given<'_>]) -> String {
    facts.iter().map(|given| format!("{} is {}", given.name, value(given))).collect::<Vec<_>>().join(", ")
}

/// A value in a line of text: texts in quotes, long ones cut.
pub(super) fn value(given: &Given<'_>) -> String {
    shown(&given.value, given.kind)
}

/// What a table gives, in a line of text.
fn given(output: &Output<'_>) -> String {
    match &output.value {
        Gathered::One(one) if *output.kind == Kind::Text => one.text(output.kind).into_owned(),
        Gathered::One(one) => shown(one, output.kind),
        Gathered::List(cells) => cells.iter().map(|cell| shown(cell, output.kind)).collect::<Vec<_>>().join(", "),
    }
}

fn shown(value: &Value, kind: &Kind) -> String {
    const SHOWN: usize = 60;
    let text: String = value.text(kind).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let text = match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text,
    };
    if *kind == Kind::Text { format!("\"{text}\"") } else { text }
}

/// An outcome in words: an action in those of the vocabulary.
fn outcome(program: &Program, word: &str) -> String {
    program.vocabulary().action(word).map_or_else(|| sentence(word), str::to_owned)
}

/// The outcome with what it is about.
fn headline(decision: &Decision<'_>) -> String {
    if let Some(request) = &decision.request {
        return approval::headline(decision, request);
    }
    let answer = &decision.answer;
    let outcome = outcome(decision.program(), answer.outcome);
    match (answer.keys.title.or(answer.keys.category), &answer.keys.exception) {
        (Some(category), _) => format!("{outcome}: {category}"),
        (None, Some(exception)) => {
            let policy = decision.program().policy().captions.title.as_deref();
            let title = exception.title().or(policy).unwrap_or(&exception.kind.name);
            format!("{outcome}: {title}, status {}", exception.kind.opens_as)
        }
        (None, None) => outcome,
    }
}

/// What is certain of an answer that is open.
pub(in crate::render) fn known(program: &Program, certain: &Certain<'_>) -> Vec<String> {
    let mut known = Vec::new();
    known.extend(certain.outcome.map(|word| outcome(program, word)));
    known.extend(certain.keys.title.or(certain.keys.category).map(str::to_owned));
    known.extend(certain.keys.exception.map(|found| found.title().unwrap_or(&found.kind.name).to_owned()));
    if let (Some(course), Body::Authorization(policy)) = (&certain.keys.course, &program.policy().body) {
        known.extend(authorization::papers(&policy.documents, &course.documents));
        known.extend(authorization::papers(&policy.forms, &course.forms));
        known.extend(course.next.map(authorization::move_told));
    }
    known.extend(
        certain.keys.outputs.iter().map(|output| format!("{}: {}", titled(program, output.name), given(output))),
    );
    known
}

/// Which version of a policy decided.
fn edition(policy: &Policy) -> String {
    let dates = policy.effective.as_ref().map(ToString::to_string);
    policy.edition.iter().cloned().chain(dates).collect::<Vec<_>>().join(", ")
}

/// A word of the engine with spaces and a capital.
fn sentence(word: &str) -> String {
    let mut characters = word.chars();
    let first: String = characters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", characters.as_str().replace('_', " "))
}

/// What people call a category, a type or an output.
fn titled(program: &Program, name: &str) -> String {
    let title = match &program.policy().body {
        Body::Exceptions(exceptions) => {
            exceptions.types.iter().find(|kind| kind.name == name).and_then(|kind| kind.captions.title.clone())
        }
        Body::Escalations(escalations) => {
            let found = escalations.categories.iter().find(|category| category.name == name);
            found.and_then(|category| category.captions.title.clone())
        }
        Body::Table(table) => {
            let found = table.outputs.iter().find(|column| column.name == name);
            found.and_then(|column| column.captions.title.clone())
        }
        Body::Authorization(policy) => authorization::alert_title(policy, name),
        Body::Approval(_) => None,
    };
    title.unwrap_or_else(|| name.to_owned())
}

/// What follows the word "due": `in 2 business days, by Tue 8 Sep 2026, 17:00 (UTC-04:00)`.
fn due(deadline: &Deadline<'_>) -> String {
    let limit = deadline.limit;
    let when = match deadline.target {
        Some(target) => format!("from {}", readable_range(target, limit)),
        None => format!("by {}", readable(limit)),
    };
    let within = deadline.within.to_string();
    // `immediately` has no figure
    let measured = within.contains(|c: char| c.is_ascii_digit());
    if measured { format!("in {within}, {when}") } else { format!("{within}, {when}") }
}

/// What the clock of a turnaround shows, a line each: how it stands, and when it is at risk.
fn clock(face: &ClockFace) -> Vec<String> {
    let state = face.state.word().replace('_', " ");
    let standing = match (face.met, face.breached) {
        (Some(true), _) => ", in time",
        (Some(false), _) => ", too late",
        (None, true) => ", overdue",
        (None, false) => "",
    };
    let through = if face.ran_through { "; pauses do not count" } else { "" };
    let mut lines =
        vec![format!("{state}{standing}: {} used, {} left{through}", InHours(face.used), InHours(face.left))];
    lines.extend(face.at_risk.iter().map(at_risk));
    lines
}

/// From when on a time is at risk, and whether that has come.
pub(in crate::render) fn at_risk(risk: &AtRisk) -> String {
    let tense = if risk.reached { "reached" } else { "not reached" };
    format!("at risk from {} of the time, {}: {tense}", risk.share, readable(risk.at))
}
