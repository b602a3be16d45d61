//! What the steps are shown for: the Region, the network and the system, all in the address.

use domain::endpoints::{Network, REGIONS};
use domain::registration::{System, is_region};
use leptos::ev::{Event, Targeted};
use leptos::prelude::*;
use leptos::web_sys::HtmlSelectElement;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use crate::page::{use_language, use_page};
use crate::text::get_started as text;

/// What was chosen.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    /// The console's own Region unless the address names another.
    pub region: Memo<String>,
    pub network: Memo<Network>,
    pub system: Memo<System>,
}

impl Choice {
    /// What the address names.
    pub fn from_query() -> Self {
        let query = use_query_map();
        let named = move |name: &str| query.with(|query| query.get(name));
        let home = use_page().with_value(|page| page.aws.as_ref().map(|aws| aws.region.clone()));
        let home = home.unwrap_or_else(|| "us-east-1".to_owned());
        Self {
            region: Memo::new(move |_| {
                named("region").filter(|region| is_region(region)).unwrap_or_else(|| home.clone())
            }),
            network: Memo::new(move |_| {
                named("network").as_deref().and_then(Network::from_name).unwrap_or_default()
            }),
            system: Memo::new(move |_| {
                named("system").as_deref().and_then(System::from_id).unwrap_or(System::Ubuntu)
            }),
        }
    }

    /// The address with one of the choices replaced.
    pub fn href(self, region: &str, network: Network, system: System) -> String {
        format!("/get-started?region={region}&network={}&system={}", network.name(), system.id())
    }
}

/// Region and system; without script, a button applies them.
#[component]
pub(super) fn ChoiceForm(choice: Choice) -> impl IntoView {
    let language = use_language();
    let navigate = use_navigate();
    let go = Callback::new(move |href: String| {
        navigate(&href, NavigateOptions { scroll: false, replace: true, ..Default::default() });
    });
    let Choice { region, network, system } = choice;
    let region_chosen = move |event: Targeted<Event, HtmlSelectElement>| {
        go.run(choice.href(&event.target().value(), network.get_untracked(), system.get_untracked()));
    };
    let system_chosen = move |event: Targeted<Event, HtmlSelectElement>| {
        let system = System::from_id(&event.target().value()).unwrap_or(System::Ubuntu);
        go.run(choice.href(&region.get_untracked(), network.get_untracked(), system));
    };
    view! {
        <form class="choice-form" method="get" action="/get-started">
            <div class="field">
                <label class="field-label" for="choice-region">{text::region(language)}</label>
                <select
                    class="input"
                    id="choice-region"
                    name="region"
                    prop:value=move || region.get()
                    on:change:target=region_chosen
                >
                    {move || regions(&region.get())}
                </select>
            </div>
            <div class="field">
                <label class="field-label" for="choice-system">{text::system(language)}</label>
                <select
                    class="input"
                    id="choice-system"
                    name="system"
                    prop:value=move || system.get().id()
                    on:change:target=system_chosen
                >
                    {systems(system.get_untracked())}
                </select>
            </div>
            <input type="hidden" name="network" value=move || network.get().name() />
            <button type="submit" class="button button-normal only-without-script">{text::apply(language)}</button>
        </form>
    }
    .into_any()
}

/// Every Region; one that the list does not know yet is put before it.
fn regions(chosen: &str) -> impl IntoView + use<> {
    let unknown = (!REGIONS.contains(&chosen)).then(|| chosen.to_owned());
    let all = unknown.into_iter().chain(REGIONS.into_iter().map(str::to_owned));
    all.map(|region| {
        let selected = region == chosen;
        view! { <option value=region.clone() selected=selected>{region.clone()}</option> }
    })
    .collect_view()
}

fn systems(chosen: System) -> impl IntoView {
    let option = |system: System| {
        let selected = system == chosen;
        view! { <option value=system.id() selected=selected>{system.name()}</option> }
    };
    System::ALL.into_iter().map(option).collect_view()
}
