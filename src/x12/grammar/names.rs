//! Names with their addresses, numbers and contacts: the loops 2010.

use super::Relation::{Either, Pair};
use super::codes::{
    CHANNEL, CONTACT, MEMBER_ID, OTHER_REVIEWER, PROVIDER, PROVIDER_ID, PROVIDER_ROLE, REQUESTER, REVIEWER,
    REVIEWER_ID, TRANSPORT, YES_NO,
};
use super::review::{AAA, DTP_DENIAL};
use super::{FORMAT, Item, Loop, PERIOD, Rule, UNUSED, code, date, decimal, must, one_of, parts, text, whole};

/// NM1 of those who are called by these codes, identified by those.
macro_rules! nm1 {
    ($who:expr, $id:expr) => {
        Rule::new(
            "NM1",
            &[
                must(one_of($who)),
                must(one_of(&["1", "2"])),
                text(1, 60),
                text(1, 35),
                text(1, 25),
                text(1, 10),
                text(1, 10),
                $id,
                text(2, 80),
                UNUSED,
                UNUSED,
                UNUSED,
            ],
        )
        .told_by(1)
        .relations(&[Pair(8, 9)])
    };
}

const REVIEWER_NAME: Rule = nm1!(REVIEWER, must(one_of(REVIEWER_ID)));
const REQUESTER_NAME: Rule = nm1!(REQUESTER, must(one_of(PROVIDER_ID)));
const SUBSCRIBER_NAME: Rule = nm1!(&["IL"], must(one_of(MEMBER_ID)));
const DEPENDENT_NAME: Rule = nm1!(&["QC"], one_of(MEMBER_ID));
const PROVIDER_NAME: Rule = nm1!(PROVIDER, one_of(PROVIDER_ID));
const TRANSPORT_NAME: Rule = nm1!(TRANSPORT, code(1, 2));
const OTHER_REVIEWER_NAME: Rule = nm1!(OTHER_REVIEWER, code(1, 2));
const CONTACT_NAME: Rule = nm1!(CONTACT, code(1, 2));

/// Further numbers of somebody.
const REF: Rule = Rule::new("REF", &[must(code(2, 3)), text(1, 50), text(1, 80), UNUSED]).relations(&[Either(2, 3)]);
/// Why another reviewer denied.
const REF_DENIAL: Rule = Rule::new(
    "REF",
    &[
        must(code(2, 3)),
        must(text(1, 50)),
        UNUSED,
        parts(&[must(code(2, 3)), must(text(1, 50)), code(2, 3), text(1, 50), code(2, 3), text(1, 50)]),
    ],
);
const N3: Rule = Rule::new("N3", &[must(text(1, 55)), text(1, 55)]);
const N4: Rule = Rule::new("N4", &[text(2, 30), code(2, 2), code(3, 15), code(2, 3), UNUSED, UNUSED, code(1, 3)]);
const PER: Rule = Rule::new(
    "PER",
    &[
        must(one_of(&["IC"])),
        text(1, 60),
        one_of(CHANNEL),
        text(1, 256),
        one_of(CHANNEL),
        text(1, 256),
        one_of(CHANNEL),
        text(1, 256),
        UNUSED,
    ],
)
.relations(&[Pair(3, 4), Pair(5, 6), Pair(7, 8)]);
const PRV: Rule = Rule::new("PRV", &[must(one_of(PROVIDER_ROLE)), code(2, 3), text(1, 50), UNUSED, UNUSED, UNUSED])
    .relations(&[Pair(2, 3)]);
const DMG: Rule = Rule::new(
    "DMG",
    &[
        FORMAT,
        PERIOD,
        one_of(&["F", "M", "U"]),
        code(1, 1),
        text(1, 10),
        code(1, 2),
        code(2, 3),
        code(1, 2),
        decimal(15),
        code(1, 3),
        text(1, 30),
    ],
)
.relations(&[Pair(1, 2)]);
const INS: Rule = Rule::new(
    "INS",
    &[
        must(one_of(YES_NO)),
        must(code(2, 2)),
        code(3, 3),
        code(2, 3),
        code(1, 1),
        text(1, 3),
        code(1, 2),
        code(2, 2),
        code(1, 1),
        code(1, 1),
        code(2, 3),
        date(8),
        code(1, 1),
        text(2, 30),
        code(2, 2),
        code(2, 3),
        whole(1, 9),
    ],
);

/// A loop of one name: what may follow it, and its rejections where they are of a response.
macro_rules! named {
    ($name:literal, $opening:expr, [$($item:expr),* $(,)?]) => {
        Loop { name: $name, items: &[Item::required(&$opening), $($item),*] }
    };
}

