// What a person typed, photographed and sent on a bad network arrives once, by itself, whatever is closed, cut or
// refused on the way; and what was changed in two places is never overwritten unseen.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { join } from "node:path";
import { apply } from "../lib/application.mjs";
import { checkPage, openBrowser, openPhone, picture, ready } from "../lib/browser.mjs";
import { startBetween } from "../lib/between.mjs";
import { begin, fillEverything, pickEverything } from "../lib/fill.mjs";
import { largePdf, makePdf, makePhoto } from "../lib/papers.mjs";
import { startRadio } from "../lib/radio.mjs";
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

const heading = (page, name) => page.getByRole("heading", { level: 1, name });
const limit = { timeout: 240_000 };
const number = (page) => page.waitForFunction(() => location.pathname.match(/\d{4}-\d{4,}-[A-Z]{2}/)?.[0], null, { timeout: 30_000 }).then((found) => found.jsonValue());
const photo = (item) => makePhoto(browser, server.folder, `${item}.jpg`, item);
const another = async (page) => {
  const next = await page.context().newPage();
  next.setDefaultTimeout(40_000);
  return next;
};
// What the phone keeps, as somebody who looks into the browser's storage sees it.
const stored = (page) => page.evaluate(() => new Promise((done) => {
  const asked = indexedDB.open("satu-pintu");
  asked.onsuccess = () => {
    const found = {}, turn = asked.result.transaction(["texts", "files"]);
    for (const store of ["texts", "files"]) {
      turn.objectStore(store).openCursor().onsuccess = ({ target: { result: at } }) => {
        if (!at) return;
        const bytes = (value) => value instanceof ArrayBuffer ? new Uint8Array(value) : value;
        const parts = Array.isArray(at.value) ? at.value : [at.value];
        found[`${store}/${at.key}`] = parts.map((part) => (typeof part === "string" ? part : part?.byteLength !== undefined
          ? new TextDecoder("latin1").decode(bytes(part)) : Object.prototype.toString.call(part))).join("|");
        at.continue();
      };
    }
    turn.oncomplete = () => { asked.result.close(); done(found); };
  };
}));
const keysOf = (all, ...names) => Object.keys(all).filter((key) => names.some((name) => key.split("/")[1].startsWith(name)));
const office = async (page, name) => {
  const key = await page.evaluate((place) => localStorage.getItem(place) ?? window[`satu-pintu:${place}`], `sp-key:${name}`);
  return (await fetch(`${server.url}/api/v1/applications/${name}`, { headers: { authorization: `Bearer ${key}` } })).json();
};

let signed;
const signIn = () => (signed ??= server.desk(["sign-in", "kepala-loket", "--password-stdin", "--new-password-stdin"], `${server.password}\nsandi-baru-yang-panjang\n`));

