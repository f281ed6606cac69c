// `script/bench web --lighthouse`: the scores of our main pages on a simulated phone, and the HTML they are served as.
import { writeFileSync } from "node:fs";
import { get } from "node:https";
import { join } from "node:path";
import { launch } from "chrome-launcher";
import { HtmlValidate } from "html-validate";
import lighthouseOf from "lighthouse";
import { markup } from "../end2end/lib/markup.mjs";
import { executablePath, flags } from "./phone.mjs";
import { startSatuPintu, systems } from "./systems.mjs";
import { align, median } from "./table.mjs";

const pages = {
  home: "/",
  wizard: "/izin",
  result: systems[0].pages.result.path,
  service: "/layanan/reklame",
  guide: "/panduan/nib-oss",
  survey: "/survei",
  tracking: "/lacak",
  glossary: "/istilah",
  contact: "/kontak",
  accessibility: "/aksesibilitas",
  privacy: "/privasi",
  offline: "/luring",
  apply: "/ajukan/reklame",
  "may I?": "/periksa/spp-irt",
  "permit check": "/cek",
  figures: "/kinerja",
};
// What performance is made of, in milliseconds; the shift has no unit.
const metrics = {
  "first-contentful-paint": "first paint",
  "largest-contentful-paint": "largest paint",
  "speed-index": "speed index",
  "total-blocking-time": "blocked",
  "cumulative-layout-shift": "shift",
};
const categories = { performance: "performance", accessibility: "accessibility", "best-practices": "best practices", seo: "SEO" };

/** Medians of some runs for each page: one run of Lighthouse is as steady as the machine. */
export async function lighthouse({ certificate, work, out, rounds }) {
  const server = await startSatuPintu(certificate, work);
  const chrome = await launch({ chromePath: executablePath, chromeFlags: ["--headless=new", ...flags(certificate.spki)] });
  const rows = [["page", ...Object.values(categories), "html-validate"]];
  const times = [["page", ...Object.values(metrics)]];
  const notes = [];
  const all = {};
  try {
    const validator = new HtmlValidate(markup);
    for (const [name, path] of Object.entries(pages)) {
      console.log(`==> ${name}`);
      const address = `https://127.0.0.1:${server.port}${path}`;
      const runs = [];
      for (let round = 0; round < rounds; round += 1)
        runs.push((await lighthouseOf(address, { port: chrome.port, onlyCategories: Object.keys(categories), logLevel: "error" })).lhr);
      const html = await validator.validateString(await served(address, certificate.cert), name);
      const messages = html.results.flatMap((result) => result.messages);
      const score = (category) => median(runs.map((run) => run.categories[category].score));
      rows.push([name, ...Object.keys(categories).map((c) => (score(c) === null ? "-" : String(Math.round(score(c) * 100)))), String(messages.length)]);
      const figure = (metric) => median(runs.map((run) => run.audits[metric].numericValue ?? null));
      times.push([name, ...Object.keys(metrics).map((m) => (figure(m) === null ? "-" : String(Number(figure(m).toFixed(figure(m) < 1 ? 3 : 0)))))]);
      notes.push(...runs.flatMap(lowered).map((line) => `${name}: ${line}`), ...messages.map((m) => `${name}: html-validate ${m.ruleId}: ${m.message}`));
      all[name] = { path, scores: Object.fromEntries(Object.keys(categories).map((c) => [c, score(c)])), metrics: Object.fromEntries(Object.keys(metrics).map((m) => [m, figure(m)])), html: messages };
    }
  } finally {
    await chrome.kill();
    await server.stop();
  }
  // The same fault on every page is said once.
  const once = new Map();
  for (const note of notes) {
    const [page, text] = note.split(/: (.*)/s);
    once.set(text, new Set(once.get(text)).add(page));
  }
  console.log(`\n${align(rows)}\n\n${align(times)}\n`);
  for (const [text, on] of once) console.log(`- ${text} (${on.size === rows.length - 1 ? "every page" : [...on].join(", ")})`);
  writeFileSync(join(out, "lighthouse.json"), JSON.stringify(all, null, 1));
}

// What costs a category other than performance its points, and why a category has no score at all. What performance
// is made of stands in the second table.
const lowered = (lhr) =>
  Object.keys(categories).flatMap((category) =>
    lhr.categories[category].auditRefs
      .filter(({ weight }) => weight > 0)
      .map(({ id }) => lhr.audits[id])
      .filter(({ score, scoreDisplayMode }) => scoreDisplayMode === "error" || (category !== "performance" && score !== null && score < 1))
      .map(({ id, title, errorMessage }) => `Lighthouse ${id}: ${errorMessage ?? title}`),
  );

const served = (address, ca) =>
  new Promise((done, failed) =>
    get(address, { ca }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (chunk) => (text += chunk)).on("end", () => done(text));
    }).on("error", failed),
  );
