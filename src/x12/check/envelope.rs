//! Interchanges, groups and transactions: what opens is closed, and counts and control numbers agree.

use std::collections::BTreeSet;

use crate::diagnostic::Code;

use super::super::fault::Spot;
use super::super::grammar::{ACKNOWLEDGEMENT, GE, GS, IEA, ISA, Loop, REQUEST, RESPONSE, SE, ST, TA1};
use super::super::segment::Segment;
use super::element;
use super::faults::Faults;
use super::hierarchy::Hierarchy;
use super::message::{Group, Interchange, Kind, Transaction};
use super::walk::Walker;

/// The version of requests and responses.
const REVIEW: &[u8] = b"005010X217";
/// The versions of acknowledgements.
const ACKNOWLEDGED: [&[u8]; 2] = [b"005010X231A1", b"005010X231"];

/// The envelopes of one file while it is read.
pub(super) struct Envelopes<'d, 'a> {
    segments: &'d [Segment<'a>],
    done: Vec<Interchange<'d, 'a>>,
    interchange: Option<Interchange<'d, 'a>>,
    group: Option<Group<'d, 'a>>,
    transaction: Option<Open<'a>>,
    /// Control numbers that have been used: of interchanges in the file, groups in the interchange, transactions in the
    /// group.
    used: [BTreeSet<&'a [u8]>; 3],
}

/// A transaction that is not closed yet.
struct Open<'a> {
    kind: Kind,
    start: usize,
    /// How many faults had been found before it.
    faults: usize,
    /// Nothing for a transaction that is not looked into.
    walker: Option<Walker>,
    hierarchy: Hierarchy<'a>,
}

