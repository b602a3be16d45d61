//! What the two calculators share: a form that is its own link, and the estimate beside it, which follows while one
//! types.

mod form;
mod result;
mod rows;
mod save;
#[cfg(feature = "hydrate")]
mod typing;

use domain::costs::{Bill, Calculator, CostStart, Fields};
use domain::errors::{ApiError, FieldError};
use domain::language::Language;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::components::alert::Alert;
use crate::components::container::PageHeader;
use crate::components::flash::{Flashes, use_flashes};
use crate::components::form::FormErrors;
use crate::components::loaded::Loaded;
use crate::components::status::StatusKind;
use crate::costs::{SaveRefused, start_costs};
use crate::error_text::error_text;
use crate::page::use_language;
use crate::text::costs as text;
use form::CalculatorForm;
use result::Estimate;

/// What the calculators differ in.
#[derive(Clone, Copy)]
pub struct Parts {
    /// Which of the two.
    pub calculator: Calculator,
    /// The page's title.
    pub title: fn(Language) -> &'static str,
    /// The line below it.
    pub intro: fn(Language) -> &'static str,
    /// The fields of the live fleet.
    pub of_fleet: fn(&CostStart) -> Fields,
    /// The fields of the seminar's example.
    pub example: fn() -> Fields,
    /// The controls of the period.
    pub settings: fn(&Fields, FormErrors) -> AnyView,
    /// The numbers of the rows that the fields have.
    pub rows: fn(&Fields) -> Vec<u32>,
    /// The controls of a row; of a new one where the fields have none of its number.
    pub row: fn(&Fields, u32, FormErrors) -> AnyView,
    /// The controls of the prices. The signal follows what is typed.
    pub prices: fn(&Fields, Signal<Fields>, FormErrors) -> AnyView,
    /// A field's name on screen.
    pub label: fn(Language, &str) -> &'static str,
    /// Chart, what-ifs and the like.
    pub details: fn(Language, &Fields, &Bill) -> AnyView,
}

/// The estimate of the fields as they stand: the fields that lead back to it, and its bill.
type Outcome = Result<(Fields, Bill), Vec<FieldError>>;

/// What a form knows while it is filled in.
#[derive(Clone, Copy)]
struct Work {
    parts: StoredValue<Parts>,
    /// The fields as they stand.
    fields: RwSignal<Fields>,
    outcome: Signal<Outcome>,
    errors: FormErrors,
    /// What only the server knows to be wrong, such as a name that is taken.
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "nobody types on the server"))]
    told: RwSignal<Vec<FieldError>>,
    /// A failure to save that belongs to no field.
    failure: RwSignal<Option<ApiError>>,
    pending: RwSignal<bool>,
    /// The query that the form itself has written into the address.
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "nobody types on the server"))]
    written: Written,
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "nobody types on the server"))]
    language: Language,
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "nobody types on the server"))]
    flashes: Flashes,
}

/// The query that a form has itself written into the address, if it has.
type Written = StoredValue<Option<String>>;

/// The fields with which a form begins.
#[derive(Clone, Debug, PartialEq)]
struct Start {
    /// Tells two beginnings with the same fields apart.
    number: u32,
    fields: Fields,
    refused: Option<ApiError>,
}

/// A calculator.
#[component]
pub fn CalculatorPage(
    /// Which, and its parts.
    parts: Parts,
) -> impl IntoView {
    let language = use_language();
    let refused = SharedValue::new(use_context::<SaveRefused>).into_inner();
    let start = Resource::new(|| (), |()| start_costs());
    let show = move |start: Signal<CostStart>| {
        view! { <Filled parts start=start.get_untracked() refused=refused.clone() /> }
    };
    view! {
        <PageHeader title=(parts.title)(language) description=(parts.intro)(language).to_owned() />
        <Loaded resource=start children=show />
    }
    .into_any()
}

/// The form, begun anew whenever the address is changed by anything but the form itself.
#[component]
fn Filled(parts: Parts, start: CostStart, refused: Option<SaveRefused>) -> impl IntoView {
    let language = use_language();
    let search = use_location().search;
    let written = Written::new(None);
    let fleet = (parts.of_fleet)(&start);
    let presets = presets(language, parts, &fleet);
    let begin = move |before: Option<&Start>| {
        let query = search.with(|search| search.trim_start_matches('?').to_owned());
        if let Some(before) =
            before.filter(|_| written.with_value(|written| written.as_ref() == Some(&query)))
        {
            return before.clone();
        }
        written.set_value(None);
        let number = before.map_or(0, |before| before.number + 1);
        // What was refused belongs to the page that answers the form; a link on it begins anew.
        if let Some(SaveRefused { query, error }) = refused.clone().filter(|_| number == 0) {
            return Start { number, fields: Fields::from_query(&query), refused: Some(error) };
        }
        let asked = Fields::from_query(&query);
        let plain = asked.pairs().iter().all(|(name, _)| name == "done");
        Start { number, fields: if plain { fleet.clone() } else { asked }, refused: None }
    };
    let begun = Memo::new(begin);
    let unknown = match start.fleet {
        Ok(Some(_)) => None,
        Ok(None) => Some(text::fleet_unknown(language).to_owned()),
        Err(error) => Some(text::fleet_failed(language, error_text(language, &error))),
    };
    let unknown = unknown.map(|said| view! { <Alert kind=StatusKind::Warning>{said}</Alert> });
    view! {
        {unknown}
        {presets}
        {move || {
            let work = Work::new(parts, begun.get(), written);
            view! {
                <div class="cost-page">
                    <CalculatorForm work />
                    <Estimate work />
                </div>
            }
        }}
    }
    .into_any()
}

impl Work {
    fn new(parts: Parts, start: Start, written: Written) -> Self {
        let fields = RwSignal::new(start.fields);
        let calculate = move || fields.with(|fields| parts.calculator.calculate(fields));
        let (told, failure) = match start.refused {
            Some(ApiError::Invalid { fields }) => (fields, None),
            other => (Vec::new(), other),
        };
        let mut broken = untrack(calculate).err().unwrap_or_default();
        let own = |error: &FieldError| broken.iter().any(|known| known.field == error.field);
        let told: Vec<_> = told.into_iter().filter(|error| !own(error)).collect();
        broken.extend(told.iter().cloned());
        Self {
            parts: StoredValue::new(parts),
            fields,
            outcome: Memo::new(move |_| calculate()).into(),
            errors: FormErrors::new(broken),
            told: RwSignal::new(told),
            failure: RwSignal::new(failure),
            pending: RwSignal::new(false),
            written,
            language: use_language(),
            flashes: use_flashes(),
        }
    }

    fn parts(self) -> Parts {
        self.parts.get_value()
    }
}

/// Links that begin anew: from the seminar's example, the live fleet, or nothing.
fn presets(language: Language, parts: Parts, fleet: &Fields) -> impl IntoView + use<> {
    let href = |fields: &Fields| format!("{}?{}", parts.calculator.path(), fields.to_query());
    let empty = format!("{}?nodes.1=0&aws_nodes.1=0", parts.calculator.path());
    view! {
        <p class="cost-presets">
            <span>{text::start_from(language)}</span>
            <a class="button button-normal" href=href(&(parts.example)())>{text::from_example(language)}</a>
            <a class="button button-normal" href=href(fleet)>{text::from_fleet(language)}</a>
            <a class="button button-normal" href=empty>{text::from_empty(language)}</a>
        </p>
    }
}
