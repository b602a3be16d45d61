//! A draft while somebody works on it.

use domain::errors::{ApiError, FieldError};
use domain::packages::buckets::{Bucket, BucketProblem};
use domain::packages::coverage_page::CoveragePage;
use domain::packages::drafts::{Draft, DraftKind, FileState, Room, Step};
use domain::packages::preview::{Preview, Problem};
use domain::publishers::Rights;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::step_href;
use crate::components::form::FormErrors;
#[cfg(feature = "hydrate")]
use crate::components::form::once_released;
use crate::packages::checks::{ShownCheck, ShownPlace};
use crate::packages::drafts::StepRefused;
use crate::packages::names::NameClash;
use crate::pages::packages::create::wizard::Start;

/// The draft, what is known about it, and the form of the step that is shown.
#[derive(Clone, Copy)]
pub struct Work {
    /// As the server has it.
    pub draft: RwSignal<Draft>,
    /// How much more may be sent.
    pub room: RwSignal<Room>,
    /// The step that is shown.
    pub step: Signal<Step>,
    /// What it comes to; none while it is being asked for, or where no step has asked.
    pub preview: RwSignal<Option<Result<Preview, ApiError>>>,
    /// The account's buckets.
    pub buckets: RwSignal<Option<Result<Vec<Bucket>, ApiError>>>,
    /// What speaks against the draft's bucket.
    pub bucket: RwSignal<Option<Result<Option<BucketProblem>, ApiError>>>,
    /// Whether that is being found out for one that was chosen just now.
    pub trying_bucket: RwSignal<bool>,
    /// The package that has the name already.
    pub clash: RwSignal<Option<NameClash>>,
    /// Which nodes the manifest covers.
    pub coverage: RwSignal<Option<Result<CoveragePage, ApiError>>>,
    /// What lies where the draft points; none while it is being asked for, or where no step has asked.
    pub place: RwSignal<Option<Result<Option<ShownPlace>, ApiError>>>,
    /// What a check has found there.
    pub check: RwSignal<Option<Result<ShownCheck, ApiError>>>,
    /// The token under which it is published.
    pub submission: StoredValue<String>,
    /// What who works on it may publish.
    pub rights: StoredValue<Rights>,
    /// Broken rules of the step's form.
    pub errors: FormErrors,
    /// Why the form was not taken, where that is no field's.
    pub failure: RwSignal<Option<ApiError>>,
    /// Counts failed attempts.
    pub attempts: RwSignal<u32>,
    /// Whether the form is on its way.
    pub pending: RwSignal<bool>,
    /// Leads to a step.
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "without script, links lead to steps"))]
    pub go: Callback<Step>,
    refused: StoredValue<Option<StepRefused>>,
}

impl Work {
    /// With what the page starts from.
    pub fn new(start: Start, step: Signal<Step>, refused: Option<StepRefused>) -> Self {
        let Start { shown, facts } = start;
        let (fields, failure) = match refused.as_ref().map(|refused| refused.error.clone()) {
            Some(ApiError::Invalid { fields }) => (fields, None),
            other => (Vec::new(), other),
        };
        let (navigate, id) = (use_navigate(), shown.draft.id.clone());
        Self {
            draft: RwSignal::new(shown.draft),
            room: RwSignal::new(shown.room),
            step,
            preview: RwSignal::new(facts.preview),
            buckets: RwSignal::new(facts.buckets),
            bucket: RwSignal::new(facts.bucket),
            trying_bucket: RwSignal::new(false),
            clash: RwSignal::new(facts.clash),
            coverage: RwSignal::new(facts.coverage),
            place: RwSignal::new(facts.place),
            check: RwSignal::new(facts.check),
            submission: StoredValue::new(shown.submission),
            rights: StoredValue::new(shown.rights),
            errors: FormErrors::new(fields),
            failure: RwSignal::new(failure),
            attempts: RwSignal::new(0),
            pending: RwSignal::new(false),
            go: Callback::new(move |step| {
                navigate(&step_href(&id, step), leptos_router::NavigateOptions::default());
            }),
            refused: StoredValue::new(refused),
        }
    }

    /// The draft's id.
    pub fn id(self) -> String {
        self.draft.with_untracked(|draft| draft.id.clone())
    }

    /// How the package is made, which never changes.
    pub fn kind(self) -> DraftKind {
        self.draft.with_untracked(|draft| draft.contents.kind)
    }

    /// What a field begins with: what was typed where the form came back, otherwise what the draft has.
    pub fn typed(self, field: &str, saved: impl FnOnce(&Draft) -> String) -> String {
        self.typed_before(field).unwrap_or_else(|| self.draft.with_untracked(saved))
    }

