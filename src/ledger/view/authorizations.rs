//! Authorizations.

use chrono::NaiveDate;

use super::super::{Authorization, AuthorizationId, Ledger, Status, StoreError, View, columns};

/// Which authorizations are listed; what is absent does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those of a member.
    pub member: Option<String>,
    /// Those of a payer.
    pub payer: Option<String>,
    /// Those with a number that the payer gave.
    pub number: Option<String>,
    /// Those of a stored status.
    pub status: Option<Status>,
    /// Those that people see so on a date.
    pub view: Option<(View, NaiveDate)>,
    /// Those with an id after this, so that lists can be cut into pages.
    pub after: Option<AuthorizationId>,
    /// At most so many.
    pub most: Option<u32>,
}

impl Filter {
    /// The conditions on rows, with their values. A view is a stored status and more.
    fn conditions(&self) -> (Vec<String>, Vec<Value>) {
        let mut said: Vec<(&str, Value)> = Vec::new();
        if let Some(member) = &self.member {
            said.push(("member = ", Value::Text(member.clone())));
        }
        if let Some(payer) = &self.payer {
            said.push(("payer = ", Value::Text(payer.clone())));
        }
        if let Some(number) = &self.number {
            said.push(("number = ", Value::Text(number.clone())));
        }
        if let Some(status) = self.status {
            said.push(("status = ", Value::Text(status.word().to_owned())));
        }
        if let Some(after) = self.after {
            said.push(("id > ", Value::Int(after.0)));
        }
        if let Some((view, on)) = self.view {
            let status = match view {
                View::Active | View::Expired | View::Exhausted => Status::Active.word(),
                View::Pending | View::Denied | View::Cancelled | View::NotRequired => view.word(),
            };
            said.push(("status = ", Value::Text(status.to_owned())));
            let on = Value::Text(on.to_string());
            match view {
                View::Active => said.push(("used < approved AND last_day >= ", on)),
                View::Exhausted => said.push(("used >= approved AND last_day >= ", on)),
                View::Expired => said.push(("last_day < ", on)),
                View::Pending | View::Denied | View::Cancelled | View::NotRequired => {}
            }
        }
        let (texts, values): (Vec<&str>, Vec<Value>) = said.into_iter().unzip();
        (texts.iter().zip(1..).map(|(text, number)| format!("{text}?{number}")).collect(), values)
    }
}

enum Value {
    Text(String),
    Int(i64),
}

impl Ledger {
    /// An authorization by the ledger's number.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn authorization(&mut self, id: AuthorizationId) -> Result<Option<Authorization>, StoreError> {
        let sql = concat!("SELECT ", columns::authorization!(), " FROM authorizations WHERE id = ?1");
        self.read(|tx| tx.first(sql, &[id.0.into()], Authorization::read))
    }

    /// The authorizations to which payers gave a number; each payer gives it once.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn authorizations_by_number(&mut self, number: &str) -> Result<Vec<Authorization>, StoreError> {
        let sql =
            concat!("SELECT ", columns::authorization!(), " FROM authorizations WHERE number = ?1 ORDER BY payer");
        self.read(|tx| tx.all(sql, &[number.into()], Authorization::read))
    }

    /// The authorizations that renew or extend one, oldest first.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn renewals(&mut self, id: AuthorizationId) -> Result<Vec<Authorization>, StoreError> {
        let sql = concat!("SELECT ", columns::authorization!(), " FROM authorizations WHERE renews = ?1 ORDER BY id");
        self.read(|tx| tx.all(sql, &[id.0.into()], Authorization::read))
    }

    /// Authorizations, in the order of their ids.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn authorizations(&mut self, filter: &Filter) -> Result<Vec<Authorization>, StoreError> {
        let (conditions, values) = filter.conditions();
        let values: Vec<_> = values
            .iter()
            .map(|value| match value {
                Value::Text(text) => text.as_str().into(),
                Value::Int(int) => (*int).into(),
            })
            .collect();
        let mut sql = concat!("SELECT ", columns::authorization!(), " FROM authorizations").to_owned();
        if !conditions.is_empty() {
            sql += " WHERE ";
            sql += &conditions.join(" AND ");
        }
        sql += " ORDER BY id";
        if let Some(most) = filter.most {
            sql += &format!(" LIMIT {most}");
        }
        self.read(|tx| tx.all(&sql, &values, Authorization::read))
    }

    /// The authorizations of a member, those with most units left first, then those that end first, then by number:
    /// the order in which they are offered for a charge. Which of them serve it is said by `obstacles`.
    ///
    /// # Errors
    ///
    /// A [`StoreError`].
    pub fn candidates(&mut self, member: &str) -> Result<Vec<Authorization>, StoreError> {
        let sql = concat!(
            "SELECT ",
            columns::authorization!(),
            " FROM authorizations WHERE member = ?1 ORDER BY approved - used DESC, last_day, coalesce(number, ''), id"
        );
        self.read(|tx| tx.all(sql, &[member.into()], Authorization::read))
    }
}
