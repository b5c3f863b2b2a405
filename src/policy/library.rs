//! All policies of a folder, with the vocabularies, calendars and tests that belong to them.

mod uses;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Bag, Code, Diagnostic};
use crate::facts::Vocabulary;
use crate::source::{Place, Source};
use crate::time::{Calendar, Zones};

use super::authorization::Approvals;
use super::edition::{Edition, Lowered};
use super::file::{File, FileKind, KINDS, POLICIES, Unread, open};
use super::hooks::{EXTENSION, Hooks};
use super::matcher::Scope;
use super::reader::Reader;
use super::table::Sheets;
use super::{Partner, Policy, Suite, Versions, calendar, header, partner, suite, version, vocabulary};

/// What a folder of policy files declares.
#[derive(Debug, Clone)]
pub struct Library {
    zones: Zones,
    policies: BTreeMap<String, Versions>,
    calendars: BTreeMap<String, Arc<Calendar>>,
    partners: BTreeMap<String, Arc<Partner>>,
    suites: Vec<Suite>,
    vocabularies: Vec<Arc<Vocabulary>>,
    hooks: Vec<String>,
    words_are_sound: bool,
}

impl Library {
    /// Reads files, in any order. Whatever is wrong with them goes into `bag`; what is sound is in the library.
    pub fn load(files: &[Arc<Source>], zones: &Zones, bag: &mut Bag) -> Library {
        let mut loading = Loading::new(files, zones, bag);
        loading.calendars();
        loading.partners();
        loading.policies();
        loading.unused_vocabularies();
        loading.suites();
        loading.words();
        loading.library
    }

    /// A policy by its name: of several versions the last.
    pub fn policy(&self, name: &str) -> Option<&Arc<Policy>> {
        self.policies.get(name).and_then(Versions::latest)
    }

    /// All versions of all policies, in the order of their names and of time.
    pub fn policies(&self) -> impl Iterator<Item = &Arc<Policy>> {
        self.policies.values().flat_map(Versions::iter)
    }

    /// The versions of each policy, in the order of their names.
    pub fn versions(&self) -> impl Iterator<Item = (&str, &Versions)> {
        self.policies.iter().map(|(name, versions)| (name.as_str(), versions))
    }

    /// A calendar by its name.
    pub fn calendar(&self, name: &str) -> Option<&Arc<Calendar>> {
        self.calendars.get(name)
    }

    /// The names of the calendars.
    pub fn calendar_names(&self) -> impl Iterator<Item = &str> {
        self.calendars.keys().map(String::as_str)
    }

    /// A trading partner by its name.
    pub fn partner(&self, name: &str) -> Option<&Arc<Partner>> {
        self.partners.get(name)
    }

    /// The trading partners, in the order of their names.
    pub fn partners(&self) -> impl Iterator<Item = &Arc<Partner>> {
        self.partners.values()
    }

    /// The tests beside the policies.
    pub fn suites(&self) -> &[Suite] {
        &self.suites
    }

    /// Every vocabulary, those made of several files for policies that use them together.
    pub fn vocabularies(&self) -> impl Iterator<Item = &Arc<Vocabulary>> {
        self.vocabularies.iter()
    }

    /// The names of the hooks.
    pub fn hook_names(&self) -> impl Iterator<Item = &str> {
        self.hooks.iter().map(String::as_str)
    }

    /// Whether nothing was wrong with any vocabulary, calendar or file of hooks: then no word of theirs is missing here.
    pub fn words_are_sound(&self) -> bool {
        self.words_are_sound
    }

    /// The zone data that every policy and calendar was read with.
    pub fn zones(&self) -> &Zones {
        &self.zones
    }
}

/// A vocabulary with what is wrong with it.
#[derive(Clone)]
struct Words {
    vocabulary: Arc<Vocabulary>,
    /// The names whose declarations have faults.
    spoilt: Arc<BTreeSet<String>>,
    sound: bool,
}

