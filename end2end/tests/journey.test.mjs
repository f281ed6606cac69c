// The main job, end to end, as the owner of a warung on a phone: which permits, the checklist, the application,
// one correction, the permit, the survey; then a batch of paper answers and its published index. Once with an office
// that works with commands, once with one that works in the browser.
import { after, before, describe, test } from "node:test";
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { checkPage, openBrowser, openPhone, picture } from "../lib/browser.mjs";
import { fillEverything, papers } from "../lib/fill.mjs";
import { officer } from "../lib/officer.mjs";
import { makePdf, makePhoto } from "../lib/papers.mjs";
import { run, startServer } from "../lib/server.mjs";

// What the office does, with the commands of the desk.
async function withCommands(server) {
  const { desk } = server;
  await desk(["sign-in", "kepala-loket", "--password-stdin", "--new-password-stdin"], `${server.password}\nsandi-baru-yang-panjang\n`);
  return {
    // How often the number stands in the queue.
    listed: async (number) => (await desk(["list"])).split(number).length - 1,
    async sendBack(number, item, reason) {
      await desk(["take", number]);
      await desk(["return", number, "--item", item, "--reason", reason]);
    },
    async grant(number) {
      await desk(["accept", number]);
      await desk(["ask-agency", number, "pupr", "--question", "Mohon periksa titik pasang."]);
      await desk(["agency-answer", number, "pupr", "--agree", "--text", "Layak."]);
      await desk(["ask-agency", number, "bapenda", "--question", "Mohon hitung pajaknya."]);
      await desk(["agency-answer", number, "bapenda", "--agree", "--text", "Pajak dihitung."]);
      await desk(["decide", number, "--grant"]);
      const colleague = await server.colleague();
      await colleague(["decide", number, "--grant"]);
      await desk(["issue", number]);
    },
  };
}

// The same in the browser.
async function inBrowser(server, browser) {
  const clerk = await officer(browser, server, { account: "ani", name: "Ani Contoh", roles: "front-office,back-office" });
  const signer = await officer(browser, server, { account: "citra", name: "Citra Contoh", roles: "signer" });
  return {
    listed: (number) => clerk.page.locator(".queue a", { hasText: number }).count(),
    async sendBack(number, item, reason) {
      await clerk.open(number);
      await clerk.take();
      await clerk.sendBack(item, reason);
    },
    async grant(number) {
      await clerk.open(number);
      await clerk.acceptAll();
      for (const agency of ["Dinas PUPR", "Badan Pendapatan Daerah"]) {
        await clerk.ask([agency], "Mohon periksa.");
        await clerk.answer(agency, true, "Layak.");
      }
      await clerk.propose(true);
      await signer.open(number);
      await signer.confirm(true);
      await signer.issue();
      assert.deepEqual([...clerk.page.complaints, ...signer.page.complaints], []);
    },
  };
}

for (const [way, open] of [["with commands", withCommands], ["in the browser", inBrowser]]) {
  describe(`an office that works ${way}`, () => journey(open, open === withCommands));
}