test("a whole application is made without a network and goes by itself after the app was closed", limit, async () => {
  const line = await startBetween(server.url);
  const context = await browser.newContext({ viewport: { width: 360, height: 800 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, locale: "id-ID" });
  const page = await context.newPage();
  page.setDefaultTimeout(40_000);
  await page.goto(`${line.url}/ajukan/reklame`);
  await ready(page);
  await page.waitForFunction(() => document.documentElement.dataset.offline === "ready", null, { timeout: 150_000 });
  // The network goes before the draft is begun.
  line.sent.length = 0;
  await line.go();
  await context.setOffline(true);
  await page.getByLabel(/^HP sendiri/).check();
  await page.getByRole("button", { name: "Mulai mengisi" }).click();
  await page.waitForURL(/\/permohonan\/baru-/);
  await fillEverything(page);
  await pickEverything(page, photo, /aman di HP ini/);
  await page.getByRole("link", { name: "Periksa dan kirim" }).click();
  await page.getByLabel(/Ya, isian saya benar/).check();
  await page.getByRole("button", { name: "Kirim permohonan" }).click();
  await page.getByText("akan dikirim sendiri saat ada jaringan").first().waitFor();
  await checkPage(page, "an application that waits");
  await picture(page, "outbox-queued");
  await page.getByRole("link", { name: "Lihat yang menunggu terkirim" }).click();
  await page.getByRole("heading", { name: "Menunggu terkirim" }).waitFor();
  await page.getByText("Permohonan menunggu jaringan").waitFor();
  await checkPage(page, "what waits");
  await picture(page, "outbox-waiting");
  // Nothing of it can be read in passing, and all of it is there.
  const kept = await until(async () => {
    const all = await stored(page);
    return keysOf(all, "draft:baru-").length > 0 && all;
  });
  assert.equal(keysOf(kept, "upload:").length, 12, "records and bytes of six files");
  for (const key of keysOf(kept, "draft:", "upload:")) {
    assert.doesNotMatch(kept[key], /Sri|7399014101900001|Melati|JFIF/, key);
  }
  await page.close();

  // Weeks later, on another page of the app, in two tabs at once.
  await line.come();
  await context.setOffline(false);
  const tabs = [await context.newPage(), await context.newPage()];
  await Promise.all(tabs.map((tab) => tab.goto(`${line.url}/panduan`)));
  await until(() => line.sent.some(({ path, status }) => path.endsWith("/submit") && status === 200), 120_000);
  const count = (end) => line.sent.filter(({ path, status }) => path.endsWith(end) && status < 300).length;
  assert.equal(count("/api/v1/applications"), 1, "begun once");
  assert.equal(count("/submit"), 1, "handed in once");
  await tabs[0].goto(`${line.url}/permohonan`);
  await tabs[0].getByText("Sudah dikirim").waitFor();
  await picture(tabs[0], "outbox-sent");
  const name = (await tabs[0].locator(".kept a").first().getAttribute("href")).split("/").pop();
  const application = await office(tabs[0], name);
  assert.equal(application.files.length, 6);
  assert.equal(application.fields.nik, "7399014101900001");
  await tabs[0].goto(`${line.url}/permohonan/${name}/terkirim`);
  await heading(tabs[0], "Permohonan terkirim").waitFor();
  const after = await stored(tabs[0]);
  assert.deepEqual(keysOf(after, "upload:"), [], "what the office has is let go");
  await until(async () => (await tabs[0].evaluate(() => localStorage.getItem("sp-menunggu"))) === null);
  await context.close();
  await line.go();
});

test("a lost answer begins no second draft", limit, async () => {
  const line = await startBetween(server.url);
  const page = await openPhone(browser);
  let cuts = 2;
  line.change = (path, head, body) => (path === "/api/v1/applications" && cuts-- > 0 ? null : body);
  await begin(page, line.url);
  const name = await number(page);
  assert.equal(cuts, -1, "two answers were lost");
  const [year, count] = name.split("-");
  const next = await (await fetch(`${server.url}/api/v1/applications`, { method: "POST", headers: { "content-type": "application/json" }, body: '{"service":"reklame"}' })).json();
  assert.equal(next.application.number.split("-")[1], `${Number(count) + 1}`.padStart(4, "0"), `${year}: no number is used up`);
  await page.context().close();
  await line.go();
});

test("two tabs and two phones: different fields merge, the same field is a choice", limit, async () => {
  const page = await openPhone(browser);
  await begin(page, server.url);
  const name = await number(page);
  // Another tab of this phone.
  const tab = await another(page);
  await page.goto(`${server.url}/permohonan/${name}/data/nama`);
  await tab.goto(`${server.url}/permohonan/${name}/data/alamat`);
  await page.getByLabel("Nama lengkap").fill("Sri Satu");
  await tab.getByLabel("Alamat lengkap").fill("Jl. Dua");
  await until(async () => {
    const { fields } = await office(page, name);
    return fields.nama === "Sri Satu" && fields.alamat === "Jl. Dua";
  });
  await tab.goto(`${server.url}/permohonan/${name}/data/nama`);
  await until(async () => (await tab.getByLabel("Nama lengkap").inputValue()) === "Sri Satu");
  // What one tab types the other shows.
  await tab.getByLabel("Nama lengkap").fill("Sri Tiga");
  await until(async () => (await page.getByLabel("Nama lengkap").inputValue()) === "Sri Tiga");
  await until(async () => (await office(page, name)).fields.nama === "Sri Tiga");
  await tab.close();

  // Another phone, by the code that this one shows, which is offline meanwhile.
  await page.goto(`${server.url}/permohonan/${name}`);
  await page.getByText("Nomor dan kunci Anda").click();
  await page.getByRole("img", { name: "Lanjutkan di HP lain" }).waitFor();
  await checkPage(page, "the code for another phone");
  await picture(page, "outbox-move");
  const key = await page.evaluate((place) => localStorage.getItem(place), `sp-key:${name}`);
  await page.goto(`${server.url}/permohonan/${name}/data/nama`);
  await page.getByLabel("Nama lengkap").waitFor();
  await page.context().setOffline(true);
  await page.getByLabel("Nama lengkap").fill("Sri di HP lama");
  await page.getByText("Tersimpan di HP ini. Belum sampai").first().waitFor();

  const other = await openPhone(browser);
  await other.goto(`${server.url}/permohonan/${name}#${key}`);
  await other.getByRole("link", { name: "Berkas" }).waitFor();
  assert.ok(!other.url().includes("#"), "the key leaves the address");
  await checkPage(other, "the draft on another phone");
  await other.goto(`${server.url}/permohonan/${name}/data/nama#${key}`);
  await other.getByLabel("Nama lengkap").fill("Sri di HP baru");
  await until(async () => (await office(other, name)).fields.nama === "Sri di HP baru");

  await page.context().setOffline(false);
  await page.getByText("Isian ini diubah juga di tempat lain").waitFor();
  await page.getByText("Sri di HP baru").first().waitFor();
  assert.equal(await page.getByLabel("Nama lengkap").inputValue(), "Sri di HP lama");
  assert.equal((await office(page, name)).fields.nama, "Sri di HP baru", "nothing was overwritten");
  await checkPage(page, "two values for one field");
  await picture(page, "outbox-clash");
  await page.getByRole("button", { name: "Pakai yang di HP ini" }).click();
  await until(async () => (await office(page, name)).fields.nama === "Sri di HP lama");
  await page.context().close();
  await other.context().close();
});

test("a draft goes to another phone as a file, with what no network has seen", limit, async () => {
  const page = await openPhone(browser);
  await page.goto(`${server.url}/ajukan/reklame`);
  await ready(page);
  await page.context().setOffline(true);
  await page.getByLabel(/^HP sendiri/).check();
  await page.getByRole("button", { name: "Mulai mengisi" }).click();
  await page.waitForURL(/\/permohonan\/baru-/);
  await page.locator("a.task", { hasText: "Data Anda" }).click();
  await page.getByLabel("Nama lengkap").fill("Sri Pindah");
  await page.getByRole("link", { name: "Ke daftar tugas" }).click();
  await page.getByRole("link", { name: "Berkas" }).click();
  await page.locator('a[href$="/berkas/ktp"]').first().click();
  await page.locator("input[type=file]").last().setInputFiles(await photo("ktp"));
  await page.locator(".file-row").getByText(/aman di HP ini/).waitFor();
  await page.getByRole("link", { name: "Kembali ke daftar berkas" }).first().click();
  await page.getByRole("link", { name: "Kembali ke daftar tugas" }).click();
  await page.getByText("Simpan draf ke berkas").click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Simpan berkas" }).click()]);
  const path = join(server.folder, "draf.satupintu");
  await download.saveAs(path);

  const other = await openPhone(browser);
  await other.goto(`${server.url}/permohonan`);
  await other.getByText("Draf dari HP lain").waitFor();
  await checkPage(other, "applications on this phone");
  await other.locator("input[type=file]").setInputFiles(await photo("bukan-draf"));
  await other.getByText("Ini bukan berkas draf").waitFor();
  await other.locator("input[type=file]").setInputFiles(path);
  await other.waitForURL(/\/permohonan\/[^/]+$/);
  const name = await number(other);
  await until(async () => {
    const { fields, files } = await office(other, name);
    return fields.nama === "Sri Pindah" && files.length === 1;
  }, 30_000);
  // The old phone comes back: it is the same draft.
  await page.context().setOffline(false);
  assert.equal(await number(page), name);
  await page.context().close();
  // Everything leaves the phone.
  await other.goto(`${server.url}/permohonan`);
  await other.getByRole("button", { name: "Hapus semua dari HP ini" }).click();
  await picture(other, "outbox-wipe");
  await other.getByRole("button", { name: "Ya, hapus semua" }).click();
  await other.waitForURL((url) => url.pathname === "/");
  await other.goto(`${server.url}/permohonan`);
  await other.getByText("Tidak ada permohonan yang tersimpan").waitFor();
  assert.deepEqual(keysOf(await stored(other), "draft", "upload", "moved", "survei", "kunci"), []);
  assert.deepEqual(await other.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("sp-key"))), []);
  await other.context().close();
});

