//! `satu-pintu files verify`: whether every paper and permit is as it was received.

use super::Files;
use crate::Failure;
use crate::config::StoreOptions;
use crate::secret::sha256;
use crate::store::Store;
use futures_util::TryStreamExt;

#[derive(clap::Subcommand)]
pub enum Command {
    /// Reads every file again and names those that are gone or changed
    Verify {
        #[command(flatten)]
        store: StoreOptions,
    },
}

/// # Errors
/// How many files are not as they were received; each is named on a line of its own.
pub async fn run(command: Command) -> Result<(), Failure> {
    let Command::Verify { store: place } = command;
    let store = Store::open(&place.database_url()?).await?;
    let files = Files::open(&place.files_place()).await?;
    let (mut whole, mut wrong) = (0_u64, 0_u64);
    let mut rows = sqlx::query_as::<_, (String, String, String)>(
        "SELECT number, object, sha256 FROM files UNION ALL SELECT application, object, sha256 FROM permits ORDER BY 1, 2",
    )
    .fetch(store.reader());
    while let Some((number, object, sum)) = rows.try_next().await? {
        let fault = match files.bytes(&object).await {
            Ok(bytes) if sha256(&bytes) == sum => {
                whole += 1;
                continue;
            }
            Ok(_) => "berubah",
            Err(object_store::Error::NotFound { .. }) => "hilang",
            Err(error) => return Err(error.into()),
        };
        println!("permohonan {number}: berkas {object} {fault}");
        wrong += 1;
    }
    drop(rows);
    store.close().await;
    if wrong > 0 {
        return Err(format!("{wrong} berkas tidak seperti saat diterima").into());
    }
    println!("Utuh: {whole} berkas.");
    Ok(())
}