    /// What was typed into a field of the form that came back, if it has.
    pub fn typed_before(self, field: &str) -> Option<String> {
        let step = self.step.get_untracked();
        self.refused.with_value(|refused| {
            let refused = refused.as_ref().filter(|refused| refused.step == step)?;
            let found = refused.fields.iter().find(|(name, _)| name == field);
            Some(found.map(|(_, value)| value.clone()).unwrap_or_default())
        })
    }

    /// Every field of the form that came back, if it has.
    pub fn fields_before(self) -> Option<Vec<(String, String)>> {
        let step = self.step.get_untracked();
        self.refused.with_value(|refused| {
            refused.as_ref().filter(|refused| refused.step == step).map(|refused| refused.fields.clone())
        })
    }

    /// Asks for what a step needs whenever the step or the draft has changed. The first step's came with the page.
    pub fn follow(self) {
        #[cfg(feature = "hydrate")]
        Effect::new(move |before: Option<(Step, i64, i64)>| {
            let (revision, files) = self.draft.with(|draft| (draft.revision, draft.files_revision));
            let now = (self.step.get(), revision, files);
            match before {
                Some(before) if before != now => self.ask(before.0 != now.0),
                _ => {}
            }
            now
        });
    }

    #[cfg(feature = "hydrate")]
    fn ask(self, another_step: bool) {
        if another_step {
            self.refused.set_value(None);
            self.errors.clear();
            self.failure.set(None);
            self.preview.set(None);
            self.bucket.set(None);
            self.trying_bucket.set(false);
            self.coverage.set(None);
            self.place.set(None);
            self.check.set(None);
        }
        let (step, draft) = (self.step.get_untracked(), self.draft.get_untracked());
        leptos::task::spawn_local(async move {
            let facts = super::super::wizard::facts(&draft, step, String::new()).await;
            let asked = (draft.revision, draft.files_revision);
            let is_now = |now: &Draft| (now.revision, now.files_revision) == asked;
            // Somebody may have gone on, or away, meanwhile.
            if self.draft.try_with_untracked(is_now) == Some(true) && self.step.get_untracked() == step {
                self.preview.set(facts.preview);
                self.buckets.set(facts.buckets);
                self.bucket.set(facts.bucket);
                self.clash.set(facts.clash);
                self.coverage.set(facts.coverage);
                self.place.set(facts.place);
                self.check.set(facts.check);
            }
        });
    }

    /// Takes the draft as the server has it now. An answer that has been overtaken by another is older than what is here.
    #[cfg(feature = "hydrate")]
    pub fn take(self, draft: Draft) {
        let is_newer =
            |here: &Draft| (draft.revision, draft.files_revision) >= (here.revision, here.files_revision);
        if self.draft.try_with_untracked(is_newer) == Some(true) {
            self.draft.set(draft);
        }
    }

    /// Checks a field when it is left.
    pub fn check(self, field: impl Into<String>) -> Callback<()> {
        let field = field.into();
        Callback::new(move |()| {
            #[cfg(feature = "hydrate")]
            super::send::check_field(self, &field);
            #[cfg(not(feature = "hydrate"))]
            let _ = (self, &field);
        })
    }

    /// Checks the name when its field is left, and whether it is free.
    pub fn check_name(self, name: RwSignal<String>) -> Callback<()> {
        let check = self.check("name");
        Callback::new(move |()| {
            check.run(());
            #[cfg(feature = "hydrate")]
            leptos::task::spawn_local(async move {
                // Enter in the field leads on, and takes the field with it.
                let Some(typed) = name.try_get_untracked() else { return };
                let clash = crate::packages::names::check_package_name(typed.clone()).await;
                let Ok(clash) = clash else { return };
                once_released(move || {
                    if name.try_get_untracked().as_ref() == Some(&typed) {
                        self.clash.set(clash.clone());
                    }
                });
            });
            #[cfg(not(feature = "hydrate"))]
            let _ = (self, name);
        })
    }

    /// Tries the bucket that was chosen, where in it the files are to go.
    pub fn try_bucket(self, bucket: RwSignal<String>) -> Callback<()> {
        Callback::new(move |()| {
            #[cfg(feature = "hydrate")]
            leptos::task::spawn_local(async move {
                let Some(chosen) = bucket.try_get_untracked() else { return };
                self.bucket.set(None);
                self.trying_bucket.set(!chosen.is_empty());
                if chosen.is_empty() {
                    return;
                }
                let problem = crate::packages::buckets::check_bucket(chosen.clone(), typed_prefix()).await;
                once_released(move || {
                    if bucket.try_get_untracked().as_ref() == Some(&chosen) {
                        self.tell_of_bucket(problem.clone());
                    }
                });
            });
            #[cfg(not(feature = "hydrate"))]
            let _ = (self, bucket);
        })
    }

