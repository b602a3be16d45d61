//! The WebAssembly entry: makes the server's page interactive.

use any_spawner::Executor;
use leptos::mount::hydrate_from_async;
use leptos::prelude::{document, window};
use leptos::tachys::dom::body;
use leptos::web_sys::Event;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};

/// Called by the page's script once the module has loaded.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    // An error means that it was there before.
    let _ = Executor::init_wasm_bindgen();
    let clicks = BrowsersClicks::new();
    Executor::spawn_local(async {
        // The page's own code arrives while this waits.
        hydrate_from_async(body(), app::App).await.forget();
        drop(clicks);
        // From here on controls answer: for styles, and for who waits for it in a test.
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-hydrated", "");
        }
    });
}

/// While it lives, a click does what it does without script: the router takes links over before the page follows it, and
/// they would lead nowhere.
struct BrowsersClicks(Closure<dyn Fn(Event)>);

impl BrowsersClicks {
    fn new() -> Self {
        let listener = Closure::<dyn Fn(Event)>::new(|event: Event| event.stop_immediate_propagation());
        let function = listener.as_ref().unchecked_ref();
        // Before every other: the window hears first of what is on its way down.
        let _ = window().add_event_listener_with_callback_and_bool("click", function, true);
        Self(listener)
    }
}

impl Drop for BrowsersClicks {
    fn drop(&mut self) {
        let function = self.0.as_ref().unchecked_ref();
        let _ = window().remove_event_listener_with_callback_and_bool("click", function, true);
    }
}
