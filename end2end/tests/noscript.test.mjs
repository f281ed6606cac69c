// Without JavaScript: the wizard up to a guide, tracking with the permit, the survey; and plain words where only the
// app helps. axe cannot run here: headings, labels and focus are looked at in the document.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { apply } from "../lib/application.mjs";
import { openBrowser, openPhone, picture } from "../lib/browser.mjs";
import { startServer } from "../lib/server.mjs";

let server, browser, page, application;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
  page = await openPhone(browser, { javaScriptEnabled: false });
  const passwords = `${server.password}\nsandi-baru-yang-panjang\n`;
  await server.desk(["sign-in", "kepala-loket", "--password-stdin", "--new-password-stdin"], passwords);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const heading = (name) => page.getByRole("heading", { level: 1, name });
const press = (name) => page.getByRole("button", { name, exact: true }).click();

// One heading, each field with its name, nothing to press that does nothing, all within the screen.
async function look(name) {
  const found = await page.evaluate(() => {
    const seen = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== "hidden";
    const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);
    const named = (e) => e.labels?.length || e.getAttribute("aria-label");
    const levels = all("h1, h2, h3, h4").map((e) => Number(e.tagName[1]));
    return {
      language: document.documentElement.lang,
      title: document.title.length > 14,
      headings: all("h1").length,
      skipped: levels.filter((level, at) => at > 0 && level > levels[at - 1] + 1).length,
      nameless: all("input:not([type=hidden]), textarea, select").filter((e) => !named(e)).map((e) => e.name),
      dead: all("button[type=button], .bone").map((e) => e.outerHTML.slice(0, 80)),
      lost: all("#error-summary a").map((e) => e.hash.slice(1)).filter((id) => !document.getElementById(id)),
      repeated: [...document.querySelectorAll("[id]")].map((e) => e.id).filter((id, at, ids) => ids.indexOf(id) !== at),
      wide: document.documentElement.scrollWidth - innerWidth > 0,
    };
  });
  const sound = {
    language: "id", title: true, headings: 1, skipped: 0, nameless: [], dead: [], lost: [], repeated: [], wide: false,
  };
  assert.deepEqual(found, sound, `${name} ${page.url()}`);
  await picture(page, `noscript-${name}`);
}

async function choose(question, label) {
  await heading(question).waitFor();
  await page.getByLabel(label).first().check();
  await press("Lanjut");
}

