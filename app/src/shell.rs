//! The HTML document around every page.

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::page::PageContext;

/// Tells the server the browser's zone, for this page's successors: a page without script never gets here.
const REMEMBER_TIME_ZONE: &str = "document.cookie='time_zone='+encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone)\
    +'; path=/; max-age=31536000; samesite=lax'";

/// Keeps what is clicked or chosen while nothing answers yet, and does it once the page is hydrated: hydration puts boxes and
/// lists back to what the server has rendered. Of a control the last counts. What is typed stays by itself.
const KEEP_INPUT: &str = include_str!("shell/keep_input.js");

/// The document: language, colour scheme, styles and, at its end, the page.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let page = use_context::<PageContext>().unwrap_or_default();
    view! {
        <!DOCTYPE html>
        <html lang=page.language.tag() data-scheme=page.scheme.name()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="preload" href="/fonts/open-sans-400.woff2" r#as="font" type="font/woff2" crossorigin="" />
                <link rel="preload" href="/fonts/open-sans-700.woff2" r#as="font" type="font/woff2" crossorigin="" />
                <link rel="stylesheet" href=format!("/{}/{}.css", options.site_pkg_dir, options.output_name) />
                <script nonce=use_nonce()>{REMEMBER_TIME_ZONE}</script>
                <script nonce=use_nonce()>{KEEP_INPUT}</script>
                <AutoReload options=options.clone() />
                <HydrationScripts options />
                <MetaTags />
            </head>
            <body>
                <crate::App />
            </body>
        </html>
    }
}
