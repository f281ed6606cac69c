// What a first visit costs on the wire, for a page of each program of the app: the page, its script, its module.
import { test } from "node:test";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { openBrowser, openPhone } from "../lib/browser.mjs";
import { startServer } from "../lib/server.mjs";

test("the first load of every program stays within budget.toml", async () => {
  const text = await readFile("../budget.toml", "utf8");
  const budgets = Object.fromEntries([...text.matchAll(/^(\w+) = (\d+)/gm)].map(([, name, kb]) => [name, kb * 1000]));
  const server = await startServer();
  const browser = await openBrowser();
  try {
    const pages = { read: "/", find: "/izin", apply: "/ajukan/reklame", track: "/lacak", answer: "/survei" };
    for (const [name, path] of Object.entries(pages)) {
      const budget = budgets[name];
      const page = await openPhone(browser);
      const session = await page.context().newCDPSession(page);
      await session.send("Network.enable");
      const sizes = new Map();
      const addresses = new Map();
      session.on("Network.responseReceived", (e) => addresses.set(e.requestId, new URL(e.response.url).pathname));
      session.on("Network.loadingFinished", (e) => sizes.set(e.requestId, e.encodedDataLength));
      await page.goto(server.url + path);
      await page.locator("main h1").waitFor();
      await page.waitForLoadState("networkidle");
      let app = 0;
      let all = 0;
      for (const [id, size] of sizes) {
        const address = addresses.get(id);
        all += size;
        if (address === path) {
          const most = budgets[path === "/izin" ? "wizard" : "html"];
          assert.ok(size <= most, `${path}: the page alone is ${size} bytes, the budget is ${most}`);
        }
        if (address === path || /\.(js|wasm)$/.test(address)) app += size;
      }
      const fetched = [...addresses.values()];
      console.log(`${path}: ${app} bytes, with catalog, icons and notices ${all}`);
      assert.ok(app > 20_000, `${path}: the app was fetched`);
      assert.ok(app <= budget, `${path}: ${app} bytes, the budget is ${budget}`);
      if (name === "find") assert.ok(all <= budgets.visit, `${path}: the whole visit is ${all} bytes, the budget is ${budgets.visit}`);
      assert.equal(fetched.filter((a) => a.endsWith(".wasm")).length, 1, `${path} fetches one program`);
      assert.deepEqual(fetched.filter((a, at) => fetched.indexOf(a) !== at), [], `${path} fetches nothing twice`);
      await page.context().close();
    }
  } finally {
    await browser.close();
    assert.equal(await server.stop(), 0, "Ctrl-C ends the server cleanly");
  }
});
