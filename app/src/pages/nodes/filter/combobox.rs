//! The input that suggests properties, then operators, then values. Without script it looks for a text.

mod assistant;
mod values;

use domain::filter::{FilterProblem, MAX_VALUE};
use domain::language::Language;
use domain::nodes::query::{NodeQuery, searched};
use leptos::ev::{KeyboardEvent, MouseEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;

use super::suggest::{Suggestion, Then};
use super::{PATH, kept, problem_text};
use crate::components::icon::Icon;
use crate::page::use_language;
use crate::text::{filter as text, table};
use assistant::{finish, follow};

const LIST: &str = "filter-suggestions";
const PROBLEM: &str = "filter-problem";

/// The state of the input.
#[derive(Clone, Copy)]
struct Input {
    language: Language,
    element: NodeRef<html::Input>,
    typed: RwSignal<String>,
    open: RwSignal<bool>,
    /// The suggestion that Enter chooses.
    active: RwSignal<Option<usize>>,
    problem: RwSignal<Option<FilterProblem>>,
    suggestions: RwSignal<Vec<Suggestion>>,
    /// Suggestions follow what is typed.
    followed: RwSignal<bool>,
    query: Memo<NodeQuery>,
    go: Callback<NodeQuery>,
}

impl Input {
    /// The input holds another text, as if it had been typed.
    fn set(self, typed: &str) {
        if let Some(element) = self.element.get_untracked() {
            element.set_value(typed);
        }
        self.type_text(typed.to_owned());
    }

    fn type_text(self, typed: String) {
        self.typed.set(typed);
        self.active.set(None);
        self.problem.set(None);
    }

    /// Does what was chosen or typed, whose text has served.
    fn act(self, then: &Then) {
        if let Then::Type(typed) = then {
            self.set(typed);
            self.open.set(true);
        } else {
            self.set("");
            self.open.set(false);
            self.filter(then);
        }
    }

    fn filter(self, then: &Then) {
        let filtered = self.query.with_untracked(|query| match then {
            Then::Type(_) => None,
            Then::Filter(filter) => Some(query.with_filter(filter.clone())),
            Then::Text(typed) => Some(query.with_text(typed)),
        });
        if let Some(query) = filtered {
            self.go.run(query);
        }
    }

    fn choose(self, number: usize) {
        let chosen = self.suggestions.with_untracked(|all| all.get(number).map(|chosen| chosen.then.clone()));
        if let Some(then) = chosen {
            self.act(&then);
        }
    }

    /// Suggests from now on; what that takes is fetched when the input is first used.
    fn open(self, owner: &Owner) {
        self.open.set(true);
        if self.followed.get_untracked() {
            return;
        }
        self.followed.set(true);
        let following = owner.with(|| ScopedFuture::new(follow(self)));
        spawn_local(async move {
            if following.await.is_err() {
                self.followed.try_set(false);
            }
        });
    }

    /// The page was left while something was fetched for it.
    fn is_gone(self) -> bool {
        self.typed.try_get_untracked().is_none()
    }

    fn on_submit(self, event: &SubmitEvent) {
        event.prevent_default();
        let typed = self.typed.get_untracked();
        spawn_local(async move {
            let meant = finish(self.language, typed.clone()).await;
            if self.is_gone() {
                return;
            }
            // As without script, where what knows better has not come.
            let meant = meant.unwrap_or_else(|_| searched(&typed).map(Then::Text));
            match (meant, self.typed.with_untracked(|now| *now == typed)) {
                (Ok(then), true) => self.act(&then),
                // The next filter has been typed meanwhile, and stays.
                (Ok(then), false) => self.filter(&then),
                (Err(problem), true) => self.problem.set(Some(problem)),
                (Err(_), false) => {}
            }
        });
    }

    fn on_key(self, event: &KeyboardEvent) {
        let count = self.suggestions.with_untracked(Vec::len);
        let active = self.active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" if count > 0 => {
                event.prevent_default();
                let next = match (event.key() == "ArrowDown", active.filter(|_| self.open.get_untracked())) {
                    (true, Some(active)) => (active + 1) % count,
                    (true, None) => 0,
                    (false, Some(active)) => active.checked_sub(1).unwrap_or(count - 1),
                    (false, None) => count - 1,
                };
                self.open.set(true);
                self.active.set(Some(next));
            }
            "Enter" if self.open.get_untracked() => {
                if let Some(active) = active {
                    event.prevent_default();
                    self.choose(active);
                }
            }
            "Escape" if self.open.get_untracked() => {
                event.prevent_default();
                self.open.set(false);
                self.active.set(None);
            }
            _ => {}
        }
    }
}

