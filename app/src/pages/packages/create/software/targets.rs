//! The nodes that a file is for: platform, platform version and architecture, a row each.

use domain::language::Language;
use domain::packages::drafts::{DraftChange, DraftFile, Step, changes_from_fields};
use domain::packages::platform::{ANY, ARCHITECTURES, PLATFORMS, Target, UNDOCUMENTED_PLATFORMS};
use leptos::html;
use leptos::prelude::*;

use crate::components::form::field_id;
use crate::components::icon::Icon;
use crate::page::use_language;
use crate::pages::packages::create::steps::Work;
use crate::text::publish_software as text;

/// Empty rows for those without script.
const SPARE_ROWS: usize = 2;

#[derive(Clone, Debug)]
struct Row {
    id: usize,
    target: Target,
}

/// The rows of one file. Rows in which nothing stands do not count.
#[component]
pub fn Targets(work: Work, file: DraftFile) -> impl IntoView {
    let language = use_language();
    let targets = typed(work, &file.id).unwrap_or(file.targets);
    let first = if targets.is_empty() { vec![Target::new("", "", "")] } else { targets };
    let next = StoredValue::new(first.len());
    let rows = first.into_iter().enumerate().map(|(id, target)| Row { id, target }).collect::<Vec<_>>();
    let rows = RwSignal::new(rows);
    let (scripted, set_scripted) = signal(false);
    Effect::new(move || set_scripted.set(true));
    let add = NodeRef::<html::Button>::new();
    let add_row = move |_| {
        let id = next.get_value();
        next.set_value(id + 1);
        rows.update(|rows| rows.push(Row { id, target: Target::new("", ANY, ANY) }));
    };
    let remove = Callback::new(move |id: usize| {
        rows.update(|rows| rows.retain(|row| row.id != id));
        if let Some(button) = add.get_untracked() {
            // The removed row had the focus; should this fail, it falls to the page.
            let _ = button.focus();
        }
    });
    let id = StoredValue::new(file.id.clone());
    let row = move |row: Row| {
        let index = Signal::derive(move || {
            rows.with(|rows| rows.iter().position(|other| other.id == row.id).unwrap_or_default())
        });
        view! { <TargetRow work file=id target=row.target index remove=Some((remove, row.id)) /> }
    };
    let spare = move || {
        let first = rows.with_untracked(Vec::len);
        (first..first + SPARE_ROWS)
            .map(|index| {
                let target = Target::new("", "", "");
                view! { <TargetRow work file=id target index=Signal::stored(index) remove=None /> }
            })
            .collect_view()
    };
    view! {
        <fieldset class="targets">
            <legend class="field-label">{text::targets(language)}</legend>
            <p class="field-description">{text::targets_description(language)}</p>
            <input type="hidden" name="targets" value=file.id />
            <For each=move || rows.get() key=|row| row.id children=row />
            <div class="only-without-script">{move || (!scripted.get()).then(spare)}</div>
            <button type="button" class="button button-normal only-with-script" node_ref=add on:click=add_row>
                <Icon icon=Icon::Add />
                {text::target_add(language)}
            </button>
        </fieldset>
    }
    .into_any()
}

/// The rows of the form that came back.
fn typed(work: Work, file: &str) -> Option<Vec<Target>> {
    let changes = changes_from_fields(Step::Software, &work.fields_before()?);
    changes.into_iter().find_map(|change| match change {
        DraftChange::Targets { file: found, targets } if found == file => Some(targets),
        _ => None,
    })
}

#[component]
fn TargetRow(
    work: Work,
    file: StoredValue<String>,
    target: Target,
    index: Signal<usize>,
    remove: Option<(Callback<usize>, usize)>,
) -> impl IntoView {
    let language = use_language();
    let number = move || index.get() + 1;
    let field =
        move |part: &'static str| file.with_value(|file| format!("target.{file}.{}.{part}", index.get()));
    let platform = Choice { value: target.platform.clone(), options: platforms(language, &target.platform) };
    let architecture =
        Choice { value: target.architecture.clone(), options: architectures(language, &target.architecture) };
    let remove = remove.map(|(remove, id)| {
        view! {
            <button
                type="button"
                class="button button-normal target-remove only-with-script"
                aria-label=move || text::target_remove_named(language, number())
                on:click=move |_| remove.run(id)
            >
                {text::target_remove(language)}
            </button>
        }
    });
    view! {
        <div class="target-row" role="group" aria-label=move || text::target_named(language, number())>
            <Part work field=Signal::derive(move || field("platform")) label=text::platform(language) choice=Some(platform) value=String::new() />
            <Part work field=Signal::derive(move || field("version")) label=text::platform_version(language) choice=None value=target.version />
            <Part work field=Signal::derive(move || field("architecture")) label=text::architecture(language) choice=Some(architecture) value=String::new() />
            {remove}
        </div>
    }
    .into_any()
}

