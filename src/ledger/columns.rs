//! The columns of each record, in the order in which it reads them.

macro_rules! member {
    () => {
        "id, last_name, first_name, born, sex, subscriber"
    };
}

macro_rules! charge {
    () => {
        "id, member, payer, day, code, units, auth_required, validated, flag, authorization_id"
    };
}

macro_rules! authorization {
    () => {
        "id, member, payer, number, status, first_day, last_day, approved, used, modified, follow_up, request_id, codes, \
         renews"
    };
}

macro_rules! attachment {
    () => {
        "id, authorization_id, charge, units, at, reverses, reversed"
    };
}

macro_rules! request {
    () => {
        "id, authorization_id, partner, trace, reference, state, units, first_day, last_day, codes, approval, outcome, \
         modified, correctable, reasons, attempts, next_retry, submitted_at, due, appeal_by, standing, purpose, earlier, \
         review"
    };
}

macro_rules! message {
    () => {
        "id, partner, name, sha256, at, fault"
    };
}

macro_rules! transmission {
    () => {
        "id, partner, control, request_id, name, sha256, at, written_at"
    };
}

pub(super) use {attachment, authorization, charge, member, message, request, transmission};
