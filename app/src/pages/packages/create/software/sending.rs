//! Sends files in pieces of the connection's own size: what the server has is not sent again.

use std::collections::{BTreeMap, VecDeque};

use domain::packages::drafts::{Draft, DraftFile, FileState, NewFile};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{ProgressEvent, XmlHttpRequest};

use super::uploads::{Sending, SendingState, Uploads};
use crate::packages::drafts::{add_draft_file, get_draft, remove_draft_file};

/// Files that are sent at the same time: browsers open few connections to one server, and one follows events.
const AT_ONCE: usize = 2;
/// Where in a file a request's bytes begin, and where the server's end.
const UPLOAD_OFFSET: &str = "upload-offset";
/// How far back the speed is measured, in milliseconds.
const SPEED_OVER: f64 = 3000.0;

/// Files of this browser, and requests that carry them.
#[derive(Default)]
pub struct Queue {
    files: BTreeMap<String, web_sys::File>,
    waiting: VecDeque<String>,
    running: BTreeMap<String, Running>,
}

struct Running {
    request: XmlHttpRequest,
    _progress: Closure<dyn FnMut(ProgressEvent)>,
}

impl Uploads {
    /// Ends what is on its way when the page goes.
    pub(super) fn end_with_the_page(self) {
        on_cleanup(move || {
            let running = self.queue.try_update_value(|queue| std::mem::take(&mut queue.running));
            for (_, Running { request, .. }) in running.into_iter().flatten() {
                request.set_onloadend(None);
                let _ = request.abort();
            }
        });
    }

    /// Takes the files of a file input, which is then ready for others.
    pub(super) fn add_from(self, event: &web_sys::Event) {
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(input) = input else { return };
        self.add(input.files());
        input.set_value("");
    }

    pub(super) fn add(self, files: Option<web_sys::FileList>) {
        let Some(list) = files else { return };
        self.failure.set(None);
        let files: Vec<_> = (0..list.length()).filter_map(|index| list.get(index)).collect();
        leptos::task::spawn_local(async move {
            // One after another, so that they stand in the order in which they were chosen.
            for file in files {
                self.announce(file).await;
            }
        });
    }

    async fn announce(self, file: web_sys::File) {
        let new = NewFile { file_name: file.name(), size: file.size() as u64 };
        let Some(before) = self.work.draft.try_with_untracked(|draft| unfinished(draft, &new)) else {
            return;
        };
        // A file that was not sent to its end goes on where it stopped.
        if let Some(id) = before {
            return self.enqueue(id, file);
        }
        match add_draft_file(self.work.id(), new).await {
            Ok(announced) => {
                let (id, arrives) = (announced.id.clone(), announced.state == FileState::Uploading);
                self.put(announced);
                if arrives {
                    self.enqueue(id, file);
                } else {
                    self.refresh().await;
                }
            }
            Err(error) => {
                let _ = self.failure.try_set(Some(error));
            }
        }
    }

    /// Shows a file as it now stands.
    fn put(self, file: DraftFile) {
        let _ = self.work.draft.try_update(|draft| {
            match draft.files.iter_mut().find(|found| found.id == file.id) {
                Some(found) => *found = file,
                None => draft.files.push(file),
            }
        });
    }

    /// Asks how the draft stands.
    async fn refresh(self) {
        if self.failure.is_disposed() {
            return;
        }
        if let Ok(shown) = get_draft(self.work.id()).await
            && !self.failure.is_disposed()
        {
            self.work.room.set(shown.room);
            self.work.take(shown.draft);
        }
    }

    fn enqueue(self, id: String, file: web_sys::File) {
        let sent = self.received(&id);
        self.show(&id, Sending { sent, speed: None, state: SendingState::Waiting });
        let _ = self.queue.try_update_value(|queue| {
            queue.files.insert(id.clone(), file);
            queue.waiting.retain(|other| *other != id);
            queue.waiting.push_back(id);
        });
        self.go_on();
    }

    /// Sends the next where there is room.
    fn go_on(self) {
        let next = self.queue.try_update_value(|queue| {
            if queue.running.len() < AT_ONCE { queue.waiting.pop_front() } else { None }
        });
        if let Some(Some(id)) = next {
            let offset = self.received(&id);
            self.send(id, offset);
            self.go_on();
        }
    }

    pub(super) fn again(self, id: &str) {
        let file = self.queue.try_with_value(|queue| queue.files.get(id).cloned()).flatten();
        if let Some(file) = file {
            self.enqueue(id.to_owned(), file);
        }
    }

