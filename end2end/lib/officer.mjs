// Somebody at the desk in a browser, with a mouse or by keyboard alone: then everything is reached with Tab.
import { ask } from "./http.mjs";
import { run, join } from "./server.mjs";

const PASSWORD = "kata sandi petugas baru";

/** A new account; gives its one-time password. */
export async function employ(server, account, name, roles, agency) {
  const add = ["staff", "add", account, "--name", name, "--role", roles, "--data", join(server.folder, "data")];
  return (await run(agency ? [...add, "--agency", agency] : add, server.folder)).match(/sekali pakai: (\S+)/)[1];
}

/** Employs somebody and signs them in without a browser; gives the cookie of their session. */
export async function signIn(server, { account, name, roles, agency }) {
  const once = await employ(server, account, name, roles, agency);
  const entered = await ask(`${server.url}/loket/masuk`, { form: { akun: account, sandi: once } });
  const [cookie] = entered.headers["set-cookie"][0].split(";");
  const changed = await ask(`${server.url}/loket/sandi`, { cookie, form: { lama: once, baru: PASSWORD, ulang: PASSWORD } });
  if (changed.status !== 303) throw new Error(`${account} was not let in:\n${changed.text}`);
  return cookie;
}

/** The screen of an old office PC, with what its console complains of. */
export async function openDesk(browser) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "id-ID", timezoneId: "Asia/Makassar" });
  const page = await context.newPage();
  page.setDefaultTimeout(40_000);
  page.complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) page.complaints.push(message.text());
  });
  page.on("pageerror", (error) => page.complaints.push(error.message));
  return page;
}