test("a dead radio is noticed, and the file goes on where the office holds it", limit, async () => {
  const radio = await startRadio(server.url);
  const page = await openPhone(browser);
  await begin(page, radio.url);
  const name = await number(page);
  await page.goto(`${radio.url}/permohonan/${name}/berkas/npwpd`);
  await page.locator("input[type=file]").last().waitFor();
  const big = largePdf(6_000_000), before = radio.up;
  const silent = until(() => (radio.dead = radio.up - before > 700_000), 60_000);
  await page.locator("input[type=file]").last().setInputFiles({ name: "besar.pdf", mimeType: "application/pdf", buffer: big });
  await silent;
  // Nobody is told that the line is dead; the app gives the request up by itself, and then the radio is back.
  await page.waitForEvent("requestfailed", { predicate: (request) => /uploads/.test(request.url()), timeout: 20_000 });
  radio.dead = false;
  await page.getByText("Diterima kantor").first().waitFor({ timeout: 60_000 });
  assert.ok((radio.up - before) / big.length < 1.4, `${radio.up - before} bytes for a file of ${big.length}`);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
  await radio.stop();
});

test("a file is paused, goes on, is turned and taken away; a closed tab loses nothing", limit, async () => {
  const line = await startBetween(server.url);
  const page = await openPhone(browser);
  await begin(page, line.url);
  const name = await number(page);
  await page.goto(`${line.url}/permohonan/${name}/berkas/foto-tiga-arah`);
  await page.locator("input[type=file]").last().waitFor();
  await line.go();
  await page.locator("input[type=file]").last().setInputFiles(await photo("foto-tiga-arah"));
  await page.getByRole("button", { name: "Jeda" }).click();
  await page.getByText("Dijeda").waitFor();
  const size = () => page.locator(".file-row img")
    .evaluate((image) => image.decode().then(() => [image.naturalWidth, image.naturalHeight], () => []));
  const [width, height] = await size();
  assert.ok(width < height);
  await page.getByRole("button", { name: "Putar" }).click();
  await until(async () => (await size())[0] === height);
  await checkPage(page, "a file that waits");
  await picture(page, "outbox-file");
  // The tab dies; another one finds the file.
  const context = page.context();
  await until(async () => keysOf(await stored(page), "upload:").length === 2);
  const crashed = new Promise((done) => page.once("crash", done));
  await page.goto("chrome://crash").catch(() => {});
  await crashed;
  await line.come();
  const next = await context.newPage();
  next.setDefaultTimeout(40_000);
  await next.goto(`${line.url}/permohonan/${name}/berkas/foto-tiga-arah`);
  const there = next.locator(".stored");
  await there.getByText("Diterima kantor", { exact: true }).waitFor();
  // It is taken away without a network, and the page is left at once.
  await line.go();
  const kept = async () => (await stored(next))[`texts/draft:${name}`];
  const before = await kept();
  await there.getByRole("button", { name: /^Hapus/ }).click();
  await there.getByText("Urungkan").waitFor();
  await until(async () => (await kept()) !== before);
  assert.equal((await office(next, name)).files.length, 1);
  await line.come();
  await next.reload();
  await until(async () => (await office(next, name)).files.length === 0);
  await context.close();
  await line.go();
});

