//! JSON into our types with as little code as can be: the text becomes a tree once, then each type is read
//! from the tree. serde_json's own reader repeats its parser and its error texts in every type, which made up
//! a fifth of the program; nobody reads those texts here.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, Visitor};
use serde_json::Value;
use std::fmt;

/// Reads a text; `None` when it is not JSON or not of this type.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    from_tree(&serde_json::from_str::<Value>(text).ok()?)
}

/// Reads a part of a text that is a tree already.
pub fn from_tree<T: DeserializeOwned>(tree: &Value) -> Option<T> {
    T::deserialize(Tree(tree)).ok()
}

/// Something does not fit; where does not matter to anybody.
#[derive(Debug)]
struct Unfit;

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unfit")
    }
}

impl std::error::Error for Unfit {}

/// All without formatting: that is the point.
impl de::Error for Unfit {
    fn custom<T: fmt::Display>(_: T) -> Unfit {
        Unfit
    }
    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Unfit {
        Unfit
    }
    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Unfit {
        Unfit
    }
    fn invalid_length(_: usize, _: &dyn de::Expected) -> Unfit {
        Unfit
    }
    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Unfit {
        Unfit
    }
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Unfit {
        Unfit
    }
    fn missing_field(_: &'static str) -> Unfit {
        Unfit
    }
    fn duplicate_field(_: &'static str) -> Unfit {
        Unfit
    }
}

/// A place in the tree.
#[derive(Clone, Copy)]
struct Tree<'a>(&'a Value);

/// A method that takes one kind of value and refuses the rest.
macro_rules! only {
    ($($method:ident)* => $pattern:pat => |$visitor:ident| $visit:expr) => {$(
        fn $method<V: Visitor<'de>>(self, $visitor: V) -> Result<V::Value, Unfit> {
            match self.0 { $pattern => $visit, _ => Err(Unfit) }
        }
    )*};
}

impl<'de> Deserializer<'de> for Tree<'de> {
    type Error = Unfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(b) => visitor.visit_bool(*b),
            Value::Number(n) => number(n, visitor),
            Value::String(s) => visitor.visit_borrowed_str(s),
            Value::Array(list) => visitor.visit_seq(List(list.iter())),
            Value::Object(map) => visitor.visit_map(Fields { rest: map.iter(), value: None }),
        }
    }

    only!(deserialize_bool => Value::Bool(b) => |v| v.visit_bool(*b));
    only!(deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16
        deserialize_u32 deserialize_u64 deserialize_f32 deserialize_f64 => Value::Number(n) => |v| number(n, v));
    only!(deserialize_char deserialize_str deserialize_string deserialize_bytes deserialize_byte_buf
        deserialize_identifier => Value::String(s) => |v| v.visit_borrowed_str(s));
    only!(deserialize_unit => Value::Null => |v| v.visit_unit());
    only!(deserialize_seq => Value::Array(list) => |v| v.visit_seq(List(list.iter())));
    only!(deserialize_map => Value::Object(map) => |v| v.visit_map(Fields { rest: map.iter(), value: None }));

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unfit> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unfit> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        self.deserialize_seq(visitor)
    }

    /// Fields are handed over in the order of the type, by their names: a type that is read like a list needs
    /// half the code of one that looks at every name.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        match self.0 {
            Value::Object(map) => visitor.visit_seq(Named { map, names: names.iter() }),
            _ => Err(Unfit),
        }
    }

    /// `"variant"`, or `{"variant": content}`.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        match self.0 {
            Value::String(name) => visitor.visit_enum(Variant { name, content: None }),
            Value::Object(map) if map.len() == 1 => {
                let (name, content) = map.iter().next().ok_or(Unfit)?;
                visitor.visit_enum(Variant { name, content: Some(content) })
            }
            _ => Err(Unfit),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_unit()
    }
}

fn number<'de, V: Visitor<'de>>(n: &serde_json::Number, visitor: V) -> Result<V::Value, Unfit> {
    match (n.as_u64(), n.as_i64()) {
        (Some(n), _) => visitor.visit_u64(n),
        (None, Some(n)) => visitor.visit_i64(n),
        (None, None) => visitor.visit_f64(n.as_f64().ok_or(Unfit)?),
    }
}

struct List<'a>(std::slice::Iter<'a, Value>);

impl<'de> de::SeqAccess<'de> for List<'de> {
    type Error = Unfit;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unfit> {
        self.0.next().map(|v| seed.deserialize(Tree(v))).transpose()
    }
    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// The fields of an object in the order of a type.
struct Named<'a> {
    map: &'a serde_json::Map<String, Value>,
    names: std::slice::Iter<'static, &'static str>,
}

impl<'de> de::SeqAccess<'de> for Named<'de> {
    type Error = Unfit;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unfit> {
        let Some(name) = self.names.next() else { return Ok(None) };
        match self.map.get(*name) {
            Some(value) => seed.deserialize(Tree(value)).map(Some),
            // What may be missing is `None`, or has a default that the type itself puts in.
            None => Ok(seed.deserialize(Tree(&Value::Null)).ok()),
        }
    }
}

struct Fields<'a> {
    rest: serde_json::map::Iter<'a>,
    value: Option<&'a Value>,
}

impl<'de> de::MapAccess<'de> for Fields<'de> {
    type Error = Unfit;
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unfit> {
        let Some((key, value)) = self.rest.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }
    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Unfit> {
        seed.deserialize(Tree(self.value.take().ok_or(Unfit)?))
    }
}

struct Variant<'a> {
    name: &'a str,
    content: Option<&'a Value>,
}

impl<'de> de::EnumAccess<'de> for Variant<'de> {
    type Error = Unfit;
    type Variant = Self;
    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self), Unfit> {
        Ok((seed.deserialize(BorrowedStrDeserializer::new(self.name))?, self))
    }
}

impl<'de> de::VariantAccess<'de> for Variant<'de> {
    type Error = Unfit;
    fn unit_variant(self) -> Result<(), Unfit> {
        if self.content.is_none() { Ok(()) } else { Err(Unfit) }
    }
    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unfit> {
        seed.deserialize(Tree(self.content.ok_or(Unfit)?))
    }
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unfit> {
        Tree(self.content.ok_or(Unfit)?).deserialize_seq(visitor)
    }
    fn struct_variant<V: Visitor<'de>>(self, names: &'static [&'static str], visitor: V) -> Result<V::Value, Unfit> {
        Tree(self.content.ok_or(Unfit)?).deserialize_struct("", names, visitor)
    }
}

#[cfg(test)]
#[path = "json_tests.rs"]
mod tests;