/** Employs somebody and lets them sign in; `hand` is "mouse" or "keyboard". */
export async function officer(browser, server, { account, name, roles, agency, hand = "mouse" }) {
  const once = await employ(server, account, name, roles, agency);
  const page = await openDesk(browser);
  const { keyboard } = page;
  const keys = hand === "keyboard";

  async function reach(target) {
    const element = await target.elementHandle();
    for (let presses = 0; presses < 300; presses += 1) {
      // A group of choices is one stop.
      const there = await element.evaluate((wanted) => {
        const at = document.activeElement;
        return at === wanted || (wanted.type === "radio" && at.type === "radio" && at.name === wanted.name);
      });
      if (there) return;
      await keyboard.press("Tab");
    }
    throw new Error(`the keyboard does not reach ${target}`);
  }

  async function press(target) {
    if (!keys) return target.click();
    await reach(target);
    await keyboard.press("Enter");
  }

  async function write(target, text) {
    if (keys) await reach(target);
    else await target.click();
    await keyboard.press("Control+a");
    await keyboard.type(text);
  }

  async function tick(target) {
    if (!keys) return target.check();
    await reach(target);
    await keyboard.press("Space");
    for (let presses = 0; presses < 8 && !(await target.isChecked()); presses += 1) await keyboard.press("ArrowDown");
  }

  // What the page says when it is done.
  const said = (text) => page.locator("#hasil").getByText(text).first().waitFor();

  // Opens the form of a deed and gives it.
  async function deed(summary) {
    const form = page.locator("details.deed", { has: page.locator("summary", { hasText: summary }) }).first();
    if (!(await form.evaluate((details) => details.open))) await press(form.locator("summary").first());
    return form;
  }

  await page.goto(`${server.url}/loket`);
  await write(page.getByLabel("Akun"), account);
  await write(page.getByLabel("Kata sandi"), once);
  await keyboard.press("Enter");
  await page.getByRole("heading", { name: "Ganti kata sandi" }).waitFor();
  await write(page.getByLabel("Kata sandi sekarang"), once);
  for (const field of await page.locator("input[autocomplete=new-password]").all()) await write(field, PASSWORD);
  await keyboard.press("Enter");
  await page.locator("h1").first().waitFor();

  return {
    page,
    /** From the queue, or by typing the number. */
    async open(number) {
      if (!/\/loket(\?.*)?$/.test(page.url())) {
        await press(page.locator(".file-go a", { hasText: "Antrean" }));
        await page.getByRole("heading", { name: "Antrean" }).waitFor();
      }
      const row = page.locator(".queue a", { hasText: number });
      if (keys || !(await row.count())) {
        await write(page.locator("#cari"), number);
        await keyboard.press("Enter");
      } else {
        await row.click();
      }
      await page.getByRole("heading", { level: 1, name: number }).waitFor();
    },
    /** What is next for this person; gives its number. */
    async next() {
      await press(page.getByRole("link", { name: "Buka berkas berikutnya" }));
      await page.locator(".file-head h1").waitFor();
      return page.url().split("/").pop();
    },
    async take() {
      await press(page.getByRole("button", { name: "Ambil berkas ini" }));
      await said("Berkas ini sekarang Anda pegang");
    },
    async acceptAll() {
      await press(page.getByRole("button", { name: "Terima semua berkas" }));
      await page.getByText("berkas lengkap").first().waitFor();
    },
    /** Sends one paper back, with a place marked on its picture; accepts the others. */
    async sendBack(item, reason) {
      for (const other of await page.locator(".item").all()) {
        const id = await other.getAttribute("data-item");
        if (id === item) await mark(id, reason);
        else await tick(other.locator("input[value=terima]"));
      }
      await press(page.getByRole("button", { name: "Simpan pemeriksaan" }));
      await said("Berkas dikembalikan kepada pemohon");
    },
    async ask(agencies, question) {
      const form = await deed("Tanya dinas teknis");
      for (const agency of agencies) await tick(form.getByRole("checkbox", { name: agency }));
      await write(form.locator("textarea"), question);
      await press(form.getByRole("button"));
      await said("Pertanyaan dikirim ke dinas");
    },
    async answer(agency, agrees, text) {
      const form = await deed(`Jawaban ${agency}`);
      await tick(form.getByRole("radio", { name: agrees ? "Setuju" : "Tidak setuju", exact: true }));
      await write(form.locator("textarea"), text);
      await press(form.getByRole("button"));
      await said("Jawaban dinas tercatat");
    },
    async propose(grant, reason = "") {
      const form = await deed("Usulkan keputusan");
      await tick(form.getByRole("radio", { name: grant ? "Setujui" : "Tolak" }));
      if (reason) await write(form.locator("textarea"), reason);
      await press(form.getByRole("button"));
      await said("Usulan tercatat");
    },
    async confirm(grant) {
      await press(page.getByRole("button", { name: grant ? "Pastikan persetujuan" : "Pastikan penolakan" }));
      await said("Keputusan tercatat");
    },
    async object(reason) {
      const form = await deed("Tidak sependapat");
      await write(form.locator("textarea"), reason);
      await press(form.getByRole("button"));
      await said("Keberatan tercatat");
    },
    async issue() {
      await press(page.getByRole("button", { name: "Terbitkan izin" }));
      await said("Izin terbit");
    },
    async handOver(how) {
      const form = await deed("Serahkan kepada pemohon");
      await write(form.locator("textarea"), how);
      await press(form.getByRole("button"));
      await said("Penyerahan tercatat");
    },
    async tell(how) {
      const form = await deed("Catat bahwa pemohon sudah dikabari");
      await write(form.locator("input[name=teks]"), how);
      await press(form.getByRole("button"));
      await said("pemohon sudah dikabari");
    },
    press, write, tick, deed, said,
  };

  async function mark(id, reason) {
    const item = page.locator(`.item[data-item="${id}"]`);
    const fault = item.locator("textarea");
    if (keys) {
      await reach(item.locator("input[value=terima]"));
      await keyboard.press("m");
      await keyboard.press("ArrowRight");
      await keyboard.press("Shift+ArrowDown");
      await keyboard.press("Enter");
    } else {
      await item.locator("h3 a").click();
      const picture = page.locator(".sheet.at .turn");
      await picture.locator("img").evaluate((img) => img.decode());
      await page.locator("[data-tool=mark]").click();
      const { x, y, width, height } = await picture.boundingBox();
      await page.mouse.move(x + width * 0.2, y + height * 0.3);
      await page.mouse.down();
      await page.mouse.move(x + width * 0.6, y + height * 0.5, { steps: 4 });
      await page.mouse.up();
      await item.locator("input[value=kembali]").check();
    }
    await write(fault, reason);
  }
}
