//! How promises were kept: counted once when a case is closed, withheld where it could tell who it was, and counted
//! again from the published events.

use crate::browser::Browser;
use crate::common::{CONTENT, Place, TestApp, copy};
use crate::noscript::track;
use satu_pintu_domain::application::{Holder, StepLimit, What};
use satu_pintu_domain::content::TimeUnit;
use satu_pintu_server::contents::Contents;
use satu_pintu_server::figures::catch_up;
use satu_pintu_server::files::Files;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 3600);

/// A sign permit submitted now under a standard of `standard` days, straight into the ledger.
async fn begun(t: &TestApp, standard: u32) -> (String, String) {
    let (number, key) = t.draft().await;
    let steps = vec![StepLimit { by: Holder::FrontOffice, value: 1, unit: TimeUnit::WorkingDay }];
    let submitted =
        What::Submitted { intake_days: 1, service_days: standard, service_minutes: 0, rules: String::new(), steps };
    t.staff(&number, submitted).await;
    (number, key)
}

fn asked(agency: &str) -> What {
    What::AgencyAsked { agency: agency.into(), days: 1, question: "?".into() }
}

fn answered(agency: &str) -> What {
    What::AgencyAnswered { agency: agency.into(), agrees: true, text: String::new() }
}

fn issued(number: &str) -> What {
    What::Issued { number: number.to_owned(), valid_until: None }
}

async fn figures(t: &TestApp) -> Value {
    t.get("/api/v1/figures").await.ok()
}

/// Cases that took 0 to `n - 1` working days with the office; the first has an agency on the way.
async fn closed(t: &TestApp, n: usize) {
    let mut open = Vec::new();
    for _ in 0..n {
        open.push(begun(t, 3).await.0);
    }
    for (days, number) in open.iter().enumerate() {
        if days == 1 {
            t.staff(number, asked("pupr")).await;
            t.staff(number, answered("pupr")).await;
        }
        t.staff(number, What::Granted).await;
        t.staff(number, issued(number)).await;
        t.wait(DAY);
    }
    catch_up(&t.app).await.expect("counted");
}

#[tokio::test]
async fn promises_are_counted_and_small_cells_withheld() {
    let t = TestApp::start().await;
    t.set_clock("2026-11-02T09:00:00+08:00");
    Browser::of(&t).get("/kinerja").await.shows("Belum ada permohonan yang selesai.");
    closed(&t, 4).await;
    let few = figures(&t).await["halves"][0]["services"][0].clone();
    assert_eq!(
        (&few["whole"]["cases"], &few["whole"]["median"], &few["events"]),
        (&Value::Null, &Value::Null, &json!(""))
    );
    t.get("/api/v1/figures/2026-2/reklame.csv").await.refused("not-found");
    Browser::of(&t).get("/kinerja").await.shows("Kurang dari 5, tidak ditampilkan");

    // Monday to Friday: the days 0, 1, 2, 3, 4; together with the four before: two of nine took longer than three.
    t.set_clock("2026-11-09T09:00:00+08:00");
    closed(&t, 5).await;
    let half = figures(&t).await["halves"][0].clone();
    assert_eq!(half["half"], "2026-2");
    let service = half["services"][0].clone();
    assert_eq!(
        service["whole"],
        json!({ "cases": 9, "kept": "88.9", "median": 2, "p90": 4, "standard": 3 }),
        "days 0 1 2 3 and 0 1 2 3 4"
    );
    let unit = |code: &Value| {
        let units = service["units"].as_array().expect("list");
        units.iter().find(|unit| unit["holder"] == *code).expect("a unit")["cell"].clone()
    };
    assert_eq!(unit(&json!({"agency": "pupr"}))["cases"], Value::Null, "two cases are too few");
    assert_eq!(unit(&json!("front-office"))["standard"], 1);
    assert_eq!((&service["withdrawn"], &service["last_day"]), (&json!(0), &json!(0)));
    let page = Browser::of(&t).get("/kinerja").await;
    for words in ["Apakah kami menepati janji?", "88,9%", "Juli sampai Desember 2026", "Izin reklame"] {
        page.shows(words);
    }
    let csv = t.get("/api/v1/figures/2026-2.csv").await;
    let text = String::from_utf8(csv.bytes).expect("text");
    assert!(text.contains("reklame,whole,3,9,88.9,2,4,working-day\n"), "{text}");
    assert!(text.contains("reklame,agency:pupr,,,,,,working-day\n"), "{text}");

    // Anybody can count it again: a working day belongs to who has the file after the last line of an earlier one.
    let events = t.get("/api/v1/figures/2026-2/reklame.csv").await;
    let text = String::from_utf8(events.bytes).expect("text");
    assert!(!text.contains("pupr") && text.contains(",other,\n") && text.contains(",front-office,1\n"), "{text}");
    let mut cases: BTreeMap<&str, Vec<(u32, &str)>> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!((cells[1], cells[2], cells[3]), ("working-day", "3", "issued"), "{line}");
        cases.entry(cells[0]).or_default().push((cells[4].parse().expect("a day"), cells[6]));
    }
    let mut used: Vec<usize> = cases
        .values()
        .map(|lines| {
            let last = lines.last().expect("lines").0;
            let holds = |day: &u32| lines.iter().rev().find(|line| line.0 < *day).expect("a line").1;
            (1..=last).filter(|day| holds(day) != "applicant").count()
        })
        .collect();
    used.sort_unstable();
    assert_eq!(used, [0, 0, 1, 1, 2, 2, 3, 3, 4]);
    // Nothing tells whose they are, and nothing is counted twice.
    assert!(!text.contains("2026-0"), "{text}");
    assert_eq!(catch_up(&t.app).await.expect("counted"), 0);
    assert_eq!(figures(&t).await["halves"][0], half);
}

