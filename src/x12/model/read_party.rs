//! Reads the segments of one name.

use super::super::check::date;
use super::super::segment::Segment;
use super::party::{Address, Channel, Contact, Identifier, Name, Party};
use super::text::{given, text};

/// What the segments from an NM1 on say.
pub(super) fn party(segments: &[Segment<'_>]) -> Option<Party> {
    let (header, rest) = segments.split_first()?;
    let last = text(header.value(3));
    let name = match header.value(2) {
        b"2" => Name::Organization(last),
        _ => Name::Person {
            last,
            first: text(header.value(4)),
            middle: text(header.value(5)),
            suffix: text(header.value(7)),
        },
    };
    let id = given(header.value(8)).map(|kind| Identifier { kind, value: text(header.value(9)) });
    let mut party = Party::new(&text(header.value(1)), name, id);
    for segment in rest {
        match segment.id() {
            b"REF" => party.numbers.push(Identifier { kind: text(segment.value(1)), value: text(segment.value(2)) }),
            b"N3" => {
                let lines = [segment.value(1), segment.value(2)];
                party.address.get_or_insert_default().lines = lines.into_iter().filter_map(given).collect();
            }
            b"N4" => {
                let Address { city, state, postal, country, .. } = party.address.get_or_insert_default();
                *city = text(segment.value(1));
                *state = text(segment.value(2));
                *postal = text(segment.value(3));
                *country = text(segment.value(4));
            }
            b"PER" => party.contact = Some(contact(segment)),
            b"PRV" => party.specialty = Some((text(segment.value(1)), text(segment.value(3)))),
            b"DMG" => {
                party.born = date(segment.value(2));
                party.gender = given(segment.value(3));
            }
            b"INS" => party.relationship = given(segment.value(2)),
            _ => {}
        }
    }
    Some(party)
}

fn contact(segment: &Segment<'_>) -> Contact {
    let ways = [3, 5, 7].into_iter().map(|number| (segment.value(number), segment.value(number + 1)));
    let channels = ways.filter(|(kind, _)| !kind.is_empty()).map(|(kind, way)| (Channel::of(&text(kind)), text(way)));
    Contact { name: text(segment.value(2)), channels: channels.collect() }
}
