//! What is compared: the model's answer, and the engine's as it is written for programs.

use rulebook::engine::decide;
use rulebook::facts::Case;
use rulebook::render::decision;
use rulebook::time::Instant;
use serde_json::Value as Json;

use super::events::{Request, written};
use super::model::{Rules, Stage, State};
use super::plan::{Pair, Role};

/// A line of the history.
#[derive(Debug, Clone)]
pub struct Line {
    at: Instant,
    round: usize,
    level: Option<&'static str>,
    kind: &'static str,
    pub due: Option<Instant>,
    /// An event's id, and who did it.
    pub event: Option<(String, &'static str)>,
    pub instead_of: Option<&'static str>,
    pub remedy: Option<(&'static str, Role)>,
    pub closed: Option<&'static str>,
}

impl Line {
    pub fn new(at: Instant, round: usize, level: Option<&'static str>, kind: &'static str) -> Line {
        Line { at, round, level, kind, due: None, event: None, instead_of: None, remedy: None, closed: None }
    }

    /// The level that was entered or skipped.
    fn ground(&self) -> Option<String> {
        ["entered", "skipped"].contains(&self.kind).then(|| format!("levels.{}", self.level.unwrap_or_default()))
    }

    fn text(&self) -> String {
        let mut text = format!("{} round {} {}", written(self.at), self.round, self.kind);
        let mut add = |key: &str, value: Option<&str>| text.extend(value.map(|value| format!(", {key} {value}")));
        add("level", self.level);
        add("due", self.due.map(written).as_deref());
        add("event", self.event.as_ref().map(|(id, _)| id.as_str()));
        add("by", self.event.as_ref().map(|(_, by)| *by));
        add("instead_of", self.instead_of);
        if let Some((remedy, role)) = self.remedy {
            add(remedy, Some(role));
        }
        add("closed", self.closed);
        text
    }
}

/// Where a request stands, in words that are equal if the standings are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    pub state: String,
    pub closed: String,
    pub level: String,
    pub round: u64,
    pub due: String,
    pub deadline: String,
    pub blocked: Vec<String>,
    pub needs: Vec<String>,
    pub may_act: Vec<String>,
    pub refused: Vec<String>,
    pub history: Vec<String>,
    /// The levels that the answer rests on.
    pub because: Vec<String>,
}

impl Standing {
    pub fn of(rules: &Rules<'_>, state: &State, refused: Vec<(String, &'static str)>) -> Standing {
        let mut standing = Standing {
            round: state.round as u64,
            deadline: state.deadline.filter(|_| !state.stage.is_final()).map(written).unwrap_or_default(),
            refused: refused.into_iter().map(|(event, code)| format!("{event}: {code}")).collect(),
            history: state.history.iter().map(Line::text).collect(),
            because: state.history.iter().filter(|line| line.round == state.round).filter_map(Line::ground).collect(),
            ..Standing::default()
        };
        standing.state = match &state.stage {
            Stage::Draft => {
                let submit = |role: &&str| may(role, &["submit"], None, &[]);
                standing.may_act = rules.plan.requested_by.iter().map(submit).collect();
                "draft"
            }
            Stage::Pending(sitting) => {
                let level = &rules.plan.levels[sitting.number];
                standing.level = level.name.to_owned();
                standing.due = sitting.due.map(written).unwrap_or_default();
                let (kept, left) = (state.kept(rules, sitting), state.left(rules, sitting));
                if sitting.is_named(level) && !sitting.could_be_passed_by(&left) {
                    standing.blocked = sitting.roles.iter().map(|role| (*role).to_owned()).collect();
                }
                let mut seen: Vec<&str> = Vec::new();
                for (number, role) in sitting.roles.iter().chain(&sitting.escalated).enumerate() {
                    let escalated = sitting.escalated.contains(role);
                    let only = sitting.people.as_ref().filter(|_| number < sitting.roles.len() && !escalated);
                    if seen.contains(role) || only.is_some() && left.is_empty() {
                        continue;
                    }
                    seen.push(role);
                    let fills = match only {
                        Some(_) => left.iter().any(|person| sitting.gains(sitting.ballot(person, &[role]))),
                        None => sitting.gains(sitting.ballot("", &[role])),
                    };
                    let actions: &[&str] = if fills { &["approve", "deny", "return"] } else { &["deny", "return"] };
                    standing.may_act.push(may(role, actions, only.map(|_| left.as_slice()), &kept));
                }
                standing.requester(rules, state, &["modify", "withdraw", "close"]);
                "pending"
            }
            Stage::Undetermined(needs) => {
                standing.needs.clone_from(needs);
                standing.because.clear();
                "undetermined"
            }
            Stage::Returned => {
                standing.requester(rules, state, &["modify", "resubmit", "withdraw", "close"]);
                "returned"
            }
            Stage::Approved => "approved",
            Stage::Denied => "denied",
            Stage::Closed(why) => {
                standing.closed = (*why).to_owned();
                "closed"
            }
        }
        .to_owned();
        standing
    }

