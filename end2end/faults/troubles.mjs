// The office itself in trouble: a full or locked database, everybody at once, slow callers, callers who hang up.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPhone, ask, send, sleep } from "../lib/sender.mjs";
import { scan } from "../lib/scan.mjs";
import { disk, openOffice } from "./office.mjs";
import { apply, compare, insist } from "./citizen.mjs";
import { begin } from "../lib/application.mjs";
import { until } from "../lib/server.mjs";

const json = { "content-type": "application/json" };
const save = (phone, own, fields) =>
  ask(phone, "PATCH", `/api/v1/applications/${own.number}`, { ...json, authorization: `Bearer ${own.key}` }, JSON.stringify({ fields }));
const serviceOf = async (phone) => JSON.parse((await ask(phone, "GET", "/api/v1/catalog/services/reklame?lang=id")).text).service;

export const troubles = [
  {
    n: 6,
    name: "disk full while committing",
    own: true,
    async run({ check }) {
      const folder = mkdtempSync(join(tmpdir(), "satu-pintu-full-"));
      const mounted = disk(folder, "24m");
      let office = await openOffice({ data: folder });
      try {
        const own = await begin(office.url);
        const ballast = join(folder, "ballast");
        if (mounted) {
          try { writeFileSync(ballast, Buffer.alloc(24e6)); } catch { /* as much as there is room for */ }
          truncateSync(ballast, statSync(ballast).size - 300_000);
        } else {
          await office.kill();
          office = await openOffice({ data: folder, limit: 1e6 });
        }
        const phone = openPhone(office.url);
        const told = { ...own, fields: {} };
        let [saved, refused] = [0, 0];
        for (let at = 0; at < 2000 && refused < 20; at += 1) {
          const fields = { alamat: `Jalan nomor ${at} `.repeat(200) };
          const answer = await save(phone, own, fields);
          if (answer.status === 200) [told.fields, saved] = [fields, saved + 1];
          else {
            check([503, 507].includes(answer.status) && answer.headers["retry-after"], `${answer.status} ${answer.text}`);
            refused += 1;
          }
        }
        check(refused > 0, "the disk was never full");
        if (mounted) rmSync(ballast);
        else {
          await office.kill();
          office = await openOffice({ data: folder });
          phone.url = office.url;
        }
        for (const wrong of await compare(phone, told)) check(false, wrong);
        check((await save(phone, own, { nama: "Sri" })).status === 200, `it does not save again: ${office.log().slice(-600)}`);
        for (const wrong of await office.sound()) check(false, wrong);
        phone.close();
        return `${saved} saved, ${refused} refused with Retry-After, each saved one is there (${mounted ? "tmpfs" : "limit on the size of a file"})`;
      } finally {
        await office.close();
        if (mounted) execFileSync("umount", ["-l", folder]);
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
  {
    n: 7,
    name: "database locked by somebody else",
    async run({ office, short, check }) {
      const phone = openPhone(office.url, { watchdog: 60_000 });
      const own = await begin(office.url);
      const seconds = short ? 4 : 12;
      const program = "import sqlite3,sys,time;c=sqlite3.connect(sys.argv[1],isolation_level=None,timeout=5);c.execute('BEGIN EXCLUSIVE');print('locked',flush=True);time.sleep(float(sys.argv[2]));c.execute('ROLLBACK')";
      const other = spawn("python3", ["-c", program, join(office.data, "satu-pintu.db"), `${seconds}`]);
      await once(other.stdout, "data");
      const began = Date.now();
      const fields = { nama: "Sri yang menunggu" };
      const head = { ...json, authorization: `Bearer ${own.key}` };
      const [saved] = await Promise.all([
        insist(phone, "PATCH", `/api/v1/applications/${own.number}`, head, JSON.stringify({ fields })),
        send(phone, own, { id: "terkunci-1", item: "ktp", bytes: scan(7, 50_000) }),
      ]);
      check(saved.status === 200, `${saved.status} ${saved.text}`);
      office.promised = [{ ...own, fields }];
      check(!phone.seen.includes(500), "a 500");
      const waits = phone.seen.filter((status) => status === 503).length;
      phone.close();
      return `${seconds} s: saved after ${((Date.now() - began) / 1000).toFixed(1)} s, ${waits} times 503 with Retry-After`;
    },
  },
  {
    n: 17,
    name: "submitted again and again at once, and with another body (18)",
    async run({ office, short, check }) {
      const phone = openPhone(office.url, { watchdog: 60_000 });
      const told = await apply(phone, await serviceOf(phone), { seed: 17 });
      const fresh = {};
      const apart = apply(phone, await serviceOf(phone), {
        seed: 18, told: fresh,
        submitting: () => {
          const head = { authorization: `Bearer ${fresh.key}`, "idempotency-key": fresh.once };
          fresh.fifty = Promise.all(Array.from({ length: 50 }, () => insist(phone, "POST", `/api/v1/applications/${fresh.number}/submit`, head)));
        },
      });
      await apart;
      const fifty = await fresh.fifty;
      check(fifty.every((one) => one.status === 200 && one.text === fresh.receipt), "fifty at once: not one receipt");
      const times = short ? 200 : 1000;
      const head = { authorization: `Bearer ${told.key}`, "idempotency-key": told.once };
      const path = `/api/v1/applications/${told.number}/submit`;
      const repeats = await Promise.all(Array.from({ length: times }, () => insist(phone, "POST", path, head)));
      check(repeats.every((one) => one.status === 200 && one.text === told.receipt), "a repeat gave something else");
      const other = await ask(phone, "POST", path, { ...head, ...json }, '{"lain":1}');
      check(other.status === 422 && /idempotency-reused/.test(other.text), `another body: ${other.status}`);
      const [[submissions]] = await office.sql("SELECT COUNT(*) FROM events WHERE kind = 'submitted'");
      check(submissions === 2, `${submissions} submissions`);
      office.promised = [told, { ...fresh, fifty: undefined }];
      phone.close();
      return `50 at once before there was one, ${times} repeats at once: 1 receipt each; another body 422`;
    },
  },
  {
    n: 19,
    name: "survey sent many times at once",
    async run({ office, check }) {
      const phone = openPhone(office.url, { watchdog: 60_000 });
      const entered = `${await office.password()}\nsandi-petugas-pertama\n`;
      await office.desk(["sign-in", "kepala-loket", "--password-stdin", "--new-password-stdin"], entered);
      const slips = await office.desk(["survey-slips", "1"]);
      const code = slips.match(/[0-9A-Z]{4}(-[0-9A-Z]{4}){3}-./)?.[0];
      const elements = ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "sarana", "pengaduan"];
      const body = JSON.stringify({ code, scores: Object.fromEntries(elements.map((id) => [id, 4])) });
      const answers = await Promise.all(Array.from({ length: 40 }, () => insist(phone, "POST", "/api/v1/survey/answers", json, body)));
      const taken = answers.filter((one) => one.status === 204).length;
      const kindly = answers.filter((one) => one.status === 409 && /survey-done/.test(one.text)).length;
      check(taken === 1 && kindly === 39, `${taken} taken, ${kindly} refused kindly: ${answers.find((one) => ![204, 409].includes(one.status))?.text}`);
      const [[rows]] = await office.sql("SELECT COUNT(*) FROM survey_answers");
      check(rows === 1, `${rows} answers`);
      phone.close();
      return "40 at once: 1 answer, the others told so";
    },
  },
  {
    n: 32,
    name: "slow half-open uploads",
    async run({ office, short, check }) {
      // Each takes a connection and a file in the office's program, and a connection here.
      const files = Number(execFileSync("sh", ["-c", "ulimit -n"], { encoding: "utf8" }));
      const lots = short ? 100 : Math.min(10_000, Math.floor((files - 1000) / 2));
      const owners = await Promise.all(Array.from({ length: Math.ceil(lots / 30) }, () => begin(office.url)));
      const phone = openPhone(office.url);
      const times = async () => {
        const all = [];
        for (let at = 0; at < 300; at += 1) {
          const began = performance.now();
          await ask(phone, "GET", "/api/v1/notices");
          all.push(performance.now() - began);
        }
        return all.sort((a, b) => a - b)[Math.floor(all.length * 0.99)];
      };
      await times();
      const alone = await times();
      const base64 = (text) => Buffer.from(text).toString("base64");
      let held = Date.now();
      const closed = [];
      const sockets = await Promise.all(Array.from({ length: lots }, async (_, at) => {
        const own = owners[at % owners.length];
        const socket = net.connect(office.port, "127.0.0.1");
        closed.push(once(socket, "close").then(() => Date.now() - held));
        socket.on("error", () => {}).resume();
        await once(socket, "connect");
        const about = `item ${base64("ktp")},filename ${base64("a.pdf")},id ${base64(`lambat-${at}`)}`;
        socket.write(`POST /api/v1/applications/${own.number}/uploads HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${own.key}\r\n`
          + `Tus-Resumable: 1.0.0\r\nUpload-Length: 200000\r\nUpload-Metadata: ${about}\r\n`
          + "Content-Type: application/offset+octet-stream\r\nContent-Length: 200000\r\n\r\n%PD");
        return socket;
      }));
      // What is measured is holding them, not beginning so many at once.
      await until(async () => (await office.sql("SELECT COUNT(*) FROM uploads"))[0][0] === lots, 60_000);
      held = Date.now();
      const beside = await times();
      check(short || beside < Math.max(2 * alone, alone + 5), `p99 ${alone.toFixed(2)} ms alone, ${beside.toFixed(2)} ms beside them`);
      let ended = "";
      if (short) sockets.forEach((socket) => socket.destroy());
      else {
        const last = Math.max(...(await Promise.all(closed)));
        // Half a minute without a byte; then what came of each is synced to the disk, one after another.
        check(last < 60_000, `the last was closed ${last} ms after all were there`);
        ended = `, all closed ${(last / 1000).toFixed(0)} s after`;
      }
      phone.close();
      return `${lots} of them; others' p99 ${alone.toFixed(2)} -> ${beside.toFixed(2)} ms${ended}`;
    },
  },
  {
    n: 37,
    name: "downloads that are broken off",
    async run({ office, short, check }) {
      const phone = openPhone(office.url);
      const own = await begin(office.url);
      const bytes = scan(37, 5e6);
      const file = await send(phone, own, { id: "unduhan-1", item: "ktp", bytes });
      const bearer = { authorization: `Bearer ${own.key}` };
      const ticket = JSON.parse((await ask(phone, "POST", `/api/v1/applications/${own.number}/files/${file}/ticket`, bearer)).text).url;
      const { pathname, search } = new URL(ticket, office.url);
      const lanes = short ? 4 : 8;
      await Promise.all(Array.from({ length: lanes }, async () => {
        for (let at = 0; at < 40; at += 1) {
          const socket = net.connect(office.port, "127.0.0.1").on("error", () => {});
          socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: x\r\n\r\n`);
          await once(socket, "data");
          socket.resetAndDestroy();
        }
      }));
      const whole = await fetch(new URL(ticket, office.url)).then((answer) => answer.arrayBuffer());
      check(Buffer.from(whole).equals(bytes), "the file does not come whole");
      phone.close();
      return `${lanes} x 40, the server lives`;
    },
  },
];
