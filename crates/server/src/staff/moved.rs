//! Which open files would be promised for another day: who agrees to a day off or to other hours sees it before.

use super::changes;
use crate::app::App;
use crate::ledger;
use crate::problem::Answer;
use satu_pintu_domain::application;
use satu_pintu_domain::date::Day;
use satu_pintu_domain::hours::Clock;
use satu_pintu_publish::edit::Edit;

/// So many are named.
const NAMED: usize = 5;

pub struct Moved {
    pub files: usize,
    pub open: usize,
    /// The first ones: the number, the day now and the day then.
    pub first: Vec<(String, Day, Day)>,
}

/// What the edits move; `None` where they touch no day and no hour.
///
/// # Errors
/// As [`changes::with`].
pub async fn moved(app: &App, edits: &[Edit], starts: Day) -> Answer<Option<Moved>> {
    if !edits.iter().any(|edit| matches!(edit, Edit::Holiday { .. } | Edit::Openings { .. })) {
        return Ok(None);
    }
    let (then, _) = changes::with(app, edits, starts).await?;
    let (content, now) = (app.content(), app.now());
    let clock = ledger::clock(&content);
    let other = Clock { calendar: &then.calendar, hours: &then.hours, ..clock };
    let mut conn = app.store.reader().acquire().await?;
    let open: Vec<(String,)> =
        sqlx::query_as("SELECT number FROM open_applications ORDER BY number").fetch_all(&mut *conn).await?;
    let mut moved = Moved { files: 0, open: open.len(), first: Vec::new() };
    for (number,) in open {
        let events = ledger::load(&mut conn, &number).await?;
        let due = |clock| application::status(&events, now, clock).due;
        if let (Some(before), Some(after)) = (due(clock), due(other))
            && before != after
        {
            moved.files += 1;
            if moved.first.len() < NAMED {
                moved.first.push((number, before, after));
            }
        }
    }
    Ok(Some(moved))
}
