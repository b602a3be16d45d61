//! Saved estimates side by side: `?id=…&id=…`, in that order.

use domain::costs::{Bill, Conversion, Fields, Item, SavedEstimate, grouped_whole};
use domain::language::Language;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::components::container::{Container, EmptyState, PageHeader};
use crate::components::loaded::Loaded;
use crate::components::time::Time;
use crate::costs::list_estimates;
use crate::costs::words::{
    NODE_PLACES, TOTAL_PLACES, calculator_name, converted, difference_usd, exact_usd, item_name, place_name,
    rounded_usd,
};
use crate::page::use_language;
use crate::text::costs as text;

/// The page.
#[component]
pub fn CompareEstimates() -> impl IntoView {
    let language = use_language();
    let query = use_query_map();
    let estimates = Resource::new(|| (), |()| list_estimates());
    let show = move |estimates: Signal<Vec<SavedEstimate>>| {
        move || {
            let ids = query.with(|query| query.get_all("id")).unwrap_or_default();
            let chosen = estimates.with(|all| chosen(all, &ids));
            if chosen.is_empty() { nothing(language) } else { side_by_side(language, &chosen) }
        }
    };
    view! {
        <PageHeader title=text::compare_title(language) description=text::compare_intro(language).to_owned() />
        <Loaded resource=estimates children=show />
    }
    .into_any()
}

/// The estimates with these ids, each once, in the ids' order.
fn chosen(all: &[SavedEstimate], ids: &[String]) -> Vec<Compared> {
    let mut chosen: Vec<Compared> = Vec::new();
    for id in ids {
        let known = chosen.iter().any(|compared| compared.estimate.id == *id);
        if let Some(estimate) = all.iter().find(|estimate| estimate.id == *id && !known) {
            chosen.push(Compared { estimate: estimate.clone(), bill: estimate.bill() });
        }
    }
    chosen
}

/// An estimate and its bill, if it can still be calculated.
struct Compared {
    estimate: SavedEstimate,
    bill: Option<Bill>,
}

impl Compared {
    /// What its bill says, or a dash.
    fn says(&self, what: impl Fn(&Bill) -> Option<String>) -> String {
        self.bill.as_ref().and_then(what).unwrap_or_else(|| "-".to_owned())
    }
}

fn nothing(language: Language) -> AnyView {
    view! {
        <EmptyState title=text::compare_none(language) description=text::compare_none_hint(language).to_owned()>
            <a class="button button-normal" href="/costs/estimates">{text::back_to_list(language)}</a>
        </EmptyState>
    }
    .into_any()
}

fn side_by_side(language: Language, all: &[Compared]) -> AnyView {
    let heading = |compared: &Compared| {
        let (href, name) = (compared.estimate.href(), compared.estimate.name.clone());
        view! { <th scope="col"><a href=href>{name}</a></th> }
    };
    let headings = all.iter().map(heading).collect_view();
    let rows = (facts(language, all), amounts(language, all), kept(language, all));
    view! {
        <Container title=text::compare_table(language)>
            <div class="cost-table" role="region" aria-label=text::compare_table(language) tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{text::aspect(language)}</th>
                            {headings}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </Container>
    }
    .into_any()
}

/// A row: a name, and what each estimate says of it.
fn row(label: String, cells: impl Iterator<Item = AnyView>) -> AnyView {
    let cells = cells.map(|cell| view! { <td>{cell}</td> }).collect_view();
    view! { <tr><th scope="row">{label}</th>{cells}</tr> }.into_any()
}

/// What the estimates are about.
fn facts(language: Language, all: &[Compared]) -> impl IntoView + use<> {
    let calculators = all.iter().map(|c| calculator_name(language, c.estimate.calculator).into_any());
    let places = all.iter().map(|compared| {
        let name = |(number, place)| view! { <li>{place_name(language, place, number)}</li> };
        let places =
            compared.bill.as_ref().map(|bill| bill.places.iter().enumerate().map(name).collect_view());
        view! { <ul class="cost-sentences">{places}</ul> }.into_any()
    });
    let periods = all.iter().map(|compared| period(language, &compared.estimate).into_any());
    let nodes = all.iter().map(|compared| compared.says(|bill| Some(grouped_whole(bill.nodes))).into_any());
    [
        row(text::calculator(language).to_owned(), calculators),
        row(text::places(language).to_owned(), places),
        row(text::period(language).to_owned(), periods),
        row(text::compared_nodes(language).to_owned(), nodes),
    ]
    .collect_view()
}

