//! What a view can be, and what turns into one.

use crate::element::Element;
use crate::keyed::Row;
use crate::reactive::{Memo, RwSignal, Signal};
use std::borrow::Cow;

/// A view, whatever it shows. One pointer wide: views are handed on in every line of the app.
pub struct AnyView(pub Box<Kind>);

/// What a view shows.
pub enum Kind {
    Nothing,
    Text(Cow<'static, str>),
    Element(Element),
    /// HTML that never changes; `svg` says that it belongs into a drawing.
    Inert {
        html: Cow<'static, str>,
        svg: bool,
    },
    List(Vec<AnyView>),
    /// Made anew when a signal that it reads changes.
    Live(Box<dyn Make>),
    /// Shown anew, not patched, when the name changes.
    Named(String, AnyView),
    /// Rows that keep their state by key, and the number of the list that they belong to.
    Rows(Vec<Row>, usize),
}

/// A closure that makes a view. Not `FnMut`: that would carry the closure's body twice.
pub trait Make {
    fn make(&mut self) -> AnyView;
}

impl<V: IntoAny, F: FnMut() -> V> Make for F {
    fn make(&mut self) -> AnyView {
        self().into_any()
    }
}

impl AnyView {
    #[inline(never)]
    fn new(kind: Kind) -> AnyView {
        AnyView(Box::new(kind))
    }

    #[inline(never)]
    fn fixed(text: &'static str) -> AnyView {
        AnyView::new(Kind::Text(Cow::Borrowed(text)))
    }

    #[inline(never)]
    fn owned(text: String) -> AnyView {
        AnyView::new(Kind::Text(Cow::Owned(text)))
    }

    #[inline(never)]
    fn live(make: Box<dyn Make>) -> AnyView {
        AnyView::new(Kind::Live(make))
    }

    #[inline(never)]
    fn list(list: Vec<AnyView>) -> AnyView {
        AnyView::new(Kind::List(list))
    }

    #[inline(never)]
    pub(crate) fn inert(html: Cow<'static, str>, svg: bool) -> AnyView {
        AnyView::new(Kind::Inert { html, svg })
    }

    pub(crate) fn rows(rows: Vec<Row>, list: usize) -> AnyView {
        AnyView::new(Kind::Rows(rows, list))
    }

    /// This view under a name: where another name takes its place, nothing of the old one stays in the page (no
    /// focus, no typed text, no open box).
    pub fn named(self, name: impl Into<String>) -> AnyView {
        AnyView::new(Kind::Named(name.into(), self))
    }

    /// The macro marks views for reloading while programming; nothing here needs the mark.
    #[doc(hidden)]
    pub fn with_view_marker(self, _marker: &'static str) -> AnyView {
        self
    }
}

/// What can be shown.
pub trait IntoAny {
    fn into_any(self) -> AnyView;
}

/// What can be shown, by the name that components give as their result.
pub trait IntoView: IntoAny {}

impl<V: IntoAny> IntoView for V {}

/// Where the macro wraps a view.
pub struct View;

impl View {
    #[allow(clippy::new_ret_no_self)]
    pub fn new(view: impl IntoAny) -> AnyView {
        view.into_any()
    }
}

/// The name by which the macro asks for a child.
pub trait IntoRender {
    fn into_render(self) -> AnyView;
}

impl<V: IntoAny> IntoRender for V {
    fn into_render(self) -> AnyView {
        self.into_any()
    }
}

impl IntoAny for AnyView {
    fn into_any(self) -> AnyView {
        self
    }
}

impl IntoAny for Element {
    fn into_any(self) -> AnyView {
        AnyView::new(Kind::Element(self))
    }
}

impl IntoAny for () {
    fn into_any(self) -> AnyView {
        AnyView::new(Kind::Nothing)
    }
}

impl IntoAny for &'static str {
    fn into_any(self) -> AnyView {
        AnyView::fixed(self)
    }
}

impl IntoAny for String {
    fn into_any(self) -> AnyView {
        AnyView::owned(self)
    }
}

impl IntoAny for Cow<'static, str> {
    fn into_any(self) -> AnyView {
        AnyView::new(Kind::Text(self))
    }
}

impl<V: IntoAny> IntoAny for Option<V> {
    fn into_any(self) -> AnyView {
        match self {
            Some(view) => view.into_any(),
            None => ().into_any(),
        }
    }
}

impl<V: IntoAny> IntoAny for Vec<V> {
    fn into_any(self) -> AnyView {
        AnyView::list(self.into_iter().map(IntoAny::into_any).collect())
    }
}

impl<V: IntoAny, const N: usize> IntoAny for [V; N] {
    fn into_any(self) -> AnyView {
        AnyView::list(self.into_iter().map(IntoAny::into_any).collect())
    }
}

impl<V: IntoAny, F: FnMut() -> V + 'static> IntoAny for F {
    fn into_any(self) -> AnyView {
        AnyView::live(Box::new(self))
    }
}

impl<V: IntoAny + Clone + 'static> IntoAny for Signal<V> {
    fn into_any(self) -> AnyView {
        AnyView::live(Box::new(move || self.get()))
    }
}

impl<V: IntoAny + Clone + 'static> IntoAny for RwSignal<V> {
    fn into_any(self) -> AnyView {
        AnyView::live(Box::new(move || self.get()))
    }
}

impl<V: IntoAny + Clone + 'static> IntoAny for Memo<V> {
    fn into_any(self) -> AnyView {
        AnyView::live(Box::new(move || self.get()))
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl IntoAny for $number {
            fn into_any(self) -> AnyView {
                AnyView::owned(self.to_string())
            }
        }
    )*};
}
numbers!(u8 u16 u32 u64 usize i32 i64 f64 char);

macro_rules! tuples {
    ($($name:ident)*) => {
        impl<$($name: IntoAny),*> IntoAny for ($($name,)*) {
            #[allow(non_snake_case)]
            fn into_any(self) -> AnyView {
                let ($($name,)*) = self;
                AnyView::list(vec![$($name.into_any()),*])
            }
        }
    };
}
tuples!(A);
tuples!(A B);
tuples!(A B C);
tuples!(A B C D);
tuples!(A B C D E);
tuples!(A B C D E F);
tuples!(A B C D E F G);
tuples!(A B C D E F G H);
tuples!(A B C D E F G H I);
tuples!(A B C D E F G H I J);
tuples!(A B C D E F G H I J K);
tuples!(A B C D E F G H I J K L);
tuples!(A B C D E F G H I J K L M);
tuples!(A B C D E F G H I J K L M N);
tuples!(A B C D E F G H I J K L M N O);
tuples!(A B C D E F G H I J K L M N O P);

/// Gathers what an iterator gives into one view.
pub trait CollectView {
    fn collect_view(self) -> AnyView;
}

impl<I: Iterator<Item: IntoAny>> CollectView for I {
    fn collect_view(self) -> AnyView {
        AnyView::list(self.map(IntoAny::into_any).collect())
    }
}
