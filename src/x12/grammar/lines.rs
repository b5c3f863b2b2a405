//! The services of a line: SV1, SV2, SV3 and TOO.

use super::Relation::{Either, Pair};
use super::codes::{DENTAL, SERVICE, UNIT};
use super::{Element, Rule, UNUSED, code, decimal, must, one_of, parts, text, whole};

/// The code of a service with its modifiers, its words, and the last code if it is a range.
macro_rules! procedure {
    ($codes:expr) => {
        parts(&[
            must(one_of($codes)),
            must(text(1, 48)),
            text(2, 2),
            text(2, 2),
            text(2, 2),
            text(2, 2),
            text(1, 80),
            text(1, 48),
        ])
    };
}

const POINTER: Element = parts(&[must(whole(1, 2)), whole(1, 2), whole(1, 2), whole(1, 2)]);

pub(super) const SV1: Rule = Rule::new(
    "SV1",
    &[
        must(procedure!(SERVICE)),
        decimal(18),
        one_of(UNIT),
        decimal(15),
        UNUSED,
        UNUSED,
        POINTER,
        UNUSED,
        UNUSED,
        UNUSED,
        code(1, 1),
        UNUSED,
        UNUSED,
        UNUSED,
        UNUSED,
        UNUSED,
        UNUSED,
        UNUSED,
        UNUSED,
        code(1, 1),
        UNUSED,
    ],
)
.relations(&[Pair(3, 4)]);
pub(super) const SV2: Rule = Rule::new(
    "SV2",
    &[
        text(1, 48),
        procedure!(SERVICE),
        decimal(18),
        one_of(UNIT),
        decimal(15),
        decimal(10),
        UNUSED,
        UNUSED,
        code(1, 1),
        code(1, 1),
    ],
)
.relations(&[Either(1, 2), Pair(4, 5)]);
pub(super) const SV3: Rule = Rule::new(
    "SV3",
    &[
        must(procedure!(DENTAL)),
        decimal(18),
        UNUSED,
        parts(&[must(code(1, 3)), code(1, 3), code(1, 3), code(1, 3), code(1, 3)]),
        code(1, 1),
        must(decimal(15)),
        text(1, 80),
        UNUSED,
        UNUSED,
        UNUSED,
        UNUSED,
    ],
);
pub(super) const TOO: Rule = Rule::new(
    "TOO",
    &[
        must(one_of(&["JP"])),
        must(text(1, 30)),
        parts(&[must(code(1, 2)), code(1, 2), code(1, 2), code(1, 2), code(1, 2)]),
    ],
);
