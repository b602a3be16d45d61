//! Acting on nodes, one or many: a form for each kind of action, and how far an action has come.

mod chosen;
mod deregister;
mod page;
mod progress;
mod role;
mod tags;

pub use deregister::DeregisterNodes;
pub use progress::NodeActionPage;
pub use role::ChangeNodeRole;
pub use tags::EditNodeTags;

use domain::language::Language;
use domain::nodes::actions::ActionKind;

use crate::text::node_actions as text;

/// What is done, as a page's title and a button's text.
#[must_use]
pub fn kind_text(language: Language, kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::Deregister => text::deregister(language),
        ActionKind::Role => text::role(language),
        ActionKind::Tags => text::tags(language),
    }
}

/// What is done to a single node, as a button of its page.
#[must_use]
pub fn single_text(language: Language, kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::Deregister => text::deregister_this(language),
        ActionKind::Role | ActionKind::Tags => kind_text(language, kind),
    }
}

/// Why somebody may not do it.
#[must_use]
pub fn denied_text(language: Language, kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::Deregister => text::deregister_denied(language),
        ActionKind::Role => text::role_denied(language),
        ActionKind::Tags => text::tags_denied(language),
    }
}

/// Why it cannot be done to what is no hybrid node.
#[must_use]
pub fn not_hybrid_text(language: Language, kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::Deregister => text::deregister_not_hybrid(language),
        ActionKind::Role => text::role_not_hybrid(language),
        ActionKind::Tags => text::tags_not_hybrid(language),
    }
}

/// The form's address for one node.
#[must_use]
pub fn form_href(kind: ActionKind, id: &str) -> String {
    format!("/nodes/{}?id={id}", kind.name())
}
