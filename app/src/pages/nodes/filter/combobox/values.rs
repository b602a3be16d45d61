//! The values that nodes have, asked for while somebody types one.

use std::time::Duration;

use domain::filter::Kind;
use domain::language::Language;
use domain::nodes::property::Property;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::nodes::node_values;
use crate::pages::nodes::filter::read::{Typed, read};

/// How long typing must pause before values are asked for.
const PAUSE: Duration = Duration::from_millis(150);

/// The values of the property that is typed, as far as they fit; none while no value is typed.
pub(super) fn follow_values(language: Language, typed: RwSignal<String>) -> RwSignal<Vec<String>> {
    let values = RwSignal::new(Vec::new());
    let wanted = Memo::new(move |_| typed.with(|typed| wanted(language, typed)));
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |before: Option<Option<Property>>| {
        waiting.update_value(|waiting| {
            if let Some(waiting) = waiting.take() {
                waiting.clear();
            }
        });
        let (property, value) = wanted.get()?;
        if before.flatten() != Some(property) {
            values.set(Vec::new());
        }
        let ask = move || {
            spawn_local(async move {
                let found = node_values(property.id().to_owned(), value.clone()).await.unwrap_or_default();
                // Something else may be typed by now, or the page be gone.
                let current = wanted.try_get_untracked().flatten();
                if current == Some((property, value)) {
                    values.try_set(found);
                }
            });
        };
        waiting.set_value(set_timeout_with_handle(ask, PAUSE).ok());
        Some(property)
    });
    values
}

/// What to ask for. Of a choice that is every value: the server knows them by AWS's words, and what is typed may be the
/// screen's.
fn wanted(language: Language, typed: &str) -> Option<(Property, String)> {
    match read(language, typed) {
        Typed::Filter(property, ..) if property.kind() == Kind::Choice && property.choices().is_empty() => {
            Some((property, String::new()))
        }
        Typed::Filter(property, _, value)
            if property.kind() != Kind::Time && property.choices().is_empty() =>
        {
            Some((property, value))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_choice_every_value_is_asked_for() {
        let wanted = |typed| wanted(Language::Ja, typed);
        assert_eq!(wanted("ノードの状態 = 実行"), Some((Property::State, String::new())));
        assert_eq!(wanted("agent = 3."), Some((Property::Agent, "3.".to_owned())));
        for nothing in ["実行", "ping = オン", "registered < 7"] {
            assert_eq!(wanted(nothing), None, "{nothing}");
        }
    }
}
