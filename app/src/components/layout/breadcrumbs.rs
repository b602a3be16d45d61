//! Where the page stands: derived from its address.

use domain::language::Language;
use domain::nodes::actions::ActionKind;
use domain::packages::address::{name_of, short_name};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::page::use_language;
use crate::pages::nodes::actions::kind_text;
use crate::text::{common, layout as text, node_actions, packages, publish};

/// A step on the way; the last one has no address.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Crumb {
    label: String,
    href: Option<String>,
}

/// The way to a path; nothing for the overview, where it begins, and for addresses without a page.
fn trail(language: Language, path: &str) -> Vec<Crumb> {
    let link = |label: &str, href: &str| Crumb { label: label.to_owned(), href: Some(href.to_owned()) };
    let here = |label: &str| Crumb { label: label.to_owned(), href: None };
    let home = link(common::product(language), "/");
    let activations = link(text::activations(language), "/activations");
    let nodes = link(text::managed_nodes(language), "/nodes");
    let packages = link(text::distributor(language), "/packages");
    let estimates = link(text::saved_estimates(language), "/costs/estimates");
    let parts: Vec<_> = path.split('/').filter(|part| !part.is_empty()).collect();
    match parts[..] {
        ["get-started"] => vec![home, here(text::get_started(language))],
        ["activations"] => vec![home, here(text::activations(language))],
        ["activations", "new"] => vec![home, activations, here(text::create_activation(language))],
        ["activations", id] => vec![home, activations, here(id)],
        ["costs", "hybrid-activations"] => vec![home, here(text::costs_of_hybrid_activations(language))],
        ["costs", "distributor"] => vec![home, here(text::costs_of_distributor(language))],
        ["costs", "estimates"] => vec![home, here(text::saved_estimates(language))],
        ["costs", "estimates", _, "delete"] => vec![home, estimates, here(common::delete(language))],
        ["costs", "compare"] => vec![home, estimates, here(text::compare_estimates(language))],
        ["nodes"] => vec![home, here(text::managed_nodes(language))],
        ["nodes", "changes"] => vec![home, nodes, here(crate::text::changes::title(language))],
        ["nodes", "settings"] => vec![home, nodes, here(crate::text::nodes::settings(language))],
        ["nodes", "settings", "tier"] => {
            let settings = link(crate::text::nodes::settings(language), "/nodes/settings");
            vec![home, nodes, settings, here(text::change_tier(language))]
        }
        ["nodes", "actions", ..] => vec![home, nodes, here(node_actions::progress(language))],
        ["packages"] => vec![home, here(text::distributor(language))],
        ["packages", "create" | "drafts"] => vec![home, packages, here(publish::title(language))],
        ["packages", "drafts" | "publications", ..] => {
            let create = link(publish::title(language), "/packages/create");
            let label = match parts[..] {
                [_, "drafts", _, "remove"] => publish::remove_title(language),
                [_, "drafts", ..] => publish::draft(language),
                _ => crate::text::publication::progress(language),
            };
            vec![home, packages, create, here(label)]
        }
        ["packages", segment] => vec![home, packages, here(&package_name(segment))],
        ["packages", segment, ref rest @ ..] => {
            let package = Crumb { label: package_name(segment), href: Some(format!("/packages/{segment}")) };
            vec![home, packages, package, here(package_page(language, rest))]
        }
        ["settings", "publishers"] => vec![home, here(text::publishers(language))],
        ["settings", "publishers", "edit"] => {
            let publishers = link(text::publishers(language), "/settings/publishers");
            vec![home, publishers, here(text::publisher_rule(language))]
        }
        ["tokens", ..] => vec![home, here(text::tokens(language))],
        ["nodes", last] => {
            let label = ActionKind::from_name(last).map_or(last, |kind| kind_text(language, kind));
            vec![home, nodes, here(label)]
        }
        _ => Vec::new(),
    }
}

