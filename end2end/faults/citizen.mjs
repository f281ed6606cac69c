// A citizen who wants a permit on a bad line and keeps what the office said: afterwards it is compared with what is there.
import { randomBytes } from "node:crypto";
import { papers, fields } from "../lib/application.mjs";
import { ask, rest, send, sleep } from "../lib/sender.mjs";
import { scan, sha256 } from "../lib/scan.mjs";

/** A key as the phone makes it (crates/domain/src/key.rs). */
export function makeKey() {
  const signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";
  const number = BigInt(`0x${randomBytes(10).toString("hex")}`);
  let key = "";
  for (let at = 15n; at >= 0n; at -= 1n) key += signs[Number((number >> (5n * at)) & 31n)] + (at % 4n === 0n ? "-" : "");
  return key + signs[Number(number % 37n)];
}

/** Asks until there is an answer that is not about the line or the load. */
export async function insist(phone, method, path, headers = {}, body) {
  for (let fails = 1; ; fails += 1) {
    try {
      const answer = await ask(phone, method, path, headers, body);
      if (answer.status < 500 && answer.status !== 429 && answer.status !== 408) return answer;
      if (answer.status >= 500 && !answer.headers["retry-after"]) throw new Bad(`${answer.status} without Retry-After: ${answer.text}`);
    } catch (trouble) {
      if (trouble instanceof Bad) throw trouble;
    }
    await sleep(Math.min(rest(fails), 2000) / (phone.shorter ?? 1));
  }
}

export class Bad extends Error {}

const expect = (answer, status) => {
  if (answer.status !== status) throw new Bad(`${answer.status} instead of ${status}: ${answer.text}`);
  return answer;
};

/** Begins, saves, sends the papers, submits. `told` fills with what the office acknowledged. */
export async function apply(phone, service, { seed = 1, size = 900, told = {}, submitting = () => {} } = {}) {
  const json = { "content-type": "application/json" };
  const once = `mulai-${seed}-${randomBytes(6).toString("hex")}`;
  told.key ??= makeKey();
  const bearer = { authorization: `Bearer ${told.key}` };
  const begin = JSON.stringify({ service: "reklame" });
  const made = expect(await insist(phone, "POST", "/api/v1/applications", { ...json, ...bearer, "idempotency-key": once }, begin), 201);
  told.number = JSON.parse(made.text).application.number;
  const own = `/api/v1/applications/${told.number}`;
  const saved = { ...fields(service), alamat: `Jl. Pasar Lama No. ${seed}, Desa Contoh` };
  expect(await insist(phone, "PATCH", own, { ...json, ...bearer }, JSON.stringify({ fields: saved })), 200);
  told.fields = saved;
  told.files = [];
  for (const [at, item] of papers.entries()) {
    const bytes = scan(seed * 100 + at, size);
    const file = await send(phone, told, { id: `berkas-${at}-${told.number}`, item, bytes, sha256: sha256(bytes) }, { shorter: phone.shorter });
    told.files.push({ id: file, item, sha256: sha256(bytes) });
  }
  told.once = `kirim-${once}`;
  submitting();
  told.receipt = expect(await insist(phone, "POST", `${own}/submit`, { ...bearer, "idempotency-key": told.once }), 200).text;
  const tracking = expect(await insist(phone, "GET", `${own}/tracking`, bearer), 200);
  told.state = JSON.parse(tracking.text).status.state;
  return told;
}

/** What of the acknowledged is not there, or there twice. Asks the office itself, on a good line. */
export async function compare(phone, told) {
  const wrong = [];
  const check = (is, what) => { if (!is) wrong.push(`${told.number}: ${what}`); };
  const bearer = { authorization: `Bearer ${told.key}` };
  const own = `/api/v1/applications/${told.number}`;
  const now = JSON.parse(expect(await insist(phone, "GET", own, bearer), 200).text);
  for (const [id, value] of Object.entries(told.fields ?? {})) check(now.fields[id] === value, `the field ${id} is lost`);
  for (const file of told.files ?? []) {
    const there = now.files.filter((one) => one.item === file.item);
    check(there.length === 1, `${there.length} files for ${file.item}`);
    check(there[0]?.id === file.id && there[0]?.sha256 === file.sha256, `another file for ${file.item}`);
  }
  if (told.receipt) {
    const again = expect(await insist(phone, "POST", `${own}/submit`, { ...bearer, "idempotency-key": told.once }), 200);
    check(again.text === told.receipt, "another receipt");
    check(now.tracking.status.state !== "draft", "the submission is lost");
  }
  return wrong;
}
