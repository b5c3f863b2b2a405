//! The tables: what may stand where in a request, a response and an acknowledgement.
//!
//! They were put together from public tools, samples and companion guides; the guide of the version itself was not read.
//! Where those leave a list of codes open, the table gives lengths alone.

mod acknowledgement;
mod codes;
mod envelope;
mod lines;
mod names;
mod request;
mod response;
mod review;

pub(super) use acknowledgement::ACKNOWLEDGEMENT;
pub(super) use envelope::{GE, GS, IEA, ISA, SE, ST, TA1};
pub(super) use request::REQUEST;
pub(super) use response::RESPONSE;

/// Whether something must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::x12) enum Usage {
    Required,
    Situational,
    /// Required unless the item before it is there.
    Otherwise,
    /// It has no meaning here.
    Unused,
}

/// What an element holds.
#[derive(Debug, Clone, Copy)]
pub(in crate::x12) enum Kind {
    /// Any text.
    Text,
    /// A code of a list; of any if the list is empty.
    Code(&'static [&'static str]),
    /// A whole number without a sign.
    Whole,
    /// A number that may have a sign and a decimal point.
    Decimal,
    /// A date of six or eight digits, by its length.
    Date,
    /// A time of day: `HHMM`, then seconds and hundredths if given.
    Time,
    /// A date or period in the format that the element before it names.
    Period,
    /// Several parts.
    Parts(&'static [Element]),
}

/// Whether bytes are a code of this list. Codes have one to three letters, which compare faster one by one.
pub(in crate::x12) fn is_one_of(codes: &[&str], bytes: &[u8]) -> bool {
    match *bytes {
        [a] => codes.iter().any(|code| matches!(code.as_bytes(), [x] if *x == a)),
        [a, b] => codes.iter().any(|code| matches!(code.as_bytes(), [x, y] if *x == a && *y == b)),
        _ => codes.iter().any(|code| code.as_bytes() == bytes),
    }
}

/// What an element or a component of one may be.
#[derive(Debug, Clone, Copy)]
pub(in crate::x12) struct Element {
    pub usage: Usage,
    pub kind: Kind,
    pub least: usize,
    pub most: usize,
    /// How often it may be repeated within its place.
    pub times: usize,
}

/// What elements of one segment have to do with one another, by their numbers.
#[derive(Debug, Clone, Copy)]
pub(in crate::x12) enum Relation {
    /// Both or neither.
    Pair(usize, usize),
    /// At least one of two.
    Either(usize, usize),
}

/// A segment at a place of a loop.
#[derive(Debug)]
pub(in crate::x12) struct Rule {
    pub id: &'static str,
    pub tag: Tag,
    pub elements: &'static [Element],
    pub relations: &'static [Relation],
    /// The element whose codes tell this segment from others of its name: the first, or of HL the third.
    pub told_by: Option<usize>,
}

/// A loop: the first of its items opens it.
#[derive(Debug)]
pub(in crate::x12) struct Loop {
    pub name: &'static str,
    pub items: &'static [Item],
}

/// A segment or a loop where it may stand.
#[derive(Debug)]
pub(in crate::x12) struct Item {
    pub node: Node,
    /// The name of the segment that it is, or that opens it: nearly every item is passed over by it alone.
    pub tag: Tag,
    pub usage: Usage,
    pub most: usize,
}

/// One or the other.
#[derive(Debug, Clone, Copy)]
pub(in crate::x12) enum Node {
    Segment(&'static Rule),
    Loop(&'static Loop),
}

/// As many as anybody likes.
const ANY: usize = usize::MAX;

/// A segment's name as a number, which compares in one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::x12) struct Tag(u32);

impl Tag {
    /// The number of a name; names of no or more than three bytes have none.
    pub const fn of(id: &[u8]) -> Option<Tag> {
        match *id {
            [a] => Some(Tag(a as u32)),
            [a, b] => Some(Tag(a as u32 | (b as u32) << 8)),
            [a, b, c] => Some(Tag(a as u32 | (b as u32) << 8 | (c as u32) << 16)),
            _ => None,
        }
    }
}

impl Rule {
    const fn new(id: &'static str, elements: &'static [Element]) -> Rule {
        let tag = match Tag::of(id.as_bytes()) {
            Some(tag) => tag,
            None => Tag(0),
        };
        Rule { id, tag, elements, relations: &[], told_by: None }
    }

    const fn told_by(mut self, element: usize) -> Rule {
        self.told_by = Some(element);
        self
    }

    const fn relations(mut self, relations: &'static [Relation]) -> Rule {
        self.relations = relations;
        self
    }

    /// The codes by which it is told from others of its name.
    pub fn tells(&self) -> Option<(usize, &'static [&'static str])> {
        let number = self.told_by?;
        match self.elements.get(number - 1)?.kind {
            Kind::Code(codes) => Some((number, codes)),
            Kind::Text | Kind::Whole | Kind::Decimal | Kind::Date | Kind::Time | Kind::Period | Kind::Parts(_) => None,
        }
    }
}

impl Item {
    const fn required(rule: &'static Rule) -> Item {
        Item { node: Node::Segment(rule), tag: rule.tag, usage: Usage::Required, most: 1 }
    }

