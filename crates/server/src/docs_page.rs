//! `/api/docs`: a readable page made from the OpenAPI document.

use crate::app::Shared;

/// `GET /api/docs`.
pub fn routes() -> axum::Router<Shared> {
    axum::Router::new()
}
