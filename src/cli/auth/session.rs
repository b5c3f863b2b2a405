//! The rules, the ledger and the person of one call.

use chrono::Local;

use crate::auth::{Actor, AuthError, Desk, Rules};
use crate::ledger::{Access, Ledger};
use crate::policy::Body;
use crate::time::{Instant, Zone};

use super::super::options::{Format, Options};
use super::super::{Stop, rules};
use super::DeskArgs;
use super::answer::Failure;

/// The rules, the ledger and the person of one call.
pub(super) struct Session {
    pub loaded: rules::Loaded,
    pub ledger: Ledger,
    pub format: Format,
    person: Person,
}

/// Who acts, when, by which policy and why.
struct Person {
    policy: String,
    actor: Actor,
    at: Instant,
    zone: Zone,
    key: Option<String>,
    reason: Option<String>,
}

impl Session {
    /// Opens the ledger and finds the policy by which it is kept.
    pub fn open(args: &DeskArgs, options: &Options, writes: bool) -> Result<Session, Failure> {
        let loaded = rules::load(options)?;
        let policy = match &args.policy {
            Some(name) => name.clone(),
            None => only(&loaded)?,
        };
        let person =
            Person {
                policy,
                actor: actor(args)?,
                at: instant(args)?,
                zone: loaded.library.zones().get("UTC").ok_or_else(|| {
                    Stop::Usage("the zone data lacks UTC: name other data with `--tzdata`".to_owned())
                })?,
                key: args.key.clone(),
                reason: args.reason.clone(),
            };
        // a call that cannot be carried out makes no ledger
        person.desk(&loaded)?;
        let access = if writes { Access::Write } else { Access::Read };
        Ok(Session { ledger: Ledger::open(&args.store, access)?, format: args.format, person, loaded })
    }

    /// The desk at which the person works.
    pub fn desk(&self) -> Result<Desk<'_>, Failure> {
        self.person.desk(&self.loaded)
    }

    /// The desk and the ledger, to be used together.
    pub fn both(&mut self) -> Result<(Desk<'_>, &mut Ledger), Failure> {
        self.all().map(|(desk, ledger, _)| (desk, ledger))
    }

    /// The desk, the ledger and the rules, to be used together.
    pub fn all(&mut self) -> Result<(Desk<'_>, &mut Ledger, &rules::Loaded), Failure> {
        let Session { loaded, ledger, person, .. } = self;
        Ok((person.desk(loaded)?, ledger, loaded))
    }
}

impl Person {
    fn desk<'s>(&'s self, loaded: &'s rules::Loaded) -> Result<Desk<'s>, Failure> {
        let versions = loaded.policy(&self.policy)?.versions;
        let program = versions.iter().find(|version| version.policy().covers(self.at));
        let program = program.ok_or_else(|| AuthError::Call {
            message: format!("`{}` is not in force at this instant", self.policy),
            help: "name another policy with `--policy`, or another instant with `--at`".to_owned(),
        })?;
        let partners = loaded.library.partners().map(|partner| &**partner).collect();
        let (key, reason) = (self.key.clone(), self.reason.clone());
        Ok(Desk::new(Rules { program, partners }, self.zone.clone(), self.actor.clone(), self.at, key, reason)?)
    }
}

fn actor(args: &DeskArgs) -> Result<Actor, Stop> {
    let Some(text) = &args.actor else {
        let help = "say who acts with `--as PERSON:ROLE`, such as `--as ana:authorization_coordinator`";
        return Err(Stop::Usage(help.to_owned()));
    };
    Actor::parse(text).map_err(|error| Stop::Usage(format!("`--as`: {error}; {}", error.help())))
}

fn instant(args: &DeskArgs) -> Result<Instant, Stop> {
    match &args.at {
        Some(text) => Instant::parse(text)
            .map(|(at, _)| at)
            .map_err(|error| Stop::Usage(format!("`--at`: {error}; {}", error.help()))),
        None => Instant::from_unix(Local::now().timestamp())
            .ok_or_else(|| Stop::Usage("the clock is wrong: say when it is with `--at`".to_owned())),
    }
}

/// The only policy by which services are authorized.
fn only(loaded: &rules::Loaded) -> Result<String, Stop> {
    let policies = loaded.library.policies().filter(|policy| matches!(policy.body, Body::Authorization(_)));
    let mut names: Vec<&str> = policies.map(|policy| policy.name.as_str()).collect();
    names.dedup();
    match names.as_slice() {
        [name] => Ok((*name).to_owned()),
        [] => {
            let message = "no policy begins with `authorization:`; name the folder of yours with `--rules`, and see \
                           `rulebook check`";
            Err(Stop::Usage(message.to_owned()))
        }
        names => {
            let message =
                format!("several policies authorize services: name one of {} with `--policy`", names.join(", "));
            Err(Stop::Usage(message))
        }
    }
}
