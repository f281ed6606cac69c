//! Reading what may be written in two ways. serde's own reader of such types first keeps whatever comes in a tree of
//! its own and tries one way after the other: many times the code, and what it says of a fault helps nobody.

use super::{Band, Bound, Choice, ChoiceTable, OneOrMany};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// A type that is a text or something else.
trait Written: Sized {
    const EXPECTED: &'static str;
    fn text(text: &str) -> Self;

    fn list<'de, A: SeqAccess<'de>>(_list: A) -> Result<Self, A::Error> {
        Err(A::Error::custom(Self::EXPECTED))
    }

    fn table<'de, A: MapAccess<'de>>(_table: A) -> Result<Self, A::Error> {
        Err(A::Error::custom(Self::EXPECTED))
    }
}

impl Written for OneOrMany {
    const EXPECTED: &'static str = "a text or a list of texts";

    fn text(text: &str) -> OneOrMany {
        OneOrMany::One(text.to_string())
    }

    fn list<'de, A: SeqAccess<'de>>(list: A) -> Result<OneOrMany, A::Error> {
        Deserialize::deserialize(SeqAccessDeserializer::new(list)).map(OneOrMany::Many)
    }
}

impl Written for Choice {
    const EXPECTED: &'static str = "an id, or a table with id, class, help";

    fn text(text: &str) -> Choice {
        Choice::Id(text.to_string())
    }

    fn table<'de, A: MapAccess<'de>>(table: A) -> Result<Choice, A::Error> {
        ChoiceTable::deserialize(MapAccessDeserializer::new(table)).map(Choice::Table)
    }
}

struct Of<T>(PhantomData<T>);

impl<'de, T: Written> Visitor<'de> for Of<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok(T::text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<T, A::Error> {
        T::list(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<T, A::Error> {
        T::table(table)
    }
}

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<OneOrMany, D::Error> {
        deserializer.deserialize_any(Of(PhantomData))
    }
}

impl<'de> Deserialize<'de> for Choice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Choice, D::Error> {
        deserializer.deserialize_any(Of(PhantomData))
    }
}

/// The unit beside the bounds of each option.
struct OfBand;

impl<'de> Visitor<'de> for OfBand {
    type Value = Band;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table with unit and the bounds of options")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<Band, A::Error> {
        let (mut unit, mut bounds) = (None, BTreeMap::new());
        while let Some(key) = table.next_key::<String>()? {
            if key == "unit" {
                unit = Some(table.next_value()?);
            } else {
                bounds.insert(key, table.next_value::<Bound>()?);
            }
        }
        Ok(Band { unit: unit.ok_or_else(|| A::Error::missing_field("unit"))?, bounds })
    }
}

impl<'de> Deserialize<'de> for Band {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Band, D::Error> {
        deserializer.deserialize_map(OfBand)
    }
}
