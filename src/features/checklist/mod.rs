//! The result of the wizard: permits in order with reasons, what is not needed, one checklist for all of them.
//! `state.rs` decides; `page.rs` puts together `permits.rs` (cards), `papers.rs` (checklist), `take.rs` (print,
//! share) and `sheet.rs` (the A4 page).

mod page;
mod papers;
mod permits;
mod sheet;
mod state;
mod take;

pub use page::page;

#[cfg(test)]
#[cfg(feature = "ssr")]
mod page_tests;
