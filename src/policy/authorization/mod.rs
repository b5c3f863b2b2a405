//! Policies by which services are authorized: `authorization`.

mod access;
mod bindings;
mod course;
mod demand;
mod field;
mod internal;
mod rank;
mod renewal;
mod serving;

use crate::diagnostic::Code;
use crate::source::Span;
use crate::syntax::{Node, Shape};

use super::escalation::requirement;
use super::matcher::Scope;
use super::named::names;
use super::reader::{Fields, Reader};
use super::turnaround::{self, TurnaroundRow};
use super::{Matcher, Requirement, Rule};

pub use access::{Access, Command, Forbidden};
pub use bindings::Bindings;
pub use course::{Alert, Move, Repeats};
pub use demand::{Demand, Needed, Paper};
pub use field::{ACTIVE, Field, FieldType, Group, OUTCOMES, STATUSES, URGENCIES};
pub(super) use internal::Approvals;
pub use internal::InternalApproval;
pub use rank::Rank;
pub use renewal::LeadTime;

/// How services are authorized.
#[derive(Debug, Clone, PartialEq)]
pub struct Authorization {
    /// Which facts carry what is known of authorizations, charges and requests.
    pub reads: Bindings,
    /// The documents that some requests need.
    pub documents: Vec<Paper>,
    /// The forms that some requests need.
    pub forms: Vec<Paper>,
    /// Whether an authorization is needed; the first row that applies says it.
    pub required: Vec<Demand>,
    /// What must be true before any request goes out.
    pub before: Vec<Requirement>,
    /// Whether the request has gone out: then nothing has to be true before it any more.
    pub submitted: Option<Rule>,
    /// The organisation's own approval.
    pub internal: Option<InternalApproval>,
    /// What an authorization must meet to serve a charge: what is always demanded, then what the policy adds. Empty where
    /// nobody can tell.
    pub serves: Vec<Requirement>,
    /// How authorizations that serve are ranked.
    pub rank: Vec<Rank>,
    /// What comes next; the first that applies.
    pub next: Vec<Move>,
    /// How soon the payer decides; the first row that applies says it.
    pub determination: Vec<TurnaroundRow>,
    /// What is to be noticed.
    pub alerts: Vec<Alert>,
    /// How long a renewal takes.
    pub lead_time: Option<LeadTime>,
    /// Who may do what.
    pub access: Access,
}

impl Authorization {
    /// Whether a rule is demanded of every authorization that serves a charge, rather than by this policy.
    pub fn is_demanded_always(&self, rule: &str) -> bool {
        rule.strip_prefix("serves a charge.").is_some_and(|name| serving::NAMES.contains(&name))
    }

    /// Every rule of the policy, in the order of its sections.
    pub fn rules(&self) -> Vec<&Rule> {
        let mut rules: Vec<&Rule> = self.required.iter().map(|row| &row.rule).collect();
        rules.extend(self.documents.iter().chain(&self.forms).map(|paper| &paper.requirement.rule));
        rules.extend(self.before.iter().map(|requirement| &requirement.rule));
        rules.extend(&self.submitted);
        rules.extend(self.internal.iter().map(|internal| &internal.rule));
        rules.extend(self.serves.iter().map(|requirement| &requirement.rule));
        rules.extend(self.next.iter().map(|step| &step.rule));
        rules.extend(self.determination.iter().map(|row| &row.rule));
        rules.extend(self.alerts.iter().map(|alert| &alert.rule));
        rules
    }
}

