//! The ledger only grows; tables are brought up to date once and never by an old program.

use crate::common::{Place, TestApp};
use satu_pintu_server::store::{OpenError, Store};

#[tokio::test]
async fn the_ledger_only_grows() {
    let t = TestApp::start().await;
    let (number, _) = t.draft().await;
    for sql in ["UPDATE events SET at = 0 WHERE number = $1", "DELETE FROM events WHERE number = $1"] {
        let mut tx = t.app.store.begin().await.expect("transaction");
        let refused = sqlx::query(sql).bind(number.clone()).execute(&mut *tx).await;
        assert!(refused.is_err_and(|e| e.to_string().contains("the ledger only grows")), "{sql}");
    }
}

#[tokio::test]
async fn a_newer_database_is_left_alone() {
    let place = Place::new().await;
    let store = Store::open(&place.database).await.expect("store");
    Store::open(&place.database).await.expect("a second time nothing is done").close().await;
    let mut tx = store.begin().await.expect("transaction");
    sqlx::query("INSERT INTO migrations (step, name, sha256) VALUES (999, 'later', '')")
        .execute(&mut *tx)
        .await
        .expect("row");
    tx.commit().await.expect("commit");
    store.close().await;
    let refused = Store::open(&place.database).await.err().expect("refused");
    assert!(matches!(refused, OpenError::Migrate(_)), "{refused}");
    assert!(refused.to_string().contains("newer program"), "{refused}");
}

#[tokio::test]
async fn a_broken_migration_leaves_nothing_behind() {
    let place = Place::new().await;
    let store = Store::open(&place.database).await.expect("store");
    let mut tx = store.begin().await.expect("transaction");
    sqlx::query("UPDATE migrations SET sha256 = 'other' WHERE step = 2").execute(&mut *tx).await.expect("row");
    tx.commit().await.expect("commit");
    store.close().await;
    let refused = Store::open(&place.database).await.err().expect("refused").to_string();
    assert!(refused.contains("0002_staff"), "{refused}");
}

#[tokio::test]
async fn an_address_that_is_none() {
    let refused = Store::open("mysql://x").await.err().expect("refused").to_string();
    assert!(refused.contains("postgres://"), "{refused}");
}
