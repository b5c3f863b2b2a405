//! A file of messages to measure with.

/// What stands between ST and SE of a request, one segment a line.
const REQUEST: &str = "\
BHT*0007*13*REQ-{n}*20260105*113000
HL*1**20*1
NM1*X3*2*NORTHERN HEALTH*****PI*12345
HL*2*1*21*1
NM1*1P*1*OKAFOR*ADA****XX*1987654321
REF*EI*123456789
N3*1 HARBOUR STREET*SUITE 200
N4*PORTLAND*ME*04101
PER*IC*FRONT DESK*TE*2075550100*FX*2075550101
HL*3*2*22*1
NM1*IL*1*ROE*JANE****MI*M{n}
DMG*D8*19800229*F
HL*4*3*EV*1
TRN*1*T-{n}*1234567890
UM*HS*I*1*11:B**03***Y
DTP*AAH*RD8*20260201-20260228
HI*ABK:M545*ABF:M542
HSD*VS*12
PWK*M1*EL***AC*DOC-{n}
NM1*SJ*2*HARBOUR PHYSIO*****XX*1987654339
HL*5*4*SS*0
DTP*472*D8*20260203
SV1*HC:97110:GP**UN*4
HL*6*4*SS*0
DTP*472*D8*20260203
SV1*HC:97140**UN*2";

/// What stands between ST and SE of a response.
const RESPONSE: &str = "\
BHT*0007*11*REQ-{n}*20260107*090000*18
HL*1**20*1
NM1*X3*2*NORTHERN HEALTH*****PI*12345
HL*2*1*21*1
NM1*1P*1*OKAFOR*ADA****XX*1987654321
HL*3*2*22*1
NM1*IL*1*ROE*JANE****MI*M{n}
HL*4*3*EV*1
TRN*2*T-{n}*1234567890
UM*HS*I*1*11:B
HCR*A6*AUTH-{n}
DTP*007*RD8*20260201-20260214
HSD*VS*8
HL*5*4*SS*0
HCR*A1*AUTH-{n}
DTP*472*D8*20260203
SV1*HC:97110:GP**UN*4";

/// One interchange with a group of this many requests, or of as many responses.
fn interchange(control: usize, transactions: usize, body: &str) -> String {
    let mut file = format!(
        "ISA*00*          *00*          *ZZ*CLINIC01       *ZZ*PAYER01        *260105*1130*^*00501*{control:09}*0*T*:~\n\
         GS*HI*CLINIC01*PAYER01*20260105*1130*{control}*X*005010X217~\n"
    );
    for number in 1..=transactions {
        let body = body.replace("{n}", &(control * 100_000 + number).to_string());
        let segments = body.lines().count() + 2;
        file +=
            &format!("ST*278*{number:04}*005010X217~\n{}~\nSE*{segments}*{number:04}~\n", body.replace('\n', "~\n"));
    }
    format!("{file}GE*{transactions}*{control}~\nIEA*1*{control:09}~\n")
}

/// About a megabyte of requests.
pub fn requests() -> String {
    interchange(1, 1_450, REQUEST)
}

/// About a megabyte of responses.
#[allow(dead_code)]
pub fn responses() -> String {
    interchange(2, 2_400, RESPONSE)
}
