//! Two messages made up for these tests, and ways to change them.

use std::collections::BTreeMap;

/// A request that uses most of what requests have.
pub const REQUEST: &str = "\
ISA*00*          *00*          *ZZ*CLINIC01       *ZZ*PAYER01        *260105*1130*^*00501*000000017*0*T*:~
GS*HI*CLINIC01*PAYER01*20260105*1130*17*X*005010X217~
ST*278*0001*005010X217~
BHT*0007*13*REQ-17*20260105*113000~
HL*1**20*1~
NM1*X3*2*NORTHERN HEALTH*****PI*12345~
HL*2*1*21*1~
NM1*1P*1*OKAFOR*ADA****XX*1987654321~
REF*EI*123456789~
N3*1 HARBOUR STREET~
N4*PORTLAND*ME*04101~
PER*IC*FRONT DESK*TE*2075550100~
HL*3*2*22*1~
NM1*IL*1*ROE*JANE****MI*M4711~
DMG*D8*19800229*F~
HL*4*3*EV*1~
TRN*1*T-17*1234567890~
UM*HS*I*1*11:B**03***Y~
DTP*AAH*RD8*20260201-20260228~
HI*ABK:M545*ABF:M542~
HSD*VS*12~
PWK*M1*EL***AC*DOC-17~
MSG*CALL FIRST~
NM1*SJ*2*HARBOUR PHYSIO*****XX*1987654339~
HL*5*4*SS*0~
DTP*472*D8*20260203~
SV1*HC:97110:GP**UN*4~
SE*26*0001~
GE*1*17~
IEA*1*000000017~
";

/// A response to it: approved with fewer visits, one service as asked.
pub const RESPONSE: &str = "\
ISA*00*          *00*          *ZZ*PAYER01        *ZZ*CLINIC01       *260107*0900*^*00501*000000901*0*T*:~
GS*HI*PAYER01*CLINIC01*20260107*0900*901*X*005010X217~
ST*278*0001*005010X217~
BHT*0007*11*REQ-17*20260107*090000*18~
HL*1**20*1~
NM1*X3*2*NORTHERN HEALTH*****PI*12345~
HL*2*1*21*1~
NM1*1P*1*OKAFOR*ADA****XX*1987654321~
HL*3*2*22*1~
NM1*IL*1*ROE*JANE****MI*M4711~
HL*4*3*EV*1~
TRN*2*T-17*1234567890~
TRN*1*P-901*9876543210~
UM*HS*I*1*11:B~
HCR*A6*AUTH-5*1K~
DTP*007*RD8*20260201-20260214~
HSD*VS*8~
HL*5*4*SS*0~
HCR*A1*AUTH-5~
DTP*472*D8*20260203~
SV1*HC:97110:GP**UN*4~
SE*20*0001~
GE*1*901~
IEA*1*000000901~
";

/// An acknowledgement that rejects a transaction, beside a TA1.
pub const ACKNOWLEDGEMENT: &str = "\
ISA*00*          *00*          *ZZ*PAYER01        *ZZ*CLINIC01       *260105*1131*^*00501*000000900*0*T*:~
TA1*000000017*260105*1130*A*000~
GS*FA*PAYER01*CLINIC01*20260105*1131*900*X*005010X231A1~
ST*999*0001*005010X231A1~
AK1*HI*17*005010X217~
AK2*278*0001*005010X217~
IK3*NM1*6*2010*8~
CTX*SITUATIONAL TRIGGER*HL~
IK4*9*67*7*M4711~
IK5*R*5~
AK9*R*1*1*0~
SE*9*0001~
GE*1*900~
IEA*1*000000900~
";

/// Replaces one piece of a message, which must be there once.
#[track_caller]
pub fn with(message: &str, piece: &str, instead: &str) -> String {
    assert_eq!(message.matches(piece).count(), 1, "`{piece}` is not there once");
    message.replace(piece, instead)
}

/// The message with its SE01 as it must be: for faults that add or take away segments.
pub fn recounted(message: &str) -> String {
    let segments: Vec<&str> = message.split_inclusive('~').collect();
    let mut counts = BTreeMap::new();
    let mut start = 0;
    for (at, segment) in segments.iter().enumerate() {
        match segment.trim_start().split('*').next() {
            Some("ST") => start = at,
            Some("SE") => drop(counts.insert(at, at + 1 - start)),
            _ => {}
        }
    }
    let write = |(at, segment): (usize, &&str)| match counts.get(&at) {
        Some(count) => {
            let control = segment.trim_end_matches('~').rsplit('*').next().unwrap();
            format!("\nSE*{count}*{control}~")
        }
        None => (*segment).to_owned(),
    };
    segments.iter().enumerate().map(write).collect()
}
