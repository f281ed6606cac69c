// A day at the desk in a browser: by keyboard alone, with two officers. Every page is looked at by axe and fits the
// screen of an old office PC and of a phone.
import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { apply } from "../lib/application.mjs";
import { checkPage, openBrowser, picture } from "../lib/browser.mjs";
import { employ, openDesk } from "../lib/officer.mjs";
import { makePdf, makePhoto } from "../lib/papers.mjs";
import { startServer } from "../lib/server.mjs";

let server, browser, files = [];
const people = {};

const SCREENS = [{ width: 1280, height: 800 }, { width: 1024, height: 768 }, { width: 360, height: 740 }];

before(async () => {
  server = await startServer();
  browser = await openBrowser();
  const photo = await readFile(await makePhoto(browser, server.folder, "foto.jpg", "Surat Contoh"));
  const pdf = await readFile(await makePdf(browser, server.folder, "gambar.pdf", "Gambar Reklame"));
  for (const name of ["Sri Contoh", "Budi Contoh", "Wati Contoh"]) files.push(await apply(server.url, { name, photo, pdf }));
  for (const [account, name, roles] of [
    ["ani", "Ani Depan", "front-office,back-office"], ["citra", "Citra Tanda", "signer,head"],
  ]) {
    people[account] = await employ(server, account, name, roles);
  }
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const desk = () => openDesk(browser);

async function look(page, name) {
  for (const screen of SCREENS) {
    await page.setViewportSize(screen);
    await checkPage(page, `${name} ${screen.width}`);
    await picture(page, `loket-${name}-${screen.width}`);
  }
  await page.setViewportSize(SCREENS[0]);
}

const focused = (page) => page.evaluate(() => document.activeElement.textContent);

async function enter(page, account) {
  const { keyboard } = page;
  await page.goto(`${server.url}/loket`);
  await keyboard.type(account);
  await keyboard.press("Tab");
  await keyboard.type(people[account]);
  await keyboard.press("Enter");
  await page.getByRole("heading", { name: "Ganti kata sandi" }).waitFor();
  await page.getByLabel("Kata sandi sekarang").focus();
  await keyboard.type(people[account]);
  for (let i = 0; i < 2; i += 1) {
    await keyboard.press("Tab");
    await keyboard.type("kata sandi petugas baru");
  }
  await keyboard.press("Enter");
  await page.getByRole("heading", { name: "Antrean" }).waitFor();
}

// Opens a form with its summary and types into its text.
async function write(page, summary, text) {
  const { keyboard } = page;
  await page.locator("summary", { hasText: summary }).focus();
  if (!(await page.locator("details[open] > summary", { hasText: summary }).count())) await keyboard.press("Enter");
  const deed = page.locator("details.deed", { has: page.locator("summary", { hasText: summary }) });
  const area = deed.locator("textarea, input[id$=-teks]").first();
  await area.focus();
  await keyboard.type(text);
  await keyboard.press("Control+Enter");
}

test("a file by keyboard alone, from the sign-in to the hand", async () => {
  const page = await desk(), { keyboard } = page;
  await page.goto(`${server.url}/loket`);
  await look(page, "masuk");
  await enter(page, "ani");
  await look(page, "antrean");

  await keyboard.press("/");
  await keyboard.type("budi");
  await keyboard.press("Enter");
  await page.getByText("1 dari 3 berkas terbuka").waitFor();
  assert.ok(!page.url().includes("budi"), page.url());
  await keyboard.press("j");
  assert.equal(await focused(page), files[1].number);
  await keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: files[1].number }).waitFor();
  await page.locator(".sheet.at img").evaluate((img) => img.complete || new Promise((done) => { img.onload = done; }));
  await look(page, "berkas");

  await keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await look(page, "tombol");
  await keyboard.press("Escape");

  // The first paper is accepted; the second is sent back with a place on it.
  await keyboard.press("a");
  await keyboard.press("r");
  await keyboard.press("+");
  await keyboard.press("m");
  await keyboard.press("ArrowRight");
  await keyboard.press("Shift+ArrowDown");
  await keyboard.press("Enter");
  const item = await page.locator(".item.at").getAttribute("data-item");
  assert.equal(await page.evaluate(() => document.activeElement.name), `alasan:${item}`);
  await keyboard.type("Bagian bawah terpotong. Foto lagi sampai keempat sudutnya terlihat.");
  await look(page, "tanda");
  await keyboard.press("Control+Enter");
  await page.getByText("Berkas dikembalikan kepada pemohon").waitFor();
  await page.getByText("Menunggu pemohon").waitFor();
  const { number, key } = files[1];
  const owner = { headers: { authorization: `Bearer ${key}` } };
  const own = await (await fetch(`${server.url}/api/v1/applications/${number}`, owner)).json();
  const [returned] = own.tracking.status.returned;
  assert.equal(returned.item, item);
  assert.deepEqual([returned.mark.x, returned.mark.y, returned.mark.width, returned.mark.height], [370, 400, 300, 220]);
  await look(page, "dikembalikan");

  // The next file in the queue, all the way.
  await page.getByRole("link", { name: "Antrean" }).first().focus();
  await keyboard.press("u");
  await page.getByRole("button", { name: "Hapus saringan" }).focus();
  await keyboard.press("Enter");
  await page.getByText("3 dari 3 berkas terbuka").waitFor();
  await page.goto(`${server.url}/loket/berkas/${files[0].number}`);
  await page.getByRole("button", { name: "Ambil berkas ini" }).focus();
  await keyboard.press("Enter");
  await page.getByText("Berkas ini sekarang Anda pegang").waitFor();
  const cards = await page.locator(".item").count();
  for (let i = 0; i < cards; i += 1) await keyboard.press("a");
  await page.getByRole("button", { name: "Simpan pemeriksaan" }).focus();
  await keyboard.press("Enter");
  await page.getByText("berkas lengkap", { exact: false }).first().waitFor();
  for (const agency of ["Dinas PUPR", "Badan Pendapatan Daerah"]) {
    await page.locator("summary", { hasText: "Tanya dinas teknis" }).focus();
    await keyboard.press("Enter");
    await page.getByRole("checkbox", { name: agency }).focus();
    await keyboard.press("Space");
    await page.locator("#tanya-teks").focus();
    await keyboard.type("Mohon periksa.");
    await keyboard.press("Control+Enter");
    await page.getByText("Pertanyaan dikirim ke dinas").waitFor();
    await page.locator("summary", { hasText: "Jawaban" }).focus();
    await keyboard.press("Enter");
    await page.getByRole("radio", { name: "Setuju", exact: true }).focus();
    await keyboard.press("Space");
    await page.getByLabel("Penjelasan").focus();
    await keyboard.type("Tidak berkeberatan.");
    await look(page, "jawaban");
    await keyboard.press("Control+Enter");
    await page.getByText("Jawaban dinas tercatat").waitFor();
  }
  await write(page, "Catat kunjungan lapangan", "Sesuai gambar.");
  await page.getByText("Kunjungan tercatat").waitFor();
  await page.locator("summary", { hasText: "Usulkan keputusan" }).focus();
  await keyboard.press("Enter");
  await page.getByRole("radio", { name: "Setujui" }).focus();
  await keyboard.press("Space");
  await look(page, "usulan");
  await keyboard.press("Control+Enter");
  await page.getByText("Usulan tercatat").waitFor();
  await look(page, "menunggu-kedua");

  const second = await desk();
  await enter(second, "citra");
  await second.goto(`${server.url}/loket/berkas/${files[0].number}`);
  await second.getByText("Ani Depan mengusulkan persetujuan.").waitFor();
  await second.getByText("juga membuka berkas ini").waitFor();
  await look(second, "pastikan");
  await second.getByRole("button", { name: "Pastikan persetujuan" }).focus();
  await second.keyboard.press("Enter");
  await second.getByText("Keputusan tercatat").waitFor();
  await second.getByRole("button", { name: "Terbitkan izin" }).focus();
  await second.keyboard.press("Enter");
  await second.getByText("Izin terbit.").waitFor();
  await look(second, "terbit");

  await page.reload();
  await write(page, "Serahkan kepada pemohon", "Diambil sendiri di loket.");
  await page.getByText("Penyerahan tercatat").waitFor();
  await look(page, "diserahkan");
  assert.deepEqual([...page.complaints, ...second.complaints], []);
});

