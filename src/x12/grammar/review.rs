//! Segments about what is asked for and what was decided.

use super::Relation::Pair;
use super::codes::{
    ACTION, BASIS, CATEGORY, CAUSE, CERTIFICATION, DIAGNOSIS, FOLLOW_UP, LEVEL_OF_SERVICE, QUANTITY, REJECTION,
    RELEASE, TRANSMISSION, YES_NO,
};
use super::{Element, FORMAT, PERIOD, Rule, UNUSED, code, date, decimal, must, one_of, parts, text, time, whole};

/// BHT with this purpose and these types of transaction.
macro_rules! bht {
    ($purpose:literal, $types:expr) => {
        Rule::new(
            "BHT",
            &[
                must(one_of(&["0007"])),
                must(one_of(&[$purpose])),
                must(text(1, 50)),
                must(date(8)),
                must(time(8)),
                one_of($types),
            ],
        )
    };
}

pub(super) const BHT_REQUEST: Rule = bht!("13", &["RU"]);
pub(super) const BHT_RESPONSE: Rule = bht!("11", &["18", "19", "AT", "RU"]);

/// HL of a level. The check of the hierarchy looks at its parent and children.
macro_rules! hl {
    ($level:literal) => {
        Rule::new("HL", &[must(text(1, 12)), text(1, 12), must(one_of(&[$level])), must(one_of(&["0", "1"]))])
            .told_by(3)
    };
}

pub(super) const HL_REVIEWER: Rule = hl!("20");
pub(super) const HL_REQUESTER: Rule = hl!("21");
pub(super) const HL_SUBSCRIBER: Rule = hl!("22");
pub(super) const HL_DEPENDENT: Rule = hl!("23");
pub(super) const HL_EVENT: Rule = hl!("EV");
pub(super) const HL_SERVICE: Rule = hl!("SS");

pub(super) const AAA: Rule =
    Rule::new("AAA", &[must(one_of(YES_NO)), UNUSED, must(one_of(REJECTION)), must(one_of(FOLLOW_UP))]);

/// TRN: who follows the message by which number. `2` marks a number that the other side gave.
macro_rules! trn {
    ($types:expr) => {
        Rule::new("TRN", &[must(one_of($types)), must(text(1, 50)), must(text(10, 10)), text(1, 50)])
    };
}

pub(super) const TRN_REQUEST: Rule = trn!(&["1"]);
pub(super) const TRN_RESPONSE: Rule = trn!(&["1", "2"]);

pub(super) const UM: Rule = Rule::new(
    "UM",
    &[
        must(one_of(CATEGORY)),
        must(one_of(CERTIFICATION)),
        code(1, 2),
        parts(&[must(text(1, 2)), must(one_of(&["A", "B"])), code(1, 1)]),
        parts(&[must(one_of(CAUSE)), one_of(CAUSE), one_of(CAUSE), code(2, 2), code(2, 3)]),
        one_of(LEVEL_OF_SERVICE),
        code(1, 1),
        code(1, 1),
        one_of(RELEASE),
        code(1, 2),
    ],
);

pub(super) const HCR: Rule = Rule::new("HCR", &[must(one_of(ACTION)), text(1, 50), text(1, 30), one_of(YES_NO)]);

/// Numbers of an earlier review (BB, NT).
pub(super) const REF_REVIEW: Rule =
    Rule::new("REF", &[must(one_of(&["BB", "NT"])), must(text(1, 50)), UNUSED, UNUSED]).told_by(1);

macro_rules! dtp {
    ($which:expr) => {
        Rule::new("DTP", &[must(one_of($which)), must(FORMAT), must(PERIOD)]).told_by(1)
    };
}

pub(super) const DTP_EVENT: Rule = dtp!(&["439", "484", "ABC", "431", "AAH", "435", "096"]);
pub(super) const DTP_DECIDED: Rule = dtp!(&["439", "484", "ABC", "431", "AAH", "435", "096", "102", "036", "007"]);
pub(super) const DTP_SERVICE: Rule = dtp!(&["472"]);
pub(super) const DTP_SERVICE_DECIDED: Rule = dtp!(&["472", "102", "036", "007"]);
pub(super) const DTP_DENIAL: Rule = Rule::new("DTP", &[must(code(3, 3)), must(FORMAT), must(PERIOD)]);

