// Papers as people have them: a photo from a camera, a scan as PDF. Made in the browser, so nothing is stored.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

const letter = (title) => `<!doctype html><meta charset="utf-8"><style>
  body{font:28px serif;padding:80px;background:#f4f1e8} h1{text-align:center;font-size:40px}</style>
  <h1>${title}</h1><p>Yang bertanda tangan di bawah ini menyatakan contoh isi surat.</p>`;

export async function makePhoto(browser, folder, name, title) {
  const page = await browser.newPage({ viewport: { width: 1500, height: 2000 } });
  await page.setContent(letter(title));
  const path = join(folder, name);
  await writeFile(path, await page.screenshot({ type: "jpeg", quality: 92 }));
  await page.close();
  return path;
}

export async function makePdf(browser, folder, name, title) {
  const page = await browser.newPage();
  await page.setContent(letter(title));
  const path = join(folder, name);
  await writeFile(path, await page.pdf({ format: "A4" }));
  await page.close();
  return path;
}
