//! A server in this process for the staff tests: SQLite, or PostgreSQL when TEST_POSTGRES names a server on which
//! databases may be made (script/test starts one). Requests go through the whole router.

#![allow(dead_code, clippy::unwrap_used)]

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use base64::Engine;
use http_body_util::BodyExt;
use satu_pintu_domain::key::Key;
use satu_pintu_server::app::{App, Shared};
use satu_pintu_server::clock::Clock;
use satu_pintu_server::contents::Contents;
use satu_pintu_server::figures::Kept;
use satu_pintu_server::files::Files;
use satu_pintu_server::files::guard::Guard;
use satu_pintu_server::pace::{Pace, RATE};
use satu_pintu_server::permit::seal::Seal;
use satu_pintu_server::releases::Releases;
use satu_pintu_server::staff::accounts::Post;
use satu_pintu_server::staff::lines::Lines;
use satu_pintu_server::store::{Store, sqlite_url};
use satu_pintu_server::throttle::Throttle;
use satu_pintu_server::uploads::Uploads;
use satu_pintu_server::{clock, router, secret, staff};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use tower::ServiceExt;

pub struct World {
    pub app: Shared,
    pub router: Router,
    pub dir: tempfile::TempDir,
    pub database: String,
    pub cookie: Mutex<Option<String>>,
    /// Of the second person, once there is one.
    pub second: Mutex<Option<String>>,
    /// The first account and its one-time password.
    pub first: (String, String),
}

pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
    /// The body of a success.
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, String::from_utf8_lossy(&self.bytes));
        self.json()
    }
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) {
        let said = String::from_utf8_lossy(&self.bytes);
        assert_eq!((self.status.as_u16(), self.code().as_str()), (status, code), "{said}");
    }
}

/// Where the rows of a test are: a new PostgreSQL database when TEST_POSTGRES names a server, else SQLite.
pub async fn database(dir: &tempfile::TempDir) -> String {
    match std::env::var("TEST_POSTGRES") {
        Ok(server) => fresh_postgres(&server).await,
        Err(_) => sqlite_url(&dir.path().join("satu-pintu.db")),
    }
}

/// SQLite, and PostgreSQL if there is one.
pub async fn databases(dir: &tempfile::TempDir) -> Vec<String> {
    let mut urls = vec![sqlite_url(&dir.path().join("satu-pintu.db"))];
    if let Ok(server) = std::env::var("TEST_POSTGRES") {
        urls.push(fresh_postgres(&server).await);
    }
    urls
}

/// A new database on a server given as postgres://user@host:port/anything?options.
pub async fn fresh_postgres(server: &str) -> String {
    sqlx::any::install_default_drivers();
    let name = format!("staff_{}", secret::id());
    let pool = sqlx::AnyPool::connect(server).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&pool).await.unwrap();
    pool.close().await;
    let (base, options) = server.split_once('?').map_or((server, String::new()), |(b, o)| (b, format!("?{o}")));
    let base = base.trim_end_matches('/');
    let host_ends = base.find("://").map_or(0, |at| at + 3);
    let root = match base[host_ends..].find('/') {
        Some(slash) => &base[..host_ends + slash],
        None => base,
    };
    format!("{root}/{name}{options}")
}

impl World {
    pub async fn new() -> World {
        World::guarded(Guard::default()).await
    }

    /// With something that looks at papers.
    pub async fn guarded(guard: Guard) -> World {
        World::with(Some(concat!(env!("CARGO_MANIFEST_DIR"), "/../../content").into()), guard).await
    }

    /// With the content of a folder, or that inside the program.
    pub async fn of(folder: Option<std::path::PathBuf>) -> World {
        World::with(folder, Guard::default()).await
    }

