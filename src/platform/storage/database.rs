//! Two stores in IndexedDB, by key: `texts` (JSON) and `files` (anything, such as blobs). Each call is one
//! transaction with one request, and "kept" is said only after the transaction has completed, on the disk
//! (`durability: strict`).

use js_sys::{Array, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbTransaction, IdbTransactionMode};

const NAME: &str = "satu-pintu";
const VERSION: u32 = 1;

/// Which of the two stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    Texts,
    Files,
}

impl Store {
    fn name(self) -> &'static str {
        match self {
            Store::Texts => "texts",
            Store::Files => "files",
        }
    }
}

/// A text, if there is one and the phone gives it.
pub async fn get_text(key: &str) -> Option<String> {
    get(Store::Texts, key).await?.as_string()
}

/// Keeps a text; true only when it is on the phone.
pub async fn put_text(key: &str, value: &str) -> bool {
    put(Store::Texts, key, &JsValue::from_str(value)).await
}

pub async fn get(store: Store, key: &str) -> Option<JsValue> {
    let key = JsValue::from_str(key);
    let value = run(store, IdbTransactionMode::Readonly, move |s| s.get(&key)).await.ok()?;
    (!value.is_undefined()).then_some(value)
}

/// Whether there is such a thing; nothing when the phone does not tell.
pub async fn has(store: Store, key: &str) -> Option<bool> {
    let key = JsValue::from_str(key);
    let value = run(store, IdbTransactionMode::Readonly, move |s| s.get_key(&key)).await.ok()?;
    Some(!value.is_undefined())
}

pub async fn put(store: Store, key: &str, value: &JsValue) -> bool {
    let (key, value) = (JsValue::from_str(key), value.clone());
    run(store, IdbTransactionMode::Readwrite, move |s| s.put_with_key(&value, &key)).await.is_ok()
}

pub async fn remove(store: Store, key: &str) -> bool {
    let key = JsValue::from_str(key);
    run(store, IdbTransactionMode::Readwrite, move |s| s.delete(&key)).await.is_ok()
}

/// The keys that begin with `prefix`.
pub async fn keys(store: Store, prefix: &str) -> Vec<String> {
    match run(store, IdbTransactionMode::Readonly, |s| s.get_all_keys()).await {
        Ok(found) => {
            Array::from(&found).iter().filter_map(|k| k.as_string()).filter(|k| k.starts_with(prefix)).collect()
        }
        Err(_) => Vec::new(),
    }
}

type Request = Result<web_sys::IdbRequest, JsValue>;

/// One request in one transaction; its result once the transaction is complete.
async fn run(
    store: Store,
    mode: IdbTransactionMode,
    ask: impl FnOnce(&IdbObjectStore) -> Request,
) -> Result<JsValue, JsValue> {
    let database = open().await?;
    let result = within(&database, store, mode, ask).await;
    database.close();
    result
}

async fn within(
    database: &IdbDatabase,
    store: Store,
    mode: IdbTransactionMode,
    ask: impl FnOnce(&IdbObjectStore) -> Request,
) -> Result<JsValue, JsValue> {
    let transaction = begin(database, store, mode)?;
    let request = ask(&transaction.object_store(store.name())?)?;
    let done = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onerror(Some(&reject));
        transaction.set_onabort(Some(&reject));
    });
    JsFuture::from(done).await?;
    request.result()
}

/// A browser that does not know the wish for durability does as it always did.
fn begin(database: &IdbDatabase, store: Store, mode: IdbTransactionMode) -> Result<IdbTransaction, JsValue> {
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let begin: js_sys::Function = js_sys::Reflect::get(database, &"transaction".into())?.dyn_into()?;
    let mode = match mode {
        IdbTransactionMode::Readonly => "readonly",
        _ => "readwrite",
    };
    begin.call3(database, &store.name().into(), &mode.into(), &options)?.dyn_into()
}

/// Empties both stores.
pub async fn wipe() {
    for store in [Store::Texts, Store::Files] {
        let _ = run(store, IdbTransactionMode::Readwrite, |s| s.clear()).await;
    }
}

/// Opens the database, making its stores at the first time.
async fn open() -> Result<IdbDatabase, JsValue> {
    let refused = || JsValue::from_str("no database");
    let factory = super::super::window().ok_or_else(refused)?.indexed_db()?.ok_or_else(refused)?;
    let request = factory.open_with_u32(NAME, VERSION)?;
    let upgrading = request.clone();
    let upgrade = Closure::once(move || {
        if let Some(database) = upgrading.result().ok().and_then(|r| r.dyn_into::<IdbDatabase>().ok()) {
            let _ = database.create_object_store(Store::Texts.name());
            let _ = database.create_object_store(Store::Files.name());
        }
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    let done = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
        request.set_onblocked(Some(&reject));
    });
    JsFuture::from(done).await?;
    request.result()?.dyn_into()
}