function journey(open, commands) {
  let server, browser, page, office;
  before(async () => {
    server = await startServer();
    browser = await openBrowser();
    page = await openPhone(browser);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const next = () => page.getByRole("button", { name: "Lanjut", exact: true });
  const heading = (text) => page.getByRole("heading", { level: 1, name: text });

  async function look(name) {
    // The pages are the same both times.
    if (!commands) return;
    await checkPage(page, name);
    await picture(page, `journey-${name}`);
  }

  async function choose(question, ...labels) {
    await heading(question).waitFor();
    for (const label of labels) await page.getByLabel(label).first().check();
    await next().click();
  }

  let number, broken;

  // A step of the journey; after one that failed the rest has no ground to stand on.
  function step(name, go) {
    test(name, { timeout: 300_000 }, async (t) => {
      if (broken) return t.skip("an earlier step failed");
      broken = true;
      try {
        await go();
        broken = false;
      } finally {
        if (broken && process.env.PICTURES) {
          console.log(page.url(), page.complaints);
          await page.screenshot({ path: `${process.env.PICTURES}/failed.png`, fullPage: true });
        }
      }
    });
  }

  step("the wizard asks one question at a time and gives exactly the list", async () => {
    await page.goto(server.url);
    await heading("Mau apa hari ini?").waitFor();
    await look("home");
    await page.getByRole("link", { name: /Cari tahu izin/ }).click();

    await heading("Apa usaha Anda?").waitFor();
    await page.getByLabel("Cari usaha Anda").fill("warteg");
    await page.getByLabel(/Warung nasi/).first().check();
    await look("question-business");
    await next().click();

    await choose("Usaha ini atas nama siapa?", /Nama saya sendiri/);
    await heading("Berapa modal usaha Anda?").waitFor();
    await next().click();
    await page.getByRole("alert").getByText(/Pilih satu jawaban/).first().waitFor();
    await look("question-unanswered");
    await choose("Berapa modal usaha Anda?", /Sampai Rp1 miliar/);
    await choose(/dijual dalam bentuk apa/, /Siap saji/);
    await choose("Di mana tempat usaha Anda?", /Di bangunan khusus usaha/);
    await choose(/membangun atau mengubah/, /^Tidak/);
    await choose(/papan nama/i, /^Ya/);
    await choose(/Surat usaha lama/, /IUMK/);

    await page.waitForURL(/\/izin\/hasil/);
    await page.locator("h1").waitFor();
    const permits = await page.locator(".permit h3 a").evaluateAll((all) => all.map((e) => e.pathname.split("/").pop()));
    assert.deepEqual(permits, ["nib-perseorangan", "kkpr", "sppl", "sertifikat-standar", "slhs", "halal", "reklame"]);
    const notNeeded = await page.locator(".remarks.none h3").allInnerTexts();
    assert.equal(notNeeded.length, 2);
    assert.match(notNeeded[0], /HO/);
    assert.match(notNeeded[1], /SITU/);
    await page.locator(".remarks").getByText(/IUMK/).first().waitFor();
    for (const card of await page.locator(".permit").all()) {
      assert.match(await card.innerText(), /Biaya[\s\S]*(Gratis|Rp|Tanyakan)/, "each permit says what it costs");
      assert.match(await card.innerText(), /Waktu[\s\S]*(Otomatis|hari kerja)/, "each permit says how long it takes");
    }
    await look("result");
  });

  step("the answers are in the address, so another phone sees the same list", async () => {
    const other = await openPhone(browser);
    await other.goto(page.url());
    await other.locator(".permit").first().waitFor();
    assert.equal(await other.locator(".permit").count(), 7);
    await other.context().close();
  });

  step("the checklist prints on one sheet of A4", async () => {
    await page.getByText(/Siapkan syaratnya/).first().waitFor();
    await page.waitForLoadState("networkidle");
    const pdf = await page.pdf({ format: "A4", printBackground: false });
    const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g).length;
    assert.equal(sheets, 1);
    assert.ok(pdf.length < 400_000, `${pdf.length} bytes`);
  });

  step("the sign permit is applied for, with a photo and a PDF", async () => {
    await page.locator(".permit").getByRole("link", { name: /Ajukan di sini.*reklame/i }).click();
    await heading(/Ajukan/).waitFor();
    await look("start");
    await page.getByLabel(/^HP sendiri/).check();
    await page.getByRole("button", { name: "Mulai mengisi" }).click();
    await page.waitForURL(/\/permohonan\//);
    await page.locator("h1").waitFor();
    await look("tasks");
    await fillEverything(page, (at) => at.endsWith("/nik") && look("field"));
    await page.waitForURL(/\/permohonan\/[^/]+$/);
    number = await page.waitForFunction(() => location.pathname.match(/\d{4}-\d{4,}-[A-Z]{2}/)?.[0]).then((h) => h.jsonValue());
    await uploadEverything();
  });

  async function uploadEverything() {
    await page.getByRole("link", { name: "Berkas" }).click();
    await heading("Berkas").waitFor();
    await look("files");
    for (const item of papers) {
      await page.locator(`a[href$="/berkas/${item}"]`).first().click();
      await page.waitForURL(new RegExp(`/berkas/${item}$`));
      const photo = ["ktp", "foto-tiga-arah"].includes(item);
      const path = photo
        ? await makePhoto(browser, server.folder, `${item} (1) ünïcode.jpg`, item)
        : await makePdf(browser, server.folder, `${item}.pdf`, item);
      if (item === "ktp") await look("upload");
      await page.locator("input[type=file]").last().setInputFiles(path);
      await page.getByText("Diterima kantor").first().waitFor();
      if (photo) await look(`upload-${item}`);
      await page.getByRole("link", { name: "Kembali ke daftar berkas" }).first().click();
      await heading("Berkas").waitFor();
    }
    await page.getByRole("link", { name: "Kembali ke daftar tugas" }).click();
  }

  step("submitting twice by mistake gives one number", async () => {
    await page.getByRole("link", { name: "Periksa dan kirim" }).click();
    await heading("Periksa sebelum mengirim").waitFor();
    await page.getByLabel(/Ya, isian saya benar/).check();
    await look("check");
    await page.getByRole("button", { name: "Kirim permohonan" }).dblclick();
    await page.waitForURL(/terkirim/);
    await heading("Permohonan terkirim").waitFor();
    assert.ok((await page.locator("main").innerText()).includes(number));
    assert.match(await page.locator("main").innerText(), /([0-9A-Z]{4}-){4}[0-9A-Z*~$=]/);
    await look("receipt");
    office = await open(server, browser);
    assert.equal(await office.listed(number), 1, "one application");
  });

  step("staff ask for one document again, with a reason, and it is replaced", async () => {
    await office.sendBack(number, "foto-tiga-arah", "Foto dari kiri belum terlihat.");
    await page.goto(`${server.url}/lacak/${number}`);
    await heading("Menunggu perbaikan dari Anda").waitFor();
    await page.getByText("Foto dari kiri belum terlihat.").first().waitFor();
    await look("returned");
    await page.getByRole("link", { name: "Perbaiki sekarang" }).click();
    await heading("Perbaiki yang dikembalikan").waitFor();
    await look("correction");
    await page.getByRole("link", { name: /^Perbaiki/ }).first().click();
    await page.waitForURL(/berkas\/foto-tiga-arah$/);
    const better = await makePhoto(browser, server.folder, "dari-kiri.jpg", "foto dari kiri");
    await page.locator("input[type=file]").last().setInputFiles(better);
    await page.locator(".stored").filter({ hasText: "dari-kiri" }).getByText("Diterima kantor").waitFor();
    await page.getByRole("link", { name: "Kembali ke perbaikan" }).first().click();
    await page.getByRole("button", { name: "Kirim perbaikan" }).click();
    await heading(/^Sekarang di/).waitFor();
    await page.getByText("Perbaikan dikirim").first().waitFor();
    await page.getByRole("heading", { name: "Bola di siapa" }).waitFor();
    await page.getByText("Loket DPMPTSP").first().waitFor();
    await look("corrected");
  });

  step("it is granted, and the permit PDF is downloaded", async () => {
    await office.grant(number);
    await page.goto(`${server.url}/lacak/${number}`);
    await heading("Izin terbit").waitFor();
    await look("granted");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: /Unduh surat izin/ }).click(),
    ]);
    const path = join(server.folder, "izin.pdf");
    await download.saveAs(path);
    const pdf = await readFile(path);
    assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
    assert.ok(pdf.length > 5_000 && pdf.length < 200_000, `${pdf.length} bytes`);
  });

  step("the survey is answered once, and a second time refused kindly", async () => {
    await page.getByRole("link", { name: /Nilai pelayanan kami/ }).first().click();
    await answerSurvey();
    await heading("Terima kasih").waitFor();
    await look("survey-thanks");
    await page.goto(`${server.url}/survei?dari=${number}`);
    await page.getByRole("button", { name: /Isi survei untuk/ }).click();
    await page.getByText("Anda sudah mengisi survei ini").waitFor();
    await look("survey-done");
    // The browser itself notes the refusal; nothing else.
    assert.deepEqual(page.complaints.splice(0).map((c) => c.match(/status of (\d+)/)?.[1]), ["409"]);
  });

  async function answerSurvey() {
    await heading("Nilai pelayanan kami").waitFor();
    await look("survey-start");
    await page.getByRole("button", { name: /Isi survei untuk/ }).click();
    for (let question = 1; question <= 9; question += 1) {
      await page.getByText(`Pertanyaan ${question} dari 9`).waitFor();
      await page.locator("input[type=radio]").nth(question % 2 ? 2 : 3).check();
      if (question === 4) await look("survey-question");
      await next().click();
    }
    await heading("Sedikit tentang Anda").waitFor();
    await next().click();
    await heading("Periksa jawaban Anda").waitFor();
    await look("survey-check");
    await page.getByRole("button", { name: "Kirim jawaban" }).click();
  }

  // There is a command for that and no page.
  if (commands) step("a labelled batch is imported, and the page shows the index of the exported CSV", async () => {
    const rows = Array.from({ length: 49 }, (_, i) => `${i + 1},${Array.from({ length: 9 }, (_, u) => 2 + ((i * (u + 3)) % 3)).join(",")}`);
    const file = join(server.folder, "kertas.csv");
    await writeFile(file, `resp,U1,U2,U3,U4,U5,U6,U7,U8,U9\n${rows.join("\n")}\n`);
    await server.desk(["survey-import", file, "--label", "Contoh kertas loket"]);
    await page.goto(`${server.url}/survei/hasil`);
    await page.getByText(/Contoh kertas loket/).first().waitFor();
    await look("survey-results");
    const href = await page.locator('a[href*=".csv"]').last().getAttribute("href");
    const csv = await (await fetch(new URL(href, server.url))).text();
    assert.match(csv, /^resp,U1,U2,U3,U4,U5,U6,U7,U8,U9\r?\n/);
    const exported = join(server.folder, "diunduh.csv");
    await writeFile(exported, csv);
    const { index, grade } = JSON.parse(await run(["survey", "index", exported, "--json"], server.folder));
    await page.getByText(index.replace(".", ",")).first().waitFor();
    await page.getByText(new RegExp(`\\b${grade}\\b`)).first().waitFor();
  });

  step("nothing was complained about on the way", () => {
    assert.deepEqual(page.complaints, []);
    assert.doesNotMatch(server.log(), /\b(ERROR|WARN)\b/);
  });
}
