//! The WebAssembly entry: makes the server's page interactive.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page's script once the module has loaded.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
    // From here on controls answer: for styles, and for who waits for it in a test.
    if let Some(root) = leptos::prelude::document().document_element() {
        let _ = root.set_attribute("data-hydrated", "");
    }
}
