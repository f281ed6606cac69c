// Papers without a browser: PDFs of one page, whole and valid, as large as wanted, each seed another one.
import { createHash } from "node:crypto";

/** Numbers from 0 to 1, the same for the same seed. */
export function randomOf(seed) {
  let state = (seed * 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function scan(seed, size = 2000) {
  const random = randomOf(seed);
  const head = Buffer.from("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "latin1");
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
    "<</Length 0>>stream\n\nendstream",
  ];
  const noise = Buffer.alloc(Math.max(16, size - 560));
  for (let at = 0; at + 4 <= noise.length; at += 4) noise.writeUInt32LE((random() * 2 ** 32) >>> 0, at);
  const parts = [head];
  const places = [];
  let at = head.length;
  const add = (bytes) => { parts.push(bytes); at += bytes.length; };
  for (const [n, body] of objects.entries()) {
    places.push(at);
    add(Buffer.from(`${n + 1} 0 obj\n${body}\nendobj\n`));
  }
  places.push(at);
  add(Buffer.from(`5 0 obj\n<</Length ${noise.length}>>stream\n`));
  add(noise);
  add(Buffer.from("\nendstream\nendobj\n"));
  const table = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  add(Buffer.from(`xref\n0 6\n0000000000 65535 f \n${table}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`));
  return Buffer.concat(parts);
}

export const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
