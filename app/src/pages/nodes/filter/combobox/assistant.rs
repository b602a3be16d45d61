//! What makes suggestions of what is typed: fetched when somebody begins to type.

use domain::filter::FilterProblem;
use domain::language::Language;
use leptos::prelude::*;

use super::Input;
use super::values::follow_values;
use crate::pages::nodes::filter::suggest::{self, Then, suggest};
use crate::split::split;

split!(
    node_filter,
    /// Suggests what fits to what is typed, from now on.
    pub(super) fn follow(input: Input) -> () {
        if !input.is_gone() {
            let values = follow_values(input.language, input.typed);
            Effect::new(move || {
                let found =
                    input.typed.with(|typed| values.with(|values| suggest(input.language, typed, values)));
                input.suggestions.set(found);
            });
        }
    }
);

split!(
    node_filter,
    /// What is meant by what was typed.
    pub(super) fn finish(language: Language, typed: String) -> Result<Then, FilterProblem> {
        suggest::finish(language, &typed)
    }
);
