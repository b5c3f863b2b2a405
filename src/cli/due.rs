//! `rulebook due`: deadlines, elapsed open time, and whether a calendar is open.

use std::path::Path;
use std::sync::Arc;

use serde_json::json;

use crate::diagnostic::Bag;
use crate::engine::Stamp;
use crate::policy::Library;
use crate::render::{diagnostics, readable, rfc3339};
use crate::time::{
    AtRisk, Calendar, Clock, ClockEvent, ClockRules, Due, Duration, Instant, OutOfRange, Reckoning, Share, Turnaround,
};

use super::options::{Format, Options};
use super::output::{self, Output};
use super::{Exit, Stop, rules};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rulebook due \"5-7 business days\" --calendar us-business --from 2026-09-03T11:15:00-04:00
  rulebook due --calendar us-business --from 2026-09-03T11:15:00-04:00 --until 2026-09-08T10:00:00-04:00
  rulebook due --calendar us-business --from 2026-09-07T11:15:00-04:00 --open")]
pub(super) struct Args {
    /// The turnaround, such as "5-7 business days"
    #[arg(required_unless_present_any = ["until", "open"], conflicts_with_all = ["until", "open"])]
    turnaround: Option<String>,
    /// The calendar: its name, or a .yaml file that declares one
    #[arg(long, value_name = "CALENDAR", required_unless_present = "turnaround")]
    calendar: Option<String>,
    /// The instant to start from, RFC 3339 with an offset
    #[arg(long, value_name = "INSTANT")]
    from: String,
    /// Tell how much open time passes until this instant
    #[arg(long, value_name = "INSTANT", conflicts_with = "open")]
    until: Option<String>,
    /// Tell whether the calendar is open, and when that changes
    #[arg(long)]
    open: bool,
    /// A time in which the clock stands still, FROM..TO; may be given several times
    #[arg(long, value_name = "FROM..TO", conflicts_with_all = ["until", "open"])]
    pause: Vec<String>,
    /// Tell when this share of the time has run, such as 80%; may be given several times
    #[arg(long, value_name = "SHARE", conflicts_with_all = ["until", "open"])]
    at_risk: Vec<String>,
    /// How the answer is written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

pub(super) fn run(args: &Args, options: &Options, out: &mut Output) -> Result<Exit, Stop> {
    let (from, offset) = instant("--from", &args.from)?;
    let calendar = args.calendar.as_deref().map(|name| calendar(name, options)).transpose()?;
    let stamp = |at: Instant| {
        let offset = calendar.as_ref().map_or(offset, |calendar| calendar.zone().offset_at(at));
        Stamp { at, offset }
    };
    let answer = match (&args.turnaround, &calendar) {
        (Some(phrase), calendar) => {
            let mut at_risk = args.at_risk.iter().map(|text| share(text)).collect::<Result<Vec<_>, _>>()?;
            at_risk.sort_unstable();
            let asked = Asked { from, pauses: pauses(&args.pause, from)?, at_risk };
            due(phrase, calendar.as_deref(), asked, &stamp)?
        }
        (None, Some(calendar)) if args.open => open(calendar, from, &stamp)?,
        (None, Some(calendar)) => {
            let until = args.until.as_deref().unwrap_or_default();
            elapsed(calendar, from, instant("--until", until)?.0)?
        }
        // clap has asked for one or the other
        (None, None) => return Err(Stop::Usage("name a `--calendar`".to_owned())),
    };
    match args.format {
        Format::Text => out.line(&answer.text)?,
        Format::Json => out.line(&answer.json.to_string())?,
    }
    Ok(Exit::Done)
}

struct Answer {
    text: String,
    json: serde_json::Value,
}

/// What a turnaround is reckoned from.
struct Asked {
    from: Instant,
    pauses: Vec<(Instant, Instant)>,
    at_risk: Vec<Share>,
}

fn due(
    phrase: &str,
    calendar: Option<&Calendar>,
    asked: Asked,
    stamp: &dyn Fn(Instant) -> Stamp,
) -> Result<Answer, Stop> {
    let turnaround = Turnaround::parse(phrase).map_err(|error| Stop::Usage(format!("{error}; {}", error.help())))?;
    if calendar.is_none() && turnaround.needs_calendar() {
        return Err(Stop::Usage(format!("`{turnaround}` is counted in a calendar: name one with `--calendar`")));
    }
    let Asked { from, pauses, at_risk } = asked;
    let until = pauses.last().map_or(from, |(_, to)| *to);
    let events = pauses.into_iter().flat_map(|(from, to)| [(ClockEvent::Pause, from), (ClockEvent::Resume, to)]);
    let clock = Clock::new(events.collect(), from, until)
        .map_err(|error| Stop::Usage(format!("`--pause`: {error}; {}", error.help())))?;
    let rules = ClockRules { pausable: true, at_risk };
    let Reckoning { due: Due { target, limit }, at_risk, .. } =
        clock.reckon(&turnaround, calendar, &rules, from, until).map_err(beyond)?;
    let limit = stamp(limit);
    let mut answer = match target.map(stamp) {
        Some(target) => Answer {
            text: format!("from  {}\nto    {}", readable(target), readable(limit)),
            json: json!({ "within": turnaround.to_string(), "target": rfc3339(target), "limit": rfc3339(limit) }),
        },
        None => {
            Answer { text: readable(limit), json: json!({ "within": turnaround.to_string(), "limit": rfc3339(limit) }) }
        }
    };
    let mut shares = Vec::with_capacity(at_risk.len());
    for AtRisk { share, at, .. } in at_risk {
        let at = stamp(at);
        answer.text += &format!("\n{:<5} {}", share.to_string(), readable(at));
        shares.push(json!({ "share": share.to_string(), "at": rfc3339(at) }));
    }
    if let (false, Some(object)) = (shares.is_empty(), answer.json.as_object_mut()) {
        object.insert("at_risk".to_owned(), shares.into());
    }
    Ok(answer)
}

/// Reads `--pause FROM..TO`, in order of time, none of them before `from` or another's end.
fn pauses(texts: &[String], from: Instant) -> Result<Vec<(Instant, Instant)>, Stop> {
    let read = |text: &String| {
        let shape = || Stop::Usage(format!("`--pause`: `{text}` is not FROM..TO: put two dots between two instants"));
        let (begins, ends) = text.split_once("..").ok_or_else(shape)?;
        Ok((instant("--pause", begins)?.0, instant("--pause", ends)?.0))
    };
    let mut pauses = texts.iter().map(read).collect::<Result<Vec<_>, Stop>>()?;
    pauses.sort_unstable();
    let mut before = from;
    for (begins, ends) in &pauses {
        if *begins < before {
            let help = "a pause begins after `--from`, and after the pause before it";
            return Err(Stop::Usage(format!("`--pause` begins too early: {help}")));
        }
        if ends < begins {
            return Err(Stop::Usage("`--pause` ends before it begins: swap the two".to_owned()));
        }
        before = *ends;
    }
    Ok(pauses)
}

fn share(text: &str) -> Result<Share, Stop> {
    Share::parse(text).map_err(|error| Stop::Usage(format!("`--at-risk`: {error}; {}", error.help())))
}

fn open(calendar: &Calendar, at: Instant, stamp: &dyn Fn(Instant) -> Stamp) -> Result<Answer, Stop> {
    let open = calendar.is_open(at).map_err(beyond)?;
    // a calendar that never closes has no next change
    let change = if open { calendar.next_closing(at) } else { calendar.next_opening(at) }.ok().map(stamp);
    let (word, key) = if open { ("open", "until") } else { ("closed", "opens") };
    let mut json = json!({ "open": open });
    if let (Some(change), Some(object)) = (change, json.as_object_mut()) {
        object.insert(key.to_owned(), rfc3339(change).into());
    }
    let text = match change {
        Some(change) => format!("{word} until {}", readable(change)),
        None => word.to_owned(),
    };
    Ok(Answer { text, json })
}

fn elapsed(calendar: &Calendar, from: Instant, until: Instant) -> Result<Answer, Stop> {
    if until < from {
        return Err(Stop::Usage("`--until` is earlier than `--from`: swap the two".to_owned()));
    }
    let seconds = calendar.open_seconds_between(from, until).map_err(beyond)?;
    let text = Duration::from_seconds(seconds).map(|duration| duration.to_string()).unwrap_or_default();
    Ok(Answer { json: json!({ "open_seconds": seconds, "open": text }), text })
}

fn beyond(_: OutOfRange) -> Stop {
    Stop::Usage("that lies beyond the calendar, which reaches from 1900 to 2199: correct the instants".to_owned())
}

fn instant(option: &str, text: &str) -> Result<(Instant, i32), Stop> {
    match Instant::parse(text) {
        Ok((instant, offset)) => Ok((instant, offset.local_minus_utc())),
        Err(error) => Err(Stop::Usage(format!("`{option}`: {error}; {}", error.help()))),
    }
}

/// A calendar of the rules by its name, else of the file that the name leads to.
fn calendar(name: &str, options: &Options) -> Result<Arc<Calendar>, Stop> {
    let path = Path::new(name);
    if path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml") {
        let mut bag = Bag::default();
        let sources: Vec<_> = rules::source(path, name, &mut bag).into_iter().collect();
        let library = Library::load(&sources, &rules::zones(options)?, &mut bag);
        if bag.has_errors() {
            output::report(&diagnostics::text(&bag.into_sorted(), true));
            return Err(Stop::Rules);
        }
        let declared = library.calendar_names().next().and_then(|name| library.calendar(name).cloned());
        let none = || Stop::Usage(format!("`{name}` declares no calendar: such a file begins with `calendar: NAME`"));
        return declared.ok_or_else(none);
    }
    let loaded = rules::load(options)?;
    if let Some(calendar) = loaded.library.calendar(name) {
        return Ok(Arc::clone(calendar));
    }
    if !loaded.diagnostics.is_empty() {
        output::report(&diagnostics::text(&loaded.diagnostics, true));
    }
    Err(rules::unknown("calendar", name, &loaded.library.calendar_names().collect::<Vec<_>>()))
}
