//! Values that are kept with their owner and that nobody follows.

use super::node::{Node, cast};
use super::owner::Id;
use std::marker::PhantomData;
use std::rc::Rc;

/// A value that closures share by its number.
pub struct StoredValue<T>(Id, PhantomData<Rc<T>>);

impl<T> Clone for StoredValue<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for StoredValue<T> {}

impl<T: 'static> StoredValue<T> {
    pub fn new(value: T) -> StoredValue<T> {
        StoredValue(Id::own(Node::value(Box::new(value))), PhantomData)
    }

    /// The same: a page has one thread.
    pub fn new_local(value: T) -> StoredValue<T> {
        StoredValue::new(value)
    }

    pub fn with_value<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.look(read).unwrap_or_else(|| panic!("a value was read whose owner has ended"))
    }

    pub fn set_value(&self, value: T) {
        self.try_set_value(value);
    }

    /// Gives the value back when it has ended.
    pub fn try_set_value(&self, value: T) -> Option<T> {
        let Some(node) = self.0.node() else { return Some(value) };
        drop(node.value.replace(Some(Box::new(value))));
        None
    }

    /// Nothing when the value has ended.
    pub fn try_update_value<R>(&self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        let node = self.0.node()?;
        node.value.borrow_mut().as_mut()?.downcast_mut().map(change)
    }

    fn look<R>(&self, look: impl FnOnce(&T) -> R) -> Option<R> {
        let node = self.0.node()?;
        cast(node.value.borrow().as_deref()?).map(look)
    }
}

impl<T: Clone + 'static> StoredValue<T> {
    #[inline(never)]
    pub fn get_value(&self) -> T {
        self.with_value(T::clone)
    }

    /// Nothing when the value has ended.
    #[inline(never)]
    pub fn try_get_value(&self) -> Option<T> {
        self.look(T::clone)
    }
}

/// A closure to hand to a component.
pub struct Callback<T>(StoredValue<Box<dyn Fn(T)>>);

impl<T> Clone for Callback<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Callback<T> {}

impl<T: 'static> Callback<T> {
    pub fn new(call: impl Fn(T) + 'static) -> Callback<T> {
        Callback(StoredValue::new(Box::new(call)))
    }

    pub fn run(&self, value: T) {
        self.0.with_value(|call| call(value));
    }
}
