//! Step 1: the outbound route, over the internet or through VPC endpoints, and how to check it.

use domain::endpoints::{Network, Service, buckets, check, create_vpc_endpoints, list_vpc_endpoint_services};
use domain::language::Language;
use domain::registration::Shell;
use leptos::prelude::*;

use super::choice::Choice;
use super::network_text;
use crate::components::code_block::CodeBlock;
use crate::components::plain_table::{Heading, PlainTable};
use crate::page::use_language;
use crate::text::get_started as text;

/// The two ways, and what each takes.
#[component]
pub(super) fn Route(choice: Choice) -> impl IntoView {
    let language = use_language();
    let Choice { region, network, system } = choice;
    let shell = Memo::new(move |_| system.get().shell());
    let tab = move |of: Network| {
        let href = move || choice.href(&region.get(), of, system.get());
        let current = move || (network.get() == of).then_some("true");
        view! {
            <li>
                <a class="tab" href=href aria-current=current data-noscroll="">{network_text(language, of)}</a>
            </li>
        }
    };
    view! {
        <p>{text::route_about(language)}</p>
        <nav class="tabs" aria-label=text::networks(language)>
            <ul>{Network::ALL.map(tab).into_iter().collect_view()}</ul>
        </nav>
        {move || {
            let region = region.get();
            match network.get() {
                Network::Internet => view! { <Internet region shell /> }.into_any(),
                Network::Vpc => view! { <Vpc region shell /> }.into_any(),
            }
        }}
    }
    .into_any()
}

#[component]
fn Internet(region: String, shell: Memo<Shell>) -> impl IntoView {
    let language = use_language();
    view! {
        <p>{text::internet_about(language)}</p>
        <Endpoints region=region.clone() network=Network::Internet />
        <Checks region network=Network::Internet shell />
    }
    .into_any()
}

#[component]
fn Vpc(region: String, shell: Memo<Shell>) -> impl IntoView {
    let language = use_language();
    view! {
        <p>{text::vpc_about(language)}</p>
        <ul class="reasons">
            <li>{text::vpc_s3(language)}</li>
            <li>{text::vpc_group(language)}</li>
            <li>{text::vpc_dns(language)}</li>
        </ul>
        <Endpoints region=region.clone() network=Network::Vpc />
        <h3>{text::vpc_create(language)}</h3>
        <CodeBlock code=Signal::stored(create_vpc_endpoints(&region)) label=text::vpc_create(language) />
        <details class="expandable">
            <summary>{text::vpc_list(language)}</summary>
            <CodeBlock code=Signal::stored(list_vpc_endpoint_services(&region)) label=text::vpc_list(language) />
        </details>
        <Checks region network=Network::Vpc shell />
    }
    .into_any()
}

/// What has to be reached.
#[component]
fn Endpoints(region: String, network: Network) -> impl IntoView {
    let language = use_language();
    let vpc = network == Network::Vpc;
    let rows = Service::of(&region)
        .into_iter()
        .map(|service| {
            let endpoint = vpc.then(|| {
                let name = format!("com.amazonaws.{region}.{}", service.name());
                view! { <td class="code"><Dotted name /></td> }
            });
            view! {
                <tr>
                    <th scope="row" class="code"><Dotted name=service.host(&region) /></th>
                    {endpoint}
                    <td>{purpose(language, service)}</td>
                    <td>{needed(language, service)}</td>
                </tr>
            }
        })
        .collect_view();
    let buckets =
        buckets(&region).into_iter().map(|bucket| view! { <li><code>{bucket}</code></li> }).collect_view();
    let mut headings = vec![Heading::Text(text::host(language))];
    headings.extend(vpc.then(|| Heading::Text(text::vpc_service(language))));
    headings.extend([text::purpose(language), text::needed(language)].map(Heading::Text));
    view! {
        <PlainTable label=text::endpoints(language) headings>{rows}</PlainTable>
        <details class="expandable">
            <summary>{text::buckets(language)}</summary>
            <p>{text::buckets_about(language)}</p>
            <ul class="reasons">{buckets}</ul>
        </details>
    }
    .into_any()
}

/// A name that breaks after its dots only, not after the hyphens of a Region.
#[component]
fn Dotted(name: String) -> impl IntoView {
    name.split_inclusive('.')
        .map(|part| view! { <span class="dotted-part">{part.to_owned()}</span><wbr /> })
        .collect_view()
}

fn needed(language: Language, service: Service) -> &'static str {
    match service {
        Service::Ec2Messages => text::needed_ec2messages(language),
        service if service.is_required() => text::required(language),
        _ => text::optional(language),
    }
}

fn purpose(language: Language, service: Service) -> &'static str {
    match service {
        Service::Ssm => text::purpose_ssm(language),
        Service::SsmMessages => text::purpose_ssmmessages(language),
        Service::Ec2Messages => text::purpose_ec2messages(language),
        Service::S3 => text::purpose_s3(language),
        Service::Kms => text::purpose_kms(language),
        Service::Logs => text::purpose_logs(language),
    }
}

/// The commands that check the way, for each shell, that of the chosen system first, and what a good answer is.
#[component]
fn Checks(region: String, network: Network, shell: Memo<Shell>) -> impl IntoView {
    let language = use_language();
    let good = match network {
        Network::Internet => text::check_good_internet(language),
        Network::Vpc => text::check_good_vpc(language),
    };
    let blocks = move || {
        let block = |shell: Shell| {
            let name = match shell {
                Shell::Posix => "Linux",
                Shell::PowerShell => "Windows (PowerShell)",
            };
            let script = check(network, shell, &region);
            view! {
                <h4>{name}</h4>
                <CodeBlock code=Signal::stored(script) label=text::check_label(language, name) />
            }
        };
        let shells = match shell.get() {
            Shell::Posix => [Shell::Posix, Shell::PowerShell],
            Shell::PowerShell => [Shell::PowerShell, Shell::Posix],
        };
        shells.map(block).into_iter().collect_view()
    };
    view! {
        <h3>{text::check(language)}</h3>
        {blocks}
        <p class="secondary">{good}</p>
    }
    .into_any()
}
