//! Reads a case from JSON in one pass, straight into its slots.

mod events;
mod raw;
mod syntax;
mod unknown;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use smallvec::SmallVec;

use crate::diagnostic::Code;

use super::vocabulary::NameTree;
use super::{Case, CaseBuilder, Fault, Raw, Unreadable, Vocabulary, clock};

use raw::Scalar;
pub(super) use raw::{Key, raw_of};

impl Case {
    /// Reads one case from one JSON object.
    ///
    /// # Errors
    /// Text that is no JSON object or cut off, unknown keys and facts, values outside their types, anything given twice:
    /// every fault that can be told apart, in order of place.
    pub fn from_json(text: &str, vocabulary: &Arc<Vocabulary>) -> Result<Case, Unreadable> {
        // with the line end behind it, a case that is cut off would end on the next line
        let text = text.trim_end_matches([' ', '\t', '\n', '\r']);
        let mut reader = Reader::new(vocabulary, Values::Usual);
        if reader.read(text, vocabulary).is_ok()
            && reader.faults.is_empty()
            && let Ok(case) = reader.builder.finish()
        {
            return Ok(case);
        }
        Case::from_odd_json(text, vocabulary)
    }

    /// Reads a case with which something may be wrong, keeping of each value what a message needs, and going on behind
    /// each fault.
    #[cold]
    fn from_odd_json(text: &str, vocabulary: &Arc<Vocabulary>) -> Result<Case, Unreadable> {
        let mut reader = Reader::new(vocabulary, Values::AsWritten);
        match reader.read(text, vocabulary) {
            Ok(()) => return reader.builder.finish_with(reader.faults),
            // the parser's own error, and not one of a reader that has found enough
            Err(error) if !reader.stopped => reader.faults.push(syntax::fault(&error, text)),
            Err(_) => {}
        }
        Err(Unreadable::new(reader.builder.known_id(), reader.faults))
    }
}

struct Reader {
    builder: CaseBuilder,
    values: Values,
    faults: Vec<Fault>,
    /// Whether a fault has stopped the parser.
    stopped: bool,
}

/// How values are taken from the text.
#[derive(Clone, Copy)]
enum Values {
    /// In one look; whatever is not of the shape that its fact asks for stops the reader, as does any fault.
    Usual,
    /// In two looks, the first of which keeps the literal text: what messages show. Faults are gathered.
    AsWritten,
}

impl Reader {
    fn new(vocabulary: &Arc<Vocabulary>, values: Values) -> Reader {
        Reader { builder: CaseBuilder::new(vocabulary), values, faults: Vec::new(), stopped: false }
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
        taken.or_else(|fault| self.note(fault))
    }

    /// Keeps a fault of what has been read already, and stops the parser unless further faults are looked for.
    fn note<E: Error>(&mut self, fault: Fault) -> Result<(), E> {
        self.faults.push(fault);
        match self.values {
            Values::AsWritten if !Unreadable::is_enough(&self.faults) => Ok(()),
            Values::Usual | Values::AsWritten => Err(self.stop()),
        }
    }

    /// Stops the parser; serde's own error carries nothing.
    fn stop<E: Error>(&mut self) -> E {
        self.stopped = true;
        E::custom("")
    }
}

/// Whatever is not an object where one belongs.
macro_rules! refuse_scalars {
    ($fault:ident) => {
        fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
            self.$fault("true or false")
        }
        fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
            self.$fault("a number")
        }
        fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
            self.$fault("a number")
        }
        fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
            self.$fault("a number")
        }
        fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
            self.$fault("a text")
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
            self.$fault("a list")?;
            while items.next_element::<IgnoredAny>()?.is_some() {}
            Ok(())
        }
    };
}

struct CaseSeed<'r, 'n> {
    reader: &'r mut Reader,
    names: &'n NameTree,
}

impl CaseSeed<'_, '_> {
    fn not_an_object<E: Error>(self, found: &str) -> Result<(), E> {
        let fault = Fault::new(Code::CaseShape, format!("the case is {found}, not an object"))
            .expected("an object with `at` and `facts`")
            .help("write {\"at\": \"…\", \"facts\": {…}}");
        self.reader.faults.push(fault);
        // there is nothing else to look at
        Err(self.reader.stop())
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
        self.not_an_object("null")
    }

    refuse_scalars!(not_an_object);

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen: SmallVec<[Cow<'de, str>; 5]> = SmallVec::new();
        while let Some(key) = map.next_key_seed(Key)? {
            if seen.contains(&key) {
                map.next_value::<IgnoredAny>()?;
                self.reader.note(Fault::twice(&key))?;
                continue;
            }
            if key == "facts" {
                map.next_value_seed(FactsSeed { reader: self.reader, names: self.names, group: Group::Top })?;
            } else {
                let literal = matches!(&*key, "clock" | "events" | "unknown");
                self.reader.value(&mut map, literal, |case, raw| match &*key {
                    "clock" => clock::from_json(raw).map(|events| case.set_clock(events)),
                    "events" => {
                        events::read(raw, case.vocabulary())?.into_iter().for_each(|events| case.set_events(events));
                        Ok(())
                    }
                    "unknown" => unknown::take(case, raw),
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
    fn not_a_group<E: Error>(self, found: &str) -> Result<(), E> {
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
        self.reader.note(fault)
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
        let mut groups: SmallVec<[&NameTree; 8]> = SmallVec::new();
        while let Some(key) = map.next_key_seed(Key)? {
            let Some(names) = self.names.descend(&key) else {
                let value: &'de RawValue = map.next_value()?;
                let name = self.group.name_of(&key);
                let fault = Fault::unknown_fact(&name, self.reader.builder.vocabulary());
                self.reader.note(match raw_of(value) {
                    Ok(raw) => fault.value(&raw),
                    Err(_) => fault,
                })?;
                continue;
            };
            if let Some(id) = names.fact {
                let numeric = self.reader.builder.vocabulary().fact(id).kind.is_numeric();
                self.reader.value(&mut map, numeric, |case, raw| case.set_fact(id, raw))?;
            } else {
                if groups.iter().any(|known| std::ptr::eq(*known, names)) {
                    map.next_value::<IgnoredAny>()?;
                    self.reader.note(Fault::twice(&self.group.name_of(&key)))?;
                    continue;
                }
                let group = Group::Within(&self.group, &key);
                map.next_value_seed(FactsSeed { reader: self.reader, names, group })?;
                groups.push(names);
            }
        }
        Ok(())
    }
}
