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

/// Does what makes a form taller or shorter: at once, or when the pointer that is down is released. A button that moved away
/// from under it would not be clicked.
pub fn once_released(run: impl Fn() + Clone + 'static) {
    #[cfg(feature = "hydrate")]
    if is_pressed() {
        return after_release(run);
    }
    run();
}

/// Whether a pointer is down.
#[cfg(feature = "hydrate")]
fn is_pressed() -> bool {
    document().query_selector(":active").is_ok_and(|pressed| pressed.is_some())
}

#[cfg(feature = "hydrate")]
fn after_release(run: impl Fn() + Clone + 'static) {
    use std::cell::Cell;
    use std::rc::Rc;
    use std::time::Duration;

    let listening = Rc::new(Cell::new(None::<WindowListenerHandle>));
    let own = Rc::clone(&listening);
    let released = window_event_listener(leptos::ev::pointerup, move |_| {
        if let Some(listening) = own.take() {
            listening.remove();
            // The click comes first.
            set_timeout(run.clone(), Duration::ZERO);
        }
    });
    listening.set(Some(released));
}
