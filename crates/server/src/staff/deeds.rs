//! Who did what, of things that belong to no application: the ledger has the others. It only grows.

use crate::problem::Answer;
use crate::secret;
use crate::store::{Store, Tx};

/// From the program's command line: whoever has the machine has no account.
pub const CONSOLE: &str = "";

/// What was done.
#[derive(Clone, Copy)]
pub enum Deed {
    AccountAdded,
    RolesGiven,
    AccountDisabled,
    PasswordRenewed,
    NoticeBegun,
    NoticeEnded,
    SlipsMade,
    Rung,
    Told,
}

impl Deed {
    const ALL: [Deed; 9] = [
        Deed::AccountAdded,
        Deed::RolesGiven,
        Deed::AccountDisabled,
        Deed::PasswordRenewed,
        Deed::NoticeBegun,
        Deed::NoticeEnded,
        Deed::SlipsMade,
        Deed::Rung,
        Deed::Told,
    ];

    /// As it is written down.
    fn code(self) -> &'static str {
        match self {
            Deed::AccountAdded => "account-added",
            Deed::RolesGiven => "roles-given",
            Deed::AccountDisabled => "account-disabled",
            Deed::PasswordRenewed => "password-renewed",
            Deed::NoticeBegun => "notice-begun",
            Deed::NoticeEnded => "notice-ended",
            Deed::SlipsMade => "slips-made",
            Deed::Rung => "rung",
            Deed::Told => "told",
        }
    }

    /// As people read it, before what it was done to.
    pub fn words(self) -> &'static str {
        match self {
            Deed::AccountAdded => "membuat akun",
            Deed::RolesGiven => "mengganti peran akun",
            Deed::AccountDisabled => "menonaktifkan akun",
            Deed::PasswordRenewed => "memberi kata sandi baru untuk akun",
            Deed::NoticeBegun => "mengumumkan gangguan",
            Deed::NoticeEnded => "mengakhiri gangguan",
            Deed::SlipsMade => "membuat kode survei sebanyak",
            Deed::Rung => "menelepon balik untuk gangguan",
            Deed::Told => "mengabari pemohon",
        }
    }
}

/// Writes down that `account` did something about an account, a number, a site or a count.
///
/// # Errors
/// When the database fails.
pub async fn write(tx: &mut Tx, account: &str, deed: Deed, about: &str, now: i64) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO deeds (id, at, account, kind, about) VALUES ($1, $2, $3, $4, $5)")
        .bind(secret::id())
        .bind(now)
        .bind(account.to_owned())
        .bind(deed.code())
        .bind(about.to_owned())
        .execute(&mut **tx)
        .await
        .map(drop)
}

/// Something that was done.
pub struct Done {
    pub at: i64,
    pub account: String,
    pub deed: Deed,
    pub about: String,
}

/// The latest, newest first.
///
/// # Errors
/// When the database fails.
pub async fn latest(store: &Store, most: i64) -> Answer<Vec<Done>> {
    let rows: Vec<(i64, String, String, String)> =
        sqlx::query_as("SELECT at, account, kind, about FROM deeds ORDER BY at DESC, id LIMIT $1")
            .bind(most)
            .fetch_all(store.reader())
            .await?;
    let done = |(at, account, kind, about): (i64, String, String, String)| {
        let deed = Deed::ALL.into_iter().find(|deed| deed.code() == kind)?;
        Some(Done { at, account, deed, about })
    };
    Ok(rows.into_iter().filter_map(done).collect())
}
