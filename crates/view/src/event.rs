//! The events that the app listens to, under the names of the `view!` macro.

use std::marker::PhantomData;
use wasm_bindgen::JsCast;
pub use web_sys::{Event, KeyboardEvent, MouseEvent, SubmitEvent};

/// What an element does when an event happens.
pub type Handler = Box<dyn Handle>;

/// A closure that takes an event. Not `FnMut`: that would carry the closure's body twice.
pub trait Handle {
    fn handle(&mut self, event: Event);
}

/// A closure that takes events of one kind.
struct Of<F, E>(F, PhantomData<E>);

impl<F: FnMut(E), E: JsCast> Handle for Of<F, E> {
    fn handle(&mut self, event: Event) {
        (self.0)(event.unchecked_into());
    }
}

/// A kind of event.
pub trait Kind {
    const NAME: &'static str;
    type Event: JsCast + 'static;

    /// A handler of this kind, for any event.
    fn handler(handle: impl FnMut(Self::Event) + 'static) -> Handler {
        Box::new(Of(handle, PhantomData))
    }
}

/// The text in the field where the event happened.
pub fn event_target_value(event: &Event) -> String {
    let field = event.target().unwrap_or_else(|| wasm_bindgen::throw_str("no field"));
    js_sys::Reflect::get(&field, &"value".into()).ok().and_then(|value| value.as_string()).unwrap_or_default()
}

macro_rules! kinds {
    ($($name:ident: $event:ty)*) => {$(
        #[allow(non_camel_case_types)]
        pub struct $name;

        impl Kind for $name {
            const NAME: &'static str = stringify!($name);
            type Event = $event;
        }
    )*};
}
kinds! {
    change: Event
    click: MouseEvent
    input: Event
    keydown: KeyboardEvent
    submit: SubmitEvent
    toggle: Event
}
