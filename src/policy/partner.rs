//! Trading partners: who sends messages to whom, and in which signs.

use crate::diagnostic::Code;
use crate::syntax::Node;

use super::reader::{Captions, Fields, Reader};

/// A trading partner, with what its messages carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    name: String,
    captions: Captions,
    payers: Vec<String>,
    usage: Usage,
    sender: Party,
    receiver: Party,
    delimiters: Delimiters,
    acknowledged: bool,
    line_breaks: bool,
    appeals: bool,
    reviewer: Reviewer,
    requester: Requester,
}

/// Whether messages count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// They do.
    Production,
    /// They are tests.
    Test,
}

/// One side of an interchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// What kind of identifier it has: two letters or digits.
    pub qualifier: String,
    /// Its identifier in the interchange, of at most 15 signs.
    pub id: String,
    /// Its code in the functional group, of 2 to 15 signs.
    pub application: String,
}

/// The signs that hold a message apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delimiters {
    /// Between elements.
    pub element: u8,
    /// Between repetitions of an element.
    pub repetition: u8,
    /// Between the components of an element.
    pub component: u8,
    /// At the end of a segment.
    pub segment: u8,
}

/// Who decides on requests: the payer, or who reviews for it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Reviewer {
    name: String,
    qualifier: String,
    id: String,
}

/// Who makes requests.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Requester {
    name: String,
    npi: String,
}

impl Partner {
    /// The name by which it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What people call it.
    pub fn title(&self) -> &str {
        self.captions.title.as_deref().unwrap_or(&self.name)
    }

    /// The payers that are reached through it, as charges name them.
    pub fn payers(&self) -> &[String] {
        &self.payers
    }

    /// Whether messages count.
    pub fn usage(&self) -> Usage {
        self.usage
    }

    /// Who sends requests.
    pub fn sender(&self) -> &Party {
        &self.sender
    }

    /// Who receives them.
    pub fn receiver(&self) -> &Party {
        &self.receiver
    }

    /// The signs that hold messages apart.
    pub fn delimiters(&self) -> Delimiters {
        self.delimiters
    }

    /// Whether the partner is asked to acknowledge each interchange.
    pub fn is_acknowledged(&self) -> bool {
        self.acknowledged
    }

    /// Whether each segment stands on a line of its own.
    pub fn has_line_breaks(&self) -> bool {
        self.line_breaks
    }

    /// Whether denials are appealed by a message to it; if not, by letter or telephone.
    pub fn takes_appeals(&self) -> bool {
        self.appeals
    }

    /// The name of the one that decides on requests.
    pub fn reviewer_name(&self) -> &str {
        &self.reviewer.name
    }

    /// The kind of identifier, and the identifier, of the one that decides on requests.
    pub fn reviewer_id(&self) -> (&str, &str) {
        (&self.reviewer.qualifier, &self.reviewer.id)
    }

    /// The name of the one that makes requests.
    pub fn requester_name(&self) -> &str {
        &self.requester.name
    }

    /// The national provider identifier of the one that makes requests.
    pub fn requester_npi(&self) -> &str {
        &self.requester.npi
    }
}

impl Usage {
    /// The letter for it in an interchange.
    pub fn letter(self) -> u8 {
        match self {
            Usage::Production => b'P',
            Usage::Test => b'T',
        }
    }
}

impl Default for Delimiters {
    fn default() -> Delimiters {
        Delimiters { element: b'*', repetition: b'^', component: b':', segment: b'~' }
    }
}

