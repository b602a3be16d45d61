//! A native modal dialog: focus stays inside, Escape closes, the page behind is inert.

use leptos::html;
use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::page::use_language;
use crate::text::common;

/// Opens and closes a [`Dialog`].
#[derive(Clone, Copy, Default)]
pub struct DialogHandle(NodeRef<html::Dialog>);

impl DialogHandle {
    /// A handle for a dialog that is yet to be rendered.
    #[must_use]
    pub fn new() -> Self {
        Self(NodeRef::new())
    }

    /// Shows the dialog. `false` when it could not (before the script has arrived): the caller then lets its link
    /// or form do without.
    pub fn open(self) -> bool {
        #[cfg(feature = "hydrate")]
        if let Some(dialog) = self.0.get_untracked() {
            return dialog.open() || dialog.show_modal().is_ok();
        }
        false
    }

    /// Hides the dialog.
    pub fn close(self) {
        #[cfg(feature = "hydrate")]
        if let Some(dialog) = self.0.get_untracked() {
            dialog.close();
        }
    }
}

/// A dialog over the page.
#[component]
pub fn Dialog(
    /// Opens and closes it.
    handle: DialogHandle,
    /// Unique in the page.
    #[prop(into)]
    id: String,
    /// Its heading.
    #[prop(into)]
    title: String,
    /// The text and, as a form where it acts, the buttons in a [`DialogActions`].
    children: Children,
) -> impl IntoView {
    let language = use_language();
    let heading = format!("{id}-title");
    view! {
        <dialog class="dialog" id=id node_ref=handle.0 aria-labelledby=heading>
            <div class="dialog-header">
                <h2 id=heading.clone()>{title}</h2>
                <form method="dialog">
                    <button class="button button-icon" aria-label=common::close(language)>
                        <Icon icon=Icon::Close />
                    </button>
                </form>
            </div>
            <div class="dialog-body">{children()}</div>
        </dialog>
    }
    .into_any()
}

/// The row of buttons that ends a dialog: "Cancel", which only closes, and whatever acts.
#[component]
pub fn DialogActions(
    /// The dialog that "Cancel" closes.
    handle: DialogHandle,
    /// The buttons that act.
    children: Children,
) -> impl IntoView {
    let language = use_language();
    view! {
        <div class="dialog-actions">
            <button type="button" class="button button-link" on:click=move |_| handle.close()>
                {common::cancel(language)}
            </button>
            {children()}
        </div>
    }
}
