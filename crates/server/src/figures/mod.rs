//! How the office keeps its promises: counted when a case is closed ([`settle`]), told to everybody ([`read`]), and
//! as events from which anybody can count it again ([`events`]).

mod events;
mod read;
mod settle;
pub mod usual;

pub use settle::{catch_up, changes, settle};

use crate::app::Shared;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// `/api/v1/figures...`
pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(read::figures)).routes(routes!(read::csv)).routes(routes!(events::csv))
}
