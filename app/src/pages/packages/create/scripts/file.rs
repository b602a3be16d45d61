//! The scripts of one file, one of them shown at a time.

use domain::language::Language;
use domain::packages::drafts::EditedScripts;
use domain::packages::preview::ScriptsPreview;
use domain::packages::scripts::check::{Finding, Level};
use domain::packages::scripts::{Action, Language as ScriptLanguage};
use leptos::prelude::*;

use super::findings::findings;
use super::remarks::remark;
use crate::components::code_editor::{CodeEditor, CodeLanguage};
use crate::components::form::field_id;
use crate::components::icon::Icon;
use crate::components::status::{StatusIndicator, StatusKind};
use crate::page::use_language;
use crate::pages::packages::create::difference::Difference;
use crate::pages::packages::create::steps::Work;
use crate::text::publish_scripts as text;

/// A file's scripts.
#[component]
pub fn FileScripts(work: Work, file: String) -> impl IntoView {
    let language = use_language();
    let scripts = work.preview.with_untracked(|preview| match preview {
        Some(Ok(preview)) => preview.scripts.iter().find(|scripts| scripts.file == file).cloned(),
        _ => None,
    });
    let Some(scripts) = scripts else { return ().into_any() };
    let name = work.draft.with_untracked(|draft| draft.file(&file).map(|file| file.file_name.clone()));
    let name = name.unwrap_or_default();
    let heading = format!("scripts-{file}");
    let labelled = heading.clone();
    let tabs = Action::ALL
        .into_iter()
        .map(|action| view! { <Tab file=file.clone() action language=scripts.language /> })
        .collect_view();
    let panels = Action::ALL
        .into_iter()
        .map(|action| view! { <Panel work file_name=name.clone() action scripts=scripts.clone() /> })
        .collect_view();
    view! {
        <section class="container" aria-labelledby=labelled>
            <div class="container-header"><h3 id=heading>{name.clone()}</h3></div>
            <div class="container-body script-tabs">
                <input type="hidden" name="scripts" value=file.clone() />
                <fieldset class="script-tab-row">
                    <legend class="visually-hidden">{text::scripts_of(language, &name)}</legend>
                    {tabs}
                </fieldset>
                {panels}
            </div>
        </section>
    }
    .into_any()
}

fn script(scripts: &EditedScripts, action: Action) -> Option<String> {
    scripts.by_action().into_iter().find(|(other, _)| *other == action).and_then(|(_, text)| text.clone())
}

/// An action's name on screen.
pub fn action_text(language: Language, action: Action) -> &'static str {
    match action {
        Action::Install => text::install(language),
        Action::Update => text::update(language),
        Action::Uninstall => text::uninstall(language),
        Action::Validate => text::validate(language),
    }
}

/// Chooses the script that is shown; the stylesheet shows it, which needs no script.
#[component]
fn Tab(file: String, action: Action, language: ScriptLanguage) -> impl IntoView {
    let name = action.file_name(language);
    view! {
        <label class="tab script-tab">
            <input
                type="radio"
                class="visually-hidden"
                name=format!("shown.{file}")
                value=action.name()
                checked=action == Action::Install
            />
            {action_text(use_language(), action)}
            <span class="secondary">" "{name}</span>
        </label>
    }
    .into_any()
}

/// A script: its editor, what is suspicious in it, the way back to what was generated, and how it differs.
#[component]
fn Panel(work: Work, file_name: String, action: Action, scripts: ScriptsPreview) -> impl IntoView {
    let language = use_language();
    let field = format!("{}.{}", action.name(), scripts.file);
    let (generated, used) =
        (script(&scripts.generated, action), script(&scripts.used, action).unwrap_or_default());
    let value = RwSignal::new(work.typed(&field, |_| used.clone()));
    let checked = scripts.findings.into_iter().find(|(other, _)| *other == action);
    let checked = checked.map(|(_, findings)| findings).unwrap_or_default();
    let found = findings(work, (scripts.file.clone(), action), value, (used, checked));
    let remarks =
        Signal::derive(move || found.get().iter().map(|finding| remark(language, finding)).collect());
    let id = field_id(&field);
    let error = work.errors.at(field.clone());
    let label = text::script_of(language, action_text(language, action), &file_name);
    let hint = match (action, generated.is_some()) {
        (Action::Update, _) => Some(text::update_hint(language)),
        (Action::Validate, _) => Some(text::validate_hint(language)),
        (_, false) => Some(text::not_generated(language)),
        _ => None,
    };
    let code = match scripts.language {
        ScriptLanguage::Sh => CodeLanguage::Sh,
        ScriptLanguage::PowerShell => CodeLanguage::PowerShell,
    };
    let described = format!("{id}-error {id}-hint {id}-findings");
    let (error_id, hint_id, findings_id) =
        (format!("{id}-error"), format!("{id}-hint"), format!("{id}-findings"));
    let back = generated.map(|generated| view! { <Back field=field.clone() value generated /> });
    view! {
        <div class="script-panel" class:script-wrong=move || error.get().is_some()>
            <p class="field-description" id=hint_id>{hint}</p>
            <CodeEditor name=field id label described code value rows=24 remarks />
            <div class="field-error" id=error_id>
                {move || error.get().map(|text| view! { <Icon icon=Icon::Error /> <span>{text}</span> })}
            </div>
            <div id=findings_id role="status"><Findings found /></div>
            {back}
        </div>
    }
    .into_any()
}

/// The findings with their lines.
#[component]
fn Findings(found: Signal<Vec<Finding>>) -> impl IntoView {
    let language = use_language();
    move || {
        let found = found.get();
        let item = |finding: &Finding| {
            let kind = match finding.level {
                Level::Error => StatusKind::Error,
                Level::Warning => StatusKind::Warning,
                Level::Info | Level::Style => StatusKind::Info,
            };
            let said = text::at_line(language, finding.start.line, remark(language, finding).text);
            view! { <li><StatusIndicator kind text=said /></li> }
        };
        (!found.is_empty()).then(|| {
            view! { <ul class="plain-list" aria-label=text::findings(language)>{found.iter().map(item).collect_view()}</ul> }
        })
    }
}

#[component]
fn Back(field: String, value: RwSignal<String>, generated: String) -> impl IntoView {
    let language = use_language();
    let generated = Signal::stored(generated);
    let is_edited = Memo::new(move |_| value.with(|text| generated.with(|generated| text != generated)));
    // With script the text is put back at once, and can be undone.
    let back = move |event: leptos::ev::MouseEvent| {
        if cfg!(feature = "hydrate") {
            event.prevent_default();
            value.set(generated.get_untracked());
        }
    };
    move || {
        if is_edited.get() {
            view! {
                <div class="actions">
                    <button class="button button-normal" name="generated" value=field.clone() on:click=back>
                        {text::back_to_generated(language)}
                    </button>
                </div>
                <Difference before=generated after=value.into() />
            }
            .into_any()
        } else {
            view! { <p class="secondary">{text::as_generated(language)}</p> }.into_any()
        }
    }
}
