// What the first visit costs on the wire: everything the browser fetches for the home page, compressed.
import { test } from "node:test";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { openBrowser, openPhone } from "../lib/browser.mjs";
import { startServer } from "../lib/server.mjs";

test("the first load of the app stays within budget.toml", async () => {
  const budget = Number((await readFile("../budget.toml", "utf8")).match(/^first_load_kb = (\d+)/m)[1]) * 1000;
  const server = await startServer();
  const browser = await openBrowser();
  try {
    const page = await openPhone(browser);
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    const sizes = new Map();
    const addresses = new Map();
    session.on("Network.responseReceived", (e) => addresses.set(e.requestId, e.response.url));
    session.on("Network.loadingFinished", (e) => sizes.set(e.requestId, e.encodedDataLength));
    await page.goto(server.url);
    await page.getByRole("link", { name: /Cari tahu izin/ }).waitFor();
    await page.waitForLoadState("networkidle");
    let total = 0;
    for (const [id, size] of sizes) {
      console.log(`${String(size).padStart(8)} ${new URL(addresses.get(id) ?? server.url).pathname}`);
      total += size;
    }
    console.log(`${String(total).padStart(8)} in all`);
    assert.ok(total > 20_000, "the app was fetched");
    // The budget names files; the catalog (24 KB), the icon and the headers come on top.
    assert.ok(total < budget + 40_000, `${total} bytes`);
  } finally {
    await browser.close();
    assert.equal(await server.stop(), 0, "Ctrl-C ends the server cleanly");
  }
});
