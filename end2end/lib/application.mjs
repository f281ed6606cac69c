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

// `photo` is a picture (bytes) for every paper, `pdf` one for the drawing.
export async function apply(url, { name = "Sri Contoh", photo, pdf } = {}) {
  const api = async (method, path, { key, body, head = {} } = {}) => {
    const json = body === undefined || Buffer.isBuffer(body) ? {} : { "content-type": "application/json" };
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { ...(key ? { authorization: `Bearer ${key}` } : {}), ...json, ...head },
      body: body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body),
    });
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`);
    return answer;
  };
  const { service } = await (await api("GET", "/api/v1/catalog/services/reklame?lang=id")).json();
  const made = await (await api("POST", "/api/v1/applications", { body: { service: "reklame" } })).json();
  const { key, application: { number } } = made;
  const path = `/api/v1/applications/${number}`;
  await api("PATCH", path, { key, body: { fields: { ...fields(service), nama: name } } });
  for (const [at, item] of papers.entries()) {
    const own = item === "gambar-reklame" && pdf ? pdf : photo;
    // Each paper another file: with a remark of its own.
    const bytes = own ?? Buffer.concat([grey.subarray(0, 2), Buffer.from([0xff, 0xfe, 0, 3, at + 1]), grey.subarray(2)]);
    const metadata = `item ${base64(item)},filename ${base64(own && own === pdf ? "gambar.pdf" : "foto.jpg")},id ${base64(`berkas-${at}-${number}`)}`;
    const tus = { "tus-resumable": "1.0.0" };
    const head = { ...tus, "upload-length": `${bytes.length}`, "upload-metadata": metadata };
    const location = (await api("POST", `${path}/uploads`, { key, head })).headers.get("location");
    const patch = { ...tus, "upload-offset": "0", "content-type": "application/offset+octet-stream" };
    await api("PATCH", new URL(location, url).pathname, { key, head: patch, body: bytes });
  }
  await api("POST", `${path}/submit`, { key, head: { "idempotency-key": "satu" } });
  return { number, key };
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
