//! A view that is in the page becomes another, changing as few nodes as it can: what has the same
//! shape stays, and with it focus, cursor and what she has opened.

use web_sys::Node as AnyNode;

use super::build::{Built, State, build, hold, live};
use super::{Element, View};

/// Makes the nodes of a state show a view.
pub(super) fn patch(state: State, view: View, parent: &AnyNode) -> State {
    match (state, view) {
        (State::Text { node, text }, View::Text(new)) => {
            if text != new {
                node.set_data(&new);
            }
            State::Text { node, text: new }
        }
        (State::Element(built), View::Element(element)) if built.fits(&element) => {
            State::Element(patch_element(built, *element))
        }
        (State::Many { parts, end }, View::Many(views)) => {
            let parts = patch_many(parts, views, parent, &end);
            State::Many { parts, end }
        }
        (State::Live { effect, end }, View::Live(make)) => {
            let inside = effect.take_value();
            drop(effect);
            State::Live { effect: live(make, &end, inside), end }
        }
        (state, view) => {
            let new = build(view, parent, Some(&state.first()));
            state.remove();
            new
        }
    }
}

fn patch_many(parts: Vec<State>, views: Vec<View>, parent: &AnyNode, end: &AnyNode) -> Vec<State> {
    let mut parts = parts.into_iter();
    let mut patched = Vec::with_capacity(views.len());
    for view in views {
        patched.push(match parts.next() {
            Some(part) => patch(part, view, parent),
            None => build(view, parent, Some(end)),
        });
    }
    parts.for_each(State::remove);
    patched
}

impl Built {
    /// Whether it differs from an element in values only.
    fn fits(&self, element: &Element) -> bool {
        self.tag == element.tag
            && self.fixed == element.fixed
            && self.children.len() == element.children.len()
            && self.held.len() == element.parts.len()
            && self.held.iter().zip(&element.parts).all(|((key, _), part)| *key == part.key())
    }
}

fn patch_element(mut built: Box<Built>, element: Element) -> Box<Built> {
    let node = built.node.clone();
    let children = std::mem::take(&mut built.children).into_iter().zip(element.children);
    built.children = children.map(|(child, view)| patch(child, view, &node)).collect();
    for ((_, held), part) in built.held.iter_mut().zip(element.parts) {
        *held = hold(part, &node, Some(held));
    }
    built
}
