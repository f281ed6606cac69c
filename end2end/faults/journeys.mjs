// The whole journey (begin, save, send, submit, receipt, track) while the line is cut or the server is killed.
import { openLine } from "../lib/line.mjs";
import { openPhone, ask, sleep } from "../lib/sender.mjs";
import { randomOf } from "../lib/scan.mjs";
import { apply, compare } from "./citizen.mjs";

const form = async (phone) => JSON.parse((await ask(phone, "GET", "/api/v1/catalog/services/reklame?lang=id")).text).service;

/** A phone that opens a connection for each request and does not wait long. */
function hasty(url) {
  return Object.assign(openPhone(url, { watchdog: 400, keepAlive: false }), { shorter: 60 });
}

/** Nothing lost and nothing doubled, over all who applied. */
async function reckon(office, all, check) {
  const phone = openPhone(office.url);
  for (const told of all) for (const what of await compare(phone, told)) check(false, what);
  const [[applications], [submitted], [files]] = await Promise.all([
    office.sql("SELECT COUNT(*) FROM applications"),
    office.sql("SELECT COUNT(*) FROM events WHERE kind = 'submitted'"),
    office.sql("SELECT COUNT(*) FROM files WHERE replaced = 0"),
  ]).then((rows) => rows.map(([row]) => row));
  phone.close();
  check(applications === all.length, `${applications} applications for ${all.length} that were begun`);
  check(submitted === all.length, `${submitted} submissions for ${all.length}`);
  check(files === all.length * 6, `${files} files for ${all.length * 6}`);
}

export const journeys = [
  {
    n: 2,
    name: "server killed in mid-submit, and between commit and answer (3)",
    async run({ office, short, check }) {
      const service = await form(openPhone(office.url));
      const all = [];
      const times = short ? 8 : 60;
      for (let at = 0; at < times; at += 1) {
        const line = await openLine(office.port);
        const phone = hasty(line.url);
        let killed;
        const kill = () => { killed ??= office.kill().then(office.start); };
        // Every other time when the answer has begun to come, else at a moment within the work.
        const fate = () => {
          line.fate = () => ({});
          if (at % 2) return { down: 0, then: kill };
          setTimeout(kill, (at / times) * 12);
          return {};
        };
        all.push(await apply(phone, service, { seed: at, submitting: () => { line.fate = fate; } }));
        while (!killed) await sleep(1);
        await killed;
        phone.close();
        await line.close();
      }
      await reckon(office, all, check);
      return `${times} kills, ${all.length} receipts, each as it was told`;
    },
  },
  {
    n: 11,
    name: "line cut at each request, before it, within it, within the answer",
    async run({ office, short, check }) {
      const line = await openLine(office.port);
      const service = await form(openPhone(office.url));
      const all = [];
      const walk = async (seed) => {
        const phone = hasty(line.url);
        all.push(await apply(phone, service, { seed }));
        phone.close();
      };
      const before = line.connections;
      await walk(0);
      const requests = line.connections - before;
      const kinds = [{ up: 0 }, { up: 150 }, { up: 700 }, { down: 0 }, { down: 40 }, { up: 300, hush: true }, { down: 0, hush: true }];
      const step = short ? 4 : 1;
      for (let at = 0; at < requests; at += 1) {
        for (const [nth, kind] of kinds.entries()) {
          if ((at * kinds.length + nth) % step) continue;
          const first = line.connections;
          line.fate = (n) => (n - first === at ? kind : {});
          await walk(1 + all.length);
        }
      }
      const each = all.length;
      const schedules = short ? 12 : 200;
      for (let seed = 1; seed <= schedules; seed += 1) {
        const random = randomOf(seed);
        line.fate = () => {
          if (random() < 0.55) return {};
          const hush = random() < 0.15;
          return random() < 0.5 ? { up: Math.floor(random() * 1800), hush } : { down: Math.floor(random() * 500), hush };
        };
        await walk(10_000 + seed);
      }
      line.fate = () => ({});
      await reckon(office, all, check);
      await line.close();
      return `${requests} requests, ${each - 1} single cuts and ${schedules} seeded schedules, ${line.cuts} cuts: 0 lost, 0 doubled`;
    },
  },
  {
    n: 26,
    name: "server told to stop under load",
    async run({ office, short, check }) {
      const service = await form(openPhone(office.url));
      const all = [];
      let [stops, longest] = [0, 0];
      let done = false;
      const stopping = (async () => {
        while (!done) {
          await sleep(400);
          const began = Date.now();
          const code = await office.stop();
          longest = Math.max(longest, Date.now() - began);
          check(code === 0, `it ended with ${code}`);
          stops += 1;
          await office.start();
        }
      })();
      const lots = short ? 2 : 8;
      await Promise.all([0, 1, 2, 3].map(async (lane) => {
        for (let at = 0; at < lots; at += 1) {
          const phone = Object.assign(openPhone(office.url), { shorter: 20 });
          all.push(await apply(phone, service, { seed: lane * 1000 + at, size: 200_000 }));
          phone.close();
        }
      }));
      done = true;
      await stopping;
      check(longest <= 30_000, `${longest} ms until it had stopped`);
      await reckon(office, all, check);
      return `${stops} stops, ${longest} ms at most, ${all.length} journeys: 0 lost, 0 doubled`;
    },
  },
];