/// Few refusals among many permits are not told apart, and days are counted all the same.
#[tokio::test]
async fn few_outcomes_and_few_holders_of_withdrawn_cases_are_not_told() {
    let t = TestApp::start().await;
    t.set_clock("2026-11-02T09:00:00+08:00");
    let (refused, _) = begun(&t, 3).await;
    closed(&t, 5).await;
    t.staff(&refused, What::Refused { reason: "Menutup rambu jalan.".into() }).await;
    for at in 0..5 {
        let (number, key) = begun(&t, 3).await;
        if at == 0 {
            t.staff(&number, asked("dinkes")).await;
        }
        t.keyed("POST", &format!("{number}/withdraw"), &key, None).await.ok();
    }
    catch_up(&t.app).await.expect("counted");
    let text = String::from_utf8(t.get("/api/v1/figures/2026-2/reklame.csv").await.bytes).expect("text");
    for word in ["refused", "issued", "granted", "dinkes", "signer"] {
        assert!(!text.contains(word), "{word}: {text}");
    }
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    let days = |outcome: &str, event: &str| {
        let such = rows.iter().filter(|row| row[3] == outcome && row[5] == event);
        let mut days: Vec<&str> = such.map(|row| row[4]).collect();
        days.sort_unstable();
        days
    };
    // The refusal came on the Saturday after four working days.
    assert_eq!(days("closed", "closed"), ["0", "1", "2", "3", "4", "4"], "{text}");
    assert_eq!((days("closed", "decided").len(), days("withdrawn", "withdrawn").len()), (6, 5));
    assert_eq!(figures(&t).await["halves"][0]["services"][0]["whole"]["cases"], 6);
}

#[tokio::test]
async fn what_is_usual_is_told_from_ten_cases_on() {
    let t = TestApp::start().await;
    t.set_clock("2026-11-02T09:00:00+08:00");
    closed(&t, 5).await;
    let usual = async |t: &TestApp| {
        let (number, key) = begun(t, 3).await;
        t.keyed("GET", &number, &key, None).await.ok()["tracking"]["holding"][0]["usual"].clone()
    };
    t.set_clock("2026-11-09T09:00:00+08:00");
    closed(&t, 4).await;
    assert_eq!(usual(&t).await, Value::Null, "nine cases");
    closed(&t, 1).await;
    // The front office had them for 0, 1, 2, 3, 4, then 0, 1, 2, 3 and 0 days.
    assert_eq!(usual(&t).await, json!({ "median": 1, "p90": 3, "cases": 10 }));
}

