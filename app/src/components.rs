//! Building blocks that pages share.

pub mod layout;