/// The name of a package in an address.
fn package_name(segment: &str) -> String {
    name_of(segment).map_or_else(|| segment.to_owned(), |name| short_name(&name).to_owned())
}

/// A page below a package's.
fn package_page(language: Language, rest: &[&str]) -> &'static str {
    match rest {
        ["versions"] => packages::versions(language),
        ["versions", "compare"] => packages::compare(language),
        ["versions", _, "default"] => packages::set_default(language),
        ["versions", _, "delete"] => packages::delete_version(language),
        ["permissions"] => packages::permissions(language),
        ["permissions", ..] => packages::edit_permissions(language),
        ["coverage"] => packages::coverage(language),
        ["delete"] => packages::delete_package(language),
        ["owner"] => crate::text::package_record::hand_over(language),
        _ => packages::details(language),
    }
}

/// Links to the pages above this one.
#[component]
pub(super) fn Breadcrumbs() -> impl IntoView {
    let language = use_language();
    let path = use_location().pathname;
    let crumbs = Memo::new(move |_| path.with(|path| trail(language, path)));
    let crumb = |crumb: Crumb| match crumb.href {
        Some(href) => view! { <li><a href=href>{crumb.label}</a></li> }.into_any(),
        None => view! { <li><span aria-current="page">{crumb.label}</span></li> }.into_any(),
    };
    view! {
        <nav class="breadcrumbs" aria-label=text::breadcrumbs(language)>
            <ol>{move || crumbs.get().into_iter().map(crumb).collect_view()}</ol>
        </nav>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(path: &str) -> String {
        trail(Language::En, path).iter().map(|crumb| crumb.label.as_str()).collect::<Vec<_>>().join(" > ")
    }

    #[test]
    fn every_page_knows_its_way() {
        assert_eq!(shown("/"), "");
        assert_eq!(shown("/get-started"), "Sekisho > Get started");
        assert_eq!(shown("/activations"), "Sekisho > Activations");
        assert_eq!(shown("/activations/new"), "Sekisho > Activations > Create activation");
        assert_eq!(shown("/activations/255996e5"), "Sekisho > Activations > 255996e5");
        assert_eq!(shown("/nodes/"), "Sekisho > Managed nodes");
        assert_eq!(shown("/nodes/settings"), "Sekisho > Managed nodes > Settings");
        assert_eq!(shown("/nodes/settings/tier"), "Sekisho > Managed nodes > Settings > Change the tier");
        assert_eq!(shown("/nodes/mi-0123"), "Sekisho > Managed nodes > mi-0123");
        assert_eq!(shown("/nodes/role"), "Sekisho > Managed nodes > Change IAM role");
        assert_eq!(shown("/nodes/actions/255996e5"), "Sekisho > Managed nodes > Progress");
        assert_eq!(shown("/costs/distributor"), "Sekisho > Distributor costs");
        assert_eq!(shown("/costs/compare"), "Sekisho > Saved estimates > Compare");
        assert_eq!(shown("/packages"), "Sekisho > Distributor");
        assert_eq!(shown("/packages/Kinesis-Agent"), "Sekisho > Distributor > Kinesis-Agent");
        assert_eq!(shown("/packages/create"), "Sekisho > Distributor > Create package");
        assert_eq!(shown("/packages/drafts/1/software"), "Sekisho > Distributor > Create package > Draft");
        assert_eq!(shown("/packages/publications/1"), "Sekisho > Distributor > Create package > Progress");
        let arn = "/packages/arn:aws:ssm:eu-west-1:210987654321:document~Proxy/versions/2/delete";
        assert_eq!(shown(arn), "Sekisho > Distributor > Proxy > Delete version");
        assert_eq!(shown("/no/such/page"), "");
    }

    #[test]
    fn only_the_last_step_is_no_link() {
        let trail = trail(Language::Ja, "/activations/new");
        let links: Vec<_> = trail.iter().map(|crumb| crumb.href.as_deref()).collect();
        assert_eq!(links, [Some("/"), Some("/activations"), None]);
    }
}
