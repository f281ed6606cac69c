//! A view in the browser. It is shown once; when something that it follows changes, the new view is compared
//! with what is shown and only the difference goes to the page, so that focus, typed text and open boxes stay.

use crate::element::{Attribute, Element, Parts, Sets};
use crate::event::Handler;
use crate::keyed::Row;
use crate::reactive::{Owner, RenderEffect};
use crate::value::Value;
use crate::view::{AnyView, Kind, Make};
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Document, Event, HtmlElement, HtmlTemplateElement, Node, Text};

/// What is shown, and what it needs to change.
pub enum Shown {
    /// A comment that holds the place.
    Nothing(Node),
    Text(Text, Cow<'static, str>),
    Inert(Node, Cow<'static, str>),
    Element(Box<ShownElement>),
    /// Its last node is a comment that holds the place.
    List(Vec<Shown>, Node),
    Live(Live),
    Named(String, Box<Shown>),
    /// The number says which `<For>` made them: the state of its rows ends with it.
    Rows(Vec<ShownRow>, Node, usize),
}

/// A part that follows signals. The effect ends when this is dropped.
pub struct Live {
    _effect: RenderEffect,
    inner: Rc<RefCell<Option<Shown>>>,
}

impl Drop for Live {
    /// What is inside ends now, and not only when the effect's task notices: until then an effect inside would
    /// answer to signals whose owner is gone.
    fn drop(&mut self) {
        let inside = self.inner.try_borrow_mut().ok().and_then(|mut inner| inner.take());
        drop(inside);
    }
}

pub struct ShownElement {
    node: web_sys::Element,
    tag: &'static str,
    attributes: Vec<ShownAttribute>,
    handlers: Vec<ShownHandler>,
    children: Vec<Shown>,
}

struct ShownAttribute {
    sets: Sets,
    name: &'static str,
    /// What was set; nothing when it follows signals.
    last: Option<Value>,
    _effect: Option<RenderEffect>,
}

struct ShownHandler {
    node: web_sys::Element,
    name: &'static str,
    handler: Rc<RefCell<Handler>>,
    listener: Closure<dyn FnMut(Event)>,
}

impl Drop for ShownHandler {
    /// An event that is on its way must not find a listener that is gone.
    fn drop(&mut self) {
        let listener = self.listener.as_ref().unchecked_ref();
        _ = self.node.remove_event_listener_with_callback(self.name, listener);
    }
}

pub struct ShownRow {
    key: String,
    _owner: Owner,
    shown: Shown,
}

/// Shows a view at the end of `place`.
pub fn show(view: AnyView, place: &Node) -> Shown {
    let shown = build(view);
    shown.insert(place, None);
    shown
}

/// Only called where there is a page.
fn document() -> Document {
    web_sys::window().and_then(|w| w.document()).unwrap_or_else(|| wasm_bindgen::throw_str("no page"))
}

/// The DOM refuses only what is wrong in the program, such as a name that is none.
fn sure<T>(result: Result<T, JsValue>) -> T {
    result.unwrap_or_else(|error| wasm_bindgen::throw_val(error))
}

fn mark() -> Node {
    document().create_comment("").into()
}

fn build(view: AnyView) -> Shown {
    match *view.0 {
        Kind::Nothing => Shown::Nothing(mark()),
        Kind::Text(text) => Shown::Text(document().create_text_node(&text), text),
        Kind::Element(element) => Shown::Element(Box::new(build_element(element))),
        Kind::Inert { html, svg } => Shown::Inert(build_inert(&html, svg), html),
        Kind::List(list) => Shown::List(list.into_iter().map(build).collect(), mark()),
        Kind::Live(make) => Shown::Live(follow(make, None)),
        Kind::Named(name, view) => Shown::Named(name, Box::new(build(view))),
        Kind::Rows(rows, list) => Shown::Rows(rows.into_iter().map(build_row).collect(), mark(), list),
    }
}

fn build_inert(html: &str, svg: bool) -> Node {
    let template: HtmlTemplateElement = sure(document().create_element("template")).unchecked_into();
    let inside = |node: Node| node.first_child().unwrap_or_else(mark);
    if svg {
        template.set_inner_html(&["<svg>", html, "</svg>"].concat());
        inside(inside(template.content().into()))
    } else {
        template.set_inner_html(html);
        inside(template.content().into())
    }
}

fn build_element(element: Element) -> ShownElement {
    let Parts { tag, svg, attributes, handlers, children } = *element.0;
    let node = sure(match svg {
        true => document().create_element_ns(Some("http://www.w3.org/2000/svg"), tag),
        false => document().create_element(tag),
    });
    let children: Vec<Shown> = children.into_iter().map(build).collect();
    for child in &children {
        child.insert(&node, None);
    }
    let attributes = attributes.into_iter().map(|attribute| build_attribute(&node, attribute)).collect();
    let handlers = handlers.into_iter().map(|(name, handler)| listen(&node, name, handler)).collect();
    ShownElement { node, tag, attributes, handlers, children }
}

fn build_attribute(node: &web_sys::Element, attribute: Attribute) -> ShownAttribute {
    let Attribute { sets, name, value } = attribute;
    match value {
        Value::Live(mut live) => {
            let node = node.clone();
            let effect = RenderEffect::new(move || apply(&node, sets, name, &live.ask()));
            ShownAttribute { sets, name, last: None, _effect: Some(effect) }
        }
        value => {
            apply(node, sets, name, &value);
            ShownAttribute { sets, name, last: Some(value), _effect: None }
        }
    }
}

fn apply(node: &web_sys::Element, sets: Sets, name: &str, value: &Value) {
    let text = match value {
        Value::Off | Value::Live(_) => None,
        Value::On => Some(""),
        Value::Text(text) => Some(&**text),
    };
    match (sets, text) {
        (Sets::Attribute, Some(text)) => sure(node.set_attribute(name, text)),
        (Sets::Attribute, None) => sure(node.remove_attribute(name)),
        (Sets::Class, text) => {
            sure(node.class_list().toggle_with_force(name, text.is_some()));
        }
        (Sets::Style, text) => {
            sure(node.unchecked_ref::<HtmlElement>().style().set_property(name, text.unwrap_or_default()));
        }
        (Sets::Property, text) => {
            let value = match value {
                Value::Text(text) => JsValue::from_str(text),
                _ => JsValue::from_bool(text.is_some()),
            };
            sure(js_sys::Reflect::set(node, &JsValue::from_str(name), &value));
        }
        (Sets::Inside, text) => node.set_inner_html(text.unwrap_or_default()),
    }
}

fn listen(node: &web_sys::Element, name: &'static str, handler: Handler) -> ShownHandler {
    let handler = Rc::new(RefCell::new(handler));
    let listener = Closure::new({
        let handler = handler.clone();
        move |event: Event| {
            if let Ok(mut handle) = handler.try_borrow_mut() {
                handle.handle(event);
            }
        }
    });
    sure(node.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref()));
    ShownHandler { node: node.clone(), name, handler, listener }
}

/// Follows signals from now on; `shown` is what stands in the page already.
fn follow(mut make: Box<dyn Make>, shown: Option<Shown>) -> Live {
    let inner = Rc::new(RefCell::new(shown));
    let effect = RenderEffect::new({
        let inner = inner.clone();
        move || {
            let view = make.make();
            let before = inner.borrow_mut().take();
            let now = match before {
                Some(mut shown) => {
                    patch(&mut shown, view);
                    shown
                }
                None => build(view),
            };
            inner.replace(Some(now));
        }
    });
    Live { _effect: effect, inner }
}

fn build_row(row: Row) -> ShownRow {
    let (owner, view) = (row.make)();
    let shown = owner.with(|| build(view));
    ShownRow { key: row.key, _owner: owner, shown }
}

/// Makes what is shown show `view`.
fn patch(shown: &mut Shown, view: AnyView) {
    match (&mut *shown, *view.0) {
        (Shown::Nothing(_), Kind::Nothing) => {}
        (Shown::Text(node, old), Kind::Text(new)) => {
            if *old != new {
                node.set_data(&new);
                *old = new;
            }
        }
        (Shown::Inert(_, old), Kind::Inert { html, .. }) if *old == html => {}
        (Shown::Element(old), Kind::Element(new)) if old.fits(&new) => old.patch(new),
        (Shown::List(items, end), Kind::List(views)) => {
            let place = end.parent_node();
            patch_all(items, views, |new| {
                if let Some(place) = &place {
                    new.insert(place, Some(end));
                }
            });
        }
        (Shown::Live(live), Kind::Live(make)) => {
            let inner = live.inner.borrow_mut().take();
            *live = follow(make, inner);
        }
        (Shown::Named(old, inner), Kind::Named(new, view)) if *old == new => patch(inner, view),
        (Shown::Rows(shown, end, old), Kind::Rows(rows, new)) if *old == new => patch_rows(shown, end, rows),
        (shown, view) => {
            let new = build(AnyView(Box::new(view)));
            let first = shown.first();
            if let Some(place) = first.parent_node() {
                new.insert(&place, Some(&first));
            }
            shown.remove();
            *shown = new;
        }
    }
}

fn patch_all(shown: &mut Vec<Shown>, views: Vec<AnyView>, insert: impl Fn(&Shown)) {
    for gone in shown.drain(views.len().min(shown.len())..) {
        gone.remove();
    }
    let kept = shown.len();
    for (at, view) in views.into_iter().enumerate() {
        if at < kept {
            patch(&mut shown[at], view);
        } else {
            let new = build(view);
            insert(&new);
            shown.push(new);
        }
    }
}

fn patch_rows(shown: &mut Vec<ShownRow>, end: &Node, rows: Vec<Row>) {
    let Some(place) = end.parent_node() else { return };
    let (old, gone): (Vec<_>, Vec<_>) = shown.drain(..).partition(|old| rows.iter().any(|row| row.key == old.key));
    for row in gone {
        row.shown.remove();
    }
    let order: Vec<String> = old.iter().map(|row| row.key.clone()).collect();
    let mut old: Vec<Option<ShownRow>> = old.into_iter().map(Some).collect();
    *shown = rows
        .into_iter()
        .map(|row| {
            let at = order.iter().position(|key| *key == row.key);
            at.and_then(|at| old[at].take()).unwrap_or_else(|| build_row(row))
        })
        .collect();
    let in_order = {
        let kept = shown.iter().filter_map(|row| order.iter().position(|key| *key == row.key));
        kept.is_sorted()
    };
    let mut before = end.clone();
    for row in shown.iter().rev() {
        // A node that is moved loses the focus, so what stands right stays.
        if !in_order || !order.contains(&row.key) {
            row.shown.insert(&place, Some(&before));
        }
        before = row.shown.first();
    }
}

impl ShownElement {
    /// Whether this element can become the other by changing values alone.
    fn fits(&self, new: &Element) -> bool {
        let new = &new.0;
        self.tag == new.tag
            && self.attributes.len() == new.attributes.len()
            && self.handlers.len() == new.handlers.len()
            && self.attributes.iter().zip(&new.attributes).all(|(a, b)| a.sets == b.sets && a.name == b.name)
            && self.handlers.iter().zip(&new.handlers).all(|(a, b)| a.name == b.0)
    }

