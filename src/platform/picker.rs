//! Files that a person picked or photographed. Their bytes are copied at once: what a picker hands out can
//! become unreadable a moment later.

use super::bytes::Bytes;
use wasm_bindgen::JsCast;

pub struct Picked {
    pub name: String,
    pub size: u64,
    file: web_sys::File,
}

/// What was picked in an `<input type="file">`; the input is emptied so that the same file can be picked again.
pub fn picked(event: &leptos::ev::Event) -> Vec<Picked> {
    let input = event.target().and_then(|t| t.dyn_into::<web_sys::HtmlInputElement>().ok());
    let Some((input, list)) = input.and_then(|i| i.files().map(|list| (i, list))) else { return Vec::new() };
    let files = (0..list.length()).filter_map(|at| list.get(at));
    let picked = files.map(|file| Picked { name: file.name(), size: file.size() as u64, file }).collect();
    input.set_value("");
    picked
}

impl Picked {
    /// `None` when the phone does not give them.
    pub async fn bytes(&self) -> Option<Bytes> {
        Bytes::of_blob(&self.file).await
    }
}
