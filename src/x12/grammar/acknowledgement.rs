//! The 999, which tells whether a group was taken.

use super::Usage::Situational;
use super::{ANY, Element, Item, Loop, Rule, code, must, one_of, parts, text, whole};

const TAKEN: &[&str] = &["A", "E", "M", "P", "R", "W", "X"];

const AK1: Rule = Rule::new("AK1", &[must(code(2, 2)), must(whole(1, 9)), text(1, 12)]);
const AK2: Rule = Rule::new("AK2", &[must(code(3, 3)), must(text(4, 9)), text(1, 35)]);
const IK3: Rule = Rule::new("IK3", &[must(text(1, 3)), must(whole(1, 10)), text(1, 6), code(1, 3)]);
const CTX: Rule = Rule::new(
    "CTX",
    &[
        Element { times: 10, ..must(parts(&[must(text(1, 35)), text(1, 35)])) },
        text(1, 3),
        whole(1, 10),
        text(1, 6),
        POSITION,
        parts(&[whole(1, 4), whole(1, 4)]),
    ],
);
const POSITION: Element = parts(&[must(whole(1, 2)), whole(1, 2), whole(1, 4)]);
const IK4: Rule = Rule::new("IK4", &[must(POSITION), whole(1, 4), must(code(1, 3)), text(1, 99)]);
const IK5: Rule = Rule::new("IK5", &[must(one_of(TAKEN)), code(1, 3), code(1, 3), code(1, 3), code(1, 3), code(1, 3)]);
const AK9: Rule = Rule::new(
    "AK9",
    &[
        must(one_of(TAKEN)),
        must(whole(1, 6)),
        must(whole(1, 6)),
        must(whole(1, 6)),
        code(1, 3),
        code(1, 3),
        code(1, 3),
        code(1, 3),
        code(1, 3),
    ],
);

const L2110: Loop = Loop { name: "2110", items: &[Item::required(&IK4), Item::up_to(10, &CTX)] };
const L2100: Loop =
    Loop { name: "2100", items: &[Item::required(&IK3), Item::up_to(10, &CTX), Item::group(Situational, ANY, &L2110)] };
const L2000: Loop =
    Loop { name: "2000", items: &[Item::required(&AK2), Item::group(Situational, ANY, &L2100), Item::required(&IK5)] };

/// What stands between ST and SE of a 999.
pub(in crate::x12) const ACKNOWLEDGEMENT: Loop =
    Loop { name: "999", items: &[Item::required(&AK1), Item::group(Situational, ANY, &L2000), Item::required(&AK9)] };
