//! Pages whose code the browser fetches when somebody comes to their area. What is not here comes with every first visit:
//! the frame, and the node list, which is open all day.

#[cfg(not(feature = "split"))]
use std::convert::Infallible;

use leptos::prelude::*;
#[cfg(feature = "split")]
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::LazyRoute;

use crate::components::container::EmptyState;
use crate::page::use_language;
use crate::pages::nodes::{actions, changes, detail, settings};
use crate::pages::{activations, costs, get_started, login, overview, packages, publishers, tokens};
use crate::text::common as text;

/// An area's pages, a route each; their code is one file where the module is split (feature `split`).
macro_rules! area {
    ($area:ident, $pages:ident, $load:ident, $($name:ident => $page:path),+ $(,)?) => {
        enum $pages {
            $($name,)+
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

        $(
            #[doc = concat!("[`", stringify!($page), "`], whose code comes with its area.")]
            pub struct $name;

            impl LazyRoute for $name {
                fn data() -> Self {
                    Self
                }

                async fn view(_page: Self) -> AnyView {
                    $area($pages::$name).await.unwrap_or_else(|_| view! { <NotLoaded /> }.into_any())
                }

                async fn preload() {
                    // Who cannot load it now hears of it when the page is shown.
                    let _ = $load().await;
                }
            }
        )+
    };
}

area!(sign_in_pages, SignInPages, load_sign_in_pages,
    Login => login::Login,
);

area!(node_pages, NodePages, load_node_pages,
    NodeChanges => changes::NodeChanges,
    NodeSettings => settings::NodeSettings,
    ChangeTier => settings::ChangeTier,
    DeregisterNodes => actions::DeregisterNodes,
    ChangeNodeRole => actions::ChangeNodeRole,
    EditNodeTags => actions::EditNodeTags,
    NodeActionPage => actions::NodeActionPage,
    NodePage => detail::NodePage,
);

area!(home_pages, HomePages, load_home_pages,
    Overview => overview::Overview,
    GetStarted => get_started::GetStarted,
);

area!(activation_pages, ActivationPages, load_activation_pages,
    ActivationList => activations::list::ActivationList,
    CreateActivation => activations::create::CreateActivation,
    ActivationDetail => activations::detail::ActivationDetail,
    DeleteActivation => activations::delete::DeleteActivation,
);

area!(cost_pages, CostPages, load_cost_pages,
    HybridCosts => costs::hybrid_activations::HybridCosts,
    DistributorCosts => costs::distributor::DistributorCosts,
    SavedEstimates => costs::estimates::SavedEstimates,
    DeleteEstimate => costs::delete::DeleteEstimate,
    CompareEstimates => costs::compare::CompareEstimates,
);

area!(package_pages, PackagePages, load_package_pages,
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

area!(publishing_pages, PublishingPages, load_publishing_pages,
    BeginPackage => packages::create::BeginPackage,
    RemoveDraft => packages::create::RemoveDraft,
    PackageWizard => packages::create::PackageWizard,
    PublicationPage => packages::create::PublicationPage,
);

area!(settings_pages, SettingsPages, load_settings_pages,
    PublisherList => publishers::PublisherList,
    EditPublisherRule => publishers::EditPublisherRule,
    Tokens => tokens::Tokens,
);

/// In place of a page whose code has not come: the connection is gone, or the console has been updated meanwhile.
#[component]
fn NotLoaded() -> impl IntoView {
    let language = use_language();
    view! {
        <EmptyState title=text::page_not_loaded(language) description=text::page_not_loaded_why(language)>
            // An ordinary link: the page comes from the server, with the code that belongs to it.
            <a class="button" href="" rel="external">{text::load_again(language)}</a>
        </EmptyState>
    }
}
