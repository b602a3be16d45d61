//! Which page stands at which address.

mod lazy;

pub use lazy::load;

use leptos::prelude::*;
use leptos_router::components::{Outlet, ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};

use crate::components::clock::provide_now;
use crate::components::layout::Layout;
use crate::components::leave_guard::provide_leave_guard;
use crate::page::PageContext;
use crate::pages::{nodes::Nodes, not_found::NotFound};
use lazy::LazyPage::{Activation, Cost, Home, Node, Package, Publishing, Settings, SignIn};
use lazy::{
    ActivationPages, CostPages, HomePages, NodePages, PackagePages, PublishingPages, SettingsPages,
    SignInPages,
};

/// The console.
#[component]
pub fn App() -> impl IntoView {
    #[cfg(feature = "ssr")]
    leptos_meta::provide_meta_context();
    // The server's facts travel in the page: the browser starts from what the server has rendered with.
    let page = SharedValue::new(|| use_context::<PageContext>().unwrap_or_default()).into_inner();
    provide_context(StoredValue::new(page));
    provide_now();
    provide_leave_guard();

    view! {
        <Router>
            <Routes fallback=|| view! { <NotFound /> }>
                <Route path=path!("/login") view=SignIn(SignInPages::Login) ssr=SsrMode::Async />
                <ParentRoute path=path!("") view=Console ssr=SsrMode::Async>
                    <Route path=path!("/") view=Home(HomePages::Overview) ssr=SsrMode::Async />
                    <Route path=path!("/get-started") view=Home(HomePages::GetStarted) ssr=SsrMode::Async />
                    <Route path=path!("/activations") view=Activation(ActivationPages::ActivationList) ssr=SsrMode::Async />
                    <Route path=path!("/activations/new") view=Activation(ActivationPages::CreateActivation) ssr=SsrMode::Async />
                    <Route path=path!("/activations/:id") view=Activation(ActivationPages::ActivationDetail) ssr=SsrMode::Async />
                    <Route path=path!("/activations/:id/delete") view=Activation(ActivationPages::DeleteActivation) ssr=SsrMode::Async />
                    <Route path=path!("/costs/hybrid-activations") view=Cost(CostPages::HybridCosts) ssr=SsrMode::Async />
                    <Route path=path!("/costs/distributor") view=Cost(CostPages::DistributorCosts) ssr=SsrMode::Async />
                    <Route path=path!("/costs/estimates") view=Cost(CostPages::SavedEstimates) ssr=SsrMode::Async />
                    <Route path=path!("/costs/estimates/:id/delete") view=Cost(CostPages::DeleteEstimate) ssr=SsrMode::Async />
                    <Route path=path!("/costs/compare") view=Cost(CostPages::CompareEstimates) ssr=SsrMode::Async />
                    <Route path=path!("/packages/create") view=Publishing(PublishingPages::BeginPackage) ssr=SsrMode::Async />
                    <Route path=path!("/packages/drafts") view=Publishing(PublishingPages::BeginPackage) ssr=SsrMode::Async />
                    <Route path=path!("/packages/drafts/:id/remove") view=Publishing(PublishingPages::RemoveDraft) ssr=SsrMode::Async />
                    <Route path=path!("/packages/drafts/:id/publish") view=Publishing(PublishingPages::PackageWizard) ssr=SsrMode::Async />
                    <Route path=path!("/packages/drafts/:id/files/:file/remove") view=Publishing(PublishingPages::PackageWizard) ssr=SsrMode::Async />
                    <Route path=path!("/packages/drafts/:id/:step/:way") view=Publishing(PublishingPages::PackageWizard) ssr=SsrMode::Async />
                    <Route path=path!("/packages/drafts/:id/:step") view=Publishing(PublishingPages::PackageWizard) ssr=SsrMode::Async />
                    <Route path=path!("/packages/publications/:id") view=Publishing(PublishingPages::PublicationPage) ssr=SsrMode::Async />
                    <Route path=path!("/packages/publications/:id/cancel") view=Publishing(PublishingPages::PublicationPage) ssr=SsrMode::Async />
                    <Route path=path!("/packages") view=Package(PackagePages::PackageList) ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name") view=Package(PackagePages::PackageDetails) ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/versions") view=Package(PackagePages::PackageVersions) ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/versions/compare") view=Package(PackagePages::CompareVersions) ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/versions/:version/default") view=Package(PackagePages::SetDefaultVersion) ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/versions/:version/delete") view=Package(PackagePages::DeleteVersion) ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/permissions") view=Package(PackagePages::PackagePermissions) ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/permissions/edit") view=Package(PackagePages::EditPermissions) ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/coverage") view=Package(PackagePages::PackageCoverage) ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/delete") view=Package(PackagePages::DeletePackage) ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/owner") view=Package(PackagePages::PackageOwner) ssr=SsrMode::Async />
                    <Route path=path!("/settings/publishers") view=Settings(SettingsPages::PublisherList) ssr=SsrMode::Async />
                    <Route path=path!("/settings/publishers/edit") view=Settings(SettingsPages::EditPublisherRule) ssr=SsrMode::Async />
                    <Route path=path!("/tokens") view=Settings(SettingsPages::Tokens) ssr=SsrMode::Async />
                    <Route path=path!("/tokens/:id/revoke") view=Settings(SettingsPages::RevokeToken) ssr=SsrMode::Async />
                    <Route path=path!("/nodes") view=Nodes ssr=SsrMode::Async />
                    <Route path=path!("/nodes/changes") view=Node(NodePages::NodeChanges) ssr=SsrMode::Async />
                    <Route path=path!("/nodes/settings") view=Node(NodePages::NodeSettings) ssr=SsrMode::Async />
                    <Route path=path!("/nodes/settings/tier") view=Node(NodePages::ChangeTier) ssr=SsrMode::Async />
                    <Route path=path!("/nodes/deregister") view=Node(NodePages::DeregisterNodes) ssr=SsrMode::Async />
                    <Route path=path!("/nodes/role") view=Node(NodePages::ChangeNodeRole) ssr=SsrMode::Async />
                    <Route path=path!("/nodes/tags") view=Node(NodePages::EditNodeTags) ssr=SsrMode::Async />
                    <Route path=path!("/nodes/actions/:id") view=Node(NodePages::NodeActionPage) ssr=SsrMode::Async />
                    <Route path=path!("/nodes/actions/:id/retry") view=Node(NodePages::NodeActionPage) ssr=SsrMode::Async />
                    <Route path=path!("/nodes/:id") view=Node(NodePages::NodePage) ssr=SsrMode::Async />
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// Everything behind the sign-in: the page within its frame.
#[component]
fn Console() -> impl IntoView {
    view! {
        <Layout>
            <Outlet />
        </Layout>
    }
}
