//! One version of a policy: what a file says outright, or what stands under one name of its `versions:`.

use std::sync::Arc;

use crate::source::{Place, Source, Span};
use crate::syntax::Node;
use crate::time::Zone;

use super::authorization::Approvals;
use super::file::{File, FileKind};
use super::matcher::Scope;
use super::named::names;
use super::reader::{Captions, Fields, Reader};
use super::table::{self, Sheets};
use super::{Body, Effective, approval, authorization, escalation, exception, header};

/// What a policy's versions have in common.
pub(super) struct Edition<'f, 'v> {
    pub file: &'f File,
    pub scope: &'f Scope<'v>,
    pub sheets: &'f Sheets,
    pub zone: &'f Option<Zone>,
    /// The policies by which requests are approved.
    pub approvals: &'f Approvals<'f>,
    /// The files that their rows come from.
    pub used: Vec<Arc<Source>>,
}

/// One version.
pub(super) struct Lowered {
    pub name: Option<String>,
    pub place: Place,
    pub captions: Captions,
    pub effective: Option<Effective>,
    pub body: Body,
}

impl Edition<'_, '_> {
    /// Lowers `versions:`.
    pub fn several(&mut self, reader: &mut Reader<'_>, node: &Node) -> Option<Vec<Lowered>> {
        let entries = names(reader, node, "versions")?;
        let mut versions = Vec::new();
        for entry in entries {
            let Some(mut fields) = reader.fields(&entry.value, "the version's dates and rules") else { continue };
            let version = self.lower(reader, &mut fields, Some((&entry.key, entry.key_span)));
            fields.finish(reader);
            versions.extend(version);
        }
        (versions.len() == entries.len()).then_some(versions)
    }

    /// Lowers one version, named if it is one of several in its file.
    pub fn lower(
        &mut self,
        reader: &mut Reader<'_>,
        fields: &mut Fields<'_>,
        named: Option<(&str, Span)>,
    ) -> Option<Lowered> {
        let span = named.map_or(self.file.name_span, |(_, span)| span);
        let captions = if named.is_some() { fields.captions(reader) } else { Captions::default() };
        let dates = match named {
            Some(_) => fields.need(reader, "effective", "with the dates on which this version is in force"),
            None => fields.node("effective"),
        };
        let effective = dates.and_then(|node| header::effective(reader, node, self.zone.clone()));
        let body = self.body(reader, fields, span)?;
        let name = named.map(|(name, _)| name.to_owned());
        Some(Lowered { name, place: reader.place(span), captions, effective, body })
    }

    fn body(&mut self, reader: &mut Reader<'_>, fields: &mut Fields<'_>, span: Span) -> Option<Body> {
        let (file, scope) = (self.file, self.scope);
        match file.kind {
            FileKind::Exception => exception::single(reader, scope, &file.name, span, fields).map(Body::Exceptions),
            FileKind::Exceptions => exception::several(reader, scope, fields).map(Body::Exceptions),
            FileKind::Escalations => escalation::lower(reader, scope, fields).map(Body::Escalations),
            FileKind::Table => {
                let (table, sheet) = table::lower(reader, scope, self.sheets, file.source.relative(), fields)?;
                self.used.extend(sheet);
                Some(Body::Table(table))
            }
            FileKind::Approval => approval::lower(reader, scope, fields).map(Body::Approval),
            FileKind::Authorization => authorization::lower(reader, scope, self.approvals, fields)
                .map(|body| Body::Authorization(Box::new(body))),
            FileKind::Vocabulary | FileKind::Calendar | FileKind::Partner | FileKind::Tests => None,
        }
    }
}
