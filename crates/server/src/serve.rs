//! `satu-pintu serve`: opens everything, says what it does, serves until told to stop.

use crate::Failure;
use crate::app::{App, Shared};
use crate::clock::Clock;
use crate::config::StoreOptions;
use crate::contents::Contents;
use crate::files::Files;
use crate::files::guard::{self, Guard};
use crate::pace::{Pace, RATE};
use crate::permit::seal::Seal;
use crate::releases::Releases;
use crate::router;
use crate::staff::lines::{self, Lines};
use crate::store::Store;
use crate::throttle::Throttle;
use crate::uploads::Uploads;
use crate::{figures, housekeeping, staff, tls};
use axum_server::Handle;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use satu_pintu_domain::date::Zone;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How long requests may go on after the server was told to stop.
const DRAIN: Duration = Duration::from_secs(30);

#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// Address to listen on; 0.0.0.0 for every network
    #[arg(long, env = "SATU_PINTU_HOST", default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// Port to listen on; 0 takes a free one
    #[arg(long, env = "SATU_PINTU_PORT", default_value_t = 8080)]
    pub port: u16,
    /// Folder of the content; without it the content inside this program
    #[arg(long, env = "SATU_PINTU_CONTENT")]
    pub content: Option<PathBuf>,
    #[command(flatten)]
    pub store: StoreOptions,
    /// Certificate (PEM) to serve HTTPS with; needs --tls-key
    #[arg(long, env = "SATU_PINTU_TLS_CERT", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// Private key (PEM) of the certificate
    #[arg(long, env = "SATU_PINTU_TLS_KEY", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// Address of a proxy whose X-Forwarded-For and X-Forwarded-Proto are believed; several with commas
    #[arg(long, env = "SATU_PINTU_TRUSTED_PROXY", value_delimiter = ',')]
    pub trusted_proxy: Vec<IpAddr>,
    /// Requests a second to the API from one address, ten seconds' worth at once; 0 sets no limit
    #[arg(long, env = "SATU_PINTU_RATE", default_value_t = RATE)]
    pub rate: u32,
    /// Address of this site as people know it, like https://izin.example.go.id: for the QR on permits, search engines
    /// and links; without it the address that was called
    #[arg(long, env = "SATU_PINTU_URL", value_parser = crate::config::origin)]
    pub origin: Option<String>,
    /// Virus scanner: host and port of a clamd; staff get no paper that it has not found clean
    #[arg(long, env = "SATU_PINTU_CLAMD", value_name = "HOST:PORT")]
    pub clamd: Option<String>,
}

/// Serves until Ctrl-C or SIGTERM.
///
/// # Errors
/// A sentence when something does not open.
pub async fn run(options: Options) -> Result<(), Failure> {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,sqlx=warn"));
    let _ =
        tracing_subscriber::fmt().with_env_filter(filter).with_target(false).with_writer(std::io::stderr).try_init();

    let app = open(&options, Clock::System).await?;
    let listener = TcpListener::bind((options.host, options.port))
        .map_err(|e| format!("{}:{} cannot be listened on: {e}", options.host, options.port))?;
    let address = listener.local_addr()?;
    let certificate = match (&options.tls_cert, &options.tls_key) {
        (Some(cert), Some(key)) => Some(tls::config(cert, key).await?),
        _ => None,
    };

    let scheme = if certificate.is_some() { "https" } else { "http" };
    if certificate.is_none() && !options.host.is_loopback() && options.trusted_proxy.is_empty() {
        println!("Warning: without TLS phones get no offline app. Use --tls-cert and --tls-key, or a proxy.");
    }
    println!("Satu Pintu is ready at {scheme}://{address}");
    if let Some((account, password)) = staff::first_account(&app.store, app.now()).await? {
        println!("First staff account: {account}  one-time password: {password}  (change it at the first sign-in)");
    }

    let watching = app.clone();
    let watch = tokio::spawn(async move { watching.contents.watch(&watching.clock).await });
    let keeping = app.clone();
    let housekeeping = tokio::spawn(async move { housekeeping::run(&keeping).await });
    let guarding = app.clone();
    let guard = tokio::spawn(async move { guard::run(&guarding).await });
    let changing = app.clone();
    let changes = tokio::spawn(async move { staff::changes::run(&changing).await });
    let reading = app.clone();
    let lines = tokio::spawn(async move { lines::run(&reading).await });
    let handle = Handle::new();
    let stopping = handle.clone();
    let signal = tokio::spawn(async move {
        stop_signal().await;
        println!("Stopping: open requests may finish.");
        stopping.graceful_shutdown(Some(DRAIN));
    });
    let pages = router::pages(&app);
    let preparing = tokio::spawn(pages.clone().prepare());
    let service = router::around(app.clone(), pages).into_make_service_with_connect_info::<SocketAddr>();
    match certificate {
        Some(certificate) => {
            let mut server = axum_server::from_tcp_rustls(listener, certificate)?.handle(handle);
            patient(server.http_builder());
            server.serve(service).await?;
        }
        None => {
            let mut server = axum_server::from_tcp(listener)?.handle(handle);
            patient(server.http_builder());
            server.serve(service).await?;
        }
    }
    for task in [signal, watch, housekeeping, guard, changes, lines, preparing] {
        task.abort();
    }
    app.store.close().await;
    println!("Stopped.");
    Ok(())
}

/// Opens content, database and files, saying so.
///
/// # Errors
/// A sentence when one does not open.
pub async fn open(options: &Options, clock: Clock) -> Result<Shared, Failure> {
    // The zone is in the content: to choose dated values before it is read, the middle one will do.
    let today = clock.today(Zone::Wita);
    match &options.content {
        Some(folder) => println!("Reading the content of {}", folder.display()),
        None => println!("Reading the content inside this program"),
    }
    let contents = Contents::open(options.content.clone(), today)?;
    let database = if options.store.database.is_empty() {
        format!("SQLite in {}", options.store.data.display())
    } else {
        "PostgreSQL".to_owned()
    };
    println!("Opening the database: {database}");
    let store = Store::open(&options.store.database_url()?).await?;
    println!("Opening the files: {}", options.store.files_place());
    let files = Files::open(&options.store.files_place()).await?;
    let uploads = Uploads::open(options.store.staging())?;
    Ok(Arc::new(App {
        store,
        files,
        contents,
        clock,
        throttle: Throttle::default(),
        pace: Pace::new(options.rate),
        seal: Seal::open(&options.store.permit_key())?,
        releases: Releases::keep(&options.store.data.join("releases")),
        uploads,
        guard: Guard { program: std::env::current_exe().ok(), clamd: options.clamd.clone(), ..Guard::default() },
        figures: figures::Kept::default(),
        lines: Lines::default(),
        proxies: options.trusted_proxy.clone(),
        tls: options.tls_cert.is_some(),
        origin: options.origin.clone().filter(|origin| !origin.is_empty()),
    }))
}

/// A connection that does not finish the head of a request within half a minute is closed. What is read ahead of one
/// is bounded, so that hundreds of uploads at once fit into a small machine.
fn patient(builder: &mut Builder<TokioExecutor>) {
    const AHEAD: usize = 64 * 1024;
    builder.http1().timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(30)).max_buf_size(AHEAD);
}

async fn stop_signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! { () = interrupt => {}, () = terminate => {} }
}
