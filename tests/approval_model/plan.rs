//! Approval policies as the model reads them, and as a policy editor would write them.

use std::sync::Arc;

use rulebook::diagnostic::Bag;
use rulebook::policy::{Library, Policy};
use rulebook::program::Program;
use rulebook::source::Source;
use rulebook::time::Zones;

use super::condition::{Condition, VOCABULARY};

pub type Role = &'static str;

#[derive(Debug, Clone)]
pub struct Plan {
    /// Index into [`CALENDARS`].
    pub calendar: Option<usize>,
    /// The first and last date in force.
    pub effective: Option<(&'static str, &'static str)>,
    pub requested_by: Vec<Role>,
    pub levels: Vec<Level>,
    pub denial_ends: bool,
    /// `None`: everything.
    pub may: Option<Vec<&'static str>>,
    pub separation: bool,
    pub within: Option<&'static str>,
    pub cap: Option<usize>,
}

#[derive(Debug, Clone)]
pub struct Level {
    pub name: &'static str,
    pub roles: Vec<Role>,
    pub people: Option<Vec<&'static str>>,
    pub approvers: Approvers,
    /// `deny: when approval is impossible`.
    pub patient: bool,
    pub when: Condition,
    pub within: Option<&'static str>,
    pub lapses: Vec<Lapse>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approvers {
    Any,
    Of(usize),
    All,
}

#[derive(Debug, Clone)]
pub struct Lapse {
    pub remedy: Remedy,
    pub role: Role,
    pub after: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    Notify,
    Reassign,
    Escalate,
}

impl Remedy {
    pub fn word(self) -> &'static str {
        match self {
            Remedy::Notify => "notify",
            Remedy::Reassign => "reassign",
            Remedy::Escalate => "escalate",
        }
    }
}

pub const CALENDARS: [&str; 3] = [
    "calendar: office\nzone: America/New_York\nhours: { monday to friday: 09:00-17:00 }\n",
    "calendar: office\nzone: Asia/Tokyo\nhours: { monday to thursday: 10:00-18:00, saturday: 10:00-14:00 }\n\
     late receipt: counts as the next business day\ndue at: same time\n",
    "calendar: office\nzone: Europe/Berlin\nhours: { every day: 22:00-06:00 }\nholidays: { Pause: 5 March }\n",
];

/// A policy as the engine and as the model have it.
pub struct Pair<'p> {
    pub plan: &'p Plan,
    pub policy: Arc<Policy>,
    pub program: Program,
}

impl Plan {
    pub fn load(&self) -> Pair<'_> {
        let mut files = vec![("vocabulary.yaml", VOCABULARY.to_owned()), ("policy.yaml", self.yaml())];
        files.extend(self.calendar.map(|number| ("calendar.yaml", CALENDARS[number].to_owned())));
        let files: Vec<Arc<Source>> = files.into_iter().map(|(path, text)| Arc::new(Source::new(path, text))).collect();
        let mut bag = Bag::default();
        let library = Library::load(&files, &Zones::embedded(), &mut bag);
        let failed = bag.has_errors();
        let faults = rulebook::render::diagnostics::text(&bag.into_sorted(), false);
        assert!(!failed, "{}\n{faults}", self.yaml());
        let policy = Arc::clone(library.policy("deal").expect("a policy called `deal`"));
        let program = Program::compile(&policy);
        Pair { plan: self, policy, program }
    }

    pub fn yaml(&self) -> String {
        let mut text = "approval: deal\n".to_owned();
        let mut line = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                text += &format!("{key}: {value}\n");
            }
        };
        line("calendar", self.calendar.map(|_| "office".to_owned()));
        line("effective", self.effective.map(|(from, to)| format!("{{ from: {from}, to: {to} }}")));
        line("zone", self.effective.filter(|_| self.calendar.is_none()).map(|_| "America/New_York".to_owned()));
        line("requested by", Some(words(&self.requested_by)));
        line("on denial", self.denial_ends.then(|| "end".to_owned()));
        line("requester may", self.may.as_deref().map(words));
        line("separation of duties", Some(self.separation.to_string()));
        line("within", self.within.map(str::to_owned));
        line("resubmissions", self.cap.map(|cap| format!("at most {cap}")));
        text += "levels:\n";
        text += &self.levels.iter().map(Level::yaml).collect::<String>();
        text
    }
}

impl Level {
    fn yaml(&self) -> String {
        let mut text = format!("  {}:\n    roles: {}\n    when: {}\n", self.name, words(&self.roles), self.when.yaml());
        let mut line = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                text += &format!("    {key}: {value}\n");
            }
        };
        line("people", self.people.as_deref().map(words));
        line(
            "approvers",
            match self.approvers {
                Approvers::Any => None,
                Approvers::Of(count) => Some(format!("{count} of")),
                Approvers::All => Some("all".to_owned()),
            },
        );
        line("deny", self.patient.then(|| "when approval is impossible".to_owned()));
        line("within", self.within.map(str::to_owned));
        let lapses: Vec<String> = self.lapses.iter().map(Lapse::yaml).collect();
        line("if it lapses", (!lapses.is_empty()).then(|| format!("[{}]", lapses.join(", "))));
        text
    }
}

impl Lapse {
    fn yaml(&self) -> String {
        let after = self.after.map(|after| format!(", after: {after}")).unwrap_or_default();
        format!("{{ {}: {}{after} }}", self.remedy.word(), self.role)
    }
}

fn words(items: &[&str]) -> String {
    format!("[{}]", items.join(", "))
}
