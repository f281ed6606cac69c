// The upload bench: our server and client beside @tus/server and tus-js-client, on the same lines, in the same run.
// What each line means is in docs/BENCH.md.
import { execFileSync } from "node:child_process";
import { closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLine } from "../end2end/lib/line.mjs";
import { ask, openPhone, sleep } from "../end2end/lib/sender.mjs";
import { scan } from "../end2end/lib/scan.mjs";
import { Ours, Peer } from "./upload/systems.mjs";

const rounds = Number(process.env.ROUNDS ?? 3);
const only = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1].split(",") : null;
const files = [scan(1, 1e7), scan(2, 1e7)];
const size = 2e7;
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const middle = (results) => Object.fromEntries(Object.keys(results[0]).map((key) => {
  const values = results.map((result) => result[key]);
  return [key, typeof values[0] === "number" ? median(values) : values.at(-1)];
}));

/** At most so long; nothing when it was not done by then. */
const within = (ms, work) => Promise.race([work, sleep(ms)]);

/** Sends two files of 10 MB, one after the other. */
async function twoFiles(system, phone) {
  for (const bytes of files) await system.send(phone, bytes);
}

/** A case on a line of its own. */
async function onLine(system, options, work) {
  const line = await openLine(system.port, options);
  try {
    return await work(line);
  } finally {
    await line.close().catch(() => {});
  }
}

const many = Number(process.env.FILES ?? 1000);
const small = scan(3, 200_000);
const smallOnes = Array.from({ length: 1000 }, (_, n) => { const one = Buffer.from(small); one.writeUInt32LE(n + 1, 600); return one; });

async function sendMany(system, count) {
  await system.prepare(count);
  const phone = system.phone(system.url);
  const took = [];
  const began = performance.now();
  const marks = [];
  let next = 0;
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (;;) {
      const nth = next++;
      if (nth >= count) return;
      const start = performance.now();
      // Another file each time, so that none is taken for one that is there.
      const bytes = smallOnes[nth % 1000];
      bytes.writeUInt32LE(nth + 1, 700);
      await system.send(phone, bytes);
      took.push(performance.now() - start);
      if (took.length % 1000 === 0) marks.push(performance.now());
    }
  }));
  const ms = performance.now() - began;
  phone.close();
  const sorted = took.toSorted((a, b) => a - b);
  const stretch = marks.map((mark, at) => 1e6 / (mark - (marks[at - 1] ?? began)));
  return { rate: (count * 1000) / ms, p99: sorted[Math.floor(count * 0.99)], stretch };
}

function bareLoop(count) {
  const folder = mkdtempSync(join(tmpdir(), "satu-pintu-bare-"));
  const began = performance.now();
  for (let n = 0; n < count; n += 1) {
    const at = join(folder, `${n}`);
    const file = openSync(`${at}.part`, "w");
    writeSync(file, smallOnes[n % 1000]);
    fsyncSync(file);
    closeSync(file);
    renameSync(`${at}.part`, at);
  }
  const ms = performance.now() - began;
  rmSync(folder, { recursive: true });
  return (count * 1000) / ms;
}

