//! Rules for publishers: who may publish what, and where. Admins set them.

mod edit;
mod list;

pub use edit::EditPublisherRule;
pub use list::{PublisherList, RuleText};
