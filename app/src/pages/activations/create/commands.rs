//! The commands that register a machine, for each system.

use domain::language::Language;
use domain::registration::{Architecture, Permit, Route, Shell, System};
use leptos::prelude::*;

use super::code::Code;
use crate::components::alert::Alert;
use crate::components::code_block::CodeBlock;
use crate::components::status::StatusKind;
use crate::page::use_language;
use crate::text::{activations, registration as text};

/// One box a system, closed: so the code is not read from the screen by chance, with or without script.
#[component]
pub fn Commands(
    /// The activation's id.
    id: String,
    /// Its code.
    code: Code,
    /// The Region to register in.
    region: String,
) -> impl IntoView {
    let language = use_language();
    move || {
        let value = code.value()?;
        let boxes = match Permit::new(&id, &value, &region) {
            Ok(permit) => System::ALL
                .into_iter()
                .map(|system| view! { <SystemBox system permit=permit.clone() code /> })
                .collect_view()
                .into_any(),
            Err(_) => view! {
                <Alert kind=StatusKind::Warning>{activations::commands_missing(language)}</Alert>
            }
            .into_any(),
        };
        Some(view! { <div class="expandables">{boxes}</div> })
    }
}

#[component]
fn SystemBox(system: System, permit: Permit, code: Code) -> impl IntoView {
    let language = use_language();
    let mut routes = system.routes().iter().copied();
    let preferred = routes.next().map(|route| {
        view! { <Scripts system route permit=permit.clone() code /> }
    });
    let others = routes
        .map(|route| {
            view! {
                <details class="expandable expandable-inner">
                    <summary>{route_text(language, system, route)}</summary>
                    <Scripts system route permit=permit.clone() code />
                </details>
            }
        })
        .collect_view();
    view! {
        <details class="expandable" name="system">
            <summary>{system.name()}</summary>
            <p class="secondary">{shell_text(language, system)}</p>
            {preferred}
            {others}
        </details>
    }
    .into_any()
}

/// The scripts of one route, one an architecture.
#[component]
fn Scripts(system: System, route: Route, permit: Permit, code: Code) -> impl IntoView {
    let language = use_language();
    let route_name = route_text(language, system, route);
    let blocks = system
        .architectures()
        .iter()
        .filter_map(|&architecture| Some((architecture, permit.script(system, architecture, route)?)))
        .map(|(architecture, script)| {
            let architecture = architecture_text(language, architecture);
            let label = text::script_label(language, system.name(), architecture, route_name);
            let (real, masked) = (script.text.clone(), script.masked);
            let shown = Signal::derive(move || if code.masks() { masked.clone() } else { real.clone() });
            view! {
                <p class="script-title">{architecture}" - "{route_name}</p>
                <CodeBlock
                    code=shown
                    copied=Signal::stored(script.text)
                    label
                    on_copied=Callback::new(move |()| code.save())
                    on_failed=Callback::new(move |()| code.reveal(true))
                />
            }
        })
        .collect_view();
    view! { <div class="scripts">{blocks}</div> }
}

/// Where the system's commands are run.
#[must_use]
pub fn shell_text(language: Language, system: System) -> &'static str {
    match system.shell() {
        Shell::Posix => text::posix(language),
        Shell::PowerShell => text::powershell(language),
    }
}

/// A way to register, in words.
#[must_use]
pub fn route_text(language: Language, system: System, route: Route) -> &'static str {
    match route {
        Route::SetupCli => text::setup_cli(language),
        Route::Classic if system == System::UbuntuSnap => text::classic_snap(language),
        Route::Classic => text::classic(language),
    }
}

/// A processor architecture, in words.
#[must_use]
pub fn architecture_text(language: Language, architecture: Architecture) -> &'static str {
    match architecture {
        Architecture::X86_64 => text::arch_x86_64(language),
        Architecture::Arm64 => text::arch_arm64(language),
        Architecture::Arm => text::arch_arm(language),
    }
}
