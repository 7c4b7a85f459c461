//! Views into nodes of the document, once.
//!
//! What it returns keeps the nodes, the effects that follow signals and the listeners. It does not
//! know how a view that is already there becomes another: that is `patch.rs`.

use std::borrow::Cow;

use leptos::prelude::RenderEffect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element as Node, Node as AnyNode};

use super::patch::patch;
use super::{Element, Flag, Part, Setting, Value, View};
use crate::platform::document;

/// A view that is in the page.
pub(super) enum State {
    Text {
        node: web_sys::Text,
        text: Cow<'static, str>,
    },
    Element(Box<Built>),
    /// `end` stays behind the last part, so that there is a place for more.
    Many {
        parts: Vec<State>,
        end: AnyNode,
    },
    Live {
        effect: RenderEffect<State>,
        end: AnyNode,
    },
}

/// An element that is in the page.
pub(super) struct Built {
    pub(super) node: Node,
    pub(super) tag: &'static str,
    pub(super) fixed: &'static [(&'static str, &'static str)],
    pub(super) held: Vec<(Key, Held)>,
    pub(super) children: Vec<State>,
}

/// Which part of an element: its kind and name.
pub(super) type Key = (u8, &'static str);

/// What keeps a part of an element true, as long as it lives.
#[expect(dead_code, reason = "most are not read: dropping one ends the effect or the listener")]
pub(super) enum Held {
    Nothing,
    /// A value that does not change.
    Fixed(Value),
    Value(RenderEffect<Value>),
    Flag(RenderEffect<bool>),
    Listener(Listener),
}

/// A listener, until it is dropped.
pub(super) struct Listener {
    node: Node,
    event: &'static str,
    closure: Closure<dyn FnMut(web_sys::Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        // An event may still be on its way to a node that has left the page.
        let function = self.closure.as_ref().unchecked_ref();
        let _ = self.node.remove_event_listener_with_callback(self.event, function);
    }
}

impl State {
    /// Takes its nodes out of the page.
    pub(super) fn remove(self) {
        match self {
            Self::Text { node, .. } => node.remove(),
            Self::Element(built) => built.node.remove(),
            Self::Many { parts, end } => {
                parts.into_iter().for_each(Self::remove);
                detach(&end);
            }
            Self::Live { effect, end } => {
                if let Some(inside) = effect.take_value() {
                    inside.remove();
                }
                detach(&end);
            }
        }
    }

    /// The first node it has in the page.
    pub(super) fn first(&self) -> AnyNode {
        match self {
            Self::Text { node, .. } => node.clone().unchecked_into(),
            Self::Element(built) => built.node.clone().unchecked_into(),
            Self::Many { parts, end } => parts.first().map_or_else(|| end.clone(), Self::first),
            Self::Live { effect, end } => {
                effect.with_value_mut(|inside| inside.first()).unwrap_or_else(|| end.clone())
            }
        }
    }
}

fn detach(node: &AnyNode) {
    if let Some(parent) = node.parent_node() {
        let _ = parent.remove_child(node);
    }
}

/// Puts a view before a node, or at the end.
pub(super) fn build(view: View, parent: &AnyNode, before: Option<&AnyNode>) -> State {
    let place = |node: &AnyNode| {
        // It fails only where a parent may have no such child: the page then lacks a part, which
        // every test of that page sees.
        let _ = parent.insert_before(node, before);
    };
    match view {
        View::Text(text) => {
            let node = document::text(&text);
            place(&node);
            State::Text { node, text }
        }
        View::Element(element) => {
            let built = element_of(*element);
            place(&built.node);
            State::Element(built)
        }
        View::Many(parts) => {
            let end = document::mark();
            place(&end);
            let parts = parts.into_iter().map(|part| build(part, parent, Some(&end))).collect();
            State::Many { parts, end }
        }
        View::Live(make) => {
            let end = document::mark();
            place(&end);
            State::Live { effect: live(make, &end, None), end }
        }
    }
}

/// Keeps what stands before a mark as a closure makes it.
pub(super) fn live(
    mut make: Box<dyn FnMut() -> View>,
    end: &AnyNode,
    before: Option<State>,
) -> RenderEffect<State> {
    let end = end.clone();
    RenderEffect::new_with_value(
        move |last: Option<State>| {
            let view = make();
            // The mark is in the page as long as the effect lives.
            let parent = end.parent_node().unwrap_or_else(|| end.clone());
            match last {
                Some(state) => patch(state, view, &parent),
                None => build(view, &parent, Some(&end)),
            }
        },
        before,
    )
}

fn element_of(element: Element) -> Box<Built> {
    let Element { tag, is_svg, fixed, parts, children } = element;
    let node = document::create(tag, is_svg);
    for (name, value) in fixed {
        let _ = node.set_attribute(name, value);
    }
    let children = children.into_iter().map(|child| build(child, &node, None)).collect();
    // After the children: the value of a list of choices names one of them.
    let held = parts.into_iter().map(|part| (part.key(), hold(part, &node, None))).collect();
    Box::new(Built { node, tag, fixed, held, children })
}

impl Part {
    pub(super) fn key(&self) -> Key {
        match self {
            Self::Attribute(name, _) => (0, name),
            Self::Property(name, _) => (1, name),
            Self::Style(name, _) => (2, name),
            Self::Class(name, _) => (3, name),
            Self::On(name, _) => (4, name),
            Self::Ref(_) => (5, ""),
        }
    }
}

/// Sets a part and keeps it true. What held it before is not set again if it is the same: the browser
/// would look at the style of the element anew.
pub(super) fn hold(part: Part, node: &Node, before: Option<&Held>) -> Held {
    match part {
        Part::Attribute(name, setting) => keep(setting, node, name, set_attribute, before),
        Part::Property(name, setting) => keep(setting, node, name, set_property, None),
        Part::Style(name, setting) => keep(setting, node, name, set_style, before),
        Part::Class(name, Flag::Fixed(there)) => {
            let value = there.into();
            if !is_held(before, &value) {
                set_class(node, name, there);
            }
            Held::Fixed(value)
        }
        Part::Class(name, Flag::Live(mut there)) => {
            let node = node.clone();
            Held::Flag(RenderEffect::new(move |last| {
                let now = there();
                if last != Some(now) {
                    set_class(&node, name, now);
                }
                now
            }))
        }
        Part::On(event, listener) => {
            let closure = Closure::new(listener);
            let function = closure.as_ref().unchecked_ref();
            let _ = node.add_event_listener_with_callback(event, function);
            Held::Listener(Listener { node: node.clone(), event, closure })
        }
        Part::Ref(load) => {
            load(node.clone());
            Held::Nothing
        }
    }
}

fn is_held(before: Option<&Held>, value: &Value) -> bool {
    matches!(before, Some(Held::Fixed(last)) if last == value)
}

type Set = fn(&Node, &'static str, &Value);

fn keep(
    setting: Setting,
    node: &Node,
    name: &'static str,
    set: Set,
    before: Option<&Held>,
) -> Held {
    match setting {
        Setting::Fixed(value) => {
            if !is_held(before, &value) {
                set(node, name, &value);
            }
            Held::Fixed(value)
        }
        Setting::Live(mut value) => {
            let node = node.clone();
            Held::Value(RenderEffect::new(move |last| {
                let now = value();
                if last.as_ref() != Some(&now) {
                    set(&node, name, &now);
                }
                now
            }))
        }
    }
}

// The names come from `view!` and are valid: no setting can fail.

fn set_attribute(node: &Node, name: &'static str, value: &Value) {
    let _ = match value {
        Value::Text(text) => node.set_attribute(name, text),
        Value::Absent => node.remove_attribute(name),
    };
}

fn set_property(node: &Node, name: &'static str, value: &Value) {
    let text = match value {
        Value::Text(text) => text,
        Value::Absent => "",
    };
    let name = JsValue::from_str(name);
    let now = js_sys::Reflect::get(node, &name).ok();
    let is_flag = now.as_ref().is_some_and(|now| now.as_bool().is_some());
    let value =
        if is_flag { JsValue::from_bool(*value != Value::Absent) } else { JsValue::from_str(text) };
    // A field that already holds the text keeps its cursor.
    if now.as_ref() != Some(&value) {
        let _ = js_sys::Reflect::set(node, &name, &value);
    }
}

fn set_style(node: &Node, name: &'static str, value: &Value) {
    let style = node.unchecked_ref::<web_sys::HtmlElement>().style();
    let _ = match value {
        Value::Text(text) => style.set_property(name, text),
        Value::Absent => style.set_property(name, ""),
    };
}

fn set_class(node: &Node, name: &'static str, there: bool) {
    let _ = node.class_list().toggle_with_force(name, there);
}
