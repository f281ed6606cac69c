// After one visit what can be read and the wizard work without a network; a newer release waits for consent.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { checkPage, openBrowser, openPhone } from "../lib/browser.mjs";
import { startBetween } from "../lib/between.mjs";
import { binary, startServer, until } from "../lib/server.mjs";

let server, browser, folder, path;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "satu-pintu-content-"));
  await cp("../content", folder, { recursive: true });
  server = await startServer("--content", folder, "--rate", "0");
  browser = await openBrowser("--host-resolver-rules=MAP kantor.test 127.0.0.1");
  const listed = await promisify(execFile)(binary, ["rules", "paths", "../content/rules/izin-usaha.toml", "--json"], { maxBuffer: 1 << 28 });
  path = JSON.parse(listed.stdout.split("\n")[0]);
});
after(async () => {
  await browser.close();
  assert.equal(await server.stop(), 0, "Ctrl-C ends the server cleanly");
  await rm(folder, { recursive: true });
});

const heading = (page, name) => page.getByRole("heading", { level: 1, name });
const ready = (page) => page.waitForFunction(() => document.documentElement.dataset.app === "ready");
const complete = (page) => page.waitForFunction(() => document.documentElement.dataset.offline === "ready", null, { timeout: 60_000 });
const store = (page) => page.evaluate(async () => (await (await caches.open("satu-pintu")).keys()).map(({ url }) => new URL(url).pathname));
const another = async (page) => {
  const next = await page.context().newPage();
  next.setDefaultTimeout(40_000);
  next.complaints = [];
  next.on("pageerror", (error) => next.complaints.push(error.message));
  return next;
};
const controlled = (page) => page.waitForFunction(() => navigator.serviceWorker.controller);

async function press(page, [id, value]) {
  for (const one of [value].flat()) {
    // The app makes what is in a group when it is opened.
    await page.locator("main h1").waitFor();
    await page.evaluate(() => document.querySelectorAll("main details.group").forEach((box) => (box.open = true)));
    await page.locator(`main input[name="${id}"][value="${one}"]`).first().check();
  }
  await page.getByRole("button", { name: "Lanjut" }).click();
}

test("one visit, and everything to read, the wizard and the survey open without a network", async () => {
  const between = await startBetween(server.url);
  const page = await openPhone(browser);
  await page.goto(between.url);
  await ready(page);
  const early = between.sent.filter(({ kept }) => kept);
  assert.deepEqual(early, [], "nothing is fetched ahead before the app stands");
  await complete(page);
  const whole = between.sent.filter(({ status }) => status === 200);
  const twice = whole.map(({ path }) => path).filter((one, at, all) => all.indexOf(one) !== at);
  assert.deepEqual(twice, [], "nothing is fetched twice");
  const ahead = whole.filter(({ kept, path }) => kept || path.endsWith("whole"));
  console.log(`first load: ${whole.length - ahead.length} answers, ${sum(whole) - sum(ahead)} bytes; ahead: ${ahead.length} answers, ${sum(ahead)} bytes`);
  const kept = await store(page);
  assert.deepEqual(kept.filter((one) => /^\/(api|lacak|permohonan|lihat|urus|cek)/.test(one)), [], "nothing personal");

  // A second visit asks for the worker, and for what the app asks the API.
  between.sent.length = 0;
  const second = await another(page);
  await second.goto(`${between.url}/izin`);
  await complete(second);
  assert.deepEqual(between.sent.filter(({ path, status }) => status === 200 && !/^\/api\/v1\/(notices|health)|^\/sw\.js/.test(path)), []);

  await between.go();
  await page.context().setOffline(true);
  const phone = await another(page);
  await phone.goto(`${between.url}/izin`);
  await ready(phone);
  await phone.getByText("HP Anda sedang tidak terhubung").first().waitFor();
  await checkPage(phone, "the wizard without a network");
  for (const one of path.answers) await press(phone, one);
  await phone.waitForURL(/\/izin\/hasil\?/);
  await phone.locator(".result").waitFor();
  await phone.waitForFunction(() => !document.querySelector(".waiting, .load-failed"));
  await checkPage(phone, "the result without a network");
  const result = phone.url();
  const again = await another(page);
  await again.goto(result);
  await again.locator(".result").waitFor();
  await again.waitForFunction(() => !document.querySelector(".waiting, .load-failed"));
  assert.ok(await again.locator("main .item, main .papers li").count() > 0, "the list of papers is there");
  await again.locator("main a[href^='/layanan/']").first().click();
  await again.waitForURL(/\/layanan\//);
  await again.waitForFunction(() => document.querySelector("main h2") && !document.querySelector(".waiting, .load-failed"));

  for (const [to, name] of [["/panduan", /Panduan/], ["/panduan/nib-oss", /./], ["/istilah", /istilah/i], ["/layanan/reklame", /reklame/i],
    ["/survei", /survei|pelayanan/i], ["/kontak", /Hubungi/], ["/luring", /./]]) {
    const next = await another(page);
    await next.goto(between.url + to);
    await ready(next);
    await heading(next, name).waitFor();
    await checkPage(next, `${to} without a network`);
    if (to.endsWith("nib-oss")) {
      assert.ok(await next.locator("main img").first().evaluate((image) => image.decode().then(() => image.naturalWidth > 0)));
    }
    assert.deepEqual(next.complaints, [], to);
    await next.close();
  }
  // What is not kept says so, and what still works.
  const other = await another(page);
  await other.goto(`${between.url}/lacak/2026-0417-RK`);
  await other.getByRole("link", { name: /izin/i }).first().waitFor();
  await other.getByText("HP Anda sedang tidak terhubung").first().waitFor();
  await checkPage(other, "a page that is not kept");
  await page.context().close();
});
function sum(list) { return list.reduce((all, { bytes }) => all + bytes, 0); }

// Another name for the service: another release, with pages and a list of its own.
async function renew() {
  const script = async () => (await fetch(`${server.url}/sw.js`)).text();
  const first = await script(), file = join(folder, "services/reklame.toml");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace(/^name = "(.*)"/m, 'name = "$1 Baru"'));
  await until(async () => (await script()) !== first, 30_000);
}