/// Lowers `partner: NAME`.
pub(super) fn lower(reader: &mut Reader<'_>, root: &Node, name: &str) -> Option<Partner> {
    let before = reader.faults();
    let mut fields = reader.fields(root, "a partner")?;
    fields.node("partner");
    let captions = fields.captions(reader);
    let payers = fields.need(reader, "payers", "with the payers that are reached through this partner");
    let payers = payers.map(|node| reader.words(node, "payers")).unwrap_or_default();
    const USAGES: [(&str, Usage); 2] = [("production", Usage::Production), ("test", Usage::Test)];
    let usage = fields.need(reader, "usage", "with `test` or `production`");
    let usage = usage.and_then(|node| reader.one_of(node, "usage:", &USAGES));
    let sender = fields.need(reader, "sender", "with `{ qualifier: …, id: … }`");
    let sender = sender.and_then(|node| party(reader, node));
    let receiver = fields.need(reader, "receiver", "with `{ qualifier: …, id: … }`");
    let receiver = receiver.and_then(|node| party(reader, node));
    let delimiters = match fields.node("delimiters") {
        Some(node) => delimiters(reader, node),
        None => Some(Delimiters::default()),
    };
    let acknowledged = fields.node("acknowledgement").and_then(|node| reader.boolean(node));
    let line_breaks = fields.node("line breaks").and_then(|node| reader.boolean(node));
    let appeals = fields.node("appeals by message").and_then(|node| reader.boolean(node));
    let reviewer = fields.need(reader, "reviewer", "with `{ name: …, qualifier: …, id: … }`");
    let reviewer = reviewer.and_then(|node| reviewer_of(reader, node));
    let requester = fields.need(reader, "requester", "with `{ name: …, npi: … }`");
    let requester = requester.and_then(|node| requester_of(reader, node));
    fields.finish(reader);
    let partner = Partner {
        name: name.to_owned(),
        captions,
        payers: payers.into_iter().map(|(payer, _)| payer.to_owned()).collect(),
        usage: usage?,
        sender: sender?,
        receiver: receiver?,
        delimiters: delimiters?,
        acknowledged: acknowledged.unwrap_or(true),
        line_breaks: line_breaks.unwrap_or(false),
        appeals: appeals.unwrap_or(false),
        reviewer: reviewer?,
        requester: requester?,
    };
    carried(reader, root, &partner);
    (reader.faults() == before).then_some(partner)
}

fn party(reader: &mut Reader<'_>, node: &Node) -> Option<Party> {
    let mut fields = reader.fields(node, "`{ qualifier: …, id: … }`")?;
    let qualifier = fields.need(reader, "qualifier", "with two letters or digits");
    let qualifier = qualifier.and_then(|node| code(reader, node, "qualifier", 2..=2));
    let id = fields.need(reader, "id", "with the identifier in the interchange");
    let id = id.and_then(|node| identifier(reader, node, 1..=15));
    let application = fields.node("application").map(|node| identifier(reader, node, 2..=15));
    let span = node.span;
    fields.finish(reader);
    let (qualifier, id) = (qualifier?, id?);
    let application = match application {
        Some(given) => given?,
        None if id.len() < 2 => {
            let help = "add `application:` with a code of 2 to 15 signs";
            reader.fault(Code::BadPartner, span, "the group needs a code of 2 signs or more", help);
            return None;
        }
        None => id.clone(),
    };
    Some(Party { qualifier, id, application })
}

fn reviewer_of(reader: &mut Reader<'_>, node: &Node) -> Option<Reviewer> {
    let mut fields = reader.fields(node, "`{ name: …, qualifier: …, id: … }`")?;
    let name = organization(reader, &mut fields);
    let qualifier = fields.need(reader, "qualifier", "with the kind of identifier, such as PI");
    let qualifier = qualifier.and_then(|node| code(reader, node, "qualifier", 1..=2));
    let id = fields.need(reader, "id", "with the identifier that the partner has given");
    let id = id.and_then(|node| identifier(reader, node, 2..=80));
    fields.finish(reader);
    Some(Reviewer { name: name?, qualifier: qualifier?, id: id? })
}

fn requester_of(reader: &mut Reader<'_>, node: &Node) -> Option<Requester> {
    let mut fields = reader.fields(node, "`{ name: …, npi: … }`")?;
    let name = organization(reader, &mut fields);
    let npi = fields.need(reader, "npi", "with the national provider identifier");
    let npi = npi.and_then(|node| {
        let text = reader.word(node, "the ten digits of an identifier")?;
        if is_npi(text) {
            return Some(text.to_owned());
        }
        let message = format!("`{text}` is no national provider identifier");
        reader.fault(Code::BadPartner, node.span, message, "write its ten digits: the last one checks the others");
        None
    });
    fields.finish(reader);
    Some(Requester { name: name?, npi: npi? })
}

fn organization(reader: &mut Reader<'_>, fields: &mut Fields<'_>) -> Option<String> {
    let node = fields.need(reader, "name", "with the name of the organisation")?;
    let name = reader.sentence(node, "a name")?;
    if name.chars().count() > 60 || !name.bytes().all(is_printable) {
        let help = "write at most 60 letters, digits and signs of ASCII";
        reader.fault(Code::BadPartner, node.span, format!("`{name}` does not go into a message"), help);
        return None;
    }
    Some(name)
}

