//! The pages of citizens as they would be with a change: before it is proposed, and before somebody agrees to it.

use super::super::clerk::Clerk;
use super::super::page;
use super::PATH;
use crate::app::Shared;
use crate::contents::Published;
use crate::http::Ids;
use crate::pages::Pages;
use crate::problem::Answer;
use crate::staff::changes::{self, Change};
use crate::staff::session::Staff;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use satu_pintu_api::problem::Code;
use satu_pintu_app::i18n::Lang;
use satu_pintu_app::routes::Route;
use satu_pintu_domain::content::Service;
use satu_pintu_domain::date::Day;
use satu_pintu_publish::edit::Edit;
use std::sync::Arc;

/// The step of a form that asks for a page; the page's place follows.
pub const STEP: &str = "lihat-";

/// No more pages of one change are offered.
const MOST: usize = 6;

/// Pages on which the edits are read, by name and address.
pub fn pages(content: &Published, edits: &[Edit]) -> Vec<(String, String)> {
    let mut pages: Vec<(String, String)> = Vec::new();
    for page in edits.iter().flat_map(|edit| shows(content, edit)) {
        if !pages.contains(&page) {
            pages.push(page);
        }
    }
    pages.truncate(MOST);
    pages
}

fn shows(content: &Published, edit: &Edit) -> Vec<(String, String)> {
    let services = |fits: &dyn Fn(&Service) -> bool| {
        let found = content.services.iter().filter(|service| fits(service));
        found.map(|s| (s.name.clone(), Route::Service(s.id.clone()).link_in(Lang::Id))).collect()
    };
    match edit {
        Edit::Param { id, .. } => services(&|service| service.days == *id || service.cost == *id),
        Edit::Text { file, .. } => {
            let id = |folder: &str| file.strip_prefix(folder)?.strip_suffix(".toml");
            if let Some(service) = id("services/") {
                services(&|known| known.id == service)
            } else if let Some(card) = id("requirements/") {
                services(&|known| known.requirement.iter().any(|need| need.card == card))
            } else if file == "desk.toml" {
                Vec::new()
            } else {
                vec![("Kontak kantor".to_owned(), Route::Contact.link_in(Lang::Id))]
            }
        }
        Edit::Holiday { .. } | Edit::Openings { .. } => Vec::new(),
    }
}

/// One of the pages, with the edits made.
pub async fn made(app: &Shared, pages: Arc<Pages>, edits: &[Edit], starts: Day, at: &str) -> Answer<Response> {
    let shown = self::pages(&app.content(), edits);
    let (_, href) = at.parse().ok().and_then(|at: usize| shown.into_iter().nth(at)).ok_or(Code::NotFound)?;
    let (content, day) = changes::with(app, edits, starts).await?;
    pages.preview(href, content, day).await
}

/// `GET /loket/isi/{id}/lihat/{at}`
pub async fn page(
    State(app): State<Shared>,
    Extension(pages): Extension<Arc<Pages>>,
    Clerk(staff): Clerk,
    Ids((id, at)): Ids<(String, String)>,
) -> Response {
    let answer = proposed(&app, pages, &staff, &id, &at).await;
    answer.unwrap_or_else(|fault| page::fault(Some(&staff), &fault))
}

async fn proposed(app: &Shared, pages: Arc<Pages>, staff: &Staff, id: &str, at: &str) -> Answer<Response> {
    let change = changes::shown(app, staff, id).await?;
    made(app, pages, &change.edits, change.starts, at).await
}

/// Ways to the pages of a change that waits.
pub fn links(content: &Published, change: &Change) -> Markup {
    let pages = pages(content, &change.edits);
    html! {
        @if !pages.is_empty() {
            p { "Lihat halaman warga dengan perubahan ini (tab baru):" }
            ul class="plain-list" {
                @for (at, (name, _)) in pages.iter().enumerate() {
                    li { a href=(format!("{PATH}/{}/lihat/{at}", change.id)) target="_blank" { (name) } }
                }
            }
        }
    }
}

/// Buttons of a form that lead into the frame beside it, and the frame.
pub fn frame(content: &Published, edits: &[Edit], form: &Markup) -> Markup {
    let pages = pages(content, edits);
    html! {
        @if !pages.is_empty() {
            h2 { "Seperti dibaca warga" }
            (form)
            div class="buttons" {
                @for (at, (name, _)) in pages.iter().enumerate() {
                    button type="submit" class="btn quiet" form="lihat" name="langkah" value=(format!("{STEP}{at}")) { "Lihat: " (name) }
                }
            }
            iframe class="phone" name="lihat" title="Halaman seperti dibaca warga" {}
        }
    }
}
