//! The quiet pages: contact, accessibility, privacy, offline, not found. pages.rs holds those of plain text.

mod contact;
mod pages;
mod privacy;

pub use contact::contact_page;
pub use pages::{accessibility_page, not_found_page, offline_page};
pub use privacy::privacy_page;
