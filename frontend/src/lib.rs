//! The WebAssembly entry: makes the server's page interactive.

use any_spawner::Executor;
use leptos::mount::hydrate_from_async;
use leptos::prelude::document;
use leptos::tachys::dom::body;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page's script once the module has loaded.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    // An error means that it was there before.
    let _ = Executor::init_wasm_bindgen();
    Executor::spawn_local(async {
        // The page's own code arrives while this waits.
        hydrate_from_async(body(), app::App).await.forget();
        // From here on controls answer: for styles, and for who waits for it in a test.
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-hydrated", "");
        }
    });
}