/// The input, and the list below it.
#[component]
pub(super) fn Combobox(query: Memo<NodeQuery>, go: Callback<NodeQuery>) -> impl IntoView {
    let language = use_language();
    let typed = RwSignal::new(String::new());
    let suggestions = RwSignal::new(Vec::new());
    let input = Input {
        language,
        element: NodeRef::new(),
        typed,
        open: RwSignal::new(false),
        active: RwSignal::new(None),
        problem: RwSignal::new(None),
        suggestions,
        followed: RwSignal::new(false),
        query,
        go,
    };
    let (scripted, set_scripted) = signal(false);
    Effect::new(move || set_scripted.set(true));
    let owner = StoredValue::new(Owner::current().unwrap_or_default());
    let open = move || owner.with_value(|owner| input.open(owner));
    let shown = move || input.open.get() && suggestions.with(|all| !all.is_empty());
    let count = move || shown().then(|| text::suggestions(language, suggestions.with(Vec::len)));
    let wrong = move || {
        let problem = input.problem.get()?;
        Some(view! { <p class="field-error" id=PROBLEM>{problem_text(language, problem)}</p> })
    };
    view! {
        <form class="table-filters" method="get" action=PATH role="search" on:submit=move |event| input.on_submit(&event)>
            <span class="search">
                <Icon icon=Icon::Search />
                <input
                    node_ref=input.element
                    class="input"
                    type="text"
                    name="q"
                    role="combobox"
                    aria-label=text::find(language)
                    aria-autocomplete="list"
                    aria-controls=LIST
                    aria-expanded=move || if shown() { "true" } else { "false" }
                    aria-activedescendant=move || input.active.get().filter(|_| shown()).map(option_id)
                    aria-invalid=move || input.problem.get().is_some().then_some("true")
                    aria-describedby=move || input.problem.get().is_some().then_some(PROBLEM)
                    placeholder=text::find(language)
                    // A property may stand before the value where there is script, which says what is too long.
                    maxlength=move || (!scripted.get()).then_some(MAX_VALUE)
                    autocomplete="off"
                    spellcheck="false"
                    on:input:target=move |event| {
                        open();
                        input.type_text(event.target().value());
                    }
                    on:keydown=move |event| input.on_key(&event)
                    on:focus=move |_| open()
                    on:click=move |_| open()
                    on:blur=move |_| input.open.set(false)
                />
                <ul class="suggestions" id=LIST role="listbox" aria-label=text::find(language) hidden=move || !shown()>
                    {move || shown().then(|| options(input))}
                </ul>
            </span>
            {move || query.with(kept)}
            <button class="button button-normal only-without-script">{table::apply(language)}</button>
            <span class="visually-hidden" role="status">{count}</span>
            {wrong}
        </form>
    }
    .into_any()
}

fn options(input: Input) -> impl IntoView {
    let option = move |(number, suggestion): (usize, Suggestion)| {
        let active = move || input.active.get() == Some(number);
        let id = option_id(number);
        #[cfg(feature = "hydrate")]
        Effect::new({
            let id = id.clone();
            move || {
                if active()
                    && let Some(option) = document().get_element_by_id(&id)
                {
                    option.scroll_into_view_with_bool(false);
                }
            }
        });
        // The focus stays in the input.
        let hold = |event: MouseEvent| event.prevent_default();
        view! {
            <li
                id=id
                role="option"
                aria-selected=move || if active() { "true" } else { "false" }
                on:mousedown=hold
                on:click=move |event| {
                    event.stop_propagation();
                    input.choose(number);
                }
            >
                <span>{suggestion.label}</span>
                <span class="secondary">{suggestion.detail}</span>
            </li>
        }
    };
    input.suggestions.get().into_iter().enumerate().map(option).collect_view()
}

fn option_id(number: usize) -> String {
    format!("{LIST}-{number}")
}
