//! Line icons, drawn inline so that they take the text's colour.

use leptos::prelude::*;

/// A drawing of 16 × 16 units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A plus sign.
    Add,
    /// The state "nothing is wrong", without a circle.
    Check,
    /// Two sheets.
    Copy,
    /// A cross.
    Close,
    /// An arrow into a tray.
    Download,
    /// A link that leaves the console.
    External,
    /// A funnel.
    Filter,
    /// A cogwheel: preferences.
    Settings,
    /// Three lines: the navigation.
    Menu,
    /// An arrow in a circle.
    Refresh,
    /// A magnifying glass.
    Search,
    /// A head and shoulders.
    Person,
    /// A globe.
    Language,
    /// Half sun, half moon.
    Scheme,
    /// A gate: the product's sign.
    Gate,
    /// Pointing left: back.
    Left,
    /// Pointing right.
    Right,
    /// Pointing up.
    Up,
    /// Pointing down: opens.
    Down,
    /// Sorted upwards.
    Ascending,
    /// Sorted downwards.
    Descending,
    /// A check in a circle.
    Success,
    /// An exclamation mark in a triangle.
    Warning,
    /// A cross in a circle.
    Error,
    /// An "i" in a circle.
    Info,
    /// A clock.
    Pending,
    /// A bar in a circle.
    Stopped,
    /// An eye.
    Show,
    /// An eye, struck out.
    Hide,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Add => "M8 2v12M2 8h12",
            Self::Check => "M2.5 8.5l4 4 7-9",
            Self::Copy => "M6 5h8v9H6zM10 5V2H2v9h4",
            Self::Close => "M3 3l10 10M13 3L3 13",
            Self::Download => "M8 2v8M4.5 7L8 10.5 11.5 7M2 11v3h12v-3",
            Self::External => "M7 3H3v10h10V9M9.5 2H14v4.5M14 2L7.5 8.5",
            Self::Filter => "M2 3h12L9.5 8.5V13l-3-1.5v-3z",
            Self::Settings => {
                "M8 3.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM8 6.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3zM8 1.2v1.6M8 13.2v1.6M1.2 8h1.6M13.2 8h1.6M3.2 3.2l1.1 1.1M11.7 11.7l1.1 1.1M12.8 3.2l-1.1 1.1M4.3 11.7l-1.1 1.1"
            }
            Self::Menu => "M2 4h12M2 8h12M2 12h12",
            Self::Refresh => "M13.5 8a5.5 5.5 0 1 1-1.7-4M14 1.5V5h-3.5",
            Self::Search => "M7 2a5 5 0 1 0 0 10A5 5 0 0 0 7 2zM10.5 10.5L14 14",
            Self::Person => "M8 2a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM2 14c0-3 2.5-4.5 6-4.5s6 1.5 6 4.5",
            Self::Language => {
                "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM1.5 8h13M8 1.5c4 4 4 9 0 13M8 1.5c-4 4-4 9 0 13"
            }
            Self::Scheme => {
                "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM8 1.5v13M8 4.5h3.5M8 8h6M8 11.5h3.5"
            }
            Self::Gate => "M1.5 3c4 1 9 1 13 0M3 6.5h10M4.5 3.6V14M11.5 3.6V14M8 3.8v2.7M2.5 14h4M9.5 14h4",
            Self::Left => "M10.5 2.5L5 8l5.5 5.5",
            Self::Right => "M5.5 2.5L11 8l-5.5 5.5",
            Self::Up => "M2.5 10.5L8 5l5.5 5.5",
            Self::Down => "M2.5 5.5L8 11l5.5-5.5",
            Self::Ascending => "M3 11l5-6 5 6z",
            Self::Descending => "M3 5l5 6 5-6z",
            Self::Success => "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM5 8.2l2.2 2.2L11 6",
            Self::Warning => "M8 1.8L15 14H1zM8 6v4M8 11.4v1.2",
            Self::Error => "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM5.5 5.5l5 5M10.5 5.5l-5 5",
            Self::Info => "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM8 7v4.5M8 4.4v1.2",
            Self::Pending => "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM8 4.5V8l2.5 1.5",
            Self::Stopped => "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM5 8h6",
            Self::Show => "M1 8c3-5.5 11-5.5 14 0-3 5.5-11 5.5-14 0zM8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
            Self::Hide => "M1 8c3-5.5 11-5.5 14 0-3 5.5-11 5.5-14 0zM2.5 13.5l11-11",
        }
    }
}

/// An icon beside a text that says the same: hidden from assistive technology.
#[component]
pub fn Icon(
    /// Which.
    icon: Icon,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
            <path d=icon.path() />
        </svg>
    }
}
