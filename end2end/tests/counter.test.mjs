// At the counter and behind it: a clerk files for somebody who cannot, two people change a fee and look at the page
// first, an officer marks what is wrong on a photo, and a permit is taken back. Each page is looked at by axe; what
// the citizen sees of it, on a phone.
import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { apply, papers } from "../lib/application.mjs";
import { checkPage, openBrowser, openPhone, picture, ready } from "../lib/browser.mjs";
import { officer } from "../lib/officer.mjs";
import { makePhoto } from "../lib/papers.mjs";
import { startServer } from "../lib/server.mjs";

const limit = { timeout: 300_000 };
let server, browser, folder, ani, citra, photo;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "satu-pintu-isi-"));
  await cp(fileURLToPath(new URL("../../content", import.meta.url)), folder, { recursive: true });
  server = await startServer("--content", folder);
  browser = await openBrowser();
  photo = await makePhoto(browser, server.folder, "foto.jpg", "Surat Contoh");
  ani = await officer(browser, server, { account: "ani", name: "Ani Depan", roles: "front-office,back-office" });
  citra = await officer(browser, server, { account: "citra", name: "Citra Tanda", roles: "signer,head,administrator" });
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function look(page, name) {
  await checkPage(page, name);
  await picture(page, `counter-${name}`);
}

test("a clerk files for somebody who cannot, who agrees twice and leaves with the key", limit, async () => {
  const { page } = ani;
  const agree = async () => {
    await page.getByLabel("Kalimat di atas sudah saya bacakan").check();
    await page.getByLabel("Pemohon sendiri").check();
    await page.getByLabel("Lisan").check();
  };
  await page.getByRole("link", { name: "Bantu pemohon" }).click();
  await look(page, "choose");
  await page.getByRole("link", { name: "Izin reklame" }).click();
  await agree();
  await look(page, "consent");
  await page.getByRole("button", { name: "Catat persetujuan dan mulai mengisi" }).click();

  await page.getByLabel("Nama lengkap, seperti di KTP").fill("Sri Dibantu");
  await page.getByLabel("NIK").fill("7399015501900001");
  await page.getByLabel("Nomor HP", { exact: true }).fill("081234567890");
  await page.getByLabel("Cara memberi kabar").selectOption({ label: "WhatsApp" });
  for (const choice of await page.locator("main select").all()) {
    if (!(await choice.inputValue())) await choice.selectOption({ index: 1 });
  }
  for (const field of await page.locator("main form.long input:visible, main form.long textarea:visible").all()) {
    const label = await field.evaluate((e) => e.labels?.[0]?.innerText ?? "");
    if (await field.evaluate((e) => ["radio", "checkbox", "hidden"].includes(e.type))) continue;
    if ((await field.inputValue()) || /kuasa/.test(label)) continue;
    const number = /numeric|decimal/.test(await field.evaluate((e) => e.inputMode));
    await field.fill(/tanggal/i.test(label) ? "15 Desember 2026" : number ? (/sentimeter/.test(label) ? "120" : "2") : "Jl. Pasar Lama No. 12, Desa Contoh");
  }
  await page.getByLabel("Alamat").first().fill("");
  await page.locator("main form.long button.btn").last().click();
  await page.getByText("Masih ada yang perlu dilengkapi.").waitFor();
  await look(page, "incomplete");
  await page.getByLabel("Alamat").first().fill("Jl. Pasar Lama No. 12, Desa Contoh");
  await page.locator("main form.long button.btn").last().click();
  await page.waitForURL(/\/berkas$/);
  for (const item of papers) {
    const card = page.locator(`#syarat-${item}`);
    await card.locator("input[type=file]").setInputFiles(photo);
    await card.getByRole("button", { name: /^Tambahkan/ }).click();
    await page.locator(`#syarat-${item} .pages-list li`).first().waitFor();
  }
  await look(page, "papers");
  await page.getByRole("link", { name: "Lanjut: periksa dan kirim" }).click();
  await agree().catch(() => {});
  await look(page, "send");
  await page.getByRole("button", { name: "Catat persetujuan dan kirim" }).click();
  await page.getByRole("heading", { name: "Permohonan terkirim" }).waitFor();
  const number = (await page.locator("h1 small").innerText()).trim();
  await look(page, "sent");

  // The key is printed once.
  const print = async (status) => {
    const sheet = page.context().waitForEvent("response", (answer) => answer.url().endsWith("/lembar") && answer.status() === status);
    await page.getByRole("button", { name: "Cetak lembar kunci" }).click();
    return sheet;
  };
  assert.equal((await print(200)).headers()["content-type"], "application/pdf");
  assert.match(await (await print(409)).text(), /Lembar kunci sudah dicetak/);
  await page.goto(`${server.url}/loket`);
  await page.locator(".queue tr", { hasText: "Sri Dibantu" }).getByText(number).waitFor();
  // The browser itself notes the refusal; nothing else.
  assert.deepEqual(page.complaints.splice(0).map((text) => text.match(/status of (\d+)/)?.[1]), ["422"]);
});

