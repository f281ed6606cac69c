// Papers before and while they go: small and without where they were taken, in the order that the person wants, with
// how long it takes; and one that the office does not take keeps the application from going without it.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startBetween } from "../lib/between.mjs";
import { checkPage, openBrowser, openPhone, picture } from "../lib/browser.mjs";
import { begin, fillEverything, papers, pickEverything } from "../lib/fill.mjs";
import { openLine } from "../lib/line.mjs";
import { largePdf, makePhoto } from "../lib/papers.mjs";
import { startServer, until } from "../lib/server.mjs";

let server, browser;
before(async () => {
  server = await startServer("--rate", "0");
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  assert.equal(await server.stop(), 0, "Ctrl-C ends the server cleanly");
});

const limit = { timeout: 240_000 };
const number = (page) => page.waitForFunction(() => location.pathname.match(/\d{4}-\d{4,}-[A-Z]{2}/)?.[0], null, { timeout: 30_000 }).then((found) => found.jsonValue());
const picker = (page) => page.locator("input[type=file]").last();

async function open(page, url, item) {
  await begin(page, url);
  const name = await number(page);
  await page.goto(`${url}/permohonan/${name}/berkas/${item}`);
  await picker(page).waitFor();
  return name;
}

async function office(page, name, path = "", method = "GET") {
  const key = await page.evaluate((place) => localStorage.getItem(place), `sp-key:${name}`);
  const answer = await fetch(`${server.url}/api/v1/applications/${name}${path}`, { method, headers: { authorization: `Bearer ${key}` } });
  return answer.json();
}

async function bytesOf(page, name, file) {
  const { url } = await office(page, name, `/files/${file}/ticket`, "POST");
  return Buffer.from(await (await fetch(new URL(url, server.url))).arrayBuffer());
}