test("the pages of whoever runs the office", async () => {
  const page = await desk();
  people["kepala-loket"] = server.password;
  await enter(page, "kepala-loket");
  for (const [name, heading] of [
    ["telepon", "Telepon"], ["gangguan", "Gangguan"], ["survei", "Kode survei"], ["angka", "Angka harian"], ["akun", "Akun petugas"],
  ]) {
    await page.goto(`${server.url}/loket/${name}`);
    await page.getByRole("heading", { level: 1, name: heading }).waitFor();
    await look(page, name);
  }
  await page.getByLabel("Nama akun").fill("dewi");
  await page.getByLabel("Nama petugas").fill("Dewi Contoh");
  await page.locator("form[action$=tambah]").getByRole("checkbox", { name: "Loket depan" }).check();
  await page.getByRole("button", { name: "Buat akun" }).click();
  await page.getByText("Akun dewi dibuat.").waitFor();
  await look(page, "akun-baru");
  await page.goto(`${server.url}/loket/berkas/${files[2].number}`);
  await page.locator(".item h3 a", { hasText: "Gambar reklame" }).click();
  await page.locator(".sheet.at iframe").waitFor();
  await picture(page, "loket-pdf");
  assert.deepEqual(page.complaints, []);
});

test("a page that is no longer true keeps the text, in the browser too", async () => {
  const page = await desk(), other = await desk();
  people.ani = people.citra = "kata sandi petugas baru";
  for (const [who, account] of [[page, "ani"], [other, "citra"]]) {
    await who.goto(`${server.url}/loket/masuk`);
    await who.getByLabel("Akun").fill(account);
    await who.getByLabel("Kata sandi").fill(people[account]);
    await who.keyboard.press("Enter");
    await who.getByRole("heading", { name: "Antrean" }).waitFor();
  }
  await page.goto(`${server.url}/loket/berkas/${files[2].number}`);
  await page.locator("summary", { hasText: "Catat kunjungan lapangan" }).click();
  await page.locator("#kunjungan-teks").fill("Catatan panjang yang tidak boleh hilang.");
  // Meanwhile somebody with the program does something.
  await server.desk(["sign-in", "kepala-loket", "--password-stdin"], "kata sandi petugas baru\n");
  await server.desk(["take", files[2].number]);
  await page.getByRole("button", { name: "Catat kunjungan" }).click();
  await page.getByText("Berkas ini sudah berubah").waitFor();
  assert.equal(await page.locator("#kunjungan-teks").inputValue(), "Catatan panjang yang tidak boleh hilang.");
  await look(page, "berubah");

  // The session ends while somebody types.
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Catat kunjungan" }).click();
  await page.getByText("Sesi Anda sudah berakhir.").waitFor();
  await look(page, "masuk-lagi");
  await page.getByLabel("Akun").fill("ani");
  await page.getByLabel("Kata sandi").fill(people.ani);
  await page.keyboard.press("Enter");
  await page.getByText("Anda sudah masuk lagi").waitFor();
  assert.equal(await page.locator("#kunjungan-teks").inputValue(), "Catatan panjang yang tidak boleh hilang.");
  await page.getByRole("button", { name: "Catat kunjungan" }).click();
  await page.getByText("Kunjungan tercatat").waitFor();
});