    /// Shows what trying the bucket has come to.
    #[cfg(feature = "hydrate")]
    fn tell_of_bucket(self, problem: Result<Option<BucketProblem>, ApiError>) {
        self.trying_bucket.set(false);
        match problem {
            Err(error @ ApiError::Invalid { .. }) => _ = self.errors.take(&error),
            problem => self.bucket.set(Some(problem)),
        }
    }

    /// Shows why the form was not taken, where it belongs.
    #[cfg(feature = "hydrate")]
    pub fn fail(self, error: ApiError) {
        self.pending.set(false);
        self.failure.set((!self.errors.take(&error)).then_some(error));
        self.attempts.update(|attempts| *attempts += 1);
    }

    /// What the draft would break with these changes, by field.
    #[cfg(feature = "hydrate")]
    pub fn broken(self, changes: Vec<domain::packages::drafts::DraftChange>) -> Vec<FieldError> {
        let mut draft = self.draft.get_untracked();
        let mut disallowed = self.rights.with_value(|rights| rights.change_errors(&changes));
        disallowed.retain(|error| draft.contents.base.is_none() || error.field != "name");
        if !disallowed.is_empty() {
            return disallowed;
        }
        match draft.apply(changes) {
            Err(ApiError::Invalid { fields }) => fields,
            _ => Vec::new(),
        }
    }
}

/// What stands in the field of the prefix.
#[cfg(feature = "hydrate")]
fn typed_prefix() -> String {
    use wasm_bindgen::JsCast as _;

    let field = document().get_element_by_id(&crate::components::form::field_id("prefix"));
    let field = field.and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok());
    field.map(|field| field.value()).unwrap_or_default()
}

/// How far a step has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// There is something to do.
    Open,
    /// It has what it needs.
    Done,
    /// Something is wrong in it.
    Invalid,
}

/// How far a step has come.
pub fn state_of(draft: &Draft, problems: Option<&[Problem]>, step: Step) -> StepState {
    let done = |done: bool| if done { StepState::Done } else { StepState::Open };
    let software = !draft.accepted().is_empty()
        && draft.accepted().iter().all(|(file, _)| file.is_ready() && !file.targets.is_empty());
    let refused = draft.files.iter().any(|file| matches!(file.state, FileState::Refused { .. }));
    // What is yet to be done is not wrong.
    let is_wrong = |problem: &Problem| {
        step_of(problem) == step && !matches!(problem, Problem::NoManifest | Problem::NotChecked)
    };
    let wrong = problems.is_some_and(|problems| problems.iter().any(is_wrong));
    match step {
        Step::Details => done(!draft.contents.name.is_empty()),
        Step::Location => done(!draft.contents.bucket.is_empty()),
        Step::Software if refused => StepState::Invalid,
        Step::Software => done(software),
        Step::Scripts | Step::Manifest | Step::Check if wrong => StepState::Invalid,
        Step::Manifest if draft.contents.kind == DraftKind::Advanced => {
            done(draft.contents.manifest.as_ref().is_some_and(|text| !text.trim().is_empty()))
        }
        Step::Scripts | Step::Manifest => done(software),
        Step::Check => done(problems.is_some_and(|problems| !problems.iter().any(is_unchecked))),
        Step::Review => StepState::Open,
    }
}

/// Whether it means that no check can have said how the zips are: a check is of a manifest that can be read.
const fn is_unchecked(problem: &Problem) -> bool {
    matches!(problem, Problem::NoManifest | Problem::Manifest | Problem::NotChecked)
}

/// The step at which a problem can be solved.
pub fn step_of(problem: &Problem) -> Step {
    match problem {
        Problem::Field { field: FieldError { field, .. } } => match field.as_str() {
            "bucket" | "prefix" => Step::Location,
            _ => Step::Details,
        },
        Problem::NoFiles
        | Problem::NotReady { .. }
        | Problem::Target { .. }
        | Problem::ZipTooLarge { .. } => Step::Software,
        Problem::NoScript { .. } => Step::Scripts,
        Problem::Manifest | Problem::NoManifest => Step::Manifest,
        Problem::NotChecked | Problem::CheckErrors => Step::Check,
    }
}

#[cfg(test)]
mod tests;