test("a newer release waits until the person wants it, and keeps what is typed", async () => {
  const page = await openPhone(browser);
  await page.goto(server.url);
  await complete(page);
  await page.goto(`${server.url}/layanan/reklame`);
  await controlled(page);
  const old = await page.getByRole("heading", { level: 1 }).textContent();
  await renew();
  assert.match(await (await fetch(`${server.url}/layanan/reklame`)).text(), new RegExp(`${old} Baru`), "the page is made anew");

  const phone = await another(page);
  await phone.goto(`${server.url}/izin`);
  const bar = phone.getByRole("region", { name: "Versi baru" });
  await bar.waitFor({ timeout: 60_000 });
  await checkPage(phone, "a newer release");
  await phone.reload();
  await bar.waitFor({ timeout: 60_000 });
  const kept = await another(page);
  await kept.goto(`${server.url}/layanan/reklame`);
  const shown = await kept.evaluate(async () => (await (await fetch(location.href)).text()).length > 0 && document.querySelector("h1").textContent);
  assert.ok(shown === old || shown.includes("Baru"));
  await phone.getByLabel("Cari usaha Anda").fill("warteg");
  await phone.evaluate(() => (window.before = true));
  await phone.getByRole("button", { name: "Pakai sekarang" }).click();
  await phone.waitForFunction(() => !window.before && document.documentElement.dataset.app === "ready");
  await phone.waitForFunction(() => document.querySelector("main [type=search]")?.value === "warteg");
  await complete(phone);
  assert.equal(await bar.count(), 0);
  await phone.context().setOffline(true);
  await phone.goto(`${server.url}/layanan/reklame`);
  await phone.getByRole("heading", { level: 1, name: /Baru/ }).waitFor();
  const names = await store(phone);
  assert.equal(new Set(names).size, names.length, "the older release is gone");
  await phone.context().close();
});

// "sendiri" becomes "diri": another answer to the second question of the wizard.
async function renewRules() {
  const change = async (file, from, to) => {
    const text = await readFile(join(folder, file), "utf8");
    assert.ok(text.includes(from));
    await writeFile(join(folder, file), text.replaceAll(from, to));
  };
  for (const lang of ["id", "en"]) await change(`words/${lang}/rules/izin-usaha.toml`, "badan.option.sendiri", "badan.option.diri");
  await change("rules/izin-usaha.toml", '["sendiri", ', '["diri", ');
  await until(async () => (await (await fetch(`${server.url}/izin`)).text()).includes('value="diri"'), 30_000);
}

