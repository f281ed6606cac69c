use super::*;

fn sample() -> Paper {
    Paper {
        letterhead: vec![
            "PEMERINTAH KABUPATEN CONTOH".into(),
            "DINAS PENANAMAN MODAL DAN PELAYANAN TERPADU SATU PINTU".into(),
        ],
        contact: vec![
            "Jl. Contoh No. 1, Kecamatan Contoh, Kabupaten Contoh".into(),
            "Telepon 0812-0000-0001 \u{2022} WhatsApp 0812-0000-0001 \u{2022} loket@contoh.example".into(),
        ],
        example: true,
        office: "DPMPTSP Kabupaten Contoh".into(),
        region: "Kabupaten Contoh".into(),
        title: "Surat Izin Reklame".into(),
        number: "503/SP-REKLAME/0001/2026".into(),
        application: "2026-0417-RK".into(),
        holder: vec![
            ("Nama".into(), "Sri Contoh Wahyuni".into()),
            ("Alamat".into(), "Jl. Pasar Lama No. 12 RT 003 RW 001, Desa Contoh, Kecamatan Contoh".into()),
        ],
        granted: vec![
            ("Jenis reklame".into(), "Papan nama usaha".into()),
            ("Tulisan pada reklame".into(), "Warung Bu Sri: nasi campur, soto, es teh".into()),
            ("Panjang".into(), "150 sentimeter".into()),
            ("Lebar".into(), "100 sentimeter".into()),
            ("Berapa sisi yang ada tulisannya?".into(), "1 sisi".into()),
            ("Alamat tempat pasang".into(), "Jl. Pasar Lama No. 12, Desa Contoh, depan masjid".into()),
            ("Reklame menempel di mana?".into(), "Menempel di bangunan".into()),
            ("Mulai tanggal".into(), "1 April 2026".into()),
            ("Lama pasang".into(), "12 bulan".into()),
        ],
        issued: "2026-03-30".parse().unwrap(),
        status: "Berlaku sampai Selasa, 30 Maret 2027".into(),
        renewal: "Ajukan lagi 1 bulan sebelum izin habis.".into(),
        basis: vec![
            "Peraturan Daerah tentang Pajak Daerah dan Retribusi Daerah".into(),
            "Undang-Undang Nomor 1 Tahun 2022 tentang Hubungan Keuangan antara Pemerintah Pusat dan Pemerintahan Daerah".into(),
        ],
        head_title: "Kepala DPMPTSP".into(),
        head_name: "Nama Kepala Dinas (contoh)".into(),
        code: "7K2M9QX4T0BD5HVN".into(),
        check_url: "https://izin.contoh.example/cek/7K2M9QX4T0BD5HVN".into(),
        seal: "eyJhbGciOiJFZERTQSJ9.".to_owned() + &"e30".repeat(80),
    }
}

fn keep(name: &str, pdf: &[u8]) {
    // `SATU_PINTU_KEEP=folder` keeps the papers for looking at.
    if let Ok(dir) = std::env::var("SATU_PINTU_KEEP") {
        std::fs::write(std::path::Path::new(&dir).join(name), pdf).unwrap();
    }
}

#[test]
fn one_page_small_and_always_the_same() {
    let pdf = sample().pdf().unwrap();
    keep("izin.pdf", &pdf);
    assert!(pdf.starts_with(b"%PDF-"));
    assert!(pdf.len() < 150_000, "{} bytes", pdf.len());
    assert_eq!(pdf, sample().pdf().unwrap());
}

#[test]
fn strange_and_long_input_still_gives_a_paper() {
    let mut paper = sample();
    paper.example = false;
    paper.holder[0].1 = "Ні\u{202e} 漢字 \u{1f600} \u{0} <b>&amp;</b>".into();
    paper.granted.push(("Panjang sekali".into(), "kata ".repeat(900)));
    paper.granted.push(("Tanpa spasi".into(), "x".repeat(700)));
    paper.granted.push(("Kosong".into(), "\n\n".into()));
    let pdf = paper.pdf().unwrap();
    keep("izin-panjang.pdf", &pdf);
    assert!(pdf.len() < 150_000);
}
