//! Building blocks that pages share; `docs/components.md` lists them.

pub mod alert;
pub mod button;
pub mod clock;
pub mod code_block;
pub mod code_editor;
pub mod container;
pub mod copy;
pub mod dialog;
pub mod flash;
pub mod form;
pub mod icon;
pub mod item;
pub mod layout;
pub mod leave_guard;
pub mod live;
pub mod loaded;
pub mod not_loaded;
pub mod number;
pub mod plain_table;
pub mod popover;
pub mod reload;
pub mod status;
pub mod table;
pub mod tabs;
pub mod time;
pub mod title;
