//! The request: what asks a payer to review.

use super::Usage::{Otherwise, Required, Situational};
use super::lines::{SV1, SV2, SV3, TOO};
use super::names::{
    REQUEST_2010A, REQUEST_2010B, REQUEST_2010C, REQUEST_2010D, REQUEST_2010EA, REQUEST_2010EB, REQUEST_2010EC,
    REQUEST_2010F,
};
use super::review::{
    BHT_REQUEST, CL1, CR1, CR2, CR5, CR6, CRC, DTP_EVENT, DTP_SERVICE, HI, HL_DEPENDENT, HL_EVENT, HL_REQUESTER,
    HL_REVIEWER, HL_SERVICE, HL_SUBSCRIBER, HSD, MSG, PWK, REF_REVIEW, TRN_REQUEST, UM,
};
use super::{ANY, Item, Loop};

const L2000F: Loop = Loop {
    name: "2000F",
    items: &[
        Item::required(&HL_SERVICE),
        Item::up_to(3, &TRN_REQUEST),
        Item::up_to(1, &UM),
        Item::up_to(2, &REF_REVIEW),
        Item::up_to(1, &DTP_SERVICE),
        Item::up_to(1, &HI),
        Item::up_to(1, &SV1),
        Item::up_to(1, &SV2),
        Item::up_to(1, &SV3),
        Item::up_to(32, &TOO),
        Item::up_to(1, &HSD),
        Item::up_to(10, &PWK),
        Item::up_to(1, &MSG),
        Item::group(Situational, 12, &REQUEST_2010F),
    ],
};

const L2000E: Loop = Loop {
    name: "2000E",
    items: &[
        Item::required(&HL_EVENT),
        Item::up_to(3, &TRN_REQUEST),
        Item::required(&UM),
        Item::up_to(2, &REF_REVIEW),
        Item::up_to(7, &DTP_EVENT),
        Item::up_to(1, &HI),
        Item::up_to(1, &HSD),
        Item::up_to(9, &CRC),
        Item::up_to(1, &CL1),
        Item::up_to(1, &CR1),
        Item::up_to(1, &CR2),
        Item::up_to(1, &CR5),
        Item::up_to(1, &CR6),
        Item::up_to(10, &PWK),
        Item::up_to(1, &MSG),
        Item::group(Situational, 14, &REQUEST_2010EA),
        Item::group(Situational, 5, &REQUEST_2010EB),
        Item::group(Situational, 3, &REQUEST_2010EC),
        Item::group(Situational, ANY, &L2000F),
    ],
};

const L2000D: Loop = Loop {
    name: "2000D",
    items: &[
        Item::required(&HL_DEPENDENT),
        Item::group(Required, 1, &REQUEST_2010D),
        Item::group(Required, 1, &L2000E),
    ],
};

const L2000C: Loop = Loop {
    name: "2000C",
    items: &[
        Item::required(&HL_SUBSCRIBER),
        Item::group(Required, 1, &REQUEST_2010C),
        Item::group(Situational, 1, &L2000D),
        Item::group(Otherwise, 1, &L2000E),
    ],
};

const L2000B: Loop = Loop {
    name: "2000B",
    items: &[
        Item::required(&HL_REQUESTER),
        Item::group(Required, 1, &REQUEST_2010B),
        Item::group(Required, 1, &L2000C),
    ],
};

const L2000A: Loop = Loop {
    name: "2000A",
    items: &[Item::required(&HL_REVIEWER), Item::group(Required, 1, &REQUEST_2010A), Item::group(Required, 1, &L2000B)],
};

/// What stands between ST and SE of a request.
pub(in crate::x12) const REQUEST: Loop =
    Loop { name: "278 request", items: &[Item::required(&BHT_REQUEST), Item::group(Required, 1, &L2000A)] };