/// Letters and digits, so many of them.
fn code(reader: &mut Reader<'_>, node: &Node, what: &str, length: std::ops::RangeInclusive<usize>) -> Option<String> {
    let text = reader.word(node, "letters or digits")?;
    let sound =
        length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if !sound {
        let size =
            if length.start() == length.end() { length.end().to_string() } else { format!("at most {}", length.end()) };
        let help = format!("write {size} capital letters or digits");
        reader.fault(Code::BadPartner, node.span, format!("`{text}` is no {what}"), help);
    }
    sound.then(|| text.to_owned())
}

fn identifier(reader: &mut Reader<'_>, node: &Node, length: std::ops::RangeInclusive<usize>) -> Option<String> {
    let text = reader.word(node, "an identifier")?;
    let sound = length.contains(&text.len()) && text.bytes().all(is_printable) && text.trim() == text;
    if !sound {
        let help = format!("write {} to {} letters, digits and signs of ASCII", length.start(), length.end());
        reader.fault(Code::BadPartner, node.span, format!("`{text}` is no identifier here"), help);
    }
    sound.then(|| text.to_owned())
}

fn is_printable(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// Whether the last digit is right: the Luhn formula over the digits behind 80840, which stands for health identifiers of
/// the United States (45 CFR 162.406; ISO/IEC 7812-1).
fn is_npi(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    if digits.len() != 10 || text.len() != 10 {
        return false;
    }
    // what 80840 adds to the sum
    const PREFIX: u32 = 24;
    let sum: u32 = digits.iter().rev().enumerate().fold(PREFIX, |sum, (place, digit)| {
        let doubled = if place % 2 == 1 { digit * 2 } else { *digit };
        sum + doubled / 10 + doubled % 10
    });
    sum.is_multiple_of(10)
}

fn delimiters(reader: &mut Reader<'_>, node: &Node) -> Option<Delimiters> {
    let mut fields = reader.fields(node, "`{ element: …, repetition: …, component: …, segment: … }`")?;
    let before = reader.faults();
    let usual = Delimiters::default();
    let mut sign = |node: Option<&Node>, usual| match node {
        Some(node) => delimiter(reader, node).unwrap_or(usual),
        None => usual,
    };
    let element = sign(fields.node("element"), usual.element);
    let repetition = sign(fields.node("repetition"), usual.repetition);
    let component = sign(fields.node("component"), usual.component);
    let segment = sign(fields.node("segment"), usual.segment);
    fields.finish(reader);
    let all = [element, repetition, component, segment];
    let twice = all.iter().enumerate().find(|(at, sign)| all.iter().skip(at + 1).any(|other| other == *sign));
    if let Some((_, sign)) = twice.filter(|_| reader.faults() == before) {
        let message = format!("`{}` separates two things", char::from(*sign));
        reader.fault(Code::PartnerDelimiters, node.span, message, "use four different signs");
    }
    (reader.faults() == before).then_some(Delimiters { element, repetition, component, segment })
}

fn delimiter(reader: &mut Reader<'_>, node: &Node) -> Option<u8> {
    let text = reader.word(node, "one sign")?;
    match text.as_bytes() {
        [byte] if byte.is_ascii_punctuation() => Some(*byte),
        _ => {
            let help = "write one sign in quotes that no text has, such as \"*\"";
            reader.fault(Code::PartnerDelimiters, node.span, format!("`{text}` cannot hold a message apart"), help);
            None
        }
    }
}

/// Refuses texts that hold a delimiter: the message would be cut there.
fn carried(reader: &mut Reader<'_>, root: &Node, partner: &Partner) {
    let Delimiters { element, repetition, component, segment } = partner.delimiters;
    let texts = [
        &partner.sender.id,
        &partner.sender.application,
        &partner.receiver.id,
        &partner.receiver.application,
        &partner.reviewer.name,
        &partner.reviewer.id,
        &partner.requester.name,
    ];
    for text in texts {
        let held = text.bytes().find(|byte| [element, repetition, component, segment].contains(byte));
        if let Some(sign) = held {
            let message = format!("`{text}` holds the delimiter `{}`", char::from(sign));
            reader.fault(Code::BadPartner, root.span, message, "write it without, or use another delimiter");
        }
    }
}
