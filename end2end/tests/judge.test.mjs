// The photo judge: a photo that staff could not read is said before it goes, with its place; the person decides.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { checkPage, openBrowser, openPhone, picture } from "../lib/browser.mjs";
import { begin } from "../lib/fill.mjs";
import { makePhoto } from "../lib/papers.mjs";
import { startServer } from "../lib/server.mjs";

let server, browser;
before(async () => {
  server = await startServer("--rate", "0");
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  assert.equal(await server.stop(), 0, "Ctrl-C ends the server cleanly");
});

const limit = { timeout: 120_000 };
const warning = (page) => page.getByText("Foto ini mungkin sulit dibaca petugas");
const taken = (page) => page.locator(".file-row").getByText("Diterima kantor");

async function open(page, item) {
  await begin(page, server.url);
  await page.waitForFunction(() => /\d{4}-\d{4,}-[A-Z]{2}/.test(location.pathname));
  await page.goto(`${page.url()}/berkas/${item}`);
  await page.locator("input[type=file]").last().waitFor();
}
const photo = (name, blur) => makePhoto(browser, server.folder, name, "Surat pernyataan", blur);
const sent = (page) => {
  const told = [];
  page.on("request", (request) => {
    const about = request.method() === "POST" && /\/uploads$/.test(request.url()) && request.headers()["upload-metadata"];
    if (about) told.push(Object.fromEntries(about.split(",").map((pair) => pair.trim().split(" ")).map(([name, value]) => [name, Buffer.from(value ?? "", "base64").toString()])));
  });
  return told;
};

test("a sharp photo goes without a word", limit, async () => {
  const page = await openPhone(browser), told = sent(page);
  await open(page, "npwpd");
  await page.locator("input[type=file]").last().setInputFiles(await photo("tajam.jpg"));
  await taken(page).first().waitFor();
  assert.equal(await warning(page).count(), 0);
  assert.equal(told[0].judged ?? "", "");
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test("a blurred photo waits for the person, who may use it; the office is told", limit, async () => {
  const page = await openPhone(browser), told = sent(page);
  await open(page, "npwpd");
  await page.locator("input[type=file]").last().setInputFiles(await photo("kabur.jpg", 4));
  await warning(page).waitFor();
  assert.equal(told.length, 0, "nothing goes before the choice");
  assert.ok(await page.locator("img.spot").evaluate((image) => image.complete && image.naturalWidth > 0), "the place is shown");
  await checkPage(page, "judged");
  await picture(page, "judge-blurred");
  await page.getByRole("button", { name: "Pakai foto ini" }).click();
  await taken(page).first().waitFor();
  assert.match(told[0].judged, /^(blur|blank)/, "a page on which nothing can be read any more looks blank, too");
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test("a photo taken again goes in the place of the blurred one", limit, async () => {
  const page = await openPhone(browser), told = sent(page);
  await open(page, "npwpd");
  await page.locator("input[type=file]").last().setInputFiles(await photo("kabur-lagi.jpg", 4));
  await warning(page).waitFor();
  await page.locator("label", { has: page.getByText("Foto ulang", { exact: true }) }).locator("input").setInputFiles(await photo("tajam-lagi.jpg"));
  await taken(page).first().waitFor();
  assert.equal(await warning(page).count(), 0);
  assert.equal(told.length, 1);
  assert.equal(told[0].filename, "tajam-lagi.jpg");
  assert.equal(await page.locator(".file-row").count(), 1);
  await page.context().close();
});
