//! Requests drawn at random, all of them valid.

use chrono::{Duration, NaiveDate};
use proptest::prelude::*;
use proptest::sample::select;
use rulebook::x12::{
    Address, Attachment, Category, Certification, Channel, Contact, DateKind, Dated, Delimiters, Delivery, Diagnosis,
    Event, Identifier, Line, Party, Place, Procedure, Quantity, Request, Service,
};
use rust_decimal::Decimal;

use super::write::{moment, trace};

/// Texts without separators and without a space at either end.
fn text(most: usize) -> BoxedStrategy<String> {
    proptest::string::string_regex(&format!("[A-Z0-9é][A-Za-z0-9 .,'/&-]{{0,{}}}[A-Z0-9]", most.saturating_sub(2)))
        .unwrap()
        .boxed()
}

fn maybe<T: std::fmt::Debug + Clone + 'static>(some: impl Strategy<Value = T> + 'static) -> BoxedStrategy<Option<T>> {
    proptest::option::of(some).boxed()
}

fn code(codes: &'static [&'static str]) -> BoxedStrategy<String> {
    select(codes).prop_map(str::to_owned).boxed()
}

fn date() -> BoxedStrategy<NaiveDate> {
    (0_i64..40_000).prop_map(|days| NaiveDate::from_ymd_opt(1940, 1, 1).unwrap() + Duration::days(days)).boxed()
}

fn dated(kinds: &'static [&'static str]) -> BoxedStrategy<Dated> {
    let length = prop_oneof![Just(0_i64), 1_i64..400];
    let make = |(kind, from, days): (&str, NaiveDate, i64)| Dated {
        kind: DateKind::of(kind),
        from,
        to: from + Duration::days(days),
    };
    (select(kinds), date(), length).prop_map(make).boxed()
}

fn amount() -> BoxedStrategy<Decimal> {
    (1_i64..1_000_000, 0_u32..5).prop_map(|(digits, scale)| Decimal::new(digits, scale)).boxed()
}

fn party(roles: &'static [&'static str], ids: &'static [&'static str], member: bool) -> BoxedStrategy<Party> {
    let id = (code(ids), text(20)).prop_map(|(kind, value)| Identifier { kind, value });
    let address = (prop::collection::vec(text(55), 1..3), text(30), code(&["ME", "NY"]), code(&["04101", "100011234"]));
    let contact = (text(60), prop::collection::vec((code(&["TE", "FX", "EM"]), text(40)), 0..4));
    let base = (code(roles), any::<bool>(), text(35), text(25), id, maybe(address), maybe(contact));
    let more = (maybe((code(&["PE", "RF"]), text(10))), maybe(date()), maybe(code(&["F", "M", "U"])));
    (base, more)
        .prop_map(move |((role, person, last, first, id, address, contact), (specialty, born, gender))| {
            let mut party = match person {
                true => Party::person(&role, &last, &first, Some(id)),
                false => Party::organization(&role, &last, Some(id)),
            };
            party.address = address.map(|(lines, city, state, postal)| Address {
                lines,
                city,
                state,
                postal,
                country: String::new(),
            });
            if member {
                (party.born, party.gender) = (born, gender);
            } else {
                party.specialty = specialty;
                party.contact = contact.map(|(name, ways)| Contact {
                    name,
                    channels: ways.into_iter().map(|(kind, way)| (Channel::of(&kind), way)).collect(),
                });
            }
            party
        })
        .boxed()
}

fn delivery() -> BoxedStrategy<Delivery> {
    let quantity = (amount(), code(&["VS", "DY", "HS"])).prop_map(|(amount, unit)| Quantity { amount, unit });
    let rest = (
        maybe(code(&["DA", "WK", "MO"])),
        maybe((1_i64..99).prop_map(Decimal::from)),
        maybe(code(&["34", "35", "7"])),
        maybe(1_u32..999),
    );
    (quantity, rest)
        .prop_map(|(quantity, (per, every, period, periods))| Delivery {
            quantity: Some(quantity),
            per,
            every,
            period,
            periods,
        })
        .boxed()
}

