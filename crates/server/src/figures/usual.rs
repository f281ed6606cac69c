//! How long a step usually takes here, from the cases of the last two years.

use super::settle::unit;
use crate::problem::Answer;
use crate::store::Conn;
use satu_pintu_api::application::{Tracking, Usual};
use satu_pintu_domain::application::Holder;
use satu_pintu_domain::date::Day;
use satu_pintu_domain::spread::{self, Spread, USUAL};
use satu_pintu_domain::survey::HalfYear;

/// Adds to everybody who has the file how long they usually do.
///
/// # Errors
/// When the database fails.
pub async fn told(conn: &mut Conn, tracking: &mut Tracking, today: Day) -> Answer<()> {
    let measure = tracking.status.account().measure;
    let now = HalfYear::of(today);
    let since = HalfYear { year: now.year - 2, half: now.half }.to_string();
    for holding in tracking.holding.iter_mut().filter(|holding| holding.holder != Holder::Applicant) {
        let rows: Vec<(i64, i64)> = sqlx::query_as(
            "SELECT used, cases FROM tallies WHERE service = $1 AND part = $2 AND half >= $3 AND unit = $4",
        )
        .bind(tracking.service.clone())
        .bind(holding.holder.code())
        .bind(since.clone())
        .bind(unit(measure))
        .fetch_all(&mut *conn)
        .await?;
        let mut spread = Spread::new();
        for (used, cases) in rows {
            *spread.entry(u32::try_from(used).unwrap_or(0)).or_default() += u64::try_from(cases).unwrap_or(0);
        }
        let cases = spread::cases(&spread);
        let times = spread::within(&spread, 50).zip(spread::within(&spread, 90));
        holding.usual = times.filter(|_| cases >= USUAL).map(|(median, p90)| Usual { median, p90, cases });
    }
    Ok(())
}
