// The page of the wizard answers before the app is there, asks what the domain asks, and hands over to the app
// without a flash or a loss.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { checkPage, openBrowser, openPhone, ready } from "../lib/browser.mjs";
import { binary, startServer, until } from "../lib/server.mjs";

let server, browser, paths;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
  const listed = await promisify(execFile)(binary, ["rules", "paths", "../content/rules/izin-usaha.toml", "--json"], { maxBuffer: 1 << 28 });
  paths = listed.stdout.trim().split("\n").map((line) => JSON.parse(line));
});
after(async () => {
  await browser.close();
  assert.equal(await server.stop(), 0, "Ctrl-C ends the server cleanly");
});

const heading = (page, name) => page.getByRole("heading", { level: 1, name });
const answer = (values) => (Array.isArray(values) ? values : [values]);

// Numbers that look random and are the same in every run.
function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
function some(count, seed) {
  const next = seeded(seed);
  return Array.from({ length: count }, () => paths[Math.floor(next() * paths.length)]);
}

test("the page's script asks and ends as the domain does, on every path of the rules", async () => {
  const page = await openPhone(browser);
  await page.route(/\.wasm$/, (route) => route.abort());
  await page.goto(`${server.url}/izin`);
  assert.ok(paths.length > 10_000);
  const wrong = [];
  for (let at = 0; at < paths.length; at += 5000) {
    wrong.push(...await page.evaluate((part) => {
      const table = expand(JSON.parse(document.getElementById("wizard").textContent));
      const list = (value) => (Array.isArray(value) ? value : [value]);
      const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
      return part.filter(({ answers, end, needs }) => {
        const given = answers.map(([id, value]) => [id, list(value)]);
        const asked = given.every(([id], i) => {
          const step = walk(table, given.slice(0, i));
          return step.ask && step.ask.id === id && !step.invalid && left(table, step.ask, step.facts) >= 0;
        });
        const done = walk(table, given);
        const permits = done.end && done.needs.filter((need) => !need[1]).map((need) => need[0]);
        // In whatever order the answers stand in the address.
        const turned = walk(table, given.slice().reverse());
        return !(asked && done.end === end && same(permits, needs) && turned.end === end);
      });
    }, paths.slice(at, at + 5000)));
  }
  assert.deepEqual(wrong.slice(0, 3), []);
  await page.context().close();
});

test("how many questions are left is what the app says, on 60 paths", async () => {
  const page = await openPhone(browser);
  await page.route(/\.wasm$/, (route) => route.abort());
  for (const path of some(60, 7)) {
    const cut = path.answers.slice(0, 1 + (path.answers.length % 4));
    const query = cut.map(([id, value]) => `${id}=${answer(value).join(".")}`).join("&");
    const [, told] = (await (await fetch(`${server.url}/izin?${query}`)).text()).match(/<p class="over">([^<]*)</) ?? [];
    if (!told) continue; // all answered
    await page.goto(`${server.url}/izin`);
    await page.evaluate((to) => { history.pushState(null, "", to); dispatchEvent(new PopStateEvent("popstate")); }, `/izin?${query}`);
    assert.equal(await page.locator("main .over").textContent(), told, query);
  }
  await page.context().close();
});

async function press(page, [id, value]) {
  // The tiles of a group are made when somebody opens it.
  await page.locator("main form").evaluate((form) => form.querySelectorAll("details.group").forEach((group) => (group.open = true)));
  for (const one of answer(value)) await page.locator(`main input[name="${id}"][value="${one}"]`).first().check();
  await page.getByRole("button", { name: "Lanjut" }).click();
}

test("without WebAssembly 12 paths are walked by hand to the server's result", async () => {
  const page = await openPhone(browser);
  await page.route(/\.wasm$/, (route) => route.abort());
  for (const path of some(12, 11)) {
    await page.goto(server.url);
    await page.evaluate(() => localStorage.clear());
    await page.goto(`${server.url}/izin`);
    for (const one of path.answers) await press(page, one);
    await page.waitForURL(/\/izin\/hasil\?/);
    await page.locator(".result").waitFor();
    const links = await page.locator("main a[href^='/layanan/']").evaluateAll((all) => all.map((a) => a.pathname.split("/")[2]));
    for (const need of path.needs) assert.ok(links.includes(need), `${need} of ${JSON.stringify(path.answers)}`);
  }
  await page.context().close();
});

