//! Values that are followed.

use super::node::{Node, Run, Value, cast, untrack};
use super::owner::Id;
use std::any::Any;
use std::marker::PhantomData;
use std::rc::Rc;

/// A value to read and to set.
pub struct RwSignal<T>(Id, PhantomData<Rc<T>>);

/// A value made from others, anew only when one of them is another.
pub struct Memo<T>(Id, PhantomData<Rc<T>>);

/// A value to read, wherever it comes from.
pub struct Signal<T>(Id, PhantomData<Rc<T>>);

/// A value that is asked for at every reading.
struct Derived<T>(Box<dyn Give<T>>);

/// Not `Fn`: that would carry the closure's body three times.
trait Give<T> {
    fn give(&self) -> T;
}

impl<T, F: Fn() -> T> Give<T> for F {
    fn give(&self) -> T {
        self()
    }
}

struct Make<T, F>(F, PhantomData<T>);

impl<T: PartialEq + 'static, F: Fn(Option<&T>) -> T> Run for Make<T, F> {
    fn run(&mut self, value: &mut Option<Value>) -> bool {
        let before = value.as_deref().and_then(cast);
        let now = (self.0)(before);
        let changed = before != Some(&now);
        if changed {
            *value = Some(Box::new(now));
        }
        changed
    }
}

#[cold]
fn gone() -> ! {
    panic!("a signal was read whose owner has ended")
}

/// The node, up to date.
fn fresh(id: Id) -> Option<Rc<Node>> {
    let node = id.node()?;
    node.refresh();
    Some(node)
}

fn followed(id: Id) -> Option<Rc<Node>> {
    let node = fresh(id)?;
    node.track();
    Some(node)
}

/// Puts a value in place; gives it back when the signal has ended.
fn put(id: Id, value: Value) -> Option<Value> {
    let Some(node) = id.node() else { return Some(value) };
    drop(node.value.replace(Some(value)));
    node.changed();
    None
}

fn look<T: 'static, R>(node: Option<Rc<Node>>, look: impl FnOnce(&T) -> R) -> Option<R> {
    let node = node?;
    let value = node.value.borrow();
    let any: &dyn Any = value.as_deref()?;
    match cast(any) {
        Some(value) => Some(look(value)),
        None => cast::<Derived<T>>(any).map(|derived| look(&derived.0.give())),
    }
}

/// Once for each type, whatever kind of signal it comes from.
#[inline(never)]
fn copy<T: Clone + 'static>(node: Option<Rc<Node>>) -> Option<T> {
    look(node, T::clone)
}

macro_rules! readable {
    ($($signal:ident)*) => {$(
        impl<T> Clone for $signal<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $signal<T> {}

        impl<T: 'static> $signal<T> {
            /// Follows the value without looking at it.
            pub fn track(&self) {
                drop(followed(self.0));
            }

            pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
                look(followed(self.0), read).unwrap_or_else(|| gone())
            }

            pub fn with_untracked<R>(&self, read: impl FnOnce(&T) -> R) -> R {
                self.try_with_untracked(read).unwrap_or_else(|| gone())
            }

            /// Nothing when the signal has ended.
            pub fn try_with_untracked<R>(&self, read: impl FnOnce(&T) -> R) -> Option<R> {
                untrack(|| look(fresh(self.0), read))
            }
        }

        impl<T: Clone + 'static> $signal<T> {
            #[inline(never)]
            pub fn get(&self) -> T {
                self.try_get().unwrap_or_else(|| gone())
            }

            /// Nothing when the signal has ended.
            #[inline(never)]
            pub fn try_get(&self) -> Option<T> {
                copy(followed(self.0))
            }

            #[inline(never)]
            pub fn get_untracked(&self) -> T {
                self.try_get_untracked().unwrap_or_else(|| gone())
            }

            /// Nothing when the signal has ended.
            #[inline(never)]
            pub fn try_get_untracked(&self) -> Option<T> {
                untrack(|| copy(fresh(self.0)))
            }
        }
    )*};
}
readable!(RwSignal Memo Signal);

impl<T: 'static> RwSignal<T> {
    pub fn new(value: T) -> RwSignal<T> {
        RwSignal(Id::own(Node::value(Box::new(value))), PhantomData)
    }

    pub fn set(&self, value: T) {
        drop(put(self.0, Box::new(value)));
    }

    /// Gives the value back when the signal has ended.
    pub fn try_set(&self, value: T) -> Option<T> {
        put(self.0, Box::new(value))?.downcast().ok().map(|value| *value)
    }

    pub fn update(&self, change: impl FnOnce(&mut T)) {
        self.try_update(change);
    }

    /// Nothing when the signal has ended.
    pub fn try_update<R>(&self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        let node = self.0.node()?;
        let result = node.value.borrow_mut().as_mut()?.downcast_mut().map(change);
        node.changed();
        result
    }
}

impl<T: PartialEq + 'static> Memo<T> {
    /// The closure gets the value as it was.
    pub fn new(make: impl Fn(Option<&T>) -> T + 'static) -> Memo<T> {
        Memo(Id::own(Node::made(Box::new(Make(make, PhantomData)))), PhantomData)
    }
}

impl<T: 'static> Signal<T> {
    /// Asks the closure at every reading; what it reads is followed.
    pub fn derive(give: impl Fn() -> T + 'static) -> Signal<T> {
        Signal::of(Box::new(Derived(Box::new(give))))
    }

    /// A value that stays.
    pub fn stored(value: T) -> Signal<T> {
        Signal::of(Box::new(value))
    }

    fn of(value: Value) -> Signal<T> {
        Signal(Id::own(Node::value(value)), PhantomData)
    }
}

impl<T: Default + 'static> Default for Signal<T> {
    fn default() -> Signal<T> {
        Signal::stored(T::default())
    }
}

impl<T: 'static> From<T> for Signal<T> {
    fn from(value: T) -> Signal<T> {
        Signal::stored(value)
    }
}

impl From<&str> for Signal<String> {
    fn from(text: &str) -> Signal<String> {
        Signal::stored(text.to_string())
    }
}

impl<T> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Signal<T> {
        Signal(signal.0, PhantomData)
    }
}

impl<T> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Signal<T> {
        Signal(memo.0, PhantomData)
    }
}
