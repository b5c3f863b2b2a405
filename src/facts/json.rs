//! Reads a case from JSON in one pass, straight into its slots.

mod events;
mod syntax;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use smallvec::SmallVec;

use crate::diagnostic::Code;

use super::vocabulary::NameTree;
use super::{Case, CaseBuilder, Fault, Raw, Vocabulary, clock};

/// A case that could not be read, with its name if that much was readable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The case's `id`.
    pub id: Option<String>,
    /// What is wrong.
    pub fault: Fault,
}

impl Case {
    /// Reads one case from one JSON object.
    ///
    /// # Errors
    /// Text that is no JSON object or cut off, unknown keys and facts, values outside their types, anything given twice.
    pub fn from_json(text: &str, vocabulary: &Arc<Vocabulary>) -> Result<Case, Unreadable> {
        // with the line end behind it, a case that is cut off would end on the next line
        let text = text.trim_end_matches([' ', '\t', '\n', '\r']);
        let mut reader = Reader::new(vocabulary, Values::Usual);
        if reader.read(text, vocabulary).is_ok()
            && reader.fault.is_none()
            && let Ok(case) = reader.builder.finish()
        {
            return Ok(case);
        }
        Case::from_odd_json(text, vocabulary)
    }

    /// Reads a case with which something may be wrong, keeping of each value what a message needs.
    #[cold]
    fn from_odd_json(text: &str, vocabulary: &Arc<Vocabulary>) -> Result<Case, Unreadable> {
        let mut reader = Reader::new(vocabulary, Values::AsWritten);
        let read = reader.read(text, vocabulary);
        let id = reader.builder.known_id().map(str::to_owned);
        let finished = match (reader.fault, read) {
            (Some(fault), _) => Err(fault),
            (None, Err(error)) => Err(syntax::fault(&error, text)),
            (None, Ok(())) => reader.builder.finish(),
        };
        finished.map_err(|fault| Unreadable { id, fault })
    }
}

struct Reader {
    builder: CaseBuilder,
    values: Values,
    fault: Option<Fault>,
}

/// How values are taken from the text.
#[derive(Clone, Copy)]
enum Values {
    /// In one look; whatever is not of the shape that its fact asks for stops the reader.
    Usual,
    /// In two looks, the first of which keeps the literal text: what messages show.
    AsWritten,
}

impl Reader {
    fn new(vocabulary: &Arc<Vocabulary>, values: Values) -> Reader {
        Reader { builder: CaseBuilder::new(vocabulary), values, fault: None }
    }

    fn read(&mut self, text: &str, vocabulary: &Vocabulary) -> serde_json::Result<()> {
        let mut json = serde_json::Deserializer::from_str(text);
        CaseSeed { reader: self, names: vocabulary.names() }.deserialize(&mut json)?;
        json.end()
    }

    /// Hands the value of a key to `take`, as it is written if it may be a number or a list. A number is never read
    /// through a float: it is kept digit for digit.
    fn value<'de, A: MapAccess<'de>>(
        &mut self,
        map: &mut A,
        literal: bool,
        take: impl FnOnce(&mut CaseBuilder, &Raw<'_>) -> Result<(), Fault>,
    ) -> Result<(), A::Error> {
        let taken = match self.values {
            Values::Usual if !literal => take(&mut self.builder, &map.next_value_seed(Scalar)?),
            Values::Usual | Values::AsWritten => {
                let value: &'de RawValue = map.next_value()?;
                raw_of(value).and_then(|raw| take(&mut self.builder, &raw))
            }
        };
        taken.map_err(|fault| self.stop(fault))
    }

    /// Keeps the fault and stops the parser; serde's own error carries nothing.
    fn stop<E: Error>(&mut self, fault: Fault) -> E {
        self.fault = Some(fault);
        E::custom("")
    }
}

/// A key that is borrowed from the text unless it holds escapes.
pub(super) struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

/// A text, a truth or nothing, borrowed from the JSON unless it holds escapes.
struct Scalar;

impl<'de> DeserializeSeed<'de> for Scalar {
    type Value = Raw<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Scalar {
    type Value = Raw<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, true, false or null")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Raw<'de>, E> {
        Ok(Raw::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Raw<'de>, E> {
        Ok(Raw::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Raw<'de>, E> {
        Ok(Raw::Boolean(value))
    }

    fn visit_unit<E: Error>(self) -> Result<Raw<'de>, E> {
        Ok(Raw::Null)
    }
}

pub(super) fn raw_of(value: &RawValue) -> Result<Raw<'_>, Fault> {
    let text = value.get();
    Ok(match text.as_bytes().first() {
        Some(b'"') => match text.get(1..text.len().saturating_sub(1)) {
            Some(inner) if !inner.contains('\\') => Raw::Text(Cow::Borrowed(inner)),
            // serde_json has checked the escapes already; only lone surrogates fail here
            _ => match serde_json::from_str::<String>(text) {
                Ok(text) => Raw::Text(Cow::Owned(text)),
                Err(_) => return Err(half_a_character()),
            },
        },
        Some(b't') => Raw::Boolean(true),
        Some(b'f') => Raw::Boolean(false),
        Some(b'n') => Raw::Null,
        Some(b'[' | b'{') | None => Raw::Nested(text),
        Some(_) => Raw::Number(text),
    })
}

fn half_a_character() -> Fault {
    Fault::new(Code::CaseSyntax, "a text holds half a character: a surrogate without its other half")
        .help("send both escapes of the pair, such as `\\ud83d\\ude00`, or the character itself")
}

/// Whatever is not an object where one belongs.
macro_rules! refuse_scalars {
    ($fault:ident) => {
        fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
            Err(self.$fault("true or false"))
        }
        fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
            Err(self.$fault("a number"))
        }
        fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
            Err(self.$fault("a number"))
        }
        fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
            Err(self.$fault("a number"))
        }
        fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
            Err(self.$fault("a text"))
        }
        fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<(), A::Error> {
            Err(self.$fault("a list"))
        }
    };
}

