//! A permit on A4: letterhead, what is granted, to whom, how long, on what law, signature and QR code.
//! `permit::issue` fills a [`Paper`]; [`Paper::pdf`] draws it with `canvas`.

use super::canvas::{BLACK, Canvas, DrawError, HEIGHT, Role, Style, WIDTH, bold, plain};
use super::words;
use satu_pintu_domain::content::{Office, Service};
use satu_pintu_domain::date::Day;
use satu_pintu_domain::form::{Fields, applicant};

/// Everything that stands on the paper, in words.
#[derive(Debug, Clone)]
pub struct Paper {
    pub letterhead: Vec<String>,
    /// Address and contact of the office, one line each.
    pub contact: Vec<String>,
    pub example: bool,
    /// The office as the author of the document.
    pub office: String,
    pub region: String,
    pub title: String,
    pub number: String,
    pub application: String,
    pub holder: Vec<(String, String)>,
    pub granted: Vec<(String, String)>,
    pub issued: Day,
    /// "Berlaku sampai Selasa, 30 Maret 2027".
    pub status: String,
    pub renewal: String,
    pub basis: Vec<String>,
    pub head_title: String,
    pub head_name: String,
    /// 16 Crockford characters.
    pub code: String,
    /// Where the QR code leads.
    pub check_url: String,
}

/// What changes from one permit of a service to the next.
pub struct Grant<'a> {
    pub application: &'a str,
    pub fields: &'a Fields,
    pub number: &'a str,
    pub issued: Day,
    pub valid_until: Option<Day>,
    pub code: &'a str,
    /// Address of the office's site, without a slash at the end.
    pub base_url: &'a str,
}

impl Paper {
    /// `basis` are the titles of the service's legal basis.
    pub fn new(office: &Office, service: &Service, basis: Vec<String>, grant: &Grant<'_>) -> Paper {
        let own = |id: &str| grant.fields.get(id).map(|v| v.trim().to_string()).unwrap_or_default();
        let granted = service
            .page
            .iter()
            .flat_map(|p| &p.field)
            .filter(|f| f.show)
            .filter_map(|f| {
                let typed = grant.fields.get(&f.id).filter(|v| !v.trim().is_empty())?;
                Some((f.label.clone(), words::value(f, typed)))
            })
            .collect();
        let status = match grant.valid_until {
            Some(day) => format!("Berlaku sampai {}", words::day(day)),
            None => format!("Berlaku: {}", service.validity),
        };
        Paper {
            letterhead: office.letterhead.clone(),
            contact: vec![
                office.address.clone(),
                format!("Telepon {} \u{2022} WhatsApp {} \u{2022} {}", office.phone, office.whatsapp, office.email),
            ],
            example: office.example,
            office: office.name.clone(),
            region: office.region.clone(),
            title: service.product.clone(),
            number: grant.number.to_string(),
            application: grant.application.to_string(),
            holder: vec![
                ("Nama".to_string(), own(applicant::NAME)),
                ("Alamat".to_string(), own(applicant::ADDRESS)),
            ],
            granted,
            issued: grant.issued,
            status,
            renewal: service.renewal.clone(),
            basis,
            head_title: office.head.title.clone(),
            head_name: office.head.name.clone(),
            code: grant.code.to_string(),
            check_url: format!("{}/cek/{}", grant.base_url, grant.code),
        }
    }

    /// The same paper gives the same bytes.
    ///
    /// # Errors
    /// When it cannot be drawn.
    pub fn pdf(&self) -> Result<Vec<u8>, DrawError> {
        let mut sheet = Sheet { canvas: Canvas::new()?, y: 0.0, example: self.example };
        sheet.start_page();
        self.letterhead(&mut sheet);
        self.title(&mut sheet);
        sheet.paragraph(plain(10.5), 15.5, &self.opening());
        sheet.rows("Pemegang izin", &self.holder);
        if !self.granted.is_empty() {
            sheet.rows("Yang diizinkan", &self.granted);
        }
        self.validity(&mut sheet);
        self.law(&mut sheet);
        self.signature(&mut sheet)?;
        let title = format!("{} {}", self.title, self.number);
        sheet.finish(self).finish(&title, &self.office, self.issued)
    }