/// How long an estimate reckons.
fn period(language: Language, estimate: &SavedEstimate) -> String {
    let fields = Fields::from_query(&estimate.query);
    let value = |name: &str| fields.get(name).unwrap_or_default().to_owned();
    match fields.get("unit") {
        Some("hours") => text::unit_hours(language, value("period")),
        Some("days") => text::unit_days(language, value("period")),
        Some(_) => text::unit_months(language, value("period")),
        None => text::unit_months(language, value("months")),
    }
}

/// Each item, the total, what it is more than the first, and a node's part.
fn amounts(language: Language, all: &[Compared]) -> impl IntoView + use<> {
    let mut items: Vec<Item> = all.iter().filter_map(|c| c.bill.as_ref()).flat_map(Bill::items).collect();
    items.sort_unstable();
    items.dedup();
    let mut rows: Vec<AnyView> = items
        .into_iter()
        .map(|item| {
            let cells = all.iter().map(|c| c.says(|bill| bill.of_item(item).map(exact_usd)).into_any());
            row(item_name(language, item).to_owned(), cells)
        })
        .collect();
    let say = |label: &str, what: &dyn Fn(&Bill) -> Option<String>| {
        row(label.to_owned(), all.iter().map(|compared| compared.says(what).into_any()))
    };
    let first = all.first().and_then(|compared| compared.bill.as_ref()).map(|bill| bill.total);
    rows.extend([
        say(text::total(language), &|bill| Some(rounded_usd(bill.total, TOTAL_PLACES))),
        say(text::difference(language), &|bill| Some(difference_usd(bill.difference_to(first?)?))),
        say(text::per_node(language), &|bill| Some(rounded_usd(bill.per_node()?, NODE_PLACES))),
    ]);
    if all.iter().any(|compared| compared.bill.as_ref().is_some_and(|bill| bill.conversion.is_some())) {
        let total =
            |bill: &Bill| bill.conversion.as_ref().map(|conversion: &Conversion| converted(conversion));
        rows.push(say(text::currency(language), &total));
    }
    rows.collect_view()
}

/// Who has kept them, and when.
fn kept(language: Language, all: &[Compared]) -> impl IntoView + use<> {
    let people = all.iter().map(|compared| compared.estimate.saved_by.clone().into_any());
    let times = all.iter().map(|compared| view! { <Time at=compared.estimate.saved_at /> }.into_any());
    [row(text::saved_by(language).to_owned(), people), row(text::saved_at(language).to_owned(), times)]
        .collect_view()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::costs::Calculator;
    use time::OffsetDateTime;

    fn estimate(id: &str, query: &str) -> SavedEstimate {
        SavedEstimate {
            id: id.to_owned(),
            name: id.to_owned(),
            calculator: Calculator::HybridActivations,
            query: query.to_owned(),
            saved_by: "ann".to_owned(),
            saved_at: OffsetDateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn estimates_stand_once_in_the_order_of_the_link() {
        let all = [estimate("a", "nodes.1=1"), estimate("b", "nodes.1=2"), estimate("c", "nodes.1=-1")];
        let ids = ["c", "b", "x", "c"].map(str::to_owned);
        let chosen = chosen(&all, &ids);
        let ids: Vec<_> = chosen.iter().map(|compared| compared.estimate.id.as_str()).collect();
        assert_eq!(ids, ["c", "b"]);
        assert!(chosen[0].bill.is_none(), "what can no longer be calculated is listed all the same");
        assert_eq!(chosen[1].says(|bill| Some(bill.nodes.to_string())), "2");
    }

    #[test]
    fn a_period_is_told_in_its_unit() {
        let days = period(Language::En, &estimate("a", "period=10&unit=days"));
        assert_eq!(days, "10 (days)");
        assert_eq!(period(Language::Ja, &estimate("a", "months=3")), "3 (か月)");
    }
}
