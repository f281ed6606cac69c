//! Changing the content from the desk: two people, a day, the files written back, and taken back again.

#![allow(clippy::unwrap_used)]

use crate::loket_world::Shown;
use crate::staff_world::World;
use satu_pintu_domain::date::Day;
use satu_pintu_server::staff::changes;
use std::path::{Path, PathBuf};

const DAY_MS: i64 = 86_400_000;

fn copied(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copied(&entry.path(), &place);
        } else {
            std::fs::copy(entry.path(), place).unwrap();
        }
    }
}

struct Office {
    world: World,
    folder: PathBuf,
    /// Two who may change content.
    hadi: String,
    kepala: String,
    _folder: tempfile::TempDir,
}

async fn office() -> Office {
    let own = tempfile::tempdir().unwrap();
    let folder = own.path().join("isi");
    copied(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../content")), &folder);
    let world = World::of(Some(folder.clone())).await;
    let hadi = world.person("hadi", "Hadi Kelola", "administrator", "").await;
    let kepala = world.person("kepala", "Kepala Kantor", "head", "").await;
    Office { world, folder, hadi, kepala, _folder: own }
}

impl Office {
    fn file(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.join(name)).unwrap()
    }

    /// The field of a form whose value is this.
    async fn field(&self, path: &str, label: &str) -> String {
        let page = self.world.see(&self.hadi, path).await.text();
        let at = page.find(label).unwrap_or_else(|| panic!("{label} is not in {page}"));
        page[at..].split(" name=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    /// Looks at a change and proposes it.
    async fn propose(&self, path: &str, fields: &[(&str, &str)]) {
        let look = [fields, &[("langkah", "periksa")]].concat();
        self.world.form(&self.hadi, path, &look).await.shows(200, "Lolos pemeriksaan isi");
        let go = [fields, &[("langkah", "usul")]].concat();
        self.world.form(&self.hadi, path, &go).await.leads("/loket/isi?selesai=usul");
    }

    /// The address of a button of the list.
    async fn button(&self, cookie: &str, verb: &str) -> String {
        let page = self.world.see(cookie, "/loket/isi").await.text();
        let end = page.find(&format!("/{verb}\"")).unwrap_or_else(|| panic!("no {verb} in {page}"));
        format!("{}/{verb}", page[..end].rsplit('"').next().unwrap())
    }
}

#[tokio::test]
async fn a_fee_is_changed_by_two_people_and_starts_on_its_day() {
    let office = office().await;
    let (world, path) = (&office.world, "/loket/isi/ubah/biaya");
    let before = office.file("params.toml");
    let fee = office.field(path, "Biaya Izin reklame").await;
    let many = [(fee.as_str(), "dua"), ("mulai", "2026-03-20"), ("langkah", "periksa")];
    world
        .form(&office.hadi, path, &many)
        .await
        .shows(422, "Tulis jumlah uang dengan angka")
        .shows(422, "value=\"dua\"");
    let past = [(fee.as_str(), "25000"), ("mulai", "2026-03-01"), ("langkah", "periksa")];
    world.form(&office.hadi, path, &past).await.shows(422, "hari ini atau sesudahnya");
    let same = [(fee.as_str(), "0"), ("mulai", "2026-03-20"), ("langkah", "periksa")];
    world.form(&office.hadi, path, &same).await.shows(422, "Belum ada yang diubah");
    let typed = [(fee.as_str(), "25.000"), ("mulai", "2026-03-20")];
    office.propose(path, &typed).await;

    // The page of citizens as it will be, for both; nothing in it runs, and others still read the old one.
    let will_be = world.form(&office.hadi, path, &[&typed[..], &[("langkah", "lihat-0")]].concat()).await;
    assert!(will_be.headers["content-security-policy"].to_str().unwrap().ends_with("sandbox allow-same-origin"));
    will_be.shows(200, "Izin reklame").shows(200, "Rp25.000");
    assert!(!will_be.text().contains("<script"));
    world.form(&office.hadi, path, &[&typed[..], &[("langkah", "lihat-1")]].concat()).await.shows(404, "");
    let link = office.button(&office.kepala, "lihat/0").await;
    world.see(&office.kepala, &link).await.shows(200, "Rp25.000");
    assert!(!world.see(&office.kepala, "/layanan/reklame").await.text().contains("Rp25.000"));
    // Whoever agrees sees what the fee is until then.
    world.see(&office.kepala, "/loket/isi").await.shows(200, "<del>Gratis</del>").shows(200, "<ins>Rp25.000</ins>");

    let agree = office.button(&office.kepala, "setuju").await;
    world.form(&office.hadi, &agree, &[]).await.shows(409, "Petugas lain");
    assert_eq!(office.file("params.toml"), before);
    world.form(&office.kepala, &agree, &[]).await.leads("/loket/isi?selesai=setuju");
    // The file says from when: it is written at once, and holds on its day.
    let after = office.file("params.toml");
    assert!(before.lines().all(|line| after.contains(line)), "a line is gone");
    let fee_on = |day: &str| world.app.content().param("biaya.reklame", day.parse().unwrap());
    assert_eq!((fee_on("2026-03-19"), fee_on("2026-03-20")), (Some(0), Some(25_000)));
    world.form(&office.kepala, &agree, &[]).await.shows(409, "");

    let page = world.see(&office.kepala, "/loket/isi").await;
    page.shows(200, "Hadi Kelola").shows(200, "Diputuskan Kepala Kantor").shows(200, "Rp25.000");
    let back = office.button(&office.kepala, "kembalikan").await;
    world.form(&office.kepala, &back, &[]).await.leads("/loket/isi?selesai=kembalikan");
    let agree = office.button(&office.hadi, "setuju").await;
    world.form(&office.hadi, &agree, &[]).await.leads("/loket/isi?selesai=setuju");
    assert_eq!(office.file("params.toml"), before);
    assert_eq!(world.app.content().param("biaya.reklame", "2026-03-20".parse().unwrap()), Some(0));
    // What was taken back is not taken back once more.
    world.form(&office.kepala, &back, &[]).await.shows(409, "");
    assert!(!world.see(&office.kepala, "/loket/isi").await.text().contains(&format!("\"{back}\"")));
}

#[tokio::test]
async fn a_contact_waits_for_its_day_and_a_day_off_moves_deadlines() {
    let office = office().await;
    let (world, path) = (&office.world, "/loket/isi/ubah/kontak");
    let phone = office.field(path, "Telepon").await;
    office.propose(path, &[(&phone, "0812-0000-0009"), ("mulai", "2026-03-18")]).await;
    let agree = office.button(&office.kepala, "setuju").await;
    world.form(&office.kepala, &agree, &[]).await.leads("/loket/isi?selesai=setuju");
    world.see(&office.hadi, "/loket/isi").await.shows(200, "Menunggu harinya");
    assert_eq!(changes::apply_due(&world.app).await.unwrap(), 0);
    assert_eq!(world.app.content().office().phone, "0812-0000-0001");
    world.wait_ms(2 * DAY_MS);
    assert_eq!(changes::apply_due(&world.app).await.unwrap(), 1);
    assert_eq!(world.app.content().office().phone, "0812-0000-0009");
    assert!(office.file("office.toml").contains("# who checks, who prepares the decision"), "comments stay");
    assert_eq!(changes::apply_due(&world.app).await.unwrap(), 0);

    let friday = "2026-03-27".parse().unwrap();
    assert_eq!(world.app.content().calendar().is_working(friday), Ok(true));
    let off =
        [("tanggal", "2026-03-27"), ("nama", "Hari jadi kabupaten"), ("jenis", "nasional"), ("langkah", "tambah")];
    // The sessions have ended meanwhile.
    let hadi = world.enter("hadi").await;
    let kepala = world.enter("kepala").await;
    let (number, _) = world.submitted("Sri Contoh").await;
    world.form(&hadi, "/loket/isi/libur", &off).await.leads("/loket/isi?selesai=usul");
    // Whoever agrees sees which promises it moves.
    let moved = format!("{number}: dari Selasa, 31 Maret 2026 menjadi Rabu, 1 April 2026");
    world.see(&kepala, "/loket/isi").await.shows(200, "1 dari 1 berkas terbuka").shows(200, &moved);
    let agree = office.button(&kepala, "setuju").await;
    world.form(&kepala, &agree, &[]).await.leads("/loket/isi?selesai=setuju");
    assert_eq!(world.app.content().calendar().is_working(friday), Ok(false));
}

#[tokio::test]
async fn other_hours_hold_from_their_day_and_change_nothing_that_was_counted() {
    let office = office().await;
    let (world, path) = (&office.world, "/loket/isi/ubah/jam");
    let worked = |from: &str, to: &str| {
        let content = world.app.content();
        let clock = satu_pintu_server::ledger::clock(&content);
        let start = |day: &str| day.parse::<Day>().unwrap().start_ms(clock.zone);
        clock.worked(start(from), start(to)).unwrap() / 60_000
    };
    let close = office.field(path, "Jam tutup: jumat").await;
    let open = office.field(path, "Jam buka: jumat").await;
    let typed = [(close.as_str(), "11.30"), (open.as_str(), "08:30"), ("mulai", "2026-03-25")];
    office.propose(path, &typed).await;
    let agree = office.button(&office.kepala, "setuju").await;
    world.form(&office.kepala, &agree, &[]).await.leads("/loket/isi?selesai=setuju");
    assert_eq!(worked("2026-03-13", "2026-03-14"), 7 * 60, "a Friday before");
    assert_eq!(worked("2026-03-27", "2026-03-28"), 3 * 60, "the first Friday");
    assert_eq!(worked("2026-03-26", "2026-03-27"), 7 * 60 + 30, "a Thursday");
    assert!(office.file("calendar.toml").contains("since = 2026-03-25"));

    // Taken back later, the Friday that went by stays as it was worked.
    world.wait_ms(14 * DAY_MS);
    let (hadi, kepala) = (world.enter("hadi").await, world.enter("kepala").await);
    world.see(&hadi, path).await.shows(200, "value=\"11:30\"");
    let back = office.button(&hadi, "kembalikan").await;
    world.form(&hadi, &back, &[]).await.leads("/loket/isi?selesai=kembalikan");
    let agree = office.button(&kepala, "setuju").await;
    world.form(&kepala, &agree, &[]).await.leads("/loket/isi?selesai=setuju");
    assert_eq!(worked("2026-03-27", "2026-03-28"), 3 * 60);
    assert_eq!(worked("2026-04-10", "2026-04-11"), 7 * 60);
}

#[tokio::test]
async fn what_does_not_pass_is_not_proposed_and_a_refusal_has_a_reason() {
    let office = office().await;
    let (world, path) = (&office.world, "/loket/isi/ubah/jam");
    let close = office.field(path, "Jam tutup: jumat").await;
    let wrong = [(close.as_str(), "07:00"), ("mulai", "2026-03-16"), ("langkah", "periksa")];
    world
        .form(&office.hadi, path, &wrong)
        .await
        .shows(422, "tidak lolos pemeriksaan isi")
        .shows(422, "value=\"07:00\"");
    let straight = [(close.as_str(), "07:00"), ("mulai", "2026-03-16"), ("langkah", "usul")];
    world.form(&office.hadi, path, &straight).await.shows(422, "tidak lolos pemeriksaan isi");

    let words = "/loket/isi/ubah/kalimat?berkas=services/reklame.toml";
    let plain = office.field(words, "Penjelasan singkat").await;
    let new = "Izin memasang papan nama atau spanduk.";
    let path = "/loket/isi/ubah/kalimat";
    office.propose(path, &[("berkas", "services/reklame.toml"), (&plain, new), ("mulai", "2026-03-16")]).await;
    let no = office.button(&office.kepala, "tolak").await;
    world.form(&office.kepala, &no, &[]).await.shows(422, "wajib diisi");
    world.form(&office.kepala, &no, &[("teks", "Sebutkan juga baliho.")]).await.leads("/loket/isi?selesai=tolak");
    world.see(&office.hadi, "/loket/isi").await.shows(200, "Sebutkan juga baliho.");
    assert!(!office.file("services/reklame.toml").contains(new));

    // Somebody edits the file by hand before the day comes: the change fails and says so, the file stays.
    office.propose(path, &[("berkas", "services/reklame.toml"), (&plain, new), ("mulai", "2026-03-17")]).await;
    let agree = office.button(&office.kepala, "setuju").await;
    world.form(&office.kepala, &agree, &[]).await.leads("/loket/isi?selesai=setuju");
    let by_hand: String = office
        .file("services/reklame.toml")
        .lines()
        .map(|line| {
            if line.starts_with("plain = ") {
                "plain = \"Izin reklame di tempat umum.\"\n".to_owned()
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    std::fs::write(office.folder.join("services/reklame.toml"), &by_hand).unwrap();
    world.wait_ms(DAY_MS);
    assert_eq!(changes::apply_due(&world.app).await.unwrap(), 0);
    assert_eq!(office.file("services/reklame.toml"), by_hand);
    let hadi = world.enter("hadi").await;
    world.see(&hadi, "/loket/isi").await.shows(200, "gagal").shows(200, "diubah orang lain");
}

#[tokio::test]
async fn what_a_colleague_changed_meanwhile_is_told_and_not_undone() {
    let office = office().await;
    let (world, path) = (&office.world, "/loket/isi/ubah/kontak");
    let phone = office.field(path, "Telepon").await;
    let mail = office.field(path, "E-mail").await;
    let page = world.see(&office.hadi, path).await.text();
    let old = crate::loket_world::field(&page, &format!("semula-{phone}"));
    let old_mail = crate::loket_world::field(&page, &format!("semula-{mail}"));
    let hidden = [(format!("semula-{phone}"), old.clone()), (format!("semula-{mail}"), old_mail.clone())];
    let hidden: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();

    // The page is open, and a colleague's other phone number comes into force.
    office.propose(path, &[(&phone, "0812-0000-0009"), ("mulai", "2026-03-16")]).await;
    let agree = office.button(&office.kepala, "setuju").await;
    world.form(&office.kepala, &agree, &[]).await.leads("/loket/isi?selesai=setuju");
    // A field that nobody touched proposes nothing.
    let typed = [&hidden[..], &[(&phone, &old), (&mail, "kantor@contoh.example"), ("mulai", "2026-03-16")]].concat();
    let look = world.form(&office.hadi, path, &[&typed[..], &[("langkah", "periksa")]].concat()).await;
    look.shows(200, "kantor@contoh.example");
    assert!(!look.text().contains("0812-0000-0009</del>"), "{}", look.text());
    // One that was changed on both sides is told, with the text kept.
    let typed = [&hidden[..], &[(&phone, "0812-0000-0007"), (&mail, &old_mail), ("mulai", "2026-03-16")]].concat();
    for step in ["periksa", "usul"] {
        world
            .form(&office.hadi, path, &[&typed[..], &[("langkah", step)]].concat())
            .await
            .shows(422, "Petugas lain mengubahnya menjadi: 0812-0000-0009")
            .shows(422, "value=\"0812-0000-0007\"");
    }
    assert!(office.file("office.toml").contains("0812-0000-0009"));
}

#[tokio::test]
async fn a_day_that_has_passed_is_not_agreed_to() {
    let office = office().await;
    let world = &office.world;
    let fee = office.field("/loket/isi/ubah/biaya", "Biaya Izin reklame").await;
    office.propose("/loket/isi/ubah/biaya", &[(&fee, "25000"), ("mulai", "2026-03-17")]).await;
    world.wait_ms(2 * DAY_MS);
    let kepala = world.enter("kepala").await;
    let agree = office.button(&kepala, "setuju").await;
    let before = office.file("params.toml");
    world.form(&kepala, &agree, &[]).await.shows(422, "Harinya sudah lewat. Tolak usulan ini");
    assert_eq!(office.file("params.toml"), before);
}

#[tokio::test]
async fn an_approved_change_waits_for_a_sound_folder_and_is_withdrawn_with_both_names() {
    let office = office().await;
    let (world, path) = (&office.world, "/loket/isi/ubah/kontak");
    let phone = office.field(path, "Telepon").await;
    for number in ["0812-0000-0008", "0812-0000-0009"] {
        office.propose(path, &[(&phone, number), ("mulai", "2026-03-17")]).await;
        let agree = office.button(&office.kepala, "setuju").await;
        world.form(&office.kepala, &agree, &[]).await.leads("/loket/isi?selesai=setuju");
    }
    // Another administrator withdraws the first one; the reason is kept only in its own box.
    let third = world.person("tiga", "Tiga Kelola", "administrator", "").await;
    let no = office.button(&third, "tolak").await;
    world.form(&third, &no, &[("teks", "x".repeat(2_001).as_str())]).await.shows(422, "paling banyak 2000");
    let page = world.form(&third, &no, &[("teks", "x".repeat(2_001).as_str())]).await.text();
    assert_eq!(page.matches("xxxx</textarea>").count(), 1);
    world.form(&third, &no, &[("teks", "Nomor ini salah.")]).await.leads("/loket/isi?selesai=tolak");
    world
        .see(&third, "/loket/isi")
        .await
        .shows(200, "Disetujui Kepala Kantor, lalu ditarik")
        .shows(200, "Diputuskan Tiga Kelola");

    // Somebody has saved half of another file: nobody's change fails for it.
    world.wait_ms(DAY_MS);
    let cards = office.file("services/reklame.toml");
    std::fs::write(office.folder.join("services/reklame.toml"), &cards[..cards.len() / 2]).unwrap();
    assert!(changes::apply_due(&world.app).await.is_err());
    std::fs::write(office.folder.join("services/reklame.toml"), &cards).unwrap();
    assert_eq!(changes::apply_due(&world.app).await.unwrap(), 1);
    assert!(["0812-0000-0008", "0812-0000-0009"].contains(&world.app.content().office().phone.as_str()));
}

#[tokio::test]
async fn two_servers_on_one_folder_write_each_change_once() {
    let office = office().await;
    let (world, path) = (&office.world, "/loket/isi/ubah/kontak");
    for (label, new) in
        [("Telepon", "0812-0000-0009"), ("E-mail", "kantor@contoh.example"), ("WhatsApp", "0812-0000-0010")]
    {
        let field = office.field(path, label).await;
        office.propose(path, &[(&field, new), ("mulai", "2026-03-17")]).await;
        let agree = office.button(&office.kepala, "setuju").await;
        world.form(&office.kepala, &agree, &[]).await.leads("/loket/isi?selesai=setuju");
    }
    world.wait_ms(DAY_MS);
    let other = world.another(office.folder.clone()).await;
    let (here, there) = tokio::join!(changes::apply_due(&world.app), changes::apply_due(&other));
    assert_eq!(here.unwrap() + there.unwrap(), 3);
    let file = office.file("office.toml");
    for new in ["0812-0000-0009", "kantor@contoh.example", "0812-0000-0010"] {
        assert!(file.contains(new), "{new} is not in {file}");
    }
}

#[tokio::test]
async fn content_inside_the_program_says_what_to_do_and_others_may_not() {
    let world = World::of(None).await;
    let hadi = world.person("hadi", "Hadi Kelola", "administrator", "").await;
    world.see(&hadi, "/loket/isi").await.shows(200, "tertanam di dalam program").shows(200, "--content");
    world.see(&hadi, "/loket/isi/ubah/biaya").await.shows(409, "tertanam di dalam program");
    let front = world.person("ani", "Ani Depan", "front-office", "").await;
    world.see(&front, "/loket/isi").await.shows(403, "Peran Anda");
    world
        .form(&front, "/loket/isi/ubah/biaya", &[("langkah", "usul"), ("mulai", "2026-03-16")])
        .await
        .shows(403, "Peran Anda");
}