    fn opening(&self) -> String {
        format!(
            "Atas permohonan nomor {}, {} memberikan {} kepada pemegang izin di bawah ini.",
            self.application, self.office, self.title
        )
    }

    fn letterhead(&self, sheet: &mut Sheet) {
        let node = Some(sheet.canvas.node(Role::Text));
        let last = self.letterhead.len().saturating_sub(1);
        for (i, line) in self.letterhead.iter().enumerate() {
            let mut style = bold(if i == last { 14.5 } else { 12.5 });
            while sheet.canvas.width(style, line) > TEXT && style.size > 12.0 {
                style.size -= 0.25;
            }
            for part in sheet.canvas.wrap(style, TEXT, line) {
                sheet.y += style.size * 1.3;
                sheet.canvas.centred(node, sheet.y, style, &part);
            }
        }
        let node = Some(sheet.canvas.node(Role::Text));
        sheet.y += 4.0;
        for line in &self.contact {
            for part in sheet.canvas.wrap(plain(9.0), TEXT, line) {
                sheet.y += 12.5;
                sheet.canvas.centred(node, sheet.y, plain(9.0), &part);
            }
        }
        sheet.y += 9.0;
        sheet.canvas.fill(LEFT, sheet.y, TEXT, 2.4, BLACK);
        sheet.canvas.fill(LEFT, sheet.y + 4.0, TEXT, 0.7, BLACK);
        sheet.y += 14.0;
    }

    fn title(&self, sheet: &mut Sheet) {
        let style = bold(16.0);
        let title = self.title.to_uppercase();
        let node = Some(sheet.canvas.node(Role::Heading(1, self.title.clone())));
        sheet.y += 8.0;
        for part in sheet.canvas.wrap(style, TEXT, &title) {
            sheet.y += 20.0;
            sheet.canvas.centred(node, sheet.y, style, &part);
        }
        let node = Some(sheet.canvas.node(Role::Text));
        sheet.y += 17.0;
        sheet.canvas.centred(node, sheet.y, plain(11.0), &format!("Nomor: {}", self.number));
        sheet.y += 14.0;
    }

    fn validity(&self, sheet: &mut Sheet) {
        sheet.room(76.0);
        sheet.heading("Masa berlaku");
        let top = sheet.y + 2.0;
        let style = bold(12.5);
        let lines = sheet.canvas.wrap(style, TEXT - 32.0, &self.status);
        let since = format!("Terhitung sejak {}", words::day(self.issued));
        let height = 17.0 * lines.len() as f32 + 16.0 + 14.0;
        sheet.canvas.fill(LEFT, top, 4.0, height, BLACK);
        sheet.canvas.frame(LEFT, top, TEXT, height, 0.7, BLACK);
        let node = Some(sheet.canvas.node(Role::Text));
        sheet.y = top + 5.0;
        for line in lines {
            sheet.y += 17.0;
            sheet.canvas.text(node, LEFT + 18.0, sheet.y, style, &line);
        }
        let node = Some(sheet.canvas.node(Role::Text));
        sheet.y += 15.0;
        sheet.canvas.text(node, LEFT + 18.0, sheet.y, plain(10.0), &since);
        sheet.y = top + height;
        if !self.renewal.is_empty() {
            sheet.y += 3.0;
            sheet.paragraph(plain(9.5), 13.0, &format!("Perpanjangan: {}", self.renewal));
        }
    }

