//! `satu-pintu staff add | disable | passwd | list`, and the first account of a new office.
//! A password made here is used once: it must be changed at the first sign-in.

use super::deeds::{self, CONSOLE, Deed};
use super::password;
use crate::Failure;
use crate::clock::Clock;
use crate::config::StoreOptions;
use crate::store::Store;
use satu_pintu_domain::staff::{Role, Roles};

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
        /// front-office, back-office, agency, signer, complaints, head, administrator; several with commas
        #[arg(long = "role", value_delimiter = ',', default_value = "front-office,back-office", value_parser = role)]
        roles: Vec<Role>,
        /// The agency of the role agency, by its id of office.toml
        #[arg(long, default_value = "")]
        agency: String,
        #[command(flatten)]
        store: StoreOptions,
    },
    /// Gives an account other roles.
    Role {
        account: String,
        #[arg(long = "role", value_delimiter = ',', required = true, value_parser = role)]
        roles: Vec<Role>,
        #[arg(long, default_value = "")]
        agency: String,
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
    let now = Clock::System.now();
    match command {
        Command::Add { account, name, roles, agency, store } => {
            let store = Store::open(&store.database_url()?).await?;
            let password = add(&store, CONSOLE, &account, &name, &Post { roles: Roles(roles), agency }, now).await?;
            println!("Akun {account} dibuat untuk {}.", name.trim());
            tell(&password);
            store.close().await;
        }
        Command::Role { account, roles, agency, store } => {
            let store = Store::open(&store.database_url()?).await?;
            give(&store, CONSOLE, &account, &Post { roles: Roles(roles), agency }, now).await?;
            println!("Peran akun {account} diganti.");
            store.close().await;
        }
        Command::Disable { account, store } => {
            let store = Store::open(&store.database_url()?).await?;
            disable(&store, CONSOLE, &account, now).await?;
            println!("Akun {account} dinonaktifkan dan dikeluarkan.");
            store.close().await;
        }
        Command::Passwd { account, store } => {
            let store = Store::open(&store.database_url()?).await?;
            let password = renew(&store, CONSOLE, &account, now).await?;
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

fn role(text: &str) -> Result<Role, String> {
    let known = || Role::ALL.iter().map(|role| role.id()).collect::<Vec<_>>().join(", ");
    text.parse().map_err(|_| format!("peran tidak dikenal; pakai salah satu dari {}", known()))
}

/// What somebody is at the desk.
pub struct Post {
    pub roles: Roles,
    /// Of the role [`Role::Agency`].
    pub agency: String,
}

impl Post {
    /// Each role once; an agency where there is that role, and only there.
    fn written(&self) -> Result<(String, String), Failure> {
        let roles: Roles = self.roles.to_string().parse().unwrap_or_default();
        let agency = self.agency.trim();
        match (roles.0.contains(&Role::Agency), agency.is_empty()) {
            (true, true) => Err("sebutkan dinas untuk peran dinas teknis".into()),
            (false, _) => Ok((roles.to_string(), String::new())),
            (true, false) => Ok((roles.to_string(), agency.to_owned())),
        }
    }
}

fn tell(password: &str) {
    println!("Kata sandi sekali pakai: {password}");
    println!("Ganti saat masuk pertama kali. Kata sandi ini tidak ditampilkan lagi.");
}

async fn list(store: &Store) -> Result<(), Failure> {
    for Known { account, name, post, state } in all(store).await? {
        println!("{account:<20}  {name:<30}  {state:<26}  {} {}", post.roles, post.agency);
    }
    Ok(())
}

/// An account there is.
pub struct Known {
    pub account: String,
    pub name: String,
    pub post: Post,
    /// In words.
    pub state: &'static str,
}

/// All accounts by name.
///
/// # Errors
/// When the store fails.
pub async fn all(store: &Store) -> Result<Vec<Known>, Failure> {
    let rows: Vec<(String, String, String, String, i64, i64)> =
        sqlx::query_as("SELECT account, name, roles, agency, must_change, disabled FROM staff ORDER BY account")
            .fetch_all(store.reader())
            .await?;
    let known = rows.into_iter().map(|(account, name, roles, agency, must_change, disabled)| {
        let state = match (disabled, must_change) {
            (0, 0) => "aktif",
            (0, _) => "belum mengganti kata sandi",
            _ => "nonaktif",
        };
        Known { account, name, post: Post { roles: roles.parse().unwrap_or_default(), agency }, state }
    });
    Ok(known.collect())
}

/// Adds an account in the name of `by`; returns its one-time password.
///
/// # Errors
/// A sentence when the name is not one or is taken.
pub async fn add(store: &Store, by: &str, account: &str, name: &str, post: &Post, now: i64) -> Result<String, Failure> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_".contains(c);
    if !(2..=40).contains(&account.len()) || !account.chars().all(fits) {
        return Err("nama akun terdiri dari 2 sampai 40 huruf kecil, angka, titik atau tanda hubung".into());
    }
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 80 || name.chars().any(char::is_control) {
        return Err("isi --name dengan nama petugas, paling banyak 80 huruf".into());
    }
    let (roles, agency) = post.written()?;
    let password = password::one_time();
    let hash = password::hash(&password).await?;
    let mut tx = store.begin().await?;
    let added = sqlx::query(
        "INSERT INTO staff (account, name, password, must_change, disabled, created, roles, agency) \
         VALUES ($1, $2, $3, 1, 0, $4, $5, $6) ON CONFLICT (account) DO NOTHING",
    )
    .bind(account)
    .bind(name)
    .bind(hash)
    .bind(now)
    .bind(roles)
    .bind(agency)
    .execute(&mut *tx)
    .await?;
    if added.rows_affected() == 0 {
        return Err(format!("akun {account} sudah ada; pakai `satu-pintu staff passwd {account}`").into());
    }
    deeds::write(&mut tx, by, Deed::AccountAdded, account, now).await?;
    tx.commit().await?;
    Ok(password)
}

/// Gives an account other roles.
///
/// # Errors
/// A sentence when there is no such account.
pub async fn give(store: &Store, by: &str, account: &str, post: &Post, now: i64) -> Result<(), Failure> {
    let (roles, agency) = post.written()?;
    let mut tx = store.begin().await?;
    let changed = sqlx::query("UPDATE staff SET roles = $1, agency = $2 WHERE account = $3")
        .bind(roles)
        .bind(agency)
        .bind(account)
        .execute(&mut *tx)
        .await?;
    if changed.rows_affected() == 0 {
        return Err(format!("akun {account} tidak ada").into());
    }
    deeds::write(&mut tx, by, Deed::RolesGiven, account, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Disables an account and ends its sessions.
///
/// # Errors
/// A sentence when there is no such account.
pub async fn disable(store: &Store, by: &str, account: &str, now: i64) -> Result<(), Failure> {
    let mut tx = store.begin().await?;
    let changed =
        sqlx::query("UPDATE staff SET disabled = 1 WHERE account = $1").bind(account).execute(&mut *tx).await?;
    if changed.rows_affected() == 0 {
        return Err(format!("akun {account} tidak ada").into());
    }
    sqlx::query("DELETE FROM sessions WHERE account = $1").bind(account).execute(&mut *tx).await?;
    deeds::write(&mut tx, by, Deed::AccountDisabled, account, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Gives an account a new one-time password, enables it and ends its sessions.
///
/// # Errors
/// A sentence when there is no such account.
pub async fn renew(store: &Store, by: &str, account: &str, now: i64) -> Result<String, Failure> {
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
    deeds::write(&mut tx, by, Deed::PasswordRenewed, account, now).await?;
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
    // Whoever starts the office does everything until there are others; a decision still takes two.
    let post = Post {
        roles: Roles(Role::ALL.iter().copied().filter(|role| *role != Role::Agency).collect()),
        agency: String::new(),
    };
    let password = add(store, CONSOLE, account, "Kepala Loket", &post, now).await?;
    Ok(Some((account.to_owned(), password)))
}