/// A service promised in hours is counted in minutes of working time, beside the days it was promised in before.
#[tokio::test]
async fn a_promise_in_hours_is_counted_in_minutes() {
    let place = Place::new().await;
    let folder = place.folder.path().join("content");
    copy(Path::new(CONTENT), &folder);
    in_hours(&folder.join("services/reklame.toml"));
    let contents = Contents::open(Some(folder), "2026-03-16".parse().expect("day")).expect("content");
    let files = Files::open(place.folder.path().join("files").to_str().expect("path")).await.expect("files");
    let t = TestApp::with(place, files, contents).await;
    t.set_clock("2026-10-26T09:00:00+08:00");
    closed(&t, 5).await;
    t.set_clock("2026-11-02T09:00:00+08:00");
    let summary = t.get("/api/v1/catalog/services/reklame").await.ok()["summary"].clone();
    assert_eq!((&summary["days"], &summary["minutes"]), (&json!(0), &json!(300)));
    Browser::of(&t).get("/layanan/reklame").await.shows("5 jam kerja");
    let mut open = Vec::new();
    for _ in 0..10 {
        let (number, key) = t.filled().await;
        let receipt = t.hand_in((&number, &key), "submit", "pertama").await.ok();
        assert_eq!(
            (&receipt["days"], &receipt["minutes"], &receipt["intake_due"]),
            (&json!(0), &json!(300), &json!(null))
        );
        assert_eq!(receipt["due"], "2026-11-02");
        open.push((number, key));
    }
    t.set_clock("2026-11-02T10:30:00+08:00");
    let (number, key) = &open[0];
    let status = t.keyed("GET", number, key, None).await.ok()["tracking"]["status"].clone();
    assert_eq!((&status["time"]["total"], &status["time"]["office"]), (&json!(300), &json!(90)));
    assert_eq!((&status["due"], &status["overdue"]), (&json!("2026-11-02"), &json!(false)));
    let page = track(&t, "/lacak?di=kantor", number, key).await;
    for words in ["Selesai paling lambat Senin, 2 November 2026, ", "1 jam 30 menit kerja dari 5 jam kerja terpakai."] {
        page.shows(words);
    }
    // One was done in time, the others the day after: four and a half and ten hours of working time.
    for (at, (number, _)) in open.iter().enumerate() {
        if at == 1 {
            t.set_clock("2026-11-03T13:00:00+08:00");
        }
        t.staff(number, What::Granted).await;
        t.staff(number, issued(number)).await;
    }
    catch_up(&t.app).await.expect("counted");
    let figures = figures(&t).await["halves"][0]["services"].clone();
    assert_eq!(figures.as_array().map(Vec::len), Some(2), "{figures}");
    assert_eq!((&figures[0]["unit"], &figures[0]["whole"]["cases"]), (&json!("working-day"), &json!(5)));
    assert_eq!(figures[1]["unit"], "minute");
    let whole = &figures[1]["whole"];
    assert_eq!((&whole["cases"], &whole["kept"], &whole["standard"]), (&json!(10), &json!("10.0"), &json!(300)));
    let events = t.get("/api/v1/figures/2026-2/reklame.csv").await;
    let text = String::from_utf8(events.bytes).expect("text");
    let ends = |line: &&str| line.contains(",minute,300,issued,") && line.contains(",issued,front-office");
    let minutes: Vec<&str> = text.lines().filter(ends).filter_map(|line| line.split(',').nth(4)).collect();
    let most = whole["p90"].to_string();
    assert_eq!((minutes.len(), minutes.iter().filter(|at| **at == most).count()), (10, 9), "{text}");
    let page = Browser::of(&t).get("/kinerja").await;
    page.shows("Izin reklame, dalam waktu kerja");
    page.shows("5 jam kerja");
    // How long it usually takes is told in the same measure.
    t.set_clock("2026-11-04T09:00:00+08:00");
    let (number, key) = t.filled().await;
    t.hand_in((&number, &key), "submit", "pertama").await.ok();
    let usual = t.keyed("GET", &number, &key, None).await.ok()["tracking"]["holding"][0]["usual"].clone();
    assert_eq!((usual["median"].to_string(), &usual["cases"]), (most, &json!(10)));
}

