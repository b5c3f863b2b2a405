//! Segments of one transaction, followed through the loops of its table.

use crate::diagnostic::Code;

use super::super::fault::Spot;
use super::super::grammar::{Item, Loop, Node, Rule, Tag, Usage, is_one_of};
use super::super::segment::Segment;
use super::element;
use super::faults::Faults;

/// Where a transaction stands: the loops that are open, the outermost first.
#[derive(Debug)]
pub(super) struct Walker {
    root: &'static Loop,
    frames: Vec<Frame>,
}

/// An open loop, the item that was met last in it, and how often.
#[derive(Debug, Clone, Copy)]
struct Frame {
    inner: &'static Loop,
    at: usize,
    count: usize,
}

impl Walker {
    pub fn new(root: &'static Loop) -> Walker {
        Walker { root, frames: vec![Frame { inner: root, at: 0, count: 0 }] }
    }

    /// Takes the next segment: finds its place, tells of what was left out before it, and checks its elements.
    ///
    /// Places are tried from the likeliest to the least: one that lies ahead, one that has been taken often enough, a
    /// level within others that are missing, one that has been passed, and one for which only its name fits.
    pub fn take(&mut self, segment: &Segment<'_>, faults: &mut Faults) {
        let Some(tag) = Tag::of(segment.id()) else {
            return unnamed(segment, faults);
        };
        let codes = Codes::of(segment);
        let fits = |item: &Item| item.tag == tag && item.opening().is_some_and(|rule| codes.fit(rule));
        if let Some((depth, at)) = self.ahead(faults, false, fits) {
            return self.accept(depth, at, segment, faults);
        }
        if let Some((depth, at)) = self.ahead(faults, true, fits) {
            let most = self.item(depth, at).map_or(0, |item| item.most);
            faults.push(Code::SurplusSegment, || {
                let place = self.frames.get(depth).map_or("", |frame| frame.inner.name);
                let often = if most == 1 { "once".to_owned() } else { format!("{most} times") };
                let message = format!("{} comes more than {often} in loop {place}", named(segment));
                (Spot::segment(segment), message, "leave out what is surplus".to_owned())
            });
            return self.accept(depth, at, segment, faults);
        }
        if let (true, Some((depth, path))) = (segment.is("HL"), self.within(faults, fits)) {
            return self.descend(depth, &path, segment, faults);
        }
        if let Some((depth, at)) = self.behind(faults, fits) {
            misplaced(segment, "comes too late", faults);
            return self.revisit(depth, at, segment, faults);
        }
        if let Some((depth, at)) = self.ahead(faults, false, |item| item.tag == tag) {
            return self.accept(depth, at, segment, faults);
        }
        match knows(self.root, tag) {
            true => misplaced(segment, "has no place here", faults),
            false => faults.push(Code::UnknownSegment, || {
                let message = format!("{} is no segment of a {}", named(segment), self.root.name);
                (Spot::segment(segment), message, "correct its name, or leave it out".to_owned())
            }),
        }
    }

    /// Tells of what is missing at the end; `last` is the segment that ends the transaction.
    pub fn finish(&mut self, last: &Segment<'_>, faults: &mut Faults) {
        self.close(0, last, faults);
        if let Some(frame) = self.frames.first().copied() {
            omitted(frame, frame.inner.items.len(), last, faults);
        }
    }