// As a camera writes it: where it was taken, a serial number, before the picture itself.
function withPlace(jpeg) {
  const entry = (tag, type, count, value) => { const one = Buffer.alloc(12); one.writeUInt16BE(tag, 0); one.writeUInt16BE(type, 2); one.writeUInt32BE(count, 4); value.copy(one, 8); return one; };
  const long = (value) => { const four = Buffer.alloc(4); four.writeUInt32BE(value); return four; };
  const [words, rationals] = [Buffer.from("Kamera-Bu-Sri-0042\0"), Buffer.concat([7, 1, 33, 1, 25, 1].map(long))];
  const count = (n) => Buffer.from([0, n]);
  const gps = 8 + 2 + 2 * 12 + 4, rest = gps + 2 + 2 * 12 + 4;
  const tiff = Buffer.concat([
    Buffer.from("MM\0*"), long(8),
    count(2), entry(0x010f, 2, words.length, long(rest)), entry(0x8825, 4, 1, long(gps)), long(0),
    count(2), entry(1, 2, 2, Buffer.from("S\0\0\0")), entry(2, 5, 3, long(rest + words.length + 1)), long(0),
    words, Buffer.alloc(1), rationals,
  ]);
  const body = Buffer.concat([Buffer.from("Exif\0\0"), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

// A sharp letter on a grainy table, as many points as a phone's camera gives.
async function cameraPhoto(name) {
  const page = await browser.newPage({ viewport: { width: 3000, height: 4000 } });
  await page.setContent(`<!doctype html><meta charset="utf-8"><style>
    body{margin:0;background:#7a6a55} canvas{position:fixed;inset:0} main{position:relative;margin:220px;padding:200px;background:#fbfaf6;font:72px/1.5 serif}</style>
    <canvas width="3000" height="4000"></canvas><main><h1>Surat pernyataan</h1>${"<p>Yang bertanda tangan di bawah ini menyatakan dengan sebenarnya bahwa reklame akan dibongkar sendiri pada waktunya.</p>".repeat(9)}</main>
    <script>const at = document.querySelector("canvas").getContext("2d"), all = at.createImageData(3000, 4000);
      for (let n = 0, seed = 7; n < all.data.length; n += 4) { seed = (seed * 1103515245 + 12345) % 2147483648; const grey = 90 + (seed >> 16) % 60; all.data.set([grey + 20, grey, grey - 20, 255], n); }
      at.putImageData(all, 0, 0)</script>`);
  const jpeg = await page.screenshot({ type: "jpeg", quality: 95 });
  await page.close();
  const path = join(server.folder, name);
  await writeFile(path, withPlace(jpeg));
  return path;
}

test("a photo goes small and readable, without where it was taken", limit, async () => {
  const path = await cameraPhoto("dari-kamera.jpg");
  const taken = await readFile(path);
  assert.ok(taken.length > 2e6 && taken.includes("Kamera-Bu-Sri") && taken.includes("Exif"), `${taken.length} bytes, with EXIF`);
  const page = await openPhone(browser);
  const name = await open(page, server.url, "npwpd");
  await picker(page).setInputFiles(path);
  const [file] = await until(async () => { const { files } = await office(page, name); return files.length && files; }, 60_000);
  const sent = await bytesOf(page, name, file.id);
  assert.ok(sent.length <= 400_000, `${sent.length} bytes`);
  assert.equal(file.size, sent.length);
  for (const trace of ["Exif", "Kamera-Bu-Sri", "MM\0*"]) assert.ok(!sent.includes(trace), trace);
  const [width, height] = await page.evaluate(async (bytes) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0))], { type: "image/jpeg" }));
    return [image.width, image.height];
  }, sent.toString("base64"));
  assert.ok(width >= 1000 && height > width, `${width} x ${height}`);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test("a PDF goes as it is, and says how long it takes", limit, async () => {
  const rate = 150_000;
  const line = await openLine(Number(new URL(server.url).port), { rate });
  const page = await openPhone(browser);
  const name = await open(page, line.url, "npwpd");
  const pdf = largePdf(4_500_000);
  await picker(page).setInputFiles({ name: "besar.pdf", mimeType: "application/pdf", buffer: pdf });
  const said = page.getByText(/^[\d,]+ MB dari [\d,]+ MB, tinggal sekitar \d+ detik$/);
  await said.waitFor();
  await checkPage(page, "a file on a slow line");
  await picture(page, "photos-slow");
  const [done, all, seconds] = (await said.innerText()).replaceAll(",", ".").match(/[\d.]+\d|\d/g).map(Number);
  const left = ((all - done) * 1e6) / rate;
  assert.ok(seconds > left / 2 - 10 && seconds < left * 2 + 10, `${seconds} s said where ${left} are left`);
  const [file] = await until(async () => { const { files } = await office(page, name); return files.length && files; }, 90_000);
  assert.ok(pdf.equals(await bytesOf(page, name, file.id)), "every byte as it was");
  await page.context().close();
  await line.close().catch(() => {});
});

test("pages that wait change places, and arrive in that order after the page was closed", limit, async () => {
  const line = await startBetween(server.url);
  const page = await openPhone(browser);
  const name = await open(page, line.url, "gambar-reklame");
  // Everything but files comes through.
  line.change = (path, head, body) => (path.includes("/uploads") ? null : body);
  // More than goes with one request: what was sent whole without an answer may be there, and keeps its place.
  const paper = (which, bytes) => ({ name: `${which}.pdf`, mimeType: "application/pdf", buffer: largePdf(bytes) });
  await picker(page).setInputFiles([paper("satu", 150_000), paper("dua", 160_000), paper("tiga", 170_000)]);
  const rows = async (page) => (await page.locator(".file-row .name").allInnerTexts()).map((text) => text.split(".")[0]).join();
  await until(async () => (await rows(page)) === "satu,dua,tiga");
  await page.getByRole("button", { name: "Naikkan: tiga.pdf" }).click();
  await until(async () => (await rows(page)) === "satu,tiga,dua");
  await page.getByRole("button", { name: "Turunkan: satu.pdf" }).click();
  await until(async () => (await rows(page)) === "tiga,satu,dua");
  await checkPage(page, "pages that wait");
  await picture(page, "photos-order");
  const other = await page.context().newPage();
  await other.goto(page.url());
  await until(async () => (await rows(other)) === "tiga,satu,dua");
  await page.close();
  line.change = (path, head, body) => body;
  const files = await until(async () => { const { files } = await office(other, name); return files.length === 3 && files; }, 60_000);
  assert.deepEqual(files.sort((a, b) => a.page - b.page).map((file) => file.name), ["tiga.pdf", "satu.pdf", "dua.pdf"]);
  await other.context().close();
  await line.go();
});