    pub(super) fn take_away(self, id: String) {
        self.forget(&id);
        leptos::task::spawn_local(async move {
            match remove_draft_file(self.work.id(), id).await {
                Ok(_) => self.refresh().await,
                Err(error) => {
                    let _ = self.failure.try_set(Some(error));
                }
            }
        });
    }

    fn forget(self, id: &str) {
        let running = self.queue.try_update_value(|queue| {
            queue.files.remove(id);
            queue.waiting.retain(|other| other != id);
            queue.running.remove(id)
        });
        if let Some(Some(Running { request, .. })) = running {
            request.set_onloadend(None);
            let _ = request.abort();
        }
        let _ = self.sending.try_update(|sending| sending.remove(id));
        self.go_on();
    }

    fn received(self, id: &str) -> u64 {
        let received = |draft: &Draft| draft.file(id).map_or(0, |file| file.received);
        self.work.draft.try_with_untracked(received).unwrap_or_default()
    }

    fn show(self, id: &str, sending: Sending) {
        let _ = self.sending.try_update(|all| all.insert(id.to_owned(), sending));
    }

    fn send(self, id: String, offset: u64) {
        let file = self.queue.try_with_value(|queue| queue.files.get(&id).cloned()).flatten();
        let Some(file) = file else { return };
        self.show(&id, Sending { sent: offset, speed: None, state: SendingState::Running });
        let Ok(request) = XmlHttpRequest::new() else { return };
        let progress = self.progress(id.clone(), offset);
        if let Ok(upload) = request.upload() {
            upload.set_onprogress(Some(progress.as_ref().unchecked_ref()));
        }
        let ended = {
            let (id, request) = (id.clone(), request.clone());
            Closure::once_into_js(move || self.ended(id, offset, &request))
        };
        request.set_onloadend(Some(ended.unchecked_ref()));
        let url = format!("/packages/drafts/{}/files/{id}", self.work.id());
        let rest = file.slice_with_f64(offset as f64);
        let sent = request
            .open("PUT", &url)
            .and_then(|()| request.set_request_header(UPLOAD_OFFSET, &offset.to_string()))
            .and_then(|()| rest.and_then(|rest| request.send_with_opt_blob(Some(&rest))));
        if sent.is_err() {
            return self.cut(&id);
        }
        let running = Running { request, _progress: progress };
        let _ = self.queue.try_update_value(|queue| queue.running.insert(id, running));
    }

    fn progress(self, id: String, offset: u64) -> Closure<dyn FnMut(ProgressEvent)> {
        let mut times: VecDeque<(f64, f64)> = VecDeque::new();
        Closure::new(move |event: ProgressEvent| {
            let (now, loaded) = (event.time_stamp(), event.loaded());
            times.push_back((now, loaded));
            while times.front().is_some_and(|(time, _)| now - time > SPEED_OVER) && times.len() > 2 {
                times.pop_front();
            }
            let speed = times.front().filter(|(time, _)| now - time > 200.0);
            let speed = speed.map(|(time, before)| ((loaded - before) * 1000.0 / (now - time)) as u64);
            self.show(&id, Sending { sent: offset + loaded as u64, speed, state: SendingState::Running });
        })
    }

    fn ended(self, id: String, offset: u64, request: &XmlHttpRequest) {
        let _ = self.queue.try_update_value(|queue| queue.running.remove(&id));
        let status = request.status().unwrap_or_default();
        let text = request.response_text().ok().flatten().unwrap_or_default();
        let answer = serde_json::from_str::<DraftFile>(&text).ok();
        let stops = request.get_response_header(UPLOAD_OFFSET).ok().flatten();
        let stops = stops.and_then(|offset| offset.parse::<u64>().ok());
        match (status, answer, stops) {
            (200 | 409 | 422, Some(file), _) => {
                self.put(file);
                self.forget(&id);
                leptos::task::spawn_local(self.refresh());
            }
            // It goes on elsewhere than was thought, as long as that leads anywhere.
            (202 | 409, _, Some(stops)) if stops != offset => self.send(id, stops),
            _ => self.cut(&id),
        }
        self.go_on();
    }

    /// The connection was cut, or the server cannot take more now: how much it has, the draft will tell.
    fn cut(self, id: &str) {
        let sent = self.received(id);
        self.show(id, Sending { sent, speed: None, state: SendingState::Cut });
        leptos::task::spawn_local(self.refresh());
    }
}

/// A file of the draft that is the same as far as can be told, and has not arrived.
fn unfinished(draft: &Draft, new: &NewFile) -> Option<String> {
    let same = |file: &&DraftFile| {
        file.state == FileState::Uploading && file.file_name == new.file_name && file.size == new.size
    };
    draft.files.iter().find(same).map(|file| file.id.clone())
}
