//! What a program shows about its policy: rules that never hold, turnarounds that leave something open.

use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{Kind, Ordinal};
use crate::policy::Edge;

use super::{AtomId, Bits, Classing, CompiledRule, Layout, Literal, MOST_NODES, Program, Row, RuleId};

/// Rows that must cover every case.
struct Coverage {
    code: Code,
    rows: &'static str,
    help: &'static str,
}

const TURNAROUND: Coverage = Coverage {
    code: Code::OpenTurnaround,
    rows: "the rows of this turnaround",
    help: "add a last row, such as `- { otherwise: none stated }`",
};

const REQUIREMENT: Coverage = Coverage {
    code: Code::OpenRequirement,
    rows: "the rows of `required`",
    help: "add a last row with `when: always`, such as one with `answer: ask_payer`",
};

impl Program {
    /// The faults that only the rows show, in no particular order.
    pub fn findings(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for rule in self.rules.iter().filter(|rule| rule.rows.is_empty()) {
            found.push(
                Diagnostic::new(Code::NeverMatches, rule.place.clone(), format!("`{}` can never hold", rule.id))
                    .help("its conditions exclude each other: correct or delete them"),
            );
        }
        match &self.layout {
            Layout::Escalations { categories, .. } => {
                categories.iter().for_each(|category| self.covered(&category.turnaround, &TURNAROUND, &mut found));
            }
            Layout::Table(rules) => self.table(rules, &mut found),
            Layout::Authorization(rules) => {
                self.covered(&rules.required, &REQUIREMENT, &mut found);
                self.reached(&rules.next, &mut found);
                self.covered(&rules.determination, &TURNAROUND, &mut found);
            }
            Layout::Exceptions(_) | Layout::Approval(_) => {}
        }
        found
    }

    /// Whether each of these rows, of which the first counts, has some case of its own.
    fn reached(&self, rules: &[RuleId], found: &mut Vec<Diagnostic>) -> Vec<&Row> {
        let mut before: Vec<&Row> = Vec::new();
        for id in rules {
            let rule = self.rule(*id);
            let own: Vec<&Row> = rule.rows.clone().filter_map(|number| self.row(number)).collect();
            let reached = own.iter().any(|row| !matches!(Search::new(self, &before).uncovered(row), Ok(None)));
            if !reached && !own.is_empty() {
                found.push(unreached(rule));
            }
            before.extend(own);
        }
        before
    }

    /// Whether they cover every case too.
    fn covered(&self, rules: &[RuleId], kind: &Coverage, found: &mut Vec<Diagnostic>) {
        let before = self.reached(rules, found);
        let Some(first) = rules.first() else { return };
        let (message, label) = match Search::new(self, &before).uncovered(&Row::default()) {
            Ok(None) => return,
            Ok(Some(region)) => {
                let left: Vec<String> = region.literals().iter().map(|literal| self.described(literal)).collect();
                (format!("{} leave something open", kind.rows), format!("no row for {}", left.join(" and ")))
            }
            Err(Exhausted) => {
                (format!("{} are too entangled to show that they cover every case", kind.rows), String::new())
            }
        };
        found.push(Diagnostic::new(kind.code, self.rule(*first).place.clone(), message).label(label).help(kind.help));
    }