    fn item(&self, depth: usize, at: usize) -> Option<&'static Item> {
        self.frames.get(depth)?.inner.items.get(at)
    }

    /// The nearest place ahead in the open loops, the innermost first. With `full`, those that were taken as often as
    /// they may be.
    fn ahead(&self, faults: &mut Faults, full: bool, fits: impl Fn(&Item) -> bool) -> Option<(usize, usize)> {
        for (depth, frame) in self.frames.iter().enumerate().rev() {
            for (at, item) in frame.inner.items.iter().enumerate().skip(frame.at) {
                faults.steps += 1;
                let is_full = at == frame.at && frame.count >= item.most;
                if is_full == full && fits(item) {
                    return Some((depth, at));
                }
            }
        }
        None
    }

    /// The nearest place that has been passed.
    fn behind(&self, faults: &mut Faults, fits: impl Fn(&Item) -> bool) -> Option<(usize, usize)> {
        for (depth, frame) in self.frames.iter().enumerate().rev() {
            for (at, item) in frame.inner.items.iter().enumerate().take(frame.at) {
                faults.steps += 1;
                if fits(item) {
                    return Some((depth, at));
                }
            }
        }
        None
    }

    /// A level ahead that this segment opens, within others whose own beginnings are missing.
    fn within(&self, faults: &mut Faults, fits: impl Fn(&Item) -> bool) -> Option<(usize, Vec<usize>)> {
        for (depth, frame) in self.frames.iter().enumerate().rev() {
            for (at, item) in frame.inner.items.iter().enumerate().skip(frame.at) {
                let Node::Loop(inner) = item.node else { continue };
                if at == frame.at && frame.count >= item.most {
                    continue;
                }
                let mut path = vec![at];
                if search(inner, &mut path, &fits, faults) {
                    return Some((depth, path));
                }
            }
        }
        None
    }

    /// Moves to a place ahead in an open loop, closing the loops within it.
    fn accept(&mut self, depth: usize, at: usize, segment: &Segment<'_>, faults: &mut Faults) {
        self.close(depth, segment, faults);
        self.advance(at, segment, faults);
        let Some(item) = self.item(depth, at) else { return };
        if let Node::Loop(inner) = item.node {
            self.frames.push(Frame { inner, at: 0, count: 1 });
        }
        if let Some(rule) = item.opening() {
            element::check(rule, segment, faults);
        }
    }

    /// Opens loops whose beginnings are missing, down to the one that this segment opens.
    fn descend(&mut self, depth: usize, path: &[usize], segment: &Segment<'_>, faults: &mut Faults) {
        self.close(depth, segment, faults);
        let Some((last, outer)) = path.split_last() else { return };
        for at in outer {
            self.advance(*at, segment, faults);
            let depth = self.frames.len() - 1;
            let Some(item) = self.item(depth, *at) else { return };
            if let Node::Loop(inner) = item.node {
                absent(item, inner.name, segment, faults);
                self.frames.push(Frame { inner, at: 0, count: 1 });
            }
        }
        let depth = self.frames.len() - 1;
        self.accept(depth, *last, segment, faults);
    }

    /// Checks a segment at a place that has been passed, without going back to it.
    fn revisit(&mut self, depth: usize, at: usize, segment: &Segment<'_>, faults: &mut Faults) {
        let Some(item) = self.item(depth, at) else { return };
        if let Node::Loop(inner) = item.node {
            self.close(depth, segment, faults);
            self.frames.push(Frame { inner, at: 0, count: 1 });
        }
        if let Some(rule) = item.opening() {
            element::check(rule, segment, faults);
        }
    }

    /// Closes the loops within the one of this depth.
    fn close(&mut self, depth: usize, segment: &Segment<'_>, faults: &mut Faults) {
        while self.frames.len() > depth + 1 {
            if let Some(frame) = self.frames.pop() {
                omitted(frame, frame.inner.items.len(), segment, faults);
            }
        }
    }

    /// Moves the innermost loop on to an item.
    fn advance(&mut self, at: usize, segment: &Segment<'_>, faults: &mut Faults) {
        let Some(frame) = self.frames.last_mut() else { return };
        if frame.at == at {
            frame.count += 1;
            return;
        }
        let left = *frame;
        *frame = Frame { at, count: 1, ..left };
        omitted(left, at, segment, faults);
    }
}

/// The elements of a segment that may tell it from others of its name, split once for all places that are tried.
struct Codes<'a> {
    first: &'a [u8],
    third: &'a [u8],
}

