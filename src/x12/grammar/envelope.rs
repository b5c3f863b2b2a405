//! Interchanges, groups, transactions and TA1.

use super::{Rule, UNUSED, code, date, must, one_of, text, time, whole};

pub(in crate::x12) const ISA: Rule = Rule::new(
    "ISA",
    &[
        must(code(2, 2)),
        text(10, 10),
        must(code(2, 2)),
        text(10, 10),
        must(code(2, 2)),
        must(text(15, 15)),
        must(code(2, 2)),
        must(text(15, 15)),
        must(date(6)),
        must(time(4)),
        must(text(1, 1)),
        must(one_of(&["00501"])),
        must(whole(9, 9)),
        must(one_of(&["0", "1"])),
        must(one_of(&["P", "T"])),
        must(text(1, 1)),
    ],
);

pub(in crate::x12) const GS: Rule = Rule::new(
    "GS",
    &[
        must(code(2, 2)),
        must(text(2, 15)),
        must(text(2, 15)),
        must(date(8)),
        must(time(8)),
        must(whole(1, 9)),
        must(one_of(&["X"])),
        must(text(1, 12)),
    ],
);

pub(in crate::x12) const ST: Rule = Rule::new("ST", &[must(code(3, 3)), must(text(4, 9)), must(text(1, 35))]);
pub(in crate::x12) const SE: Rule = Rule::new("SE", &[must(whole(1, 10)), must(text(4, 9))]);
pub(in crate::x12) const GE: Rule = Rule::new("GE", &[must(whole(1, 6)), must(whole(1, 9))]);
pub(in crate::x12) const IEA: Rule = Rule::new("IEA", &[must(whole(1, 5)), must(whole(9, 9))]);

pub(in crate::x12) const TA1: Rule = Rule::new(
    "TA1",
    &[must(whole(9, 9)), must(date(6)), must(time(4)), must(one_of(&["A", "E", "R"])), must(whole(3, 3)), UNUSED],
);
