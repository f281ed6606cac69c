//! The desk in the browser for its tests: pages that are seen and forms that are posted.

#![allow(dead_code, clippy::unwrap_used)]

use crate::staff_world::{Reply, World};
use axum::http::{Method, header};
use satu_pintu_domain::application::{Event, What};
use satu_pintu_server::staff::session::Staff;

pub struct Office {
    pub world: World,
    pub front: String,
    pub back: String,
    pub signer: String,
    pub pupr: String,
}

/// An office with one person for each role.
pub async fn office() -> Office {
    let world = World::new().await;
    let front = world.person("ani", "Ani Depan", "front-office", "").await;
    let back = world.person("budi", "Budi Proses", "back-office", "").await;
    let signer = world.person("citra", "Citra Tanda", "signer", "").await;
    let pupr = world.person("dedi", "Dedi PUPR", "agency", "pupr").await;
    Office { world, front, back, signer, pupr }
}

/// The value of a hidden field of a page.
#[track_caller]
pub fn field(page: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let at = page.find(&start).unwrap_or_else(|| panic!("no form: {page}")) + start.len();
    page[at..].split('"').next().unwrap().to_owned()
}

impl World {
    pub async fn see(&self, cookie: &str, path: &str) -> Reply {
        self.send(Method::GET, path, &[("cookie", cookie)], Vec::new()).await
    }

    pub async fn form(&self, cookie: &str, path: &str, fields: &[(&str, &str)]) -> Reply {
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.extend_pairs(fields);
        let head = [
            ("cookie", cookie),
            ("content-type", "application/x-www-form-urlencoded"),
            ("origin", "http://izin.contoh.example"),
            ("sec-fetch-site", "same-origin"),
        ];
        self.send(Method::POST, path, &head, text.finish().into_bytes()).await
    }

    /// Does something on the page of a file as it stands now.
    pub async fn deed(&self, cookie: &str, number: &str, verb: &str, fields: &[(&str, &str)]) -> Reply {
        let seq = self.seq(cookie, number).await;
        let mut all = vec![("seq", seq.as_str())];
        all.extend_from_slice(fields);
        self.form(cookie, &format!("/loket/berkas/{number}/{verb}"), &all).await
    }

    /// The line of the ledger that a page shows.
    pub async fn seq(&self, cookie: &str, number: &str) -> String {
        let page = self.see(cookie, &format!("/loket/berkas/{number}")).await;
        field(&page.text(), "seq")
    }

    pub async fn events(&self, number: &str) -> Vec<What> {
        self.lines(number).await.into_iter().map(|event| event.what).collect()
    }

    /// Signs in again with the password that [`World::person`] gave.
    pub async fn enter(&self, account: &str) -> String {
        let entered = self.form("", "/loket/masuk", &[("akun", account), ("sandi", "kata sandi petugas lain")]).await;
        entered.leads("/loket");
        entered.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned()
    }

    pub async fn lines(&self, number: &str) -> Vec<Event> {
        let mut conn = self.app.store.reader().acquire().await.unwrap();
        satu_pintu_server::ledger::load(&mut conn, number).await.unwrap()
    }

    /// Somebody of the desk by the account, as handlers know them.
    pub async fn staff(&self, account: &str) -> Staff {
        let row: (String, String, String) = sqlx::query_as("SELECT name, roles, agency FROM staff WHERE account = $1")
            .bind(account.to_owned())
            .fetch_one(self.app.store.reader())
            .await
            .unwrap();
        Staff { account: account.to_owned(), name: row.0, roles: row.1.parse().unwrap(), agency: row.2, seen: None }
    }
}

/// What a page shows and where a form leads.
pub trait Shown {
    fn text(&self) -> String;
    fn shows(&self, status: u16, says: &str) -> &Self;
    fn leads(&self, to: &str);
}

impl Shown for Reply {
    fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    #[track_caller]
    fn shows(&self, status: u16, says: &str) -> &Reply {
        let text = self.text();
        assert_eq!(self.status.as_u16(), status, "{text}");
        assert!(text.contains(says), "{says:?} is not in {text}");
        self
    }

    /// Leads on to a page.
    #[track_caller]
    fn leads(&self, to: &str) {
        assert_eq!(self.status.as_u16(), 303, "{}", self.text());
        assert_eq!(self.headers[header::LOCATION].to_str().unwrap(), to);
    }
}
