//! Asks before somebody leaves a page that cannot be come back to.

use leptos::prelude::*;

/// While `unsaved`, asks `question` before a link or "back" leaves the page; for reloading and closing the browser
/// asks in its own words.
#[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "nobody leaves a page on the server"))]
pub fn guard_leaving(unsaved: Signal<bool>, question: &'static str) {
    #[cfg(feature = "hydrate")]
    browser::Guard { unsaved, question, let_go: RwSignal::new(false) }.stand();
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::ev;
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use wasm_bindgen::closure::Closure;

    #[derive(Clone, Copy)]
    pub struct Guard {
        pub unsaved: Signal<bool>,
        pub question: &'static str,
        /// The person has decided to leave: they are not asked again.
        pub let_go: RwSignal<bool>,
    }

    impl Guard {
        pub fn stand(self) {
            let unload = window_event_listener(ev::beforeunload, move |event| {
                if self.holds() {
                    event.prevent_default();
                }
            });
            let click = Listener::new("click", move |event| self.clicked(&event));
            let returning = RwSignal::new(false);
            let back = Listener::new("popstate", move |event| self.went_back(&event, returning));
            on_cleanup(move || {
                unload.remove();
                click.remove();
                back.remove();
            });
        }

        fn holds(self) -> bool {
            self.unsaved.get_untracked() && !self.let_go.get_untracked()
        }

        fn stays(self) -> bool {
            let leaves = window().confirm_with_message(self.question).unwrap_or(true);
            self.let_go.set(leaves);
            !leaves
        }

        fn clicked(self, event: &web_sys::Event) {
            let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
            let Some(link) = link.and_then(|link| link.dyn_into::<web_sys::HtmlAnchorElement>().ok()) else {
                return;
            };
            let stays_here = link.target() == "_blank"
                || link.has_attribute("download")
                || link.get_attribute("href").is_some_and(|href| href.starts_with('#'));
            if !stays_here && self.holds() && self.stays() {
                event.prevent_default();
                event.stop_immediate_propagation();
            }
        }

        /// "Back" has already changed the address when it is told: staying means going forward again.
        fn went_back(self, event: &web_sys::Event, returning: RwSignal<bool>) {
            if returning.get_untracked() {
                returning.set(false);
                event.stop_immediate_propagation();
            } else if self.holds() && self.stays() {
                event.stop_immediate_propagation();
                if let Ok(history) = window().history() {
                    returning.set(history.forward().is_ok());
                }
            }
        }
    }

    /// A listener on the window that hears before all others: the router must not follow a link that stays.
    struct Listener {
        name: &'static str,
        closure: StoredValue<Closure<dyn Fn(web_sys::Event)>, LocalStorage>,
    }

    impl Listener {
        fn new(name: &'static str, heard: impl Fn(web_sys::Event) + 'static) -> Self {
            let closure = Closure::<dyn Fn(web_sys::Event)>::new(heard);
            // A window takes any listener.
            let _ = window().add_event_listener_with_callback_and_bool(
                name,
                closure.as_ref().unchecked_ref(),
                true,
            );
            Self { name, closure: StoredValue::new_local(closure) }
        }

        fn remove(&self) {
            self.closure.with_value(|closure| {
                let _ = window().remove_event_listener_with_callback_and_bool(
                    self.name,
                    closure.as_ref().unchecked_ref(),
                    true,
                );
            });
        }
    }
}
