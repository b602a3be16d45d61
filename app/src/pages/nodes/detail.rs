//! One node: what it is, how to find its machine, and what to do when it is silent.

mod anew;
mod facts;
mod identify;
mod lost;
mod similar;
mod tags;

use domain::language::Language;
use domain::nodes::actions::ActionKind;
use domain::nodes::is_hybrid_id;
use domain::registration::Installation;
use leptos::prelude::*;

use crate::components::alert::Alert;
use crate::components::button::{DisabledButton, LinkButton};
use crate::components::container::{Container, PageHeader};
use crate::components::item::{Gone, Item, if_there, use_id};
use crate::components::live::use_live;
use crate::components::status::StatusKind;
use crate::components::time::{Time, TimeStyle};
use crate::error_text::error_text;
use crate::nodes::detail::{NodeDetail, get_node};
use crate::page::{may, use_language, use_page};
use crate::pages::nodes::actions::{denied_text, form_href, not_hybrid_text, single_text};
use crate::pages::nodes::fetched::use_minutes;
use crate::text::{node as text, nodes};
use anew::RegisterAnew;
use facts::Facts;
use identify::Identify;
use lost::ConnectionLost;
use similar::Similar;
use tags::Tags;

/// One node, following it as it changes.
#[component]
pub fn NodePage() -> impl IntoView {
    let language = use_language();
    let (id, live, minutes) = (use_id(), use_live("nodes"), use_minutes());
    let node = Resource::new(
        move || (id.get(), live.get(), minutes.get()),
        |(id, ..)| async move { if_there(get_node(id).await) },
    );
    let gone = Gone {
        title: text::not_found_title(language),
        description: text::not_found(language),
        list: "/nodes",
        back: text::back_to_list(language),
    };
    let show = |detail| view! { <Detail detail /> }.into_any();
    view! { <Item resource=node id=|detail: &NodeDetail| detail.node.id.clone() gone show /> }.into_any()
}

#[component]
fn Detail(detail: Signal<NodeDetail>) -> impl IntoView {
    let language = use_language();
    let first = detail.get_untracked().node;
    let hybrid = is_hybrid_id(&first.id);
    let actions =
        ActionKind::ALL.map(|kind| view! { <ActionButton kind id=first.id.clone() hybrid /> }).collect_view();
    let title = first.name.clone().unwrap_or_else(|| first.id.clone());
    let machine = Machine::of(detail);
    let id = first.id.clone();
    view! {
        <PageHeader title actions=actions.into_any() />
        <Stale detail />
        <Container title=text::details(language) actions=view! { <Age detail /> }.into_any()>
            <Facts detail />
        </Container>
        <Similar detail />
        <ConnectionLost detail machine=machine.clone() />
        <Container title=text::tags(language)>
            <Tags id />
        </Container>
        <Identify detail machine=machine.clone() />
        {hybrid.then(|| view! { <RegisterAnew node=first machine /> })}
    }
    .into_any()
}

/// What can be done to the node; where it cannot, the reason.
#[component]
fn ActionButton(kind: ActionKind, id: String, hybrid: bool) -> impl IntoView {
    let language = use_language();
    let text = single_text(language, kind);
    if !may(kind.permission()) {
        view! { <DisabledButton text reason=denied_text(language, kind) /> }.into_any()
    } else if !hybrid {
        view! { <DisabledButton text reason=not_hybrid_text(language, kind) /> }.into_any()
    } else {
        view! { <LinkButton text href=form_href(kind, &id) /> }.into_any()
    }
}

/// When SSM told.
#[component]
fn Age(detail: Signal<NodeDetail>) -> impl IntoView {
    let language = use_language();
    let fetched = Memo::new(move |_| detail.with(|detail| detail.fetched_at));
    view! {
        <span class="secondary">
            {text::fetched(language)}" "
            {move || view! { <Time at=fetched.get() style=TimeStyle::Relative /> }}
        </span>
    }
}

/// Says so when the last refresh failed.
#[component]
fn Stale(detail: Signal<NodeDetail>) -> impl IntoView {
    let language = use_language();
    let failure = Memo::new(move |_| detail.with(|detail| detail.failure.clone()));
    move || {
        failure.get().map(|error| {
            view! {
                <Alert kind=StatusKind::Warning title=nodes::stale(language).to_owned()>
                    <p>{error_text(language, &error)}</p>
                </Alert>
            }
        })
    }
}

/// How the agent may be installed on the node's machine, and where it reports to: enough to write commands.
#[derive(Clone)]
struct Machine {
    installations: Memo<&'static [Installation]>,
    region: String,
}

impl Machine {
    fn of(detail: Signal<NodeDetail>) -> Self {
        let installations = Memo::new(move |_| {
            detail.with(|NodeDetail { node, .. }| {
                Installation::of(node.platform_type.as_deref(), node.platform_name.as_deref())
            })
        });
        let region =
            use_page().with_value(|page| page.aws.as_ref().map(|aws| aws.region.clone()).unwrap_or_default());
        Self { installations, region }
    }

    /// A view for each installation, under its name where there are several.
    fn each(&self, show: impl Fn(Installation) -> AnyView + Send + Sync + 'static) -> AnyView {
        let language = use_language();
        let installations = self.installations;
        let shown = move || {
            let several = installations.get().len() > 1;
            let one = |installation: &Installation| {
                let name =
                    several.then(|| view! { <p class="script-title">{name(language, *installation)}</p> });
                view! {
                    {name}
                    {show(*installation)}
                }
            };
            installations.get().iter().map(one).collect_view()
        };
        shown.into_any()
    }
}

fn name(language: Language, installation: Installation) -> &'static str {
    match installation {
        Installation::Package => text::package(language),
        Installation::Snap => text::snap(language),
        Installation::Windows => text::windows(language),
    }
}
