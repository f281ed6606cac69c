//! Staff: accounts, sessions and everything they do with applications.
//! [`session`] tells who it is, [`open`] is the one way to change an application; the other files hold one
//! verb or one list each. `satu-pintu desk` is a client of these routes.

pub mod accounts;
mod actions;
pub mod assist;
mod batches;
pub mod callbacks;
pub mod changes;
pub mod deeds;
pub mod dossier;
pub mod files;
pub mod issue;
pub mod lines;
pub mod moved;
pub mod notices;
pub mod open;
pub mod origin;
mod password;
pub mod queue;
pub mod rekey;
pub mod session;
pub mod slips;
pub mod told;
pub mod verbs;

pub use accounts::{Command, first_account, run};

use crate::app::Shared;
use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The most bytes of a batch of survey answers: about 100,000 rows.
const BATCH: usize = 3 * 1024 * 1024;

/// `/api/v1/staff/...`
pub fn routes() -> OpenApiRouter<Shared> {
    let batches = OpenApiRouter::new().routes(routes!(batches::add)).layer(DefaultBodyLimit::max(BATCH));
    OpenApiRouter::new()
        .routes(routes!(session::sign_in, session::who, session::sign_out))
        .routes(routes!(session::change_password))
        .routes(routes!(queue::queue))
        .routes(routes!(dossier::dossier))
        .routes(routes!(files::download))
        .routes(routes!(actions::take))
        .routes(routes!(actions::accept))
        .routes(routes!(actions::send_back))
        .routes(routes!(actions::ask_agency))
        .routes(routes!(actions::agency_answer))
        .routes(routes!(actions::visit))
        .routes(routes!(actions::decide))
        .routes(routes!(actions::object))
        .routes(routes!(actions::hand_over))
        .routes(routes!(actions::revoke))
        .routes(routes!(issue::issue))
        .routes(routes!(issue::download))
        .routes(routes!(rekey::rekey))
        .routes(routes!(told::told))
        .routes(routes!(notices::begin))
        .routes(routes!(notices::end))
        .routes(routes!(callbacks::done))
        .routes(routes!(slips::make))
        .merge(batches)
}
