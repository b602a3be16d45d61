//! How many machines have registered so far.

use domain::activations::Activation;
use domain::errors::ApiError;
use leptos::prelude::*;

use crate::activations::get_activation;
use crate::components::container::Container;
use crate::components::live::use_live;
use crate::page::use_language;
use crate::text::activations as text;

/// "0 of N registered", counting up by itself; announced as it changes.
#[component]
pub fn Progress(
    /// The activation's id.
    id: String,
    /// How many machines may register.
    limit: u32,
) -> impl IntoView {
    let language = use_language();
    let (activations, nodes) = (use_live("activations"), use_live("nodes"));
    let activation =
        Resource::new(move || (activations.get(), nodes.get()), move |_| get_activation(id.clone()));
    view! {
        <Container title=text::progress_title(language) description=text::progress_hint(language).to_owned()>
            <div class="progress" role="status">
                <Transition fallback=move || text::progress(language, 0, limit)>
                    <Count activation limit />
                </Transition>
            </div>
        </Container>
    }
    .into_any()
}

/// The number itself. What cannot be read keeps the last one: the next event reads again.
#[component]
fn Count(activation: Resource<Result<Activation, ApiError>>, limit: u32) -> impl IntoView {
    let language = use_language();
    let count = Memo::new(move |before: Option<&u32>| {
        let read =
            activation.with(|read| read.as_ref()?.as_ref().ok().map(|activation| activation.registrations));
        read.or(before.copied()).unwrap_or_default()
    });
    view! {
        <p class="progress-text">{move || text::progress(language, count.get(), limit)}</p>
        <progress max=limit value=move || count.get() aria-hidden="true"></progress>
    }
    .into_any()
}