test("what is taken away while its last answer is lost is not handed in; pages come in their order", limit, async () => {
  const line = await startBetween(server.url);
  const page = await openPhone(browser);
  await begin(page, line.url);
  const name = await number(page);
  await page.goto(`${line.url}/permohonan/${name}/berkas/gambar-reklame`);
  const picker = page.locator("input[type=file]").last();
  await picker.waitFor();
  // The first page breaks off again and again; those after it wait for it.
  let breaks = 3;
  line.change = (path, head, body) => (path.includes("/uploads") && breaks > 0 && (breaks -= 1) >= 0 ? null : body);
  const paper = (which) => makePdf(browser, server.folder, `${which}.pdf`, which);
  const pages = [await paper("satu"), await paper("dua"), await paper("tiga")];
  await picker.setInputFiles(pages);
  await until(async () => (await office(page, name)).files.length === 3);
  const names = (await office(page, name)).files.sort((a, b) => a.page - b.page).map((file) => file.name);
  assert.deepEqual([names, breaks], [["satu.pdf", "dua.pdf", "tiga.pdf"], 0]);
  await page.locator(".stored").nth(2).waitFor();

  // A fourth one arrives whole, its answer never does.
  line.change = (path, head, body) => (path.includes("/uploads") ? null : body);
  await page.locator("input[type=file]").last().setInputFiles(await paper("empat"));
  await until(async () => (await office(page, name)).files.length === 4);
  await line.go();
  await page.locator(".file-row", { hasText: "empat.pdf" }).getByRole("button", { name: /^Hapus/ }).click();
  await until(async () => Object.keys(await stored(page)).every((key) => !key.includes("upload:")));
  assert.equal((await office(page, name)).files.length, 4);
  line.change = (path, head, body) => body;
  await line.come();
  await until(async () => (await office(page, name)).files.length === 3);
  await page.context().close();
  await line.go();
});

