// A clerk's day in Chromium: twenty files in different states, half of them by keyboard alone and half with the mouse,
// from the queue into the hand; somebody is helped at the counter; the content is changed by two. Every page is looked
// at by axe.
import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { apply } from "../lib/application.mjs";
import { checkPage, openBrowser, picture } from "../lib/browser.mjs";
import { makePdf, makePhoto } from "../lib/papers.mjs";
import { run, startServer, join } from "../lib/server.mjs";

const SCREEN = { width: 1280, height: 800 };
const OWN = "kata sandi petugas baru";

let server, browser, content, photo, files = [];

before(async () => {
  content = await mkdtemp(join(tmpdir(), "satu-pintu-isi-"));
  await cp(resolve("../content"), content, { recursive: true });
  server = await startServer("--content", content, "--rate", "0");
  browser = await openBrowser();
  photo = await makePhoto(browser, server.folder, "foto.jpg", "Surat Contoh");
  const pdf = await readFile(await makePdf(browser, server.folder, "gambar.pdf", "Gambar Reklame"));
  const bytes = await readFile(photo);
  for (let n = 1; n <= 20; n += 1) files.push(await apply(server.url, { name: `Pemohon ${letters(n)}`, photo: bytes, pdf }));
});

after(async () => {
  await browser?.close();
  await server?.stop();
  if (content) await rm(content, { recursive: true, force: true });
});

// Names hold no digits.
const letters = (n) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n - 1];

// Somebody of the desk in a browser of their own, signed in.
async function clerk(account, name, roles) {
  const add = ["staff", "add", account, "--name", name, "--role", roles, "--data", join(server.folder, "data")];
  const once = (await run(add, server.folder)).match(/sekali pakai: (\S+)/)[1];
  const context = await browser.newContext({ viewport: SCREEN, locale: "id-ID", timezoneId: "Asia/Makassar" });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) page.complaints.push(message.text());
  });
  page.on("pageerror", (error) => page.complaints.push(error.message));
  await page.goto(`${server.url}/loket/masuk`);
  await page.getByLabel("Akun").fill(account);
  await page.getByLabel("Kata sandi").fill(once);
  await page.keyboard.press("Enter");
  await page.getByLabel("Kata sandi sekarang").fill(once);
  await page.getByLabel("Kata sandi baru", { exact: true }).fill(OWN);
  await page.getByLabel("Kata sandi baru sekali lagi").fill(OWN);
  await page.keyboard.press("Enter");
  await page.getByText("Kata sandi Anda sudah diganti").or(page.getByRole("heading", { level: 1 })).first().waitFor();
  return page;
}

async function look(page, name) {
  await checkPage(page, name);
  await picture(page, `petugas-${name}`);
}

// What somebody does with a file, by keyboard or with the mouse.
const keyboard = {
  async open(page, number) {
    await page.goto(`${server.url}/loket`);
    await page.keyboard.press("/");
    await page.keyboard.type(number);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: number }).waitFor();
  },
  async press(page, name) {
    await page.getByRole("button", { name, exact: true }).first().focus();
    await page.keyboard.press("Enter");
  },
  async unfold(page, summary) {
    const box = page.locator("details.deed", { has: page.locator("summary", { hasText: summary }) }).first();
    if ((await box.getAttribute("open")) === null) {
      await box.locator("summary").first().focus();
      await page.keyboard.press("Enter");
    }
    return box;
  },
  async tick(page, control) {
    await control.focus();
    await page.keyboard.press("Space");
  },
  async write(page, control, text) {
    await control.focus();
    await page.keyboard.type(text);
  },
};
const mouse = {
  async open(page, number) {
    await page.goto(`${server.url}/loket`);
    await page.getByLabel("Cari nama atau nomor").fill(number);
    await page.getByRole("button", { name: "Tampilkan" }).click();
    await page.getByRole("heading", { level: 1, name: number }).waitFor();
  },
  press: (page, name) => page.getByRole("button", { name, exact: true }).first().click(),
  async unfold(page, summary) {
    const box = page.locator("details.deed", { has: page.locator("summary", { hasText: summary }) }).first();
    if ((await box.getAttribute("open")) === null) await box.locator("summary").first().click();
    return box;
  },
  tick: (page, control) => control.check(),
  write: (page, control, text) => control.fill(text),
};