    fn law(&self, sheet: &mut Sheet) {
        if self.basis.is_empty() {
            return;
        }
        sheet.heading("Dasar hukum");
        for (i, law) in self.basis.iter().enumerate() {
            let node = Some(sheet.canvas.node(Role::Text));
            for (n, line) in sheet.canvas.wrap(plain(9.5), TEXT - 16.0, law).into_iter().enumerate() {
                sheet.step(13.0);
                if n == 0 {
                    sheet.canvas.text(node, LEFT, sheet.y, plain(9.5), &format!("{}. ", i + 1));
                }
                sheet.canvas.text(node, LEFT + 16.0, sheet.y, plain(9.5), &line);
            }
        }
    }

    /// QR code on the left, signature on the right; both stay together on one page.
    fn signature(&self, sheet: &mut Sheet) -> Result<(), DrawError> {
        const HIGH: f32 = 172.0;
        sheet.room(HIGH + 16.0);
        let top = (BOTTOM - HIGH).max(sheet.y + 16.0).min(sheet.y + 60.0);

        let right = LEFT + 268.0;
        let width = LEFT + TEXT - right;
        let mut y = top + 10.0;
        let node = Some(sheet.canvas.node(Role::Text));
        for line in [format!("Ditetapkan di {} ", self.region), format!("pada {} ", words::day(self.issued))] {
            for part in sheet.canvas.wrap(plain(10.5), width, &line) {
                sheet.canvas.text(node, right, y, plain(10.5), &format!("{part} "));
                y += 15.0;
            }
        }
        y += 3.0;
        for part in sheet.canvas.wrap(bold(10.5), width, &format!("{},", self.head_title)) {
            sheet.canvas.text(node, right, y, bold(10.5), &part);
            y += 14.0;
        }
        // Free for a wet signature and the office's stamp.
        let name_y = (y + 74.0).max(top + HIGH - 16.0);
        let style = bold(10.5);
        let node = Some(sheet.canvas.node(Role::Text));
        for (i, part) in sheet.canvas.wrap(style, width, &self.head_name).iter().enumerate() {
            let y = name_y + 14.0 * i as f32;
            sheet.canvas.text(node, right, y, style, part);
            let wide = sheet.canvas.width(style, part.trim_end());
            sheet.canvas.fill(right, y + 2.5, wide, 0.7, BLACK);
        }

        const SIZE: f32 = 92.0;
        sheet.canvas.qr(LEFT + 2.0, top + 6.0, SIZE, &self.check_url, "Kode QR untuk memeriksa keaslian izin ini")?;
        let x = LEFT + SIZE + 16.0;
        let wide = right - x - 22.0;
        let mut y = top + 14.0;
        let node = Some(sheet.canvas.node(Role::Text));
        for part in sheet.canvas.wrap(bold(9.5), wide, "Periksa keaslian izin ini") {
            sheet.canvas.text(node, x, y, bold(9.5), &part);
            y += 12.5;
        }
        let says = "Arahkan kamera HP ke kode ini. Halaman yang terbuka menyatakan apakah izin ini berlaku.";
        for part in sheet.canvas.wrap(plain(8.5), wide, says) {
            sheet.canvas.text(node, x, y, plain(8.5), &part);
            y += 11.5;
        }
        let mut y = (top + SIZE + 20.0).max(y + 4.0);
        let node = Some(sheet.canvas.node(Role::Text));
        sheet.canvas.text(node, LEFT + 2.0, y, bold(9.5), &format!("{} ", grouped(&self.code)));
        for part in sheet.canvas.wrap(plain(8.0), right - LEFT - 24.0, &self.check_url) {
            y += 11.5;
            sheet.canvas.text(node, LEFT + 2.0, y, plain(8.0), &format!("{part} "));
        }
        let node = Some(sheet.canvas.node(Role::Text));
        y += 14.0;
        sheet.canvas.text(node, LEFT + 2.0, y, plain(8.5), "Sah setelah ditandatangani dan dicap.");
        sheet.y = top + HIGH;
        Ok(())
    }
}

