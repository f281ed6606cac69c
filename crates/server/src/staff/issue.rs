//! Issuing: number, paper, object, row and the line of the ledger in one go; and downloading the paper.

use super::files::stream;
use super::open::shown;
use super::origin;
use super::session::Staff;
use crate::app::{App, Shared};
use crate::applications::open::Open;
use crate::files::name::clean;
use crate::http::Ids;
use crate::ledger;
use crate::permit::paper::{Grant, Paper};
use crate::permit::seal::Claims;
use crate::problem::{Answer, Fault};
use crate::secret;
use crate::store;
use axum::Json;
use axum::extract::State;
use axum::http::{Extensions, HeaderMap, header};
use axum::response::{IntoResponse, Response};
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_api::staff::Issued;
use satu_pintu_domain::application::What;
use satu_pintu_domain::date::Day;
use satu_pintu_domain::form::applicant;
use satu_pintu_domain::key;
use satu_pintu_domain::staff::Deed;

/// Makes the permit of a granted application: its number, its PDF with a QR code, and how long it is valid.
#[utoipa::path(post, operation_id = "staff_issue", path = "/staff/applications/{number}/issue", tag = "staff", params(("number" = String, Path)),
    security(("session" = [])),
    responses((status = 200, body = Issued),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn issue(
    State(app): State<Shared>,
    staff: Staff,
    Ids(number): Ids<String>,
    headers: HeaderMap,
    extensions: Extensions,
) -> Answer<impl IntoResponse> {
    let base_url = origin::site(&app, &headers, &extensions);
    let open = Open::by_staff(&app, &staff, Deed::Issue, &number).await?;
    let issued = sign(&app, open, &base_url).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(issued)))
}

/// Makes the permit and keeps everything that belongs to it.
///
/// # Errors
/// [`Code::NotNow`], or when the place of the papers fails.
pub async fn sign(app: &App, mut open: Open, base_url: &str) -> Answer<Issued> {
    let issued = open.today();
    let service = open.service()?.clone();
    let valid_until = service.valid_months.map(|months| months_later(issued, months));
    let kind = service.id.to_uppercase();
    let name = format!("permit-{}-{}", service.id, issued.year());
    let count = store::count(&mut open.tx, &name).await?;
    let permit = format!("503/{}-{kind}/{count:04}/{}", open.content.office().number_prefix, issued.year());
    open.add(What::Issued { number: permit.clone(), valid_until }).await?;

    let code = code();
    let basis = service.basis.iter().filter_map(|id| open.content.source(id)).map(|law| law.title.clone()).collect();
    let grant = Grant {
        application: &open.row.number,
        fields: &open.row.fields,
        number: &permit,
        issued,
        valid_until,
        code: &code,
        base_url,
    };
    let holder = open.row.fields.get(applicant::NAME).map(|v| v.trim().to_owned()).unwrap_or_default();
    let seal = app.seal.sign(&Claims {
        number: permit.clone(),
        holder: holder.clone(),
        service: service.id.clone(),
        issued,
        until: valid_until,
        code: code.clone(),
    });
    let paper = Paper { seal, ..Paper::new(open.content.office(), &service, basis, &grant) };
    let pdf = tokio::task::spawn_blocking(move || paper.pdf().map_err(|e| e.to_string()))
        .await
        .map_err(Fault::broken)?
        .map_err(Fault::broken)?;
    let object = format!("permits/{}/{}.pdf", open.row.number, secret::id());
    sqlx::query(
        "INSERT INTO permits (application, number, code, service, service_name, holder, issued, valid_until, revoked, \
         object, size, sha256, at, account) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $11, $12, $13)",
    )
    .bind(open.row.number.clone())
    .bind(permit.clone())
    .bind(code.clone())
    .bind(service.id.clone())
    .bind(service.product.clone())
    .bind(holder)
    .bind(issued.to_string())
    .bind(valid_until.map(|day| day.to_string()))
    .bind(object.clone())
    .bind(i64::try_from(pdf.len()).unwrap_or(i64::MAX))
    .bind(secret::sha256(&pdf))
    .bind(open.now)
    .bind(open.account.clone())
    .execute(&mut *open.tx)
    .await?;
    app.files.put(&object, pdf.into()).await?;
    open.commit().await?;
    Ok(Issued { number: permit, code, valid_until })
}

/// The issued permit as a PDF.
#[utoipa::path(get, operation_id = "staff_issue_download", path = "/staff/applications/{number}/permit", tag = "staff", params(("number" = String, Path)),
    security(("session" = [])),
    responses((status = 200, description = "The PDF", content_type = "application/pdf", body = Vec<u8>),
              (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn download(State(app): State<Shared>, staff: Staff, Ids(number): Ids<String>) -> Answer<Response> {
    paper(&app, &staff, &number).await
}

/// The PDF of an issued permit.
///
/// # Errors
/// [`Code::RoleLacks`], [`Code::NotFound`].
pub async fn paper(app: &App, staff: &Staff, number: &str) -> Answer<Response> {
    staff.may(Deed::Read)?;
    let number = key::parse_number(number).ok_or(Code::NotFound)?;
    let mut conn = app.store.reader().acquire().await?;
    if !shown(staff, &ledger::load(&mut conn, &number).await?) {
        return Err(Code::NotFound.into());
    }
    let permit: Option<(String, String)> = sqlx::query_as("SELECT object, number FROM permits WHERE application = $1")
        .bind(number)
        .fetch_optional(&mut *conn)
        .await?;
    drop(conn);
    let (object, permit) = permit.ok_or(Code::NotFound)?;
    let name = clean(&format!("izin-{}", permit.replace('/', "-")), "pdf");
    stream(app, &object, &name, "application/pdf".to_owned()).await
}

/// 16 random Crockford characters: nobody guesses one.
fn code() -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    secret::random::<16>().iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect()
}

/// The same day of a later month, or the last of it.
fn months_later(day: Day, months: u32) -> Day {
    let total = day.year() * 12 + i32::from(u8::from(day.0.month())) - 1 + i32::try_from(months).unwrap_or(0);
    let month =
        time::Month::try_from(u8::try_from(total.rem_euclid(12) + 1).unwrap_or(1)).unwrap_or(time::Month::January);
    let year = total.div_euclid(12);
    let last = month.length(year);
    time::Date::from_calendar_date(year, month, day.0.day().min(last)).map_or(day, Day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_end_where_the_month_ends() {
        let later = |day: &str, months| months_later(day.parse().unwrap(), months).to_string();
        assert_eq!(later("2026-03-30", 12), "2027-03-30");
        assert_eq!(later("2026-01-31", 1), "2026-02-28");
        assert_eq!(later("2027-12-31", 2), "2028-02-29");
        assert_eq!(later("2024-02-29", 60), "2029-02-28");
        assert_eq!(code().len(), 16);
    }
}