const AGENCIES = ["Dinas PUPR", "Badan Pendapatan Daerah"];

// Accepts all papers; asks the agencies and writes down what they say; proposes.
async function prepare(page, hand, number, { grant = true, shown } = {}) {
  await hand.open(page, number);
  await hand.press(page, "Ambil berkas ini");
  await page.getByText("Berkas ini sekarang Anda pegang").waitFor();
  await hand.press(page, "Terima semua berkas");
  await page.getByText("Pemeriksaan tersimpan").waitFor();
  if (shown) await look(page, `${shown}-diterima`);
  const ask = await hand.unfold(page, "Tanya dinas teknis");
  for (const agency of AGENCIES) await hand.tick(page, ask.getByRole("checkbox", { name: agency }));
  await hand.write(page, ask.getByLabel("Pertanyaan"), "Mohon periksa.");
  await hand.press(page, "Kirim pertanyaan");
  await page.getByText("Pertanyaan dikirim ke dinas").waitFor();
  if (shown) await look(page, `${shown}-dua-dinas`);
  for (const agency of AGENCIES) {
    const answer = await hand.unfold(page, `Jawaban ${agency}`);
    await hand.tick(page, answer.getByRole("radio", { name: "Setuju", exact: true }));
    await hand.write(page, answer.getByLabel("Penjelasan"), "Tidak berkeberatan.");
    await hand.press(page, "Simpan jawaban");
    await page.getByText("Jawaban dinas tercatat").waitFor();
  }
  const propose = await hand.unfold(page, "Usulkan keputusan");
  await hand.tick(page, propose.getByRole("radio", { name: grant ? "Setujui" : "Tolak" }));
  if (!grant) await hand.write(page, propose.getByLabel("Alasan bila ditolak"), "Letaknya menutup rambu jalan.");
  if (shown) await look(page, `${shown}-usulan`);
  await hand.press(page, "Kirim usulan");
  await page.getByText("Usulan tercatat").waitFor();
}

async function confirm(page, hand, number, grant, shown) {
  await hand.open(page, number);
  await hand.press(page, grant ? "Pastikan persetujuan" : "Pastikan penolakan");
  await page.getByText("Keputusan tercatat").waitFor();
  if (!grant) return;
  await hand.press(page, "Terbitkan izin");
  await page.getByText("Izin terbit.").waitFor();
  if (shown) await look(page, `${shown}-terbit`);
}

async function handOver(page, hand, number, shown) {
  await hand.open(page, number);
  const box = await hand.unfold(page, "Serahkan kepada pemohon");
  await hand.write(page, box.getByLabel("Bagaimana diserahkan"), "Diambil sendiri di loket.");
  await hand.press(page, "Catat penyerahan");
  await page.getByText("Penyerahan tercatat").waitFor();
  if (shown) await look(page, `${shown}-diserahkan`);
}

async function sendBack(page, hand, number, shown) {
  await hand.open(page, number);
  const item = page.locator(".item").first();
  await hand.tick(page, item.getByRole("radio", { name: "Kembalikan" }));
  await hand.write(page, item.locator("textarea"), "Fotonya buram. Foto lagi di tempat terang.");
  if (shown) await look(page, `${shown}-kembalikan`);
  await hand.press(page, "Simpan pemeriksaan");
  await page.getByText("Berkas dikembalikan kepada pemohon").waitFor();
}

