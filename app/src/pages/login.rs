//! The sign-in page: a plain form, without the frame of the others.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::components::alert::Alert;
use crate::components::button::SubmitButton;
use crate::components::form::TextInput;
use crate::components::icon::Icon;
use crate::components::layout::LanguageSwitch;
use crate::components::status::StatusKind;
use crate::components::title::set_title;
use crate::page::{SignInFailure, use_language};
use crate::text::{common, login as text};

/// Asks for name and password, and says why an attempt failed.
#[component]
pub fn Login() -> impl IntoView {
    let language = use_language();
    let failure = SharedValue::new(use_context::<SignInFailure>).into_inner();
    let query = use_query_map();
    let next = failure.as_ref().and_then(|failure| failure.next.clone());
    let next = next.or_else(|| query.with_untracked(|query| query.get("next"))).unwrap_or_default();
    let username = failure.as_ref().map(|failure| failure.username.clone()).unwrap_or_default();
    let message = failure.map(|failure| match failure.wait_seconds {
        Some(seconds) => text::wait(language, seconds),
        None => text::wrong(language).to_owned(),
    });
    set_title(text::title(language));
    view! {
        <div class="sign-in">
            <main class="sign-in-box">
                <p class="sign-in-product">
                    <Icon icon=Icon::Gate />
                    {common::product(language)}
                </p>
                <h1>{text::title(language)}</h1>
                {message.map(|message| view! { <Alert kind=StatusKind::Error><p>{message}</p></Alert> })}
                <form method="post" action="/login">
                    <input type="hidden" name="next" value=next />
                    <TextInput
                        name="username"
                        label=text::username(language)
                        value=RwSignal::new(username)
                        autocomplete="username"
                    />
                    <TextInput
                        name="password"
                        kind="password"
                        label=text::password(language)
                        value=RwSignal::new(String::new())
                        autocomplete="current-password"
                    />
                    <SubmitButton text=text::sign_in(language) />
                </form>
            </main>
            <footer>
                <LanguageSwitch />
            </footer>
        </div>
    }
    .into_any()
}