/// The service as one promised in hours.
fn in_hours(service: &Path) {
    let text = std::fs::read_to_string(service).expect("service");
    let text = text.replace("days = \"waktu.reklame\"", "days = \"waktu.reklame\"\nunit = \"hour\"");
    std::fs::write(service, text.replace("unit = \"working-day\"", "unit = \"hour\"")).expect("service");
}

#[tokio::test]
async fn a_file_taken_back_is_counted_apart_and_at_once() {
    let t = TestApp::start().await;
    for _ in 0..5 {
        let (number, key) = begun(&t, 3).await;
        t.keyed("POST", &format!("{number}/withdraw"), &key, None).await.ok();
        t.keyed("POST", &format!("{number}/withdraw"), &key, None).await.ok();
    }
    let service = figures(&t).await["halves"][0]["services"][0].clone();
    assert_eq!((&service["withdrawn"], &service["whole"]["cases"]), (&json!(5), &Value::Null));
    assert_eq!(catch_up(&t.app).await.expect("counted"), 0, "in the transaction of the end");
}

/// Days of a year without a calendar cannot be counted: the case waits until there is one.
#[tokio::test]
async fn a_case_of_a_year_without_a_calendar_waits() {
    let place = Place::new().await;
    let folder = place.folder.path().join("content");
    copy(Path::new(CONTENT), &folder);
    let contents = Contents::open(Some(folder.clone()), "2026-03-16".parse().expect("day")).expect("content");
    let files = Files::open(place.folder.path().join("files").to_str().expect("path")).await.expect("files");
    let t = TestApp::with(place, files, contents).await;
    t.set_clock("2027-12-30T09:00:00+08:00");
    for _ in 0..5 {
        let number = begun(&t, 3).await.0;
        t.set_clock("2028-01-04T09:00:00+08:00");
        t.staff(&number, What::Refused { reason: "Menutup jalan.".into() }).await;
        t.set_clock("2027-12-30T09:00:00+08:00");
    }
    assert_eq!(catch_up(&t.app).await.expect("answer"), 0);
    assert_eq!(figures(&t).await, json!({ "halves": [] }));
    let calendar = folder.join("calendar.toml");
    let text = std::fs::read_to_string(&calendar).expect("calendar");
    let year = "\n[[year]]\nyear = 2028\nsource = [\"paket-holidays\"]\n[[year.day]]\ndate = 2028-01-03\n\
        kind = \"libur-nasional\"\nname = \"Contoh\"\nen = \"Example\"\n";
    std::fs::write(&calendar, text + year).expect("calendar");
    t.app.contents.reload(t.app.today()).expect("the year is published");
    assert_eq!(catch_up(&t.app).await.expect("counted"), 5);
    let half = figures(&t).await["halves"][0].clone();
    assert_eq!((&half["half"], &half["services"][0]["whole"]["median"]), (&json!("2028-1"), &json!(2)));
}

#[tokio::test]
async fn figures_that_are_not_there() {
    let t = TestApp::start().await;
    assert_eq!(figures(&t).await, json!({ "halves": [] }));
    for path in ["2026-2.csv", "2026-3.csv", "x", "2026-2/reklame.csv", "2026-2/reklame", "2026-9/reklame.csv"] {
        t.get(&format!("/api/v1/figures/{path}")).await.refused("not-found");
    }
}
