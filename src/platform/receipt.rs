//! Draws a receipt as a PNG and hands it to the phone as a download: a picture in the gallery is what people
//! find again. Browser only.

use qrcodegen::{QrCode, QrCodeEcc};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

const WIDTH: f64 = 720.0;
const MARGIN: f64 = 40.0;
/// Between a figure and the next label.
const GAP: f64 = 14.0;
const FONT: &str = "system-ui, Roboto, sans-serif";

/// Lines (bold or not), a QR of `link` below, saved as `name`. False when the browser cannot.
pub fn save(lines: &[(bool, String)], link: &str, name: &str) -> bool {
    draw(lines, link, name).is_some()
}

fn draw(lines: &[(bool, String)], link: &str, name: &str) -> Option<()> {
    let canvas: HtmlCanvasElement = super::document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    let code = QrCode::encode_text(link, QrCodeEcc::Medium).ok().filter(|_| !link.is_empty());
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let broken: Vec<(bool, String)> = lines.iter().flat_map(|(bold, text)| wrap(&context, *bold, text)).collect();
    let unit = code.as_ref().map_or(0.0, |c| (360.0 / f64::from(c.size() + 8)).floor());
    let code_side = code.as_ref().map_or(0.0, |c| f64::from(c.size() + 8) * unit);
    let gaps = GAP * broken.windows(2).filter(|w| w[0].0 && !w[1].0).count() as f64;
    let lines: f64 = broken.iter().map(|(bold, _)| line_height(*bold)).sum();
    let height = MARGIN * 2.0 + lines + gaps + code_side;
    canvas.set_width(WIDTH as u32);
    canvas.set_height(height as u32);
    set(&context, "fillStyle", "#fff");
    context.fill_rect(0.0, 0.0, WIDTH, height);
    set(&context, "fillStyle", "#0a5c59");
    context.fill_rect(0.0, 0.0, WIDTH, 12.0);
    set(&context, "fillStyle", "#17262b");
    let mut y = MARGIN;
    let mut before = false;
    for (bold, text) in &broken {
        if before && !bold {
            y += GAP;
        }
        before = *bold;
        set(&context, "font", &font(*bold));
        y += line_height(*bold);
        let _ = context.fill_text(text, MARGIN, y - 10.0);
    }
    if let Some(code) = code {
        set(&context, "fillStyle", "#000");
        let left = (WIDTH - code_side) / 2.0;
        for row in 0..code.size() {
            for column in (0..code.size()).filter(|column| code.get_module(*column, row)) {
                let at = |n: i32| f64::from(n + 4) * unit;
                context.fill_rect(left + at(column), y + at(row), unit, unit);
            }
        }
    }
    let name = name.to_string();
    let give = Closure::once_into_js(move |blob: JsValue| {
        let _ = blob.dyn_into::<web_sys::Blob>().ok().map(|blob| super::share::download(&blob, &name));
    });
    canvas.to_blob(give.unchecked_ref()).ok()
}

fn font(bold: bool) -> String {
    if bold { format!("700 30px {FONT}") } else { format!("400 22px {FONT}") }
}

fn line_height(bold: bool) -> f64 {
    if bold { 44.0 } else { 32.0 }
}

fn set(context: &CanvasRenderingContext2d, name: &str, value: &str) {
    let _ = js_sys::Reflect::set(context, &name.into(), &value.into());
}

/// A text in lines that fit.
fn wrap(context: &CanvasRenderingContext2d, bold: bool, text: &str) -> Vec<(bool, String)> {
    set(context, "font", &font(bold));
    let fits = |line: &str| context.measure_text(line).is_ok_and(|m| m.width() <= WIDTH - 2.0 * MARGIN);
    let mut lines: Vec<(bool, String)> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_string() } else { [&line, " ", word].concat() };
        if fits(&longer) || line.is_empty() {
            line = longer;
        } else {
            lines.push((bold, std::mem::replace(&mut line, word.to_string())));
        }
    }
    lines.push((bold, line));
    lines
}
