//! How the office keeps its promises: counted when a case is closed ([`settle`]), told to everybody ([`read`]), and
//! as events from which anybody can count it again ([`events`]).

mod events;
mod read;
mod settle;
pub mod usual;

pub use settle::{catch_up, changes, settle};

use crate::app::Shared;
use crate::contents::Published;
use crate::http::cached::Cached;
use std::sync::{Arc, Mutex, PoisonError};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The figures as they were last told.
#[derive(Default)]
pub struct Kept(Mutex<Option<Told>>);

struct Told {
    /// How often they had changed.
    changes: i64,
    /// Names their services.
    content: Arc<Published>,
    figures: Arc<Cached>,
}

impl Kept {
    fn of(&self, changes: i64, content: &Arc<Published>) -> Option<Arc<Cached>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let told = kept.as_ref().filter(|told| told.changes == changes && Arc::ptr_eq(&told.content, content))?;
        Some(told.figures.clone())
    }

    fn keep(&self, changes: i64, content: Arc<Published>, figures: Cached) -> Arc<Cached> {
        let figures = Arc::new(figures);
        let told = Told { changes, content, figures: figures.clone() };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(told);
        figures
    }
}

/// `/api/v1/figures...`
pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(read::figures)).routes(routes!(read::csv)).routes(routes!(events::csv))
}
