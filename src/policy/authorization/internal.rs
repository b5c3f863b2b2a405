//! The organisation's own approval of a request, before it goes out.

use crate::diagnostic::{Code, nearest};
use crate::facts::Value;
use crate::source::Place;
use crate::syntax::Entry;

use super::super::matcher::Scope;
use super::super::reader::Reader;
use super::super::{Condition, Matcher, Requirement, Rule, when};
use super::bindings::Bindings;
use super::course::unbound;
use super::field::Field;
use super::serving::test;

/// Which policy must have approved a request, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct InternalApproval {
    /// The approval policy.
    pub policy: String,
    /// When its approval is needed.
    pub rule: Rule,
    /// Where it is named.
    pub place: Place,
}

/// What is known of the policies by which requests are approved.
pub(in super::super) struct Approvals<'f> {
    /// Their names.
    pub names: Vec<&'f str>,
    /// The names of policies of other kinds.
    pub others: Vec<&'f str>,
    /// Whether a file that cannot be read may declare any other name.
    pub open: bool,
}

/// Lowers `internal approval:`; what comes of it is one more requirement.
pub(super) fn lower(
    reader: &mut Reader<'_>,
    scope: &Scope<'_>,
    reads: &Bindings,
    approvals: &Approvals<'_>,
    entry: &Entry,
) -> Option<(InternalApproval, Requirement)> {
    let id = "internal approval".to_owned();
    let mut fields = reader.fields(&entry.value, "`{ policy: …, when: …, else: … }`")?;
    fields.captions(reader);
    let policy = fields.need(reader, "policy", "with the name of an approval policy");
    let policy = policy.and_then(|node| {
        let name = reader.word(node, "the name of an approval policy")?;
        named(reader, approvals, name, node.span)?;
        Some((name.to_owned(), reader.place(node.span)))
    });
    let when = match fields.node("when") {
        Some(node) => when::lower(reader, scope, node),
        None => Some(Condition::Always),
    };
    let say = fields.need(reader, "else", "with what to say while it is not approved");
    let say = say.and_then(|node| reader.sentence(node, "a sentence"));
    fields.finish(reader);
    let Some(approved) = reads.fact(Field::ApprovedInternally) else {
        unbound(reader, entry.key_span, reads, &[Field::ApprovedInternally]);
        return None;
    };
    let place = reader.place(entry.key_span);
    let (policy, named_at) = policy?;
    let when = when?;
    let given = test(approved, Matcher::OneOf(vec![Value::Boolean(true)]), entry.key_span);
    let met = match when.clone() {
        Condition::Always => given,
        other => Condition::Any(vec![Condition::Not(Box::new(other)), given]),
    };
    let requirement = Requirement { rule: Rule { id: id.clone(), place: place.clone(), when: met }, say: say? };
    let rule = Rule { id: format!("{id}.when"), place, when };
    Some((InternalApproval { policy, rule, place: named_at }, requirement))
}

/// Reports a name that no approval policy has.
fn named(reader: &mut Reader<'_>, approvals: &Approvals<'_>, name: &str, span: crate::source::Span) -> Option<()> {
    if approvals.names.contains(&name) || approvals.open {
        return Some(());
    }
    if approvals.others.contains(&name) {
        let help = match nearest(name, approvals.names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name a policy that begins with `approval:`".to_owned(),
        };
        reader.fault(Code::NoApproval, span, format!("`{name}` is no policy by which requests are approved"), help);
    } else {
        reader.unknown(Code::UnknownPolicy, span, "policy", name, approvals.names.iter().copied());
    }
    None
}