test("twenty files from the queue into the hand", async () => {
  const page = await clerk("ani", "Ani Depan", "front-office,back-office");
  const signer = await clerk("citra", "Citra Tanda", "signer,head");
  await page.goto(`${server.url}/loket`);
  await page.getByText("20 dari 20 berkas terbuka").waitFor();
  await look(page, "antrean");

  for (const [hand, name, own] of [[keyboard, "papan-tombol", files.slice(0, 10)], [mouse, "tetikus", files.slice(10)]]) {
    // Six are granted and fetched, two refused, one goes back to the applicant, one stays as it came.
    for (const [at, file] of own.slice(0, 8).entries()) {
      const grant = at < 6, shown = at === 0 ? name : undefined;
      await prepare(page, hand, file.number, { grant, shown });
      await confirm(signer, hand, file.number, grant, shown);
      await handOver(page, hand, file.number, shown);
    }
    await sendBack(page, hand, own[8].number, name);
  }
  await page.goto(`${server.url}/loket`);
  await page.getByText("4 dari 4 berkas terbuka").waitFor();
  await look(page, "antrean-sore");
  await page.getByLabel("Tahap").selectOption({ label: "Giliran bagian saya" });
  await page.getByRole("button", { name: "Tampilkan" }).click();
  await page.getByText("2 dari 4 berkas terbuka").waitFor();

  // The applicant sees where each of them stands.
  for (const [at, state] of [[0, "handed-over"], [6, "handed-over"], [8, "waiting-applicant"], [9, "submitted"]]) {
    const { number, key } = files[at];
    const head = { headers: { authorization: `Bearer ${key}` } };
    const tracking = await (await fetch(`${server.url}/api/v1/applications/${number}/tracking`, head)).json();
    assert.equal(tracking.status.state, state);
  }

  // A permit is taken back by two.
  const head = await clerk("eka", "Eka Kepala", "head");
  await mouse.open(signer, files[0].number);
  const box = await mouse.unfold(signer, "Usulkan pencabutan izin");
  await box.getByLabel("Alasan pencabutan").fill("Reklamenya dipasang di tempat lain.");
  await look(signer, "usul-cabut");
  await mouse.press(signer, "Kirim usulan pencabutan");
  await signer.getByText("Usulan pencabutan tercatat").waitFor();
  await head.goto(`${server.url}/loket`);
  await head.getByText("usulan cabut izin").waitFor();
  await mouse.open(head, files[0].number);
  await look(head, "cabut");
  await mouse.press(head, "Pastikan pencabutan izin");
  await head.getByText("Izin dicabut.").waitFor();
  await look(head, "dicabut");
  assert.deepEqual([...page.complaints, ...signer.complaints, ...head.complaints], []);
});

