//! `<For>`: rows that keep their state by key while others come and go.

use crate::reactive::Owner;
use crate::view::{AnyView, IntoAny, IntoView};
use leptos_macro::component;
use std::sync::atomic::{AtomicUsize, Ordering};

/// One row: made only when its key is new.
pub struct Row {
    pub key: String,
    pub make: Box<dyn FnOnce() -> (Owner, AnyView)>,
}

/// Shows `children` for each item. What a row's signals hold lives as long as its key is there.
#[component]
pub fn For<T: 'static, V: IntoAny>(
    each: impl Fn() -> Vec<T> + 'static,
    key: impl Fn(&T) -> String + 'static,
    children: impl Fn(T) -> V + Clone + 'static,
) -> impl IntoView {
    static LISTS: AtomicUsize = AtomicUsize::new(0);
    let list = LISTS.fetch_add(1, Ordering::Relaxed);
    let parent = Owner::current().unwrap_or_else(Owner::new);
    move || {
        let row = |item: T| {
            let (children, parent, key) = (children.clone(), parent.clone(), key(&item));
            let make = move || {
                let owner = parent.with(Owner::new);
                let view = owner.with(|| children(item).into_any());
                (owner, view)
            };
            Row { key, make: Box::new(make) }
        };
        AnyView::rows(each().into_iter().map(row).collect(), list)
    }
}
