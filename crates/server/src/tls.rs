//! Certificate and key for `serve --tls-cert --tls-key`.

use crate::Failure;
use axum_server::tls_rustls::RustlsConfig;
use std::path::Path;

/// Reads PEM files.
///
/// # Errors
/// A sentence that names the file and what is wrong with it.
pub async fn config(cert: &Path, key: &Path) -> Result<RustlsConfig, Failure> {
    Ok(RustlsConfig::from_pem_file(cert, key).await?)
}