    async fn with(folder: Option<std::path::PathBuf>, guard: Guard) -> World {
        let dir = tempfile::tempdir().unwrap();
        let database = database(&dir).await;
        let now = clock::parse("2026-03-16T09:00:00+08:00").unwrap();
        let clock = Clock::fixed(now);
        let contents = Contents::open(folder, "2026-03-16".parse().unwrap()).unwrap();
        let store = Store::open(&database).await.unwrap();
        let first = staff::first_account(&store, now).await.unwrap().unwrap();
        assert!(staff::first_account(&store, now).await.unwrap().is_none());
        let app = Arc::new(App {
            store,
            files: Files::open(dir.path().join("files").to_str().unwrap()).await.unwrap(),
            contents,
            clock,
            throttle: Throttle::default(),
            pace: Pace::new(RATE),
            seal: Seal::open(&dir.path().join("permit-key.pk8")).unwrap(),
            releases: Releases::default(),
            uploads: Uploads::open(dir.path().join("staging")).unwrap(),
            guard,
            figures: Kept::default(),
            lines: Lines::default(),
            proxies: Vec::new(),
            tls: false,
            origin: None,
        });
        let router = router::router(app.clone());
        World { app, router, dir, database, cookie: Mutex::new(None), second: Mutex::new(None), first }
    }

    /// Another server on the same database, papers and content.
    pub async fn another(&self, folder: std::path::PathBuf) -> Shared {
        let now = self.app.now();
        Arc::new(App {
            store: Store::open(&self.database).await.unwrap(),
            files: self.app.files.clone(),
            contents: Contents::open(Some(folder), self.app.today()).unwrap(),
            clock: Clock::fixed(now),
            throttle: Throttle::default(),
            pace: Pace::new(RATE),
            seal: Seal::open(&self.dir.path().join("permit-key.pk8")).unwrap(),
            releases: Releases::default(),
            uploads: Uploads::open(self.dir.path().join("staging")).unwrap(),
            guard: Guard::default(),
            figures: Kept::default(),
            lines: Lines::default(),
            proxies: Vec::new(),
            tls: false,
            origin: None,
        })
    }

    pub fn wait_ms(&self, ms: i64) {
        if let Clock::Fixed(now) = &self.app.clock {
            now.fetch_add(ms, Ordering::SeqCst);
        }
    }

