//! A permit on A4: letterhead, what is granted, to whom, how long, on what law, signature and QR code.
//! `permit::issue` fills a [`Paper`]; [`Paper::pdf`] draws it with `canvas`.

use super::canvas::{BLACK, Canvas, DrawError, Role, bold, plain};
use super::sheet::{BOTTOM, HIGH, LEFT, SIGNATURE, Sheet, TEXT};
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
    /// What is signed, in the fragment of that address, which no server sees.
    pub seal: String,
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
            holder: vec![("Nama".to_string(), own(applicant::NAME)), ("Alamat".to_string(), own(applicant::ADDRESS))],
            granted,
            issued: grant.issued,
            status,
            renewal: service.renewal.clone(),
            basis,
            head_title: office.head.title.clone(),
            head_name: office.head.name.clone(),
            code: grant.code.to_string(),
            check_url: format!("{}/cek/{}", grant.base_url, grant.code),
            seal: String::new(),
        }
    }

    /// The same paper gives the same bytes.
    ///
    /// # Errors
    /// When it cannot be drawn.
    pub fn pdf(&self) -> Result<Vec<u8>, DrawError> {
        // One page if it can be: a signature alone on a second sheet invites misuse.
        let mut sheet = self.draw(1.0)?;
        for density in [0.93, 0.86] {
            if sheet.canvas.page_count() == 1 {
                break;
            }
            let denser = self.draw(density)?;
            if denser.canvas.page_count() == 1 {
                sheet = denser;
            }
        }
        let title = format!("{} {}", self.title, self.number);
        sheet.finish(self).finish(&title, &self.office, self.issued, &[&self.seal])
    }

    fn draw(&self, density: f32) -> Result<Sheet, DrawError> {
        let running = format!("{} Nomor {}", self.title, self.number);
        let mut sheet = Sheet { canvas: Canvas::new()?, y: 0.0, density, example: self.example, running };
        sheet.start_page();
        self.letterhead(&mut sheet);
        self.title(&mut sheet);
        sheet.paragraph(10.5, 14.5, &self.opening());
        sheet.rows("Pemegang izin", &self.holder);
        if !self.granted.is_empty() {
            sheet.rows("Yang diizinkan", &self.granted);
        }
        self.validity(&mut sheet);
        self.law(&mut sheet);
        self.signature(&mut sheet)?;
        Ok(sheet)
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
        sheet.y += 8.0;
        sheet.canvas.fill(LEFT, sheet.y, TEXT, 2.4, BLACK);
        sheet.canvas.fill(LEFT, sheet.y + 4.0, TEXT, 0.7, BLACK);
        sheet.y += 10.0;
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
        sheet.y += 16.0;
        sheet.canvas.centred(node, sheet.y, plain(11.0), &format!("Nomor: {}", self.number));
        sheet.y += 9.0;
    }

    fn validity(&self, sheet: &mut Sheet) {
        sheet.room(72.0);
        sheet.heading("Masa berlaku");
        let top = sheet.y + 3.0;
        let style = bold(13.0);
        let lines = sheet.canvas.wrap(style, TEXT - 32.0, &self.status);
        let since = format!("Terhitung sejak {}", words::day(self.issued));
        let height = 16.0 * lines.len() as f32 + 27.0;
        sheet.canvas.frame(LEFT, top, TEXT, height, 1.0, BLACK);
        let node = Some(sheet.canvas.node(Role::Text));
        sheet.y = top + 4.0;
        for line in lines {
            sheet.y += 16.0;
            sheet.canvas.centred(node, sheet.y, style, &line);
        }
        let node = Some(sheet.canvas.node(Role::Text));
        sheet.y += 14.5;
        sheet.canvas.centred(node, sheet.y, plain(9.5), &since);
        sheet.y = top + height;
        if !self.renewal.is_empty() {
            sheet.y += 3.0;
            sheet.paragraph(9.5, 13.0, &format!("Perpanjangan: {}", self.renewal));
        }
    }

    fn law(&self, sheet: &mut Sheet) {
        if self.basis.is_empty() {
            return;
        }
        let style = plain(9.5 * sheet.density);
        let laws: Vec<Vec<String>> = self.basis.iter().map(|law| sheet.canvas.wrap(style, TEXT - 16.0, law)).collect();
        let lines = laws.iter().map(Vec::len).sum::<usize>() as f32;
        // With the signature: what goes to a second page goes together.
        sheet.room((23.0 + 13.0 * lines) * sheet.density + SIGNATURE);
        sheet.heading("Dasar hukum");
        for (i, law) in laws.iter().enumerate() {
            let node = Some(sheet.canvas.node(Role::Text));
            for (n, line) in law.iter().enumerate() {
                sheet.step(13.0 * sheet.density);
                if n == 0 {
                    sheet.canvas.text(node, LEFT, sheet.y, style, &format!("{}. ", i + 1));
                }
                sheet.canvas.text(node, LEFT + 16.0, sheet.y, style, line);
            }
        }
    }

    /// QR code on the left, signature on the right; both stay together on one page.
    fn signature(&self, sheet: &mut Sheet) -> Result<(), DrawError> {
        sheet.room(SIGNATURE);
        let top = (BOTTOM - HIGH).clamp(sheet.y + 12.0, sheet.y + 64.0);

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
        let name_y = (y + 70.0).max(top + HIGH - 6.0);
        let style = bold(10.5);
        let node = Some(sheet.canvas.node(Role::Text));
        for (i, part) in sheet.canvas.wrap(style, width, &self.head_name).iter().enumerate() {
            let y = name_y + 14.0 * i as f32;
            sheet.canvas.text(node, right, y, style, part);
            let wide = sheet.canvas.width(style, part.trim_end());
            sheet.canvas.fill(right, y + 2.5, wide, 0.7, BLACK);
        }

        const SIZE: f32 = 92.0;
        sheet.canvas.fill(LEFT - 6.0, top - 2.0, SIZE + 16.0, SIZE + 16.0, [255, 255, 255]);
        let code = format!("{}#{}", self.check_url, self.seal);
        sheet.canvas.qr(LEFT + 2.0, top + 6.0, SIZE, &code, "Kode QR untuk memeriksa keaslian izin ini")?;
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

#[cfg(test)]
#[path = "paper_test.rs"]
mod tests;
