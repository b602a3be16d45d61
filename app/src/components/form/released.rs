//! When what was typed is checked: not under a pressed pointer.

use leptos::prelude::*;

/// Calls who wants to know that a field was left or changed: at once, or when the pointer that took the focus away is
/// released. What is said at fields makes them taller or shorter, and a button that moved away from under the pressed
/// pointer would not be clicked.
pub fn when_released(listener: Option<Callback<()>>) {
    let Some(listener) = listener else { return };
    // A field that goes away while it has the focus loses it once its form is gone: then nobody listens any more.
    let tell = move || {
        let _ = listener.try_run(());
    };
    #[cfg(feature = "hydrate")]
    if is_pressed() {
        return once_released(tell);
    }
    tell();
}

/// Whether a pointer is down.
#[cfg(feature = "hydrate")]
fn is_pressed() -> bool {
    document().query_selector(":active").is_ok_and(|pressed| pressed.is_some())
}

#[cfg(feature = "hydrate")]
fn once_released(run: impl Fn() + Clone + 'static) {
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
