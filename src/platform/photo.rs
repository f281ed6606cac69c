//! Shrinks a photo with the browser's own decoder and canvas. That drops EXIF and GPS and turns the picture
//! upright. Runs in the browser only.

use super::bytes::Bytes;
use js_sys::Reflect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap};

/// How big a photo may be afterwards.
pub const MOST_BYTES: u64 = 400_000;
const LONGEST: f64 = 2_000.0;
/// Tried in this order until the photo is small enough: share of the longest side, quality.
const TRIES: [(f64, f64); 6] = [(1.0, 0.85), (1.0, 0.75), (1.0, 0.62), (0.8, 0.68), (0.65, 0.65), (0.5, 0.6)];

/// A JPEG of at most [`MOST_BYTES`]; `None` when the browser cannot read the picture.
pub async fn shrink(bytes: &Bytes, media_type: &str) -> Option<Bytes> {
    let picture = decode(bytes, media_type).await?;
    let result = smaller(&picture).await;
    picture.close();
    result
}

/// The same picture turned by a quarter to the right, as a JPEG; `None` when the browser cannot read it.
pub async fn turn(bytes: &Bytes) -> Option<Bytes> {
    let picture = decode(bytes, "image/jpeg").await?;
    let (width, height) = (f64::from(picture.width()), f64::from(picture.height()));
    let turned = paint(height, width, 0.9, |context| {
        context.translate(height, 0.0)?;
        context.rotate(std::f64::consts::FRAC_PI_2)?;
        context.draw_image_with_image_bitmap(&picture, 0.0, 0.0)
    });
    let turned = turned.await;
    picture.close();
    match turned {
        Some(turned) if turned.len() > MOST_BYTES => shrink(&turned, "image/jpeg").await,
        turned => turned,
    }
}

async fn decode(bytes: &Bytes, media_type: &str) -> Option<ImageBitmap> {
    let blob = bytes.blob(media_type)?;
    let promise = super::window()?.create_image_bitmap_with_blob(&blob).ok()?;
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

async fn smaller(picture: &ImageBitmap) -> Option<Bytes> {
    let (width, height) = (f64::from(picture.width()), f64::from(picture.height()));
    let full = (LONGEST / width.max(height)).min(1.0);
    let mut last = None;
    for (share, quality) in TRIES {
        let scale = full * share;
        let jpeg = draw(picture, (width * scale).max(1.0), (height * scale).max(1.0), quality).await?;
        let small = jpeg.len() <= MOST_BYTES;
        last = Some(jpeg);
        if small {
            break;
        }
    }
    last
}

async fn draw(picture: &ImageBitmap, width: f64, height: f64, quality: f64) -> Option<Bytes> {
    paint(width, height, quality, |context| {
        context.draw_image_with_image_bitmap_and_dw_and_dh(picture, 0.0, 0.0, width, height)
    })
    .await
}

/// A JPEG of what `put` draws.
async fn paint(
    width: f64,
    height: f64,
    quality: f64,
    put: impl FnOnce(&CanvasRenderingContext2d) -> Result<(), JsValue>,
) -> Option<Bytes> {
    let canvas: HtmlCanvasElement = super::document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let _ = Reflect::set(&context, &"imageSmoothingQuality".into(), &"high".into());
    // A transparent picture would turn black.
    let _ = Reflect::set(&context, &"fillStyle".into(), &"#fff".into());
    context.fill_rect(0.0, 0.0, width, height);
    put(&context).ok()?;
    let done = js_sys::Promise::new(&mut |resolve, _| {
        let give = Closure::once_into_js(move |blob: JsValue| {
            let _ = resolve.call1(&JsValue::NULL, &blob);
        });
        let quality = JsValue::from_f64(quality);
        let _ = canvas.to_blob_with_type_and_encoder_options(give.unchecked_ref(), "image/jpeg", &quality);
    });
    let blob: web_sys::Blob = JsFuture::from(done).await.ok()?.dyn_into().ok()?;
    // The memory of a big canvas is not waited for.
    canvas.set_width(0);
    Bytes::of_blob(&blob).await
}
