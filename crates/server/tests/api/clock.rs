//! The ledger and its clock: the chain and who broke it, agencies side by side, lapsed promises, clocks set back,
//! years without a calendar.

use crate::common::{Place, TestApp};
use crate::noscript::track;
use satu_pintu_domain::application::{Returned, What};
use satu_pintu_domain::key::Key;
use satu_pintu_server::ledger::{self, Broken, Whole, verify};
use satu_pintu_server::secret::sha256;
use satu_pintu_server::store::{Backend, Store};
use serde_json::{Value, json};
use std::time::Duration;

async fn sql(t: &TestApp, text: &str) {
    let mut tx = t.app.store.begin().await.expect("transaction");
    sqlx::raw_sql(sqlx::AssertSqlSafe(text.to_owned())).execute(&mut *tx).await.expect(text);
    tx.commit().await.expect("commit");
}

/// As somebody with the database in hand would: the triggers do not stop them.
async fn unguarded(t: &TestApp) {
    let text = match t.app.store.backend() {
        Backend::Sqlite => "DROP TRIGGER events_no_update; DROP TRIGGER events_no_delete;",
        Backend::Postgres => "ALTER TABLE events DISABLE TRIGGER events_no_change;",
    };
    sql(t, text).await;
}

async fn proof(t: &TestApp) -> Result<Whole, Broken> {
    verify(&t.app.store).await.expect("the database answers")
}

fn asked(agency: &str) -> What {
    What::AgencyAsked { agency: agency.into(), days: 2, question: "Aman?".into() }
}

fn returned() -> What {
    What::Returned { items: vec![Returned { item: "ktp".into(), reason: "Fotonya buram".into(), mark: None }] }
}

async fn tracking(t: &TestApp, number: &str, key: &str) -> Value {
    t.keyed("GET", number, key, None).await.ok()["tracking"].clone()
}

#[tokio::test]
async fn the_first_tampered_line_is_named() {
    let t = TestApp::start().await;
    let (number, key) = t.submitted().await;
    let (other, _) = t.draft().await;
    for what in [What::Taken, What::Complete, asked("pupr")] {
        t.staff(&number, what).await;
    }
    assert_eq!(proof(&t).await, Ok(Whole { applications: 2, lines: 6 }));
    let receipt = t.keyed("GET", &format!("{number}/receipt"), &key, None).await.ok();
    let head: String = sqlx::query_scalar("SELECT hash FROM events WHERE number = $1 AND seq = 2")
        .bind(number.clone())
        .fetch_one(t.app.store.reader())
        .await
        .expect("hash");
    assert_eq!(receipt["head"], json!(head));

    unguarded(&t).await;
    let changed = |seq| Err(Broken::Changed { number: number.clone(), seq });
    let line = format!("number = '{number}' AND seq = ");
    for (column, value) in
        [("at", "at + 1"), ("account", "'budi'"), ("kind", "'issued'"), ("what", "what || ' '"), ("actor", "'system'")]
    {
        let keep: String = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
            "SELECT CAST({column} AS TEXT) FROM events WHERE {line} 4"
        )))
        .fetch_one(t.app.store.reader())
        .await
        .expect("value");
        sql(&t, &format!("UPDATE events SET {column} = {value} WHERE {line} 4")).await;
        assert_eq!(proof(&t).await, changed(4), "{column}");
        let back = if column == "at" { keep } else { format!("'{keep}'") };
        sql(&t, &format!("UPDATE events SET {column} = {back} WHERE {line} 4")).await;
        assert!(proof(&t).await.is_ok(), "{column}");
    }
    // A line of another application, or one line less.
    sql(&t, &format!("UPDATE events SET seq = 9 WHERE {line} 5")).await;
    assert_eq!(proof(&t).await, Err(Broken::Missing { number: number.clone(), seq: 5 }));
    sql(&t, &format!("UPDATE events SET number = '{other}', seq = 2 WHERE {line} 9")).await;
    assert_eq!(proof(&t).await, Err(Broken::Changed { number: other.clone(), seq: 2 }));
    sql(&t, &format!("DELETE FROM events WHERE number = '{other}' AND seq = 2")).await;
    // Whoever makes a new chain has another head than the receipt.
    sql(&t, &format!("UPDATE events SET at = at - 86400000, hash = '' WHERE {line} 2")).await;
    let mut tx = t.app.store.begin().await.expect("transaction");
    ledger::chain::fill(&mut tx).await.expect("a new chain");
    tx.commit().await.expect("commit");
    assert_eq!(proof(&t).await, Err(Broken::Receipt { number: number.clone() }));
}

