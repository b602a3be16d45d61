//! Language and appearance: forms of buttons, so that each press counts at once, with or without script.

use domain::language::Language;
use leptos::prelude::*;
use leptos_router::hooks::use_url;

use crate::page::{Scheme, use_language, use_page};
use crate::text::layout as text;

/// This page's path and query, to come back to.
pub fn use_here() -> impl Fn() -> String + Copy + Send + Sync + 'static {
    let url = use_url();
    move || {
        url.with(|url| {
            let search = url.search().trim_start_matches('?');
            let mark = if search.is_empty() { "" } else { "?" };
            format!("{}{mark}{search}", url.path())
        })
    }
}

/// The language's own name.
const fn own_name(language: Language) -> &'static str {
    match language {
        Language::En => "English",
        Language::Ja => "日本語",
    }
}

/// One button a language, in that language.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    let current = use_language();
    let here = use_here();
    let buttons = Language::ALL
        .into_iter()
        .map(|language| {
            view! {
                <button
                    class="button button-normal"
                    name="language"
                    value=language.tag()
                    lang=language.tag()
                    aria-pressed=if language == current { "true" } else { "false" }
                >
                    {own_name(language)}
                </button>
            }
        })
        .collect_view();
    view! {
        <form method="post" action="/preferences" class="switch" aria-label=text::language(current)>
            <input type="hidden" name="next" value=here />
            {buttons}
        </form>
    }
    .into_any()
}

/// One button a colour scheme. The script applies it without a reload.
#[component]
pub(super) fn SchemeSwitch() -> impl IntoView {
    let language = use_language();
    let here = use_here();
    let (chosen, choose) = signal(use_page().with_value(|page| page.scheme));
    let buttons = Scheme::ALL
        .into_iter()
        .map(|scheme| {
            let press = move |event: leptos::ev::MouseEvent| {
                if apply(scheme) {
                    event.prevent_default();
                    choose.set(scheme);
                }
            };
            view! {
                <button
                    class="button button-normal"
                    name="scheme"
                    value=scheme.name()
                    aria-pressed=move || if chosen.get() == scheme { "true" } else { "false" }
                    on:click=press
                >
                    {scheme_text(language, scheme)}
                </button>
            }
        })
        .collect_view();
    view! {
        <form method="post" action="/preferences" class="switch" aria-label=text::appearance(language)>
            <input type="hidden" name="next" value=here />
            {buttons}
        </form>
    }
    .into_any()
}

fn scheme_text(language: Language, scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::System => text::scheme_system(language),
        Scheme::Light => text::scheme_light(language),
        Scheme::Dark => text::scheme_dark(language),
    }
}

/// Shows the scheme and remembers it as the server would. `false` where that could not be done.
#[cfg(feature = "hydrate")]
fn apply(scheme: Scheme) -> bool {
    use wasm_bindgen::JsCast;

    let Ok(page) = document().dyn_into::<web_sys::HtmlDocument>() else { return false };
    let cookie = format!("scheme={}; path=/; max-age=31536000; samesite=lax", scheme.name());
    let root = document().document_element();
    page.set_cookie(&cookie).is_ok()
        && root.is_some_and(|root| root.set_attribute("data-scheme", scheme.name()).is_ok())
}

#[cfg(not(feature = "hydrate"))]
fn apply(_scheme: Scheme) -> bool {
    false
}