const cases = [
  {
    id: "cuts", name: "20 MB, reset after each 1 MB, unthrottled",
    run: (system) => onLine(system, {}, async (line) => {
      line.fate = () => ({ up: 1e6 });
      await twoFiles(system, system.phone(line.url));
      return { ratio: line.up / size, cuts: line.cuts };
    }),
    show: ({ ratio, cuts }) => `ratio ${ratio.toFixed(3)}, ${cuts} cuts`,
  },
  {
    id: "paced", name: "20 MB at 1 MB/s, cut each 1 MB",
    run: (system) => onLine(system, { rate: 1e6 }, async (line) => {
      line.fate = () => ({ up: 1e6 });
      const began = performance.now();
      await twoFiles(system, system.phone(line.url));
      return { ratio: line.up / size, ms: performance.now() - began };
    }),
    show: ({ ratio, ms }) => `ratio ${ratio.toFixed(3)}, ${seconds(ms)} (floor 20)`,
  },
  {
    id: "creation", name: "creation carrying bytes on a cut link, 2 MB",
    run: (system) => onLine(system, {}, async (line) => {
      // Every answer to a creation is lost, and the bytes behind the first 300 KB.
      let creations = 0;
      line.fate = () => (creations++ < 6 ? { up: 300_000 } : {});
      const phone = system.phone(line.url, { keepAlive: false, uploadDataDuringCreation: true, retryDelays: [0, 300, 300, 300, 300] });
      const done = await within(20_000, system.send(phone, scan(9, 2e6)).then(() => "works", (error) => `fails: ${String(error.message).slice(0, 40)}`));
      return { done: done ?? "never ends" };
    }),
    show: ({ done }) => done,
  },
  {
    id: "outage", name: "60 s outage",
    run: (system) => onLine(system, { rate: 2e6 }, async (line) => {
      let end;
      const sending = system.send(system.phone(line.url), files[0]).then(() => { end = "resumed"; }, () => { end = "gave up"; });
      await sleep(1000);
      await line.away();
      const away = performance.now();
      await Promise.race([sending, sleep(60_000)]);
      const gone = performance.now() - away;
      if (end) return { said: `gave up after ${seconds(gone)}` };
      await line.back();
      const back = performance.now();
      await within(60_000, sending);
      return { said: `${end ?? "not resumed"}, whole ${seconds(performance.now() - back)} after the return` };
    }),
    show: ({ said }) => said,
  },
  {
    id: "radio", name: "dead radio",
    run: (system) => onLine(system, { rate: 1e6 }, async (line) => {
      const phone = system.phone(line.url);
      let done = false;
      const sending = system.send(phone, files[0]).then(() => { done = true; }, () => {});
      await sleep(3000);
      const there = line.connections;
      const fell = performance.now();
      line.hush();
      while (line.connections === there && performance.now() - fell < 40_000) await sleep(10);
      const resumed = line.connections > there ? performance.now() - fell : NaN;
      if (!Number.isNaN(resumed)) await within(60_000, sending);
      const clashes = phone.seen.filter((status) => status === 409 || status === 423).length;
      return { resumed, clashes, ratio: done ? line.up / 1e7 : NaN };
    }),
    show: ({ resumed, clashes, ratio }) => (resumed ? `resumed after ${seconds(resumed)}, ${clashes} x 409, ratio ${ratio.toFixed(3)}` : "hangs 40 s and more"),
  },
  {
    id: "head", name: "HEAD while a PATCH hangs",
    run: async (system) => {
      const hanging = await system.halfOpen(0, 400_000);
      await sleep(500);
      const began = performance.now();
      const phone = openPhone(system.url, { watchdog: 20_000, keepAlive: false });
      const { headers } = await ask(phone, "HEAD", hanging.pathname, hanging.headers);
      const ms = performance.now() - began;
      hanging.request.destroy();
      return { ms, offset: Number(headers["upload-offset"]) };
    },
    show: ({ ms, offset }) => `${(ms / 1000).toFixed(3)} s, offset ${offset}`,
  },
  {
    id: "small", name: `${many} files of 200 KB, 8 at a time`,
    run: (system) => sendMany(system, many),
    show: ({ rate, p99 }) => `${rate.toFixed(0)} files/s, p99 ${p99.toFixed(0)} ms`,
  },
  {
    id: "killed", name: "server killed every 4 s, 20 MB at 1 MB/s",
    run: (system) => onLine(system, { rate: 1e6 }, async (line) => {
      let done = false;
      const killing = (async () => {
        for (let at = 1; !done; at += 1) {
          await sleep(100);
          if (at % 40 || done) continue;
          await system.kill();
          await system.start();
        }
      })();
      const began = performance.now();
      const end = await within(120_000, twoFiles(system, system.phone(line.url)).then(() => "whole", () => "gave up"));
      const ms = performance.now() - began;
      done = true;
      await killing;
      return { ratio: line.up / size, ms, end: end ?? "not whole" };
    }),
    show: ({ ratio, ms, end }) => (end === "whole" ? `ratio ${ratio.toFixed(3)}, ${seconds(ms)}` : end),
  },
  {
    id: "full", name: "disk full", fresh: true,
    run: async (System) => {
      const folder = mkdtempSync(join(tmpdir(), "satu-pintu-bench-full-"));
      const staging = System === Ours ? join(folder, "staging") : folder;
      mkdirSync(staging, { recursive: true });
      try {
        execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m", "none", staging], { stdio: "ignore" });
      } catch {
        return { said: "not measured: mounting is not allowed here" };
      }
      const system = await System.open(folder);
      try {
        const phone = system.phone(system.url, { retryDelays: [] });
        const sending = system.send(phone, files[0]).then(() => "whole", () => "gave up");
        await within(5000, sending);
        const refused = phone.seen.find((status) => status >= 500) ?? phone.seen.at(-1);
        execFileSync("mount", ["-o", "remount,size=64m", staging]);
        const end = await within(150_000, sending);
        return { said: `${refused}, ${end === "whole" ? "whole once there was room" : (end ?? "not whole")}` };
      } finally {
        await system.close();
        execFileSync("umount", ["-l", staging]);
        rmSync(folder, { recursive: true, force: true });
      }
    },
    show: ({ said }) => said,
  },
  {
    id: "open", name: "20 half-open PATCHes",
    run: async (system) => {
      const all = await Promise.all(Array.from({ length: 20 }, (_, n) => system.halfOpen(n, 100_000)));
      const began = performance.now();
      await within(36_000, Promise.all(all.map((one) => one.closed)));
      const held = all.filter((one) => !one.request.closed).length;
      all.forEach((one) => one.request.destroy());
      return { held, ms: performance.now() - began };
    },
    show: ({ held, ms }) => (held ? `${held} held after ${seconds(ms)}` : `all closed after ${seconds(ms)}`),
  },
  {
    id: "memory", name: "memory above idle, 200 uploads open", fresh: true,
    run: async (System) => {
      const system = await System.open();
      await system.prepare(260);
      await system.send(system.phone(system.url), smallOnes[0]);
      await sleep(1000);
      const idle = system.memory();
      const all = await Promise.all(Array.from({ length: 200 }, (_, n) => system.halfOpen(n, 2e6)));
      await sleep(2000);
      const bytes = system.memory() - idle;
      all.forEach((one) => one.request.destroy());
      await system.close();
      return { bytes };
    },
    show: ({ bytes }) => `${(bytes / 2 ** 20).toFixed(0)} MB`,
  },
];