pub(super) const REQUEST_2010A: Loop = named!("2010A", REVIEWER_NAME, []);
pub(super) const RESPONSE_2010A: Loop = named!("2010A", REVIEWER_NAME, [Item::up_to(1, &PER), Item::up_to(9, &AAA)]);

pub(super) const REQUEST_2010B: Loop = named!(
    "2010B",
    REQUESTER_NAME,
    [Item::up_to(8, &REF), Item::up_to(1, &N3), Item::up_to(1, &N4), Item::up_to(1, &PER), Item::up_to(1, &PRV),]
);
pub(super) const RESPONSE_2010B: Loop = named!(
    "2010B",
    REQUESTER_NAME,
    [
        Item::up_to(8, &REF),
        Item::up_to(1, &N3),
        Item::up_to(1, &N4),
        Item::up_to(1, &PER),
        Item::up_to(9, &AAA),
        Item::up_to(1, &PRV),
    ]
);

pub(super) const REQUEST_2010C: Loop = named!(
    "2010C",
    SUBSCRIBER_NAME,
    [Item::up_to(9, &REF), Item::up_to(1, &N3), Item::up_to(1, &N4), Item::up_to(1, &DMG), Item::up_to(1, &INS),]
);
pub(super) const RESPONSE_2010C: Loop = named!(
    "2010C",
    SUBSCRIBER_NAME,
    [
        Item::up_to(9, &REF),
        Item::up_to(1, &N3),
        Item::up_to(1, &N4),
        Item::up_to(9, &AAA),
        Item::up_to(1, &DMG),
        Item::up_to(1, &INS),
    ]
);

pub(super) const REQUEST_2010D: Loop = named!(
    "2010D",
    DEPENDENT_NAME,
    [Item::up_to(3, &REF), Item::up_to(1, &N3), Item::up_to(1, &N4), Item::up_to(1, &DMG), Item::up_to(1, &INS),]
);
pub(super) const RESPONSE_2010D: Loop = named!(
    "2010D",
    DEPENDENT_NAME,
    [
        Item::up_to(3, &REF),
        Item::up_to(1, &N3),
        Item::up_to(1, &N4),
        Item::up_to(9, &AAA),
        Item::up_to(1, &DMG),
        Item::up_to(1, &INS),
    ]
);

/// Who takes part, in a request: the loops 2010EA and 2010F have the same items.
macro_rules! provider {
    ($name:literal) => {
        named!(
            $name,
            PROVIDER_NAME,
            [
                Item::up_to(8, &REF),
                Item::up_to(1, &N3),
                Item::up_to(1, &N4),
                Item::up_to(1, &PER),
                Item::up_to(1, &PRV),
            ]
        )
    };
    ($name:literal, rejected) => {
        named!(
            $name,
            PROVIDER_NAME,
            [
                Item::up_to(8, &REF),
                Item::up_to(1, &N3),
                Item::up_to(1, &N4),
                Item::up_to(1, &PER),
                Item::up_to(9, &AAA),
                Item::up_to(1, &PRV),
            ]
        )
    };
}

pub(super) const REQUEST_2010EA: Loop = provider!("2010EA");
pub(super) const RESPONSE_2010EA: Loop = provider!("2010EA", rejected);
pub(super) const REQUEST_2010F: Loop = provider!("2010F");
pub(super) const RESPONSE_2010FA: Loop = provider!("2010FA", rejected);

/// Whom to send further information to, about the event or a service.
macro_rules! contact {
    ($name:literal) => {
        named!($name, CONTACT_NAME, [Item::up_to(1, &N3), Item::up_to(1, &N4), Item::up_to(1, &PER)])
    };
}

pub(super) const RESPONSE_2010EB: Loop = contact!("2010EB");
pub(super) const RESPONSE_2010FB: Loop = contact!("2010FB");

pub(super) const REQUEST_2010EB: Loop = named!("2010EB", TRANSPORT_NAME, [Item::up_to(1, &N3), Item::up_to(1, &N4)]);
pub(super) const RESPONSE_2010EC: Loop = named!("2010EC", TRANSPORT_NAME, [Item::up_to(1, &N3), Item::up_to(1, &N4)]);
pub(super) const REQUEST_2010EC: Loop =
    named!("2010EC", OTHER_REVIEWER_NAME, [Item::up_to(1, &REF_DENIAL), Item::up_to(1, &DTP_DENIAL)]);
pub(super) const RESPONSE_2010ED: Loop =
    named!("2010ED", OTHER_REVIEWER_NAME, [Item::up_to(1, &REF_DENIAL), Item::up_to(1, &DTP_DENIAL)]);