    pub async fn send(&self, method: Method, path: &str, head: &[(&str, &str)], body: Vec<u8>) -> Reply {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "izin.contoh.example");
        for (name, value) in head {
            request = request.header(*name, *value);
        }
        let reply = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let (parts, body) = reply.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        Reply { status: parts.status, headers: parts.headers, bytes }
    }

    /// A staff request with the cookie there is.
    pub async fn desk(&self, method: &str, path: &str, body: Option<Value>) -> Reply {
        let cookie = self.cookie.lock().unwrap().clone().unwrap_or_default();
        let mut head = vec![("cookie", cookie.as_str())];
        if body.is_some() {
            head.push(("content-type", "application/json"));
        }
        let body = body.map(|b| b.to_string().into_bytes()).unwrap_or_default();
        self.send(method.parse().unwrap(), &format!("/api/v1/staff{path}"), &head, body).await
    }

    /// Does something to an application.
    pub async fn act(&self, number: &str, verb: &str, body: Value) -> Reply {
        self.desk("POST", &format!("/applications/{number}/{verb}"), Some(body)).await
    }

    pub async fn try_sign_in(&self, account: &str, password: &str) -> Reply {
        let body = json!({ "account": account, "password": password });
        let reply = self.desk("POST", "/session", Some(body)).await;
        if let Some(cookie) = reply.headers.get(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
            *self.cookie.lock().unwrap() = Some(cookie);
        }
        reply
    }

    /// Signs in with the first account and a password of its own.
    pub async fn sign_in(&self) {
        let (account, password) = self.first.clone();
        assert_eq!(self.try_sign_in(&account, &password).await.ok()["must_change_password"], true);
        let body = json!({ "old": password, "new": "kata sandi petugas loket" });
        assert_eq!(self.desk("PUT", "/password", Some(body)).await.ok()["must_change_password"], false);
    }

    /// Adds an account with these roles and signs it in; returns its cookie. The one who was signed in stays.
    pub async fn person(&self, account: &str, name: &str, roles: &str, agency: &str) -> String {
        let post = Post { roles: roles.parse().unwrap(), agency: agency.to_owned() };
        let password = staff::accounts::add(&self.app.store, "", account, name, &post, self.app.now()).await.unwrap();
        let before = self.cookie.lock().unwrap().take();
        self.try_sign_in(account, &password).await.ok();
        let body = json!({ "old": password, "new": "kata sandi petugas lain" });
        self.desk("PUT", "/password", Some(body)).await.ok();
        let cookie = self.cookie.lock().unwrap().take().unwrap();
        *self.cookie.lock().unwrap() = before;
        cookie
    }

    /// Does something to an application as somebody else.
    pub async fn act_as(&self, cookie: &str, number: &str, verb: &str, body: Value) -> Reply {
        let head = [("cookie", cookie), ("content-type", "application/json")];
        let path = format!("/api/v1/staff/applications/{number}/{verb}");
        self.send(Method::POST, &path, &head, body.to_string().into_bytes()).await
    }

    /// Proposes a decision, and a second person confirms it.
    pub async fn decide(&self, number: &str, body: Value) -> Reply {
        self.act(number, "decide", body.clone()).await.ok();
        let second = self.second.lock().unwrap().clone();
        let second = match second {
            Some(cookie) => cookie,
            None => self.person("kedua", "Kedua Contoh", "signer", "").await,
        };
        *self.second.lock().unwrap() = Some(second.clone());
        self.act_as(&second, number, "decide", body).await
    }

    /// A citizen's request with the key.
    pub async fn citizen(&self, method: &str, path: &str, key: &str, body: Option<Value>) -> Reply {
        let bearer = format!("Bearer {key}");
        let once = secret::id();
        let mut head = vec![("authorization", bearer.as_str()), ("idempotency-key", once.as_str())];
        if body.is_some() {
            head.push(("content-type", "application/json"));
        }
        let body = body.map(|b| b.to_string().into_bytes()).unwrap_or_default();
        self.send(method.parse().unwrap(), &format!("/api/v1{path}"), &head, body).await
    }

    pub async fn upload(&self, number: &str, key: &str, item: &str, what: &str) {
        let bytes = format!("%PDF-1.4\n% {item} {what}\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n").into_bytes();
        self.send_file((number, key), item, "", bytes).await.ok();
    }

    /// Sends a file in one go; `judged` is what the phone says of it.
    pub async fn send_file(&self, (number, key): (&str, &str), item: &str, judged: &str, bytes: Vec<u8>) -> Reply {
        let coded = |text: &str| base64::engine::general_purpose::STANDARD.encode(text);
        let mut metadata = format!("item {},filename {},id {}", coded(item), coded("berkas"), coded(&secret::id()));
        if !judged.is_empty() {
            metadata += &format!(",judged {}", coded(judged));
        }
        let (bearer, length) = (format!("Bearer {key}"), bytes.len().to_string());
        let head = [
            ("authorization", bearer.as_str()),
            ("tus-resumable", "1.0.0"),
            ("upload-length", length.as_str()),
            ("upload-metadata", metadata.as_str()),
            ("content-type", "application/offset+octet-stream"),
        ];
        self.send(Method::POST, &format!("/api/v1/applications/{number}/uploads"), &head, bytes).await
    }

    /// A draft for a sign with every field and paper; returns its number and key.
    pub async fn draft(&self, name: &str) -> (String, String) {
        let fields = json!({
            "nama": name, "nik": "7399014101900001", "telepon": "081234567890",
            "alamat": "Jl. Pasar Lama No. 12, Desa Contoh", "kabar": "whatsapp", "pengurus": "sendiri", "setuju": "ya",
            "jenis": "papan-nama", "teks": "Warung Bu Sri", "rokok-alkohol": "tidak", "panjang": "150", "lebar": "100",
            "tinggi": "3", "muka": "1", "alamat-pasang": "Jl. Pasar Lama No. 12, depan masjid", "letak": "bangunan",
            "mulai": "2026-04-15", "bulan": "12"
        });
        let body = json!({ "service": "reklame", "fields": fields });
        let key = Key::new(secret::random()).shown();
        let created = self.citizen("POST", "/applications", &key, Some(body)).await.ok();
        let number = created["application"]["number"].as_str().unwrap().to_owned();
        let service = self.app.content().service("reklame").unwrap().clone();
        for need in service.requirement.iter().filter(|need| !need.optional) {
            let content = self.app.content();
            let sent = content.cards_with_file(&service).any(|card| card.id == need.card);
            if sent {
                self.upload(&number, &key, &need.card, "pertama").await;
            }
        }
        (number, key)
    }

    /// A submitted application for a sign.
    pub async fn submitted(&self, name: &str) -> (String, String) {
        let (number, key) = self.draft(name).await;
        self.citizen("POST", &format!("/applications/{number}/submit"), &key, None).await.ok();
        (number, key)
    }
}
