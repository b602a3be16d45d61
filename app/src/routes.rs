//! Which page stands at which address.

mod lazy;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{Outlet, ParentRoute, Route, Router, Routes};
use leptos_router::{Lazy, SsrMode, path};

use crate::components::clock::provide_now;
use crate::components::layout::Layout;
use crate::components::leave_guard::provide_leave_guard;
use crate::page::PageContext;
use crate::pages::{nodes::Nodes, not_found::NotFound};

/// The console.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    // The server's facts travel in the page: the browser starts from what the server has rendered with.
    let page = SharedValue::new(|| use_context::<PageContext>().unwrap_or_default()).into_inner();
    provide_context(StoredValue::new(page));
    provide_now();
    provide_leave_guard();

    view! {
        <Router>
            <Routes fallback=|| view! { <NotFound /> }>
                <Route path=path!("/login") view={Lazy::<lazy::Login>::new()} ssr=SsrMode::Async />
                <ParentRoute path=path!("") view=Console ssr=SsrMode::Async>
                    <Route path=path!("/") view={Lazy::<lazy::Overview>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/get-started") view={Lazy::<lazy::GetStarted>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/activations") view={Lazy::<lazy::ActivationList>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/activations/new") view={Lazy::<lazy::CreateActivation>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/activations/:id") view={Lazy::<lazy::ActivationDetail>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/activations/:id/delete") view={Lazy::<lazy::DeleteActivation>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/costs/hybrid-activations") view={Lazy::<lazy::HybridCosts>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/costs/distributor") view={Lazy::<lazy::DistributorCosts>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/costs/estimates") view={Lazy::<lazy::SavedEstimates>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/costs/estimates/:id/delete") view={Lazy::<lazy::DeleteEstimate>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/costs/compare") view={Lazy::<lazy::CompareEstimates>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/packages/create") view={Lazy::<lazy::BeginPackage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/packages/drafts") view={Lazy::<lazy::BeginPackage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/packages/drafts/:id/remove") view={Lazy::<lazy::RemoveDraft>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/packages/drafts/:id/publish") view={Lazy::<lazy::PackageWizard>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/packages/drafts/:id/files/:file/remove") view={Lazy::<lazy::PackageWizard>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/packages/drafts/:id/:step/:way") view={Lazy::<lazy::PackageWizard>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/packages/drafts/:id/:step") view={Lazy::<lazy::PackageWizard>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/packages/publications/:id") view={Lazy::<lazy::PublicationPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/packages/publications/:id/cancel") view={Lazy::<lazy::PublicationPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/packages") view={Lazy::<lazy::PackageList>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name") view={Lazy::<lazy::PackageDetails>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/versions") view={Lazy::<lazy::PackageVersions>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/versions/compare") view={Lazy::<lazy::CompareVersions>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/versions/:version/default") view={Lazy::<lazy::SetDefaultVersion>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/versions/:version/delete") view={Lazy::<lazy::DeleteVersion>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/permissions") view={Lazy::<lazy::PackagePermissions>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/permissions/edit") view={Lazy::<lazy::EditPermissions>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/coverage") view={Lazy::<lazy::PackageCoverage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/delete") view={Lazy::<lazy::DeletePackage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/owner") view={Lazy::<lazy::PackageOwner>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings/publishers") view={Lazy::<lazy::PublisherList>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings/publishers/edit") view={Lazy::<lazy::EditPublisherRule>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/tokens") view={Lazy::<lazy::Tokens>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/tokens/:id/revoke") view={Lazy::<lazy::Tokens>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/nodes") view=Nodes ssr=SsrMode::Async />
                    <Route path=path!("/nodes/changes") view={Lazy::<lazy::NodeChanges>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/nodes/settings") view={Lazy::<lazy::NodeSettings>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/nodes/settings/tier") view={Lazy::<lazy::ChangeTier>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/nodes/deregister") view={Lazy::<lazy::DeregisterNodes>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/nodes/role") view={Lazy::<lazy::ChangeNodeRole>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/nodes/tags") view={Lazy::<lazy::EditNodeTags>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/nodes/actions/:id") view={Lazy::<lazy::NodeActionPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/nodes/actions/:id/retry") view={Lazy::<lazy::NodeActionPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/nodes/:id") view={Lazy::<lazy::NodePage>::new()} ssr=SsrMode::Async />
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
