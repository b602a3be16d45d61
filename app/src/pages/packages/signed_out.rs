//! In place of a page whose form came when its session had ended: nothing of what was sent is lost.

use domain::errors::ApiError;
use leptos::prelude::*;

use crate::components::alert::Alert;
use crate::components::button::SubmitButton;
use crate::components::container::PageHeader;
use crate::components::status::StatusKind;
use crate::error_text::error_text;
use crate::packages::SignedOut;
use crate::page::use_language;
use crate::text::{packages as text, publish};

/// A form that sends the same once more, and the way back in; nothing unless such a form was sent. Nothing is loaded for it:
/// that would be refused as well.
pub(super) fn signed_out() -> Option<AnyView> {
    let SignedOut(fields) = SharedValue::new(use_context::<SignedOut>).into_inner()?;
    let language = use_language();
    let fields = fields
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    let form = view! {
        <PageHeader title=text::not_sent(language) />
        <Alert kind=StatusKind::Error>
            <p>{error_text(language, &ApiError::Unauthenticated)}</p>
            <p><a href="/login" target="_blank" rel="external">{publish::sign_in_again(language)}</a></p>
        </Alert>
        // Without an address of its own, a form goes to that of its page: where this one was sent to.
        <form class="form-page" method="post">
            {fields}
            <div class="form-actions">
                <SubmitButton text=text::send_again(language) />
            </div>
        </form>
    };
    Some(form.into_any())
}
