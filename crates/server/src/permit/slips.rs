//! Survey slips for people served at the counter: a sheet of one-time codes to print and cut.
//! Drawn with `canvas`; the codes come from the API.

use super::canvas::{Canvas, DrawError, HEIGHT, Role, Style, WIDTH, bold, plain};
use super::words;
use satu_pintu_domain::content::Office;
use satu_pintu_domain::date::Day;

const COLUMNS: usize = 2;
const ROWS: usize = 6;
const MARGIN: f32 = 36.0;

/// A4 sheets of twelve slips. `until` is the last day of the survey.
///
/// # Errors
/// When it cannot be drawn.
pub fn pdf(office: &Office, base_url: &str, codes: &[String], until: Day, on: Day) -> Result<Vec<u8>, DrawError> {
    let mut canvas = Canvas::new()?;
    let (wide, high) = ((WIDTH - 2.0 * MARGIN) / COLUMNS as f32, (HEIGHT - 2.0 * MARGIN) / ROWS as f32);
    for (i, code) in codes.iter().enumerate() {
        let place = i % (COLUMNS * ROWS);
        if i > 0 && place == 0 {
            canvas.page();
        }
        let x = MARGIN + wide * (place % COLUMNS) as f32;
        let y = MARGIN + high * (place / COLUMNS) as f32;
        canvas.frame(x, y, wide, high, 0.4, [150, 156, 164]);
        slip(&mut canvas, (x + 12.0, y + 12.0, wide - 24.0), office, base_url, code, until)?;
    }
    canvas.finish("Kode survei", &office.name, on, &[])
}

fn slip(
    canvas: &mut Canvas,
    (x, y, wide): (f32, f32, f32),
    office: &Office,
    base_url: &str,
    code: &str,
    until: Day,
) -> Result<(), DrawError> {
    const SIZE: f32 = 82.0;
    // The code goes in the fragment, which no server and no log sees.
    canvas.qr(x, y + 2.0, SIZE, &format!("{base_url}/survei#{code}"), "Kode QR menuju survei")?;
    let x = x + SIZE + 12.0;
    let wide = wide - SIZE - 12.0;
    let node = Some(canvas.node(Role::Text));
    let mut y = y + 10.0;
    let mut put = |canvas: &mut Canvas, style: Style, step: f32, text: &str| {
        for line in canvas.wrap(style, wide, text) {
            canvas.text(node, x, y, style, &format!("{} ", line.trim_end()));
            y += step;
        }
        y += 2.0;
    };
    put(canvas, bold(10.5), 13.0, "Bagaimana pelayanan kami?");
    let site = base_url.trim_start_matches("https://").trim_start_matches("http://");
    put(canvas, plain(8.5), 11.0, &format!("Pindai kode ini atau buka {site}/survei lalu masukkan:"));
    put(canvas, bold(10.0), 13.0, code);
    put(canvas, plain(8.0), 10.5, &format!("Sekali pakai, sampai {}. Jawaban tidak memuat nama.", words::date(until)));
    put(canvas, Style { ink: [90, 96, 104], ..plain(7.5) }, 10.0, &office.name);
    Ok(())
}
