// The API over a large database: run.mjs SERVER BARE PID APPLICATIONS DRAFTS KEY ACCOUNT PASSWORD COMMITS
// COMMITS is how many a bare loop makes in a second on the same disk.
import { readFileSync } from "node:fs";
import { ask, inTurn, steady } from "./load.mjs";

const [server, bare, pid, applications, drafts, key, account, password, commits] = process.argv.slice(2);
const all = Number(applications), ready = Number(drafts), SECONDS = 10, RATE = 500;
const number = (n) => `2026-${String(n).padStart(6, "0")}-AA`;
const must = (answer) => {
  if (answer.status >= 400) throw new Error(`${answer.status} ${answer.text.slice(0, 300)}`);
  return answer;
};
const ms = (n) => `${n.toFixed(2).padStart(8)} ms`;
const row = (name, found, beside) => {
  const ratio = beside ? `   ratio of p99 to the bare handler ${(found.p99 / beside.p99).toFixed(2)}` : "";
  console.log(`${name.padEnd(44)} median ${ms(found.median)}   p99 ${ms(found.p99)}${ratio}`);
};

const head = { authorization: `Bearer ${key}` };
const closed = all - ready - 1;
const spread = (n) => 1 + ((n * 7919) % closed);
await steady(100, 2, (n) => ask(server, `/api/v1/applications/${number(spread(n))}/tracking`, { head }).then(must));
const nothing = await steady(RATE, SECONDS, () => ask(bare, "/").then(must));
row(`bare handler, ${RATE} requests a second`, nothing);
const tracking = (n) => ask(server, `/api/v1/applications/${number(spread(n))}/tracking`, { head }).then(must);
row(`tracking, ${RATE} requests a second`, await steady(RATE, SECONDS, tracking), nothing);

const plain = await inTurn(200, () => ask(bare, "/").then(must));
const form = { "content-type": "application/x-www-form-urlencoded", origin: server };
const fields = new URLSearchParams({ akun: account, sandi: password });
const entered = must(await ask(server, "/loket/masuk", { method: "POST", head: form, body: `${fields}` }));
let cookie = entered.headers["set-cookie"][0].split(";")[0];
const own = "kata sandi untuk mengukur";
const fresh = new URLSearchParams({ lama: password, baru: own, ulang: own });
must(await ask(server, "/loket/sandi", { method: "POST", head: { ...form, cookie }, body: `${fresh}` }));
row("desk queue", await inTurn(100, () => ask(server, "/loket", { head: { cookie } }).then(must)), plain);
row("page of figures, /kinerja", await inTurn(100, () => ask(server, "/kinerja").then(must)), plain);
row("figures as JSON", await inTurn(100, () => ask(server, "/api/v1/figures").then(must)), plain);

// Drafts that are ready, handed in by eight at once.
let next = all - ready + 1, sent = 0;
const from = performance.now();
await Promise.all(Array.from({ length: 8 }, async () => {
  while (next <= all) {
    const mine = number(next);
    next += 1;
    must(await ask(server, `/api/v1/applications/${mine}/submit`, { method: "POST", head: { ...head, "idempotency-key": mine } }));
    sent += 1;
  }
}));
const rate = (sent * 1000) / (performance.now() - from);
console.log(`submissions, eight at once: ${rate.toFixed(0)}/s   bare commits ${commits}/s   ratio ${(rate / Number(commits)).toFixed(2)}`);
const status = readFileSync(`/proc/${pid}/status`, "utf8");
console.log(`memory ${(Number(status.match(/VmRSS:\s+(\d+)/)[1]) / 1024).toFixed(0)} MB, at most ${(Number(status.match(/VmHWM:\s+(\d+)/)[1]) / 1024).toFixed(0)} MB`);
process.exit(0);
