//! The line to the database breaks after a commit, before its answer: what was written holds, and a repetition finds
//! it. On PostgreSQL only: SQLite has no line.

use crate::common::{Place, TestApp, jpeg, text};
use satu_pintu_server::secret::sha256;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A server whose line to the database can be told to break at the next commit.
struct Broken {
    t: TestApp,
    next: Arc<AtomicBool>,
}

impl Broken {
    /// None where the database is a file.
    async fn start() -> Option<Broken> {
        let mut place = Place::new().await;
        let (user, rest) = place.database.strip_prefix("postgres://")?.split_once('@').expect("user@host:port/name");
        let (address, name) = rest.split_once('/').expect("a name");
        let (address, next) = (address.to_owned(), Arc::new(AtomicBool::new(false)));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("port");
        place.database = format!("postgres://{user}@{}/{name}", listener.local_addr().expect("address"));
        tokio::spawn({
            let next = next.clone();
            async move {
                while let Ok((near, _)) = listener.accept().await {
                    let far = TcpStream::connect(&address).await.expect("PostgreSQL");
                    tokio::spawn(carry(near, far, next.clone()));
                }
            }
        });
        Some(Broken { t: TestApp::on(place).await, next })
    }

    fn at_next_commit(&self) {
        self.next.store(true, Ordering::SeqCst);
    }

    fn broke(&self) -> bool {
        !self.next.load(Ordering::SeqCst)
    }
}

/// Carries bytes both ways until either side ends, or the database has answered a commit that is to break the line.
async fn carry(mut near: TcpStream, mut far: TcpStream, next: Arc<AtomicBool>) {
    let (mut up, mut down) = ([0; 16_384], [0; 16_384]);
    loop {
        tokio::select! {
            Ok(count) = near.read(&mut up) => {
                let sent = &up[..count];
                if count == 0 || far.write_all(sent).await.is_err() {
                    return;
                }
                if sent.windows(6).any(|word| word == b"COMMIT") && next.swap(false, Ordering::SeqCst) {
                    let _answer = far.read(&mut down).await;
                    return;
                }
            }
            Ok(count) = far.read(&mut down) => {
                if count == 0 || near.write_all(&down[..count]).await.is_err() {
                    return;
                }
            }
            else => return,
        }
    }
}

#[tokio::test]
async fn a_paper_whose_commit_held_unheard_is_there_with_its_bytes() {
    let Some(line) = Broken::start().await else { return };
    let t = &line.t;
    let (number, key) = t.draft().await;
    let photo = jpeg(3, 4_000);
    let location = t
        .create_upload((&number, &key), "ktp", "ktp.jpg", photo.len(), "jawaban-hilang", None)
        .await
        .header("location");
    line.at_next_commit();
    let lost = t.patch(&location, &key, 0, &photo).await;
    assert!(line.broke() && lost.status.is_server_error(), "{lost:?}");

    let file = t.head(&location, &key).await.header("upload-file");
    assert!(!file.is_empty());
    let files = t.keyed("GET", &number, &key, None).await.ok()["files"].clone();
    assert_eq!((files.as_array().map(Vec::len), &files[0]["sha256"]), (Some(1), &json!(sha256(&photo))));
    let ticket = t.keyed("POST", &format!("{number}/files/{file}/ticket"), &key, None).await.ok();
    assert_eq!(t.get(&text(&ticket["url"])).await.bytes, photo);
}

#[tokio::test]
async fn an_application_whose_commit_held_unheard_was_handed_in_once() {
    let Some(line) = Broken::start().await else { return };
    let t = &line.t;
    let (number, key) = t.filled().await;
    line.at_next_commit();
    let lost = t.hand_in((&number, &key), "submit", "sekali").await;
    assert!(line.broke() && lost.status.is_server_error(), "{lost:?}");

    let receipt = t.hand_in((&number, &key), "submit", "sekali").await.ok();
    assert_eq!(t.keyed("GET", &format!("{number}/receipt"), &key, None).await.ok(), receipt);
    let events: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM events WHERE number = $1 AND kind = 'submitted'")
        .bind(number.clone())
        .fetch_one(t.app.store.reader())
        .await
        .expect("count");
    assert_eq!(events, 1);
}