test("on a phone that turns out to be the person's own a file that waits is kept", limit, async () => {
  const line = await startBetween(server.url);
  const page = await openPhone(browser);
  await begin(page, line.url, false);
  await number(page);
  line.change = (path, head, body) => (path.includes("/uploads") ? null : body);
  await page.getByRole("link", { name: "Berkas" }).click();
  await page.locator('a[href$="/berkas/gambar-reklame"]').first().click();
  await picker(page).waitFor();
  await picker(page).setInputFiles({ name: "gambar.pdf", mimeType: "application/pdf", buffer: largePdf(90_000) });
  const row = page.locator(".file-row", { hasText: "gambar.pdf" });
  await row.getByText("Hanya ada di halaman ini").waitFor();
  const kept = () => page.evaluate(() => new Promise((done) => {
    const asked = indexedDB.open("satu-pintu");
    asked.onsuccess = () => {
      const keys = asked.result.transaction("files").objectStore("files").getAllKeys();
      keys.onsuccess = () => { asked.result.close(); done(keys.result.filter((key) => key.startsWith("upload:")).length); };
    };
  }));
  assert.equal(await kept(), 0);
  await page.getByRole("link", { name: "Kembali ke daftar berkas" }).first().click();
  await page.getByRole("link", { name: "Kembali ke daftar tugas" }).click();
  await page.getByRole("button", { name: "Ini HP saya sendiri, simpan di sini" }).click();
  await until(async () => (await kept()) === 1);
  await page.locator('a[href$="/berkas"]').first().click();
  await page.locator('a[href$="/berkas/gambar-reklame"]').first().click();
  await row.waitFor();
  assert.equal(await row.getByText("Hanya ada di halaman ini").count(), 0);
  await page.context().close();
  await line.go();
});

test("a file that the office refuses holds the application until it is taken away", limit, async () => {
  const page = await openPhone(browser);
  await begin(page, server.url);
  const name = await number(page);
  await fillEverything(page);
  await pickEverything(page, (item) => makePhoto(browser, server.folder, `${item}.jpg`, item), "Diterima kantor");
  await page.goto(`${server.url}/permohonan/${name}/berkas/gambar-reklame`);
  const script = Buffer.from(largePdf(600).toString("latin1").replace("/Type/Catalog", "/Type/Catalog/OpenAction<</S/JavaScript/JS(x)>>"), "latin1");
  await picker(page).setInputFiles({ name: "berskrip.pdf", mimeType: "application/pdf", buffer: script });
  const row = page.locator(".file-row", { hasText: "berskrip.pdf" });
  await row.getByText(/skrip|program/i).first().waitFor();
  await picture(page, "photos-refused");
  await page.goto(`${server.url}/permohonan/${name}`);
  await page.getByRole("link", { name: "Periksa dan kirim" }).click();
  await page.getByLabel(/Ya, isian saya benar/).check();
  await page.getByRole("button", { name: "Kirim permohonan" }).click();
  await page.getByText("Kantor tidak menerima salah satu berkas").waitFor();
  await checkPage(page, "a refused file holds the application");
  await picture(page, "photos-held");
  assert.equal((await office(page, name)).tracking.status.state, "draft");
  await page.goto(`${server.url}/permohonan/${name}/berkas/gambar-reklame`);
  await row.getByRole("button", { name: /^Hapus/ }).click();
  await until(async () => (await office(page, name)).tracking.status.state !== "draft", 60_000);
  assert.equal((await office(page, name)).files.length, papers.length);
  await page.context().close();
});
