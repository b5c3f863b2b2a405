//! The model: events folded into a state, as the pages tell it.

use rulebook::time::{Calendar, Instant, Turnaround, Zone, Zones};

use super::answer::{Line, Standing};
use super::condition::{Facts, settled};
use super::events::{Event, Request};
use super::level::Sitting;
use super::plan::{Level, Pair, Plan, Remedy, Role};

/// A policy with its calendar.
pub struct Rules<'p> {
    pub plan: &'p Plan,
    calendar: Option<&'p Calendar>,
    zone: Zone,
}

impl<'p> Rules<'p> {
    pub fn of(pair: &'p Pair<'_>) -> Rules<'p> {
        let calendar = pair.policy.calendar.as_deref();
        let zone = calendar.map(|calendar| calendar.zone().clone());
        let zone = zone.or_else(|| Zones::embedded().get("America/New_York")).expect("the zone is there");
        Rules { plan: pair.plan, calendar, zone }
    }

    /// When something that begins then is due; of a range the later end.
    pub fn due(&self, phrase: &str, from: Instant) -> Instant {
        let turnaround = Turnaround::parse(phrase).expect("a turnaround");
        turnaround.due(self.calendar, from).expect("a year that calendars hold").limit
    }

    fn is_in_force(&self, at: Instant) -> bool {
        let today = self.zone.local_date(at).to_string();
        self.plan.effective.is_none_or(|(from, to)| from <= today.as_str() && today.as_str() <= to)
    }

    pub fn may(&self, kind: &str) -> bool {
        self.plan.may.as_ref().is_none_or(|may| may.contains(&kind))
    }

    /// The roles that delegate: those that decide some level, or that a lapse names.
    fn delegates(&self, roles: &[Role]) -> bool {
        let lapses = self.plan.levels.iter().flat_map(|level| &level.lapses).map(|lapse| &lapse.role);
        self.plan.levels.iter().flat_map(|level| &level.roles).chain(lapses).any(|role| roles.contains(role))
    }
}

#[derive(Debug, Clone)]
pub enum Stage {
    Draft,
    Pending(Sitting),
    Undetermined(Vec<String>),
    Returned,
    Approved,
    Denied,
    Closed(&'static str),
}

impl Stage {
    pub fn is_final(&self) -> bool {
        matches!(self, Stage::Approved | Stage::Denied | Stage::Closed(_))
    }
}

#[derive(Debug, Clone)]
struct Delegation {
    giver: &'static str,
    roles: Vec<Role>,
    to: &'static str,
    from: Instant,
    until: Option<Instant>,
}

#[derive(Debug, Clone)]
pub struct State {
    pub stage: Stage,
    pub round: usize,
    pub requester: Option<&'static str>,
    pub deadline: Option<Instant>,
    /// Who has decided which level in this round, in order.
    pub decided: Vec<(&'static str, usize)>,
    pub history: Vec<Line>,
    resubmitted: usize,
    facts: Facts,
    delegations: Vec<Delegation>,
    /// When the last event was that was accepted.
    pub last: Option<Instant>,
}

/// Whom a decision counts for: whoever makes it, and whoever let them.
struct Decider {
    giver: Option<&'static str>,
    roles: Vec<Role>,
}

/// Where a request stands.
pub fn standing(rules: &Rules<'_>, request: &Request) -> Standing {
    let (state, refused) = fold(rules, request);
    Standing::of(rules, &state, refused)
}

/// Folds the events of a request, and says which were refused.
pub fn fold(rules: &Rules<'_>, request: &Request) -> (State, Vec<(String, &'static str)>) {
    let mut state = State::new(&request.facts);
    let mut refused = Vec::new();
    for (number, event) in request.events.iter().enumerate() {
        let earlier = request.events[..number].iter().find(|earlier| earlier.id == event.id);
        let judged = match earlier {
            Some(earlier) if earlier == event => continue,
            Some(_) => Err("duplicate_id"),
            None => state.after(rules, event, request.at),
        };
        match judged {
            Ok(next) => state = next,
            Err(code) => refused.push((event.id.clone(), code)),
        }
    }
    state.let_pass(rules, request.at);
    (state, refused)
}

impl State {
    pub fn new(facts: &Facts) -> State {
        State {
            stage: Stage::Draft,
            round: 0,
            requester: None,
            deadline: None,
            decided: Vec::new(),
            history: Vec::new(),
            resubmitted: 0,
            facts: facts.clone(),
            delegations: Vec::new(),
            last: None,
        }
    }

