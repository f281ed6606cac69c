// What pages say of themselves to search engines: title, description, their address in each language, structured data;
// and which pages there are.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { ask } from "../lib/http.mjs";
import { answers, english, fixed, pages } from "../lib/pages.mjs";
import { startServer } from "../lib/server.mjs";

const ORIGIN = "https://izin.example.go.id";

let server;
before(async () => {
  server = await startServer("--origin", ORIGIN, "--rate", "0");
});
after(async () => {
  assert.equal(await server?.stop(), 0, "Ctrl-C ends the server cleanly");
});

const plain = (text) => text.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const all = (text, pattern) => [...text.matchAll(pattern)].map(([, ...found]) => found.map(plain));

// What stands in the head of a page.
async function head(path) {
  const { status, text } = await ask(server.url + path);
  const [own] = text.split("</head>");
  return {
    status,
    lang: text.match(/<html lang="(\w+)"/)[1],
    titles: all(own, /<title>([^<]*)<\/title>/g).flat(),
    descriptions: all(own, /<meta name="description" content="([^"]*)"/g).flat(),
    canonical: all(own, /<link rel="canonical" href="([^"]*)"/g).flat(),
    alternates: all(own, /<link rel="alternate" hreflang="([^"]*)" href="([^"]*)"/g).map((pair) => pair.join(" ")).sort(),
    robots: all(own, /<meta name="robots" content="([^"]*)"/g).flat(),
    data: [...text.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(([, json]) => JSON.parse(json)),
  };
}

const inIndonesian = (path) => (path === "/en" ? "/" : path.replace(/^\/en(?=\/)/, ""));
const addresses = (path) => [`en ${ORIGIN}${english(inIndonesian(path))}`, `id ${ORIGIN}${inIndonesian(path)}`];

test("every page has one title, one description, its address in both languages, and what it is", async () => {
  const kinds = await fixed(), seen = new Map(), told = new Map(), wrong = [];
  const open = pages.filter((path) => !path.includes("tidak-ada"));
  for (const path of new Set([...kinds.keys(), ...open, ...open.map(english)])) {
    const { lang, titles, descriptions, canonical, alternates, robots, data } = await head(path), [address] = path.split("?");
    const kind = kinds.get(address) ?? null, code = /^\/en(\/|$)/.test(path) ? "en" : "id";
    const say = (text) => wrong.push(`${path}: ${text}`);
    const same = (a, b, what) => { try { assert.deepEqual(a, b); } catch { say(`${what} ${JSON.stringify(a)}`); } };
    same(lang, code, "language");
    same(robots, [], "robots");
    same(canonical, [ORIGIN + address], "canonical");
    same(alternates, addresses(address), "alternates");
    const [title] = titles, [description] = descriptions;
    if (titles.length !== 1 || !/^\S.* – Satu Pintu$/.test(title)) say(`titles ${JSON.stringify(titles)}`);
    if (descriptions.length !== 1 || description.length < 35 || description.length > 160) say(`descriptions ${JSON.stringify(descriptions)} (${description?.length})`);
    told.set(path, description);
    same(data.map((one) => one["@type"]), kind ? [kind] : [], "structured data");
    for (const one of data) {
      const name = kind === "Article" ? "headline" : "name";
      const expected = { "@context": "https://schema.org", "@type": kind, [name]: title.replace(" – Satu Pintu", ""), description, inLanguage: code, url: ORIGIN + address };
      same(one, expected, "structured data");
    }
    const other = seen.get(title);
    if (other && inIndonesian(other) !== inIndonesian(path)) say(`the title of ${other}: ${title}`);
    if (!path.includes("?")) seen.set(title, path);
  }
  for (const [path, description] of told) {
    // Guides and their summaries are in Indonesian on every page.
    if (!path.startsWith("/panduan/") && told.get(english(path)) === description) wrong.push(`${english(path)}: the description is that of ${path}: ${description}`);
  }
  assert.deepEqual(wrong, []);
});

test("pages of one person, and pages that are none, are not to be found", async () => {
  const personal = ["/permohonan", "/permohonan/2026-0417-RK", "/permohonan/2026-0417-RK/berkas", "/lacak/2026-0417-RK",
    "/lihat/2026-0417-RK", "/urus/2026-0417-RK", "/cek/ABCDEFGHJK", "/tidak-ada-halaman-ini"];
  for (const path of [...personal, ...personal.map(english)]) {
    const { titles, canonical, alternates, robots, data } = await head(path);
    assert.deepEqual({ titles: titles.length, canonical, alternates, robots, data },
      { titles: 1, canonical: [], alternates: [], robots: ["noindex"], data: [] }, path);
  }
});

test("of a result search engines find the questions that lead to it", async () => {
  for (const [path, wizard] of [["/izin/hasil", "/izin"], ["/en/izin/hasil", "/en/izin"]]) {
    const { titles, canonical, alternates, robots, data } = await head(`${path}?${answers}`);
    assert.deepEqual({ titles: titles.length, canonical, alternates, robots, data },
      { titles: 1, canonical: [ORIGIN + wizard], alternates: [], robots: [], data: [] }, path);
  }
});

test("the sitemap names the pages that everybody may open, each once and with its other language", async () => {
  const { headers, text } = await ask(`${server.url}/sitemap.xml`);
  assert.match(headers["content-type"], /xml/);
  const live = ["/survei", "/survei/hasil", "/kinerja", "/cek"];
  const paths = [...(await fixed()).keys(), ...live, ...live.map(english)];
  const entries = all(text, /<url><loc>([^<]*)<\/loc>(.*?)<\/url>/gs);
  assert.deepEqual(entries.map(([address]) => address).sort(), paths.map((path) => ORIGIN + path).sort());
  for (const [address, others] of entries) {
    const named = all(others, /hreflang="(\w+)" href="([^"]*)"/g).map((pair) => pair.join(" ")).sort();
    assert.deepEqual(named, addresses(address.slice(ORIGIN.length) || "/"), address);
  }
  const { text: robots } = await ask(`${server.url}/robots.txt`);
  assert.ok(robots.includes(`Sitemap: ${ORIGIN}/sitemap.xml\n`));
  const closed = all(robots, /^Disallow: (.*)$/gm).flat();
  assert.deepEqual(paths.filter((path) => closed.some((start) => path.startsWith(start))), [], "no page is named and forbidden");
});
