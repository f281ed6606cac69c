//! `satu-pintu staff add | disable | passwd | list`, and the first account of a new office.
//! A password made here is used once: it must be changed at the first sign-in.

use super::password;
use crate::Failure;
use crate::clock::Clock;
use crate::config::StoreOptions;
use crate::store::Store;

/// `satu-pintu staff ...`
#[derive(clap::Subcommand)]
pub enum Command {
    /// Adds an account and prints its one-time password.
    Add {
        /// Small letters, digits, dot, hyphen
        account: String,
        /// Name of the person, as colleagues read it
        #[arg(long)]
        name: String,
        #[command(flatten)]
        store: StoreOptions,
    },
    /// Disables an account and ends its sessions.
    Disable {
        account: String,
        #[command(flatten)]
        store: StoreOptions,
    },
    /// Gives an account a new one-time password, enables it and ends its sessions.
    Passwd {
        account: String,
        #[command(flatten)]
        store: StoreOptions,
    },
    /// Lists the accounts.
    List {
        #[command(flatten)]
        store: StoreOptions,
    },
}

/// # Errors
/// A sentence for the terminal.
pub async fn run(command: Command) -> Result<(), Failure> {
    let now = Clock::from_env().now();
    match command {
        Command::Add { account, name, store } => {
            let store = Store::open(&store.database_url()?).await?;
            let password = add(&store, &account, &name, now).await?;
            println!("Akun {account} dibuat untuk {}.", name.trim());
            tell(&password);
            store.close().await;
        }
        Command::Disable { account, store } => {
            let store = Store::open(&store.database_url()?).await?;
            disable(&store, &account).await?;
            println!("Akun {account} dinonaktifkan dan dikeluarkan.");
            store.close().await;
        }
        Command::Passwd { account, store } => {
            let store = Store::open(&store.database_url()?).await?;
            let password = renew(&store, &account).await?;
            println!("Kata sandi akun {account} diganti.");
            tell(&password);
            store.close().await;
        }
        Command::List { store } => {
            let store = Store::open(&store.database_url()?).await?;
            list(&store).await?;
            store.close().await;
        }
    }
    Ok(())
}

fn tell(password: &str) {
    println!("Kata sandi sekali pakai: {password}");
    println!("Ganti saat masuk pertama kali. Kata sandi ini tidak ditampilkan lagi.");
}

async fn list(store: &Store) -> Result<(), Failure> {
    let rows: Vec<(String, String, i64, i64)> =
        sqlx::query_as("SELECT account, name, must_change, disabled FROM staff ORDER BY account")
            .fetch_all(store.reader())
            .await?;
    for (account, name, must_change, disabled) in rows {
        let state = match (disabled, must_change) {
            (0, 0) => "aktif",
            (0, _) => "belum mengganti kata sandi",
            _ => "nonaktif",
        };
        println!("{account:<20}  {name:<30}  {state}");
    }
    Ok(())
}

/// Adds an account; returns its one-time password.
///
/// # Errors
/// A sentence when the name is not one or is taken.
pub async fn add(store: &Store, account: &str, name: &str, now: i64) -> Result<String, Failure> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_".contains(c);
    if !(2..=40).contains(&account.len()) || !account.chars().all(fits) {
        return Err("nama akun terdiri dari 2 sampai 40 huruf kecil, angka, titik atau tanda hubung".into());
    }
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 80 || name.chars().any(char::is_control) {
        return Err("isi --name dengan nama petugas, paling banyak 80 huruf".into());
    }
    let password = password::one_time();
    let hash = password::hash(&password).await?;
    let mut tx = store.begin().await?;
    let added = sqlx::query(
        "INSERT INTO staff (account, name, password, must_change, disabled, created) VALUES ($1, $2, $3, 1, 0, $4) \
         ON CONFLICT (account) DO NOTHING",
    )
    .bind(account)
    .bind(name)
    .bind(hash)
    .bind(now)
    .execute(&mut *tx)
    .await?;
    if added.rows_affected() == 0 {
        return Err(format!("akun {account} sudah ada; pakai `satu-pintu staff passwd {account}`").into());
    }
    tx.commit().await?;
    Ok(password)
}

async fn disable(store: &Store, account: &str) -> Result<(), Failure> {
    let mut tx = store.begin().await?;
    let changed =
        sqlx::query("UPDATE staff SET disabled = 1 WHERE account = $1").bind(account).execute(&mut *tx).await?;
    if changed.rows_affected() == 0 {
        return Err(format!("akun {account} tidak ada").into());
    }
    sqlx::query("DELETE FROM sessions WHERE account = $1").bind(account).execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(())
}

async fn renew(store: &Store, account: &str) -> Result<String, Failure> {
    let password = password::one_time();
    let hash = password::hash(&password).await?;
    let mut tx = store.begin().await?;
    let changed = sqlx::query("UPDATE staff SET password = $1, must_change = 1, disabled = 0 WHERE account = $2")
        .bind(hash)
        .bind(account)
        .execute(&mut *tx)
        .await?;
    if changed.rows_affected() == 0 {
        return Err(format!("akun {account} tidak ada").into());
    }
    sqlx::query("DELETE FROM sessions WHERE account = $1").bind(account).execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(password)
}

/// Creates the first account when there is none and returns its name and one-time password.
///
/// # Errors
/// When the store fails.
pub async fn first_account(store: &Store, now: i64) -> Result<Option<(String, String)>, Failure> {
    let accounts: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM staff").fetch_one(store.reader()).await?;
    if accounts > 0 {
        return Ok(None);
    }
    let account = "kepala-loket";
    let password = add(store, account, "Kepala Loket", now).await?;
    Ok(Some((account.to_owned(), password)))
}
