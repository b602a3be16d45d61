//! Pages whose code the browser fetches when somebody comes to their area. What is not here comes with every first visit:
//! the frame, and the node list, which is open all day.

#[cfg(not(feature = "split"))]
use std::convert::Infallible;

use leptos::prelude::*;
#[cfg(feature = "split")]
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::ChooseView;

use crate::components::not_loaded::NotLoaded;
use crate::pages::nodes::{actions, changes, detail, settings};
use crate::pages::{activations, costs, get_started, login, overview, packages, publishers, tokens};

/// The pages of an area, whose code is one file where the module is split (feature `split`).
macro_rules! area {
    ($area:ident, $pages:ident, $load:ident, $what:literal, $($name:ident => $page:path),+ $(,)?) => {
        #[doc = $what]
        #[derive(Clone, Copy)]
        pub enum $pages {
            $(
                #[doc = concat!("[`", stringify!($page), "`].")]
                $name,
            )+
        }

        #[cfg(feature = "split")]
        #[wasm_split($area, wasm_split_path = leptos::wasm_split, preload($load), fallible)]
        fn $area(page: $pages) -> Result<AnyView, SplitLoaderError> {
            Ok(match page {
                $($pages::$name => $page().into_any(),)+
            })
        }

        #[cfg(not(feature = "split"))]
        async fn $area(page: $pages) -> Result<AnyView, Infallible> {
            Ok(match page {
                $($pages::$name => $page().into_any(),)+
            })
        }

        #[cfg(not(feature = "split"))]
        async fn $load() -> Result<(), Infallible> {
            Ok(())
        }
    };
}

area!(sign_in_pages, SignInPages, load_sign_in_pages, "Before signing in.",
    Login => login::Login,
);

area!(node_pages, NodePages, load_node_pages, "What is behind the node list.",
    NodeChanges => changes::NodeChanges,
    NodeSettings => settings::NodeSettings,
    ChangeTier => settings::ChangeTier,
    DeregisterNodes => actions::DeregisterNodes,
    ChangeNodeRole => actions::ChangeNodeRole,
    EditNodeTags => actions::EditNodeTags,
    NodeActionPage => actions::NodeActionPage,
    NodePage => detail::NodePage,
);

area!(home_pages, HomePages, load_home_pages, "Where people begin.",
    Overview => overview::Overview,
    GetStarted => get_started::GetStarted,
);

area!(activation_pages, ActivationPages, load_activation_pages, "Hybrid activations.",
    ActivationList => activations::list::ActivationList,
    CreateActivation => activations::create::CreateActivation,
    ActivationDetail => activations::detail::ActivationDetail,
    DeleteActivation => activations::delete::DeleteActivation,
);

area!(cost_pages, CostPages, load_cost_pages, "What things cost.",
    HybridCosts => costs::hybrid_activations::HybridCosts,
    DistributorCosts => costs::distributor::DistributorCosts,
    SavedEstimates => costs::estimates::SavedEstimates,
    DeleteEstimate => costs::delete::DeleteEstimate,
    CompareEstimates => costs::compare::CompareEstimates,
);

area!(package_pages, PackagePages, load_package_pages, "Packages of Distributor.",
    PackageList => packages::PackageList,
    PackageDetails => packages::PackageDetails,
    PackageVersions => packages::PackageVersions,
    CompareVersions => packages::CompareVersions,
    SetDefaultVersion => packages::SetDefaultVersion,
    DeleteVersion => packages::DeleteVersion,
    PackagePermissions => packages::PackagePermissions,
    EditPermissions => packages::EditPermissions,
    PackageCoverage => packages::PackageCoverage,
    DeletePackage => packages::DeletePackage,
    PackageOwner => packages::PackageOwner,
);

area!(publishing_pages, PublishingPages, load_publishing_pages, "Publishing of packages.",
    BeginPackage => packages::create::BeginPackage,
    RemoveDraft => packages::create::RemoveDraft,
    PackageWizard => packages::create::PackageWizard,
    PublicationPage => packages::create::PublicationPage,
);

area!(settings_pages, SettingsPages, load_settings_pages, "Who may publish, and their tokens.",
    PublisherList => publishers::PublisherList,
    EditPublisherRule => publishers::EditPublisherRule,
    Tokens => tokens::Tokens,
    RevokeToken => tokens::RevokeToken,
);

/// A page of any area, as routes lead to it. One type for all: each other one would come with its own copy of the
/// router's code.
#[derive(Clone, Copy)]
pub enum LazyPage {
    /// Before signing in.
    SignIn(SignInPages),
    /// What is behind the node list.
    Node(NodePages),
    /// Where people begin.
    Home(HomePages),
    /// Hybrid activations.
    Activation(ActivationPages),
    /// What things cost.
    Cost(CostPages),
    /// Packages of Distributor.
    Package(PackagePages),
    /// Publishing of packages.
    Publishing(PublishingPages),
    /// Who may publish, and their tokens.
    Settings(SettingsPages),
}

impl ChooseView for LazyPage {
    async fn choose(self) -> AnyView {
        let view = match self {
            Self::SignIn(page) => sign_in_pages(page).await,
            Self::Node(page) => node_pages(page).await,
            Self::Home(page) => home_pages(page).await,
            Self::Activation(page) => activation_pages(page).await,
            Self::Cost(page) => cost_pages(page).await,
            Self::Package(page) => package_pages(page).await,
            Self::Publishing(page) => publishing_pages(page).await,
            Self::Settings(page) => settings_pages(page).await,
        };
        view.unwrap_or_else(|_| view! { <NotLoaded /> }.into_any())
    }

    async fn preload(&self) {
        // Who cannot load it now hears of it when the page is shown.
        let _ = match self {
            Self::SignIn(_) => load_sign_in_pages().await,
            Self::Node(_) => load_node_pages().await,
            Self::Home(_) => load_home_pages().await,
            Self::Activation(_) => load_activation_pages().await,
            Self::Cost(_) => load_cost_pages().await,
            Self::Package(_) => load_package_pages().await,
            Self::Publishing(_) => load_publishing_pages().await,
            Self::Settings(_) => load_settings_pages().await,
        };
    }
}

/// Fetches what the page at `path` needs beside the code of the first visit, and says whether it has come: a page can be
/// hydrated only by code that is there.
pub async fn load(path: &str) -> bool {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    match segments[..] {
        ["login"] => load_sign_in_pages().await.is_ok(),
        [] | ["get-started"] => load_home_pages().await.is_ok(),
        ["activations", ..] => load_activation_pages().await.is_ok(),
        ["costs", ..] => load_cost_pages().await.is_ok(),
        ["packages", "create" | "drafts" | "publications", ..] => load_publishing_pages().await.is_ok(),
        ["packages", ..] => load_package_pages().await.is_ok(),
        ["nodes", _, ..] => load_node_pages().await.is_ok(),
        ["settings" | "tokens", ..] => load_settings_pages().await.is_ok(),
        _ => true,
    }
}
