// Tracking where the app never comes: from the press on the form with number and key until the answer is painted.
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { longStory } from "../end2end/lib/past.mjs";
import { startServer } from "../end2end/lib/server.mjs";
import { openLink } from "./link.mjs";
import { openPhone } from "./phone.mjs";

/** The times of some visits in milliseconds, each on a fresh phone, and what they took on the wire. */
export async function tracked({ rounds, profile: { cpu, ...line }, spki, work }) {
  const server = await startServer();
  const visits = [];
  try {
    const own = await longStory(server);
    for (let round = 0; round < rounds; round += 1) {
      const link = await openLink({ to: Number(new URL(server.url).port), ...line });
      const profile = mkdtempSync(join(work, "phone-"));
      const phone = await openPhone({ profile, spki, cpu, mode: "none" });
      try {
        const { page } = phone;
        page.setDefaultTimeout(120_000);
        await page.route(/\.(wasm|js)$/, (route) => route.abort());
        await page.goto(`http://127.0.0.1:${link.port}/lacak?di=kantor`, { timeout: 120_000 });
        await page.getByLabel("Nomor permohonan").fill(own.number);
        await page.getByLabel("Kunci", { exact: true }).fill(own.key);
        const from = link.passed();
        await page.getByRole("button", { name: "Buka permohonan" }).click({ noWaitAfter: true });
        await page.locator(".journey").waitFor();
        await page.waitForLoadState("load");
        // A document's time begins with the press that led to it.
        const paint = await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
        const ms = await paint.jsonValue(), to = link.passed();
        visits.push({ ms, bytes: to.down + to.up - from.down - from.up });
      } finally {
        await phone.close();
        await link.close();
        rmSync(profile, { recursive: true, force: true });
      }
    }
  } finally {
    await server.stop();
  }
  return visits;
}
