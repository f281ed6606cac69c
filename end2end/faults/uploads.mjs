// Files over lines that break: killed servers, cuts, dead radios, outages, changed bytes, full disks.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, openPhone, send, sleep } from "../lib/sender.mjs";
import { openLine } from "../lib/line.mjs";
import { scan, sha256 } from "../lib/scan.mjs";
import { disk, openOffice } from "./office.mjs";
import { begin } from "../lib/application.mjs";
import { until } from "../lib/server.mjs";

/** Sends a file and asks the office for it: its sum must be right. Gives how often its bytes went over the line. */
async function deliver({ office, line, phone, bytes, check, id = "satu-berkas", item = "ktp", during = async () => {} }) {
  const own = office.promised?.[0] ?? (await begin(office.url));
  office.promised ??= [{ ...own, files: [] }];
  const before = line.up;
  let done = false;
  const trouble = during(() => done);
  const file = await send(phone, own, { id, item, bytes, sha256: sha256(bytes) });
  done = true;
  await trouble;
  const clashes = phone.seen.filter((status) => status === 409).length;
  check(clashes === 0, `${clashes} times 409`);
  office.promised[0].files.push({ id: file, item, sha256: sha256(bytes) });
  return (line.up - before) / bytes.length;
}

const ratio = (value) => `ratio ${value.toFixed(3)}`;

export const uploads = [
  {
    n: 1,
    name: "server killed in mid-upload",
    async run({ office, short, check }) {
      const line = await openLine(office.port, { rate: 1e6 });
      const phone = openPhone(line.url);
      let kills = 0;
      const got = await deliver({
        office, line, phone, check, bytes: scan(1, short ? 4e6 : 1e7),
        during: async (done) => {
          while (!done()) {
            await sleep(2000);
            if (done()) break;
            kills += 1;
            await office.restart();
          }
        },
      });
      check(got <= 1.02 + 0.02 * kills, `${ratio(got)} with ${kills} kills`);
      await line.close();
      return `${kills} kills, ${ratio(got)}`;
    },
  },
  {
    n: 5,
    name: "disk full while uploading",
    own: true,
    run: diskFull,
  },
  {
    n: "5b",
    name: "disk of the papers full while a whole file is copied to it",
    own: true,
    run: copyFull,
  },
  {
    n: 12,
    name: "dead radio, no FIN and no RST",
    async run({ office, short, check }) {
      const line = await openLine(office.port, { rate: 1e6 });
      const phone = openPhone(line.url);
      let [fell, back] = [0, 0];
      const got = await deliver({
        office, line, phone, check, bytes: scan(12, short ? 4e6 : 1e7),
        during: async (done) => {
          await sleep(1500);
          fell = Date.now();
          line.hush();
          const there = line.connections;
          while (!done() && line.connections === there) await sleep(20);
          back = Date.now();
        },
      });
      const noticed = (back - fell) / 1000;
      check(phone.noticed === 1 && noticed <= 15, `resumed after ${noticed} s`);
      check(got <= (short ? 1.3 : 1.05), ratio(got));
      await line.close();
      return `resumed after ${noticed.toFixed(1)} s, no 409, ${ratio(got)}`;
    },
  },
  {
    n: 13,
    name: "outage",
    async run({ office, short, check }) {
      const line = await openLine(office.port, { rate: 2e6 });
      const phone = openPhone(line.url);
      const seconds = short ? 5 : 60;
      const got = await deliver({
        office, line, phone, check, bytes: scan(13, 4e6),
        during: async () => {
          await sleep(700);
          await line.away();
          await sleep(seconds * 1000);
          await line.back();
        },
      });
      // The office's server stands still meanwhile; then so many days have passed for what it holds.
      const days = async (count, item) => {
        const before = line.up;
        await deliver({
          office, line, phone, check, item, id: `setelah-${count}-hari`, bytes: scan(130 + count, 4e6),
          during: async () => {
            await until(() => line.up > before + 1e6);
            await line.away();
            await office.kill();
            await office.sql(`UPDATE uploads SET expires = expires - ${count} * 86400000 WHERE file IS NULL`);
            await office.start();
            await line.back();
          },
        });
        return (line.up - before) / 4e6;
      };
      const three = await days(3, "npwpd");
      check(three <= 1.3, `after three days ${ratio(three)}`);
      const eight = await days(8, "bukti-tempat-reklame");
      check(eight > 1.2, `after eight days nothing was sent anew: ${ratio(eight)}`);
      await line.close();
      return `${seconds} s, never given up, ${ratio(got)}; three days: resumed, ${ratio(three)}; eight days: sent anew, ${ratio(eight)}`;
    },
  },
  {
    n: 14,
    name: "another network in mid-upload",
    async run({ office, check }) {
      const [line, other] = [await openLine(office.port, { rate: 2e6 }), await openLine(office.port, { rate: 2e6 })];
      const phone = openPhone(line.url);
      const got = await deliver({
        office, line, phone, check, bytes: scan(14, 4e6),
        during: async () => {
          await sleep(700);
          phone.url = other.url;
          await line.away();
        },
      });
      check(other.up > 1e6, "the other network carried nothing");
      await Promise.all([line.close().catch(() => {}), other.close()]);
      return `went on, ${ratio(got + other.up / 4e6)}`;
    },
  },
  {
    n: 15,
    name: "2G, cut every 10 s",
    async run({ office, short, check }) {
      const size = short ? 6e5 : 3e6;
      const line = await openLine(office.port, { rate: 50_000, delay: 300 });
      const phone = openPhone(line.url);
      const began = Date.now();
      const got = await deliver({
        office, line, phone, check, bytes: scan(15, size),
        during: async (done) => {
          for (let at = 1; !done(); at += 1) {
            await sleep(250);
            if (at % 40 === 0) line.cut();
          }
        },
      });
      const took = (Date.now() - began) / 1000;
      check(short || took <= 70, `${took} s`);
      await line.close();
      return `${size / 1e6} MB in ${took.toFixed(1)} s, ${line.cuts} cuts, ${ratio(got)}`;
    },
  },
  {
    n: 16,
    name: "a changed byte, on the way and in the store",
    async run({ office, check }) {
      const line = await openLine(office.port);
      const phone = openPhone(line.url);
      line.fate = (n) => (n === 0 ? { flip: 60_000 } : {});
      await deliver({ office, line, phone, check, bytes: scan(16, 5e5) });
      const refused = phone.seen.filter((status) => status === 460).length;
      check(refused === 1, `${refused} times refused`);
      const [[object]] = await office.sql("SELECT object FROM files");
      const stored = join(office.data, "files", object);
      const bytes = readFileSync(stored);
      check(sha256(bytes) === office.promised[0].files[0].sha256, "other bytes are stored");
      bytes[1000] ^= 1;
      writeFileSync(stored, bytes);
      const found = (await office.sound()).filter((what) => what.includes(object)).length;
      bytes[1000] ^= 1;
      writeFileSync(stored, bytes);
      check(found === 1, "the changed file is not named");
      await line.close();
      return "refused with 460 and sent again; `files verify` names the changed file";
    },
  },
];

