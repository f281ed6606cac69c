// A clerk's day: ten applications (or FILES=20) from the queue to whoever asked for them. One clerk works with the
// mouse, one by keyboard alone; two agencies answer and a signer decides. Some files are sent back, refused, contested
// or withdrawn on the way.
import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { apply, correct, status, withdraw } from "../lib/application.mjs";
import { checkPage, openBrowser, picture } from "../lib/browser.mjs";
import { officer } from "../lib/officer.mjs";
import { makePdf, makePhoto } from "../lib/papers.mjs";
import { startServer } from "../lib/server.mjs";

const AGENCIES = ["Dinas PUPR", "Badan Pendapatan Daerah"];
const FILES = Number(process.env.FILES ?? 10);
// What becomes of each ten files; in the second ten each clerk has the fates of the other.
const FATES = ["granted", "granted", "returned", "granted", "refused", "granted", "contested", "withdrawn", "granted", "granted"];

let server, browser, staff;
const files = [];

before(async () => {
  server = await startServer();
  browser = await openBrowser();
  const photo = await readFile(await makePhoto(browser, server.folder, "foto.jpg", "Surat Contoh"));
  const pdf = await readFile(await makePdf(browser, server.folder, "gambar.pdf", "Gambar Reklame"));
  for (let i = 0; i < FILES; i += 1) {
    const clerk = (i + Math.floor(i / 10)) % 2 ? "beni" : "ani";
    const name = `Pemohon ${String.fromCharCode(65 + i)} Contoh`;
    files.push({ ...(await apply(server.url, { name, photo, pdf })), clerk, fate: FATES[i % 10] });
  }
  staff = {
    ani: await officer(browser, server, { account: "ani", name: "Ani Tetikus", roles: "front-office,back-office" }),
    beni: await officer(browser, server, { account: "beni", name: "Beni Papan Ketik", roles: "front-office,back-office", hand: "keyboard" }),
    dani: await officer(browser, server, { account: "dani", name: "Dani Dinas", roles: "agency", agency: "pupr" }),
    eko: await officer(browser, server, { account: "eko", name: "Eko Pajak", roles: "agency", agency: "bapenda", hand: "keyboard" }),
    citra: await officer(browser, server, { account: "citra", name: "Citra Tanda", roles: "signer" }),
  };
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const those = (...fates) => files.filter((file) => fates.includes(file.fate));
const looked = new Set();

// The first time a kind of page is seen it is looked at.
async function look(who, name) {
  if (looked.has(name)) return;
  looked.add(name);
  await checkPage(staff[who].page, name);
  await picture(staff[who].page, `clerk-${name}`);
}

const limit = { timeout: 400_000 };

test("in the morning the files are taken, checked, sent back or refused", limit, async () => {
  await look("ani", "queue-morning");
  for (const file of files) {
    const clerk = staff[file.clerk];
    await clerk.open(file.number);
    await clerk.take();
    if (file.fate === "returned") {
      await clerk.sendBack("foto-tiga-arah", "Foto dari kiri belum terlihat. Foto lagi dari tiga arah.");
      await look(file.clerk, `returned-${file.clerk}`);
      continue;
    }
    await clerk.acceptAll();
    await look(file.clerk, "complete");
    if (file.fate === "refused") {
      await clerk.propose(false, "Tempat pasang menutup rambu lalu lintas.");
      await look(file.clerk, "proposed-refusal");
      continue;
    }
    await clerk.ask(AGENCIES, "Mohon periksa tempat pasang dan pajaknya.");
    await look(file.clerk, "asked");
  }
});

test("somebody takes an application back while the clerk has it open", limit, async () => {
  for (const file of those("withdrawn")) {
    const clerk = staff[file.clerk];
    await clerk.open(file.number);
    await withdraw(server.url, file);
    const form = await clerk.deed("Catat kunjungan lapangan");
    await clerk.write(form.locator("textarea"), "Pemohon tidak di tempat.");
    await clerk.press(form.getByRole("button"));
    await clerk.page.getByText("Salin tulisan Anda").waitFor();
    await clerk.page.locator("blockquote", { hasText: "Pemohon tidak di tempat." }).waitFor();
    await look(file.clerk, "withdrawn");
    // The browser itself notes the refusal; nothing else.
    assert.deepEqual(clerk.page.complaints.splice(0).map((text) => text.match(/status of (\d+)/)?.[1]), ["409"]);
  }
});

test("the agencies answer from their own queues", limit, async () => {
  const asked = those("granted", "contested");
  for (const [who, agency] of [["dani", AGENCIES[0]], ["eko", AGENCIES[1]]]) {
    await staff[who].open(asked[0].number);
    await look(who, `agency-${who}`);
    for (let number = asked[0].number, left = asked.length; ; left -= 1) {
      assert.ok(asked.some((file) => file.number === number), `${number} is not theirs`);
      await staff[who].answer(agency, true, "Tidak berkeberatan.");
      if (left === 1) break;
      number = await staff[who].next();
    }
    await staff[who].press(staff[who].page.getByRole("link", { name: "Buka berkas berikutnya" }));
    await staff[who].page.getByText("Tidak ada berkas lain yang menunggu Anda.").waitFor();
    await look(who, `agency-done-${who}`);
  }
});

test("what was sent back comes again and goes the same way", limit, async () => {
  for (const file of those("returned")) {
    await correct(server.url, file, "foto-tiga-arah");
    const clerk = staff[file.clerk];
    await clerk.open(file.number);
    await clerk.acceptAll();
    await clerk.ask(AGENCIES, "Mohon periksa.");
    for (const [who, agency] of [["dani", AGENCIES[0]], ["eko", AGENCIES[1]]]) {
      await staff[who].open(file.number);
      await staff[who].answer(agency, true, "Setuju dengan foto yang baru.");
    }
  }
});

test("two people decide; one objection is heard", limit, async () => {
  const { citra } = staff;
  for (const file of those("granted", "returned", "contested")) {
    const clerk = staff[file.clerk];
    await clerk.open(file.number);
    await clerk.propose(true);
  }
  await look("ani", "proposed-grant");
  for (const file of those("contested")) {
    await citra.open(file.number);
    await citra.object("Ukuran di gambar tidak sama dengan isian. Periksa lagi.");
    await look("citra", "objected");
    await staff[file.clerk].open(file.number);
    await staff[file.clerk].propose(true);
  }
  for (const file of those("granted", "returned", "contested")) {
    await citra.open(file.number);
    await look("citra", "to-confirm");
    await citra.confirm(true);
    await citra.issue();
    await look("citra", "issued");
  }
  for (const file of those("refused")) {
    await citra.open(file.number);
    await citra.confirm(false);
    await look("citra", "refused");
  }
});

test("in the evening everything is handed over or told", limit, async () => {
  for (const file of those("granted", "returned", "contested")) {
    await staff[file.clerk].open(file.number);
    await staff[file.clerk].handOver("Diambil sendiri di loket.");
    await look(file.clerk, "handed-over");
  }
  for (const file of those("refused")) {
    await staff[file.clerk].open(file.number);
    await staff[file.clerk].tell("Telepon kepada pemohon.");
  }
  const ends = { granted: "handed-over", returned: "handed-over", contested: "handed-over", refused: "refused", withdrawn: "withdrawn" };
  for (const file of files) assert.equal((await status(server.url, file)).state, ends[file.fate], `${file.number}, ${file.fate}`);
  await staff.ani.page.goto(`${server.url}/loket`);
  await look("ani", "queue-evening");
  for (const [who, { page }] of Object.entries(staff)) assert.deepEqual(page.complaints, [], who);
  assert.doesNotMatch(server.log(), /\b(ERROR|WARN)\b/);
});