    fn patch(&mut self, new: Element) {
        let new = *new.0;
        let ShownElement { node, attributes, handlers, children, .. } = self;
        patch_all(children, new.children, |child| child.insert(node, None));
        for (old, new) in attributes.iter_mut().zip(new.attributes) {
            // Properties change under the person's hands: what was set last says nothing about them.
            let same = new.sets != Sets::Property
                && match (&old.last, &new.value) {
                    (Some(Value::Off), Value::Off) | (Some(Value::On), Value::On) => true,
                    (Some(Value::Text(a)), Value::Text(b)) => a == b,
                    _ => false,
                };
            if !same {
                *old = build_attribute(node, new);
            }
        }
        for (old, (_, handler)) in handlers.iter().zip(new.handlers) {
            drop(old.handler.replace(handler));
        }
    }
}

impl Shown {
    fn insert(&self, place: &Node, before: Option<&Node>) {
        let put = |node: &Node| {
            sure(place.insert_before(node, before));
        };
        match self {
            Shown::Nothing(node) | Shown::Inert(node, _) => put(node),
            Shown::Text(node, _) => put(node),
            Shown::Element(element) => put(&element.node),
            Shown::List(items, end) => {
                items.iter().for_each(|item| item.insert(place, before));
                put(end);
            }
            Shown::Live(live) => {
                if let Some(inner) = &*live.inner.borrow() {
                    inner.insert(place, before);
                }
            }
            Shown::Named(_, inner) => inner.insert(place, before),
            Shown::Rows(rows, end, _) => {
                rows.iter().for_each(|row| row.shown.insert(place, before));
                put(end);
            }
        }
    }

