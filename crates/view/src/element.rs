//! One element: tag, attributes, children.

use crate::event::{self, Handler};
use crate::value::{IntoValue, Value};
use crate::view::{AnyView, IntoAny, Kind};
use std::borrow::Cow;

/// What an attribute of a view does to its element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sets {
    Attribute,
    /// One class of many.
    Class,
    /// One style, set through the DOM: the content security policy forbids the attribute.
    Style,
    /// A property of the element in the browser.
    Property,
    /// All that is inside, as HTML.
    Inside,
}

pub struct Attribute {
    pub sets: Sets,
    pub name: &'static str,
    pub value: Value,
}

/// An element, one pointer wide.
pub struct Element(pub Box<Parts>);

/// All that belongs to an element.
pub struct Parts {
    pub tag: &'static str,
    /// Whether it belongs to a drawing.
    pub svg: bool,
    pub attributes: Vec<Attribute>,
    pub handlers: Vec<(&'static str, Handler)>,
    pub children: Vec<AnyView>,
}

impl Element {
    #[inline(never)]
    fn new(tag: &'static str, svg: bool) -> Element {
        Element(Box::new(Parts { tag, svg, attributes: Vec::new(), handlers: Vec::new(), children: Vec::new() }))
    }

    #[inline(never)]
    pub(crate) fn set(mut self, sets: Sets, name: &'static str, value: Value) -> Element {
        self.0.attributes.push(Attribute { sets, name, value });
        self
    }

    #[inline(never)]
    pub(crate) fn set_text(self, sets: Sets, name: &'static str, text: &'static str) -> Element {
        self.set(sets, name, Value::Text(Cow::Borrowed(text)))
    }

    #[inline(never)]
    fn add(mut self, child: AnyView) -> Element {
        match *child.0 {
            Kind::List(list) if self.0.children.is_empty() => self.0.children = list,
            child => self.0.children.push(AnyView(Box::new(child))),
        }
        self
    }

    #[inline(never)]
    fn handle(mut self, name: &'static str, handler: Handler) -> Element {
        self.0.handlers.push((name, handler));
        self
    }

    pub fn child(self, child: impl IntoAny) -> Element {
        self.add(child.into_any())
    }

    pub fn attr(self, name: &'static str, value: impl IntoValue) -> Element {
        value.put(self, Sets::Attribute, name)
    }

    pub fn class(self, class: impl IntoClass) -> Element {
        class.put(self)
    }

    pub fn style(self, (name, value): (&'static str, impl IntoValue)) -> Element {
        value.put(self, Sets::Style, name)
    }

    pub fn prop(self, name: &'static str, value: impl IntoValue) -> Element {
        value.put(self, Sets::Property, name)
    }

    pub fn inner_html(self, html: impl IntoValue) -> Element {
        html.put(self, Sets::Inside, "")
    }

    pub fn on<K: event::Kind>(self, _kind: K, handle: impl FnMut(K::Event) + 'static) -> Element {
        self.handle(K::NAME, K::handler(handle))
    }
}

/// `class="a b"` or `class:a=on`.
pub trait IntoClass {
    fn put(self, element: Element) -> Element;
}

impl<V: IntoValue> IntoClass for V {
    fn put(self, element: Element) -> Element {
        IntoValue::put(self, element, Sets::Attribute, "class")
    }
}

impl<V: IntoValue> IntoClass for (&'static str, V) {
    fn put(self, element: Element) -> Element {
        self.1.put(element, Sets::Class, self.0)
    }
}

macro_rules! attributes {
    ($($method:ident $name:literal)*) => {
        impl Element {
            $(pub fn $method(self, value: impl IntoValue) -> Element {
                value.put(self, Sets::Attribute, $name)
            })*
        }
    };
}
attributes! {
    accept "accept" action "action" alt "alt" aria_controls "aria-controls" aria_current "aria-current"
    aria_describedby "aria-describedby" aria_disabled "aria-disabled" aria_expanded "aria-expanded"
    aria_hidden "aria-hidden" aria_invalid "aria-invalid" aria_label "aria-label"
    aria_labelledby "aria-labelledby" aria_live "aria-live" aria_modal "aria-modal"
    autocapitalize "autocapitalize" autocomplete "autocomplete" capture "capture" checked "checked"
    colspan "colspan" disabled "disabled" download "download" enterkeyhint "enterkeyhint" r#for "for"
    height "height" hidden "hidden" href "href" hreflang "hreflang" id "id" inputmode "inputmode" lang "lang"
    loading "loading" max "max" maxlength "maxlength" method "method" min "min" multiple "multiple"
    name "name" novalidate "novalidate" open "open" pattern "pattern" placeholder "placeholder" readonly "readonly" rel "rel"
    required "required" role "role" rows "rows" scope "scope" size "size" spellcheck "spellcheck" src "src"
    start "start" tabindex "tabindex" target "target" title "title" r#type "type" value "value" width "width"
}

macro_rules! tags {
    ($svg:literal $($tag:ident)*) => {
        $(pub fn $tag() -> super::Element {
            super::Element::new(stringify!($tag), $svg)
        })*
    };
}

/// HTML elements under the names that the macro writes.
pub mod tags {
    tags! { false
        a b bdi blockquote br button caption code dd details dialog div dl dt em fieldset figcaption figure footer
        form h1 h2 h3 h4 header hr i img input kbd label legend li main nav noscript ol option p pre progress section
        select small span strong summary table tbody td textarea tfoot th thead time tr ul wbr
    }
}

/// Elements of drawings.
pub mod svg_tags {
    tags! { true circle defs ellipse g line path pattern polygon polyline rect svg text title tspan }
}

/// HTML that never changes.
pub struct InertElement;

impl InertElement {
    #[allow(clippy::new_ret_no_self)]
    pub fn new(html: impl Into<Cow<'static, str>>) -> AnyView {
        AnyView::inert(html.into(), false)
    }
}

/// A part of a drawing that never changes.
pub struct InertSvg;

impl InertSvg {
    #[allow(clippy::new_ret_no_self)]
    pub fn new(html: impl Into<Cow<'static, str>>) -> AnyView {
        AnyView::inert(html.into(), true)
    }
}
