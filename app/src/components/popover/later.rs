//! A popover whose box is filled when it is opened first, by code that the browser fetches then.

use std::pin::Pin;
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use crate::components::not_loaded::NotLoaded;
#[cfg(feature = "hydrate")]
use crate::{page::use_language, text::common};

/// What a box will hold.
#[derive(Clone)]
pub struct Content(Arc<dyn Fn() -> Pin<Box<dyn Future<Output = AnyView>>> + Send + Sync>);

impl Content {
    /// What `make` makes, or says that its code has not come.
    pub fn new<F, E>(make: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<AnyView, E>> + 'static,
    {
        Self(Arc::new(move || {
            let made = make();
            Box::pin(async move { made.await.unwrap_or_else(|_| view! { <NotLoaded /> }.into_any()) })
        }))
    }

    /// On the server, all code is there.
    #[cfg(feature = "ssr")]
    fn now(&self) -> AnyView {
        use std::task::{Context, Poll, Waker};
        match self.0().as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(view) => view,
            Poll::Pending => ().into_any(),
        }
    }
}

/// Without script, the box holds what the server has put there.
#[component]
pub fn LazyPopover(
    /// Style class beside `popover`.
    #[prop(optional)]
    class: &'static str,
    /// What the button shows.
    summary: AnyView,
    /// The button's name when what it shows is no text.
    #[prop(optional, into)]
    label: Option<String>,
    /// It is open from the beginning.
    #[prop(optional)]
    open: bool,
    /// What the box holds.
    content: Content,
) -> impl IntoView {
    let details = NodeRef::<html::Details>::new();
    let holder = NodeRef::<html::Div>::new();
    // What the server has put there does not become interactive: it is replaced.
    #[cfg(feature = "ssr")]
    let held = view! { <div class="popover-box" node_ref=holder>{content.now()}</div> };
    #[cfg(not(feature = "ssr"))]
    let held = view! { <div class="popover-box" node_ref=holder></div> };
    #[cfg(feature = "hydrate")]
    let fill = fill_when_open(details, holder, content);
    let toggled = move |_| {
        #[cfg(feature = "hydrate")]
        fill.run(());
    };
    view! {
        <details class=format!("popover {class}") name="popover" open=open node_ref=details on:toggle=toggled>
            <summary aria-label=label>{summary}</summary>
            {held}
        </details>
    }
    .into_any()
}

/// To be called when it may have been opened.
#[cfg(feature = "hydrate")]
fn fill_when_open(
    details: NodeRef<html::Details>,
    holder: NodeRef<html::Div>,
    content: Content,
) -> Callback<()> {
    use leptos::mount::mount_to;
    use leptos::reactive::computed::ScopedFuture;
    use leptos::task::spawn_local;

    let language = use_language();
    let owner = Owner::current().unwrap_or_default();
    let filled = StoredValue::new(false);
    let held = StoredValue::new_local(None);
    let fill = Callback::new(move |()| {
        let (Some(details), Some(holder)) = (details.get_untracked(), holder.get_untracked()) else { return };
        if !details.open() || filled.get_value() {
            return;
        }
        filled.set_value(true);
        holder.set_text_content(Some(common::loading(language)));
        let owner = owner.clone();
        let made = owner.with(|| ScopedFuture::new(content.0()));
        spawn_local(async move {
            let view = made.await;
            // The page may be gone by now.
            if holder.is_connected() {
                holder.set_text_content(None);
                let handle = owner.with(|| mount_to(holder.into(), move || view));
                held.try_set_value(Some(handle));
            }
        });
    });
    Effect::new(move || {
        let (Some(details), Some(holder)) = (details.get(), holder.get()) else { return };
        if !details.open() {
            // Nobody shall begin with what will be replaced.
            holder.set_text_content(None);
        }
        fill.run(());
    });
    fill
}