const table = [];
for (const { id, name, run, show, fresh } of cases) {
  if (only && !only.includes(id)) continue;
  const results = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, System] of [Ours, Peer].entries()) {
      const system = fresh ? undefined : await System.open();
      process.stderr.write(`    ${name}: ${at ? "peer" : "ours"}, round ${round + 1}\n`);
      try {
        results[at].push(await run(system ?? System));
      } finally {
        await system?.close();
      }
    }
  }
  table.push([name, ...results.map((result) => show(middle(result)))]);
  if (id === "small") {
    const bare = median(Array.from({ length: rounds }, () => bareLoop(many)));
    const [ours, peer] = results.map((result) => median(result.map((one) => one.rate)));
    table.push(["bare write + fsync + rename of the same files", `${bare.toFixed(0)} files/s`, ""]);
    table.push(["as a part of the bare loop", (ours / bare).toFixed(2), (peer / bare).toFixed(2)]);
  }
}
if (only?.includes("20000") || !only) {
  const system = await Ours.open();
  const { stretch } = await sendMany(system, 20_000);
  await system.close();
  table.push(["20,000 small files: first, slowest and last thousand", [stretch[0], Math.min(...stretch), stretch.at(-1)].map((rate) => rate.toFixed(0)).join(", ") + " files/s", ""]);
}

console.log(`| case, medians of ${rounds} | Satu Pintu | @tus/server 2.4.5 + tus-js-client 4.3.1 |\n| --- | --- | --- |`);
for (const row of table) console.log(`| ${row.join(" | ")} |`);