fn line() -> BoxedStrategy<Line> {
    let procedure = |kinds| {
        (code(kinds), text(10), prop::collection::vec(code(&["GP", "59", "RT"]), 0..5))
            .prop_map(|(kind, code, modifiers)| Procedure { kind, code, modifiers })
    };
    let units = || maybe((amount(), code(&["UN", "MJ"])).prop_map(|(amount, unit)| Quantity { amount, unit }));
    let service = prop_oneof![
        (procedure(&["HC", "ZZ"]), units()).prop_map(|(procedure, units)| Service::Professional { procedure, units }),
        (text(8), maybe(procedure(&["HC"])), units()).prop_map(|(revenue, procedure, units)| Service::Institutional {
            revenue: Some(revenue),
            procedure,
            units
        }),
        (procedure(&["AD"]), amount()).prop_map(|(procedure, units)| Service::Dental { procedure, units: Some(units) }),
    ];
    let review = (select(Category::ALL), select(Certification::ALL), maybe(code(&["1", "AG"])));
    let base = (maybe(review), maybe(dated(&["472"])), maybe(service), maybe(delivery()), maybe(text(264)));
    let providers = prop::collection::vec(party(&["SJ", "FA", "DK"], &["XX", "24"], false), 0..3);
    (base, providers)
        .prop_map(|((review, date, service, delivery, message), providers)| Line {
            traces: Vec::new(),
            review,
            dates: date.into_iter().collect(),
            service,
            delivery,
            attachments: Vec::new(),
            message,
            providers,
        })
        .boxed()
}

fn event() -> BoxedStrategy<Event> {
    let attachment = (code(&["M1", "04"]), code(&["EL", "FX", "AA"]), maybe(text(80)), maybe(text(80)))
        .prop_map(|(kind, by, control, description)| Attachment { kind, by, control, description });
    let diagnosis = (code(&["ABK", "ABF"]), text(7)).prop_map(|(kind, code)| Diagnosis { kind, code });
    let asked = (select(Category::ALL), select(Certification::ALL), maybe(code(&["1", "AG"])), any::<bool>());
    let codes = (maybe(code(&["03", "U", "E"])), maybe(code(&["Y", "I"])), maybe(code(&["1", "15"])));
    let numbers = (maybe(text(50)), maybe(text(50)), prop::collection::vec(text(50), 0..4));
    let lists = (
        prop::collection::vec(dated(&["439", "AAH", "435", "096"]), 0..5),
        prop::collection::vec(diagnosis, 0..13),
        prop::collection::vec(attachment, 0..5),
        prop::collection::vec(party(&["SJ", "FA", "DK"], &["XX", "34"], false), 0..4),
    );
    (asked, codes, numbers, lists, maybe(delivery()), maybe(text(264)))
        .prop_map(|(asked, codes, numbers, lists, delivery, message)| Event {
            traces: numbers.2.iter().map(|number| trace(number)).collect(),
            category: asked.0,
            certification: asked.1,
            service_type: asked.2,
            place: asked.3.then(|| Place { code: "11".to_owned(), of: "B".to_owned() }),
            level_of_service: codes.0,
            release: codes.1,
            delay: codes.2,
            authorization: numbers.0,
            review: numbers.1,
            dates: lists.0,
            diagnoses: lists.1,
            delivery,
            attachments: lists.2,
            message,
            providers: lists.3,
        })
        .boxed()
}

pub fn requests() -> BoxedStrategy<Request> {
    let dependent = party(&["QC"], &["MI"], true).prop_map(|mut party| {
        party.relationship = Some("19".to_owned());
        party
    });
    let people = (
        party(&["X3"], &["PI", "46"], true),
        party(&["1P", "FA"], &["XX", "24"], false),
        party(&["IL"], &["MI"], true),
        maybe(dependent),
    );
    let at = (0_i64..5_000_000, 0_i64..6_000)
        .prop_map(|(minutes, hundredths)| moment(minutes) + Duration::milliseconds(hundredths * 10));
    (text(50), at, any::<bool>(), people, event(), prop::collection::vec(line(), 0..6))
        .prop_map(|(reference, at, reservation, (mut payer, requester, subscriber, dependent), event, lines)| {
            // a payer has a name and a number alone
            (payer.address, payer.born, payer.gender) = (None, None, None);
            Request { reference, at, reservation, payer, requester, subscriber, dependent, event, lines }
        })
        .boxed()
}

pub fn delimiters() -> BoxedStrategy<Delimiters> {
    let usable = || select(b"*|^~:>!$%+=?;@#\n\x1c\x1d\x1e".as_slice());
    (usable(), usable(), usable(), usable())
        .prop_filter_map("four different signs", |(element, repetition, component, segment)| {
            Delimiters::new(element, Some(repetition), component, segment).ok()
        })
        .boxed()
}
