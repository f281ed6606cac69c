//! The only code that touches web_sys. On the host (rendering, tests) every call is a quiet nothing, so views
//! never have to ask where they are.

pub mod between;
pub mod bytes;
pub mod crash;
pub mod document;
pub mod history;
pub mod judge;
pub mod listen;
pub mod locks;
pub mod network;
pub mod photo;
pub mod picker;
pub mod random;
pub mod receipt;
pub mod sending;
pub mod share;
pub mod storage;
pub mod time;

/// Whether there is a browser around this code.
pub const BROWSER: bool = cfg!(target_arch = "wasm32");

/// The window, in a browser.
fn window() -> Option<web_sys::Window> {
    if BROWSER { web_sys::window() } else { None }
}

fn document() -> Option<web_sys::Document> {
    window()?.document()
}
