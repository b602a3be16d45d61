//! The first step: what package, version and publisher are called.

use domain::language::Language;
use domain::packages::drafts::DraftKind;
use domain::packages::name::{NAME_LENGTH, VERSION_LENGTH};
use leptos::prelude::*;

use super::steps::{StepForm, Work};
use crate::components::alert::Alert;
use crate::components::container::{Container, KeyValue, KeyValues};
use crate::components::form::TextInput;
use crate::components::status::StatusKind;
use crate::page::use_language;
use crate::text::{publish as text, publish_check, publish_review};

/// Names.
#[component]
pub fn Details(
    /// The draft.
    work: Work,
) -> impl IntoView {
    let language = use_language();
    let version = RwSignal::new(work.typed("version_name", |draft| draft.contents.version_name.clone()));
    let publisher = RwSignal::new(work.typed("publisher", |draft| draft.contents.publisher.clone()));
    let hint = match work.kind() {
        DraftKind::Simple => text::field_publisher_description(language),
        DraftKind::Advanced => publish_check::publisher_description(language),
    };
    view! {
        <StepForm work>
            <Container title=text::details(language)>
                <div class="form">
                    <Name work />
                    <TextInput
                        name="version_name"
                        label=text::field_version(language)
                        value=version
                        optional=true
                        description=text::field_version_description(language).to_owned()
                        constraint=text::field_version_constraint(language, VERSION_LENGTH.1)
                        error=work.errors.at("version_name")
                        on_blur=work.check("version_name")
                    />
                    <TextInput
                        name="publisher"
                        label=text::field_publisher(language)
                        value=publisher
                        optional=true
                        description=hint.to_owned()
                        error=work.errors.at("publisher")
                        on_blur=work.check("publisher")
                    />
                </div>
            </Container>
        </StepForm>
    }
    .into_any()
}

/// The package's name: to be chosen, or that of the package which gets another version.
#[component]
fn Name(work: Work) -> impl IntoView {
    let language = use_language();
    if let Some(base) = work.draft.with_untracked(|draft| draft.contents.base.clone()) {
        return view! {
            <KeyValues>
                <KeyValue label=text::field_name(language)>{base.name}</KeyValue>
                <KeyValue label=text::based_on(language)>{base.document_version}</KeyValue>
            </KeyValues>
        }
        .into_any();
    }
    let rule = work.rights.with_value(|rights| rights.rule.clone()).unwrap_or_default();
    let yours = (!rule.names.is_empty()).then(|| text::your_names(language, rule.names.join(", ")));
    let name = RwSignal::new(work.typed("name", |draft| draft.contents.name.clone()));
    view! {
        <TextInput
            name="name"
            label=text::field_name(language)
            value=name
            description=yours
            constraint=constraint(language)
            error=work.errors.at("name")
            on_blur=work.check_name(name)
        />
        <Clash work />
    }
    .into_any()
}

fn constraint(language: Language) -> String {
    let (min, max) = NAME_LENGTH;
    text::field_name_constraint(language, min, max)
}

/// The account has a package of this name: it gets another version instead.
#[component]
fn Clash(work: Work) -> impl IntoView {
    let language = use_language();
    move || {
        work.clash.get().map(|clash| {
            view! {
                <Alert kind=StatusKind::Warning title=text::name_clash(language, &clash.name)>
                    <p>{text::name_clash_hint(language)}</p>
                    <input type="hidden" name="kind" value=work.kind().name() />
                    <input type="hidden" name="document_version" value=clash.newest.to_string() />
                    <button class="button button-normal" formaction="/packages/drafts" name="base" value=clash.name>
                        {publish_review::add_version(language)}
                    </button>
                </Alert>
            }
        })
    }
}