test("a kept page goes on by its own rules; the newer ones, once wanted, lead to the nearest question, and one sentence says so", async () => {
  const between = await startBetween(server.url);
  const page = await openPhone(browser);
  await page.goto(`${between.url}/izin`);
  await complete(page);
  await press(page, ["usaha", "warung-nasi"]);
  await press(page, ["badan", "sendiri"]);
  await heading(page, /Berapa modal/).waitFor();
  const address = page.url();
  await page.close();
  await renewRules();

  // The newer catalog would take its place at the next question: it is on its way until the person wants the release.
  let arrive;
  const late = new Promise((done) => (arrive = done));
  between.change = (path, head, body) => (path === "/api/v1/catalog" ? late.then(() => body) : body);
  between.sent.length = 0;
  const phone = await another(page);
  await phone.goto(address);
  await ready(phone);
  await heading(phone, /Berapa modal/).waitFor();
  assert.deepEqual(between.sent.filter(({ path, kept }) => path === "/izin" && !kept), [], "the page is the kept one");
  await press(phone, ["modal", "mikro"]);
  await heading(phone, /dijual dalam bentuk apa/).waitFor();
  assert.match(phone.url(), /badan=sendiri&modal=mikro/);
  assert.equal(await phone.getByText("Jawaban di tautan ini sudah tidak ada").count(), 0);

  const bar = phone.getByRole("region", { name: "Versi baru" });
  await bar.waitFor({ timeout: 60_000 });
  arrive();
  await phone.evaluate(() => (window.before = true));
  await bar.getByRole("button", { name: "Pakai sekarang" }).click();
  await phone.waitForFunction(() => !window.before && document.documentElement.dataset.app === "ready");
  await heading(phone, /atas nama siapa/).waitFor();
  await phone.getByText("Jawaban di tautan ini sudah tidak ada").waitFor();
  assert.match(phone.url(), /usaha=warung-nasi/, "what is still valid is kept");
  await checkPage(phone, "the wizard with newer rules");
  // What came after the answer that is gone is not asked again.
  await press(phone, ["badan", "diri"]);
  await heading(phone, /dijual dalam bentuk apa/).waitFor();
  assert.match(phone.url(), /badan=diri/);
  assert.match(phone.url(), /modal=mikro/);
  assert.deepEqual([...page.complaints, ...phone.complaints], []);
  await page.context().close();
  await between.go();
});

test("a newer release takes over although the older one still fetches", async () => {
  const between = await startBetween(server.url);
  const page = await openPhone(browser);
  let held = 0;
  between.change = (path, head, body) => (path === "/istilah" && !held++ ? new Promise(() => {}) : body);
  await page.goto(between.url);
  await until(() => held, 60_000);
  await renew();
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  const bar = page.getByRole("region", { name: "Versi baru" });
  await bar.waitFor({ timeout: 90_000 });
  await page.evaluate(() => (window.before = true));
  await bar.getByRole("button", { name: "Pakai sekarang" }).click();
  await page.waitForFunction(() => !window.before && document.documentElement.dataset.app === "ready");
  await complete(page);
  await page.context().close();
  await between.go();
});

test("a body that was cut off is not kept, and the next visit fetches only what is missing", async () => {
  const between = await startBetween(server.url);
  const page = await openPhone(browser);
  between.change = (path, head, body) => (/answer-.*wasm$/.test(path) ? body.subarray(0, 5000) : /glossary|istilah$/.test(path) ? null : body);
  await page.goto(between.url);
  await ready(page);
  await until(() => between.sent.some(({ path, kept }) => kept && /answer-.*wasm$/.test(path)));
  const guide = () => between.sent.filter(({ path, kept, status }) => kept && status === 200 && /read-/.test(path)).length;
  await until(async () => (await store(page)).some((path) => /read-.*wasm$/.test(path)));
  assert.ok(!(await store(page)).some((path) => /answer-.*wasm$/.test(path)));
  await page.close();
  between.change = (path, head, body) => body;
  const before = guide();
  const next = await another(page);
  await next.goto(between.url);
  await complete(next);
  assert.equal(guide(), before);
  const kept = await store(next);
  assert.ok(kept.some((path) => /answer-.*wasm$/.test(path)) && kept.includes("/istilah"));
  await next.context().close();
  await between.go();
});

test("a program that does not start is fetched once more", async () => {
  const between = await startBetween(server.url);
  const page = await openPhone(browser);
  let cut = 0;
  between.change = (path, head, body) => (/find-.*wasm$/.test(path) && !cut++ ? body.subarray(0, 9000) : body);
  await page.goto(`${between.url}/izin`);
  await ready(page);
  assert.equal(between.sent.filter(({ path }) => /find-.*wasm$/.test(path)).length, 2);
  await page.context().close();
  await between.go();
});

test("where the phone keeps nothing the app works as before", async () => {
  const between = await startBetween(server.url);
  const refuse = "CacheStorage.prototype.open=()=>Promise.reject(new Error('refused'));";
  between.change = (path, head, body) => (path === "/sw.js" && head.statusCode === 200 ? Buffer.concat([Buffer.from(refuse), body]) : body);
  const page = await openPhone(browser);
  await page.goto(between.url);
  await ready(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.goto(`${between.url}/izin`);
  await ready(page);
  await controlled(page);
  await press(page, path.answers[0]);
  await page.waitForURL(/\?usaha=/);
  await page.getByRole("status").filter({ hasText: "HP ini tidak dapat menyimpan halaman" }).waitFor();
  await checkPage(page, "a phone that keeps nothing");
  assert.deepEqual(page.complaints, []);
  await page.context().close();
  await between.go();
});

test("over a plain address nothing is registered", async () => {
  const page = await openPhone(browser);
  await page.goto(server.url.replace("127.0.0.1", "kantor.test"));
  await ready(page);
  assert.equal(await page.evaluate(() => navigator.serviceWorker), undefined);
  assert.deepEqual(page.complaints.filter((text) => !/Cross-Origin-Opener-Policy/.test(text)), []);
  await page.context().close();
});
