//! What lives as long as the page, not as long as a part of it.

use leptos::prelude::Owner;

/// Makes something that outlives whatever shows it: it belongs to nobody, and so nothing takes it away.
pub fn lasting<T>(make: impl FnOnce() -> T) -> T {
    let here = Owner::current();
    // It makes itself the current one.
    let root = Owner::new_root(None);
    let made = root.with(make);
    if let Some(here) = here {
        here.set();
    }
    std::mem::forget(root);
    made
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;

    use super::lasting;

    #[test]
    fn it_outlives_its_maker_who_stays_who_she_is() {
        let owner = Owner::new();
        let signal = owner.with(|| {
            provide_context(7_u8);
            let signal = lasting(|| RwSignal::new(3_u8));
            assert_eq!(use_context::<u8>(), Some(7));
            signal
        });
        owner.cleanup();
        drop(owner);
        assert_eq!(signal.try_get_untracked(), Some(3));
    }
}