/// `ABCD-EFGH-JKMN-PQRS`
pub fn grouped(code: &str) -> String {
    let chars: Vec<char> = code.chars().collect();
    chars.chunks(4).map(|c| c.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

pub(super) const LEFT: f32 = 64.0;
pub(super) const TEXT: f32 = WIDTH - 2.0 * LEFT;
const TOP: f32 = 40.0;
const BOTTOM: f32 = HEIGHT - 66.0;
const LABEL: f32 = 150.0;
const GREY: [u8; 3] = [90, 96, 104];

/// A canvas with the place where the next line goes.
struct Sheet {
    canvas: Canvas,
    y: f32,
    example: bool,
}

impl Sheet {
    fn start_page(&mut self) {
        if self.example {
            self.canvas.watermark("CONTOH");
        }
        self.y = TOP;
    }

    fn next_page(&mut self) {
        self.canvas.page();
        self.start_page();
    }

    /// Goes to a new page when less than `height` is left.
    fn room(&mut self, height: f32) {
        if self.y + height > BOTTOM {
            self.next_page();
        }
    }

    /// The next base line.
    fn step(&mut self, height: f32) {
        self.room(height);
        self.y += height;
    }

    fn heading(&mut self, text: &str) {
        self.room(48.0);
        self.y += 25.0;
        let node = Some(self.canvas.node(Role::Heading(2, text.to_string())));
        self.canvas.text(node, LEFT, self.y, bold(10.5), text);
        self.y += 5.0;
    }

    fn paragraph(&mut self, style: Style, leading: f32, text: &str) {
        let node = Some(self.canvas.node(Role::Text));
        for line in self.canvas.wrap(style, TEXT, text) {
            self.step(leading);
            self.canvas.text(node, LEFT, self.y, style, &line);
        }
    }

    /// Names on the left, values on the right, a hair line below each.
    fn rows(&mut self, title: &str, rows: &[(String, String)]) {
        self.heading(title);
        let style = plain(10.5);
        let soft = Style { ink: GREY, ..plain(10.0) };
        for (label, value) in rows {
            let labels = self.canvas.wrap(soft, LABEL - 14.0, label);
            let values = self.canvas.wrap(style, TEXT - LABEL, value);
            let lines = labels.len().max(values.len());
            self.room(14.0 * lines.min(6) as f32 + 6.0);
            let label_node = Some(self.canvas.node(Role::Label));
            let value_node = Some(self.canvas.node(Role::Value));
            for i in 0..lines {
                self.step(14.0);
                if let Some(line) = labels.get(i) {
                    self.canvas.text(label_node, LEFT, self.y, soft, line);
                }
                if let Some(line) = values.get(i) {
                    self.canvas.text(value_node, LEFT + LABEL, self.y, style, line);
                }
            }
            self.y += 5.0;
            self.canvas.fill(LEFT, self.y, TEXT, 0.4, [190, 196, 204]);
        }
    }

    fn finish(mut self, paper: &Paper) -> Canvas {
        let pages = self.canvas.page_count();
        for page in 0..pages {
            let y = HEIGHT - 38.0;
            let left = if paper.example {
                "CONTOH: kantor ini contoh dan surat ini bukan izin.".to_string()
            } else {
                format!("{} \u{2022} {}", paper.title, paper.number)
            };
            let right = format!("Halaman {} dari {pages}", page + 1);
            let soft = Style { ink: GREY, ..plain(8.0) };
            let x = LEFT + TEXT - self.canvas.width(soft, &right);
            self.canvas.at(page);
            self.canvas.fill(LEFT, y - 13.0, TEXT, 0.4, [150, 156, 164]);
            self.canvas.text(None, LEFT, y, if paper.example { bold(8.0) } else { soft }, &left);
            self.canvas.text(None, x, y, soft, &right);
        }
        self.canvas
    }
}

#[cfg(test)]
#[path = "paper_test.rs"]
mod tests;
