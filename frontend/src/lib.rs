//! The WebAssembly entry: makes the server's page interactive.

use any_spawner::Executor;
use leptos::mount::hydrate_body;
use leptos::prelude::{document, location_pathname};
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page's script once the module has loaded.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    // An error means that it was there before.
    let _ = Executor::init_wasm_bindgen();
    Executor::spawn_local(async {
        // Where the page's own code does not come, the page stays as the server has made it: it works without script.
        if !app::routes::load(&location_pathname().unwrap_or_default()).await {
            return;
        }
        // In one go: nobody can click while the router has taken links over and the page does not follow it yet.
        // `.make/uncalled.mjs` takes out the code that would wait in between.
        hydrate_body(app::App);
        // From here on controls answer: for styles, and for who waits for it in a test.
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-hydrated", "");
        }
    });
}
