//! Who owns signals. An owner ends with whoever holds it and begins anew with every run of an effect; what it owns
//! ends then, in it and in the owners below it.

use super::node::{Node, cast};
use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::rc::{Rc, Weak};

/// Owns signals, contexts and what is to be done at the end.
#[derive(Clone)]
pub struct Owner(Rc<Owned>);

#[derive(Default)]
struct Owned {
    parent: Option<Weak<Owned>>,
    children: RefCell<Vec<Weak<Owned>>>,
    nodes: RefCell<Vec<Id>>,
    cleanups: RefCell<Vec<Box<dyn FnOnce()>>>,
    contexts: RefCell<Vec<(TypeId, Rc<dyn Any>)>>,
}

/// The number of an owned node: may be copied into every closure, and finds nothing when the node has ended.
#[derive(Clone, Copy, PartialEq)]
pub struct Id {
    at: usize,
    /// How often the place was taken before.
    round: u32,
}

/// Where the owned nodes are.
struct Places {
    all: Vec<(u32, Option<Rc<Node>>)>,
    free: Vec<usize>,
}

thread_local! {
    static CURRENT: RefCell<Option<Owner>> = const { RefCell::new(None) };
    static PLACES: RefCell<Places> = const { RefCell::new(Places { all: Vec::new(), free: Vec::new() }) };
}

impl Id {
    /// Gives a node to the current owner.
    pub fn own(node: Rc<Node>) -> Id {
        let id = PLACES.with_borrow_mut(|places| {
            let at = places.free.pop().unwrap_or_else(|| {
                places.all.push((0, None));
                places.all.len() - 1
            });
            let place = &mut places.all[at];
            place.1 = Some(node);
            Id { at, round: place.0 }
        });
        if let Some(owner) = Owner::current() {
            owner.0.nodes.borrow_mut().push(id);
        }
        id
    }

    pub fn node(self) -> Option<Rc<Node>> {
        PLACES.with_borrow(|places| places.all.get(self.at).filter(|place| place.0 == self.round)?.1.clone())
    }

    fn end(self) -> Option<Rc<Node>> {
        let end = |places: &RefCell<Places>| {
            let mut places = places.borrow_mut();
            let place = places.all.get_mut(self.at).filter(|place| place.0 == self.round)?;
            place.0 += 1;
            let node = place.1.take();
            places.free.push(self.at);
            node
        };
        // When a thread of the host ends, the places end before what stands in them.
        PLACES.try_with(end).ok().flatten()
    }
}

impl Owner {
    /// An owner below the current one.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Owner {
        let parent = Owner::current();
        let mut owned = Owned::default();
        owned.parent = parent.as_ref().map(|parent| Rc::downgrade(&parent.0));
        let owner = Owner(Rc::new(owned));
        if let Some(parent) = parent {
            parent.0.children.borrow_mut().push(Rc::downgrade(&owner.0));
        }
        owner
    }

    pub fn current() -> Option<Owner> {
        CURRENT.with_borrow(Option::clone)
    }

    /// What is made inside belongs to this owner.
    pub fn with<R>(&self, make: impl FnOnce() -> R) -> R {
        let _before = Before(CURRENT.replace(Some(self.clone())));
        make()
    }

    /// Ends everything that it owns.
    pub fn cleanup(&self) {
        self.0.cleanup();
    }
}

/// The owner before, put back also when something panics: on the host a thread goes on to the next page.
struct Before(Option<Owner>);

impl Drop for Before {
    fn drop(&mut self) {
        CURRENT.set(self.0.take());
    }
}

impl Owned {
    fn cleanup(&self) {
        for child in self.children.take().iter().filter_map(Weak::upgrade) {
            child.cleanup();
        }
        for cleanup in self.cleanups.take() {
            cleanup();
        }
        // Only dropped here, where no place is borrowed: what a node holds may end others.
        let nodes: Vec<_> = self.nodes.take().into_iter().map(Id::end).collect();
        drop(nodes);
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        self.cleanup();
        if let Some(parent) = self.parent.as_ref().and_then(Weak::upgrade) {
            parent.children.borrow_mut().retain(|child| !std::ptr::eq(child.as_ptr(), self));
        }
    }
}

/// Does something when the current owner ends.
pub fn on_cleanup(cleanup: impl FnOnce() + 'static) {
    if let Some(owner) = Owner::current() {
        owner.0.cleanups.borrow_mut().push(Box::new(cleanup));
    }
}

/// Gives a value to everything below the current owner; one of each type.
pub fn provide_context<T: 'static>(value: T) {
    provide(TypeId::of::<T>(), Rc::new(value));
}

fn provide(of: TypeId, value: Rc<dyn Any>) {
    if let Some(owner) = Owner::current() {
        let mut contexts = owner.0.contexts.borrow_mut();
        contexts.retain(|context| context.0 != of);
        contexts.push((of, value));
    }
}

/// The value of a type that the nearest owner above was given.
#[inline(never)]
pub fn use_context<T: Clone + 'static>() -> Option<T> {
    cast(&*find(TypeId::of::<T>())?).cloned()
}

fn find(of: TypeId) -> Option<Rc<dyn Any>> {
    let mut owner = Owner::current()?.0;
    loop {
        let found = owner.contexts.borrow().iter().find(|context| context.0 == of).map(|context| context.1.clone());
        if found.is_some() {
            return found;
        }
        owner = owner.parent.as_ref()?.upgrade()?;
    }
}

/// As [`use_context`], where the program is wrong without it.
pub fn expect_context<T: Clone + 'static>() -> T {
    use_context().unwrap_or_else(|| panic!("no context {}", std::any::type_name::<T>()))
}
