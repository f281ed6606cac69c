//! Leptos with a small renderer and small signals. Components and the `view!` macro are Leptos's own; what a view
//! becomes is ours: one type of element for all tags, attributes and children. So are the signals that it follows,
//! under Leptos's names.
//!
//! Leptos gives every element of every view a type of its own and compiles building, rebuilding and unmounting
//! for each, and following for each type of signal. That is quick on a fast machine and was most of what a phone
//! had to download here. This crate stands in Leptos's place (the app names it `leptos`), so that the macros find
//! these types under the paths they write.
//!
//! ```text
//! view.rs     AnyView: what a view can be, and what turns into it
//! component.rs  how the macro makes a component from its function
//! value.rs    the value of an attribute, property or class: text, on, off, or live
//! element.rs  one element: tag, attributes, children
//! event.rs    the events that the app listens to
//! keyed.rs    <For>: rows that keep their state by key
//! reactive.rs signals, effects, contexts and who owns them
//! html.rs     a view as HTML, on the host
//! dom.rs      a view in the browser: shown, and patched when it changes
//! ```

extern crate self as leptos;

pub mod component;
#[cfg(target_arch = "wasm32")]
mod dom;
mod element;
pub mod event;
mod html;
mod keyed;
pub mod reactive;
mod value;
mod view;

pub use element::Element;
pub use value::{IntoValue, Value};
pub use view::{AnyView, IntoAny, IntoView, View};
#[doc(hidden)]
pub use {typed_builder, typed_builder_macro};

/// The types of events, for handlers that are functions.
pub mod ev {
    pub use crate::event::{Event, KeyboardEvent, MouseEvent, SubmitEvent};
}

/// Work that waits.
pub mod task {
    /// Runs a future beside everything else in the browser; signals that it holds may be gone when it goes on. On
    /// the host nobody waits for it.
    pub fn spawn_local(work: impl Future<Output = ()> + 'static) {
        #[cfg(target_arch = "wasm32")]
        wasm_bindgen_futures::spawn_local(work);
        #[cfg(not(target_arch = "wasm32"))]
        drop(work);
    }
}

/// Children of a component.
pub mod children {
    use crate::{AnyView, IntoAny};

    /// Children that are shown once.
    pub type Children = Box<dyn FnOnce() -> AnyView>;

    /// What the macro turns children into.
    pub trait ToChildren<F> {
        fn to_children(children: F) -> Self;
    }

    impl<F: FnOnce() -> V + 'static, V: IntoAny> ToChildren<F> for Children {
        fn to_children(children: F) -> Children {
            Box::new(move || children().into_any())
        }
    }

    /// Children that are there already.
    pub struct ChildrenOptContainer<V>(pub V);

    impl<V: IntoAny + 'static> ToChildren<ChildrenOptContainer<V>> for Children {
        fn to_children(children: ChildrenOptContainer<V>) -> Children {
            Box::new(move || children.0.into_any())
        }
    }
}

/// Shows a view in an element of the page, in the browser.
pub mod mount {
    /// Shows the view at the end of `place`, for as long as the page lives.
    #[cfg(target_arch = "wasm32")]
    pub fn mount_to<V: crate::IntoAny>(place: &web_sys::Element, view: impl FnOnce() -> V) {
        use crate::reactive::Owner;
        let owner = Owner::new();
        let shown = owner.with(|| crate::dom::show(view().into_any(), place));
        std::mem::forget((owner, shown));
    }
}

/// What a module with views imports.
pub mod prelude {
    pub use crate::children::Children;
    pub use crate::event::event_target_value;
    pub use crate::keyed::{For, ForProps};
    pub use crate::reactive::*;
    pub use crate::value::IntoAttributeValue;
    pub use crate::view::{CollectView, IntoRender};
    pub use crate::{AnyView, IntoAny, IntoView, View};
    pub use leptos_macro::{component, view};
}

/// The paths that the `view!` macro writes.
#[doc(hidden)]
pub mod tachys {
    pub mod html {
        pub use crate::element::InertElement;
        pub use crate::element::tags as element;
        pub use crate::event;
    }
    pub mod svg {
        pub use crate::element::InertSvg as InertElement;
        pub use crate::element::svg_tags::*;
    }
}