test("the wizard, its result, a service and a guide", async () => {
  await page.goto(server.url);
  await heading("Mau apa hari ini?").waitFor();
  await look("home");
  await page.getByRole("link", { name: /Cari tahu izin/ }).click();
  await heading("Apa usaha Anda?").waitFor();
  await look("business");
  await page.getByLabel("Cari usaha Anda").fill("warteg");
  await page.getByLabel("Cari usaha Anda").press("Enter");
  await page.getByLabel(/Warung nasi/).first().waitFor();
  assert.equal(await page.getByLabel("Cari usaha Anda").inputValue(), "warteg");
  await look("found");
  await choose("Apa usaha Anda?", /Warung nasi/);
  await choose("Usaha ini atas nama siapa?", /Nama saya sendiri/);
  await heading("Berapa modal usaha Anda?").waitFor();
  await press("Lanjut");
  await page.getByRole("alert").waitFor();
  await look("unanswered");
  await page.getByText("Ketik jumlahnya saja").click();
  await page.getByLabel("Jumlah modal").fill("banyak");
  await press("Lanjut");
  await look("amount");
  assert.equal(await page.getByLabel("Jumlah modal").inputValue(), "banyak");
  await choose("Berapa modal usaha Anda?", /Sampai Rp1 miliar/);
  await choose(/dijual dalam bentuk apa/, /Siap saji/);
  await choose("Di mana tempat usaha Anda?", /Di bangunan khusus usaha/);
  await choose(/membangun atau mengubah/, /^Tidak/);
  await choose(/papan nama/i, /^Ya/);
  await heading(/Surat usaha lama/).waitFor();
  await look("several");
  await choose(/Surat usaha lama/, /IUMK/);
  await page.waitForURL(/\/izin\/hasil\?/);
  const permits = await page.locator(".permit h3 a").evaluateAll((all) => all.map((e) => e.pathname.split("/").pop()));
  assert.deepEqual(permits, ["nib-perseorangan", "kkpr", "sppl", "sertifikat-standar", "slhs", "halal", "reklame"]);
  assert.ok((await page.locator(".papers .item").count()) > 10, "the checklist stands whole");
  await look("result");
  await page.locator(".permit h3 a").first().click();
  await heading(/NIB/).waitFor();
  await look("service");
  await page.locator('main a[href^="/panduan/"]').first().click();
  await page.waitForURL(/\/panduan\//);
  await look("guide");
  for (const path of ["/layanan", "/panduan", "/istilah", "/kontak", "/privasi", "/aksesibilitas", "/luring", "/lacak", "/cek",
    "/survei/hasil", "/kinerja", "/periksa/spp-irt", "/tidak-ada"]) {
    await page.goto(server.url + path);
    await look(path.slice(1).replaceAll("/", "-"));
  }
});

test("the keyboard reaches the answers and sends them", async () => {
  await page.goto(`${server.url}/izin?usaha=warung-nasi`);
  const at = () => page.evaluate(() => document.activeElement.type ?? document.activeElement.tagName);
  for (let tabs = 0; tabs < 20 && (await at()) !== "radio"; tabs += 1) await page.keyboard.press("Tab");
  assert.equal(await at(), "radio");
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await page.waitForURL(/badan=/);
  await heading("Berapa modal usaha Anda?").waitFor();
});

async function track(key) {
  await page.goto(`${server.url}/lacak`);
  await page.getByRole("link", { name: /Di kantor ini/ }).click();
  await page.getByLabel("Nomor permohonan").fill(application.number);
  await page.getByLabel("Kunci", { exact: true }).fill(key);
  await press("Buka permohonan");
}

test("tracking by number and key, up to the permit", { timeout: 60_000 }, async () => {
  application = await apply(server.url);
  const { number, key } = application;
  await track("0000-0000-0000-0000-0");
  await page.getByRole("alert").waitFor();
  await look("track-wrong");
  assert.equal(await page.getByLabel("Nomor permohonan").inputValue(), number);
  assert.equal(await page.getByLabel("Kunci", { exact: true }).inputValue(), "");
  await track(key);
  await heading(/^Sekarang di/).waitFor();
  assert.ok(!page.url().includes(key) && !(await page.content()).includes(key));
  await look("tracked");
  await server.desk(["take", number]);
  await server.desk(["return", number, "--item", "ktp", "--reason", "Fotonya buram."]);
  await track(key);
  await page.getByText("Kata petugas: Fotonya buram.").waitFor();
  await page.getByText(/Mengganti berkas perlu JavaScript/).waitFor();
  await look("track-returned");
  await page.getByRole("link", { name: "Perbaiki sekarang" }).click();
  await heading("Mengajukan permohonan perlu JavaScript").waitFor();
  await page.getByText(/08.00|07.30/).first().waitFor();
  await look("needs-app");
  await page.goto(`${server.url}/ajukan/reklame`);
  await page.getByRole("heading", { level: 2, name: "Mengajukan permohonan perlu JavaScript" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Mulai mengisi" }).isVisible(), false);
  await look("apply");
});

test("the permit is fetched, and the survey answered", { timeout: 90_000 }, async () => {
  application = await apply(server.url);
  const { number, key } = application;
  const desk = (...args) => server.desk(args);
  await desk("take", number);
  await desk("accept", number);
  for (const agency of ["pupr", "bapenda"]) {
    await desk("ask-agency", number, agency, "--question", "Mohon periksa.");
    await desk("agency-answer", number, agency, "--agree", "--text", "Layak.");
  }
  await desk("decide", number, "--grant");
  const colleague = await server.colleague();
  await colleague(["decide", number, "--grant"]);
  await desk("issue", number);
  await track(key);
  await heading("Izin terbit").waitFor();
  await look("track-issued");
  const permit = await page.getByRole("link", { name: /Unduh surat izin/ }).getAttribute("href");
  const pdf = await (await fetch(new URL(permit, server.url))).text();
  assert.equal(pdf.slice(0, 5), "%PDF-");
  await press("Nilai pelayanan kami");
  for (let at = 1; at <= 9; at += 1) {
    await page.getByText(`Pertanyaan ${at} dari 9`).waitFor();
    if (at === 3) {
      await press("Lanjut");
      await page.getByRole("alert").waitFor();
      await look("survey-unanswered");
    }
    await page.locator("input[type=radio]").nth(at % 2 ? 2 : 3).check();
    if (at === 4) await look("survey-question");
    await press("Lanjut");
  }
  await heading("Sedikit tentang Anda").waitFor();
  await page.getByLabel("Usia").fill("tua");
  await press("Lanjut");
  await look("survey-age");
  await page.getByLabel("Usia").fill("47");
  await press("Lanjut");
  await heading("Periksa jawaban Anda").waitFor();
  await look("survey-check");
  await press("Kirim jawaban");
  await heading("Terima kasih").waitFor();
  assert.equal(page.url(), `${server.url}/survei`);
  await look("survey-thanks");
  await page.goto(`${server.url}/survei`);
  await look("survey-start");
  await page.getByLabel("Kode survei").fill("ABCD");
  await press("Mulai");
  await look("survey-code");
  assert.equal(await page.getByLabel("Kode survei").inputValue(), "ABCD");
});

test("where the program cannot be loaded, what only it can do is said with the office's phone", async () => {
  const other = await openPhone(browser);
  await other.route(/\.(wasm|js)$/, (route) => route.abort());
  await other.goto(`${server.url}/permohonan/2026-0417-RK`);
  await other.locator(".overdue").getByRole("link", { name: /^08/ }).waitFor();
  await picture(other, "noscript-no-program");
  await other.goto(`${server.url}/ajukan/reklame`);
  await other.locator("main .overdue").getByRole("link", { name: /^08/ }).waitFor();
  // Forms go on working.
  await other.goto(`${server.url}/lacak?di=kantor`);
  await other.getByLabel("Nomor permohonan").fill(application.number);
  await other.getByLabel("Kunci", { exact: true }).fill(application.key);
  await other.getByRole("button", { name: "Buka permohonan" }).click();
  await other.getByRole("heading", { level: 1, name: "Izin terbit" }).waitFor();
  await other.context().close();
});

test("nothing was complained about on the way", () => {
  assert.doesNotMatch(server.log(), /\b(ERROR|WARN)\b/);
});
