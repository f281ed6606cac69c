//! `TestApp::start().await` gives a whole server on a free port with a store of its own: SQLite in a temporary
//! folder, or a new PostgreSQL database when TEST_POSTGRES names a server. Its clock stands still at Monday
//! 16 March 2026, 09:00 in the office, until `wait` moves it.
//!
//! * `get`, `post`, `send` speak to the API; `Reply` is checked with `.ok()` and `.refused(code)`.
//! * `draft()` begins a sign permit, `filled()` fills it and sends its papers, `submitted()` hands it in.
//! * `staff(number, what)` writes what staff would do into the ledger.
//! * `stop()` and `TestApp::on(place)` restart a server on the same data.

use axum::http::{HeaderMap, Method, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use satu_pintu_domain::application::{Actor, What};
use satu_pintu_domain::content::FieldKind;
use satu_pintu_domain::date::Day;
use satu_pintu_domain::key::Key;
use satu_pintu_domain::survey::HalfYear;
use satu_pintu_server::app::{App, Shared};
use satu_pintu_server::clock::{self, Clock};
use satu_pintu_server::contents::{Contents, Published};
use satu_pintu_server::files::Files;
use satu_pintu_server::pace::{Pace, RATE};
use satu_pintu_server::permit::seal::Seal;
use satu_pintu_server::releases::Releases;
use satu_pintu_server::store::{Store, sqlite_url};
use satu_pintu_server::throttle::Throttle;
use satu_pintu_server::uploads::Uploads;
use satu_pintu_server::{ledger, router, secret, survey};
use serde_json::{Map, Value, json};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

pub const CONTENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content");

/// Where a server keeps things, so that another can start on the same.
#[derive(Clone)]
pub struct Place {
    pub folder: Arc<tempfile::TempDir>,
    pub database: String,
}

impl Place {
    pub async fn new() -> Place {
        let folder = Arc::new(tempfile::tempdir().expect("temporary folder"));
        let database = match std::env::var("TEST_POSTGRES") {
            Ok(server) => new_database(&server).await,
            Err(_) => {
                static TOLD: std::sync::Once = std::sync::Once::new();
                TOLD.call_once(|| println!("TEST_POSTGRES is not set: the PostgreSQL half is not run"));
                sqlite_url(&folder.path().join("satu-pintu.db"))
            }
        };
        Place { folder, database }
    }

    pub fn staging(&self) -> PathBuf {
        self.folder.path().join("staging")
    }
}

async fn new_database(server: &str) -> String {
    sqlx::any::install_default_drivers();
    let name = format!("test_{}", secret::id());
    let pool = sqlx::AnyPool::connect(server).await.expect("TEST_POSTGRES");
    let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
    sqlx::raw_sql(create).execute(&pool).await.expect("CREATE DATABASE");
    pool.close().await;
    let (root, _) = server.rsplit_once('/').expect("postgres://host/database");
    format!("{root}/{name}")
}

/// The content of the repository, read once.
pub fn published() -> Arc<Published> {
    static READ: OnceLock<Arc<Published>> = OnceLock::new();
    READ.get_or_init(|| {
        let today = "2026-03-16".parse().expect("day");
        Contents::open(Some(CONTENT.into()), today).expect("content").current()
    })
    .clone()
}

pub struct TestApp {
    pub url: String,
    pub address: SocketAddr,
    pub app: Shared,
    pub place: Place,
    client: reqwest::Client,
    handle: axum_server::Handle<SocketAddr>,
}

impl TestApp {
    pub async fn start() -> TestApp {
        TestApp::on(Place::new().await).await
    }

    pub async fn on(place: Place) -> TestApp {
        let files = place.folder.path().join("files");
        let files = Files::open(files.to_str().expect("path")).await.expect("files");
        TestApp::with(place, files, Contents::of(published())).await
    }

    /// With a copy of the content that may be changed; its folder, and the day of the app.
    pub async fn with_own_content() -> (TestApp, PathBuf, Day) {
        let place = Place::new().await;
        let folder = place.folder.path().join("content");
        copy(Path::new(CONTENT), &folder);
        let today = "2026-03-16".parse().expect("day");
        let contents = Contents::open(Some(folder.clone()), today).expect("content");
        let files = Files::open(place.folder.path().join("files").to_str().expect("path")).await.expect("files");
        (TestApp::with(place, files, contents).await, folder, today)
    }

    /// Makes a slip of the survey for a half-year.
    pub async fn slip(&self, seed: u8, half: &str) -> String {
        let code = Key::new([seed; 10]);
        let mut tx = self.app.store.begin().await.expect("transaction");
        survey::add_slip(&mut tx, &code, half.parse::<HalfYear>().expect("half")).await.expect("slip");
        tx.commit().await.expect("commit");
        code.shown()
    }

    pub async fn with(place: Place, files: Files, contents: Contents) -> TestApp {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let app = Arc::new(App {
            store: Store::open(&place.database).await.expect("store"),
            files,
            contents,
            clock: Clock::fixed(clock::parse("2026-03-16T09:00:00+08:00").expect("time")),
            throttle: Throttle::default(),
            pace: Pace::new(RATE),
            seal: Seal::open(&place.folder.path().join("permit-key.pk8")).expect("key"),
            releases: Releases::default(),
            uploads: Uploads::open(place.staging()).expect("staging"),
            guard: satu_pintu_server::files::guard::Guard::default(),
            figures: satu_pintu_server::figures::Kept::default(),
            lines: satu_pintu_server::staff::lines::Lines::default(),
            proxies: vec!["127.0.0.1".parse().expect("address")],
            tls: false,
            origin: None,
        });
        let listener = TcpListener::bind("127.0.0.1:0").expect("port");
        let address = listener.local_addr().expect("address");
        let handle = axum_server::Handle::new();
        let service = router::router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let server = axum_server::from_tcp(listener).expect("listener").handle(handle.clone());
        tokio::spawn(async move { server.serve(service).await });
        let client = reqwest::Client::builder().no_proxy().build().expect("client");
        TestApp { url: format!("http://{address}"), address, app, place, client, handle }
    }

    /// Stops at once, as a power cut would for whoever is connected.
    pub async fn stop(self) -> Place {
        self.handle.shutdown();
        self.app.store.close().await;
        self.place.clone()
    }

    /// Moves the clock on.
    pub fn wait(&self, by: Duration) {
        if let Clock::Fixed(now) = &self.app.clock {
            now.fetch_add(i64::try_from(by.as_millis()).expect("ms"), Ordering::SeqCst);
        }
    }

    /// Sets the clock, RFC 3339.
    pub fn set_clock(&self, time: &str) {
        if let Clock::Fixed(now) = &self.app.clock {
            now.store(clock::parse(time).expect("time"), Ordering::SeqCst);
        }
    }

    pub async fn send(&self, method: Method, path: &str, head: &[(&str, &str)], body: Vec<u8>) -> Reply {
        let mut request = self.client.request(method, format!("{}{path}", self.url));
        for (name, value) in head {
            request = request.header(*name, *value);
        }
        let reply = request.body(body).send().await.expect("an answer");
        let (status, headers) = (reply.status(), reply.headers().clone());
        Reply { status, headers, bytes: reply.bytes().await.expect("a body").to_vec() }
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, &[], Vec::new()).await
    }

    /// JSON without a key.
    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(Method::POST, path, &[("content-type", "application/json")], body.to_string().into_bytes()).await
    }

    /// JSON, or nothing, with a key, as `PATCH /applications/...`.
    pub async fn keyed(&self, method: &str, path: &str, key: &str, body: Option<Value>) -> Reply {
        let bearer = format!("Bearer {key}");
        let mut head = vec![("authorization", bearer.as_str())];
        if body.is_some() {
            head.push(("content-type", "application/json"));
        }
        let body = body.map(|body| body.to_string().into_bytes()).unwrap_or_default();
        self.send(method.parse().expect("method"), &format!("/api/v1/applications/{path}"), &head, body).await
    }

    /// Submits or corrects with an idempotency key.
    pub async fn hand_in(&self, (number, key): (&str, &str), action: &str, once: &str) -> Reply {
        let bearer = format!("Bearer {key}");
        let head = [("authorization", bearer.as_str()), ("idempotency-key", once)];
        self.send(Method::POST, &format!("/api/v1/applications/{number}/{action}"), &head, Vec::new()).await
    }

    /// An empty draft of a sign permit: number and key.
    pub async fn draft(&self) -> (String, String) {
        self.draft_of("reklame").await
    }

    pub async fn draft_of(&self, service: &str) -> (String, String) {
        let created = self.post("/api/v1/applications", json!({ "service": service })).await;
        assert_eq!(created.status, StatusCode::CREATED, "{created:?}");
        let created = created.ok();
        (text(&created["application"]["number"]), text(&created["key"]))
    }

    /// Fields nobody would object to.
    pub fn fields(&self, service: &str) -> Map<String, Value> {
        let content = self.app.content();
        let service = content.service(service).expect("a service");
        let own = json!({ "nama": "Sri Contoh", "nik": "7399015501900001", "telepon": "081234567890",
            "alamat": "Jl. Pasar Lama No. 12, Desa Contoh", "kabar": "whatsapp", "pengurus": "sendiri", "setuju": "ya" });
        let mut fields = own.as_object().cloned().expect("object");
        for field in service.page.iter().flat_map(|page| &page.field) {
            let value = match field.kind {
                FieldKind::Text | FieldKind::Longtext | FieldKind::Name => "Warung Bu Sri, depan masjid".to_owned(),
                FieldKind::Reference => "CT00000000000001".to_owned(),
                FieldKind::Number | FieldKind::Money => field.min.unwrap_or(1).to_string(),
                FieldKind::Date => "2026-04-15".to_owned(),
                FieldKind::Choice => field.options[0].id.clone(),
                FieldKind::Yesno => "tidak".to_owned(),
                FieldKind::Phone => "081234567890".to_owned(),
                FieldKind::Nik => "7399015501900001".to_owned(),
                FieldKind::Npwp => "7399015501900001".to_owned(),
                FieldKind::Nib => "1234567890123".to_owned(),
            };
            fields.insert(field.id.clone(), value.into());
        }
        fields
    }

    /// Cards that everybody must send a file for.
    pub fn needed_cards(&self, service: &str) -> Vec<String> {
        let content = self.app.content();
        let service = content.service(service).expect("a service");
        let with_file: Vec<&str> = content.cards_with_file(service).map(|card| card.id.as_str()).collect();
        satu_pintu_domain::form::required_cards(service)
            .filter(|card| with_file.contains(card))
            .map(str::to_owned)
            .collect()
    }

    /// A draft of a sign permit with every field and paper.
    pub async fn filled(&self) -> (String, String) {
        self.filled_of("reklame").await
    }

    pub async fn filled_of(&self, service: &str) -> (String, String) {
        let (number, key) = self.draft_of(service).await;
        let saved = self.keyed("PATCH", &number, &key, Some(json!({ "fields": self.fields(service) }))).await;
        saved.ok();
        for (n, card) in (0_u8..).zip(self.needed_cards(service)) {
            self.upload((&number, &key), &card, "foto.jpg", &jpeg(n, 500)).await.ok();
        }
        (number, key)
    }

    pub async fn submitted(&self) -> (String, String) {
        let (number, key) = self.filled().await;
        self.hand_in((&number, &key), "submit", "pertama").await.ok();
        (number, key)
    }

    /// Creates an upload and sends it whole. Returns the answer to the last request.
    pub async fn upload(&self, (number, key): (&str, &str), item: &str, name: &str, bytes: &[u8]) -> Reply {
        let created = self.create_upload((number, key), item, name, bytes.len(), &secret::id(), None).await;
        if created.status != StatusCode::CREATED {
            return created;
        }
        self.patch(&created.header("location"), key, 0, bytes).await
    }

    pub async fn create_upload(
        &self,
        (number, key): (&str, &str),
        item: &str,
        name: &str,
        length: usize,
        id: &str,
        page: Option<u32>,
    ) -> Reply {
        let mut metadata =
            format!("item {},filename {},id {}", STANDARD.encode(item), STANDARD.encode(name), STANDARD.encode(id));
        if let Some(page) = page {
            metadata += &format!(",page {}", STANDARD.encode(page.to_string()));
        }
        let (bearer, length) = (format!("Bearer {key}"), length.to_string());
        let head = [
            ("authorization", bearer.as_str()),
            ("tus-resumable", "1.0.0"),
            ("upload-length", length.as_str()),
            ("upload-metadata", metadata.as_str()),
        ];
        self.send(Method::POST, &format!("/api/v1/applications/{number}/uploads"), &head, Vec::new()).await
    }

    pub async fn patch(&self, location: &str, key: &str, offset: usize, bytes: &[u8]) -> Reply {
        let (bearer, offset) = (format!("Bearer {key}"), offset.to_string());
        let head = [
            ("authorization", bearer.as_str()),
            ("tus-resumable", "1.0.0"),
            ("upload-offset", offset.as_str()),
            ("content-type", "application/offset+octet-stream"),
        ];
        self.send(Method::PATCH, location, &head, bytes.to_vec()).await
    }

    pub async fn head(&self, location: &str, key: &str) -> Reply {
        let bearer = format!("Bearer {key}");
        self.send(Method::HEAD, location, &[("authorization", bearer.as_str()), ("tus-resumable", "1.0.0")], Vec::new())
            .await
    }

    /// What staff would do, straight into the ledger.
    pub async fn staff(&self, number: &str, what: What) {
        let mut tx = self.app.store.begin().await.expect("transaction");
        ledger::lock(&mut tx, number).await.expect("lock");
        let mut events = ledger::load(&mut tx, number).await.expect("events");
        ledger::append(&mut tx, number, &mut events, (Actor::Staff, "sri"), what, self.app.now()).await.expect("event");
        tx.commit().await.expect("commit");
    }
}