    fn remove(&self) {
        let take = |node: &Node| {
            if let Some(place) = node.parent_node() {
                sure(place.remove_child(node));
            }
        };
        match self {
            Shown::Nothing(node) | Shown::Inert(node, _) => take(node),
            Shown::Text(node, _) => take(node),
            Shown::Element(element) => take(&element.node),
            Shown::List(items, end) => {
                items.iter().for_each(Shown::remove);
                take(end);
            }
            Shown::Live(live) => {
                if let Some(inner) = &*live.inner.borrow() {
                    inner.remove();
                }
            }
            Shown::Named(_, inner) => inner.remove(),
            Shown::Rows(rows, end, _) => {
                rows.iter().for_each(|row| row.shown.remove());
                take(end);
            }
        }
    }

    /// The first node in the page.
    fn first(&self) -> Node {
        match self {
            Shown::Nothing(node) | Shown::Inert(node, _) => node.clone(),
            Shown::Text(node, _) => node.clone().into(),
            Shown::Element(element) => element.node.clone().into(),
            Shown::List(items, end) => items.first().map_or_else(|| end.clone(), Shown::first),
            Shown::Live(live) => live.inner.borrow().as_ref().map_or_else(mark, Shown::first),
            Shown::Named(_, inner) => inner.first(),
            Shown::Rows(rows, end, _) => rows.first().map_or_else(|| end.clone(), |row| row.shown.first()),
        }
    }
}
