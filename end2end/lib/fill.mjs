// Fills an application for a sign permit as a person would, page by page.
export const papers = ["ktp", "foto-tiga-arah", "gambar-reklame", "bukti-tempat-reklame", "npwpd", "pernyataan-bongkar"];

const answers = {
  "Nama lengkap": "Sri Wahyuni", "NIK (Nomor Induk Kependudukan)": "7399014101900001",
  "Nomor HP": "0812 3456 7890", "Alamat lengkap": "Jl. Melati No. 5, Desa Contoh",
};

// Begins a draft; with `own` on an own phone.
export async function begin(page, url, own = true) {
  await page.goto(`${url}/ajukan/reklame`);
  await page.waitForFunction(() => document.documentElement.dataset.app === "ready");
  await page.getByLabel(own ? /^HP sendiri/ : /^HP bersama/).check();
  await page.getByRole("button", { name: "Mulai mengisi" }).click();
  await page.waitForURL(/\/permohonan\/[^/]+$/);
  await page.getByRole("link", { name: "Berkas" }).waitFor();
}

// Opens every part of the task list that is not done, and goes through its pages; `look` sees each, filled in.
export async function fillEverything(page, look = () => {}) {
  for (let part = 0; part < 12; part += 1) {
    await page.waitForURL((url) => /\/permohonan\/[^/]+$/.test(url.pathname));
    await page.getByRole("link", { name: "Berkas" }).waitFor();
    const open = page.locator(".tasks li").filter({ hasText: /(Isi|Belum selesai)$/ }).getByRole("link").filter({ hasNotText: "Berkas" });
    if (!(await open.count())) return;
    await open.first().click();
    for (;;) {
      await page.waitForURL(/\/data\//);
      await page.getByRole("button", { name: "Simpan dan lanjut" }).waitFor();
      const at = page.url();
      await fillPage(page);
      await look(at);
      await page.getByRole("button", { name: "Simpan dan lanjut" }).click();
      await page.waitForURL((url) => url.href !== at);
      if (!page.url().includes("/data/")) break;
    }
  }
  throw new Error("the task list never came to an end");
}

async function fillPage(page) {
  for (const group of await page.locator("main fieldset:has(input[type=radio])").all()) {
    if (!(await group.locator("input:checked").count())) await group.locator("input[type=radio]").first().check();
  }
  for (const field of await page.locator("main input:not([type=radio]):not([type=checkbox]), main textarea").all()) {
    const label = await field.evaluate((e) => e.labels?.[0]?.innerText.trim() ?? "");
    const numeric = ["numeric", "decimal"].includes(await field.getAttribute("inputmode"));
    await field.fill(answers[label] ?? (/tanggal|mulai/i.test(label) ? "1 Desember 2026" : numeric ? (/Panjang|Lebar/.test(label) ? "120" : "2") : "Warung Bu Sri"));
  }
}

// Picks a picture for every paper, from the list of papers.
export async function pickEverything(page, photo, state) {
  await page.getByRole("link", { name: "Berkas" }).click();
  await page.getByRole("heading", { level: 1, name: "Berkas" }).waitFor();
  for (const item of papers) {
    await page.locator(`a[href$="/berkas/${item}"]`).first().click();
    await page.waitForURL(new RegExp(`/berkas/${item}$`));
    await page.locator("input[type=file]").last().setInputFiles(await photo(item));
    await page.locator(".file-row").getByText(state).first().waitFor();
    await page.getByRole("link", { name: "Kembali ke daftar berkas" }).first().click();
    await page.getByRole("heading", { level: 1, name: "Berkas" }).waitFor();
  }
  await page.getByRole("link", { name: "Kembali ke daftar tugas" }).click();
}
