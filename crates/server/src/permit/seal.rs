//! The office's seal: what a permit says, signed with Ed25519 as a JWS (RFC 7515, RFC 8037) that anybody verifies
//! without a network against the published key. It travels in the fragment of the QR's address and in the PDF.

use crate::Failure;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as CODED;
use ring::rand::SystemRandom;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use satu_pintu_domain::date::Day;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::path::Path;

/// The one header there is: whoever verifies takes no other.
const HEADER: &str = r#"{"alg":"EdDSA"}"#;

/// Longest name in a QR code that a phone still reads well.
const NAME: usize = 60;

/// What is signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    pub number: String,
    pub holder: String,
    pub service: String,
    pub issued: Day,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Of the page that tells whether it was withdrawn.
    pub code: String,
}

/// The private key of the office.
pub struct Seal(Ed25519KeyPair);

impl Seal {
    /// Opens the key file, which is made at the first start and read by its owner only.
    ///
    /// # Errors
    /// A sentence when the file cannot be made or is no key.
    pub fn open(path: &Path) -> Result<Seal, Failure> {
        let shown = path.display();
        if !path.exists() {
            let made = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| "no random bytes for a key")?;
            write_private(path, made.as_ref()).map_err(|e| format!("the key {shown} cannot be made: {e}"))?;
        }
        let bytes = std::fs::read(path).map_err(|e| format!("the key {shown} cannot be read: {e}"))?;
        Ed25519KeyPair::from_pkcs8(&bytes).map(Seal).map_err(|e| format!("{shown} is no Ed25519 key: {e}").into())
    }

    /// The signed text.
    pub fn sign(&self, claims: &Claims) -> String {
        let claims = Claims { holder: claims.holder.chars().take(NAME).collect(), ..claims.clone() };
        let body = serde_json::to_vec(&claims).unwrap_or_default();
        let text = format!("{}.{}", CODED.encode(HEADER), CODED.encode(body));
        let signature = self.0.sign(text.as_bytes());
        format!("{text}.{}", CODED.encode(signature))
    }

    /// The public key as a set of keys (RFC 7517).
    pub fn published(&self) -> Value {
        let key = self.0.public_key().as_ref();
        let id = &crate::secret::sha256(key)[..16];
        json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": id, "x": CODED.encode(key) }] })
    }
}

fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// What a signed text says, when one of the published keys signed it.
pub fn verify(token: &str, published: &Value) -> Option<Claims> {
    let (text, signature) = token.rsplit_once('.')?;
    let (header, body) = text.split_once('.')?;
    if CODED.decode(header).ok()? != HEADER.as_bytes() {
        return None;
    }
    let signature = CODED.decode(signature).ok()?;
    let keys = published.get("keys")?.as_array()?;
    let ours = keys.iter().filter(|key| key["kty"] == "OKP" && key["crv"] == "Ed25519");
    let mut ours = ours.filter_map(|key| CODED.decode(key["x"].as_str()?).ok());
    ours.any(|key| UnparsedPublicKey::new(&ED25519, key).verify(text.as_bytes(), &signature).is_ok())
        .then(|| serde_json::from_slice(&CODED.decode(body).ok()?).ok())?
}

/// The signed text in the bytes of a permit or in what a QR code said.
pub fn find(bytes: &[u8]) -> Option<String> {
    let start = CODED.encode(HEADER) + ".";
    let at = bytes.windows(start.len()).position(|window| window == start.as_bytes())?;
    let part = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    let token: Vec<u8> = bytes[at..].iter().take_while(part).copied().collect();
    String::from_utf8(token).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_signed_verifies_and_nothing_else_does() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kunci");
        let seal = Seal::open(&path).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        let claims = Claims {
            number: "503/SP-REKLAME/0001/2026".into(),
            holder: "Sri Contoh".into(),
            service: "reklame".into(),
            issued: "2026-03-30".parse().unwrap(),
            until: Some("2027-03-30".parse().unwrap()),
            code: "7K2M9QX4T0BD5HVN".into(),
        };
        let token = seal.sign(&claims);
        // The same key after a restart.
        let published = Seal::open(&path).unwrap().published();
        assert_eq!(verify(&token, &published), Some(claims.clone()));
        let other = Seal::open(&folder.path().join("lain")).unwrap();
        assert_eq!(verify(&token, &other.published()), None);
        // Any letter changed, anywhere. The last one of a coded part holds bits that are not used.
        for at in 0..token.len() - 1 {
            let mut bytes = token.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            assert_eq!(verify(&changed, &published), None, "{at}");
        }
        let found = format!("xx https://a/cek/1#{token}) yy");
        assert_eq!(find(found.as_bytes()), Some(token));
        assert_eq!(find(b"nothing"), None);
        std::fs::write(&path, b"nothing").unwrap();
        assert!(Seal::open(&path).is_err());
    }
}
