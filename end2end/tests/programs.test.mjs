// The app is several programs in one page: going from one to another keeps what the person has, and a program
// that cannot be had is said and leaves her where she is.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { openBrowser, openPhone, ready } from "../lib/browser.mjs";
import { startServer } from "../lib/server.mjs";

let server, browser;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  assert.equal(await server.stop(), 0, "Ctrl-C ends the server cleanly");
});

const heading = (page, name) => page.getByRole("heading", { level: 1, name });
const focused = (page) => page.waitForFunction(() => document.activeElement?.tagName === "H1");

test("another program takes over with the focus on its heading, and Back gives the first one back", async () => {
  const page = await openPhone(browser);
  await page.goto(server.url);
  await ready(page);
  await page.evaluate(() => (window.same = true));
  await page.locator("main").getByRole("link", { name: /Lacak/ }).first().click();
  await heading(page, "Lacak permohonan").waitFor();
  await focused(page);
  assert.equal(await page.locator("main").count(), 1);
  await page.goBack();
  await heading(page, "Mau apa hari ini?").waitFor();
  await focused(page);
  assert.equal(await page.locator("main").count(), 1);
  assert.equal(await page.title(), "Mau apa hari ini? – Satu Pintu");
  assert.ok(await page.evaluate(() => window.same), "the page was never loaded anew");
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test("what stands only in the memory of a shared phone is there after reading a guide", async () => {
  const page = await openPhone(browser);
  await page.goto(`${server.url}/ajukan/penelitian`);
  await ready(page);
  await page.getByLabel(/HP bersama/).check();
  await page.getByRole("button", { name: "Mulai mengisi" }).click();
  await page.locator(".task-list a, .tasks a").first().click();
  const field = page.locator("main input[type=text]").first();
  await field.fill("Bu Sri");
  const address = page.url();
  await page.getByRole("link", { name: "Panduan" }).last().click();
  await heading(page, /Panduan/).waitFor();
  await page.goBack();
  await page.locator("main input[type=text]").first().waitFor();
  assert.equal(page.url().replace(/permohonan\/[^/]+/, ""), address.replace(/permohonan\/[^/]+/, ""));
  assert.equal(await page.locator("main input[type=text]").first().inputValue(), "Bu Sri");
  await page.context().close();
});

test("a program that cannot be had is said, and the person stays where she is", async () => {
  const page = await openPhone(browser);
  await page.goto(server.url);
  await ready(page);
  await page.route(/\/track-/, (route) => route.abort());
  const track = page.locator("main").getByRole("link", { name: /Lacak/ }).first();
  await track.click();
  await page.getByText("Bagian ini belum bisa dimuat").waitFor();
  await page.waitForURL(`${server.url}/`);
  await heading(page, "Mau apa hari ini?").waitFor();
  await page.unroute(/\/track-/);
  await track.click();
  await heading(page, "Lacak permohonan").waitFor();
  await page.context().close();
});

test("the code that a survey's address brings stands in its field, and leads to the first question", async () => {
  await server.desk(["sign-in", "kepala-loket", "--password-stdin", "--new-password-stdin"], `${server.password}\nsandi-baru-yang-panjang\n`);
  const [code] = (await server.desk(["survey-slips", "1"])).split(/\s/);
  const page = await openPhone(browser);
  await page.goto(`${server.url}/survei#${code}`);
  await ready(page);
  assert.ok(!page.url().includes(code), "the code leaves the address");
  await page.getByRole("button", { name: "Mulai" }).click();
  await page.locator("main input[type=radio]").first().waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
