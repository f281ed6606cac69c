// The pages as plain files, on a host that only serves files.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { checkPage, openBrowser, openPhone } from "../lib/browser.mjs";
import { run } from "../lib/server.mjs";

const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml", ".json": "application/json" };
let browser, folder, host, url;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "satu-pintu-site-"));
  await run(["site", folder], folder);
  host = createServer(async (asked, answer) => {
    const { pathname } = new URL(asked.url, "http://x");
    const found = await stat(join(folder, pathname)).catch(() => null);
    if (found?.isDirectory() && !pathname.endsWith("/")) return answer.writeHead(301, { location: `${pathname}/` }).end();
    const file = join(folder, pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    const body = await readFile(file).catch(() => null);
    const type = types[body ? extname(file) : ".html"] ?? "application/octet-stream";
    answer.writeHead(body ? 200 : 404, { "content-type": type }).end(body ?? await readFile(join(folder, "404.html")));
  });
  await new Promise((done) => host.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${host.address().port}`;
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  host.closeAllConnections();
  await new Promise((done) => host.close(done));
  await rm(folder, { recursive: true });
});

const ready = (page) => page.waitForFunction(() => document.documentElement.dataset.app === "ready");

test("pages, links, the wizard and its result work on a host of plain files", async () => {
  const page = await openPhone(browser);
  await page.goto(url);
  await ready(page);
  await checkPage(page, "the front page of a plain host");
  await page.goto(`${url}/en/layanan/reklame`);
  await ready(page);
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  await page.goto(`${url}/izin`);
  await ready(page);
  await page.getByLabel("Cari usaha Anda").fill("warung nasi");
  await page.locator("main input[value=warung-nasi]").first().check();
  await page.getByRole("button", { name: "Lanjut" }).click();
  await page.getByRole("heading", { level: 1, name: /atas nama siapa/ }).waitFor();
  const { rules } = JSON.parse(await readFile(join(folder, "api/v1/catalog.id.json"), "utf8"));
  assert.ok(rules);
  assert.deepEqual(page.complaints.filter((text) => !/survey|404/.test(text)), []);
  await page.waitForFunction(() => document.documentElement.dataset.offline === "ready", null, { timeout: 60_000 });
  await page.context().setOffline(true);
  const other = await page.context().newPage();
  await other.goto(`${url}/layanan/reklame`);
  await ready(other);
  await other.goto(`${url}/izin/hasil?usaha=warung-nasi`);
  await ready(other);
  await other.locator("main h1").waitFor();
  await page.context().close();
});
