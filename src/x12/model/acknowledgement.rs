//! What the other side says of messages that it got: TA1 and 999.

use super::super::check::{Kind, Transaction};
use super::super::segment::Segment;
use super::text::{given, text};

/// Whether something was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// As it is.
    Accepted,
    /// In spite of faults.
    WithErrors,
    /// Only some of it.
    Partly,
    /// Not at all.
    Rejected,
    /// A code that nobody here knows.
    Unknown(String),
}

impl Taken {
    /// What TA104, IK501 and AK901 mean.
    fn of(code: &[u8]) -> Taken {
        match code {
            b"A" => Taken::Accepted,
            b"E" => Taken::WithErrors,
            b"P" => Taken::Partly,
            // M, W and X: authentication or encryption failed
            b"R" | b"M" | b"W" | b"X" => Taken::Rejected,
            other => Taken::Unknown(text(other)),
        }
    }
}

/// What a TA1 says of an interchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterchangeReply {
    /// The control number of the interchange that it answers (ISA13 there).
    pub control: String,
    /// Whether it was taken.
    pub taken: Taken,
    /// What was wrong, as a code; `000` is nothing.
    pub note: String,
}

impl InterchangeReply {
    /// Reads a TA1.
    pub fn read(segment: &Segment<'_>) -> InterchangeReply {
        InterchangeReply {
            control: text(segment.value(1)),
            taken: Taken::of(segment.value(4)),
            note: text(segment.value(5)),
        }
    }
}

/// What a 999 says of a group and of its transactions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupReply {
    /// What the group held: `HI`.
    pub function: String,
    /// The control number of the group that it answers (GS06 there).
    pub control: String,
    /// What it says of each transaction.
    pub transactions: Vec<TransactionReply>,
    /// Whether the group was taken.
    pub taken: Taken,
    /// What was wrong with the group, as codes.
    pub codes: Vec<String>,
}

/// What a 999 says of one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransactionReply {
    /// Its control number (ST02 there).
    pub control: String,
    /// Whether it was taken.
    pub taken: Taken,
    /// What was wrong with it, as codes.
    pub codes: Vec<String>,
    /// The segments at fault.
    pub faults: Vec<SegmentFault>,
}

/// A segment at which the other side found a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentFault {
    /// Its name.
    pub segment: String,
    /// Its place in the transaction, ST being 1.
    pub number: Option<usize>,
    /// The loop, if it is told.
    pub within: Option<String>,
    /// What is wrong with it, as a code.
    pub code: Option<String>,
    /// The elements at fault: which, what is wrong as a code, and what stands there.
    pub elements: Vec<(String, String, Option<String>)>,
}

impl GroupReply {
    /// Reads a 999, also one with faults. `None` for other transactions.
    pub fn read(transaction: &Transaction<'_, '_>) -> Option<GroupReply> {
        match transaction.kind() {
            Kind::Acknowledgement => Some(read(transaction.segments())),
            Kind::Request | Kind::Response | Kind::Other => None,
        }
    }
}

fn read(segments: &[Segment<'_>]) -> GroupReply {
    let mut reply = GroupReply {
        function: String::new(),
        control: String::new(),
        transactions: Vec::new(),
        taken: Taken::Unknown(String::new()),
        codes: Vec::new(),
    };
    for segment in segments {
        match segment.id() {
            b"AK1" => {
                reply.function = text(segment.value(1));
                reply.control = text(segment.value(2));
            }
            b"AK2" => reply.transactions.push(TransactionReply {
                control: text(segment.value(2)),
                taken: Taken::Unknown(String::new()),
                codes: Vec::new(),
                faults: Vec::new(),
            }),
            b"AK9" => {
                reply.taken = Taken::of(segment.value(1));
                reply.codes = codes(segment, 5);
            }
            _ => {
                if let Some(last) = reply.transactions.last_mut() {
                    detail(last, segment);
                }
            }
        }
    }
    reply
}

/// A segment that tells more of a transaction.
fn detail(reply: &mut TransactionReply, segment: &Segment<'_>) {
    match segment.id() {
        b"IK3" => reply.faults.push(SegmentFault {
            segment: text(segment.value(1)),
            number: str::from_utf8(segment.value(2)).ok().and_then(|text| text.parse().ok()),
            within: given(segment.value(3)),
            code: given(segment.value(4)),
            elements: Vec::new(),
        }),
        b"IK4" => {
            if let Some(fault) = reply.faults.last_mut() {
                let position = segment.element(1).map(|element| text(element.bytes)).unwrap_or_default();
                fault.elements.push((position, text(segment.value(3)), given(segment.value(4))));
            }
        }
        b"IK5" => {
            reply.taken = Taken::of(segment.value(1));
            reply.codes = codes(segment, 2);
        }
        _ => {}
    }
}

/// The codes from this element on.
fn codes(segment: &Segment<'_>, from: usize) -> Vec<String> {
    segment.elements().skip(from - 1).filter_map(|element| given(element.bytes)).collect()
}
