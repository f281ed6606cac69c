// What a visit costs on the wire: the HTML of every page; for a page of each program of the app the page, its script
// and its module; and the answer to number and key, where the app never comes.
import { test } from "node:test";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { papers } from "../lib/application.mjs";
import { openBrowser, openPhone } from "../lib/browser.mjs";
import { ask } from "../lib/http.mjs";
import { every } from "../lib/pages.mjs";
import { longStory, told } from "../lib/past.mjs";
import { startServer } from "../lib/server.mjs";

const text = await readFile("../budget.toml", "utf8");
const budgets = Object.fromEntries([...text.matchAll(/^(\w+) = (\d+)/gm)].map(([, name, kb]) => [name, kb * 1000]));

// Pages that may weigh more than others, by the key of their budget.
const kinds = [
  ["wizard", /^(\/en)?\/izin$/],
  ["answered", /^(\/en)?\/izin\?/],
  ["result", /^(\/en)?\/izin\/hasil/],
  ["service", /^(\/en)?\/layanan\//],
];

test("the HTML of every page stays within budget.toml", async (t) => {
  const server = await startServer("--rate", "0");
  t.after(() => server.stop());
  const sizes = [];
  for (const path of await every()) {
    const { bytes, headers } = await ask(server.url + path);
    assert.equal(headers["content-encoding"], "br", path);
    sizes.push({ path, bytes, most: budgets[kinds.find(([, such]) => such.test(path))?.[0] ?? "html"] });
  }
  assert.ok(sizes.length > 120, `${sizes.length} pages`);
  sizes.sort((a, b) => b.bytes / b.most - a.bytes / a.most);
  console.log(`of ${sizes.length} pages the largest:\n${sizes.slice(0, 8).map(({ path, bytes, most }) => `  ${bytes} of ${most} bytes: ${path}`).join("\n")}`);
  assert.deepEqual(sizes.filter(({ bytes, most }) => bytes > most), []);
});

test("the answer to number and key stays within budget.toml, with its styles, when a long story is told", async (t) => {
  const server = await startServer("--rate", "0");
  t.after(() => server.stop());
  const own = await longStory(server);
  for (const path of ["/lacak", "/en/lacak"]) {
    const answer = await ask(server.url + path, { form: { nomor: own.number, kunci: own.key } });
    assert.equal(answer.status, 200);
    assert.equal(answer.text.split(told).length - 1, papers.length, "every return is told");
    assert.match(answer.text, /<p [^>]*class="letter"[^>]*>Kepada/, "the promise has lapsed");
    const sheets = [...answer.text.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, href]) => href);
    let bytes = answer.bytes;
    for (const href of sheets) bytes += (await ask(server.url + href)).bytes;
    console.log(`${path}: ${answer.bytes} bytes, with ${sheets.length} sheet ${bytes}`);
    assert.ok(sheets.length > 0 && bytes <= budgets.tracking, `${path}: ${bytes} bytes, the budget is ${budgets.tracking}`);
  }
});

test("the first load of every program stays within budget.toml", async () => {
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
