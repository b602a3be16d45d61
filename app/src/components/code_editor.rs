//! A text area that becomes a code editor where there is script. The editor is a file of its own, fetched where one is.

use leptos::html;
use leptos::prelude::*;
use serde::Serialize;

use crate::page::use_language;
use crate::text::code_editor as text;

/// What is written in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeLanguage {
    /// Shell.
    Sh,
    /// PowerShell.
    PowerShell,
    /// JSON.
    Json,
}

impl CodeLanguage {
    const fn name(self) -> &'static str {
        match self {
            Self::Sh => "sh",
            Self::PowerShell => "powershell",
            Self::Json => "json",
        }
    }
}

/// Something to say about a place in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// Line and column where it begins, both from 1.
    pub from: (u32, u32),
    /// Line and column just after its end.
    pub to: (u32, u32),
    /// Whether it is an error rather than a warning.
    pub error: bool,
    /// The sentence.
    pub text: String,
}

/// Edits code: line numbers, highlighting, search, remarks at their lines; a text area without script. Escape, then Tab
/// leaves it. Where `value` is set from outside, the control follows.
#[component]
pub fn CodeEditor(
    /// The control's name in the form's data.
    #[prop(into)]
    name: String,
    /// The control's id.
    #[prop(into)]
    id: String,
    /// What it is called.
    #[prop(into)]
    label: String,
    /// The ids of what describes it.
    #[prop(optional, into)]
    described: Option<String>,
    /// What is written in it.
    code: CodeLanguage,
    /// The text.
    value: RwSignal<String>,
    /// Lines of the text area without script.
    #[prop(default = 12)]
    rows: u32,
    /// What there is to say.
    #[prop(optional, into)]
    remarks: Signal<Vec<Remark>>,
) -> impl IntoView {
    let language = use_language();
    let node = NodeRef::<html::Textarea>::new();
    load_editor();
    Effect::new(move |before: Option<()>| {
        let (Some(control), text) = (node.get(), value.get()) else { return };
        if before.is_none() {
            // Typed before the script arrived, or restored.
            let typed = control.value();
            if typed != text {
                value.set(typed);
            }
        } else if control.value() != text {
            control.set_value(&text);
            #[cfg(feature = "hydrate")]
            if let Ok(event) = web_sys::Event::new("textset") {
                let _ = control.dispatch_event(&event);
            }
        }
    });
    let data = move || serde_json::to_string(&remarks.get()).unwrap_or_default();
    view! {
        <code-editor
            class="code-editor"
            data-language=code.name()
            data-remarks=data
            data-phrases=phrases(language)
        >
            <textarea
                class="input code"
                id=id
                name=name
                rows=rows
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                wrap="off"
                aria-label=label
                aria-describedby=described
                node_ref=node
                on:input:target=move |event| value.set(event.target().value())
                inner_html=escaped(&value.get_untracked())
            />
        </code-editor>
        <p class="field-constraint only-with-script">{text::leave(language)}</p>
    }
    .into_any()
}

/// A textarea's content as HTML, in which the first line feed does not count.
fn escaped(text: &str) -> String {
    let first = if text.starts_with('\n') { "\n" } else { "" };
    format!("{first}{}", text.replace('&', "&amp;").replace('<', "&lt;"))
}

/// What the editor says of itself, by the words that it has in English.
fn phrases(language: domain::language::Language) -> String {
    let phrases = [
        ("Find", text::find(language)),
        ("Replace", text::replace_with(language)),
        ("next", text::next(language)),
        ("previous", text::previous(language)),
        ("all", text::all(language)),
        ("match case", text::match_case(language)),
        ("regexp", text::regexp(language)),
        ("by word", text::by_word(language)),
        ("replace", text::replace(language)),
        ("replace all", text::replace_all(language)),
        ("close", text::close(language)),
        ("current match", text::current_match(language)),
        ("on line", text::on_line(language)),
        ("replaced match on line $", text::replaced_match(language)),
        ("replaced $ matches", text::replaced_matches(language)),
        ("Go to line", text::go_to_line(language)),
        ("go", text::go(language)),
        ("Diagnostics", text::diagnostics(language)),
        ("No diagnostics", text::no_diagnostics(language)),
    ];
    serde_json::to_string(&std::collections::BTreeMap::from(phrases)).unwrap_or_default()
}

/// Fetches the editor once, after the page has come to life: until then its elements must stay as the server made them.
fn load_editor() {
    #[cfg(feature = "hydrate")]
    Effect::new(|| {
        const ID: &str = "code-editor-script";
        let document = document();
        if document.get_element_by_id(ID).is_some() {
            return;
        }
        let Ok(script) = document.create_element("script") else { return };
        script.set_id(ID);
        let attributes = [("type", "module"), ("src", "/editor/editor.js")];
        let set = attributes.into_iter().all(|(name, value)| script.set_attribute(name, value).is_ok());
        // Without it there is the text area.
        if let (true, Some(head)) = (set, document.head()) {
            let _ = head.append_child(&script);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_line_feed_is_kept() {
        assert_eq!(escaped("\na"), "\n\na");
        assert_eq!(escaped("a<b && c"), "a&lt;b &amp;&amp; c");
    }
}
