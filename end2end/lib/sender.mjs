// Sends a file by the rules of the app (src/client/transfer.rs): an id of its own, the first piece with the creation,
// after trouble first asked how far it came, pieces that grow and shrink when they take too long or a break cost much of
// one, a watchdog, and no end before the file is there or refused.
import http from "node:http";

const least = 64 * 1024;
const most = 1024 * 1024;
const base64 = (text) => Buffer.from(text).toString("base64");

export class Refused extends Error {}

/** What a phone knows of its line; all its files share it. `watchdog` in milliseconds without a sign of life. */
export function openPhone(url, { watchdog = 10_000, keepAlive = true } = {}) {
  const agent = new http.Agent({ keepAlive, maxSockets: 64 });
  return { url, watchdog, agent, piece: least, good: 0, seen: [], noticed: 0, close: () => agent.destroy() };
}

/** One request. Fails when nothing moves for as long as the watchdog waits. Gives status, headers and text. */
export function ask(phone, method, path, headers = {}, body) {
  return new Promise((done, lost) => {
    const url = new URL(path, phone.url);
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const request = http.request(url, { method, agent: phone.agent, headers: { ...headers, ...length } });
    let written = 0;
    let moved = performance.now();
    const every = Math.min(100, phone.watchdog / 4);
    const watch = setInterval(() => {
      const now = request.socket?.bytesWritten ?? 0;
      if (now !== written) [written, moved] = [now, performance.now()];
      if (performance.now() - moved < phone.watchdog - every) return;
      phone.noticed += 1;
      request.destroy(new Error("nothing moves"));
    }, every);
    const end = (how, value) => { clearInterval(watch); how(value); };
    request.on("error", (error) => end(lost, error));
    request.on("response", (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => { chunks.push(chunk); moved = performance.now(); });
      answer.on("error", (error) => end(lost, error));
      answer.on("end", () => {
        if (!answer.complete) return end(lost, new Error("cut"));
        phone.seen.push(answer.statusCode);
        end(done, { status: answer.statusCode, headers: answer.headers, text: Buffer.concat(chunks).toString() });
      });
    });
    request.end(body);
  });
}

/** Milliseconds to rest after so many failures: hardly any at first, half a minute at most, not all phones together. */
export function rest(fails) {
  return (fails <= 1 ? 10 : Math.min(250 * 2 ** (fails - 1), 30_000)) * (0.75 + Math.random() / 2);
}

export const sleep = (ms) => new Promise((next) => setTimeout(next, ms));

/** Sends a file and gives the id of the file it became. `shorter` divides the rests, for tests. */
export async function send(phone, { number, key }, { id, item, name = "berkas.pdf", bytes, sha256 }, { shorter = 1 } = {}) {
  const uploads = `/api/v1/applications/${number}/uploads`;
  const about = { id, item, filename: name, ...(sha256 ? { sha256 } : {}) };
  const metadata = Object.entries(about).map(([key, value]) => `${key} ${base64(value)}`).join(",");
  const tus = { authorization: `Bearer ${key}`, "tus-resumable": "1.0.0" };
  const stream = { ...tus, "content-type": "application/offset+octet-stream" };
  const first = { ...stream, "upload-length": `${bytes.length}`, "upload-metadata": metadata };

  let [held, known, asked, fails, broken] = [0, false, true, 0, 0];
  for (;;) {
    const began = performance.now();
    const sends = !known || asked;
    try {
      let answer;
      if (!sends) answer = await ask(phone, "HEAD", `${uploads}/${id}`, tus);
      else if (!known) answer = await ask(phone, "POST", uploads, first, bytes.subarray(0, phone.piece));
      else {
        const piece = bytes.subarray(held, held + phone.piece);
        answer = await ask(phone, "PATCH", `${uploads}/${id}`, { ...stream, "upload-offset": `${held}` }, piece);
      }
      const { status, headers } = answer;
      if (status === 404 && !sends) {
        known = false;
        broken = broke(phone, 0, broken);
        continue;
      }
      if (status >= 300 && ![408, 409, 425, 429, 460].includes(status) && status < 500) throw new Refused(`${status} ${answer.text}`);
      if (status >= 300) throw Object.assign(new Error(`${status}`), { wait: Number(headers["retry-after"] ?? 0) * 1000 });
      const now = Number(headers["upload-offset"]);
      if (!sends) broken = broke(phone, now - held, broken);
      [held, known, asked, fails] = [now, true, true, 0];
      if (headers["upload-file"]) return headers["upload-file"];
      if (!sends) continue;
      const took = performance.now() - began;
      phone.good += 1;
      if (took > 30_000) phone.piece = Math.max(phone.piece / 2, least);
      else if (phone.good > 0 && took <= 12_000) phone.piece = Math.min(phone.piece * 2, most);
    } catch (trouble) {
      if (trouble instanceof Refused) throw trouble;
      fails += 1;
      if (sends) broken = performance.now() - began;
      await sleep(Math.max(rest(fails), trouble.wait ?? 0) / shorter);
      // What is not known yet may be known by now.
      [known, asked] = [true, false];
    }
  }
}

/** Of a piece that broke off after `ms` so much came: where that is nothing, or the line is fast, smaller pieces for a while. */
function broke(phone, came, ms) {
  if (ms && (came <= 0 || came / ms > 4000)) [phone.piece, phone.good] = [Math.max(phone.piece / 2, least), -16];
  return 0;
}
