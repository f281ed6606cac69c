//! Certificate and key for `serve --tls-cert --tls-key`.

use crate::Failure;
use axum_server::tls_rustls::RustlsConfig;
use std::path::Path;

/// Reads PEM files.
///
/// # Errors
/// A sentence that names the file and what is wrong with it.
pub async fn config(cert: &Path, key: &Path) -> Result<RustlsConfig, Failure> {
    provider();
    let read = async |path: &Path, what: &str| {
        let bytes = tokio::fs::read(path).await;
        bytes.map_err(|e| format!("the {what} {} cannot be read: {e}", path.display()))
    };
    let (cert_pem, key_pem) = (read(cert, "certificate").await?, read(key, "key").await?);
    for (path, pem, what) in [(cert, &cert_pem, "CERTIFICATE"), (key, &key_pem, "PRIVATE KEY")] {
        if !String::from_utf8_lossy(pem).contains(what) {
            return Err(format!("{} holds no PEM block of kind {what}", path.display()).into());
        }
    }
    let config = RustlsConfig::from_pem(cert_pem, key_pem).await;
    Ok(config.map_err(|e| format!("{} and {} do not fit together: {e}", cert.display(), key.display()))?)
}

/// The one implementation of TLS primitives used everywhere here.
pub fn provider() {
    // Fails only when one is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
