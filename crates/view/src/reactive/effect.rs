//! What is done when signals change.

use super::node::{Node, Run, Value};
use super::owner::Id;
use std::marker::PhantomData;
use std::rc::Rc;

/// Runs when whatever made it has ended, and again whenever a signal that it read is another; ends with its owner.
/// On the host it never runs: there is no page that could follow.
pub struct Effect;

/// What an effect may be: a closure, or one that gets what it gave the last time.
pub trait EffectFunction<M> {
    fn work(self) -> Box<dyn Run>;
}

/// Tells the two apart.
pub struct Plain;
pub struct WithBefore<T>(PhantomData<T>);

struct Do<F>(F);

impl<F: FnMut()> Run for Do<F> {
    fn run(&mut self, _: &mut Option<Value>) -> bool {
        (self.0)();
        false
    }
}

impl<F: FnMut() + 'static> EffectFunction<Plain> for F {
    fn work(self) -> Box<dyn Run> {
        Box::new(Do(self))
    }
}

struct DoWithBefore<F, T>(F, PhantomData<T>);

impl<T: 'static, F: FnMut(Option<T>) -> T> Run for DoWithBefore<F, T> {
    fn run(&mut self, value: &mut Option<Value>) -> bool {
        let before = value.take().and_then(|value| value.downcast().ok());
        *value = Some(Box::new((self.0)(before.map(|value| *value))));
        false
    }
}

impl<T: 'static, F: FnMut(Option<T>) -> T + 'static> EffectFunction<WithBefore<T>> for F {
    fn work(self) -> Box<dyn Run> {
        Box::new(DoWithBefore(self, PhantomData))
    }
}

impl Effect {
    #[allow(clippy::new_ret_no_self)]
    pub fn new<M>(function: impl EffectFunction<M>) {
        if cfg!(any(target_arch = "wasm32", test)) {
            begin(function.work());
        }
    }
}

fn begin(work: Box<dyn Run>) {
    let effect = Node::effect(work);
    effect.start();
    Id::own(effect);
}

/// Runs at once, and again whenever a signal that it read is another; ends when this is dropped.
pub struct RenderEffect {
    _node: Rc<Node>,
}

impl RenderEffect {
    pub fn new(run: impl FnMut() + 'static) -> RenderEffect {
        let node = Node::effect(Box::new(Do(run)));
        node.run();
        RenderEffect { _node: node }
    }
}
