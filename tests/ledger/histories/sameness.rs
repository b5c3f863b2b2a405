//! That a ledger holds what the model holds.

use rulebook::ledger::{AuthorizationId, Entity, Kind, Ledger, RequestId, obstacles};

use super::corner::{Corner, amount, codes, date, later};
use crate::ledger::model::{Filed, Model};
use crate::ledger::store::*;

/// The guard in the statement, the verdict of `obstacles` and the model say the same.
pub fn guard_and_verdict_agree(ledger: &mut Ledger, corner: &Corner, model: &Model, charge: u8, id: i64) {
    let found = (ledger.charge(&corner.charge(charge)).unwrap(), ledger.authorization(AuthorizationId(id)).unwrap());
    let (Some(charge_row), Some(authorization)) = found else { return };
    if charge_row.authorization.is_none() {
        let verdict = obstacles(&authorization, &charge_row).first().map(|refusal| refusal.word());
        assert_eq!(verdict, model.obstacle(charge, id).err());
    }
}

/// What can be seen of everything in a history's corner.
pub fn same(ledger: &mut Ledger, corner: &Corner, model: &Model) {
    members(ledger, corner, model);
    charges(ledger, corner, model);
    authorizations(ledger, corner, model);
    requests(ledger, corner, model);
    for (with, documents) in &model.filings {
        let entity = match with {
            Filed::Authorization(id) => Entity::new(Kind::Authorization, id),
            Filed::Request(id) => Entity::new(Kind::Request, id),
        };
        let filed = ledger.filings(&entity).unwrap();
        let told: Vec<_> = filed.into_iter().map(|filing| (filing.name, filing.sha256)).collect();
        let documents = documents.iter().map(|document| corner.document(*document));
        let expected: Vec<_> = documents.map(|document| (document.name.clone(), document.hash())).collect();
        assert_eq!(told, expected, "{entity}");
    }
}

fn members(ledger: &mut Ledger, corner: &Corner, model: &Model) {
    for (id, expected) in &model.members {
        let entered = member(&corner.member(*id));
        let row = ledger.member(&entered.id).unwrap().unwrap();
        assert_eq!(row.last_name, expected.last_name.map_or(entered.last_name, |name| format!("l{name}")));
        assert_eq!(row.first_name, entered.first_name);
        assert_eq!(row.born, expected.born.map(date).or(entered.born));
        assert_eq!(row.sex, expected.sex.map(|sex| format!("s{sex}")));
        assert_eq!(row.subscriber, expected.subscriber.map(|number| format!("u{number}")));
    }
}

fn charges(ledger: &mut Ledger, corner: &Corner, model: &Model) {
    for (id, expected) in &model.charges {
        let row = ledger.one_charge(&corner.charge(*id));
        let told = (row.auth_required, row.validated, row.flag.as_deref(), row.authorization.map(|id| id.0));
        assert_eq!(told, (expected.required, expected.validated, expected.flag, expected.authorization), "charge {id}");
        assert_eq!(
            (row.units, row.day, row.member, row.payer),
            (
                amount(expected.units),
                date(expected.day),
                corner.member(expected.party.member),
                Corner::payer(expected.party.payer)
            ),
        );
    }
}

fn authorizations(ledger: &mut Ledger, corner: &Corner, model: &Model) {
    for (id, expected) in &model.authorizations {
        let row = ledger.auth(AuthorizationId(*id));
        let which = format!("authorization {id}");
        let told = (row.status.word(), row.approved.ten_thousandths(), row.used.ten_thousandths(), row.modified);
        assert_eq!(told, (expected.status, expected.approved, expected.used, expected.modified), "{which}");
        assert_eq!((row.first_day, row.last_day), (date(expected.days.0), date(expected.days.1)), "{which}");
        assert_eq!(row.codes, codes(&expected.codes), "{which}");
        assert_eq!(row.number, expected.number.map(|number| corner.number(number)), "{which}");
        assert_eq!(row.follow_up, expected.follow_up.map(date), "{which}");
        let told = (row.request.map(|id| id.0), row.renews.map(|id| id.0));
        assert_eq!(told, (expected.request, expected.renews), "{which}");
        assert_eq!(row.member, corner.member(expected.party.member), "{which}");
        assert_eq!(row.payer, Corner::payer(expected.party.payer), "{which}");
        let attachments = ledger.attachments(AuthorizationId(*id)).unwrap();
        let told = attachments.iter().map(|row| {
            (row.id.0, row.charge.clone(), row.units.ten_thousandths(), row.reverses.map(|id| id.0), row.reversed)
        });
        let expected = model.attachments.iter().filter(|(_, row)| row.authorization == *id);
        let expected =
            expected.map(|(id, row)| (*id, corner.charge(row.charge), row.units, row.reverses, row.reversed));
        assert_eq!(told.collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "{which}");
        let told = ledger.requests(AuthorizationId(*id)).unwrap().into_iter().map(|row| row.id.0);
        let expected = model.requests.iter().filter(|(_, row)| row.authorization == *id).map(|(id, _)| *id);
        assert_eq!(told.collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "{which}");
    }
}

fn requests(ledger: &mut Ledger, corner: &Corner, model: &Model) {
    for (id, expected) in &model.requests {
        let row = ledger.request(RequestId(*id)).unwrap().unwrap();
        let which = format!("request {id}");
        let told = (row.state.word(), row.attempts, row.outcome, row.modified, row.correctable);
        let known = (expected.state, expected.attempts, expected.outcome, expected.modified, expected.correctable);
        assert_eq!(told, known, "{which}");
        assert_eq!(row.standing.is_some(), expected.standing.is_some(), "{which}");
        let told = (row.purpose.word(), row.earlier.map(|id| id.0), row.trace, row.reference);
        let names = (corner.known_by(&expected.trace), corner.known_by(&expected.reference));
        let known = (expected.purpose, expected.earlier, names.0, names.1);
        assert_eq!(told, known, "{which}");
        let told = (row.next_retry, row.due, row.appeal_by, row.review);
        let review = expected.review.map(|review| format!("v{review}"));
        let known = (expected.next_retry.map(later), expected.due.map(later), expected.appeal_by.map(date), review);
        assert_eq!(told, known, "{which}");
        let known = (
            (!expected.by_hand).then(|| corner.partner()),
            expected.approval.map(|approval| corner.approval(approval)),
        );
        assert_eq!((row.partner, row.approval), known, "{which}");
        assert_eq!(row.submitted_at, (expected.attempts > 0).then_some(act().at), "{which}");
        let told = (row.units, row.first_day, row.last_day, row.codes);
        let days = (date(expected.days.0), date(expected.days.1));
        assert_eq!(told, (amount(expected.units), days.0, days.1, codes(&expected.codes)), "{which}");
        let charges: Vec<String> =
            ledger.originating(RequestId(*id)).unwrap().into_iter().map(|charge| charge.id).collect();
        let mut known: Vec<_> = expected.charges.iter().map(|charge| (model.charges[charge].day, *charge)).collect();
        known.sort_unstable();
        assert_eq!(charges, known.into_iter().map(|(_, charge)| corner.charge(charge)).collect::<Vec<_>>(), "{which}");
        let sent = ledger.transmissions(RequestId(*id)).unwrap();
        let told = sent.iter().map(|sent| (sent.id.0, sent.control, sent.written_at.is_some()));
        let known = model.transmissions.iter().filter(|(_, sent)| sent.request == *id);
        let known = known.map(|(id, sent)| (*id, sent.control, sent.written));
        assert_eq!(told.collect::<Vec<_>>(), known.collect::<Vec<_>>(), "{which}");
    }
}
