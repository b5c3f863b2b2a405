//! Values as both stores take and give them.

use chrono::NaiveDate;

use super::super::{Codes, Hash, StoreError, Units};
use crate::time::{Instant, parse_date};

/// A value of a column. There are no others: units, instants and yes or no are integers, days are text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::ledger) enum Field<'a> {
    /// Nothing.
    Null,
    /// An integer.
    Int(i64),
    /// A text.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
}

impl<'a> Field<'a> {
    pub(in crate::ledger) fn maybe_text(text: Option<&'a str>) -> Field<'a> {
        text.map_or(Field::Null, Field::Text)
    }

    pub(in crate::ledger) fn maybe_int(int: Option<i64>) -> Field<'a> {
        int.map_or(Field::Null, Field::Int)
    }

    pub(in crate::ledger) fn maybe_instant(at: Option<Instant>) -> Field<'a> {
        Field::maybe_int(at.map(Instant::unix))
    }
}

impl From<i64> for Field<'_> {
    fn from(int: i64) -> Self {
        Field::Int(int)
    }
}

impl From<bool> for Field<'_> {
    fn from(yes: bool) -> Self {
        Field::Int(i64::from(yes))
    }
}

impl From<Units> for Field<'_> {
    fn from(units: Units) -> Self {
        Field::Int(units.ten_thousandths())
    }
}

impl From<Instant> for Field<'_> {
    fn from(at: Instant) -> Self {
        Field::Int(at.unix())
    }
}

impl<'a> From<&'a str> for Field<'a> {
    fn from(text: &'a str) -> Self {
        Field::Text(text)
    }
}

impl<'a> From<&'a Hash> for Field<'a> {
    fn from(hash: &'a Hash) -> Self {
        Field::Bytes(hash.bytes())
    }
}

/// A row of an answer.
pub(in crate::ledger) trait Row {
    /// The value of a column, counted from 0.
    fn field(&self, column: usize) -> Result<Field<'_>, StoreError>;
}

/// Reads the columns of a row from left to right.
pub(in crate::ledger) struct Reader<'a> {
    row: &'a dyn Row,
    column: usize,
}

impl<'a> Reader<'a> {
    pub(in crate::ledger) fn new(row: &'a dyn Row) -> Reader<'a> {
        Reader { row, column: 0 }
    }

    pub(in crate::ledger) fn field(&mut self) -> Result<Field<'a>, StoreError> {
        let field = self.row.field(self.column)?;
        self.column += 1;
        Ok(field)
    }

    fn wrong<T>(&self, wanted: &str) -> Result<T, StoreError> {
        Err(StoreError::damaged(format!("column {} of an entry is no {wanted}", self.column)))
    }

    pub(in crate::ledger) fn maybe_int(&mut self) -> Result<Option<i64>, StoreError> {
        match self.field()? {
            Field::Null => Ok(None),
            Field::Int(int) => Ok(Some(int)),
            Field::Text(_) | Field::Bytes(_) => self.wrong("integer"),
        }
    }

    pub(in crate::ledger) fn int(&mut self) -> Result<i64, StoreError> {
        self.maybe_int()?.map_or_else(|| self.wrong("integer"), Ok)
    }

    pub(in crate::ledger) fn yes(&mut self) -> Result<bool, StoreError> {
        match self.int()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => self.wrong("yes or no"),
        }
    }

    pub(in crate::ledger) fn maybe_str(&mut self) -> Result<Option<&'a str>, StoreError> {
        match self.field()? {
            Field::Null => Ok(None),
            Field::Text(text) => Ok(Some(text)),
            Field::Int(_) | Field::Bytes(_) => self.wrong("text"),
        }
    }

    pub(in crate::ledger) fn str(&mut self) -> Result<&'a str, StoreError> {
        self.maybe_str()?.map_or_else(|| self.wrong("text"), Ok)
    }

    pub(in crate::ledger) fn text(&mut self) -> Result<String, StoreError> {
        self.str().map(str::to_owned)
    }

    pub(in crate::ledger) fn maybe_text(&mut self) -> Result<Option<String>, StoreError> {
        Ok(self.maybe_str()?.map(str::to_owned))
    }

    pub(in crate::ledger) fn maybe_bytes(&mut self) -> Result<Option<&'a [u8]>, StoreError> {
        match self.field()? {
            Field::Null => Ok(None),
            Field::Bytes(bytes) => Ok(Some(bytes)),
            Field::Int(_) | Field::Text(_) => self.wrong("bytes"),
        }
    }

    pub(in crate::ledger) fn bytes(&mut self) -> Result<&'a [u8], StoreError> {
        self.maybe_bytes()?.map_or_else(|| self.wrong("bytes"), Ok)
    }

    pub(in crate::ledger) fn hash(&mut self) -> Result<Hash, StoreError> {
        let bytes = self.bytes()?;
        Hash::from_stored(bytes).map_or_else(|| self.wrong("hash"), Ok)
    }

    pub(in crate::ledger) fn maybe_hash(&mut self) -> Result<Option<Hash>, StoreError> {
        match self.maybe_bytes()? {
            None => Ok(None),
            Some(bytes) => Hash::from_stored(bytes).map_or_else(|| self.wrong("hash"), |hash| Ok(Some(hash))),
        }
    }

    pub(in crate::ledger) fn units(&mut self) -> Result<Units, StoreError> {
        let units = self.int()?;
        Units::from_ten_thousandths(units).map_or_else(|| self.wrong("number of units"), Ok)
    }

    /// Units that are taken, or given back: a number with its sign.
    pub(in crate::ledger) fn change(&mut self) -> Result<String, StoreError> {
        let change = self.int()?;
        let units = change.checked_abs().and_then(Units::from_ten_thousandths);
        let sign = if change < 0 { "-" } else { "" };
        units.map_or_else(|| self.wrong("number of units"), |units| Ok(format!("{sign}{units}")))
    }

    pub(in crate::ledger) fn maybe_day(&mut self) -> Result<Option<NaiveDate>, StoreError> {
        match self.maybe_str()? {
            None => Ok(None),
            Some(text) => parse_date(text).map_or_else(|_| self.wrong("day"), |day| Ok(Some(day))),
        }
    }

    pub(in crate::ledger) fn day(&mut self) -> Result<NaiveDate, StoreError> {
        self.maybe_day()?.map_or_else(|| self.wrong("day"), Ok)
    }

    pub(in crate::ledger) fn maybe_instant(&mut self) -> Result<Option<Instant>, StoreError> {
        match self.maybe_int()? {
            None => Ok(None),
            Some(at) => Instant::from_unix(at).map_or_else(|| self.wrong("instant"), |at| Ok(Some(at))),
        }
    }

    pub(in crate::ledger) fn instant(&mut self) -> Result<Instant, StoreError> {
        self.maybe_instant()?.map_or_else(|| self.wrong("instant"), Ok)
    }

    pub(in crate::ledger) fn codes(&mut self) -> Result<Codes, StoreError> {
        self.str().map(Codes::from_stored)
    }

    pub(in crate::ledger) fn word<T>(&mut self, of: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
        let word = self.str()?;
        of(word).map_or_else(|| self.wrong("known word"), Ok)
    }

    pub(in crate::ledger) fn maybe_word<T>(&mut self, of: impl Fn(&str) -> Option<T>) -> Result<Option<T>, StoreError> {
        match self.maybe_str()? {
            None => Ok(None),
            Some(word) => of(word).map_or_else(|| self.wrong("known word"), |word| Ok(Some(word))),
        }
    }
}
