//! Asks before somebody leaves a page that cannot be come back to.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// What is asked, and while what holds.
#[derive(Clone, Copy)]
struct Question {
    id: usize,
    /// The page that would be left, as the router knows it: it hears later than the guard where somebody goes.
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "nobody leaves a page on the server"))]
    path: Memo<String>,
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "nobody leaves a page on the server"))]
    search: Memo<String>,
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "nobody leaves a page on the server"))]
    unsaved: Signal<bool>,
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "nobody leaves a page on the server"))]
    text: &'static str,
}

/// The questions of whatever is on the page.
#[derive(Clone, Copy)]
struct Leaving {
    questions: StoredValue<Vec<Question>>,
    next: StoredValue<usize>,
}

/// Watches over leaving. Called once, in `App`, before the router: a window tells its listeners in the order in which
/// they came, and the router must not follow where somebody stays.
pub fn provide_leave_guard() {
    let leaving = Leaving { questions: StoredValue::default(), next: StoredValue::new(0) };
    provide_context(leaving);
    #[cfg(feature = "hydrate")]
    browser::watch(leaving);
}

/// While `unsaved`, asks `question` before a link or "back" leaves the page; for reloading and closing the browser
/// asks in its own words. Ends with the view that calls it.
pub fn guard_leaving(unsaved: Signal<bool>, question: &'static str) {
    let Some(Leaving { questions, next }) = use_context::<Leaving>() else { return };
    let id = next.get_value();
    next.set_value(id + 1);
    let location = use_location();
    let (path, search) = (location.pathname, location.search);
    questions
        .update_value(|questions| questions.push(Question { id, path, search, unsaved, text: question }));
    on_cleanup(move || {
        // The whole page may be going, this list with it.
        let _ = questions.try_update_value(|questions| questions.retain(|question| question.id != id));
    });
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::ev;
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use wasm_bindgen::closure::Closure;

    use super::{Leaving, Question};

    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Wish {
        Stay,
        Leave,
    }

    pub(super) fn watch(leaving: Leaving) {
        let (returning, let_go) = (RwSignal::new(false), RwSignal::new(false));
        let unload = window_event_listener(ev::beforeunload, move |event| {
            // Who has just said that they leave is not asked again.
            if leaving.open_question().is_some() && !let_go.get_untracked() {
                event.prevent_default();
            }
        });
        let back = window_event_listener(ev::popstate, move |event| leaving.went_back(&event, returning));
        let click = CapturingClick::new(move |event| leaving.clicked(&event, let_go));
        on_cleanup(move || {
            unload.remove();
            back.remove();
            click.remove();
        });
    }

    impl Question {
        /// Whether the address is still that of its page: the way to a part of a page, and back from there, leaves
        /// nothing.
        fn is_of_this_page(self) -> bool {
            let location = window().location();
            let (path, search) = (location.pathname().ok(), location.search().ok());
            self.path.try_get_untracked() == path
                && self.search.try_get_untracked().as_deref() == search.as_deref().map(without_mark)
        }
    }

    fn without_mark(search: &str) -> &str {
        search.strip_prefix('?').unwrap_or_default()
    }

    /// Whether a click opens its link elsewhere: in another tab or window, or as a download.
    fn opens_elsewhere(event: &web_sys::Event) -> bool {
        event.dyn_ref::<web_sys::MouseEvent>().is_some_and(|click| {
            let keys = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
            keys || click.button() != 0
        })
    }

    impl Leaving {
        fn open_question(self) -> Option<Question> {
            self.questions.with_value(|questions| {
                let open = |question: &&Question| question.unsaved.try_get_untracked() == Some(true);
                questions.iter().find(open).copied()
            })
        }

        /// What the person, asked, wants; none where there is nothing to ask.
        fn asked(self) -> Option<Wish> {
            let leaves = window().confirm_with_message(self.open_question()?.text).unwrap_or(true);
            Some(if leaves { Wish::Leave } else { Wish::Stay })
        }

        fn clicked(self, event: &web_sys::Event, let_go: RwSignal<bool>) {
            if opens_elsewhere(event) {
                return;
            }
            let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
            let Some(link) = link.and_then(|link| link.dyn_into::<web_sys::HtmlAnchorElement>().ok()) else {
                return;
            };
            let stays_here = link.target() == "_blank"
                || link.has_attribute("download")
                || link.get_attribute("href").is_some_and(|href| href.starts_with('#'));
            if stays_here {
                return;
            }
            match self.asked() {
                None => {}
                Some(Wish::Stay) => {
                    event.prevent_default();
                    event.stop_immediate_propagation();
                }
                Some(Wish::Leave) => {
                    let_go.set(true);
                    // A link that led nowhere after all leaves the page as guarded as it was.
                    set_timeout(
                        move || {
                            let _ = let_go.try_set(false);
                        },
                        std::time::Duration::from_secs(2),
                    );
                }
            }
        }

        /// "Back" has already changed the address when it is told: staying means going forward again.
        fn went_back(self, event: &web_sys::Event, returning: RwSignal<bool>) {
            if returning.get_untracked() {
                returning.set(false);
                event.stop_immediate_propagation();
                return;
            }
            if self.open_question().is_some_and(Question::is_of_this_page) {
                return;
            }
            if self.asked() == Some(Wish::Stay) {
                event.stop_immediate_propagation();
                if let Ok(history) = window().history() {
                    returning.set(history.forward().is_ok());
                }
            }
        }
    }

    /// Hears clicks before they reach anything on the page.
    struct CapturingClick(StoredValue<Closure<dyn Fn(web_sys::Event)>, LocalStorage>);

    impl CapturingClick {
        fn new(heard: impl Fn(web_sys::Event) + 'static) -> Self {
            let closure = Closure::<dyn Fn(web_sys::Event)>::new(heard);
            let listener = closure.as_ref().unchecked_ref();
            // A window takes any listener.
            let _ = window().add_event_listener_with_callback_and_bool("click", listener, true);
            Self(StoredValue::new_local(closure))
        }

        fn remove(&self) {
            self.0.with_value(|closure| {
                let listener = closure.as_ref().unchecked_ref();
                let _ = window().remove_event_listener_with_callback_and_bool("click", listener, true);
            });
        }
    }
}