#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    }

    /// The body of a success.
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, String::from_utf8_lossy(&self.bytes));
        self.json()
    }

    /// A problem document with this code and the code's own status.
    #[track_caller]
    pub fn refused(&self, code: &str) -> Value {
        let said = String::from_utf8_lossy(&self.bytes);
        let problem = self.json();
        assert_eq!(problem["code"], code, "{} {said}", self.status);
        assert_eq!(problem["status"], self.status.as_u16(), "{said}");
        assert_eq!(problem["type"], format!("/problems/{code}"));
        assert!(problem["title"].as_str().is_some_and(|title| !title.is_empty()));
        assert_eq!(self.header("content-type"), "application/problem+json");
        problem
    }
}

pub fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("folder");
    for entry in std::fs::read_dir(from).expect("folder").flatten() {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to)
        } else {
            std::fs::copy(entry.path(), to).map(|_| ()).expect("copy")
        }
    }
}

/// A picture as far as its frame goes; the seed makes it another one.
pub fn jpeg(seed: u8, size: usize) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 4, seed, 0, 0xFF, 0xDA, 0, 2];
    bytes.resize(size.max(20) - 2, seed.max(1) & 0x7F);
    bytes.extend([0xFF, 0xD9]);
    bytes
}

pub fn pdf(text: &str) -> Vec<u8> {
    format!("%PDF-1.4\n% {text}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n")
        .into_bytes()
}
