use super::node::run_waiting;
use super::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

#[test]
fn what_is_made_is_made_once_and_only_when_it_is_read() {
    let owner = Owner::new();
    owner.with(|| {
        let made = Rc::new(Cell::new(0));
        let (a, b) = (RwSignal::new(1), RwSignal::new(10));
        let sum = Memo::new({
            let made = made.clone();
            move |_| {
                made.set(made.get() + 1);
                a.get() + b.get()
            }
        });
        assert_eq!(made.get(), 0);
        assert_eq!((sum.get(), sum.get()), (11, 11));
        a.set(2);
        b.set(20);
        assert_eq!((sum.get(), made.get()), (22, 2));
    });
}

#[test]
fn an_effect_runs_again_only_when_what_it_read_is_another() {
    let owner = Owner::new();
    owner.with(|| {
        let seen = Rc::new(RefCell::new(Vec::new()));
        let (number, other) = (RwSignal::new(1), RwSignal::new(0));
        let even = Memo::new(move |_| number.get() % 2 == 0);
        let first = Memo::new(move |_| even.get());
        Effect::new({
            let seen = seen.clone();
            move |before: Option<i32>| {
                seen.borrow_mut().push((first.get(), even.get(), untrack(|| other.get())));
                before.unwrap_or_default() + 1
            }
        });
        assert!(seen.borrow().is_empty(), "not before whatever made it has ended");
        run_waiting();
        number.set(3);
        other.set(7);
        run_waiting();
        assert_eq!(*seen.borrow(), [(false, false, 0)]);
        number.set(4);
        number.set(6);
        run_waiting();
        assert_eq!(*seen.borrow(), [(false, false, 0), (true, true, 7)], "once for both, and never half");
    });
}

#[test]
fn an_effect_that_changes_what_it_read_runs_once_more() {
    let owner = Owner::new();
    owner.with(|| {
        let number = RwSignal::new(1);
        Effect::new(move || {
            if number.get() < 3 {
                number.update(|n| *n += 1);
            }
        });
        run_waiting();
        assert_eq!(number.get(), 3);
    });
}

#[test]
fn what_an_effect_made_ends_when_it_runs_again() {
    let owner = Owner::new();
    let (ended, kept) = (Rc::new(Cell::new(0)), Rc::new(RefCell::new(Vec::new())));
    let number = owner.with(|| {
        let number = RwSignal::new(1);
        let (ended, kept) = (ended.clone(), kept.clone());
        Effect::new(move || {
            kept.borrow_mut().push(RwSignal::new(number.get()));
            let ended = ended.clone();
            on_cleanup(move || ended.set(ended.get() + 1));
        });
        run_waiting();
        number.set(2);
        run_waiting();
        number
    });
    let kept = kept.borrow().clone();
    assert_eq!(kept.iter().map(|signal| signal.try_get_untracked()).collect::<Vec<_>>(), [None, Some(2)]);
    assert_eq!(ended.get(), 1);
    drop(owner);
    assert_eq!(ended.get(), 2);
    assert_eq!(kept[1].try_set(5), Some(5));
    assert_eq!(number.try_update(|n| *n), None);
}

#[test]
fn a_place_that_is_taken_again_is_not_the_old_signal() {
    let owner = Owner::new();
    let old = owner.with(|| RwSignal::new(1));
    owner.cleanup();
    let new = owner.with(|| RwSignal::new(2));
    assert_eq!((old.try_get_untracked(), new.try_get_untracked()), (None, Some(2)));
}

#[test]
fn contexts_come_from_the_nearest_owner_above() {
    let above = Owner::new();
    above.with(|| {
        provide_context(1);
        provide_context("words");
        let below = Owner::new();
        below.with(|| {
            provide_context(2);
            assert_eq!((use_context::<i32>(), use_context::<&str>()), (Some(2), Some("words")));
            assert_eq!(use_context::<u8>(), None);
        });
        assert_eq!(expect_context::<i32>(), 1);
    });
    assert_eq!(use_context::<i32>(), None);
}

#[test]
fn a_signal_is_whatever_it_comes_from() {
    let owner = Owner::new();
    owner.with(|| {
        let number = RwSignal::new(1);
        let given: [Signal<i32>; 4] =
            [number.into(), Memo::new(move |_| number.get()).into(), Signal::derive(move || number.get()), 1.into()];
        let sum = Memo::new(move |_| given.iter().map(Signal::get).sum::<i32>());
        assert_eq!(sum.get(), 4);
        number.set(5);
        assert_eq!(sum.get(), 16);
        let heard = StoredValue::new(0);
        Callback::new(move |n| heard.set_value(n)).run(3);
        assert_eq!(heard.get_value(), 3);
    });
}

#[test]
fn a_panic_leaves_no_owner_behind() {
    let broken = std::panic::catch_unwind(|| Owner::new().with(|| untrack(|| panic!("wrong"))));
    assert!(broken.is_err());
    assert!(Owner::current().is_none());
}
