//! What follows what. A change marks everything that follows it, at once and without running anything; what is
//! marked runs when it is read (a made value) or when the page is idle (an effect), and only if something that it
//! read is really another.

use super::Owner;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

/// A value of any type.
pub type Value = Box<dyn Any>;

/// A value as the type that it is. Once for each type, however often it is asked: the code compares with sixteen
/// random bytes, which no compression makes smaller.
#[inline(never)]
pub fn cast<T: 'static>(value: &dyn Any) -> Option<&T> {
    value.downcast_ref()
}

/// How a node comes to its value. Not `FnMut`: that would carry the closure's body twice.
pub trait Run {
    /// Gets the value as it was, leaves it as it is now, and says whether it is another.
    fn run(&mut self, value: &mut Option<Value>) -> bool;
}

#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum State {
    Clean,
    /// Something that it follows may be another.
    Check,
    /// Something that it follows is another.
    Dirty,
}

/// A value that is followed, a value made from others, or an effect.
pub struct Node {
    pub value: RefCell<Option<Value>>,
    state: Cell<State>,
    sources: RefCell<Vec<Rc<Node>>>,
    followers: RefCell<Vec<Weak<Node>>>,
    /// For all but plain values.
    work: Option<Work>,
}

struct Work {
    run: RefCell<Box<dyn Run>>,
    /// Owns what the run makes.
    owner: Owner,
    effect: bool,
}

thread_local! {
    /// Who is running, and so follows what is read.
    static OBSERVER: RefCell<Option<Rc<Node>>> = const { RefCell::new(None) };
    /// Effects that wait for their turn.
    static WAITING: RefCell<Vec<Weak<Node>>> = const { RefCell::new(Vec::new()) };
}

impl Node {
    pub fn value(value: Value) -> Rc<Node> {
        Node::new(Some(value), State::Clean, None)
    }

    /// A value that is made when it is first read.
    pub fn made(run: Box<dyn Run>) -> Rc<Node> {
        Node::new(None, State::Dirty, Some(Work { run: RefCell::new(run), owner: Owner::new(), effect: false }))
    }

    /// An effect that has not run yet.
    pub fn effect(run: Box<dyn Run>) -> Rc<Node> {
        Node::new(None, State::Clean, Some(Work { run: RefCell::new(run), owner: Owner::new(), effect: true }))
    }

    fn new(value: Option<Value>, state: State, work: Option<Work>) -> Rc<Node> {
        Rc::new(Node {
            value: RefCell::new(value),
            state: Cell::new(state),
            sources: RefCell::default(),
            followers: RefCell::default(),
            work,
        })
    }

    /// Whoever is running follows this from now on.
    pub fn track(self: &Rc<Node>) {
        let Some(observer) = OBSERVER.with_borrow(Option::clone) else { return };
        let mut sources = observer.sources.borrow_mut();
        if !sources.iter().any(|source| Rc::ptr_eq(source, self)) {
            sources.push(self.clone());
            self.followers.borrow_mut().push(Rc::downgrade(&observer));
        }
    }

    /// Its value is another.
    pub fn changed(&self) {
        self.mark_followers(State::Dirty);
    }

    fn mark_followers(&self, state: State) {
        // Marking may reach an effect whose place in the list it changes.
        let followers: Vec<_> = self.followers.borrow().iter().filter_map(Weak::upgrade).collect();
        for follower in followers {
            follower.mark(state);
        }
    }

    fn mark(self: &Rc<Node>, state: State) {
        let before = self.state.get();
        if before >= state {
            return;
        }
        self.state.set(state);
        if before == State::Clean {
            match &self.work {
                Some(work) if work.effect => wait(Rc::downgrade(self)),
                _ => self.mark_followers(State::Check),
            }
        }
    }

    /// Runs if it has to.
    pub fn refresh(self: &Rc<Node>) {
        if self.state.get() == State::Check {
            let sources = self.sources.borrow().clone();
            for source in sources {
                source.refresh();
                if self.state.get() == State::Dirty {
                    break;
                }
            }
        }
        // Before the run: an effect that changes what it has read runs once more.
        if self.state.replace(State::Clean) == State::Dirty {
            self.run();
        }
    }

    /// Lets an effect run for the first time when whatever runs now has ended.
    pub fn start(self: &Rc<Node>) {
        self.mark(State::Dirty);
    }

    pub fn run(self: &Rc<Node>) {
        let Some(work) = &self.work else { return };
        self.leave();
        let mut value = self.value.take();
        work.owner.cleanup();
        let run = || work.owner.with(|| work.run.borrow_mut().run(&mut value));
        let changed = observed_by(Some(self.clone()), run);
        self.value.replace(value);
        if changed {
            self.changed();
        }
    }

    /// Follows nothing any more.
    fn leave(&self) {
        for source in self.sources.take() {
            source.followers.borrow_mut().retain(|follower| !std::ptr::eq(follower.as_ptr(), self));
        }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Who ran before, put back also when a run panics: on the host a thread goes on to the next page.
struct Before(Option<Rc<Node>>);

impl Drop for Before {
    fn drop(&mut self) {
        OBSERVER.set(self.0.take());
    }
}

fn observed_by<R>(observer: Option<Rc<Node>>, run: impl FnOnce() -> R) -> R {
    let _before = Before(OBSERVER.replace(observer));
    run()
}

/// Reads without following.
pub fn untrack<R>(read: impl FnOnce() -> R) -> R {
    observed_by(None, read)
}

fn wait(effect: Weak<Node>) {
    let first = WAITING.with_borrow_mut(|waiting| {
        waiting.push(effect);
        waiting.len() == 1
    });
    if first {
        crate::task::spawn_local(async { run_waiting() });
    }
}

/// Runs the effects that wait, and those that begin to wait meanwhile.
pub fn run_waiting() {
    loop {
        let waiting = WAITING.take();
        if waiting.is_empty() {
            return;
        }
        for effect in waiting {
            if let Some(effect) = effect.upgrade() {
                effect.refresh();
            }
        }
    }
}
