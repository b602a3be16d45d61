//! Which page stands at which address.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{Outlet, ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};

use crate::components::clock::provide_now;
use crate::components::layout::Layout;
use crate::components::leave_guard::provide_leave_guard;
use crate::page::PageContext;
use crate::pages::nodes::{actions, detail::NodePage};
use crate::pages::{
    activations, costs, get_started::GetStarted, login::Login, nodes, nodes::Nodes, not_found::NotFound,
    overview::Overview, packages,
};

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
                <Route path=path!("/login") view=Login ssr=SsrMode::Async />
                <ParentRoute path=path!("") view=Console ssr=SsrMode::Async>
                    <Route path=path!("/") view=Overview ssr=SsrMode::Async />
                    <Route path=path!("/get-started") view=GetStarted ssr=SsrMode::Async />
                    <Route path=path!("/activations") view=activations::list::ActivationList ssr=SsrMode::Async />
                    <Route path=path!("/activations/new") view=activations::create::CreateActivation ssr=SsrMode::Async />
                    <Route path=path!("/activations/:id") view=activations::detail::ActivationDetail ssr=SsrMode::Async />
                    <Route path=path!("/activations/:id/delete") view=activations::delete::DeleteActivation ssr=SsrMode::Async />
                    <Route path=path!("/costs/hybrid-activations") view=costs::hybrid_activations::HybridCosts ssr=SsrMode::Async />
                    <Route path=path!("/costs/distributor") view=costs::distributor::DistributorCosts ssr=SsrMode::Async />
                    <Route path=path!("/costs/estimates") view=costs::estimates::SavedEstimates ssr=SsrMode::Async />
                    <Route path=path!("/costs/estimates/:id/delete") view=costs::delete::DeleteEstimate ssr=SsrMode::Async />
                    <Route path=path!("/costs/compare") view=costs::compare::CompareEstimates ssr=SsrMode::Async />
                    <Route path=path!("/packages") view=packages::PackageList ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name") view=packages::PackageDetails ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/versions") view=packages::PackageVersions ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/versions/compare") view=packages::CompareVersions ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/versions/:version/default") view=packages::SetDefaultVersion ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/versions/:version/delete") view=packages::DeleteVersion ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/permissions") view=packages::PackagePermissions ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/permissions/edit") view=packages::EditPermissions ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/coverage") view=packages::PackageCoverage ssr=SsrMode::Async />
                    <Route path=path!("/packages/:name/delete") view=packages::DeletePackage ssr=SsrMode::Async />
                    <Route path=path!("/nodes") view=Nodes ssr=SsrMode::Async />
                    <Route path=path!("/nodes/changes") view=nodes::changes::NodeChanges ssr=SsrMode::Async />
                    <Route path=path!("/nodes/settings") view=nodes::settings::NodeSettings ssr=SsrMode::Async />
                    <Route path=path!("/nodes/settings/tier") view=nodes::settings::ChangeTier ssr=SsrMode::Async />
                    <Route path=path!("/nodes/deregister") view=actions::DeregisterNodes ssr=SsrMode::Async />
                    <Route path=path!("/nodes/role") view=actions::ChangeNodeRole ssr=SsrMode::Async />
                    <Route path=path!("/nodes/tags") view=actions::EditNodeTags ssr=SsrMode::Async />
                    <Route path=path!("/nodes/actions/:id") view=actions::NodeActionPage ssr=SsrMode::Async />
                    <Route path=path!("/nodes/actions/:id/retry") view=actions::NodeActionPage ssr=SsrMode::Async />
                    <Route path=path!("/nodes/:id") view=NodePage ssr=SsrMode::Async />
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
