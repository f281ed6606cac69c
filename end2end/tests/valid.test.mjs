// The HTML as the server makes it, judged by html-validate: every page, what answers a form, and the desk.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { HtmlValidate } from "html-validate";
import { apply } from "../lib/application.mjs";
import { ask } from "../lib/http.mjs";
import { markup } from "../lib/markup.mjs";
import { signIn } from "../lib/officer.mjs";
import { english, every } from "../lib/pages.mjs";
import { startServer } from "../lib/server.mjs";

const validator = new HtmlValidate(markup);
const EVERYTHING = "front-office,back-office,signer,complaints,head,administrator";

let server, cookie, own;
before(async () => {
  // What is inside the program cannot be changed at the desk, so its pages for that would not come.
  server = await startServer("--content", fileURLToPath(new URL("../../content", import.meta.url)));
  cookie = await signIn(server, { account: "ani", name: "Ani Contoh", roles: EVERYTHING });
  own = await apply(server.url);
});
after(async () => {
  assert.equal(await server?.stop(), 0, "Ctrl-C ends the server cleanly");
});

// The faults of what came; `status` is what must have come, so that no page is looked at in the place of another.
async function faults(name, answer, status = 200) {
  assert.equal(answer.status, status, `${name}: ${answer.text}`);
  const { results } = await validator.validateString(answer.text);
  return results.flatMap(({ messages }) => messages.map((m) => `${name}: ${m.ruleId}: ${m.message} at ${m.selector}`));
}

test("every page, without and with a disturbance", async () => {
  const paths = await every(), wrong = [];
  assert.ok(paths.length > 120, `${paths.length} pages`);
  const status = (path) => (path.includes("tidak-ada") ? 404 : 200);
  for (const path of paths) wrong.push(...await faults(path, await ask(server.url + path), status(path)));
  const announced = await ask(`${server.url}/loket/gangguan`, { cookie, form: { situs: "OSS", teks: "Lambat.", pulih: "" } });
  assert.equal(announced.status, 303, announced.text);
  for (const path of ["/", "/izin", "/layanan/nib-perseorangan", "/en/kontak"]) {
    const answer = await ask(server.url + path);
    assert.match(answer.text, /Lambat\./);
    wrong.push(...await faults(`${path} with a disturbance`, answer));
  }
  assert.deepEqual(wrong, []);
});

test("what answers number and key, in both languages", async () => {
  const wrong = [], form = { nomor: own.number, kunci: own.key };
  const open = (path, form) => ask(server.url + path, { form });
  await server.desk(["sign-in", "ani", "--password-stdin"], "kata sandi petugas baru\n");
  for (const what of ["handed in", "sent back"]) {
    for (const path of ["/lacak", english("/lacak")]) {
      const answer = await open(path, form);
      assert.ok(answer.text.includes(own.number) && !answer.text.includes(own.key));
      wrong.push(...await faults(`${path}, ${what}`, answer));
    }
    if (what === "sent back") break;
    await server.desk(["take", own.number]);
    await server.desk(["return", own.number, "--item", "ktp", "--reason", "Fotonya buram."]);
  }
  wrong.push(...await faults("no key", await open("/lacak", { ...form, kunci: "" }), 422));
  wrong.push(...await faults("a wrong key", await open("/lacak", { ...form, kunci: "0000-0000-0000-0000-0" }), 403));
  assert.deepEqual(wrong, []);
});

test("the desk", async () => {
  const wrong = [], file = `/loket/berkas/${own.number}`;
  const see = (path, form) => ask(server.url + path, { cookie, form });
  wrong.push(...await faults("the sign-in", await ask(`${server.url}/loket/masuk`)));
  const refused = await ask(`${server.url}/loket/masuk`, { form: { akun: "ani", sandi: "bukan kata sandi ini" } });
  wrong.push(...await faults("a wrong password", refused, 403));

  const fresh = await apply(server.url, { name: "Budi Contoh" });
  const consent = { jawaban: "", sekali: "satu", dibacakan: "ya", pemberi: "applicant", cara: "spoken" };
  const draft = (await see("/loket/bantu/mulai/reklame", consent)).headers.location;
  assert.match(draft, /^\/loket\/bantu\/2/);
  const list = ["", "/sandi", "/telepon", "/gangguan", "/survei", "/angka", "/akun", "/bantu", "/bantu/cari",
    "/bantu/mulai/reklame", "/isi", "/isi/libur", "/isi/ubah/biaya", "/isi/ubah/jam", "/isi/ubah/kontak", "/isi/ubah/kalimat"];
  const paths = [...list.map((path) => `/loket${path}`), draft, `${draft}/berkas`, `${draft}/kirim`, file, `/loket/berkas/${fresh.number}`];
  for (const path of paths) wrong.push(...await faults(path, await see(path)));

  wrong.push(...await faults("no such file", await see("/loket/berkas/2026-0001-RK"), 404));
  const seq = (await see(file)).text.match(/name="seq" value="(\d+)"/)[1];
  wrong.push(...await faults("a deed refused", await see(`${file}/tanya`, { seq, teks: "" }), 422));
  assert.deepEqual(wrong, []);
});
