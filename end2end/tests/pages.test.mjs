// Every page: no accessibility fault, nothing wider than a narrow or a zoomed screen, a heading that has the
// focus after navigation, and a quiet console.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { checkPage, openBrowser, openPhone, picture, ready, wider } from "../lib/browser.mjs";
import { english, pages } from "../lib/pages.mjs";
import { startServer } from "../lib/server.mjs";

// One phone for all pages. Its service worker has a test of its own; here every page comes from the server.
const PHONE = { serviceWorkers: "block" };

let server, browser, phone;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
  phone = await openPhone(browser, PHONE);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const path of [...pages, ...pages.map(english)]) {
  test(`page ${path}`, async () => {
    const page = phone;
    await page.setViewportSize({ width: 360, height: 800 });
    const answer = await page.goto(server.url + path);
    const missing = path.includes("tidak-ada");
    assert.equal(answer.status(), missing ? 404 : 200);
    const title = await page.title();
    assert.ok(title.length > 3, "the page has a title before the app is there");
    await ready(page);
    await page.waitForLoadState("networkidle");
    assert.equal(await page.title(), title, "and keeps it");
    assert.equal(await page.locator("h1").count(), 1, "one h1");
    await checkPage(page, path);
    await picture(page, path.replaceAll(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "") || "beranda");
    await page.setViewportSize({ width: 320, height: 640 });
    await checkPage(page, `${path} at 320 px`);
    const told = (text) => text.includes("Service Worker registration blocked") || (missing && text.includes("404"));
    const own = page.complaints.splice(0).filter((text) => !told(text));
    assert.deepEqual(own, [], "the console is quiet");
  });
}

test("the same pages without the app", async (t) => {
  const page = await openPhone(browser, PHONE);
  await page.route(/\/loader-/, (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  for (const path of pages) await t.test(`page ${path} as the server made it`, async () => {
    await page.setViewportSize({ width: 360, height: 800 });
    await page.goto(server.url + path);
    assert.equal(await page.locator("h1").count(), 1, "one h1");
    await checkPage(page, path);
    await page.setViewportSize({ width: 320, height: 640 });
    assert.ok((await wider(page)) <= 0, `${path} at 320 px`);
  });
  await page.context().close();
});

test("focus goes to the heading after navigation, and back works", async () => {
  const page = await openPhone(browser);
  await page.goto(server.url);
  await ready(page);
  await page.getByRole("link", { name: /Cari tahu izin/ }).click();
  await page.waitForURL(/\/izin/);
  await page.waitForFunction(() => document.activeElement?.tagName === "H1" || document.activeElement?.closest("h1"));
  await page.goBack();
  await page.getByRole("link", { name: /Lacak permohonan/ }).waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test("an asset that is not there is a real 404, an unknown API path a problem document", async () => {
  assert.equal((await fetch(`${server.url}/tidak-ada.js`)).status, 404);
  const answer = await fetch(`${server.url}/api/v1/tidak-ada`);
  assert.equal(answer.status, 404);
  assert.equal(answer.headers.get("content-type"), "application/problem+json");
});
