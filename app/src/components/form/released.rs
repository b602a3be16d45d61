//! When a form changes what it says: not under a pressed pointer.

use leptos::prelude::*;

/// Calls who wants to know that a field was left or changed, as [`once_released`].
pub fn when_released(listener: Option<Callback<()>>) {
    let Some(listener) = listener else { return };
    once_released(move || {
        // A field that goes away while it has the focus loses it once its form is gone: then nobody listens any more.
        let _ = listener.try_run(());
    });
}

/// Does what makes a form taller or shorter: at once, or when the pointer or key that is down is released. A button that
/// moved away from under a pointer would not be clicked.
pub fn once_released(run: impl Fn() + Clone + 'static) {
    #[cfg(feature = "hydrate")]
    if is_pressed() {
        return after_release(run);
    }
    run();
}

/// Whether something on the page is being pressed.
#[cfg(feature = "hydrate")]
fn is_pressed() -> bool {
    document().query_selector(":active").is_ok_and(|pressed| pressed.is_some())
}

#[cfg(feature = "hydrate")]
fn after_release(run: impl Fn() + Clone + 'static) {
    use std::cell::RefCell;
    use std::rc::Rc;
    use std::time::Duration;

    use leptos::ev::{keyup, pointercancel, pointerup};

    let listening = Rc::new(RefCell::new(Vec::<WindowListenerHandle>::new()));
    let own = Rc::clone(&listening);
    // The click comes first.
    let released = move || {
        let listening = own.take();
        if !listening.is_empty() {
            listening.into_iter().for_each(WindowListenerHandle::remove);
            set_timeout(run.clone(), Duration::ZERO);
        }
    };
    let cancelled = released.clone();
    let key = released.clone();
    // A finger that begins to scroll is not released: its press is taken back. And the last key that was typed may come up
    // while the pointer is down already.
    listening.replace(vec![
        window_event_listener(pointerup, move |_| released()),
        window_event_listener(pointercancel, move |_| cancelled()),
        window_event_listener(keyup, move |_| {
            let key = key.clone();
            set_timeout(
                move || {
                    if !is_pressed() {
                        key();
                    }
                },
                Duration::ZERO,
            );
        }),
    ]);
}
