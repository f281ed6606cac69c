//! The photo judge: a module of its own in a worker (`judge.js`, crates/judge), fetched with the first photo. Without
//! it, or when it takes too long, there is no verdict, and nothing waits for one.

use super::bytes::Bytes;
use super::time;
use js_sys::{Array, Function, Object, Promise, Reflect};
use std::cell::{Cell, RefCell};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{EventTarget, MessageEvent};

/// How long a slow phone may take, with fetching the module on a slow link.
pub const PATIENCE_MS: i32 = 8_000;

/// An answer, or that the worker cannot be fetched or fails.
const HEARD: [&str; 2] = ["message", "error"];

/// What was seen on a photo.
#[derive(Clone)]
pub struct Verdict {
    /// To be given as known with the next photo.
    pub hash: String,
    /// Codes of what is wrong (`satu_pintu_judge::Fault`), the weightiest first.
    pub faults: Vec<String>,
    /// A small JPEG of where the first one shows.
    pub picture: Option<Bytes>,
}

thread_local! {
    static WORKER: RefCell<Option<EventTarget>> = const { RefCell::new(None) };
    static COUNT: Cell<u32> = const { Cell::new(0) };
}

/// Judges a photo beside the hashes of those that were given already.
pub async fn judge(bytes: &Bytes, media_type: &str, known: &[String]) -> Option<Verdict> {
    let worker = worker()?;
    let id = COUNT.get() + 1;
    COUNT.set(id);
    let question = Object::new();
    let known = known.concat();
    for (name, value) in [
        ("id", JsValue::from(id)),
        ("bytes", bytes.to_js()),
        ("type", JsValue::from(media_type)),
        ("known", JsValue::from(known.as_str())),
    ] {
        Reflect::set(&question, &name.into(), &value).ok()?;
    }
    let mut heard: Option<Closure<dyn FnMut(MessageEvent)>> = None;
    let answer = Promise::new(&mut |resolve, _| {
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let data = event.data();
            if event.type_() == "error" {
                let _ = resolve.call0(&JsValue::NULL);
            } else if Reflect::get(&data, &"id".into()).ok().and_then(|n| n.as_f64()) == Some(f64::from(id)) {
                let _ = resolve.call1(&JsValue::NULL, &data);
            }
        });
        for event in HEARD {
            let _ = worker.add_event_listener_with_callback(event, hear.as_ref().unchecked_ref());
        }
        heard = Some(hear);
    });
    method(&worker, "postMessage")?.call1(&worker, &question).ok()?;
    let late = wasm_bindgen_futures::future_to_promise(async {
        time::sleep(PATIENCE_MS).await;
        Ok(JsValue::NULL)
    });
    let answer = JsFuture::from(Promise::race(&Array::of2(&answer, &late))).await.ok();
    if let Some(hear) = heard {
        for event in HEARD {
            let _ = worker.remove_event_listener_with_callback(event, hear.as_ref().unchecked_ref());
        }
    }
    read(&answer?)
}

fn read(answer: &JsValue) -> Option<Verdict> {
    let text = Reflect::get(answer, &"text".into()).ok()?.as_string()?;
    let mut lines = text.lines();
    let hash = lines.next().filter(|hash| !hash.is_empty())?.to_string();
    let code = |line: &str| line.split(' ').next().unwrap_or_default().to_string();
    let picture = Reflect::get(answer, &"picture".into()).ok().and_then(Bytes::from_js);
    Some(Verdict { hash, faults: lines.map(code).collect(), picture })
}

/// The worker, begun when it is first asked for. Its address is told by the page's script (`src/shell/loader.js`).
fn worker() -> Option<EventTarget> {
    let known = WORKER.with_borrow(Clone::clone);
    if known.is_some() {
        return known;
    }
    let window: Object = super::window()?.into();
    let address = Reflect::get(&window, &"photoJudge".into()).ok()?.as_string()?;
    let made = Reflect::construct(&method(&window, "Worker")?, &Array::of1(&address.into())).ok()?;
    let worker: EventTarget = made.dyn_into().ok()?;
    WORKER.set(Some(worker.clone()));
    Some(worker)
}

/// Browsers without workers have no such function.
fn method(of: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(of, &name.into()).ok()?.dyn_into().ok()
}
