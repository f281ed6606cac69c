//! JSON into our types with as little code as can be: the text becomes a tree once, then each type is read
//! from the tree. serde_json's own reader repeats its parser and its error texts in every type, which made up
//! a fifth of the program; nobody reads those texts here.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, Visitor};
use std::fmt;

mod tree;
pub use tree::Json;

/// Reads a text; `None` when it is not JSON or not of this type.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    from_tree(&Json::parse(text)?)
}

/// Reads a part of a text that is a tree already.
pub fn from_tree<T: DeserializeOwned>(tree: &Json) -> Option<T> {
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
struct Tree<'a>(&'a Json);

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
            Json::Null => visitor.visit_unit(),
            Json::Bool(b) => visitor.visit_bool(*b),
            Json::Number(n) => visitor.visit_i64(*n),
            Json::Text(s) => visitor.visit_borrowed_str(s),
            Json::List(list) => visitor.visit_seq(List(list.iter())),
            Json::Object(fields) => visitor.visit_map(Fields { rest: fields.iter(), value: None }),
        }
    }

    only!(deserialize_bool => Json::Bool(b) => |v| v.visit_bool(*b));
    only!(deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16
        deserialize_u32 deserialize_u64 deserialize_f32 deserialize_f64 => Json::Number(n) => |v| v.visit_i64(*n));
    only!(deserialize_char deserialize_str deserialize_string deserialize_bytes deserialize_byte_buf
        deserialize_identifier => Json::Text(s) => |v| v.visit_borrowed_str(s));
    only!(deserialize_unit => Json::Null => |v| v.visit_unit());
    only!(deserialize_seq => Json::List(list) => |v| v.visit_seq(List(list.iter())));
    only!(deserialize_map => Json::Object(fields) => |v| v.visit_map(Fields { rest: fields.iter(), value: None }));

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.0 {
            Json::Null => visitor.visit_none(),
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
            Json::Object(_) => visitor.visit_seq(Named { object: self.0, names: names.iter() }),
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
            Json::Text(name) => visitor.visit_enum(Variant { name, content: None }),
            Json::Object(fields) => match fields.as_slice() {
                [(name, content)] => visitor.visit_enum(Variant { name, content: Some(content) }),
                _ => Err(Unfit),
            },
            _ => Err(Unfit),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_unit()
    }
}

struct List<'a>(std::slice::Iter<'a, Json>);

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
    object: &'a Json,
    names: std::slice::Iter<'static, &'static str>,
}

impl<'de> de::SeqAccess<'de> for Named<'de> {
    type Error = Unfit;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unfit> {
        let Some(name) = self.names.next() else { return Ok(None) };
        let field = self.object.field(name);
        match seed.deserialize(Tree(field.unwrap_or(&Json::Null))) {
            Ok(value) => Ok(Some(value)),
            // What may be missing is `None`, or has a default that the type itself puts in.
            Err(_) if field.is_none() => Ok(None),
            Err(unfit) => Err(unfit),
        }
    }
}

struct Fields<'a> {
    rest: std::slice::Iter<'a, (String, Json)>,
    value: Option<&'a Json>,
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
    content: Option<&'a Json>,
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
mod tests;
