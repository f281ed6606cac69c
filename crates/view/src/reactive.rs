//! Signals: values that know who reads them. Names and behaviour are those of Leptos's `reactive_graph`; what is
//! inside is ours.
//!
//! `reactive_graph` serves threads and compiles reading, comparing and following for every type of value. A page
//! has one thread, and here following knows no types: a signal is a number, its value a box, and only the last
//! step, looking into the box, is compiled for each type.
//!
//! ```text
//! node.rs    what follows what: values, made values, effects, and when each runs again
//! owner.rs   who owns signals: what an effect made ends when it runs again; contexts
//! signal.rs  RwSignal, Memo, Signal
//! stored.rs  StoredValue, Callback: kept, not followed
//! effect.rs  Effect, RenderEffect: what is done when signals change
//! ```

mod effect;
mod node;
pub mod owner;
mod signal;
mod stored;
#[cfg(test)]
mod tests;

pub use effect::{Effect, RenderEffect};
pub use node::untrack;
pub use owner::{Owner, expect_context, on_cleanup, provide_context, use_context};
pub use signal::{Memo, RwSignal, Signal};
pub use stored::{Callback, StoredValue};

/// The paths that the `component` macro writes.
pub mod graph {
    pub use super::node::untrack as untrack_with_diagnostics;
}

/// How a property of a component that is marked `into` is given: as anything that turns into it. The second
/// parameter is the macro's.
pub trait IntoReactiveValue<T, M> {
    fn into_reactive_value(self) -> T;
}

impl<T, V: Into<T>> IntoReactiveValue<T, ()> for V {
    fn into_reactive_value(self) -> T {
        self.into()
    }
}
