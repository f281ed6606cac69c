// An application for a sign permit as the app would send it, without the app: number and key.
import assert from "node:assert/strict";

/** An empty draft: number and key. */
export async function begin(url) {
  const body = JSON.stringify({ service: "reklame" });
  const made = await fetch(`${url}/api/v1/applications`, { method: "POST", headers: { "content-type": "application/json" }, body });
  const { key, application: { number } } = await made.json();
  return { number, key };
}

// A picture of eight by eight grey points.
const grey = Buffer.from("/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABv/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8ASP/Z", "base64");
const base64 = (text) => Buffer.from(text).toString("base64");

async function api(url, method, path, { key, body, head = {} } = {}) {
  const json = body === undefined || Buffer.isBuffer(body) ? {} : { "content-type": "application/json" };
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { ...(key ? { authorization: `Bearer ${key}` } : {}), ...json, ...head },
    body: body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`);
  return answer;
}

// Sends one file for a paper.
async function send(url, { number, key }, item, bytes, name, id) {
  const metadata = `item ${base64(item)},filename ${base64(name)},id ${base64(id)}`;
  const tus = { "tus-resumable": "1.0.0" };
  const head = { ...tus, "upload-length": `${bytes.length}`, "upload-metadata": metadata };
  const made = await api(url, "POST", `/api/v1/applications/${number}/uploads`, { key, head });
  const patch = { ...tus, "upload-offset": "0", "content-type": "application/offset+octet-stream" };
  await api(url, "PATCH", new URL(made.headers.get("location"), url).pathname, { key, head: patch, body: bytes });
}

// A picture that differs from its neighbours by a remark of its own.
const remarked = (remark) => Buffer.concat([grey.subarray(0, 2), Buffer.from([0xff, 0xfe, 0, 3, remark]), grey.subarray(2)]);

// `photo` is a picture (bytes) for every paper, `pdf` one for the drawing.
export async function apply(url, { name = "Sri Contoh", photo, pdf } = {}) {
  const { service } = await (await api(url, "GET", "/api/v1/catalog/services/reklame?lang=id")).json();
  const own = await begin(url);
  const path = `/api/v1/applications/${own.number}`;
  await api(url, "PATCH", path, { key: own.key, body: { fields: { ...fields(service), nama: name } } });
  for (const [at, item] of papers.entries()) {
    const file = item === "gambar-reklame" && pdf ? pdf : photo;
    await send(url, own, item, file ?? remarked(at + 1), file && file === pdf ? "gambar.pdf" : "foto.jpg", `berkas-${at}-${own.number}`);
  }
  await api(url, "POST", `${path}/submit`, { key: own.key, head: { "idempotency-key": "satu" } });
  return own;
}

// Another file in the place of one that was sent back; `again` is which time it is.
export async function correct(url, own, item, again = 1) {
  await send(url, own, item, remarked(99 + again), "lagi.jpg", `lagi-${again}-${own.number}`);
  await api(url, "POST", `/api/v1/applications/${own.number}/correct`, { key: own.key, head: { "idempotency-key": `lagi-${again}` } });
}

export async function withdraw(url, { number, key }) {
  await api(url, "POST", `/api/v1/applications/${number}/withdraw`, { key });
}

export async function status(url, { number, key }) {
  return (await (await api(url, "GET", `/api/v1/applications/${number}`, { key })).json()).tracking.status;
}

export const papers = ["ktp", "foto-tiga-arah", "gambar-reklame", "bukti-tempat-reklame", "npwpd", "pernyataan-bongkar"];

export function fields(service) {
  const own = {
    nama: "Sri Contoh", nik: "7399015501900001", telepon: "081234567890", alamat: "Jl. Pasar Lama No. 12, Desa Contoh",
    kabar: "whatsapp", pengurus: "sendiri", setuju: "ya",
  };
  const value = (field) => {
    switch (field.kind) {
      case "number": case "money": return `${field.min ?? 1}`;
      case "date": return "2026-12-15";
      case "choice": return field.options[0].id;
      case "yesno": return "tidak";
      case "phone": return "081234567890";
      case "nik": case "npwp": return "7399015501900001";
      case "nib": return "1234567890123";
      case "reference": return "CT00000000000001";
      default: return "Warung Bu Sri, depan masjid";
    }
  };
  for (const field of service.page.flatMap((page) => page.field)) own[field.id] = value(field);
  return own;
}
