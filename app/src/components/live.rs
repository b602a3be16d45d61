//! Changes as they happen: one stream of events a page, shared by whatever follows it.

use std::collections::BTreeMap;

use leptos::prelude::*;

/// The events that the server sends: each bears a number that grows whenever something of that name changes.
///
/// `fetched` bears the Unix time of SSM's last answer: also when nothing has changed.
pub const LIVE_EVENTS: [&str; 5] = ["activations", "nodes", "packages", "tier", "fetched"];

/// The page's stream of events.
#[derive(Clone)]
struct Live {
    counts: BTreeMap<&'static str, RwSignal<u64>>,
    lost: RwSignal<bool>,
}

/// Opens the page's stream. Called once, by the layout.
pub fn provide_live() {
    let counts = LIVE_EVENTS.into_iter().map(|name| (name, RwSignal::new(0))).collect();
    let live = Live { counts, lost: RwSignal::new(false) };
    provide_context(live.clone());
    #[cfg(feature = "hydrate")]
    Effect::new(move || stream::follow(live.clone()));
}

/// Changes whenever something of this name does (see [`LIVE_EVENTS`]); always 0 on the server. Read it in a resource's
/// source to fetch again.
#[must_use]
pub fn use_live(name: &'static str) -> Signal<u64> {
    let count = use_context::<Live>().and_then(|live| live.counts.get(name).copied());
    count.map_or_else(|| Signal::stored(0), Into::into)
}

/// Whether the stream is gone and being looked for again.
#[must_use]
pub fn use_live_lost() -> Signal<bool> {
    use_context::<Live>().map_or_else(|| Signal::stored(false), |live| live.lost.into())
}

#[cfg(feature = "hydrate")]
mod stream {
    use std::cell::RefCell;
    use std::rc::Rc;
    use std::time::Duration;

    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use wasm_bindgen::closure::Closure;
    use web_sys::{EventSource, MessageEvent};

    use super::Live;

    /// How long to wait after the server has refused the stream; the browser itself retries a broken one.
    const REFUSED: Duration = Duration::from_secs(15);

    type Listener = Closure<dyn FnMut(web_sys::Event)>;

    struct Stream {
        live: Live,
        source: Option<EventSource>,
        listeners: Vec<(&'static str, Listener)>,
    }

    /// Follows the stream while the page can be seen: browsers allow few connections to a site, and a forgotten tab
    /// must not hold one. Nothing is missed: the server tells how things are on every connection.
    pub(super) fn follow(live: Live) {
        let stream = Rc::new(RefCell::new(Stream { live, source: None, listeners: Vec::new() }));
        listen(&stream);
        let shown_or_hidden = {
            let stream = Rc::clone(&stream);
            move || if document().hidden() { close(&stream) } else { open(&stream) }
        };
        // A page may be opened in the background.
        shown_or_hidden();
        let handle = window_event_listener_untyped("visibilitychange", move |_| shown_or_hidden());
        let stream = StoredValue::new_local(stream);
        on_cleanup(move || {
            handle.remove();
            stream.with_value(close);
        });
    }

    fn listen(stream: &Rc<RefCell<Stream>>) {
        let names = super::LIVE_EVENTS.into_iter().chain(["open", "error"]);
        let listeners = names
            .map(|name| {
                let stream = Rc::downgrade(stream);
                let listener = Closure::new(move |event: web_sys::Event| {
                    if let Some(stream) = stream.upgrade() {
                        on_event(&stream, name, &event);
                    }
                });
                (name, listener)
            })
            .collect();
        stream.borrow_mut().listeners = listeners;
    }

    fn open(stream: &Rc<RefCell<Stream>>) {
        if stream.borrow().source.is_some() {
            return;
        }
        let Ok(source) = EventSource::new("/events") else { return };
        for (name, listener) in &stream.borrow().listeners {
            // Adding a listener fails only for arguments that are not a name and a function.
            let _ = source.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
        }
        stream.borrow_mut().source = Some(source);
    }

    fn close(stream: &Rc<RefCell<Stream>>) {
        if let Some(source) = stream.borrow_mut().source.take() {
            source.close();
        }
    }

    fn on_event(stream: &Rc<RefCell<Stream>>, name: &'static str, event: &web_sys::Event) {
        let live = stream.borrow().live.clone();
        match name {
            "open" => live.lost.set(false),
            "error" => {
                live.lost.set(true);
                let state = stream.borrow().source.as_ref().map(EventSource::ready_state);
                if state == Some(EventSource::CLOSED) {
                    close(stream);
                    let stream = Rc::downgrade(stream);
                    let again = move || {
                        if let Some(stream) = stream.upgrade()
                            && !document().hidden()
                        {
                            open(&stream);
                        }
                    };
                    set_timeout(again, REFUSED);
                }
            }
            name => {
                let number = event.dyn_ref::<MessageEvent>().and_then(|message| message.data().as_string());
                let number = number.and_then(|number| number.parse().ok());
                if let (Some(count), Some(number)) = (live.counts.get(name), number)
                    && count.get_untracked() != number
                {
                    count.set(number);
                }
            }
        }
    }
}