test("Back, a changed answer, a fault and help work before the app is there", async () => {
  const page = await openPhone(browser);
  await page.route(/\.wasm$/, (route) => route.abort());
  await page.goto(`${server.url}/izin`);
  await page.getByRole("button", { name: "Lanjut" }).click();
  await page.waitForFunction(() => document.activeElement.id === "error-summary");
  assert.match(await page.locator("#error-summary").textContent(), /Pilih satu usaha/);
  await checkPage(page, "the shell");
  await page.getByLabel("Cari usaha Anda").fill("warung");
  await page.getByText("usaha cocok").waitFor();
  await page.locator(".found input[value=warung-nasi]").check();
  await page.getByText("Pilihan Anda: Warung nasi").waitFor();
  await page.getByRole("button", { name: "Lanjut" }).click();
  await heading(page, /atas nama siapa/).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
  assert.equal(await page.title(), "Usaha ini atas nama siapa? – Satu Pintu");
  await page.getByLabel("Saya tidak tahu").check();
  await page.getByText("Tidak apa-apa bila belum tahu").waitFor();
  await checkPage(page, "the shell");
  await page.getByRole("button", { name: "Lanjut" }).click();
  await heading(page, /Berapa modal/).waitFor();
  await page.getByText("Jawaban Anda sejauh ini (2)").click();
  await page.getByRole("link", { name: /Ubah.*atas nama siapa/ }).click();
  await heading(page, /atas nama siapa/).waitFor();
  assert.ok(await page.getByLabel("Saya tidak tahu").isChecked());
  await page.getByLabel("Nama saya sendiri").check();
  await page.getByRole("button", { name: "Lanjut" }).click();
  await heading(page, /Berapa modal/).waitFor();
  await page.goBack();
  await page.goBack();
  await heading(page, /Berapa modal/).waitFor();
  await page.goBack();
  await heading(page, /atas nama siapa/).waitFor();
  await page.goBack();
  await heading(page, "Apa usaha Anda?").waitFor();
  await page.goto(`${server.url}/izin?usaha=warung-nasi&badan=bukan-jawaban`);
  await page.getByText("Jawaban di tautan ini sudah tidak ada").waitFor();
  await page.goto(`${server.url}/izin`);
  await page.getByText("Anda pernah mulai di HP ini").waitFor();
  assert.deepEqual(page.complaints.filter((text) => !/wasm|ERR_FAILED|fetch/i.test(text)), []);
  await page.context().close();
});

// Keeps the program back until the returned function is called.
async function heldBack(page) {
  let release;
  const held = new Promise((done) => (release = done));
  await page.route(/\.wasm$/, async (route) => { await held; await route.continue(); });
  return release;
}

// Counts what moves by itself, in `window.shift`.
const shiftSeen = (page) => page.addInitScript(() => {
  window.shift = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((e) => { if (!e.hadRecentInput) window.shift += e.value; }))
    .observe({ type: "layout-shift", buffered: true });
});

const pages = ["/", "/survei", "/survei/hasil", "/layanan", "/layanan/reklame", "/ajukan/reklame", "/panduan", "/panduan/nib-oss",
  "/lacak", "/kinerja", "/istilah", "/kontak", "/cek", "/izin/hasil?usaha=warung-nasi&badan=sendiri&modal=mikro&olahan=siap-saji&tempat=sewa&bangun=tidak&papan-nama=ya&surat-lama=iumk"];
