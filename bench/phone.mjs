// A phone: Chromium with a profile folder of its own, 360 x 800, slowed down.
import { chromium } from "playwright-core";
import { probe } from "./probe.js";

export const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const flags = (spki) => [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", `--ignore-certificate-errors-spki-list=${spki}`,
];

/** Opens the phone with what its profile folder holds. Its page measures by itself, in one of the probe's modes. */
export async function openPhone({ profile, spki, cpu, ...probing }) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath, args: flags(spki), viewport: { width: 360, height: 800 }, deviceScaleFactor: 2, isMobile: true,
    hasTouch: true, locale: "id-ID", timezoneId: "Asia/Makassar", serviceWorkers: "allow",
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: cpu });
    await page.addInitScript(probe, probing);
    const seen = new Map();
    const waiting = new Map();
    page.on("console", (message) => {
      const text = message.text();
      if (!text.startsWith("bench ")) return;
      const said = JSON.parse(text.slice(6));
      seen.set(said.name, said);
      waiting.get(said.name)?.(said);
    });
    return {
      page,
      context,
      fetched: listFetches(context),
      /** What the page says at a mark, or null when it does not come in time. */
      mark: (name, ms) =>
        seen.get(name) ??
        new Promise((done) => {
          const timer = setTimeout(() => done(null), ms);
          waiting.set(name, (said) => (clearTimeout(timer), done(said)));
        }),
      close: () => context.close(),
    };
  } catch (error) {
    await context.close();
    throw error;
  }
}

// Everything that came over the network, also what a service worker fetched.
function listFetches(context) {
  const list = [];
  context.on("requestfinished", async (request) => {
    const worker = Boolean(request.serviceWorker());
    const [response, sizes] = [await request.response().catch(() => null), await request.sizes().catch(() => null)];
    if (!response || !sizes || response.fromServiceWorker()) return;
    // What a cache answered has no bytes.
    const bytes = sizes.responseHeadersSize + sizes.responseBodySize;
    const { pathname, search } = new URL(request.url());
    if (bytes > 0) list.push({ path: pathname + search, bytes, worker });
  });
  return list;
}