    fn requester(&mut self, rules: &Rules<'_>, state: &State, acts: &[&str]) {
        let acts: Vec<&str> = acts.iter().copied().filter(|act| rules.may(act)).collect();
        let only: Vec<&str> = state.requester.into_iter().collect();
        if !acts.is_empty() {
            self.may_act.push(may("the requester", &acts, Some(&only), &[]));
        }
    }

    /// Reads an answer of the engine.
    pub fn read(json: &Json) -> Standing {
        let text = |key: &str| json[key].as_str().unwrap_or_default().to_owned();
        let items = |key: &str| json[key].as_array().cloned().unwrap_or_default();
        let mut needs = strings(&json["needs"]);
        needs.sort();
        Standing {
            state: text("state"),
            closed: text("closed"),
            level: text("level"),
            round: json["round"].as_u64().unwrap_or_default(),
            due: instant(&json["due"]).unwrap_or_default(),
            deadline: instant(&json["deadline"]).unwrap_or_default(),
            blocked: strings(&json["blocked"]),
            needs,
            may_act: items("may_act").iter().map(allowed).collect(),
            refused: items("refused")
                .iter()
                .map(|one| format!("{}: {}", word(&one["event"]), word(&one["code"])))
                .collect(),
            history: items("history").iter().map(happened).collect(),
            because: items("because").iter().map(|ground| word(&ground["rule"]).to_owned()).collect(),
        }
    }
}

/// What the engine says of a request.
pub fn engine(pair: &Pair<'_>, request: &Request) -> Standing {
    Standing::read(&answer(pair, request))
}

/// The engine's answer as it is written for programs.
pub fn answer(pair: &Pair<'_>, request: &Request) -> Json {
    let case = Case::from_json(&request.json(), &pair.policy.vocabulary).expect("a case that can be read");
    let decision = decide(&pair.program, &case).expect("a case that can be decided");
    let json: Json = serde_json::from_str(&decision::json(&decision)).expect("answers are JSON");
    assert_eq!(json["outcome"], json["state"]);
    json
}

fn may<S: AsRef<str> + PartialEq>(role: &str, actions: &[S], only: Option<&[S]>, not: &[S]) -> String {
    let words = |items: &[S]| -> String { items.iter().map(|item| format!(" {}", item.as_ref())).collect() };
    let only = only.map(|people| format!(", only{}", words(people))).unwrap_or_default();
    let mut text = format!("{role}:{}{only}", words(actions));
    let firsts = not.iter().enumerate().filter(|(number, person)| !not[..*number].contains(person));
    for (number, (_, person)) in firsts.enumerate() {
        text += &format!("{} {}", if number == 0 { ", not" } else { "" }, person.as_ref());
    }
    text
}

fn allowed(entry: &Json) -> String {
    let actions = strings(&entry["actions"]);
    let requester = actions.iter().any(|act| ["modify", "resubmit", "withdraw", "close"].contains(&act.as_str()));
    // which of their roles a requester is shown with is not said
    let role = if requester { "the requester" } else { word(&entry["role"]) };
    let only = entry.get("only").map(strings);
    may(role, &actions, only.as_deref(), &strings(&entry["not"]))
}

fn happened(line: &Json) -> String {
    let mut text = format!(
        "{} round {} {}",
        instant(&line["at"]).unwrap(),
        line["round"].as_u64().unwrap_or_default(),
        word(&line["type"])
    );
    for key in ["level", "due", "event", "by", "instead_of", "notify", "reassign", "escalate", "closed"] {
        if let Some(value) = line.get(key) {
            text += &format!(", {key} {}", if key == "due" { instant(value).unwrap() } else { word(value).to_owned() });
        }
    }
    text
}

fn word(value: &Json) -> &str {
    value.as_str().unwrap_or_default()
}

fn strings(value: &Json) -> Vec<String> {
    value.as_array().into_iter().flatten().map(|item| word(item).to_owned()).collect()
}

/// An instant of an answer, in one offset.
fn instant(value: &Json) -> Option<String> {
    Some(written(Instant::parse(value.as_str()?).expect("instants can be read").0))
}