impl<'d, 'a> Envelopes<'d, 'a> {
    pub fn new(segments: &'d [Segment<'a>]) -> Envelopes<'d, 'a> {
        Envelopes {
            segments,
            done: Vec::new(),
            interchange: None,
            group: None,
            transaction: None,
            used: [BTreeSet::new(), BTreeSet::new(), BTreeSet::new()],
        }
    }

    /// Takes the segment at this index.
    pub fn take(&mut self, at: usize, segment: &'d Segment<'a>, faults: &mut Faults) {
        match segment.id() {
            b"ISA" => {
                self.close_interchange(at, segment, faults);
                element::check(&ISA, segment, faults);
                self.unique(0, segment, 13, faults);
                self.used[1].clear();
                self.interchange =
                    Some(Interchange { header: segment, acknowledgements: Vec::new(), groups: Vec::new() });
            }
            b"TA1" if self.transaction.is_none() => {
                element::check(&TA1, segment, faults);
                match &mut self.interchange {
                    Some(interchange) if self.group.is_none() && interchange.groups.is_empty() => {
                        interchange.acknowledgements.push(segment);
                    }
                    Some(_) | None => misplaced(segment, "belongs between ISA and the first GS", faults),
                }
            }
            b"GS" => {
                self.close_group(at, segment, faults);
                element::check(&GS, segment, faults);
                self.unique(1, segment, 6, faults);
                self.used[2].clear();
                self.group = Some(Group { header: segment, transactions: Vec::new() });
            }
            b"ST" => self.open(at, segment, faults),
            b"SE" => self.end(at, segment, faults),
            b"GE" => {
                self.close_transaction(at, segment, faults);
                element::check(&GE, segment, faults);
                match self.group.take() {
                    Some(group) if group.header.is("GS") => {
                        count(segment, group.transactions.len(), "transaction", faults);
                        control(segment, group.header.value(6), "GS06", faults);
                        self.keep(group);
                    }
                    group => {
                        misplaced(segment, "closes a group that no GS has opened", faults);
                        group.into_iter().for_each(|group| self.keep(group));
                    }
                }
            }
            b"IEA" => {
                self.close_group(at, segment, faults);
                element::check(&IEA, segment, faults);
                if let Some(interchange) = self.interchange.take() {
                    count(segment, interchange.groups.len(), "group", faults);
                    control(segment, interchange.header.value(13), "ISA13", faults);
                    self.done.push(interchange);
                }
            }
            _ => self.inside(segment, faults),
        }
    }

    /// Closes what is still open, and gives what the file holds.
    pub fn finish(mut self, faults: &mut Faults) -> Vec<Interchange<'d, 'a>> {
        if let Some(last) = self.segments.last() {
            self.close_interchange(self.segments.len(), last, faults);
        }
        self.done
    }

    /// A segment that is no part of an envelope.
    fn inside(&mut self, segment: &'d Segment<'a>, faults: &mut Faults) {
        let Some(open) = &mut self.transaction else {
            return misplaced(segment, "stands outside of all transactions", faults);
        };
        let Some(walker) = &mut open.walker else { return };
        if segment.is("HL") && matches!(open.kind, Kind::Request | Kind::Response) {
            open.hierarchy.take(segment, faults);
        }
        walker.take(segment, faults);
    }

    fn open(&mut self, at: usize, segment: &'d Segment<'a>, faults: &mut Faults) {
        self.close_transaction(at, segment, faults);
        let before = faults.count();
        element::check(&ST, segment, faults);
        self.unique(2, segment, 2, faults);
        if self.group.is_none() {
            misplaced(segment, "opens a transaction outside of all groups", faults);
            // what it holds is looked into all the same
            self.group = Some(Group { header: segment, transactions: Vec::new() });
        }
        let group = self.group.as_ref().map(|group| group.header).filter(|header| header.is("GS"));
        let kind = kind(segment, self.segments.get(at + 1));
        versions(kind, segment, group, faults);
        let walker = table(kind).map(Walker::new);
        self.transaction = Some(Open { kind, start: at, faults: before, walker, hierarchy: Hierarchy::default() });
    }

    fn end(&mut self, at: usize, segment: &'d Segment<'a>, faults: &mut Faults) {
        element::check(&SE, segment, faults);
        let Some(open) = &mut self.transaction else {
            return misplaced(segment, "closes a transaction that no ST has opened", faults);
        };
        if let Some(walker) = &mut open.walker {
            walker.finish(segment, faults);
            open.hierarchy.finish(faults);
        }
        count(segment, at + 1 - open.start, "segment", faults);
        let number = self.segments.get(open.start).map_or(&b""[..], |header| header.value(2));
        control(segment, number, "ST02", faults);
        self.store(at + 1, faults);
    }

    /// Closes the transaction before the segment at `at`, if one is open: its SE is missing. If the file ends there, what else
    /// the transaction lacks is not told: it is not known.
    fn close_transaction(&mut self, at: usize, segment: &Segment<'a>, faults: &mut Faults) {
        let Some(open) = &mut self.transaction else { return };
        if let Some(walker) = open.walker.as_mut().filter(|_| at < self.segments.len()) {
            walker.finish(segment, faults);
            open.hierarchy.finish(faults);
        }
        unclosed(segment, "the transaction", "SE", at == self.segments.len(), faults);
        self.store(at, faults);
    }

    /// Puts the open transaction among those of its group; it ends before the segment at `end`.
    fn store(&mut self, end: usize, faults: &Faults) {
        let Some(open) = self.transaction.take() else { return };
        let segments = self.segments.get(open.start..end).unwrap_or_default();
        let found = faults.count() - open.faults;
        if let Some(group) = &mut self.group {
            group.transactions.push(Transaction { kind: open.kind, segments, faults: found });
        }
    }

    fn close_group(&mut self, at: usize, segment: &Segment<'a>, faults: &mut Faults) {
        self.close_transaction(at, segment, faults);
        if let Some(group) = self.group.take() {
            if group.header.is("GS") {
                unclosed(segment, "the group", "GE", at == self.segments.len(), faults);
            }
            self.keep(group);
        }
    }

    fn keep(&mut self, group: Group<'d, 'a>) {
        if let Some(interchange) = &mut self.interchange {
            interchange.groups.push(group);
        }
    }

    fn close_interchange(&mut self, at: usize, segment: &Segment<'a>, faults: &mut Faults) {
        self.close_group(at, segment, faults);
        if let Some(interchange) = self.interchange.take() {
            unclosed(segment, "the interchange", "IEA", at == self.segments.len(), faults);
            self.done.push(interchange);
        }
    }

    /// A control number is used once within what holds it.
    fn unique(&mut self, level: usize, segment: &Segment<'a>, element: usize, faults: &mut Faults) {
        let number = segment.value(element);
        let Some(used) = self.used.get_mut(level) else { return };
        faults.steps += number.len();
        if !number.is_empty() && !used.insert(number) {
            faults.push(Code::RepeatedControlNumber, || {
                let said = String::from_utf8_lossy(number).into_owned();
                let message = format!("the control number `{said}` has been used before");
                (Spot::element(segment, element), message, "give each a number of its own".to_owned())
            });
        }
    }
}

/// What a transaction is, by its ST and the segment after it.
fn kind(header: &Segment<'_>, next: Option<&Segment<'_>>) -> Kind {
    match header.value(1) {
        b"278" => match next.filter(|next| next.is("BHT")).map(|next| next.value(2)) {
            Some(b"11") => Kind::Response,
            Some(_) | None => Kind::Request,
        },
        b"999" => Kind::Acknowledgement,
        _ => Kind::Other,
    }
}

fn table(kind: Kind) -> Option<&'static Loop> {
    match kind {
        Kind::Request => Some(&REQUEST),
        Kind::Response => Some(&RESPONSE),
        Kind::Acknowledgement => Some(&ACKNOWLEDGEMENT),
        Kind::Other => None,
    }
}

