//! What a ledger says of a command, in the words of the model.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use rulebook::ledger::{Act, Command, Determined, Error, Ledger, Refusal, RequestOpened, Submitted, Terms};

use super::corner::date;
use crate::ledger::model::{Made, Told, Word, told};

/// What a ledger said of a command.
pub struct Said {
    pub replayed: bool,
    pub told: Told,
    pub made: Made,
    /// All of the answer, as text.
    pub text: String,
}

/// Says a command; `tell` puts the answer into the words of the model.
pub fn said<C: Command>(
    ledger: &mut Ledger,
    act: Act<'_>,
    command: &C,
    tell: impl Fn(&C::Answer) -> (Told, Made),
) -> Result<Said, Error>
where
    C::Answer: std::fmt::Debug,
{
    let answer = ledger.run(act, command)?;
    let (told, made) = tell(&answer.value);
    Ok(Said { replayed: answer.replayed, told, made, text: format!("{:?}", answer.value) })
}

pub fn yes(yes: bool) -> (Told, Made) {
    (Told { yes, ..Told::default() }, Made::default())
}

pub fn opened(opened: &RequestOpened) -> (Told, Made) {
    let (request, authorization) = (opened.request.0, opened.authorization.0);
    let told = Told { word: Some(opened.purpose.word()), ..Told::default() };
    (told, Made { request, authorization, ..Made::default() })
}

pub fn sent(sent: &Submitted) -> (Told, Made) {
    let made = Made { request: sent.request.0, transmission: sent.transmission.0, ..Made::default() };
    (Told { control: Some(sent.control), ..Told::default() }, made)
}

fn terms(terms: &Terms) -> told::Terms {
    told::Terms {
        units: terms.units.ten_thousandths(),
        days: (number_of(terms.first_day), number_of(terms.last_day)),
        codes: digits(&terms.codes),
    }
}

pub fn came(determined: &Determined) -> told::Came {
    told::Came {
        request: determined.request.0,
        authorization: determined.authorization.0,
        stands: determined.stands,
        status: determined.status.word(),
        flagged: digits(&determined.flagged),
        attached: digits(&determined.attached),
        not_attached: determined.not_attached.iter().map(|one| (digit(&one.charge), word(&one.word))).collect(),
        offered: digits(&determined.offered),
        modified: determined.modified.as_ref().map(|change| (terms(&change.granted), terms(&change.asked))),
    }
}

fn number_of(day: NaiveDate) -> i32 {
    i32::try_from((day - date(0)).num_days()).unwrap()
}

/// The last digit of a name: what a history numbers.
fn digit(name: &str) -> u8 {
    name.bytes().last().unwrap() - b'0'
}

pub fn digits<'a>(names: impl IntoIterator<Item = &'a String>) -> BTreeSet<u8> {
    names.into_iter().map(|name| digit(name)).collect()
}

pub fn word(text: &str) -> Word {
    Refusal::WORDS.iter().chain(&["no_request"]).find(|word| **word == text).unwrap()
}