test("a phone that keeps nothing works online, and says where the draft is", limit, async () => {
  const page = await openPhone(browser);
  await page.addInitScript(() => {
    Object.defineProperty(window, "indexedDB", { get() { throw new DOMException("refused", "SecurityError"); } });
    Object.defineProperty(window, "localStorage", { get() { throw new DOMException("refused", "SecurityError"); } });
    navigator.locks.request = () => Promise.reject(new DOMException("refused", "SecurityError"));
  });
  await begin(page, server.url);
  await number(page);
  await page.getByText("HP ini tidak bisa menyimpan isian").waitFor();
  await checkPage(page, "a phone that keeps nothing");
  await picture(page, "outbox-refused");
  await page.locator("a.task", { hasText: "Data Anda" }).click();
  await page.getByLabel("Nama lengkap").fill("Sri Tanpa Simpan");
  await page.getByText("Tersimpan di kantor").first().waitFor();
  await page.context().close();
});

test("what the browser threw away comes back by number and key", limit, async () => {
  const page = await openPhone(browser);
  await begin(page, server.url);
  const name = await number(page);
  await page.locator("a.task", { hasText: "Data Anda" }).click();
  await page.getByLabel("Nama lengkap").fill("Sri Kembali");
  await page.getByText("Tersimpan di kantor").first().waitFor();
  const at = page.url();
  const key = await page.evaluate((place) => localStorage.getItem(place), `sp-key:${name}`);
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin: server.url, storageTypes: "all" });
  await page.goto(at);
  await heading(page, "Masukkan kunci permohonan").waitFor();
  await page.getByLabel("Kunci").first().fill(key);
  await page.getByLabel(/Ya, simpan kunci/).check();
  await page.getByRole("button", { name: "Buka permohonan" }).click();
  await page.getByLabel("Nama lengkap").waitFor();
  assert.equal(await page.getByLabel("Nama lengkap").inputValue(), "Sri Kembali");

  await page.context().close();
});

test("a key that was replaced while somebody typed is asked for where they typed", limit, async () => {
  const { number: name, key } = await apply(server.url, { name: "Sri Lama" });
  await signIn();
  await server.desk(["take", name]);
  await server.desk(["return", name, "--item", "field:nama", "--reason", "Tulis nama lengkap."]);
  const page = await openPhone(browser);
  await page.goto(`${server.url}/permohonan/${name}/data/nama#${key}`);
  await page.getByLabel("Nama lengkap").waitFor();
  const at = page.url();
  const told = await server.desk(["rekey", name, "--seen-ktp"]);
  const fresh = told.match(/([0-9A-Z]{4}-){4}[0-9A-Z*~$=]/)[0];
  await page.getByLabel("Nama lengkap").fill("Sri Tetap Mengetik");
  await page.getByText("Isian Anda tidak hilang").waitFor();
  await checkPage(page, "a key that was replaced");
  await picture(page, "outbox-key");
  assert.equal(await page.getByLabel("Nama lengkap").inputValue(), "Sri Tetap Mengetik");
  await page.getByLabel("Kunci").first().fill(fresh);
  await page.getByLabel(/Ya, simpan kunci/).check();
  await page.getByRole("button", { name: "Buka permohonan" }).click();
  await until(async () => (await office(page, name)).fields?.nama === "Sri Tetap Mengetik");
  assert.equal(page.url(), at);
  await page.context().close();
});

