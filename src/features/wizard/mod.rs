//! "Izin apa yang saya perlukan?" and "Bolehkah saya?": one question a page, answers in the address.
//! `state.rs` decides what is shown, `search.rs` finds a business by everyday words; `question.rs` shows a
//! question, `finder.rs` the long first one, `page.rs` and `check.rs` are the two journeys. `shell/` answers in the
//! page itself until the app is there.

mod check;
mod finder;
mod journey;
mod page;
mod question;
mod search;
#[cfg(feature = "ssr")]
pub mod shell;
mod state;

pub use check::check_page;
pub use page::page;
