//! Rows of tags: add, fill in, remove. Without script there are a few empty rows to fill in.

use std::time::Duration;

use domain::tags::{MAX_KEY_LENGTH, MAX_TAGS, MAX_VALUE_LENGTH, Tag};
use leptos::html;
use leptos::prelude::*;

use super::FormErrors;
use super::field::field_id;
use super::released::when_released;
use crate::components::icon::Icon;
use crate::page::use_language;
use crate::text::common;

/// Empty rows for those without script.
const SPARE_ROWS: usize = 5;

/// The rows of a [`TagEditor`].
#[derive(Clone, Copy, Debug)]
pub struct TagRows {
    rows: RwSignal<Vec<Row>>,
    next: StoredValue<usize>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    id: usize,
    key: RwSignal<String>,
    value: RwSignal<String>,
}

impl TagRows {
    /// One row for each tag.
    #[must_use]
    pub fn new(tags: Vec<Tag>) -> Self {
        let this = Self { rows: RwSignal::default(), next: StoredValue::new(0) };
        for tag in tags {
            this.add(tag);
        }
        this
    }

    /// Every row as it stands, empty ones too, so that an error's index finds its row.
    #[must_use]
    pub fn tags(self) -> Vec<Tag> {
        self.rows
            .with(|rows| rows.iter().map(|row| Tag { key: row.key.get(), value: row.value.get() }).collect())
    }

    fn add(self, tag: Tag) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        let row = Row { id, key: RwSignal::new(tag.key), value: RwSignal::new(tag.value) };
        self.rows.update(|rows| rows.push(row));
    }

    fn remove(self, id: usize) {
        self.rows.update(|rows| rows.retain(|row| row.id != id));
    }

    fn index(self, id: usize) -> usize {
        self.rows.with(|rows| rows.iter().position(|row| row.id == id).unwrap_or_default())
    }
}

/// Edits tags. The controls are named `{name}[0][key]`, `{name}[0][value]`, and so on.
#[component]
pub fn TagEditor(
    /// The controls' name in the form's data.
    #[prop(into)]
    name: String,
    /// The rows.
    rows: TagRows,
    /// The form's errors: those at `tags`, `tags.N.key` and `tags.N.value` show here.
    errors: FormErrors,
    /// Called with the place of a row from 0, when one of its fields was left, or after what stood there was removed.
    #[prop(optional, into)]
    on_blur: Option<Callback<usize>>,
) -> impl IntoView {
    let language = use_language();
    let (scripted, set_scripted) = signal(false);
    Effect::new(move || set_scripted.set(true));
    let add = NodeRef::<html::Button>::new();
    let name = StoredValue::new(name);
    let count = move || rows.rows.with(Vec::len);
    let left = move || (MAX_TAGS as usize).saturating_sub(count());
    let whole = errors.at("tags");
    let remove = Callback::new(move |id| {
        let index = rows.index(id);
        rows.remove(id);
        if let Some(left) = on_blur {
            // Errors go by place: once the row is gone from the page, another may stand there.
            let check = move || {
                let _ = left.try_run(index);
            };
            set_timeout(check, Duration::ZERO);
        }
        if let Some(button) = add.get_untracked() {
            // The removed row had the focus; should this fail, it falls to the page.
            let _ = button.focus();
        }
    });
    let row = move |row: Row| {
        let index = Signal::derive(move || rows.index(row.id));
        view! { <TagRow name row index errors remove on_blur /> }
    };
    let spare = move || {
        let first = count();
        (first..first + SPARE_ROWS)
            .map(|index| {
                let row = Row { id: index, key: RwSignal::default(), value: RwSignal::default() };
                view! { <TagRow name row index=Signal::stored(index) errors /> }
            })
            .collect_view()
    };
    view! {
        <div class="tag-editor" id=field_id("tags")>
            <For each=move || rows.rows.get() key=|row| row.id children=row />
            <div class="only-without-script">{move || (!scripted.get()).then(spare)}</div>
            <div class="field-error">
                {move || whole.get().map(|text| view! { <Icon icon=Icon::Error /> <span>{text}</span> })}
            </div>
            <button
                type="button"
                class="button button-normal only-with-script"
                aria-disabled=move || (left() == 0).then_some("true")
                node_ref=add
                on:click=move |_| {
                    if left() > 0 {
                        rows.add(Tag::default());
                    }
                }
            >
                <Icon icon=Icon::Add />
                {common::tag_add(language)}
            </button>
            <p class="field-constraint" role="status">{move || common::tags_left(language, left())}</p>
        </div>
    }
    .into_any()
}

/// A key, its value, and, in the browser, a button that removes them.
#[component]
fn TagRow(
    name: StoredValue<String>,
    row: Row,
    #[prop(into)] index: Signal<usize>,
    errors: FormErrors,
    #[prop(optional, into)] remove: Option<Callback<usize>>,
    #[prop(optional_no_strip)] on_blur: Option<Callback<usize>>,
) -> impl IntoView {
    let language = use_language();
    let on_blur = on_blur.map(|left| Callback::new(move |()| left.run(index.get_untracked())));
    let number = move || index.get() + 1;
    let label = Signal::derive(move || common::tag_key_row(language, number()));
    let value_label = Signal::derive(move || common::tag_value_row(language, number()));
    view! {
        <div class="tag-row" role="group" aria-label=move || format!("{} {}", common::tag(language), number())>
            <TagInput
                name
                part="key"
                index
                errors
                label
                value=row.key
                max=MAX_KEY_LENGTH
                heading=common::tag_key(language)
                on_blur
            />
            <TagInput
                name
                part="value"
                index
                errors
                label=value_label
                value=row.value
                max=MAX_VALUE_LENGTH
                heading=common::tag_value(language)
                on_blur
            />
            {remove
                .map(|remove| {
                    view! {
                        <button
                            type="button"
                            class="button button-normal tag-remove"
                            aria-label=move || common::tag_remove_named(language, number())
                            on:click=move |_| remove.run(row.id)
                        >
                            {common::tag_remove(language)}
                        </button>
                    }
                })}
        </div>
    }
    .into_any()
}

#[component]
fn TagInput(
    name: StoredValue<String>,
    part: &'static str,
    #[prop(into)] index: Signal<usize>,
    errors: FormErrors,
    label: Signal<String>,
    value: RwSignal<String>,
    max: u32,
    heading: &'static str,
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let field = move || format!("tags.{}.{part}", index.get());
    let error = move || errors.at(field()).get();
    let id = move || field_id(&field());
    let node = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(typed) = node.get().map(|input| input.value())
            && typed != value.get_untracked()
        {
            value.set(typed);
        }
    });
    view! {
        <div class="tag-input">
            <span class="field-label" aria-hidden="true">{heading}</span>
            <input
                class="input"
                id=id
                name=move || name.with_value(|name| format!("{name}[{}][{part}]", index.get()))
                value=value.get_untracked()
                autocomplete="off"
                maxlength=max
                aria-label=move || label.get()
                aria-invalid=move || error().is_some().then_some("true")
                aria-describedby=move || error().is_some().then(|| format!("{}-error", id()))
                node_ref=node
                on:input:target=move |event| value.set(event.target().value())
                on:blur=move |_| when_released(on_blur)
            />
            <div class="field-error" id=move || format!("{}-error", id())>
                {move || error().map(|text| view! { <Icon icon=Icon::Error /> <span>{text}</span> })}
            </div>
        </div>
    }
    .into_any()
}
