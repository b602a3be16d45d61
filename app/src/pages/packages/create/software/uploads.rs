//! What is on its way from this browser.

use std::collections::BTreeMap;

use domain::errors::ApiError;
use leptos::prelude::*;

use crate::components::leave_guard::guard_leaving;
use crate::page::use_language;
use crate::pages::packages::create::steps::Work;
use crate::text::publish_software as text;

/// A file on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Sending {
    /// Bytes that the server has.
    pub sent: u64,
    /// Bytes a second; none at the beginning.
    pub speed: Option<u64>,
    /// How it stands.
    pub state: SendingState,
}

/// How a file on its way stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only browsers send files by script"))]
pub enum SendingState {
    /// Others go first.
    Waiting,
    /// It is going.
    Running,
    /// The connection was cut; it goes on from there.
    Cut,
}

/// Everything on its way. Made by the wizard, so that a change of step ends nothing.
#[derive(Clone, Copy)]
pub struct Uploads {
    /// By the file's id.
    pub sending: RwSignal<BTreeMap<String, Sending>>,
    /// Why a file could not be added.
    pub failure: RwSignal<Option<ApiError>>,
    #[cfg(feature = "hydrate")]
    pub(super) work: Work,
    #[cfg(feature = "hydrate")]
    pub(super) queue: StoredValue<super::sending::Queue, LocalStorage>,
}

impl Uploads {
    /// Nothing is on its way yet.
    pub fn new(work: Work) -> Self {
        let uploads = Self {
            sending: RwSignal::default(),
            failure: RwSignal::new(None),
            #[cfg(feature = "hydrate")]
            work,
            #[cfg(feature = "hydrate")]
            queue: StoredValue::new_local(super::sending::Queue::default()),
        };
        let running = move |sending: &Sending| sending.state != SendingState::Cut;
        let unfinished = move || uploads.sending.with(|sending| sending.values().any(running));
        guard_leaving(Signal::derive(unfinished), text::leave_uploads(use_language()));
        #[cfg(feature = "hydrate")]
        uploads.end_with_the_page();
        #[cfg(not(feature = "hydrate"))]
        let _ = work;
        uploads
    }

    /// Takes files that were dropped.
    pub fn dropped(self, event: &leptos::ev::DragEvent) {
        #[cfg(feature = "hydrate")]
        self.add(event.data_transfer().and_then(|data| data.files()));
        #[cfg(not(feature = "hydrate"))]
        let _ = (self, event);
    }

    /// Takes files that were picked.
    pub fn picked(self, event: &leptos::ev::Event) {
        #[cfg(feature = "hydrate")]
        self.add_from(event);
        #[cfg(not(feature = "hydrate"))]
        let _ = (self, event);
    }

    /// Goes on with a file whose connection was cut.
    pub fn retry(self, file: &str) {
        #[cfg(feature = "hydrate")]
        self.again(file);
        #[cfg(not(feature = "hydrate"))]
        let _ = (self, file);
    }

    /// Ends and removes a file. `false` where a form must do it.
    pub fn remove(self, file: &str) -> bool {
        #[cfg(feature = "hydrate")]
        self.take_away(file.to_owned());
        #[cfg(not(feature = "hydrate"))]
        let _ = (self, file);
        cfg!(feature = "hydrate")
    }
}