test("a fee is changed by two people who have both seen the page", limit, async () => {
  const hadi = await officer(browser, server, { account: "hadi", name: "Hadi Kelola", roles: "administrator" });
  const { page } = hadi;
  await page.goto(`${server.url}/loket/isi`);
  await look(page, "content");
  await page.getByRole("link", { name: "Biaya dan waktu layanan" }).click();
  await look(page, "fees");
  await page.getByLabel("Biaya Izin reklame").fill("25.000");
  await page.getByRole("button", { name: "Periksa perubahan" }).click();
  await page.getByText("Lolos pemeriksaan isi").waitFor();
  const seen = page.waitForResponse((answer) => answer.frame() !== page.mainFrame());
  await page.getByRole("button", { name: "Lihat: Izin reklame" }).click();
  assert.match(await (await seen).text(), /Rp25\.000/);
  await look(page, "fee-preview");
  await page.getByRole("button", { name: "Usulkan perubahan" }).click();
  await page.getByText("Usulan tersimpan").waitFor();
  await look(page, "fee-proposed");

  await citra.page.goto(`${server.url}/loket/isi`);
  const opened = citra.page.context().waitForEvent("page");
  await citra.page.getByRole("link", { name: "Izin reklame" }).click();
  const will = await opened;
  await will.getByText("Rp25.000").first().waitFor();
  await will.close();
  await citra.page.getByRole("button", { name: "Setujui" }).click();
  await citra.page.getByText("Perubahan disetujui").waitFor();
  await look(citra.page, "fee-agreed");
  const phone = await openPhone(browser);
  await phone.goto(`${server.url}/layanan/reklame`);
  await phone.getByText("Rp25.000").first().waitFor();
  // What looks at a page is itself a script: it may not run in the frame.
  const own = page.complaints.filter((text) => !text.includes("frame is sandboxed"));
  assert.deepEqual([...own, ...phone.complaints], []);
  await phone.context().close();
});

test("what an officer marked is seen on the phone, and a permit taken back is no permit", limit, async () => {
  const own = await apply(server.url, { name: "Sri Ditandai", photo: await readFile(photo) });
  await ani.page.goto(`${server.url}/loket`);
  await ani.open(own.number);
  await ani.take();
  await ani.sendBack("foto-tiga-arah", "Foto dari kiri belum terlihat.");
  const phone = await openPhone(browser);
  await phone.goto(`${server.url}/urus/${own.number}#${own.key}`);
  await ready(phone);
  await phone.getByText("Foto dari kiri belum terlihat.").first().waitFor();
  await phone.locator(".marked img").first().evaluate((image) => image.decode());
  await look(phone, "marked");

  const granted = await apply(server.url, { name: "Sri Dicabut" });
  await ani.open(granted.number);
  await ani.acceptAll();
  for (const agency of ["Dinas PUPR", "Badan Pendapatan Daerah"]) {
    await ani.ask([agency], "Mohon periksa.");
    await ani.answer(agency, true, "Layak.");
  }
  await ani.propose(true);
  await citra.page.goto(`${server.url}/loket`);
  await citra.open(granted.number);
  await citra.confirm(true);
  await citra.issue();
  const head = await officer(browser, server, { account: "kepala", name: "Kepala Contoh", roles: "head" });
  await head.open(granted.number);
  const form = await head.deed("Usulkan pencabutan izin");
  await head.write(form.locator("textarea"), "Reklame dipasang di tempat lain.");
  await head.press(form.getByRole("button"));
  await head.said("Usulan pencabutan tercatat");
  await citra.open(granted.number);
  await look(citra.page, "revocation");
  await citra.press(citra.page.getByRole("button", { name: "Pastikan pencabutan izin" }));
  await citra.said("Izin dicabut");
  assert.equal(await citra.page.getByText("Serahkan kepada pemohon").count(), 0);

  await phone.goto(`${server.url}/urus/${granted.number}#${granted.key}`);
  await ready(phone);
  await phone.getByRole("heading", { level: 1, name: "Izin dicabut" }).waitFor();
  await look(phone, "revoked");
  assert.deepEqual([...ani.page.complaints, ...citra.page.complaints, ...head.page.complaints, ...phone.complaints], []);
});
