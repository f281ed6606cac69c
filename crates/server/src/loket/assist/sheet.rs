//! The sheet that the applicant takes home: number, key, and the QR code that opens both on a phone.

use super::consent;
use crate::applications::open::Open;
use crate::permit::canvas::{Canvas, DrawError, Role, Style, WIDTH, bold, plain};
use crate::permit::words;
use crate::problem::{Answer, Fault};
use satu_pintu_domain::application::What;
use satu_pintu_domain::content::Office;
use satu_pintu_domain::date::Day;
use satu_pintu_domain::key::Key;

const LEFT: f32 = 64.0;
const TEXT: f32 = WIDTH - 2.0 * LEFT;
const QR: f32 = 150.0;

pub struct Sheet {
    office: Office,
    base: String,
    number: String,
    service: String,
    key: String,
    /// It was handed in; else the applicant goes on with the draft.
    sent: bool,
    messages: String,
    on: Day,
}

impl Sheet {
    pub fn of(open: &Open, key: &Key, base: String) -> Sheet {
        Sheet {
            office: open.content.office().clone(),
            base,
            number: open.row.number.clone(),
            service: open.content.service_name(&open.row.service),
            key: key.shown(),
            sent: open.events.iter().any(|event| matches!(event.what, What::Submitted { .. })),
            messages: consent::messages(&open.row.fields),
            on: open.today(),
        }
    }

    /// Draws it.
    ///
    /// # Errors
    /// When it cannot be drawn.
    pub async fn pdf(self) -> Answer<Vec<u8>> {
        let drawn = tokio::task::spawn_blocking(move || self.draw().map_err(|error| error.to_string()));
        drawn.await.map_err(Fault::broken)?.map_err(Fault::broken)
    }

    fn draw(&self) -> Result<Vec<u8>, DrawError> {
        let mut canvas = Canvas::new()?;
        let mut y = 80.0;
        let mut put = |canvas: &mut Canvas, role: Role, style: Style, step: f32, text: &str| {
            let node = Some(canvas.node(role));
            for line in canvas.wrap(style, TEXT, text) {
                canvas.text(node, LEFT, y, style, &line);
                y += step;
            }
            y += step * 0.4;
            y
        };
        let title = "Nomor dan kunci permohonan Anda";
        put(&mut canvas, Role::Text, plain(11.0), 15.0, &self.office.long);
        put(&mut canvas, Role::Heading(1, title.to_owned()), bold(20.0), 26.0, title);
        put(&mut canvas, Role::Text, plain(12.0), 17.0, &self.service);
        put(&mut canvas, Role::Text, plain(12.0), 16.0, "Nomor permohonan");
        put(&mut canvas, Role::Text, bold(22.0), 30.0, &self.number);
        put(&mut canvas, Role::Text, plain(12.0), 16.0, "Kunci, simpan seperti uang");
        let after = put(&mut canvas, Role::Text, bold(22.0), 30.0, &self.key);
        let address = format!("{}/urus/{}#{}", self.base, self.number, self.key);
        canvas.qr(LEFT, after, QR, &address, "Kode QR yang membuka permohonan ini")?;
        let next = if self.sent { "melacak permohonan" } else { "melanjutkan permohonan" };
        let site = self.base.trim_start_matches("https://").trim_start_matches("http://");
        let how = [
            format!("Pindai kode QR ini dengan kamera HP (ponsel) untuk {next}."),
            format!("Tanpa HP berkamera: buka {site}/lacak, lalu ketik nomor dan kuncinya."),
            self.messages.clone(),
            "Siapa pun yang memegang kunci ini bisa membuka data Anda. Jangan kirim fotonya kepada orang lain."
                .to_owned(),
            format!(
                "Kunci hilang? Datang ke loket dengan KTP (kartu tanda penduduk), atau telepon {}.",
                self.office.phone
            ),
        ];
        y = after + QR + 36.0;
        for text in &how {
            let node = Some(canvas.node(Role::Text));
            for line in canvas.wrap(plain(12.0), TEXT, text) {
                canvas.text(node, LEFT, y, plain(12.0), &line);
                y += 17.0;
            }
            y += 6.0;
        }
        let foot = format!("Dicetak {} di {}", words::day(self.on), self.office.name);
        let node = Some(canvas.node(Role::Text));
        canvas.text(node, LEFT, y + 12.0, plain(9.5), &foot);
        canvas.finish(title, &self.office.name, self.on, &[])
    }
}
