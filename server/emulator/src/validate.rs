//! Checks a request against its operation's table of members, in AWS's own wording.

mod check;
mod form;
mod pattern;
mod shape;

pub(crate) use check::{Invalid, check};
pub(crate) use form::from_form;
pub(crate) use pattern::Pattern;
pub(crate) use shape::{List, Member, Shape, Text, optional, required};
