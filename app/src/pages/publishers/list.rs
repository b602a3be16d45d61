//! Everybody who publishes, with the rule that holds for them.

use domain::permission::{Permission, Role};
use domain::publishers::{Publisher, PublisherRule, PublisherRules};
use domain::url_query;
use leptos::prelude::*;

use crate::components::alert::Alert;
use crate::components::button::LinkButton;
use crate::components::container::{Container, EmptyState, KeyValue, KeyValues, PageHeader};
use crate::components::loaded::Loaded;
use crate::components::plain_table::{Heading, PlainTable};
use crate::components::status::StatusKind;
use crate::page::{may, use_language};
use crate::publishers::list_publishers;
use crate::text::publishers as text;

/// The page.
#[component]
pub fn PublisherList() -> impl IntoView {
    let language = use_language();
    let body = if may(Permission::ManagePeople) {
        let rules = Resource::new(|| (), |()| list_publishers());
        let show = |rules: Signal<PublisherRules>| view! { <Rules rules=rules.get_untracked() /> };
        view! { <Loaded resource=rules children=show /> }.into_any()
    } else {
        view! { <Alert kind=StatusKind::Info>{text::denied(language)}</Alert> }.into_any()
    };
    view! {
        <PageHeader title=text::title(language) description=text::intro(language) />
        {body}
    }
    .into_any()
}

#[component]
fn Rules(rules: PublisherRules) -> impl IntoView {
    let language = use_language();
    let edit = view! { <LinkButton href="/settings/publishers/edit" text=text::edit_default(language) /> };
    // No rule holds for admins.
    let publishers: Vec<_> =
        rules.people.into_iter().filter(|publisher| publisher.role == Role::Publisher).collect();
    let rows = publishers.iter().cloned().map(|publisher| view! { <Row publisher /> }).collect_view();
    let table = if publishers.is_empty() {
        view! { <EmptyState title=text::nobody(language) description=text::nobody_hint(language) /> }
            .into_any()
    } else {
        let headings = vec![
            text::publisher(language).into(),
            text::rule(language).into(),
            Heading::Unseen(text::actions(language)),
        ];
        view! {
            <PlainTable label=text::publishers(language) headings>{rows}</PlainTable>
        }
        .into_any()
    };
    view! {
        <Container
            title=text::default_rule(language)
            description=text::default_description(language)
            actions=edit.into_any()
        >
            <RuleText rule=rules.default />
        </Container>
        <Container title=text::publishers(language) description=text::publishers_description(language)>
            {table}
        </Container>
    }
    .into_any()
}

#[component]
fn Row(publisher: Publisher) -> impl IntoView {
    let language = use_language();
    let username = publisher.username;
    let query = url_query::format([("person", username.as_str())]);
    let label = text::edit_named(language, &username);
    let rule = match publisher.rule {
        Some(rule) => view! { <RuleText rule /> }.into_any(),
        None => text::as_default(language).into_any(),
    };
    view! {
        <tr>
            <th scope="row">{username}</th>
            <td>{rule}</td>
            <td>
                <a class="button button-link" href=format!("/settings/publishers/edit{query}") aria-label=label>
                    {text::edit(language)}
                </a>
            </td>
        </tr>
    }
    .into_any()
}

/// What a rule says.
#[component]
pub fn RuleText(
    /// The rule.
    rule: PublisherRule,
) -> impl IntoView {
    let language = use_language();
    let (places, names) = (rule.place_names(), rule.names);
    let several = move |words: Vec<String>| {
        if words.is_empty() {
            return text::any(language).into_any();
        }
        let words = words.into_iter().map(|word| view! { <li><code class="code">{word}</code></li> });
        view! { <ul class="plain-list">{words.collect_view()}</ul> }.into_any()
    };
    let quota = match rule.quota_mib {
        Some(quota) => text::mib(language, quota),
        None => text::quota_servers(language).to_owned(),
    };
    view! {
        <KeyValues>
            <KeyValue label=text::places(language)>{several(places)}</KeyValue>
            <KeyValue label=text::names(language)>{several(names)}</KeyValue>
            <KeyValue label=text::quota(language)>{quota}</KeyValue>
        </KeyValues>
    }
    .into_any()
}
