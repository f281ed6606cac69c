//! An application: start, task list, one thing a page, check answers, consent, submit, receipt. `state` decides;
//! what was typed lives in `client::desk`; uploads are a feature of their own.

mod clash;
mod data;
mod fields;
mod handing;
mod idle;
mod kept;
mod moving;
mod review;
mod rows;
mod saved;
mod sent;
mod start;
mod state;
mod tasks;
mod waiting;
mod withdraw;

pub use data::data_page;
pub use idle::IdleWatch;
pub use kept::kept_page;
pub use review::review_page;
pub use sent::sent_page;
pub use start::start_page;
pub use tasks::list_page;
pub use withdraw::withdraw_page;

/// Puts what outlives a page of this journey (the draft and the files on their way) into the context of the app.
pub fn provide() {
    crate::client::desk::Desk::provide();
}
