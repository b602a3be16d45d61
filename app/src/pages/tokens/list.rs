//! The tokens that there are.

use domain::publishers::Token;
use leptos::prelude::*;

use crate::components::button::ButtonKind;
use crate::components::clock::use_now;
use crate::components::container::{Container, EmptyState};
use crate::components::plain_table::{Heading, PlainTable};
use crate::components::status::{Badge, StatusKind};
use crate::components::time::{Time, TimeStyle};
use crate::page::use_language;
use crate::text::tokens as text;

/// The table.
#[component]
pub(super) fn TokenTable(tokens: Vec<Token>) -> impl IntoView {
    let language = use_language();
    let body = if tokens.is_empty() {
        view! { <EmptyState title=text::none(language) description=text::none_hint(language) /> }.into_any()
    } else {
        let rows = tokens.into_iter().map(|token| view! { <Row token /> }).collect_view();
        let headings = vec![
            text::name(language).into(),
            text::owner(language).into(),
            text::names(language).into(),
            text::created(language).into(),
            text::expires(language).into(),
            text::last_used(language).into(),
            Heading::Unseen(text::actions(language)),
        ];
        view! {
            <PlainTable label=text::tokens(language) headings>{rows}</PlainTable>
        }
        .into_any()
    };
    view! { <Container title=text::tokens(language)>{body}</Container> }.into_any()
}

#[component]
fn Row(token: Token) -> impl IntoView {
    let language = use_language();
    let now = use_now();
    let (expires, label) = (token.expires, text::revoke_named(language, &token.name));
    let over = move || {
        (expires <= now.get())
            .then(|| view! { " "<Badge text=text::over(language) kind=StatusKind::Warning /> })
    };
    let names =
        if token.names.is_empty() { text::any_name(language).to_owned() } else { token.names.join(", ") };
    let used = match token.last_used {
        Some(at) => view! { <Time at style=TimeStyle::Relative /> }.into_any(),
        None => text::never(language).into_any(),
    };
    view! {
        <tr>
            <th scope="row">{token.name}</th>
            <td>{token.username}</td>
            <td>{names}</td>
            <td><Time at=token.created style=TimeStyle::Absolute /></td>
            <td><Time at=expires style=TimeStyle::Absolute />{over}</td>
            <td>{used}</td>
            <td>
                <a class=ButtonKind::Link.class() href=format!("/tokens/{}/revoke", token.id) aria-label=label>
                    {text::revoke(language)}
                </a>
            </td>
        </tr>
    }
    .into_any()
}
