//! Changes of her checklist that the server does not know yet. They outlive the page and the end of
//! the session, and are forgotten with everything else that is typed.

use std::cell::Cell;
use std::collections::BTreeMap;

use jobnet_api::checklist::NewMark;
use jobnet_checklist::item::Item;
use leptos::prelude::*;

use crate::state::{Drafts, lasting};

/// The changes.
pub(super) type Pending = RwSignal<BTreeMap<Item, NewMark>>;

thread_local! {
    static PENDING: Cell<Option<Pending>> = const { Cell::new(None) };
}

/// The changes of whoever is signed in. [`Drafts`] knows only whether there are any: their type would
/// weigh on the first file.
pub(super) fn pending(drafts: Drafts) -> Pending {
    if let Some(pending) = PENDING.get() {
        return pending;
    }
    let pending = lasting(|| {
        let pending = Pending::default();
        Effect::new(move |_| {
            let waits = pending.with(|all| !all.is_empty());
            if drafts.checklist.get_untracked() != waits {
                drafts.checklist.set(waits);
            }
        });
        Effect::new(move |before: Option<bool>| {
            let waits = drafts.checklist.get();
            // That nothing waits any more is said by whoever forgets what is typed.
            if before == Some(true) && !waits {
                pending.set(BTreeMap::new());
            }
            waits
        });
        pending
    });
    PENDING.set(Some(pending));
    pending
}