test("a full phone says so; the file and what is typed go all the same", limit, async () => {
  const line = await startBetween(server.url);
  const page = await openPhone(browser);
  await begin(page, line.url);
  const name = await number(page);
  // A quota that is set from outside does not reach a context of its own: the store itself refuses, as a full one does.
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
  });
  await page.goto(`${line.url}/permohonan/${name}/berkas/ktp`);
  await page.locator("input[type=file]").last().waitFor();
  await line.go();
  await page.locator("input[type=file]").last().setInputFiles(await photo("ktp"));
  await page.getByText("Hanya ada di halaman ini").waitFor();
  await line.come();
  await page.locator(".stored").getByText("Diterima kantor", { exact: true }).waitFor();
  // What the phone did not take is not mistaken for what another tab wrote.
  await page.goto(`${line.url}/permohonan/${name}`);
  await page.locator("a.task", { hasText: "Data Anda" }).click();
  const field = page.getByLabel("Nama lengkap");
  await field.waitFor();
  await field.pressSequentially("Sri HP Penuh", { delay: 120 });
  await until(async () => (await office(page, name)).fields?.nama === "Sri HP Penuh");
  assert.equal(await field.inputValue(), "Sri HP Penuh");
  assert.equal(await page.getByText("diubah juga di tempat lain").count(), 0);
  await page.context().close();
  await line.go();
});

test("answers to the survey wait on the phone when the person wants it, and are counted once", limit, async () => {
  const { number: name, key } = await apply(server.url, { name: "Sri Survei" });
  await signIn();
  const colleague = await server.colleague();
  for (const verb of [["take", name], ["accept", name]]) await server.desk(verb);
  for (const agency of ["pupr", "bapenda"]) {
    await server.desk(["ask-agency", name, agency, "--question", "Mohon periksa."]);
    await server.desk(["agency-answer", name, agency, "--agree", "--text", "Layak."]);
  }
  await server.desk(["decide", name, "--grant"]);
  await colleague(["decide", name, "--grant"]);
  const line = await startBetween(server.url);
  const page = await openPhone(browser);
  await page.goto(`${line.url}/urus/${name}#${key}`);
  await page.getByRole("link", { name: /Nilai pelayanan kami/ }).first().click();
  await page.getByRole("button", { name: /Isi survei untuk/ }).waitFor();
  await line.go();
  await page.getByRole("button", { name: /Isi survei untuk/ }).click();
  for (let question = 1; question <= 9; question += 1) {
    await page.getByText(`Pertanyaan ${question} dari 9`).waitFor();
    await page.locator("input[type=radio]").nth(3).check();
    await page.getByRole("button", { name: "Lanjut", exact: true }).click();
  }
  await heading(page, "Sedikit tentang Anda").waitFor();
  await page.getByRole("button", { name: "Lanjut", exact: true }).click();
  await page.getByRole("button", { name: "Kirim jawaban" }).click();
  await page.getByRole("button", { name: "Simpan di HP ini dan kirim nanti" }).click();
  await page.getByText("akan dikirim sendiri saat ada jaringan").waitFor();
  await checkPage(page, "answers that wait");
  await picture(page, "outbox-survey");
  const all = await stored(page), kept = keysOf(all, "survei:");
  assert.equal(kept.length, 1);
  assert.doesNotMatch(all[kept[0]], /waktu|biaya/);
  const context = page.context();
  await page.close();
  await line.come();
  const next = await context.newPage();
  await next.goto(`${line.url}/kontak`);
  await until(() => line.sent.some(({ path, status }) => path === "/api/v1/survey/answers" && status === 204), 30_000);
  await until(async () => keysOf(await stored(next), "survei:").length === 0);
  assert.equal((await (await fetch(`${server.url}/api/v1/survey`)).json()).answers, 1);
  await context.close();
  await line.go();
});
