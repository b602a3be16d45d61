//! The activation code while it is on screen, and how it goes.

use leptos::prelude::*;

/// The code: there until the page is left, masked until it is revealed.
#[derive(Clone, Copy)]
pub struct Code {
    value: RwSignal<Option<String>>,
    revealed: RwSignal<bool>,
    saved: RwSignal<bool>,
    /// Without script nothing could be unmasked, so that masking begins with it.
    scripted: RwSignal<bool>,
}

impl Code {
    /// A code that nobody has saved yet. It is forgotten when its view goes, and when the page is left: a page that
    /// the browser keeps for "back" shows none.
    #[must_use]
    pub fn new(code: String) -> Self {
        let this = Self {
            value: RwSignal::new(Some(code)),
            revealed: RwSignal::new(false),
            saved: RwSignal::new(false),
            scripted: RwSignal::new(false),
        };
        #[cfg(feature = "hydrate")]
        {
            Effect::new(move || this.scripted.set(true));
            let left = window_event_listener(leptos::ev::pagehide, move |_| {
                this.forget();
            });
            on_cleanup(move || {
                left.remove();
                this.forget();
            });
        }
        this
    }

    /// The code, while it is there.
    #[must_use]
    pub fn value(self) -> Option<String> {
        self.value.get()
    }

    /// Whether dots stand in its place.
    #[must_use]
    pub fn masks(self) -> bool {
        self.scripted.get() && !self.revealed.get()
    }

    /// Whether it may be seen.
    #[must_use]
    pub fn revealed(self) -> bool {
        self.revealed.get()
    }

    /// Notes whether the code may be seen.
    pub fn reveal(self, revealed: bool) {
        self.revealed.set(revealed);
    }

    /// Notes that the code was copied or downloaded.
    pub fn save(self) {
        self.saved.set(true);
    }

    /// Whether it was copied or downloaded.
    #[must_use]
    pub fn saved(self) -> Signal<bool> {
        self.saved.into()
    }

    /// Whether leaving now would lose it.
    #[must_use]
    pub fn unsaved(self) -> Signal<bool> {
        Signal::derive(move || !self.saved.get() && self.value.with(Option::is_some))
    }

    /// Takes the code out of memory and, where it came with the page, out of the document.
    #[cfg(feature = "hydrate")]
    fn forget(self) {
        if let Some(code) = self.value.try_update(Option::take).flatten() {
            scrub(&code);
        }
    }
}

/// The data with which a page starts stays in its document: the code must not.
#[cfg(feature = "hydrate")]
fn scrub(code: &str) {
    let Ok(scripts) = document().query_selector_all("script") else { return };
    for index in 0..scripts.length() {
        if let Some(script) = scripts.item(index)
            && script.text_content().is_some_and(|text| text.contains(code))
        {
            script.set_text_content(None);
        }
    }
    // The framework's list of the same data. Should it have another name one day, the page is about to go anyway.
    let _ = js_sys::Reflect::set(&window(), &"__RESOLVED_RESOURCES".into(), &js_sys::Array::new());
}

/// Hands a text to the browser's downloads, without a request. `false` when the browser refuses.
#[cfg(feature = "hydrate")]
pub fn download(name: &str, text: &str) -> bool {
    use wasm_bindgen::JsCast;

    let attempt = || {
        let options = web_sys::BlobPropertyBag::new();
        options.set_type("text/plain;charset=utf-8");
        let blob =
            web_sys::Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&text.into()), &options)
                .ok()?;
        let url = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
        let link: web_sys::HtmlAnchorElement = document().create_element("a").ok()?.dyn_into().ok()?;
        link.set_href(&url);
        link.set_download(name);
        link.click();
        set_timeout(
            move || {
                // A blob that could not be revoked goes with the page.
                let _ = web_sys::Url::revoke_object_url(&url);
            },
            std::time::Duration::from_secs(10),
        );
        Some(())
    };
    attempt().is_some()
}
