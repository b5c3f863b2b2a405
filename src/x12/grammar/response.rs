//! The response: what the payer decided, or why nothing was.
//!
//! A payer that cannot take a request at all answers down to the level at which it stopped, so the lower levels may be
//! missing.

use super::Usage::{Required, Situational};
use super::lines::{SV1, SV2, SV3, TOO};
use super::names::{
    RESPONSE_2010A, RESPONSE_2010B, RESPONSE_2010C, RESPONSE_2010D, RESPONSE_2010EA, RESPONSE_2010EB, RESPONSE_2010EC,
    RESPONSE_2010ED, RESPONSE_2010FA, RESPONSE_2010FB,
};
use super::review::{
    AAA, BHT_RESPONSE, CL1, CR1, CR2, CR5, CR6, CRC, DTP_DECIDED, DTP_SERVICE_DECIDED, HCR, HI, HL_DEPENDENT, HL_EVENT,
    HL_REQUESTER, HL_REVIEWER, HL_SERVICE, HL_SUBSCRIBER, HSD, MSG, PWK, REF_REVIEW, TRN_RESPONSE, UM,
};
use super::{ANY, Item, Loop};

const L2000F: Loop = Loop {
    name: "2000F",
    items: &[
        Item::required(&HL_SERVICE),
        Item::up_to(4, &TRN_RESPONSE),
        Item::up_to(9, &AAA),
        Item::up_to(1, &UM),
        Item::up_to(1, &HCR),
        Item::up_to(2, &REF_REVIEW),
        Item::up_to(4, &DTP_SERVICE_DECIDED),
        Item::up_to(1, &HI),
        Item::up_to(1, &SV1),
        Item::up_to(1, &SV2),
        Item::up_to(1, &SV3),
        Item::up_to(32, &TOO),
        Item::up_to(1, &HSD),
        Item::up_to(10, &PWK),
        Item::up_to(1, &MSG),
        Item::group(Situational, 12, &RESPONSE_2010FA),
        Item::group(Situational, 1, &RESPONSE_2010FB),
    ],
};

const L2000E: Loop = Loop {
    name: "2000E",
    items: &[
        Item::required(&HL_EVENT),
        Item::up_to(4, &TRN_RESPONSE),
        Item::up_to(9, &AAA),
        Item::required(&UM),
        Item::up_to(1, &HCR),
        Item::up_to(2, &REF_REVIEW),
        Item::up_to(10, &DTP_DECIDED),
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
        Item::group(Situational, 14, &RESPONSE_2010EA),
        Item::group(Situational, 1, &RESPONSE_2010EB),
        Item::group(Situational, 5, &RESPONSE_2010EC),
        Item::group(Situational, 3, &RESPONSE_2010ED),
        Item::group(Situational, ANY, &L2000F),
    ],
};

const L2000D: Loop = Loop {
    name: "2000D",
    items: &[
        Item::required(&HL_DEPENDENT),
        Item::group(Required, 1, &RESPONSE_2010D),
        Item::group(Situational, 1, &L2000E),
    ],
};

const L2000C: Loop = Loop {
    name: "2000C",
    items: &[
        Item::required(&HL_SUBSCRIBER),
        Item::group(Required, 1, &RESPONSE_2010C),
        Item::group(Situational, 1, &L2000D),
        Item::group(Situational, 1, &L2000E),
    ],
};

const L2000B: Loop = Loop {
    name: "2000B",
    items: &[
        Item::required(&HL_REQUESTER),
        Item::group(Required, 1, &RESPONSE_2010B),
        Item::group(Situational, 1, &L2000C),
    ],
};

const L2000A: Loop = Loop {
    name: "2000A",
    items: &[
        Item::required(&HL_REVIEWER),
        Item::up_to(9, &AAA),
        Item::group(Required, 1, &RESPONSE_2010A),
        Item::group(Situational, 1, &L2000B),
    ],
};

/// What stands between ST and SE of a response.
pub(in crate::x12) const RESPONSE: Loop =
    Loop { name: "278 response", items: &[Item::required(&BHT_RESPONSE), Item::group(Required, 1, &L2000A)] };
