//! A dialog over the page. The browser's own `dialog` keeps the focus inside, closes on Esc and
//! gives the focus back.

use leptos::html;
use leptos::prelude::*;

use crate::platform::document;
use crate::view::{Children, View, view};

/// Where a dialog stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModalSide {
    /// In the middle.
    Middle,
    /// Along the right edge: the menu on a phone.
    Right,
}

/// A dialog, closed until `platform::document::open_dialog(node)`.
#[component(transparent)]
pub fn Modal(
    /// The element, to open it by.
    node: NodeRef<html::Dialog>,
    /// Its heading and name.
    title: &'static str,
    /// What the button that closes it says.
    close: &'static str,
    /// Where it stands.
    side: ModalSide,
    /// What it holds.
    children: Children,
) -> View {
    let shut = move |_| {
        if let Some(dialog) = node.get_untracked() {
            document::close_dialog(&dialog);
        }
    };
    view! {
        <dialog node_ref=node class="modal" class:drawer=side == ModalSide::Right aria-label=title>
            <div class="modal-head">
                <h2>{title}</h2>
                <button type="button" class="function-link" on:click=shut>
                    {close}
                </button>
            </div>
            <div class="modal-body">{children()}</div>
        </dialog>
    }
}
