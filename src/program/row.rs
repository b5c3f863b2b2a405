//! Rows: what conditions become. A row is a conjunction of literals, a box.

use crate::policy::{Condition, Matcher, Test};

use super::Bits;
use super::atom::{Atom, AtomId, Classing};
use super::catalog::Catalog;

/// An atom and the classes that are allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// The atom.
    pub atom: AtomId,
    /// Its allowed classes: never none, never all.
    pub classes: Bits,
}

/// A conjunction of literals, at most one an atom, in the order of their atoms.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    literals: Vec<Literal>,
}

impl Row {
    /// The row's literals.
    pub fn literals(&self) -> &[Literal] {
        &self.literals
    }

    /// A row that a single literal makes up.
    pub(super) fn of(literal: Literal) -> Row {
        Row { literals: vec![literal] }
    }

    /// Both rows at once; `None` where they exclude each other.
    pub(super) fn and(&self, other: &Row) -> Option<Row> {
        let mut literals = self.literals.clone();
        for literal in &other.literals {
            match literals.binary_search_by_key(&literal.atom, |known| known.atom) {
                Ok(at) => {
                    let known = literals.get_mut(at)?;
                    known.classes.keep(literal.classes.words());
                    if known.classes.is_empty() {
                        return None;
                    }
                }
                Err(_) if literal.classes.is_empty() => return None,
                Err(at) => literals.insert(at, literal.clone()),
            }
        }
        Some(Row { literals })
    }
}

/// A rule is expanded into rows while it stays within this many; past that an `any of` becomes a group.
const MOST_ROWS: usize = 16;

/// A condition in negation normal form, its tests turned into literals.
enum Formula {
    True,
    False,
    Literal(Literal),
    All(Vec<Formula>),
    Any(Vec<Formula>),
}

/// Turns conditions into rows. Groups that it has to make become atoms of the catalog, their rows in `groups`.
pub(super) struct Expansion<'c> {
    pub catalog: &'c mut Catalog,
    /// The atom and the rows of each group; inner groups come before the groups that use them.
    pub groups: Vec<(AtomId, Vec<Row>)>,
}

impl Expansion<'_> {
    /// The rows of a condition; none if it can never hold.
    pub fn rows(&mut self, condition: &Condition) -> Vec<Row> {
        let formula = self.formula(condition, true);
        self.expand(formula)
    }

    /// Pushes negation down to the literals, where it complements the set of classes.
    fn formula(&self, condition: &Condition, holds: bool) -> Formula {
        match (condition, holds) {
            (Condition::Always, true) => Formula::True,
            (Condition::Always, false) => Formula::False,
            (Condition::Not(part), _) => self.formula(part, !holds),
            (Condition::All(parts), true) | (Condition::Any(parts), false) => {
                Formula::All(parts.iter().map(|part| self.formula(part, holds)).collect())
            }
            (Condition::Any(parts), true) | (Condition::All(parts), false) => {
                let parts = parts.iter().map(|part| self.formula(part, holds)).collect();
                self.merged(parts)
            }
            (Condition::Test(test), _) => self.literal(test, holds),
        }
    }

    fn literal(&self, test: &Test, holds: bool) -> Formula {
        let found = self.catalog.atom_of(test).and_then(|id| Some((id, self.catalog.atoms.get(id.index())?)));
        // every test was noted when the catalog was made
        let Some((id, atom)) = found else { return Formula::False };
        let classes = classes(atom, &test.matcher);
        let classes = if holds { classes } else { classes.complement(atom.classes) };
        simplified(Literal { atom: id, classes }, atom.classes)
    }

    /// An `any of` over one atom is a union of classes, not several rows.
    fn merged(&self, parts: Vec<Formula>) -> Formula {
        let mut literals: Vec<Literal> = Vec::new();
        let mut others = Vec::new();
        for part in parts {
            match part {
                Formula::Literal(literal) => match literals.iter_mut().find(|known| known.atom == literal.atom) {
                    Some(known) => known.classes.add(literal.classes.words()),
                    None => literals.push(literal),
                },
                Formula::True => return Formula::True,
                Formula::Any(inner) => others.extend(inner),
                Formula::False => {}
                all @ Formula::All(_) => others.push(all),
            }
        }
        let size = |literal: &Literal| self.catalog.atoms.get(literal.atom.index()).map_or(0, |atom| atom.classes);
        if literals.iter().any(|literal| literal.classes.len() == size(literal)) {
            return Formula::True;
        }
        Formula::Any(literals.into_iter().map(Formula::Literal).chain(others).collect())
    }

    fn expand(&mut self, formula: Formula) -> Vec<Row> {
        match formula {
            Formula::True => vec![Row::default()],
            Formula::False => Vec::new(),
            Formula::Literal(literal) => vec![Row::of(literal)],
            Formula::Any(parts) => {
                let mut rows = Vec::new();
                for row in parts.into_iter().flat_map(|part| self.expand(part)) {
                    if !rows.contains(&row) {
                        rows.push(row);
                    }
                }
                rows
            }
            Formula::All(parts) => {
                let mut product = vec![Row::default()];
                for part in parts {
                    let mut rows = self.expand(part);
                    if rows.len() > 1 && product.len() * rows.len() > MOST_ROWS {
                        rows = vec![self.group(rows)];
                    }
                    product = product.iter().flat_map(|left| rows.iter().filter_map(|right| left.and(right))).collect();
                }
                product
            }
        }
    }

    /// An atom that is true where any of these rows holds: rows stay linear in what the editor wrote.
    fn group(&mut self, rows: Vec<Row>) -> Row {
        let known = self.groups.iter().find(|(_, known)| *known == rows).map(|(atom, _)| *atom);
        let atom = known.unwrap_or_else(|| {
            let atom = self.catalog.add(Atom { fact: None, classing: Classing::Group, classes: 2, absent: None });
            self.groups.push((atom, rows));
            atom
        });
        Row::of(Literal { atom, classes: Bits::one(2, 1) })
    }
}

fn simplified(literal: Literal, size: usize) -> Formula {
    match literal.classes.len() {
        0 => Formula::False,
        all if all == size => Formula::True,
        _ => Formula::Literal(literal),
    }
}

/// The classes that a matcher allows.
fn classes(atom: &Atom, matcher: &Matcher) -> Bits {
    match (matcher, &atom.classing) {
        (Matcher::OneOf(values), _) => atom.equal_to(values),
        (Matcher::NoneOf(values), _) => atom.equal_to(values).complement(atom.classes).and(&atom.reported()),
        (Matcher::Within(interval), Classing::Order(cuts)) | (Matcher::Age(_, interval), Classing::Age(_, cuts)) => {
            cuts.within(interval, atom.classes)
        }
        (Matcher::StartsWith(prefix), Classing::Text(texts)) => texts.starting(prefix, atom.classes),
        (Matcher::Mentions(_), Classing::Mentions(_)) | (Matcher::Hook(_), Classing::Hook(_)) => {
            Bits::one(atom.classes, 1)
        }
        (Matcher::Present, _) => atom.reported(),
        (Matcher::Absent, _) => atom.reported().complement(atom.classes),
        // lowering lets no matcher meet a fact of another type
        (
            Matcher::Within(_) | Matcher::Age(..) | Matcher::StartsWith(_) | Matcher::Mentions(_) | Matcher::Hook(_),
            _,
        ) => Bits::none(atom.classes),
    }
}