for (const path of pages)
  test(`nothing moves when the app takes over ${path.split("?")[0]} before it knows what the page says`, async () => {
    const page = await openPhone(browser);
    await shiftSeen(page);
    let tell;
    const told = new Promise((done) => (tell = done));
    await page.route("**/api/v1/**", async (route) => { await told; await route.continue(); });
    await page.goto(server.url + path);
    // The program has made what it can, beside the page that stands.
    await page.waitForFunction(() => window.appPlace?.querySelector("main") || document.documentElement.dataset.app);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    tell();
    await ready(page);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    assert.equal(await page.evaluate(() => window.shift), 0);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

test("the app takes over with ticks, typed words, open groups, focus and scroll as they were", async () => {
  const page = await openPhone(browser);
  await shiftSeen(page);
  const release = await heldBack(page);
  await page.goto(`${server.url}/izin`);
  await page.locator("details.group summary").first().click();
  await page.locator("details.group").first().locator("label").nth(1).click();
  const chosen = await page.locator("main input:checked").getAttribute("value");
  await page.evaluate(() => scrollTo(0, 300));
  const before = await page.evaluate(() => scrollY);
  release();
  await ready(page);
  assert.equal(await page.locator("main input:checked").getAttribute("value"), chosen);
  assert.equal(await page.evaluate(() => document.activeElement.value), chosen, "the focus stays on the answer");
  assert.equal(await page.evaluate(() => scrollY), before);
  assert.ok(await page.locator("details.group").first().evaluate((box) => box.open));
  await page.getByRole("button", { name: "Lanjut" }).click();
  await heading(page, /atas nama siapa/).waitFor();
  assert.match(page.url(), new RegExp(`usaha=${chosen}`));
  assert.equal(await page.evaluate(() => window.shift), 0, "nothing moved by itself");
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test("the app takes over a later question and words that are being typed", async () => {
  const page = await openPhone(browser);
  const release = await heldBack(page);
  await page.goto(`${server.url}/izin`);
  await press(page, ["usaha", "warung-nasi"]);
  await heading(page, /atas nama siapa/).waitFor();
  await page.getByLabel("Nama saya sendiri").check();
  release();
  await ready(page);
  assert.ok(await page.getByLabel("Nama saya sendiri").isChecked());
  await page.getByRole("button", { name: "Lanjut" }).click();
  await heading(page, /Berapa modal/).waitFor();
  await page.context().close();

  const other = await openPhone(browser);
  const let_go = await heldBack(other);
  await other.goto(`${server.url}/izin`);
  const field = other.getByLabel("Cari usaha Anda");
  await field.pressSequentially("wart");
  let_go();
  await ready(other);
  assert.equal(await field.inputValue(), "wart");
  assert.equal(await other.evaluate(() => [document.activeElement.type, document.activeElement.selectionStart].join()), "search,4");
  await field.pressSequentially("eg");
  await other.getByText("usaha cocok").first().waitFor();
  await other.context().close();
});

test("rules that change between the page's script and the app lead to the nearest question, and one sentence says so", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "satu-pintu-content-"));
  await cp("../content", folder, { recursive: true });
  const own = await startServer("--content", folder);
  t.after(async () => {
    await own.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const page = await openPhone(browser);
  let release;
  const held = new Promise((done) => (release = done));
  await page.route(/\.wasm$|\/api\/v1\/catalog/, async (route) => { await held; await route.continue(); });
  await page.goto(`${own.url}/izin`);
  await press(page, ["usaha", "warung-nasi"]);
  await press(page, ["badan", "sendiri"]);
  await heading(page, /Berapa modal/).waitFor();

  // "sendiri" becomes "diri".
  const change = async (file, from, to) => {
    const text = await readFile(join(folder, file), "utf8");
    assert.ok(text.includes(from));
    await writeFile(join(folder, file), text.replaceAll(from, to));
  };
  for (const lang of ["id", "en"]) await change(`words/${lang}/rules/izin-usaha.toml`, "badan.option.sendiri", "badan.option.diri");
  await change("rules/izin-usaha.toml", '["sendiri", ', '["diri", ');
  await until(async () => (await (await fetch(`${own.url}/izin`)).text()).includes('value="diri"'));

  release();
  await ready(page);
  await heading(page, /atas nama siapa/).waitFor();
  await page.getByText("Jawaban di tautan ini sudah tidak ada").waitFor();
  assert.match(page.url(), /usaha=warung-nasi/, "what is still valid is kept");
  await checkPage(page, "wizard-rules-changed");
  await page.getByLabel("Nama saya sendiri").check();
  await page.getByRole("button", { name: "Lanjut" }).click();
  await heading(page, /Berapa modal/).waitFor();
  assert.match(page.url(), /badan=diri/);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