/// Whether the group goes with its transaction, and both name a version that is read here.
fn versions(kind: Kind, header: &Segment<'_>, group: Option<&Segment<'_>>, faults: &mut Faults) {
    let (function, allowed): (&str, &[&[u8]]) = match kind {
        Kind::Request | Kind::Response => ("HI", &[REVIEW]),
        Kind::Acknowledgement => ("FA", &ACKNOWLEDGED),
        Kind::Other => {
            return faults.push(Code::UnknownTransaction, || {
                let said = String::from_utf8_lossy(header.value(1)).into_owned();
                let message = format!("nothing is known here of transactions `{said}`");
                let help = "278 requests and responses and 999 acknowledgements are read; send others elsewhere";
                (Spot::element(header, 1), message, help.to_owned())
            });
        }
    };
    let version = header.value(3);
    if !version.is_empty() && !allowed.contains(&version) {
        let meant = allowed.first().map(|version| String::from_utf8_lossy(version)).unwrap_or_default();
        faults.push(Code::WrongVersion, || {
            let message = format!("ST03 names the version `{}`", String::from_utf8_lossy(version));
            (Spot::element(header, 3), message, format!("the version that is read here is `{meant}`"))
        });
    }
    let Some(group) = group else { return };
    let said = group.value(1);
    if !said.is_empty() && said != function.as_bytes() {
        faults.push(Code::WrongGroup, || {
            let (said, set) = (String::from_utf8_lossy(said), String::from_utf8_lossy(header.value(1)));
            let message = format!("GS01 is `{said}`, and the group holds a {set}");
            (Spot::element(group, 1), message, format!("a group of {set} has GS01 `{function}`"))
        });
    }
    let grouped = group.value(8);
    if !grouped.is_empty() && !version.is_empty() && grouped != version {
        faults.push(Code::WrongVersion, || {
            let (grouped, version) = (String::from_utf8_lossy(grouped), String::from_utf8_lossy(version));
            let message = format!("GS08 names the version `{grouped}`, and ST03 `{version}`");
            (Spot::element(group, 8), message, "write the same version in both".to_owned())
        });
    }
}

/// Element 1 of a closing segment says how many there are.
fn count(segment: &Segment<'_>, is: usize, of: &str, faults: &mut Faults) {
    let said = segment.value(1);
    // what is no number has been told of already
    let Some(number) = str::from_utf8(said).ok().and_then(|text| text.parse::<usize>().ok()) else { return };
    if number != is {
        faults.push(Code::WrongCount, || {
            let id = String::from_utf8_lossy(segment.id());
            let (are, plural) = if is == 1 { ("is", "") } else { ("are", "s") };
            let message = format!("{id}01 says {number}, there {are} {is} {of}{plural}");
            (Spot::element(segment, 1), message, format!("write `{is}`, or find what is missing or surplus"))
        });
    }
}

/// Element 2 of a closing segment repeats the control number of the one that opened.
fn control(segment: &Segment<'_>, number: &[u8], name: &str, faults: &mut Faults) {
    let said = segment.value(2);
    if said != number && !said.is_empty() {
        faults.push(Code::ControlNumber, || {
            let id = String::from_utf8_lossy(segment.id());
            let (said, number) = (String::from_utf8_lossy(said), String::from_utf8_lossy(number));
            let message = format!("{id}02 is `{said}`, and {name} is `{number}`");
            (Spot::element(segment, 2), message, "write the same control number in both".to_owned())
        });
    }
}

fn unclosed(segment: &Segment<'_>, what: &str, by: &str, at_end: bool, faults: &mut Faults) {
    if at_end && !segment.is_ended() {
        // that the file was cut off is told once
        return;
    }
    faults.push(Code::UnclosedEnvelope, || {
        let spot = match at_end {
            true => Spot { offset: segment.offset + segment.body.len(), length: 0, ..Spot::segment(segment) },
            false => Spot::segment(segment),
        };
        let when = if at_end { "the file ends" } else { "the next begins or its own envelope ends" };
        let help = format!("add the {by}; if the file was cut off, ask the sender for all of it");
        (spot, format!("{what} has no {by} before {when}"), help)
    });
}

fn misplaced(segment: &Segment<'_>, why: &str, faults: &mut Faults) {
    faults.push(Code::StraySegment, || {
        let id = segment.id();
        let id = String::from_utf8_lossy(id.get(..id.len().min(8)).unwrap_or_default());
        let help = "open and close envelopes in order: ISA, GS, ST, SE, GE, IEA";
        (Spot::segment(segment), format!("`{id}` {why}"), help.to_owned())
    });
}