    /// The state after an event, or why it is refused.
    pub fn after(&self, rules: &Rules<'_>, event: &Event, end: Instant) -> Result<State, &'static str> {
        let kinds = ["submit", "approve", "deny", "return", "modify", "resubmit", "withdraw", "close", "delegate"];
        let from = event.from.unwrap_or(event.at);
        refuse(!kinds.contains(&event.kind), "unknown_type")?;
        if event.kind == "delegate" {
            refuse(event.to.is_none(), "no_delegate")?;
            refuse(event.to == Some(event.by), "own_delegate")?;
            refuse(event.until.is_some_and(|until| until <= from), "bad_period")?;
        } else {
            refuse(event.to.is_some() || event.from.is_some() || event.until.is_some(), "misplaced_key")?;
        }
        refuse(event.at > end, "after_case")?;
        refuse(self.last.is_some_and(|last| event.at < last), "time_runs_backwards")?;
        let mut next = self.clone();
        next.let_pass(rules, event.at);
        next.last = Some(event.at);
        next.facts.extend(event.facts.clone());
        refuse(matches!(next.stage, Stage::Undetermined(_)), "undetermined")?;
        match event.kind {
            "submit" => next.submit(rules, event)?,
            "delegate" => next.delegate(rules, event, from)?,
            "approve" | "deny" | "return" => next.decide(rules, event)?,
            _ => next.by_requester(rules, event)?,
        }
        Ok(next)
    }

    /// Everything that is due before an instant happens.
    fn let_pass(&mut self, rules: &Rules<'_>, until: Instant) {
        loop {
            let lapse = match &self.stage {
                Stage::Pending(sitting) => sitting.next_lapse(rules).filter(|(at, _)| *at < until),
                Stage::Returned => None,
                _ => return,
            };
            let deadline = self.deadline.filter(|deadline| *deadline < until);
            match (lapse, deadline) {
                (Some((at, number)), deadline) if deadline.is_none_or(|deadline| at <= deadline) => {
                    self.lapse(rules, number, at);
                }
                (_, Some(deadline)) => {
                    self.close(deadline, "deadline");
                }
                (_, None) => return,
            }
        }
    }

    fn lapse(&mut self, rules: &Rules<'_>, number: usize, at: Instant) {
        let Stage::Pending(sitting) = &mut self.stage else { return };
        sitting.lapse(rules, number, at);
        let (level, due) = (sitting.number, sitting.due);
        let lapse = &rules.plan.levels[level].lapses[number];
        let line = self.line(at, Some(rules.plan.levels[level].name), "lapsed");
        line.remedy = Some((lapse.remedy.word(), lapse.role));
        line.due = due.filter(|_| lapse.remedy == Remedy::Reassign);
    }

    fn submit(&mut self, rules: &Rules<'_>, event: &Event) -> Result<(), &'static str> {
        refuse(!matches!(self.stage, Stage::Draft), "wrong_state")?;
        refuse(!rules.is_in_force(event.at), "not_in_force")?;
        refuse(!rules.plan.requested_by.iter().any(|role| event.roles.contains(role)), "wrong_role")?;
        self.requester = Some(event.by);
        self.deadline = rules.plan.within.map(|within| rules.due(within, event.at));
        self.round = 1;
        self.event(event, None);
        self.look(rules, 0, event.at);
        Ok(())
    }

    fn delegate(&mut self, rules: &Rules<'_>, event: &Event, from: Instant) -> Result<(), &'static str> {
        refuse(self.stage.is_final(), "wrong_state")?;
        refuse(!rules.delegates(&event.roles), "wrong_role")?;
        self.event(event, None);
        self.delegations.push(Delegation {
            giver: event.by,
            roles: event.roles.clone(),
            to: event.to.expect("it was looked for"),
            from,
            until: event.until,
        });
        Ok(())
    }

    fn by_requester(&mut self, rules: &Rules<'_>, event: &Event) -> Result<(), &'static str> {
        let returned = matches!(self.stage, Stage::Returned);
        let pending = matches!(self.stage, Stage::Pending(_));
        refuse(!returned && (!pending || event.kind == "resubmit"), "wrong_state")?;
        refuse(event.kind == "resubmit" && !rules.is_in_force(event.at), "not_in_force")?;
        refuse(self.requester != Some(event.by), "not_the_requester")?;
        refuse(!rules.may(event.kind), "not_allowed")?;
        match event.kind {
            "modify" if returned => drop(self.event(event, None)),
            "modify" | "resubmit" => {
                self.resubmitted += usize::from(event.kind == "resubmit");
                self.round += 1;
                self.decided.clear();
                self.event(event, None);
                self.look(rules, 0, event.at);
            }
            kind => {
                self.event(event, None);
                self.close(event.at, if kind == "withdraw" { "withdrawn" } else { "by_requester" });
            }
        }
        Ok(())
    }

    fn decide(&mut self, rules: &Rules<'_>, event: &Event) -> Result<(), &'static str> {
        let Stage::Pending(sitting) = &self.stage else { return Err("wrong_state") };
        let decider = self.decider(rules, sitting, event)?;
        let mut sitting = sitting.clone();
        let level = &rules.plan.levels[sitting.number];
        let name = Some(level.name);
        self.event(event, name).instead_of = decider.giver;
        self.decided.extend([event.by].into_iter().chain(decider.giver).map(|person| (person, sitting.number)));
        if event.kind == "approve" {
            sitting.approvals.push(sitting.ballot(decider.giver.unwrap_or(event.by), &decider.roles));
        }
        sitting.denied |= event.kind == "deny";
        let hopeless = sitting.is_named(level) && !sitting.could_be_passed_by(&self.left(rules, &sitting));
        let known = level.patient && sitting.is_named(level);
        let (passed, number, denied) = (sitting.is_passed(), sitting.number, sitting.denied);
        self.stage = Stage::Pending(sitting);
        match event.kind {
            "approve" if passed => self.look(rules, number + 1, event.at),
            "approve" if denied && hopeless => self.end(rules, event.at, true),
            "approve" => {}
            "deny" if known && !hopeless => {}
            kind => self.end(rules, event.at, kind == "deny"),
        }
        Ok(())
    }

    /// In whose right somebody decides, or why they may not.
    fn decider(&self, rules: &Rules<'_>, sitting: &Sitting, event: &Event) -> Result<Decider, &'static str> {
        if sitting.may_decide(event.by, &event.roles) {
            return self.unhindered(rules, sitting, event, Decider { giver: None, roles: event.roles.clone() });
        }
        let counts = |delegation: &&Delegation| {
            delegation.to == event.by
                && delegation.from <= event.at
                && delegation.until.is_none_or(|until| event.at < until)
        };
        let counting: Vec<&Delegation> = self.delegations.iter().filter(counts).collect();
        let givers = counting.iter().filter(|given| sitting.may_decide(given.giver, &given.roles));
        let tried = givers.map(|given| {
            self.unhindered(rules, sitting, event, Decider { giver: Some(given.giver), roles: given.roles.clone() })
        });
        let mut tried: Vec<_> = tried.collect();
        if let Some(free) = tried.iter().position(Result::is_ok) {
            return tried.swap_remove(free);
        }
        if !tried.is_empty() {
            return tried.swap_remove(0);
        }
        let holds = sitting.holds_role(&event.roles);
        Err(if holds { "not_named" } else { "wrong_role" })
    }

    fn unhindered(
        &self,
        rules: &Rules<'_>,
        sitting: &Sitting,
        event: &Event,
        decider: Decider,
    ) -> Result<Decider, &'static str> {
        let people: Vec<&str> = decider.giver.into_iter().chain([event.by]).collect();
        let counts = |person: &str| people.contains(&person);
        let separate = rules.plan.separation;
        refuse(separate && self.requester.is_some_and(counts), "own_request")?;
        let here = |(person, level): &(&str, usize)| counts(person) && *level == sitting.number;
        refuse(self.decided.iter().any(here), "already_voted")?;
        refuse(separate && self.decided.iter().any(|(person, _)| counts(person)), "already_decided_a_level")?;
        let ballot = sitting.ballot(decider.giver.unwrap_or(event.by), &decider.roles);
        refuse(event.kind == "approve" && !sitting.gains(ballot), "role_has_decided")?;
        Ok(decider)
    }

    /// Those who may not decide any more, for all we know: the requester first, then in the order in which they first
    /// decided in this round.
    pub fn kept(&self, rules: &Rules<'_>, sitting: &Sitting) -> Vec<&'static str> {
        let voted = |person: &str| self.decided.iter().any(|(who, level)| *who == person && *level == sitting.number);
        let people = self.requester.into_iter().chain(self.decided.iter().map(|(person, _)| *person));
        people.filter(|person| rules.plan.separation || voted(person)).collect()
    }

    /// Those of the people named who can still decide.
    pub fn left(&self, rules: &Rules<'_>, sitting: &Sitting) -> Vec<&'static str> {
        let kept = self.kept(rules, sitting);
        sitting.people.iter().flatten().copied().filter(|person| !kept.contains(person)).collect()
    }

    /// Goes through the levels from one on.
    fn look(&mut self, rules: &Rules<'_>, from: usize, at: Instant) {
        let levels = &rules.plan.levels;
        let next = settled(&self.facts, |facts| (from..levels.len()).find(|number| levels[*number].when.holds(facts)));
        match next {
            Err(needs) => {
                let surely_skipped =
                    |level: &&Level| settled(&self.facts, |facts| level.when.holds(facts)) == Ok(false);
                let skipped = levels[from..].iter().take_while(surely_skipped).count();
                for level in &levels[from..from + skipped] {
                    self.line(at, Some(level.name), "skipped");
                }
                self.line(at, Some(levels[from + skipped].name), "undetermined");
                self.stage = Stage::Undetermined(needs.into_iter().collect());
            }
            Ok(next) => {
                for level in &levels[from..next.unwrap_or(levels.len())] {
                    self.line(at, Some(level.name), "skipped");
                }
                let Some(number) = next else {
                    self.line(at, None, "approved");
                    self.stage = Stage::Approved;
                    return;
                };
                let sitting = Sitting::begin(rules, number, at);
                self.line(at, Some(levels[number].name), "entered").due = sitting.due;
                self.stage = Stage::Pending(sitting);
            }
        }
    }

    /// The round ends without approval.
    fn end(&mut self, rules: &Rules<'_>, at: Instant, denied: bool) {
        if denied && rules.plan.denial_ends {
            self.line(at, None, "denied");
            self.stage = Stage::Denied;
        } else if rules.plan.cap.is_some_and(|cap| self.resubmitted >= cap) {
            self.close(at, "cap");
        } else {
            self.line(at, None, "returned");
            self.stage = Stage::Returned;
        }
    }

    fn close(&mut self, at: Instant, why: &'static str) {
        self.line(at, None, "closed").closed = Some(why);
        self.stage = Stage::Closed(why);
    }

    fn line(&mut self, at: Instant, level: Option<&'static str>, kind: &'static str) -> &mut Line {
        self.history.push(Line::new(at, self.round, level, kind));
        self.history.last_mut().expect("one was pushed")
    }

    fn event(&mut self, event: &Event, level: Option<&'static str>) -> &mut Line {
        let line = self.line(event.at, level, event.kind);
        line.event = Some((event.id.clone(), event.by));
        line
    }
}

fn refuse(it: bool, code: &'static str) -> Result<(), &'static str> {
    if it { Err(code) } else { Ok(()) }
}