/** A staging folder of 8 MB where mounting is allowed, else a limit on the size of a file. */
async function diskFull({ check }) {
  const folder = mkdtempSync(join(tmpdir(), "satu-pintu-full-"));
  const staging = join(folder, "staging");
  mkdirSync(staging);
  const mounted = disk(staging, "8m");
  let office = await openOffice({ data: folder, limit: mounted ? undefined : 6e6 });
  try {
    const phone = openPhone(office.url);
    const own = await begin(office.url);
    const bytes = scan(5, 9e6);
    const ballast = join(staging, "ballast.sum");
    if (mounted) writeFileSync(ballast, Buffer.alloc(4e6));
    const sending = send(phone, own, { id: "disk-penuh", item: "ktp", bytes, sha256: sha256(bytes) }, { shorter: 100 });
    while (!phone.seen.includes(507)) await sleep(20);
    const bearer = { authorization: `Bearer ${own.key}` };
    const head = await ask(phone, "HEAD", `/api/v1/applications/${own.number}/uploads/disk-penuh`, bearer);
    const kept = Number(head.headers["upload-offset"]);
    check(kept > 0, "nothing of it was kept");
    const json = { ...bearer, "content-type": "application/json" };
    const save = await ask(phone, "PATCH", `/api/v1/applications/${own.number}`, json, JSON.stringify({ fields: { nama: "Sri" } }));
    check(save.status === 200, `a save beside it: ${save.status}`);
    if (mounted) rmSync(ballast);
    // 9 MB do not fit into 8: the folder grows, as an administrator would have it.
    if (mounted) execFileSync("mount", ["-o", "remount,size=16m", staging]);
    else {
      await office.kill();
      office = Object.assign(await openOffice({ data: folder }), {});
      phone.url = office.url;
    }
    const file = await sending;
    check(!phone.seen.some((status) => status === 500), "a 500");
    const now = JSON.parse((await ask(phone, "GET", `/api/v1/applications/${own.number}`, bearer)).text);
    check(now.files[0]?.id === file && now.files[0]?.sha256 === sha256(bytes), "the file is not there");
    for (const wrong of await office.sound()) check(false, wrong);
    phone.close();
    return `507, ${(kept / 1e6).toFixed(1)} MB kept, the rest went once there was room (${mounted ? "tmpfs" : "limit on the size of a file"})`;
  } finally {
    await office.close();
    if (mounted) execFileSync("umount", ["-l", staging]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Papers on a disk of their own with 8 MB, so that a file of 9 MB breaks off in the middle of its copy. */
async function copyFull({ check }) {
  const folder = mkdtempSync(join(tmpdir(), "satu-pintu-full-"));
  const papers = join(folder, "files");
  mkdirSync(papers);
  if (!disk(papers, "8m")) {
    rmSync(folder, { recursive: true });
    return "not run: mounting is not allowed here";
  }
  const office = await openOffice({ data: folder });
  try {
    const phone = openPhone(office.url);
    const own = await begin(office.url);
    const bytes = scan(6, 9e6);
    const read = async () => {
      const bearer = { authorization: `Bearer ${own.key}` };
      return JSON.parse((await ask(phone, "GET", `/api/v1/applications/${own.number}`, bearer)).text).files;
    };
    const sending = send(phone, own, { id: "salinan-utuh", item: "ktp", bytes, sha256: sha256(bytes) }, { shorter: 100 });
    while (!phone.seen.includes(507)) await sleep(20);
    check((await read()).length === 0, "half a copy counts as a paper");
    check(statSync(join(folder, "staging", "salinan-utuh")).size === bytes.length, "what was acknowledged is not there");
    execFileSync("mount", ["-o", "remount,size=24m", papers]);
    const file = await sending;
    check(!phone.seen.some((status) => status === 500), "a 500");
    const [now] = await read();
    check(now?.id === file && now?.sha256 === sha256(bytes), "the file is not there");
    const left = readdirSync(join(papers, own.number));
    check(left.length === 1, `half a copy stays behind: ${left}`);
    for (const wrong of await office.sound()) check(false, wrong);
    phone.close();
    return `${phone.seen.filter((status) => status === 507).length} times 507, nothing sent again, the file went once there was room (tmpfs)`;
  } finally {
    await office.close();
    execFileSync("umount", ["-l", papers]);
    rmSync(folder, { recursive: true, force: true });
  }
}
