//! The frame around every page behind the sign-in.

mod breadcrumbs;
mod navigation;
mod switches;
mod top_bar;

pub use switches::{LanguageSwitch, use_here};

use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::components::flash::{FlashBar, provide_flashes};
use crate::components::live::{provide_live, use_live_lost};
use crate::components::popover;
use crate::page::use_language;
use crate::text::layout as text;
use breadcrumbs::Breadcrumbs;
use navigation::Navigation;
use top_bar::TopBar;

/// Top bar, navigation, breadcrumbs, flash bar, and the page.
#[component]
pub fn Layout(
    /// The page.
    children: Children,
) -> impl IntoView {
    provide_flashes();
    provide_live();
    popover::close_when_left();
    let language = use_language();
    let main = NodeRef::<html::Main>::new();
    focus_after_navigation(main);
    let lost = use_live_lost();
    view! {
        <a class="skip" href="#content" rel="external">{text::skip(language)}</a>
        <TopBar />
        <div class="frame">
            <Navigation />
            <div class="content">
                <Breadcrumbs />
                <FlashBar />
                <main id="content" tabindex="-1" node_ref=main>{children()}</main>
            </div>
        </div>
        <div class="reconnecting" role="status">{move || lost.get().then(|| text::reconnecting(language))}</div>
    }
    .into_any()
}

/// A page that replaces another without a reload takes the focus, as a loaded one would.
fn focus_after_navigation(main: NodeRef<html::Main>) {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now)
            && let Some(main) = main.get_untracked()
        {
            // Without focus on the page, Tab goes on from where the link was.
            let _ = main.focus();
        }
        now
    });
}
