// `script/bench web`: our server and two peers, side by side, on a slow link and a slow phone. See docs/BENCH.md.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { makeCertificate } from "./certificate.mjs";
import { openLink } from "./link.mjs";
import { systems } from "./systems.mjs";
import { fetchedTable, median, offlineTable, table } from "./table.mjs";
import { tracked } from "./tracked.mjs";
import { look, offline, tap, touch, walk } from "./visits.mjs";

const { values: options } = parseArgs({ options: { lighthouse: { type: "boolean" }, out: { type: "string" } } });
const rounds = Number(process.env.ROUNDS ?? 5);
const profiles = {
  "slow 3G": { down: 400_000, up: 400_000, roundTrip: 400, cpu: 6, walk: true },
  "3G": { down: 1_600_000, up: 750_000, roundTrip: 150, cpu: 4 },
};

const work = mkdtempSync(join(tmpdir(), "satu-pintu-bench-"));
const out = options.out ?? join(tmpdir(), "satu-pintu-bench");
mkdirSync(out, { recursive: true });
process.on("exit", () => rmSync(work, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));

const certificate = makeCertificate(work);
if (options.lighthouse) {
  const { lighthouse } = await import("./lighthouse.mjs");
  await lighthouse({ certificate, work, out, rounds: Math.min(rounds, 3) });
} else await compare();

async function compare() {
  const begun = Date.now();
  const servers = new Map();
  try {
    for (const system of systems) {
      say(`starting ${system.name}`);
      servers.set(system.name, await system.start(certificate, work));
    }
    const results = {};
    for (const profile of Object.keys(profiles))
      results[profile] = Object.fromEntries(systems.map(({ name }) => [name, { look: [], repeat: [], tap: [], walk: [] }]));
    for (let round = 0; round < rounds; round += 1)
      for (const profile of Object.keys(profiles))
        // Each round begins with another system, so that none always has the same neighbour.
        for (const system of [...systems.slice(round % systems.length), ...systems.slice(0, round % systems.length)]) {
          const seen = results[profile][system.name];
          const world = (go) => onLink(servers.get(system.name), profiles[profile], go);
          const tell = (visit, got) => say(`round ${round + 1} of ${rounds}, ${profile}, ${system.name}, ${visit}: ${told(got)}`);
          await world(async (fresh) => {
            seen.look.push(await look(fresh));
            tell("first visit", seen.look.at(-1));
            seen.repeat.push(await tap(fresh));
            tell("repeat visit", seen.repeat.at(-1));
          });
          await world(async (fresh) => {
            seen.tap.push(await tap(fresh));
            tell("tapped at once", seen.tap.at(-1));
            if (profiles[profile].walk) seen.walk.push(await walk(fresh));
          });
          if (round === 0) await world(async (fresh) => (seen.touch = await touch(fresh)));
        }
    const cut = {};
    for (const { name, pages } of systems)
      cut[name] = { pages, ...(await onLink(servers.get(name), profiles["3G"], (world) => offline(world, pages))) };
    const tracking = await tracked({ rounds, profile: profiles["slow 3G"], spki: certificate.spki, work });
    show(results, cut, tracking, begun);
  } finally {
    for (const server of servers.values()) await server.stop();
  }
}

// A link to the server and an empty phone, for `go`.
async function onLink(server, { cpu, down, up, roundTrip }, go) {
  const link = await openLink({ to: server.port, down, up, roundTrip });
  const profile = mkdtempSync(join(work, "phone-"));
  try {
    return await go({ link, survey: server.survey, origin: `https://127.0.0.1:${link.port}`, phone: { profile, cpu, spki: certificate.spki } });
  } finally {
    await link.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

function show(results, cut, tracking, begun) {
  const medians = {};
  for (const [name, { down, up, roundTrip, cpu }] of Object.entries(profiles)) {
    const { text, medians: own } = table(`${name}: ${down / 1000}/${up / 1000} kbps, ${roundTrip} ms, CPU ${cpu}x slower`, results[name]);
    medians[name] = own;
    console.log(`\n${text}`);
  }
  console.log(`\n${offlineTable(cut)}\n`);
  for (const { name } of systems) console.log(`${fetchedTable(name, results["slow 3G"][name].look.find((v) => !v.why))}\n`);
  const figure = (name) => (median(tracking.map((visit) => visit[name])) / 1000).toFixed(name === "ms" ? 2 : 1);
  console.log(`slow 3G, tracking without the app: answer painted ${figure("ms")} s after the press, ${figure("bytes")} KB\n`);
  const path = join(out, "web.json");
  writeFileSync(path, JSON.stringify({ made: new Date(), rounds, profiles, medians, offline: cut, tracking, results }, null, 1));
  say(`medians of ${rounds}, ${Math.round((Date.now() - begun) / 60_000)} minutes; all figures in ${path}`);
}

function told(got) {
  if (got.why) return `- ${got.why}`;
  return `${((got.answered ?? got.ready) / 1000).toFixed(1)} s${got.lost ? ", first tap lost" : ""}`;
}

function say(text) {
  console.log(`==> ${text}`);
}
