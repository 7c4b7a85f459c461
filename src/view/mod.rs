//! What `view!` makes: a tree of data, and the one piece of code that shows it (`build.rs`).
//!
//! Signals, contexts, effects and components are Leptos'. Only its renderer is not used: it makes
//! code for each element and closure, this makes data (docs/decisions/0003). The module must not
//! know what is shown.

mod build;
mod patch;
mod value;

use std::borrow::Cow;

use leptos::ev::EventDescriptor;
use leptos::html::ElementType;
use leptos::prelude::{NodeRef, Owner, untrack};
use leptos::tachys::html::node_ref::NodeRefContainer;
use wasm_bindgen::JsCast;

pub use jobnet_view::view;
pub use value::{Flag, IntoFlag, IntoValue, Setting, Value};

use build::State;

/// A part of the page.
pub enum View {
    /// Words.
    Text(Cow<'static, str>),
    /// An element.
    Element(Box<Element>),
    /// Several parts, or none.
    Many(Vec<Self>),
    /// A part that is made again when a signal it reads changes.
    Live(Box<dyn FnMut() -> Self>),
}

/// What a component shows inside itself.
pub type Children = Box<dyn FnOnce() -> View>;

impl View {
    /// Nothing.
    pub const fn none() -> Self {
        Self::Many(Vec::new())
    }

    /// Words.
    pub fn text(text: impl Into<Cow<'static, str>>) -> Self {
        Self::Text(text.into())
    }

    /// A part that is made again when a signal it reads changes.
    pub fn live<V: IntoView>(make: impl FnMut() -> V + 'static) -> Self {
        make.into_view()
    }

    /// Several parts, one after the other.
    pub const fn many(parts: Vec<Self>) -> Self {
        Self::Many(parts)
    }
}

/// An element with all that is set on it.
pub struct Element {
    tag: &'static str,
    is_svg: bool,
    fixed: &'static [(&'static str, &'static str)],
    parts: Vec<Part>,
    children: Vec<View>,
}

/// Something that is set on an element.
enum Part {
    Attribute(&'static str, Setting),
    Property(&'static str, Setting),
    Style(&'static str, Setting),
    Class(&'static str, Flag),
    On(&'static str, Box<dyn FnMut(web_sys::Event)>),
    Ref(Box<dyn FnOnce(web_sys::Element)>),
}

/// The methods that `view!` calls. They are not inlined: a call is all an attribute costs.
impl Element {
    /// An element with attributes that never change.
    #[inline(never)]
    pub fn new(
        tag: &'static str,
        is_svg: bool,
        fixed: &'static [(&'static str, &'static str)],
    ) -> Box<Self> {
        Box::new(Self { tag, is_svg, fixed, parts: Vec::new(), children: Vec::new() })
    }

    #[inline(never)]
    fn part(&mut self, part: Part) {
        self.parts.push(part);
    }

    /// An attribute.
    #[inline(never)]
    pub fn attribute(&mut self, name: &'static str, value: Setting) {
        self.part(Part::Attribute(name, value));
    }

    /// A property of the DOM, such as the text in a field.
    #[inline(never)]
    pub fn property(&mut self, name: &'static str, value: Setting) {
        self.part(Part::Property(name, value));
    }

    /// A property of its style.
    #[inline(never)]
    pub fn style(&mut self, name: &'static str, value: Setting) {
        self.part(Part::Style(name, value));
    }

    /// A class that comes and goes.
    #[inline(never)]
    pub fn class(&mut self, name: &'static str, flag: Flag) {
        self.part(Part::Class(name, flag));
    }

    /// A listener.
    pub fn on<E: EventDescriptor>(
        &mut self,
        name: &'static str,
        _event: E,
        mut listener: impl FnMut(E::EventType) + 'static,
    ) where
        E::EventType: JsCast,
    {
        let listener = move |event: web_sys::Event| listener(event.unchecked_into());
        self.part(Part::On(name, Box::new(listener)));
    }

    /// A handle on the element.
    pub fn node_ref<E>(&mut self, handle: NodeRef<E>)
    where
        E: ElementType + 'static,
        E::Output: JsCast + Clone + 'static,
    {
        self.part(Part::Ref(Box::new(move |element| {
            NodeRefContainer::<E>::load(handle, &element);
        })));
    }

    /// A part inside it.
    #[inline(never)]
    pub fn child(&mut self, child: View) {
        self.children.push(child);
    }
}

/// Something that can stand in a page.
pub trait IntoView {
    /// As a part of the page.
    fn into_view(self) -> View;
}

impl IntoView for View {
    fn into_view(self) -> View {
        self
    }
}
impl IntoView for &'static str {
    fn into_view(self) -> View {
        View::text(self)
    }
}
impl IntoView for String {
    fn into_view(self) -> View {
        View::text(self)
    }
}
impl IntoView for Cow<'static, str> {
    fn into_view(self) -> View {
        View::Text(self)
    }
}
impl<V: IntoView> IntoView for Option<V> {
    fn into_view(self) -> View {
        self.map_or(View::none(), V::into_view)
    }
}
impl<V: IntoView> IntoView for Vec<V> {
    fn into_view(self) -> View {
        View::Many(self.into_iter().map(V::into_view).collect())
    }
}
impl<V: IntoView, const N: usize> IntoView for [V; N] {
    fn into_view(self) -> View {
        View::Many(self.into_iter().map(V::into_view).collect())
    }
}
impl<F: FnMut() -> V + 'static, V: IntoView> IntoView for F {
    fn into_view(mut self) -> View {
        View::Live(Box::new(move || self().into_view()))
    }
}

/// Runs a component: once, following no signal.
pub fn component(make: impl FnOnce() -> View) -> View {
    untrack(make)
}

/// An app that was mounted; it goes when this is dropped.
pub struct Mounted {
    owner: Owner,
    state: Option<State>,
}

impl Mounted {
    /// Lets it live as long as the page.
    pub fn forget(self) {
        std::mem::forget(self);
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        if let Some(state) = self.state.take() {
            state.remove();
        }
        self.owner.cleanup();
    }
}

/// Lets effects and futures run. Twice does no harm.
pub fn start_executor() {
    // An error only says that it was done before.
    let _ = any_spawner::Executor::init_wasm_bindgen();
}

/// Shows a view at the end of an element and keeps it true to its signals.
pub fn mount(place: &web_sys::Element, app: impl FnOnce() -> View) -> Mounted {
    start_executor();
    let owner = Owner::new();
    let state = owner.with(|| build::build(app(), place, None));
    Mounted { owner, state: Some(state) }
}