struct CaseSeed<'r, 'n> {
    reader: &'r mut Reader,
    names: &'n NameTree,
}

impl CaseSeed<'_, '_> {
    fn not_an_object<E: Error>(self, found: &str) -> E {
        let fault = Fault::new(Code::CaseShape, format!("the case is {found}, not an object"))
            .expected("an object with `at` and `facts`")
            .help("write {\"at\": \"…\", \"facts\": {…}}");
        self.reader.stop(fault)
    }
}

impl<'de> DeserializeSeed<'de> for CaseSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for CaseSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a case")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Err(self.not_an_object("null"))
    }

    refuse_scalars!(not_an_object);

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen: SmallVec<[Cow<'de, str>; 5]> = SmallVec::new();
        while let Some(key) = map.next_key_seed(Key)? {
            if seen.contains(&key) {
                return Err(self.reader.stop(Fault::twice(&key)));
            }
            if key == "facts" {
                map.next_value_seed(FactsSeed { reader: self.reader, names: self.names, group: Group::Top })?;
            } else {
                let literal = key == "clock" || key == "events";
                self.reader.value(&mut map, literal, |case, raw| match &*key {
                    "clock" => clock::from_json(raw).map(|events| case.set_clock(events)),
                    "events" => {
                        events::read(raw, case.vocabulary())?.into_iter().for_each(|events| case.set_events(events));
                        Ok(())
                    }
                    key => case.set_key(key, raw),
                })?;
            }
            seen.push(key);
        }
        Ok(())
    }
}

/// The name of the object that facts are nested in, kept on the stack.
#[derive(Clone, Copy)]
enum Group<'g> {
    Top,
    Within(&'g Group<'g>, &'g str),
}

impl Group<'_> {
    fn name_of(&self, key: &str) -> String {
        match self {
            Group::Top => key.to_owned(),
            Group::Within(outer, part) => format!("{}.{key}", outer.name_of(part)),
        }
    }
}

struct FactsSeed<'r, 'n, 'g> {
    reader: &'r mut Reader,
    names: &'n NameTree,
    group: Group<'g>,
}

impl FactsSeed<'_, '_, '_> {
    fn not_a_group<E: Error>(self, found: &str) -> E {
        let fault = match self.group {
            Group::Top => {
                Fault::new(Code::CaseShape, format!("`facts` is {found}, not an object")).expected("an object of facts")
            }
            Group::Within(outer, part) => {
                let name = outer.name_of(part);
                Fault::new(Code::CaseFact, format!("`{name}` is a group of facts, not a fact"))
                    .help(format!("give one of its facts, such as `{name}.…`"))
                    .fact(&name)
            }
        };
        self.reader.stop(fault)
    }
}

impl<'de> DeserializeSeed<'de> for FactsSeed<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for FactsSeed<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("facts")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    refuse_scalars!(not_a_group);

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        // a nested group given twice would hide behind facts that differ
        let mut groups: SmallVec<[Cow<'de, str>; 8]> = SmallVec::new();
        while let Some(key) = map.next_key_seed(Key)? {
            let Some(names) = self.names.descend(&key) else {
                let value: &'de RawValue = map.next_value()?;
                let name = self.group.name_of(&key);
                let fault = Fault::unknown_fact(&name, self.reader.builder.vocabulary());
                return Err(self.reader.stop(match raw_of(value) {
                    Ok(raw) => fault.value(&raw),
                    Err(_) => fault,
                }));
            };
            if let Some(id) = names.fact {
                let numeric = self.reader.builder.vocabulary().fact(id).kind.is_numeric();
                self.reader.value(&mut map, numeric, |case, raw| case.set_fact(id, raw))?;
            } else {
                if groups.contains(&key) {
                    return Err(self.reader.stop(Fault::twice(&self.group.name_of(&key))));
                }
                let group = Group::Within(&self.group, &key);
                map.next_value_seed(FactsSeed { reader: self.reader, names, group })?;
                groups.push(key);
            }
        }
        Ok(())
    }
}
