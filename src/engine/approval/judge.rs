//! Whether an event is allowed: by what it says itself, by its time, by the state of the request, by who acts.

use crate::diagnostic::nearest;
use crate::facts::Event;
use crate::policy::RequesterAct;

use super::Act;
use super::decider::{Capacity, Delegation};
use super::fold::{Fold, Procedure, Stage};
use super::refusal::Refusal;

/// What an event is allowed to do.
pub(super) enum Allowed<'a> {
    /// Make the request, by this version, in this role.
    Submit(Procedure<'a>, &'a str),
    /// Approve the level.
    Approve(Capacity<'a>),
    /// Deny it.
    Deny(Capacity<'a>),
    /// Send it back.
    Return(Capacity<'a>),
    /// Let somebody else decide.
    Delegate(&'a str, Delegation<'a>),
    /// Change the request.
    Modify,
    /// Hand it in again, by this version.
    Resubmit(Procedure<'a>),
    /// Take it back.
    Withdraw,
    /// Close it.
    Close,
}

type Why = (Refusal, String);

/// What the event says itself: its type and the keys that belong to it.
pub(super) fn form(event: &Event) -> Result<Act, Why> {
    let Some(act) = Act::parse(&event.kind) else {
        let words = Act::ALL.map(Act::word);
        let help = match nearest(&event.kind, words) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("use one of: {}", words.join(", ")),
        };
        return Err((Refusal::UnknownType, format!("no event has the type `{}`; {help}", event.kind)));
    };
    if act != Act::Delegate {
        let keys = [("to", event.to.is_some()), ("from", event.from.is_some()), ("until", event.until.is_some())];
        return match keys.iter().find(|(_, given)| *given) {
            Some((key, _)) => Err((
                Refusal::MisplacedKey,
                format!("`{key}` belongs to events of the type `{}`", Act::Delegate.word()),
            )),
            None => Ok(act),
        };
    }
    match &event.to {
        None => Err((Refusal::NoDelegate, "the event does not say to whom: add `to`".to_owned())),
        Some(to) if *to == event.by.id => Err((Refusal::OwnDelegate, format!("`{to}` cannot delegate to themselves"))),
        Some(_) => match event.until {
            Some(until) if until <= (Delegation { event }).from() => {
                Err((Refusal::BadPeriod, "the delegation ends before it begins".to_owned()))
            }
            Some(_) | None => Ok(act),
        },
    }
}

impl<'a> Fold<'a, '_> {
    /// Whether the event comes in order.
    pub(super) fn order(&self, event: &Event) -> Result<(), Why> {
        if event.at > self.case.at() {
            return Err((Refusal::AfterCase, "the event is later than `at` of the case".to_owned()));
        }
        if self.clock.is_some_and(|clock| event.at < clock) {
            return Err((Refusal::TimeRunsBackwards, "the event is earlier than one before it".to_owned()));
        }
        Ok(())
    }

    /// Whether the state and whoever acts allow an event; time has passed up to it.
    pub(super) fn judge(&self, act: Act, event: &'a Event) -> Result<Allowed<'a>, Why> {
        let wrong_state = || {
            let message = format!("`{}` is not possible: the request is {}", act.word(), self.stage.state().word());
            Err((Refusal::WrongState, message))
        };
        if matches!(self.stage, Stage::Undetermined(..)) {
            let message = "missing facts leave open where the request stands: give them first".to_owned();
            return Err((Refusal::Undetermined, message));
        }
        match (act, &self.stage) {
            (Act::Submit, Stage::Draft) => {
                let procedure = self.in_force(event)?;
                let roles = &procedure.approval.requested_by;
                match roles.iter().find(|role| event.by.roles.contains(role)) {
                    Some(role) => Ok(Allowed::Submit(procedure, role)),
                    None => Err((
                        Refusal::WrongRole,
                        format!("`{}` has none of the roles that make requests: {}", event.by.id, roles.join(", ")),
                    )),
                }
            }
            (Act::Approve, Stage::Pending(pending)) => self.capacity(pending, event, true).map(Allowed::Approve),
            (Act::Deny, Stage::Pending(pending)) => self.capacity(pending, event, false).map(Allowed::Deny),
            (Act::Return, Stage::Pending(pending)) => self.capacity(pending, event, false).map(Allowed::Return),
            (Act::Delegate, Stage::Draft | Stage::Pending(_) | Stage::Returned) => self.delegation(event),
            (Act::Requester(RequesterAct::Resubmit), Stage::Returned) => {
                let procedure = self.in_force(event)?;
                self.requester(event, RequesterAct::Resubmit)?;
                Ok(Allowed::Resubmit(procedure))
            }
            (Act::Requester(RequesterAct::Resubmit), _) => wrong_state(),
            (Act::Requester(act), Stage::Pending(_) | Stage::Returned) => {
                self.requester(event, act)?;
                Ok(match act {
                    RequesterAct::Modify | RequesterAct::Resubmit => Allowed::Modify,
                    RequesterAct::Withdraw => Allowed::Withdraw,
                    RequesterAct::Close => Allowed::Close,
                })
            }
            (Act::Submit | Act::Approve | Act::Deny | Act::Return | Act::Delegate | Act::Requester(_), _) => {
                wrong_state()
            }
        }
    }

    /// The version that a submission is bound to.
    fn in_force(&self, event: &Event) -> Result<Procedure<'a>, Why> {
        (self.versions)(event.at)
            .and_then(Procedure::of)
            .ok_or_else(|| (Refusal::NotInForce, "the policy is not in force at that time".to_owned()))
    }

    fn requester(&self, event: &Event, act: RequesterAct) -> Result<(), Why> {
        let Some(made) = &self.submission else { return Ok(()) };
        if made.requester.id != event.by.id {
            let message = format!("only `{}`, who made the request, may {} it", made.requester.id, act.word());
            return Err((Refusal::NotTheRequester, message));
        }
        if !made.procedure.approval.requester_may.contains(&act) {
            let message = format!("the policy lets nobody {} a request", act.word());
            return Err((Refusal::NotAllowed, message));
        }
        Ok(())
    }

    /// Whoever has a role that decides some level, or may come to decide it, may let another person do so.
    fn delegation(&self, event: &'a Event) -> Result<Allowed<'a>, Why> {
        let levels = &self.procedure().approval.levels;
        let decides = |role: &String| {
            let named = levels.iter().flat_map(|level| &level.roles);
            let lapses = levels.iter().flat_map(|level| &level.lapses).map(|lapse| &lapse.role);
            named.chain(lapses).any(|known| known == role)
        };
        match &event.to {
            Some(to) if event.by.roles.iter().any(decides) => Ok(Allowed::Delegate(to, Delegation { event })),
            _ => {
                let message = format!("`{}` has no role that decides a level", event.by.id);
                Err((Refusal::WrongRole, message))
            }
        }
    }
}
