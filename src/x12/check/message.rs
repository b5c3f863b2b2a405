//! What a checked file holds: interchanges, groups and transactions.

use super::super::fault::Fault;
use super::super::segment::Segment;

/// A file that has been checked: what is wrong with it, and what it holds all the same.
#[derive(Debug)]
pub struct Checked<'d, 'a> {
    pub(super) faults: Vec<Fault>,
    pub(super) count: usize,
    pub(super) steps: usize,
    pub(super) interchanges: Vec<Interchange<'d, 'a>>,
}

impl<'d, 'a> Checked<'d, 'a> {
    /// What is wrong, in order of place; no more than [`super::MOST_FAULTS`].
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// How many faults there are, those that were not kept included.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.count == 0
    }

    /// How many bytes, rules and codes were looked at: a measure of the work that is the same on every machine.
    pub fn steps(&self) -> usize {
        self.steps
    }

    /// The interchanges in order, those with faults included.
    pub fn interchanges(&self) -> &[Interchange<'d, 'a>] {
        &self.interchanges
    }

    /// The transactions of all interchanges in order.
    pub fn transactions(&self) -> impl Iterator<Item = &Transaction<'d, 'a>> {
        self.interchanges.iter().flat_map(|interchange| interchange.groups()).flat_map(|group| group.transactions())
    }
}

/// What stands between an ISA and its IEA.
#[derive(Debug)]
pub struct Interchange<'d, 'a> {
    pub(super) header: &'d Segment<'a>,
    pub(super) acknowledgements: Vec<&'d Segment<'a>>,
    pub(super) groups: Vec<Group<'d, 'a>>,
}

impl<'d, 'a> Interchange<'d, 'a> {
    /// The ISA.
    pub fn header(&self) -> &'d Segment<'a> {
        self.header
    }

    /// The TA1 segments, which tell of interchanges that the other side got.
    pub fn acknowledgements(&self) -> &[&'d Segment<'a>] {
        &self.acknowledgements
    }

    /// The groups in order.
    pub fn groups(&self) -> &[Group<'d, 'a>] {
        &self.groups
    }
}

/// What stands between a GS and its GE.
#[derive(Debug)]
pub struct Group<'d, 'a> {
    pub(super) header: &'d Segment<'a>,
    pub(super) transactions: Vec<Transaction<'d, 'a>>,
}

impl<'d, 'a> Group<'d, 'a> {
    /// The GS; if it is missing, the ST of the first transaction.
    pub fn header(&self) -> &'d Segment<'a> {
        self.header
    }

    /// The transactions in order.
    pub fn transactions(&self) -> &[Transaction<'d, 'a>] {
        &self.transactions
    }
}

/// What a transaction is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A request for review (278).
    Request,
    /// A payer's response to one (278).
    Response,
    /// A 999, which tells whether a group was taken.
    Acknowledgement,
    /// None of these: it is kept, and not looked into.
    Other,
}

/// What stands between an ST and its SE, both included.
#[derive(Debug)]
pub struct Transaction<'d, 'a> {
    pub(super) kind: Kind,
    pub(super) segments: &'d [Segment<'a>],
    pub(super) faults: usize,
}

impl<'d, 'a> Transaction<'d, 'a> {
    /// What it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Its segments, from ST to SE.
    pub fn segments(&self) -> &'d [Segment<'a>] {
        self.segments
    }

    /// How many faults were found between ST and SE.
    pub fn faults(&self) -> usize {
        self.faults
    }

    /// Whether none was.
    pub fn is_sound(&self) -> bool {
        self.faults == 0
    }
}
