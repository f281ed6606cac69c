//! Drafts, files and answers that wait on an own phone, encrypted with a key that no script can read out (AES-GCM;
//! the key object lies in the same database). That stops whoever looks into the browser's storage in passing, not
//! whoever takes the phone apart. Where the page may not encrypt (plain HTTP), things are kept as they are.
//!
//! A sealed thing is an array: whose it is (an application's number, readable), 12 random bytes, the ciphertext.

use super::super::{bytes::Bytes, locks};
use super::database::{self, Store};
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

/// Where the key object lies.
const KEY: &str = "kunci-hp";
const CIPHER: &str = "AES-GCM";

/// Whether this page can encrypt.
pub fn possible() -> bool {
    subtle().is_some()
}

/// Keeps a text; true only when it is on the phone.
pub async fn put_text(key: &str, whose: &str, text: &str) -> bool {
    let plain = Uint8Array::from(text.as_bytes());
    match seal(whose, &plain).await {
        Some(sealed) => database::put(Store::Texts, key, &sealed).await,
        None => !possible() && database::put_text(key, text).await,
    }
}

/// A text, if there is one and it can be opened.
pub async fn get_text(key: &str) -> Option<String> {
    let value = database::get(Store::Texts, key).await?;
    if let Some(text) = value.as_string() {
        return Some(text);
    }
    String::from_utf8(Uint8Array::new(&open(value).await?).to_vec()).ok()
}

/// Whose a text is. Nothing is opened for that; of what an older version kept unsealed it is not known.
pub async fn whose(key: &str) -> Option<String> {
    database::get(Store::Texts, key).await?.dyn_into::<Array>().ok()?.get(0).as_string()
}

/// Keeps the bytes of a file; true only when they are on the phone.
pub async fn put_file(key: &str, whose: &str, bytes: &Bytes) -> bool {
    match seal(whose, &Uint8Array::new(&bytes.to_js())).await {
        Some(sealed) => database::put(Store::Files, key, &sealed).await,
        None => !possible() && database::put(Store::Files, key, &bytes.to_js()).await,
    }
}

/// The bytes of a file.
pub async fn get_file(key: &str) -> Option<Bytes> {
    let value = database::get(Store::Files, key).await?;
    let plain = if value.is_instance_of::<Array>() { open(value).await? } else { value };
    Bytes::from_js(plain)
}

async fn seal(whose: &str, plain: &Uint8Array) -> Option<JsValue> {
    let (subtle, key) = (subtle()?, key().await?);
    let mut random = [0u8; 12];
    super::super::window()?.crypto().ok()?.get_random_values_with_u8_array(&mut random).ok()?;
    let random = Uint8Array::from(random.as_slice());
    let promise = subtle.encrypt_with_object_and_buffer_source(&cipher(&random), &key, plain).ok()?;
    let sealed = JsFuture::from(promise).await.ok()?;
    Some(Array::of3(&whose.into(), &random, &sealed).into())
}

async fn open(sealed: JsValue) -> Option<JsValue> {
    let parts = sealed.dyn_into::<Array>().ok()?;
    let (subtle, key) = (subtle()?, key().await?);
    let random: Uint8Array = parts.get(1).dyn_into().ok()?;
    let data: js_sys::ArrayBuffer = parts.get(2).dyn_into().ok()?;
    let promise = subtle.decrypt_with_object_and_buffer_source(&cipher(&random), &key, &data).ok()?;
    JsFuture::from(promise).await.ok()
}

pub(in crate::platform) fn subtle() -> Option<SubtleCrypto> {
    let crypto: JsValue = super::super::window()?.crypto().ok()?.into();
    let subtle = Reflect::get(&crypto, &"subtle".into()).ok()?;
    (!subtle.is_undefined()).then(|| subtle.unchecked_into())
}

/// With the random bytes, how something is encrypted; without, what kind of key is made.
fn cipher(random: &JsValue) -> Object {
    let cipher = Object::new();
    let _ = Reflect::set(&cipher, &"name".into(), &CIPHER.into());
    let _ = Reflect::set(&cipher, &"iv".into(), random);
    let _ = Reflect::set(&cipher, &"length".into(), &256.into());
    cipher
}

/// The phone's key; made once, by one tab.
async fn key() -> Option<CryptoKey> {
    if let Some(key) = database::get(Store::Files, KEY).await {
        return key.dyn_into().ok();
    }
    let _held = locks::alone(KEY).await;
    if let Some(key) = database::get(Store::Files, KEY).await {
        return key.dyn_into().ok();
    }
    let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
    let promise = subtle()?.generate_key_with_object(&cipher(&JsValue::UNDEFINED), false, &uses).ok()?;
    let key = JsFuture::from(promise).await.ok()?;
    database::put(Store::Files, KEY, &key).await.then(|| key.unchecked_into())
}