#[tokio::test]
async fn lines_of_an_older_program_are_chained() {
    let place = Place::new().await;
    sqlx::any::install_default_drivers();
    let pool = sqlx::AnyPool::connect(&place.database).await.expect("database");
    let folder = if place.database.starts_with("sqlite") { "sqlite" } else { "postgres" };
    let folder = format!("{}/src/store/migrations/{folder}", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("folder").flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut old =
        String::from("CREATE TABLE migrations (step BIGINT PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL);");
    for (step, file) in files.iter().enumerate().take(6) {
        let text = std::fs::read_to_string(file).expect("step");
        let name = file.file_stem().and_then(|name| name.to_str()).expect("name");
        old +=
            &format!("{text};INSERT INTO migrations VALUES ({}, '{name}', '{}');", step + 1, sha256(text.as_bytes()));
    }
    for number in ["2026-0001-AA", "2026-0002-BB"] {
        old += &format!(
            "INSERT INTO applications (number, service, key_hash, view_hash, fields, ticks, answers, rules, created, saved) \
             VALUES ('{number}', 'reklame', '', '', '{{}}', '[]', '[]', '', 0, 0);"
        );
        for (seq, kind) in ["drafted", "withdrawn"].iter().enumerate() {
            old += &format!(
                "INSERT INTO events (number, seq, at, actor, account, kind, what) \
                 VALUES ('{number}', {}, {seq}, 'applicant', '', '{kind}', '{{\"kind\":\"{kind}\"}}');",
                seq + 1
            );
        }
    }
    sqlx::raw_sql(sqlx::AssertSqlSafe(old)).execute(&pool).await.expect("an older database");
    pool.close().await;
    let store = Store::open(&place.database).await.expect("brought up to date");
    assert_eq!(verify(&store).await.expect("answer"), Ok(Whole { applications: 2, lines: 4 }));
}

#[tokio::test]
async fn the_program_says_whether_the_ledger_is_whole() {
    let t = TestApp::start().await;
    let (number, _) = t.submitted().await;
    let program = || {
        let data = t.place.folder.path().to_str().expect("path").to_owned();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_satu-pintu"));
        command.args(["ledger", "verify", "--data", &data]);
        if !t.place.database.starts_with("sqlite") {
            command.args(["--database", &t.place.database]);
        }
        command.output().expect("the program")
    };
    let whole = program();
    assert!(whole.status.success(), "{}", String::from_utf8_lossy(&whole.stderr));
    assert_eq!(String::from_utf8_lossy(&whole.stdout), "Utuh: 2 baris dari 1 permohonan.\n");
    unguarded(&t).await;
    sql(&t, "UPDATE events SET account = 'budi' WHERE seq = 2").await;
    let broken = program();
    assert!(!broken.status.success());
    let said = String::from_utf8_lossy(&broken.stderr).into_owned();
    assert!(said.contains(&format!("permohonan {number}: baris 2 berubah")), "{said}");
}

#[tokio::test]
async fn two_agencies_have_it_at_once() {
    let t = TestApp::start().await;
    let (number, key) = t.submitted().await;
    for what in [What::Taken, What::Complete, asked("pupr")] {
        t.staff(&number, what).await;
    }
    t.wait(Duration::from_secs(24 * 3600));
    t.staff(&number, asked("bapenda")).await;
    let both = tracking(&t, &number, &key).await;
    let holding: Vec<_> = both["holding"].as_array().expect("list").iter().map(|h| (&h["holder"], &h["due"])).collect();
    assert_eq!(
        holding,
        [(&json!({"agency": "pupr"}), &json!("2026-03-25")), (&json!({"agency": "bapenda"}), &json!("2026-03-25"))],
        "two working days from the 16th and one from the 17th: Nyepi and Idul Fitri lie between"
    );
    assert_eq!(both["holder_name"], "Dinas PUPR & Badan Pendapatan Daerah");
    let page = track(&t, "/lacak?di=kantor", &number, &key).await;
    for words in ["Sekarang di Dinas PUPR & Badan Pendapatan Daerah", "Bola di siapa", "Rabu, 25 Maret 2026", "Kepala"]
    {
        page.shows(words);
    }
    t.staff(&number, What::AgencyAnswered { agency: "pupr".into(), agrees: true, text: "Aman.".into() }).await;
    let one = tracking(&t, &number, &key).await;
    assert_eq!(
        (&one["status"]["state"], &one["holder_name"]),
        (&json!("with-agency"), &json!("Badan Pendapatan Daerah"))
    );
    t.staff(&number, What::AgencyAnswered { agency: "bapenda".into(), agrees: true, text: "Lunas.".into() }).await;
    assert_eq!(tracking(&t, &number, &key).await["status"]["holder"], "back-office");
}

#[tokio::test]
async fn a_lapsed_promise_brings_a_letter() {
    let t = TestApp::start().await;
    let (number, key) = t.submitted().await;
    assert_eq!(tracking(&t, &number, &key).await["letter"], "");
    // Submitted on Monday 16 March 2026; the five days end on the 30th, over Nyepi and Idul Fitri.
    t.set_clock("2026-03-30T09:00:00+08:00");
    t.staff(&number, returned()).await;
    t.staff(&number, What::Corrected { items: vec!["ktp".into()] }).await;
    t.set_clock("2026-04-02T09:00:00+08:00");
    let late = tracking(&t, &number, &key).await;
    assert_eq!((&late["status"]["overdue"], &late["status"]["due"]), (&json!(true), &json!("2026-03-30")));
    let letter = late["letter"].as_str().expect("a letter");
    for words in [
        "Kepada Kepala DPMPTSP",
        &number,
        "Izin reklame",
        "Senin, 16 Maret 2026",
        "Senin, 30 Maret 2026",
        "Kamis, 2 April 2026",
        "5 hari kerja",
        "Loket DPMPTSP",
        "Nomor 25 Tahun 2009",
        "contoh dasar hukum",
        "Sri Contoh",
    ] {
        assert!(letter.contains(words), "{words} is not in {letter}");
    }
    assert!(!letter.contains('{'), "{letter}");
    let page = track(&t, "/lacak?di=kantor", &number, &key).await;
    for words in ["Surat siap kirim", "Sudah lewat batas waktu", "Perbaikan diminta saat waktu janji kami sudah habis."]
    {
        page.shows(words);
    }
    // Sending it back takes the letter from nobody.
    t.staff(&number, returned()).await;
    let back = tracking(&t, &number, &key).await;
    let letter = back["letter"].as_str().expect("a letter");
    for words in ["Batas waktunya Senin, 30 Maret 2026", "meminta perbaikan pada Kamis, 2 April 2026"] {
        assert!(letter.contains(words), "{words} is not in {letter}");
    }
    assert!(!letter.contains("Berkas saya ada di") && !letter.contains('{'), "{letter}");
    track(&t, "/lacak?di=kantor", &number, &key).await.shows("Surat siap kirim");
    t.staff(&number, What::Corrected { items: vec!["ktp".into()] }).await;
    // Whoever may only look sees that it is late, and no letter with a name in it.
    let view = Key::parse(&key).expect("key").view().shown();
    let seen = t.keyed("GET", &format!("{number}/tracking"), &view, None).await.ok();
    assert_eq!((&seen["letter"], &seen["status"]["overdue"]), (&json!(""), &json!(true)));
    assert!(seen["timeline"].as_array().expect("list").iter().any(|entry| entry["last_day"] == true));
}

#[tokio::test]
async fn a_clock_set_back_gives_no_time_back() {
    let t = TestApp::start().await;
    let (number, key) = t.submitted().await;
    t.set_clock("2026-03-25T09:00:00+08:00");
    t.staff(&number, What::Taken).await;
    let before = tracking(&t, &number, &key).await;
    t.set_clock("2026-03-17T09:00:00+08:00");
    t.staff(&number, What::Complete).await;
    let after = tracking(&t, &number, &key).await;
    assert_eq!(after["status"]["used"], before["status"]["used"]);
    assert_eq!(after["status"]["due"], before["status"]["due"]);
    let at = |tracking: &Value| tracking["timeline"].as_array().expect("list").last().expect("entry")["at"].clone();
    assert_eq!(at(&after), at(&before), "the line takes the time of the one before");
    assert!(proof(&t).await.is_ok());
}

#[tokio::test]
async fn a_year_without_a_calendar_is_said() {
    let t = TestApp::start().await;
    t.set_clock("2027-12-30T09:00:00+08:00");
    let (number, key) = t.submitted().await;
    let told = tracking(&t, &number, &key).await;
    assert_eq!((&told["status"]["due"], &told["status"]["calendar_missing"]), (&Value::Null, &json!(2028)));
    track(&t, "/lacak?di=kantor", &number, &key).await.shows("Kalender libur tahun 2028 belum diterbitkan");
    t.set_clock("2028-02-01T09:00:00+08:00");
    t.staff(&number, returned()).await;
    let told = tracking(&t, &number, &key).await;
    assert_eq!((&told["status"]["overdue"], &told["status"]["calendar_missing"]), (&json!(false), &json!(2028)));
    assert_eq!(told["holding"][0]["holder"], "applicant");
}
