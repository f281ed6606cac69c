// A newer release comes while an application is being filled in: what was typed and photographed stays, on the page,
// on the phone and at the office, and the old program goes on until the person wants the new one.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBetween } from "../lib/between.mjs";
import { checkPage, openBrowser, openPhone, picture, ready } from "../lib/browser.mjs";
import { begin, fillEverything, pickEverything } from "../lib/fill.mjs";
import { makePhoto } from "../lib/papers.mjs";
import { startServer, until } from "../lib/server.mjs";

let server, browser, folder, line;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "satu-pintu-content-"));
  await cp("../content", folder, { recursive: true });
  server = await startServer("--content", folder, "--rate", "0");
  line = await startBetween(server.url);
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await line.go();
  assert.equal(await server.stop(), 0, "Ctrl-C ends the server cleanly");
  await rm(folder, { recursive: true });
});

const photo = (item) => makePhoto(browser, server.folder, `${item}.jpg`, item);

// Another name for the service: a release of its own, with pages and a list of its own.
async function release() {
  const script = async () => (await fetch(`${server.url}/sw.js`)).text();
  const before = await script(), file = join(folder, "services/reklame.toml");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace(/^name = "(.*)"/m, 'name = "$1 Baru"'));
  await until(async () => (await script()) !== before, 30_000);
}

test("a newer release in the middle of an application loses nothing of it", { timeout: 240_000 }, async () => {
  const page = await openPhone(browser);
  await begin(page, line.url);
  await page.waitForFunction(() => document.documentElement.dataset.offline === "ready", null, { timeout: 150_000 });
  const number = page.url().split("/").pop();
  await page.locator(".tasks li").filter({ hasText: /Isi$/ }).getByRole("link").filter({ hasNotText: "Berkas" }).first().click();
  const name = page.getByLabel("Nama lengkap");
  await name.waitFor();
  const form = page.url();
  await name.pressSequentially("Sri Wah");

  await release();
  // What the browser asks by itself when somebody comes back to the app.
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  const bar = page.getByRole("region", { name: "Versi baru" });
  await bar.waitFor({ timeout: 60_000 });
  await checkPage(page, "a newer release while somebody types");
  await picture(page, "release-typing");
  assert.equal(await page.evaluate(() => document.activeElement.value), "Sri Wah", "the bar takes no focus");
  await name.pressSequentially("yuni");

  // The network goes; the old program takes a photo, and the new one is wanted before it was sent.
  await page.locator("main a.back").first().click();
  await page.waitForURL(/\/permohonan\/[^/]+$/);
  await line.go();
  await page.getByRole("link", { name: "Berkas" }).click();
  await page.locator('a[href$="/berkas/ktp"]').first().click();
  await page.locator("input[type=file]").last().setInputFiles(await photo("ktp"));
  const row = page.locator(".file-row");
  await row.getByText(/aman di HP ini/).first().waitFor();
  await page.evaluate(() => (window.before = true));
  await bar.getByRole("button", { name: "Pakai sekarang" }).click();
  await page.waitForFunction(() => !window.before && document.documentElement.dataset.app === "ready");
  await row.getByText(/aman di HP ini/).first().waitFor();
  await picture(page, "release-waiting");

  await line.come();
  await row.getByText("Diterima kantor").first().waitFor({ timeout: 60_000 });
  await page.goto(form);
  await ready(page);
  assert.equal(await name.inputValue(), "Sri Wahyuni");
  await page.goto(`${line.url}/permohonan/${number}`);
  await fillEverything(page);
  await pickEverything(page, photo, /Diterima kantor/);
  await page.getByRole("link", { name: "Periksa dan kirim" }).click();
  await page.getByLabel(/Ya, isian saya benar/).check();
  await page.getByRole("button", { name: "Kirim permohonan" }).click();
  await page.getByRole("heading", { level: 1, name: "Permohonan terkirim" }).waitFor();
  await page.getByText("Izin reklame Baru").first().waitFor();
  await page.context().close();
});