struct Loading<'b> {
    bag: &'b mut Bag,
    files: Vec<File>,
    unread: Unread,
    sheets: Sheets,
    /// Each vocabulary that some policy uses, by the files it is made of.
    vocabularies: BTreeMap<Vec<usize>, Words>,
    hooks: Hooks,
    library: Library,
}

impl<'b> Loading<'b> {
    fn new(files: &[Arc<Source>], zones: &Zones, bag: &'b mut Bag) -> Loading<'b> {
        // what could not even be handed over has been reported
        let mut unread = Unread { names: BTreeSet::new(), strangers: bag.has_errors() };
        let mut read = Vec::new();
        let mut sheets = Sheets { incomplete: unread.strangers, ..Sheets::default() };
        let (scripts, files): (Vec<&Arc<Source>>, Vec<&Arc<Source>>) =
            files.iter().partition(|source| source.relative().ends_with(EXTENSION));
        let hooks = Hooks::load(&scripts, bag);
        for source in files {
            if source.relative().ends_with(".csv") {
                sheets.files.insert(source.relative().to_owned(), Arc::clone(source));
                continue;
            }
            match open(source, bag) {
                Some(file) => read.push(file),
                None => unread.note(source),
            }
        }
        read.sort_by(|a, b| a.source.path().cmp(b.source.path()));
        let library = Library {
            zones: zones.clone(),
            policies: BTreeMap::new(),
            calendars: BTreeMap::new(),
            partners: BTreeMap::new(),
            suites: Vec::new(),
            vocabularies: Vec::new(),
            hooks: Vec::new(),
            words_are_sound: false,
        };
        let mut loading = Loading { bag, files: read, unread, sheets, hooks, vocabularies: BTreeMap::new(), library };
        loading.refuse_duplicates();
        loading
    }

    /// Policies of any kind share one space of names; calendars and vocabularies have one each. Of two files with one
    /// name neither is used: nobody could tell which one is meant. Versions of a policy say when they are in force.
    fn refuse_duplicates(&mut self) {
        let mut first: BTreeMap<(u8, String), usize> = BTreeMap::new();
        for index in 0..self.files.len() {
            let Some(file) = self.files.get(index).filter(|file| file.kind != FileKind::Tests) else { continue };
            let space = match file.kind {
                FileKind::Vocabulary => 0,
                FileKind::Calendar => 1,
                FileKind::Exception
                | FileKind::Exceptions
                | FileKind::Escalations
                | FileKind::Table
                | FileKind::Approval
                | FileKind::Authorization
                | FileKind::Tests => 2,
                FileKind::Partner => 3,
            };
            let earlier = *first.entry((space, file.name.clone())).or_insert(index);
            let are_versions = |other: &File| other.kind == file.kind && other.is_version() && file.is_version();
            if let Some(other) = self.files.get(earlier).filter(|other| earlier != index && !are_versions(other)) {
                let place = |file: &File| Place::new(&file.source, file.name_span);
                let help = match POLICIES.contains(&file.kind) && other.kind == file.kind {
                    true => "rename one of them, or, if they are versions, give each its `effective:` dates",
                    false => "rename one of them, or delete the file",
                };
                self.bag.push(
                    Diagnostic::new(Code::DuplicateName, place(file), format!("`{}` is declared already", file.name))
                        .related(place(other), "first here")
                        .help(help),
                );
                for (_, file) in self.files.iter_mut().enumerate().filter(|(at, _)| [earlier, index].contains(at)) {
                    file.sound = false;
                }
            }
        }
    }

    fn of_kind(&self, kinds: &[FileKind]) -> Vec<usize> {
        self.files.iter().enumerate().filter(|(_, file)| kinds.contains(&file.kind)).map(|(index, _)| index).collect()
    }

    fn calendars(&mut self) {
        for file in self.files.iter().filter(|file| file.kind == FileKind::Calendar) {
            let mut reader = Reader::new(&file.source, self.bag);
            let calendar = calendar::lower(&mut reader, &file.root, &self.library.zones);
            if let Some(calendar) = calendar.filter(|_| file.sound) {
                self.library.calendars.entry(file.name.clone()).or_insert_with(|| Arc::new(calendar));
            }
        }
    }

    fn partners(&mut self) {
        for file in self.files.iter().filter(|file| file.kind == FileKind::Partner) {
            let mut reader = Reader::new(&file.source, self.bag);
            let partner = partner::lower(&mut reader, &file.root, &file.name);
            if let Some(partner) = partner.filter(|_| file.sound) {
                self.library.partners.entry(file.name.clone()).or_insert_with(|| Arc::new(partner));
            }
        }
    }

    /// The vocabulary made of these files; its faults are reported once.
    fn vocabulary(&mut self, files: &[usize]) -> Words {
        if let Some(known) = self.vocabularies.get(files) {
            return known.clone();
        }
        let before = self.bag.len();
        let mut made = Vocabulary::new(self.library.zones.clone());
        let mut spoilt = BTreeSet::new();
        let mut sound = true;
        for file in files.iter().filter_map(|index| self.files.get(*index)) {
            sound &= file.sound;
            vocabulary::lower(&mut Reader::new(&file.source, self.bag), &file.root, &mut made, &mut spoilt);
        }
        sound &= self.bag.len() == before;
        let words = Words { vocabulary: Arc::new(made), spoilt: Arc::new(spoilt), sound };
        self.vocabularies.insert(files.to_vec(), words.clone());
        words
    }

    fn unused_vocabularies(&mut self) {
        for index in self.of_kind(&[FileKind::Vocabulary]) {
            if !self.vocabularies.keys().any(|files| files.contains(&index)) {
                self.vocabulary(&[index]);
            }
        }
    }

    /// Hands on what the vocabularies and scripts declare, and whether that is all of it.
    fn words(&mut self) {
        let calendars = self.of_kind(&[FileKind::Calendar]).len();
        let unread = [FileKind::Vocabulary, FileKind::Calendar].iter().any(|kind| self.unread.may_hold(*kind));
        let vocabularies = self.vocabularies.values();
        self.library.words_are_sound =
            vocabularies.clone().all(|words| words.sound) && self.library.calendars.len() == calendars && !unread;
        self.library.hooks = self.hooks.names().map(str::to_owned).collect();
        self.library.vocabularies = vocabularies.map(|words| Arc::clone(&words.vocabulary)).collect();
    }

    fn policies(&mut self) {
        let mut found: BTreeMap<String, Option<Vec<Policy>>> = BTreeMap::new();
        for index in self.of_kind(&POLICIES) {
            let Some(name) = self.files.get(index).map(|file| file.name.clone()) else { continue };
            let versions = self.policy(index);
            // a policy of which a version has faults cannot be used: its cases would be decided by no version
            let known = found.entry(name).or_insert_with(|| Some(Vec::new()));
            *known = known.take().zip(versions).map(|(known, more)| [known, more].concat());
        }
        for (name, versions) in found {
            if let Some(versions) = versions.and_then(|versions| Versions::new(versions, self.bag)) {
                self.library.policies.insert(name, versions);
            }
        }
    }

    /// The versions of a policy that a file holds: one, unless they stand under `versions:`.
    fn policy(&mut self, index: usize) -> Option<Vec<Policy>> {
        let uses = self.uses(index)?;
        let words = self.vocabulary(&uses);
        self.hooks.take_used();
        let before = self.bag.len();
        let file = self.files.get(index)?;
        let mut reader = Reader::new(&file.source, self.bag);
        let mut fields = reader.fields(&file.root, "a policy")?;
        if let Some((key, _)) = KINDS.iter().find(|(_, kind)| *kind == file.kind) {
            fields.node(key);
        }
        fields.node("uses");
        let captions = fields.captions(&mut reader);
        let calendar = fields.node("calendar");
        let calendar_name =
            calendar.and_then(|node| reader.word(node, "the name of a calendar").map(|name| (name, node.span)));
        let calendar = calendar_name.and_then(|(name, span)| {
            let found = self.library.calendars.get(name).cloned();
            // a calendar that is declared and faulty has had its faults reported
            let declared = self.files.iter().any(|file| file.kind == FileKind::Calendar && file.name == name);
            if found.is_none() && !declared && !self.unread.may_declare(&[FileKind::Calendar], name) {
                let names: Vec<&str> = self.library.calendars.keys().map(String::as_str).collect();
                reader.unknown(Code::UnknownCalendar, span, "calendar", name, names.into_iter());
            }
            found
        });
        let named = fields.take("zone");
        let zone = named.and_then(|entry| super::calendar::zone(&mut reader, &entry.value, &self.library.zones));
        let is_zone = zone.is_some();
        let zone = calendar.as_ref().map(|calendar| calendar.zone().clone()).or(zone);
        // one that is named and faulty has been reported, and the policy is dropped: any other will do for the rest
        let is_named = named.is_some() || calendar_name.is_some();
        let zone = zone.or_else(|| self.library.zones.get("UTC").filter(|_| is_named));
        let scope = Scope {
            vocabulary: &words.vocabulary,
            spoilt: &words.spoilt,
            has_calendar: calendar_name.is_some(),
            hooks: &self.hooks,
        };
        let versions = fields.node("versions");
        let approval = |wanted: bool| {
            let policies = self.files.iter().filter(|file| POLICIES.contains(&file.kind));
            policies.filter(move |file| (file.kind == FileKind::Approval) == wanted).map(|file| file.name.as_str())
        };
        let approvals = Approvals {
            names: approval(true).collect(),
            others: approval(false).collect(),
            open: self.unread.may_hold(FileKind::Approval),
        };
        let (sheets, used) = (&self.sheets, Vec::new());
        let mut edition = Edition { file, scope: &scope, sheets, zone: &zone, approvals: &approvals, used };
        let found = match versions {
            None => edition.lower(&mut reader, &mut fields, None).map(|one| vec![one]),
            Some(node) => edition.several(&mut reader, node),
        };
        let used = edition.used;
        fields.finish(&mut reader);
        let sound = file.sound && words.sound && reader.faults() == before;
        if let Some(entry) = named.filter(|_| is_zone) {
            header::idle_zone(&mut reader, entry, calendar_name.map(|(name, _)| (name, calendar.as_deref())), file);
        }
        if !sound || (calendar.is_none() && calendar_name.is_some()) {
            return None;
        }
        let calendar_file = calendar_name
            .and_then(|(name, _)| self.files.iter().find(|file| file.kind == FileKind::Calendar && file.name == name));
        let sources: Vec<Arc<Source>> = uses
            .iter()
            .filter_map(|index| self.files.get(*index))
            .chain(calendar_file)
            .chain([file])
            .map(|file| Arc::clone(&file.source))
            .chain(used)
            .chain(self.hooks.take_used())
            .collect();
        let version = version::of(&sources);
        let policy = |one: Lowered| Policy {
            name: file.name.clone(),
            captions: one.captions.or(&captions),
            place: one.place,
            effective: one.effective,
            edition: one.name,
            one_of_several: false,
            vocabulary: Arc::clone(&words.vocabulary),
            calendar: calendar.clone(),
            version: version.clone(),
            body: one.body,
        };
        Some(found?.into_iter().map(policy).collect())
    }

    fn suites(&mut self) {
        for file in self.files.iter().filter(|file| file.kind == FileKind::Tests) {
            let declared = self.unread.may_declare(&POLICIES, &file.name)
                || self.files.iter().any(|other| POLICIES.contains(&other.kind) && other.name == file.name);
            let mut reader = Reader::new(&file.source, self.bag);
            match self.library.policies.get(&file.name) {
                Some(versions) => self.library.suites.extend(suite::lower(&mut reader, &file.root, versions)),
                // the policy's own faults have been reported: its tests can wait
                None if declared => {}
                None => {
                    let policies = self.files.iter().filter(|file| POLICIES.contains(&file.kind));
                    let names: Vec<&str> = policies.map(|file| file.name.as_str()).collect();
                    reader.unknown(Code::UnknownPolicy, file.name_span, "policy", &file.name, names.into_iter());
                }
            }
        }
    }
}
