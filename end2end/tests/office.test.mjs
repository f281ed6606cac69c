// Two who handle no files at the desk: whoever hears complaints, who calls and announces and may do nothing else; and
// the head, who reads the day's figures.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { apply, begin, correct, status, withdraw } from "../lib/application.mjs";
import { checkPage, openBrowser, openPhone, picture } from "../lib/browser.mjs";
import { officer } from "../lib/officer.mjs";
import { backdate } from "../lib/past.mjs";
import { startServer } from "../lib/server.mjs";

let server, browser;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
  await server.desk(["sign-in", "kepala-loket", "--password-stdin", "--new-password-stdin"], `${server.password}\nsandi-baru-yang-panjang\n`);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function look(page, name) {
  await checkPage(page, name);
  await picture(page, `office-${name}`);
}

test("whoever hears complaints reads, calls and announces, and is told what she may not", async () => {
  const own = await apply(server.url, { name: "Sri Mengadu" });
  const { page } = await officer(browser, server, { account: "lina", name: "Lina Pengaduan", roles: "complaints" });
  await page.getByRole("heading", { level: 1, name: "Antrean" }).waitFor();
  const menu = await page.getByRole("navigation", { name: "Menu" }).getByRole("link").allInnerTexts();
  assert.deepEqual(menu, ["Antrean", "Telepon", "Gangguan"]);
  await page.locator(".queue tr", { hasText: "Sri Mengadu" }).getByText(own.number).waitFor();
  assert.ok(!(await page.content()).includes("081234567890"), "whom to call stands on the page for calling");
  await look(page, "complaints-queue");

  // The file: to be read; of all deeds only to write down that somebody was told.
  await page.locator(".queue a", { hasText: own.number }).click();
  await page.getByRole("heading", { level: 1, name: own.number }).waitFor();
  assert.deepEqual(await page.locator(".deeds summary, .deeds > form button").allInnerTexts(), ["Catat bahwa pemohon sudah dikabari"]);
  assert.equal(await page.locator("main input[value=terima], main input[value=kembali]").count(), 0);
  await look(page, "complaints-file");

  // A disturbance: announced to everybody, ended, and who asked for a call is called.
  await page.getByRole("link", { name: "Gangguan" }).click();
  await page.getByLabel("Situs").selectOption("OSS");
  await page.getByLabel("Keterangan untuk warga").fill("Tidak bisa masuk sejak pagi.");
  await page.getByRole("button", { name: "Umumkan" }).click();
  await page.locator(".alert", { hasText: "Tidak bisa masuk sejak pagi." }).waitFor();
  await look(page, "complaints-disturbance");
  const phone = await openPhone(browser, { javaScriptEnabled: false });
  await phone.goto(`${server.url}/layanan/nib-perseorangan`);
  const notice = phone.locator(".notice", { hasText: "Tidak bisa masuk sejak pagi." });
  await notice.locator("summary").click();
  await notice.locator("input:not([type=hidden])").fill("0812 0000 0007");
  await notice.getByRole("button").click();
  await phone.locator(".notice [role=status] b").waitFor();
  await phone.context().close();
  await page.getByRole("button", { name: /^Sudah pulih/ }).click();
  await page.getByRole("heading", { level: 1, name: "Telepon" }).waitFor();
  const call = page.locator("tr", { hasText: /0000.?0007/ });
  await look(page, "complaints-calls");
  await call.getByRole("button", { name: /Sudah ditelepon/ }).click();
  await page.getByText("Tidak ada yang menunggu.").waitFor();

  // Pages of others.
  const refusal = /Peran Anda tidak mencakup tindakan ini\. Minta petugas yang berwenang\./;
  for (const path of ["bantu", "bantu/cari", "bantu/mulai/reklame", "survei", "angka", "isi", "isi/libur", "isi/ubah/biaya", "akun"]) {
    const answer = await page.goto(`${server.url}/loket/${path}`);
    assert.equal(answer.status(), 403, path);
    assert.equal(await page.title(), "Tidak berhasil · Loket Satu Pintu", path);
    await page.getByRole("alert").getByText(refusal).waitFor();
    await page.getByRole("link", { name: "Kembali ke antrean" }).waitFor();
  }
  await look(page, "complaints-refused");

  // Deeds of others, sent without their forms.
  const before = await status(server.url, own);
  await page.goto(`${server.url}/loket/berkas/${own.number}`);
  const seq = await page.locator("input[name=seq]").first().inputValue();
  const post = (path, fields) => page.evaluate(async ([path, fields]) => {
    const answer = await fetch(path, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
    return { status: answer.status, text: await answer.text() };
  }, [path, fields]);
  const deeds = {
    ambil: {}, periksa: { semua: "ya" }, tanya: { dinas: "pupr", teks: "Mohon periksa." }, jawab: { dinas: "pupr", setuju: "ya", teks: "Layak." },
    kunjungan: { hari: "2026-03-16", teks: "Sesuai." }, usul: { putusan: "tolak", teks: "Menutup rambu." }, pastikan: { putusan: "setuju" },
    keberatan: { teks: "Belum jelas." }, terbit: {}, serah: { teks: "Di loket." }, cabut: { teks: "Salah tempat." }, kunci: { ktp: "ya" },
  };
  for (const [verb, fields] of Object.entries(deeds)) {
    const { status, text } = await post(`/loket/berkas/${own.number}/${verb}`, { seq, ...fields });
    assert.equal(status, 403, verb);
    assert.match(text, refusal, verb);
  }
  for (const path of ["/loket/survei", "/loket/akun/tambah", "/loket/isi/libur", "/loket/isi/ubah/biaya", "/loket/bantu/mulai/reklame"]) {
    const { status, text } = await post(path, { jumlah: "12", akun: "lina2", nama: "Lina Dua", peran: "administrator", setuju: "ya" });
    assert.equal(status, 403, path);
    assert.match(text, refusal, path);
  }
  assert.deepEqual(await status(server.url, own), before, "nothing has happened to the file");
  assert.equal(await page.locator("input[name=seq]").first().inputValue(), seq);
  // The browser itself notes each refusal; nothing else.
  assert.deepEqual([...new Set(page.complaints.map((text) => text.match(/status of (\d+)/)?.[1]))], ["403"]);
  await page.context().close();
  await withdraw(server.url, own);
});

test("the day's figures count what was handed in, sent back, asked, decided and handed over", { timeout: 240_000 }, async () => {
  const { page } = await officer(browser, server, { account: "hana", name: "Hana Kepala", roles: "head" });
  const columns = ["Hari", "Masuk", "Dikembalikan", "Ditanyakan ke dinas", "Disetujui", "Ditolak", "Izin terbit", "Diserahkan"];
  const figures = async () => {
    await page.goto(`${server.url}/loket/angka`);
    await page.getByRole("heading", { level: 1, name: "Angka harian" }).waitFor();
    assert.deepEqual(await page.locator("thead th").allInnerTexts(), columns);
    const rows = await page.locator("tbody tr").evaluateAll((all) => all.map((row) => [...row.querySelectorAll("td")].map((cell) => Number(cell.innerText))));
    assert.equal(rows.length, 7);
    return { open: Number(await page.locator("main p strong").innerText()), rows };
  };
  // The office's day ends at 16.00 UTC; not in the middle of this.
  const left = 86_400_000 - ((Date.now() + 8 * 3_600_000) % 86_400_000);
  if (left < 60_000) await new Promise((next) => setTimeout(next, left));
  const before = await figures();
  const plus = (day, ...more) => more.map((n, at) => n + before.rows[day][at]);
  const today = (...more) => plus(0, ...more);

  // One goes all the way, one is sent back and comes again, one is refused, one is withdrawn, one is only a draft.
  const { desk } = server;
  const [granted, returned, refused, withdrawn] = await Promise.all(["A", "B", "C", "D"].map((name) => apply(server.url, { name: `Pemohon ${name}` })));
  await begin(server.url);
  await desk(["take", granted.number]);
  await desk(["accept", granted.number]);
  for (const agency of ["pupr", "bapenda"]) {
    await desk(["ask-agency", granted.number, agency, "--question", "Mohon periksa."]);
    await desk(["agency-answer", granted.number, agency, "--agree", "--text", "Layak."]);
  }
  await desk(["decide", granted.number, "--grant"]);
  await desk(["decide", refused.number, "--refuse", "Menutup rambu jalan."]);
  // What one has proposed is not decided.
  assert.deepEqual((await figures()).rows[0], today(4, 0, 2, 0, 0, 0, 0));
  const colleague = await server.colleague();
  await colleague(["decide", granted.number, "--grant"]);
  await colleague(["decide", refused.number, "--refuse", "Menutup rambu jalan."]);
  await desk(["issue", granted.number]);
  await desk(["hand-over", granted.number, "--how", "Diambil sendiri di loket."]);
  await desk(["take", returned.number]);
  for (const again of [1, 2]) {
    await desk(["return", returned.number, "--item", "ktp", "--reason", "Fotonya buram."]);
    await correct(server.url, returned, "ktp", again);
  }
  await withdraw(server.url, withdrawn);
  const now = await figures();
  assert.deepEqual(now.rows, [today(4, 2, 2, 1, 1, 1, 1), ...before.rows.slice(1)]);
  // Open are what was sent back and what was refused and not yet told.
  assert.equal(now.open, before.open + 2);
  await look(page, "figures");

  // Each day for itself, and only a week.
  await backdate(server, granted, 2);
  await backdate(server, refused, 7);
  const later = await figures();
  assert.deepEqual(later.rows, [today(2, 2, 0, 0, 0, 0, 0), before.rows[1], plus(2, 1, 0, 2, 1, 0, 1, 1), ...before.rows.slice(3)]);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
