//! The window's title.

use crate::page::use_language;
use crate::text::common;

/// Names the window after a page, and the console.
pub fn set_title(page: &str) {
    let title = format!("{page} - {}", common::product(use_language()));
    // The server's list of what belongs into the head takes it when it is made: there is nothing to show.
    #[cfg(feature = "ssr")]
    drop(leptos_meta::Title(leptos_meta::TitleProps::builder().text(title).build()));
    // By hand: with the library, this line is three in a hundred of what every browser downloads.
    #[cfg(not(feature = "ssr"))]
    leptos::prelude::document().set_title(&title);
}
