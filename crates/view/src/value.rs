//! The value of an attribute, property, style or class.

use crate::element::{Element, Sets};
use crate::reactive::{Memo, RwSignal, Signal};
use std::borrow::Cow;

/// A value now, or one that follows signals.
pub enum Value {
    /// Absent; a property or class is off.
    Off,
    /// There without a text; a property or class is on.
    On,
    Text(Cow<'static, str>),
    /// Asked anew when a signal that it reads changes.
    Live(Box<dyn Ask>),
}

/// A closure that gives a value. Not `FnMut`: that would carry the closure's body twice.
pub trait Ask {
    fn ask(&mut self) -> Value;
}

impl<V: IntoValue, F: FnMut() -> V> Ask for F {
    fn ask(&mut self) -> Value {
        self().into_value()
    }
}

/// What can be a value.
pub trait IntoValue: Sized {
    fn into_value(self) -> Value;

    /// Puts this value on an element.
    fn put(self, element: Element, sets: Sets, name: &'static str) -> Element {
        element.set(sets, name, self.into_value())
    }
}

impl IntoValue for Value {
    fn into_value(self) -> Value {
        self
    }
}

impl IntoValue for bool {
    fn into_value(self) -> Value {
        if self { Value::On } else { Value::Off }
    }
}

impl IntoValue for &'static str {
    fn into_value(self) -> Value {
        Value::Text(Cow::Borrowed(self))
    }

    // Most values are plain texts: this keeps each of them to a few bytes of code.
    fn put(self, element: Element, sets: Sets, name: &'static str) -> Element {
        element.set_text(sets, name, self)
    }
}

impl IntoValue for String {
    fn into_value(self) -> Value {
        Value::Text(Cow::Owned(self))
    }
}

impl IntoValue for Cow<'static, str> {
    fn into_value(self) -> Value {
        Value::Text(self)
    }
}

impl<V: IntoValue> IntoValue for Option<V> {
    fn into_value(self) -> Value {
        match self {
            Some(value) => value.into_value(),
            None => Value::Off,
        }
    }
}

impl<V: IntoValue, F: FnMut() -> V + 'static> IntoValue for F {
    fn into_value(self) -> Value {
        Value::Live(Box::new(self))
    }
}

impl<V: IntoValue + Clone + 'static> IntoValue for Signal<V> {
    fn into_value(self) -> Value {
        Value::Live(Box::new(move || self.get()))
    }
}

impl<V: IntoValue + Clone + 'static> IntoValue for RwSignal<V> {
    fn into_value(self) -> Value {
        Value::Live(Box::new(move || self.get()))
    }
}

impl<V: IntoValue + Clone + 'static> IntoValue for Memo<V> {
    fn into_value(self) -> Value {
        Value::Live(Box::new(move || self.get()))
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl IntoValue for $number {
            fn into_value(self) -> Value {
                Value::Text(Cow::Owned(self.to_string()))
            }
        }
    )*};
}
numbers!(u8 u16 u32 u64 usize i32 i64 f64 char);

/// The name by which the macro asks for a value.
pub trait IntoAttributeValue {
    fn into_attribute_value(self) -> Self;
}

impl<V: IntoValue> IntoAttributeValue for V {
    fn into_attribute_value(self) -> V {
        self
    }
}