/// What can be chosen, and what is.
struct Choice {
    value: String,
    options: Vec<(String, String)>,
}

/// One of a row's three controls.
#[component]
fn Part(
    work: Work,
    field: Signal<String>,
    label: &'static str,
    choice: Option<Choice>,
    value: String,
) -> impl IntoView {
    let error = move || work.errors.at(field.get()).get();
    let id = move || field_id(&field.get());
    let error_id = move || format!("{}-error", id());
    let described = move || error().is_some().then(error_id);
    let invalid = move || error().is_some().then_some("true");
    let control = match choice {
        Some(Choice { value, options }) => {
            let options = options
                .into_iter()
                .map(|(code, name)| {
                    let selected = code == value;
                    view! { <option value=code selected=selected>{name}</option> }
                })
                .collect_view();
            view! {
                <select
                    class="input"
                    id=id
                    name=move || field.get()
                    aria-invalid=invalid
                    aria-describedby=described
                >
                    {options}
                </select>
            }
            .into_any()
        }
        None => view! {
            <input
                class="input"
                id=id
                name=move || field.get()
                value=value
                placeholder="22.04, 7.*, _any"
                autocomplete="off"
                aria-invalid=invalid
                aria-describedby=described
            />
        }
        .into_any(),
    };
    view! {
        <div class="target-part">
            <label class="field-label" for=id>{label}</label>
            {control}
            <div class="field-error" id=error_id>
                {move || error().map(|text| view! { <Icon icon=Icon::Error /> <span>{text}</span> })}
            </div>
        </div>
    }
    .into_any()
}

/// The platforms that Distributor supports, then those that only agents know.
fn platforms(language: Language, chosen: &str) -> Vec<(String, String)> {
    let mut options = vec![(String::new(), text::choose_platform(language).to_owned())];
    options.extend(
        PLATFORMS
            .iter()
            .map(|platform| (platform.code.to_owned(), platform_label(platform.name, platform.code))),
    );
    options.extend(
        UNDOCUMENTED_PLATFORMS.iter().map(|code| ((*code).to_owned(), text::undocumented(language, code))),
    );
    options.push((ANY.to_owned(), text::any_platform(language).to_owned()));
    with_chosen(options, chosen)
}

fn platform_label(name: &str, code: &str) -> String {
    format!("{name} ({code})")
}

fn architectures(language: Language, chosen: &str) -> Vec<(String, String)> {
    let mut options = vec![(String::new(), text::choose_architecture(language).to_owned())];
    options.push((ANY.to_owned(), text::any_architecture(language).to_owned()));
    options.extend(ARCHITECTURES.iter().map(|code| ((*code).to_owned(), (*code).to_owned())));
    with_chosen(options, chosen)
}

/// What was chosen stays, even where it is no choice.
fn with_chosen(mut options: Vec<(String, String)>, chosen: &str) -> Vec<(String, String)> {
    if options.iter().all(|(code, _)| code != chosen) {
        options.push((chosen.to_owned(), chosen.to_owned()));
    }
    options
}

/// The name on screen of a row's field, such as `target.<file>.0.version`.
pub fn target_label(language: Language, field: &str) -> String {
    let mut parts = field.split('.').skip(2);
    let row = parts.next().and_then(|row| row.parse::<usize>().ok()).unwrap_or_default() + 1;
    let part = match parts.next() {
        Some("platform") => text::platform(language),
        Some("version") => text::platform_version(language),
        Some("architecture") => text::architecture(language),
        _ => text::targets(language),
    };
    text::target_part(language, row, part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_platform_can_be_chosen_and_what_was_chosen_stays() {
        let options = platforms(Language::En, "plan9");
        let codes: Vec<_> = options.iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!(codes.first(), Some(&""));
        assert!(codes.contains(&"ubuntu") && codes.contains(&"centos") && codes.contains(&"_any"));
        assert_eq!(codes.last(), Some(&"plan9"));
        assert_eq!(architectures(Language::En, "386").len(), 6);
    }

    #[test]
    fn a_field_is_named_by_its_row() {
        assert_eq!(
            target_label(Language::En, "target.0ae1.1.version"),
            text::target_part(Language::En, 2, "Platform version")
        );
    }
}
