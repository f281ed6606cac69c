//! How the `view!` macro makes a component from its function without knowing the name of its properties.

/// The properties of a component; the `component` macro implements it.
pub trait Props {
    type Builder;
    fn builder() -> Self::Builder;
}

/// Properties, or none at all.
pub trait MaybeProps {
    type Builder;
    fn begin() -> Self::Builder;
}

impl<P: Props> MaybeProps for P {
    type Builder = P::Builder;
    fn begin() -> P::Builder {
        P::builder()
    }
}

/// Builds the properties of a component that has none.
pub struct NoProps;

impl NoProps {
    pub fn build(self) {}
}

impl MaybeProps for NoProps {
    type Builder = NoProps;
    fn begin() -> NoProps {
        NoProps
    }
}

/// A function that is a component with these properties.
pub trait Component<P> {}

impl<V, F: FnOnce() -> V> Component<NoProps> for F {}
impl<P: Props, V, F: FnOnce(P) -> V> Component<P> for F {}

pub fn component_props_builder<P: MaybeProps>(_component: &impl Component<P>) -> P::Builder {
    P::begin()
}

/// A function that makes a view from its properties.
pub trait Construct<P, V> {
    fn construct(self, props: P) -> V;
}

impl<V, F: FnOnce() -> V> Construct<(), V> for F {
    fn construct(self, (): ()) -> V {
        self()
    }
}

impl<P: Props, V, F: FnOnce(P) -> V> Construct<P, V> for F {
    fn construct(self, props: P) -> V {
        self(props)
    }
}

pub fn component_view<P, V>(component: impl Construct<P, V>, props: P) -> V {
    component.construct(props)
}