    const fn up_to(most: usize, rule: &'static Rule) -> Item {
        Item { node: Node::Segment(rule), tag: rule.tag, usage: Usage::Situational, most }
    }

    const fn group(usage: Usage, most: usize, inner: &'static Loop) -> Item {
        let tag = match inner.items {
            [Item { tag, .. }, ..] => *tag,
            [] => Tag(0),
        };
        Item { node: Node::Loop(inner), tag, usage, most }
    }

    /// The segment that it is, or that opens it.
    pub fn opening(&self) -> Option<&'static Rule> {
        match self.node {
            Node::Segment(rule) => Some(rule),
            Node::Loop(inner) => match inner.items.first()?.node {
                Node::Segment(rule) => Some(rule),
                Node::Loop(_) => None,
            },
        }
    }
}

const fn element(kind: Kind, least: usize, most: usize) -> Element {
    Element { usage: Usage::Situational, kind, least, most, times: 1 }
}

const fn text(least: usize, most: usize) -> Element {
    element(Kind::Text, least, most)
}

/// A code whose list the tables leave open.
const fn code(least: usize, most: usize) -> Element {
    element(Kind::Code(&[]), least, most)
}

const fn one_of(codes: &'static [&'static str]) -> Element {
    element(Kind::Code(codes), 1, 3)
}

const fn whole(least: usize, most: usize) -> Element {
    element(Kind::Whole, least, most)
}

const fn decimal(most: usize) -> Element {
    element(Kind::Decimal, 1, most)
}

const fn date(length: usize) -> Element {
    element(Kind::Date, length, length)
}

const fn time(most: usize) -> Element {
    element(Kind::Time, 4, most)
}

/// What the format of a period or date is called.
const FORMAT: Element = one_of(&["D8", "RD8", "DT"]);
const PERIOD: Element = element(Kind::Period, 1, 35);

const fn parts(parts: &'static [Element]) -> Element {
    element(Kind::Parts(parts), 1, ANY)
}

const UNUSED: Element = Element { usage: Usage::Unused, kind: Kind::Text, least: 0, most: ANY, times: 1 };

/// That it must be there.
const fn must(mut element: Element) -> Element {
    element.usage = Usage::Required;
    element
}

#[cfg(test)]
mod tests {
    use super::{ACKNOWLEDGEMENT, Loop, Node, REQUEST, RESPONSE, Usage};

    /// Every loop is opened by a required segment, or nobody could tell where it begins.
    fn opened(inner: &Loop) {
        let first = inner.items.first().unwrap_or_else(|| panic!("{} is empty", inner.name));
        assert!(matches!(first.node, Node::Segment(_)) && first.usage == Usage::Required, "{}", inner.name);
        for item in inner.items {
            let rule = item.opening().unwrap_or_else(|| panic!("{}: an item has no opening", inner.name));
            assert_eq!(super::Tag::of(rule.id.as_bytes()), Some(rule.tag), "{}", rule.id);
            assert_eq!(item.tag, rule.tag, "{}", rule.id);
            assert!(matches!(rule.told_by, None | Some(1 | 3)), "{} of {}", rule.id, inner.name);
            assert_eq!(rule.told_by.is_some(), rule.tells().is_some(), "{} of {}", rule.id, inner.name);
            if let Node::Loop(inner) = item.node {
                opened(inner);
            }
        }
    }

    #[test]
    fn every_loop_begins_with_the_segment_that_opens_it() {
        for inner in [&REQUEST, &RESPONSE, &ACKNOWLEDGEMENT] {
            opened(inner);
        }
    }
}