/// Lowers the body of `authorization: NAME`.
pub(super) fn lower(
    reader: &mut Reader<'_>,
    scope: &Scope<'_>,
    approvals: &Approvals<'_>,
    fields: &mut Fields<'_>,
) -> Option<Authorization> {
    let before_all = reader.faults();
    let reads = fields.node("reads").map(|node| bindings::lower(reader, scope, node)).unwrap_or_default();
    let sound = reader.faults() == before_all;
    let documents = demand::papers(reader, scope, "documents", fields.node("documents"));
    let forms = demand::papers(reader, scope, "forms", fields.node("forms"));
    let required = fields
        .need(reader, "required", "with the rows that say whether an authorization is needed")
        .map(|node| demand::lower(reader, scope, node, &documents, &forms))
        .unwrap_or_default();
    let mut before = requirements(reader, scope, "before submitting", fields.node("before submitting"));
    let internal = fields.take("internal approval");
    let internal = internal.and_then(|entry| internal::lower(reader, scope, &reads, approvals, entry));
    let internal = internal.map(|(internal, requirement)| {
        before.push(requirement);
        internal
    });
    let own = fields.take("serves a charge");
    let mut serves = Vec::new();
    if sound && (reads.serves() || own.is_some()) {
        let span = own.map_or(fields.span(), |entry| entry.key_span);
        if reads.lacking(&Field::SERVING).is_empty() {
            serves = serving::lower(reader, scope, &reads).unwrap_or_default();
        } else {
            course::unbound(reader, own.map_or(Span::new(span.start, span.start), |_| span), &reads, &Field::SERVING);
        }
    }
    serves.extend(added(reader, scope, own.map(|entry| &entry.value)));
    let rank = fields.node("rank by").map(|node| rank::lower(reader, node)).unwrap_or_else(|| Rank::ALL.to_vec());
    let next = fields.node("next").map(|node| course::moves(reader, scope, &reads, node)).unwrap_or_default();
    let determination = fields.node("determination");
    let determination = determination.and_then(|node| turnaround::lower(reader, scope, "determination", node));
    let alerts = fields.node("alerts").map(|node| course::alerts(reader, scope, node)).unwrap_or_default();
    let lead_time = fields.node("renewal lead time").and_then(|node| renewal::lower(reader, scope, node));
    let (commands, scopes) = (fields.node("commands"), fields.node("scopes"));
    let access = access::lower(reader, scope, commands, scopes);
    let submitted = reads.fact(Field::SubmittedOn).zip(reads.span(Field::SubmittedOn)).map(|(fact, span)| Rule {
        id: "reads.request.submitted on".to_owned(),
        place: reader.place(span),
        when: serving::test(fact, Matcher::Present, span),
    });
    (reader.faults() == before_all).then_some(Authorization {
        reads,
        documents: documents.known,
        forms: forms.known,
        required,
        before,
        submitted,
        internal,
        serves,
        rank,
        next,
        determination: determination.unwrap_or_default(),
        alerts,
        lead_time,
        access,
    })
}

/// A section of requirements by name.
fn requirements(reader: &mut Reader<'_>, scope: &Scope<'_>, section: &str, node: Option<&Node>) -> Vec<Requirement> {
    let entries = node.and_then(|node| names(reader, node, "requirements")).unwrap_or_default();
    let mut lowered = Vec::new();
    for entry in entries {
        let Some(mut fields) = reader.fields(&entry.value, "`{ that: …, else: … }`") else { continue };
        fields.captions(reader);
        let id = format!("{section}.{}", entry.key);
        lowered.extend(requirement(reader, scope, &id, entry.key_span, &mut fields));
        fields.finish(reader);
    }
    lowered
}

/// What the policy demands beside what is always demanded.
fn added(reader: &mut Reader<'_>, scope: &Scope<'_>, node: Option<&Node>) -> Vec<Requirement> {
    let entries = match node.map(|node| &node.shape) {
        Some(Shape::Map(entries)) => entries.as_slice(),
        Some(Shape::Scalar(_) | Shape::List(_)) | None => &[],
    };
    for entry in entries {
        if serving::NAMES.contains(&entry.key.as_str()) {
            let message = format!("`{}` is demanded always", entry.key);
            reader.fault(Code::DuplicateName, entry.key_span, message, "rename it, or leave it out");
        }
    }
    requirements(reader, scope, "serves a charge", node)
}
