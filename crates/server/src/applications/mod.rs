//! Applications: one file a verb. [`access`] checks the key, [`open`] begins a change, [`view`] builds what is answered.

pub mod access;
mod correct;
pub mod create;
pub mod files;
pub mod idempotency;
mod letter;
pub mod open;
mod order;
mod read;
mod save;
pub mod submit;
pub mod view;
mod withdraw;

pub use create::known_field;

use crate::app::Shared;
use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The most bytes of a form.
const BODY: usize = 128 * 1024;

/// `/api/v1/applications/...`
pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(create::create))
        .routes(routes!(read::read, save::save))
        .routes(routes!(read::tracking))
        .routes(routes!(read::receipt))
        .routes(routes!(submit::submit))
        .routes(routes!(correct::correct))
        .routes(routes!(withdraw::withdraw))
        .routes(routes!(order::order))
        .routes(routes!(files::delete))
        .routes(routes!(files::ticket))
        .routes(routes!(files::permit_ticket))
        .layer(DefaultBodyLimit::max(BODY))
}