    /// The classes of an atom that some value has, and how many classes there are: between 5 and 6 lies no whole number.
    pub(super) fn inhabited(&self, id: AtomId) -> (Bits, usize) {
        let Some(atom) = self.atom(id) else { return (Bits::none(0), 0) };
        let mut classes = Bits::all(atom.classes);
        let kind = atom.fact.map(|fact| &self.vocabulary().fact(fact).kind);
        let (cuts, least, greatest) = match (&atom.classing, kind) {
            (Classing::Order(cuts), Some(Kind::Integer(bounds))) => (cuts, bounds.from, bounds.to),
            (Classing::Order(cuts), Some(Kind::Duration)) => (cuts, Some(0), None),
            (Classing::Order(cuts), Some(Kind::Date | Kind::Days)) | (Classing::Age(_, cuts), _) => (cuts, None, None),
            _ => return (classes, atom.classes),
        };
        for class in (0..atom.classes).filter(|class| Some(*class) != atom.absent) {
            let interval = cuts.interval(class);
            let end = |edge: Option<Edge>, inward: i64| match edge?.at {
                Ordinal::Whole(at) => Some(if edge?.included { at } else { at.saturating_add(inward) }),
                Ordinal::Exact(_) => None,
            };
            // the classes of a threshold are those of single numbers, the others lie between two
            let lowest = end(interval.low, 1).max(least).unwrap_or(i64::MIN);
            let highest = [end(interval.high, -1), greatest].into_iter().flatten().min().unwrap_or(i64::MAX);
            if lowest > highest {
                classes.drop(Bits::one(atom.classes, class).words());
            }
        }
        (classes, atom.classes)
    }

    fn described(&self, literal: &Literal) -> String {
        let Some(atom) = self.atom(literal.atom) else { return String::new() };
        let fact = atom.fact.map(|fact| self.vocabulary().fact(fact));
        let name = fact.map_or("the instant", |fact| fact.name.as_str());
        let classes: &Bits = &literal.classes;
        let is_choice = atom.classing == Classing::Choice;
        let words: Vec<String> = match fact.map(|fact| &fact.kind).filter(|_| is_choice) {
            Some(Kind::OneOf(values)) => classes.iter().filter_map(|class| values.get(class).cloned()).collect(),
            Some(Kind::Boolean) => {
                classes.iter().filter(|class| *class < 2).map(|class| (class == 1).to_string()).collect()
            }
            Some(_) | None => Vec::new(),
        };
        if words.is_empty() { format!("other values of `{name}`") } else { format!("`{name}` {}", words.join(", ")) }
    }
}

/// A row that the rows before it leave nothing to.
pub(super) fn unreached(rule: &CompiledRule) -> Diagnostic {
    Diagnostic::new(Code::NeverReached, rule.place.clone(), "this row is never reached")
        .help("the rows before it cover every case: delete it, or narrow them")
}

/// More boxes would have to be looked at than the budget allows.
pub(super) struct Exhausted;

/// Looks for a case that no row covers, box by box.
pub(super) struct Search<'p> {
    program: &'p Program,
    rows: &'p [&'p Row],
    /// How many boxes may still be looked at.
    left: usize,
}

impl<'p> Search<'p> {
    pub fn new(program: &'p Program, rows: &'p [&'p Row]) -> Search<'p> {
        Search::within(program, rows, MOST_NODES)
    }

    /// A search that looks at no more than so many boxes.
    pub fn within(program: &'p Program, rows: &'p [&'p Row], most: usize) -> Search<'p> {
        Search { program, rows, left: most }
    }

    /// How many boxes it may still look at.
    pub fn left(&self) -> usize {
        self.left
    }

    /// A part of a box that no row covers.
    pub fn uncovered(&mut self, region: &Row) -> Result<Option<Row>, Exhausted> {
        self.left = self.left.checked_sub(1).ok_or(Exhausted)?;
        let meeting: Vec<(&Row, Row)> = self.rows.iter().filter_map(|row| Some((*row, region.and(row)?))).collect();
        if meeting.iter().any(|(_, inside)| inside == region) {
            return Ok(None);
        }
        let Some((row, _)) = meeting.into_iter().next() else { return Ok(Some(region.clone())) };
        // the parts of the box outside of the row: one a literal, each inside all literals before it
        let mut inside = region.clone();
        for literal in row.literals() {
            let inhabited = self.program.inhabited(literal.atom);
            let classes = literal.classes.complement(inhabited.1).and(&inhabited.0);
            let outside = Literal { atom: literal.atom, classes };
            if let Some(part) = inside.and(&Row::of(outside))
                && let Some(found) = self.uncovered(&part)?
            {
                return Ok(Some(found));
            }
            match inside.and(&Row::of(literal.clone())) {
                Some(narrowed) => inside = narrowed,
                None => break,
            }
        }
        Ok(None)
    }
}