test("somebody is helped at the counter", async () => {
  const page = await clerk("dewi", "Dewi Loket", "front-office");
  await page.goto(`${server.url}/loket/bantu`);
  await look(page, "bantu");
  await page.getByRole("link", { name: "Belum tahu izinnya? Jawab pertanyaan" }).click();
  await page.getByLabel("Apa usaha Anda?").waitFor();
  await look(page, "bantu-cari");
  await page.goto(`${server.url}/loket/bantu/mulai/reklame`);
  await page.getByLabel("Kalimat di atas sudah saya bacakan").check();
  await page.getByRole("radio", { name: "Pemohon sendiri" }).check();
  await page.getByRole("radio", { name: "Cap jempol" }).check();
  await look(page, "bantu-persetujuan");
  await page.getByRole("button", { name: "Catat persetujuan dan mulai mengisi" }).click();
  await page.getByRole("button", { name: "Simpan dan lanjut ke berkas" }).click();
  await page.getByText("Yang sudah diketik tersimpan").waitFor();
  await look(page, "bantu-isian");
  const { service } = await (await fetch(`${server.url}/api/v1/catalog/services/reklame?lang=id`)).json();
  const typed = { nama: "Nenek Wati", nik: "7399015501500001", telepon: "081234567890", alamat: "Jl. Pasar Lama No. 12, Desa Contoh" };
  for (const [id, value] of Object.entries(typed)) await page.locator(`[id="isi-${id}"]`).fill(value);
  for (const [id, value] of [["pengurus", "sendiri"], ["kabar", "telepon"]]) await page.locator(`[id="isi-${id}"]`).selectOption(value);
  for (const field of service.page.flatMap((part) => part.field)) {
    const control = page.locator(`[id="isi-${field.id}"]`);
    if (field.kind === "choice") await control.selectOption(field.options[0].id);
    else if (field.kind === "yesno") await control.selectOption("tidak");
    else if (field.kind === "date") await control.fill("15 Desember 2026");
    else if (["number", "money"].includes(field.kind)) await control.fill(`${field.min ?? 1}`);
    else await control.fill("Warung Nenek, depan masjid");
  }
  await page.getByRole("button", { name: "Simpan dan lanjut ke berkas" }).click();
  await page.getByRole("link", { name: "Lanjut: periksa dan kirim" }).waitFor();
  const items = await page.locator(".item").evaluateAll((all) => all.map((one) => one.id));
  for (const id of items) {
    const item = page.locator(`[id="${id}"]`);
    await item.locator("input[type=file]").setInputFiles(photo);
    await item.getByRole("button", { name: "Tambahkan" }).click();
    await item.getByText("Halaman 1").waitFor();
  }
  await look(page, "bantu-berkas");
  await page.getByRole("link", { name: "Lanjut: periksa dan kirim" }).click();
  await page.getByText("Kabar disampaikan lewat telepon kepada Nenek Wati").waitFor();
  await look(page, "bantu-kirim");
  await page.getByLabel("Kalimat di atas sudah saya bacakan").check();
  await page.getByRole("radio", { name: "Pemohon sendiri" }).check();
  await page.getByRole("radio", { name: "Lisan" }).check();
  await page.getByRole("button", { name: "Catat persetujuan dan kirim" }).click();
  await page.getByRole("heading", { name: "Permohonan terkirim" }).waitFor();
  await look(page, "bantu-selesai");
  const number = page.url().match(/bantu\/([^/]+)/)[1];
  const answer = await page.request.post(`${server.url}/loket/bantu/${number}/lembar`, {
    form: {}, headers: { origin: server.url },
  });
  assert.equal(answer.status(), 200);
  assert.equal((await answer.body()).subarray(0, 5).toString(), "%PDF-");
  assert.ok(!(await page.content()).match(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/), "the key is on the sheet alone");
  assert.deepEqual(page.complaints, []);
});

test("a fee is changed by two people", async () => {
  const first = await clerk("hadi", "Hadi Kelola", "administrator"), second = await clerk("ira", "Ira Kelola", "administrator");
  await first.goto(`${server.url}/loket/isi`);
  await look(first, "isi");
  await first.getByRole("link", { name: "Biaya dan waktu layanan" }).click();
  await first.getByLabel(/^Biaya Izin reklame/).fill("25.000");
  await look(first, "isi-biaya");
  await first.getByRole("button", { name: "Periksa perubahan" }).click();
  await first.getByText("Lolos pemeriksaan isi").waitFor();
  await look(first, "isi-periksa");
  await first.getByRole("button", { name: "Usulkan perubahan" }).click();
  await first.getByText("Usulan tersimpan").waitFor();
  await second.goto(`${server.url}/loket/isi`);
  await look(second, "isi-setuju");
  await second.getByRole("button", { name: "Setujui" }).click();
  await second.getByText("Perubahan disetujui").waitFor();
  await look(second, "isi-riwayat");
  const { summary } = await (await fetch(`${server.url}/api/v1/catalog/services/reklame?lang=id`)).json();
  assert.equal(summary.cost, 25000);
  for (const [id, title] of [["jam", "Jam kantor"], ["kontak", "Kontak kantor"], ["kalimat?berkas=services/reklame.toml", "Kalimat"]]) {
    await first.goto(`${server.url}/loket/isi/ubah/${id}`);
    await first.getByRole("heading", { level: 1, name: title }).waitFor();
    await look(first, `isi-${id.split("?")[0]}`);
  }
  await first.goto(`${server.url}/loket/isi/libur`);
  await look(first, "isi-libur");
  assert.deepEqual([...first.complaints, ...second.complaints], []);
});