impl<'a> Codes<'a> {
    fn of(segment: &Segment<'a>) -> Codes<'a> {
        let mut elements = segment.elements();
        let first = elements.next().map_or(&[][..], |element| element.bytes);
        let third = elements.nth(1).map_or(&[][..], |element| element.bytes);
        Codes { first, third }
    }

    /// Whether they are those of this rule.
    fn fit(&self, rule: &Rule) -> bool {
        let Some((number, codes)) = rule.tells() else { return true };
        let value = if number == 1 { self.first } else { self.third };
        is_one_of(codes, value)
    }
}

fn search(inner: &'static Loop, path: &mut Vec<usize>, fits: &impl Fn(&Item) -> bool, faults: &mut Faults) -> bool {
    for (at, item) in inner.items.iter().enumerate() {
        faults.steps += 1;
        let Node::Loop(deeper) = item.node else { continue };
        path.push(at);
        if fits(item) || search(deeper, path, fits, faults) {
            return true;
        }
        path.pop();
    }
    false
}

/// Tells of the required items between where a loop stands and where it goes on.
fn omitted(frame: Frame, to: usize, segment: &Segment<'_>, faults: &mut Faults) {
    let from = if frame.count == 0 { frame.at } else { frame.at + 1 };
    for (at, item) in frame.inner.items.iter().enumerate().take(to).skip(from) {
        faults.steps += 1;
        let needed = match item.usage {
            Usage::Required => true,
            Usage::Otherwise => !(at == frame.at + 1 && frame.count > 0),
            Usage::Situational | Usage::Unused => false,
        };
        if needed {
            absent(item, frame.inner.name, segment, faults);
        }
    }
}

fn absent(item: &Item, place: &str, before: &Segment<'_>, faults: &mut Faults) {
    faults.push(Code::MissingSegment, || {
        let what = match item.node {
            Node::Segment(rule) => format!("{} of loop {place}", rule.id),
            Node::Loop(inner) => {
                let rule = item.opening();
                let codes = rule.and_then(Rule::tells).map(|(_, codes)| codes.join(" or ")).unwrap_or_default();
                let id = rule.map_or("", |rule| rule.id);
                let space = if codes.is_empty() { "" } else { " " };
                format!("loop {} ({id}{space}{codes})", inner.name)
            }
        };
        let spot = Spot { length: 0, ..Spot::segment(before) };
        (spot, format!("{what} is missing before {}", named(before)), format!("add {what} here"))
    });
}

fn misplaced(segment: &Segment<'_>, how: &str, faults: &mut Faults) {
    faults.push(Code::MisplacedSegment, || {
        let help = "put it where it belongs, or leave it out; docs/x12.md lists the order of the segments";
        (Spot::segment(segment), format!("{} {how}", named(segment)), help.to_owned())
    });
}

fn unnamed(segment: &Segment<'_>, faults: &mut Faults) {
    faults.push(Code::UnknownSegment, || {
        let help = "begin each segment with its name, and end it with one terminator";
        (Spot::segment(segment), "a segment has no name".to_owned(), help.to_owned())
    });
}

/// A segment as messages name it: with the code that tells it from others of its name.
fn named(segment: &Segment<'_>) -> String {
    let id = String::from_utf8_lossy(segment.id().get(..segment.id().len().min(8)).unwrap_or_default()).into_owned();
    let number = match id.as_str() {
        "HL" => 3,
        "NM1" | "REF" | "DTP" => 1,
        _ => return format!("`{id}`"),
    };
    let value = segment.value(number);
    format!("`{id}` {}", String::from_utf8_lossy(value.get(..value.len().min(8)).unwrap_or_default()))
}

fn knows(inner: &Loop, tag: Tag) -> bool {
    inner.items.iter().any(|item| match item.node {
        Node::Segment(_) => item.tag == tag,
        Node::Loop(deeper) => knows(deeper, tag),
    })
}