const DIAGNOSED: Element = parts(&[
    must(one_of(DIAGNOSIS)),
    must(text(1, 30)),
    FORMAT,
    PERIOD,
    decimal(18),
    decimal(15),
    text(1, 30),
    text(1, 30),
    code(1, 1),
]);

pub(super) const HI: Rule = Rule::new(
    "HI",
    &[
        must(DIAGNOSED),
        DIAGNOSED,
        DIAGNOSED,
        DIAGNOSED,
        DIAGNOSED,
        DIAGNOSED,
        DIAGNOSED,
        DIAGNOSED,
        DIAGNOSED,
        DIAGNOSED,
        DIAGNOSED,
        DIAGNOSED,
    ],
);

pub(super) const HSD: Rule = Rule::new(
    "HSD",
    &[one_of(QUANTITY), decimal(15), one_of(BASIS), decimal(6), code(1, 2), whole(1, 3), code(1, 2), code(1, 1)],
)
.relations(&[Pair(1, 2)]);

pub(super) const CRC: Rule = Rule::new(
    "CRC",
    &[must(code(2, 2)), must(one_of(YES_NO)), must(code(2, 3)), code(2, 3), code(2, 3), code(2, 3), code(2, 3)],
);
pub(super) const CL1: Rule = Rule::new("CL1", &[code(1, 1), code(1, 1), code(1, 2), code(1, 1)]);
pub(super) const CR1: Rule = Rule::new(
    "CR1",
    &[
        code(2, 2),
        decimal(10),
        must(code(1, 1)),
        code(1, 1),
        code(2, 2),
        decimal(15),
        UNUSED,
        UNUSED,
        text(1, 80),
        text(1, 80),
    ],
)
.relations(&[Pair(1, 2), Pair(5, 6)]);
pub(super) const CR2: Rule = Rule::new(
    "CR2",
    &[
        whole(1, 9),
        decimal(15),
        code(2, 3),
        code(2, 3),
        code(2, 2),
        decimal(15),
        decimal(15),
        code(1, 1),
        code(1, 1),
        text(1, 80),
        text(1, 80),
        code(1, 1),
    ],
)
.relations(&[Pair(1, 2)]);
pub(super) const CR5: Rule = Rule::new(
    "CR5",
    &[
        code(1, 1),
        decimal(15),
        code(1, 1),
        code(1, 1),
        text(1, 80),
        must(decimal(15)),
        decimal(15),
        decimal(15),
        text(1, 80),
        decimal(15),
        decimal(15),
        code(1, 1),
        code(1, 1),
        code(1, 1),
        code(1, 1),
        decimal(15),
        must(code(1, 1)),
        code(1, 1),
    ],
);
pub(super) const CR6: Rule = Rule::new(
    "CR6",
    &[
        must(code(1, 1)),
        must(date(8)),
        FORMAT,
        PERIOD,
        UNUSED,
        code(1, 1),
        must(code(1, 1)),
        must(code(1, 1)),
        date(8),
        code(2, 2),
        text(1, 15),
        date(8),
        date(8),
        date(8),
        FORMAT,
        PERIOD,
        code(1, 1),
        UNUSED,
        UNUSED,
        UNUSED,
        UNUSED,
    ],
)
.relations(&[Pair(3, 4), Pair(10, 11), Pair(15, 16)]);

pub(super) const PWK: Rule = Rule::new(
    "PWK",
    &[
        must(code(2, 2)),
        must(one_of(TRANSMISSION)),
        UNUSED,
        UNUSED,
        one_of(&["AC"]),
        text(2, 80),
        text(1, 80),
        UNUSED,
        UNUSED,
    ],
)
.relations(&[Pair(5, 6)]);
pub(super) const MSG: Rule = Rule::new("MSG", &[must(text(1, 264)), UNUSED, UNUSED]);
