// Papers as people have them: a photo from a camera, a scan as PDF. Made in the browser, so nothing is stored.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

const letter = (title, blur = 0) => `<!doctype html><meta charset="utf-8"><style>
  body{font:28px serif;padding:80px;background:#f4f1e8;filter:blur(${blur}px)} h1{text-align:center;font-size:40px}</style>
  <h1>${title}</h1><p>Yang bertanda tangan di bawah ini menyatakan contoh isi surat.</p>`;

// `blur`: out of focus, in points.
export async function makePhoto(browser, folder, name, title, blur) {
  const page = await browser.newPage({ viewport: { width: 1500, height: 2000 } });
  await page.setContent(letter(title, blur));
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

// A valid PDF with one page and so many bytes of drawing on it.
export function largePdf(bytes) {
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
    `<</Length ${bytes}>>\nstream\n${"0 0 m\n".repeat(bytes / 6).padEnd(bytes)}\nendstream`,
  ];
  let text = "%PDF-1.4\n", table = "0000000000 65535 f \n";
  objects.forEach((object, at) => {
    table += `${String(text.length).padStart(10, "0")} 00000 n \n`;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
  });
  return Buffer.from(`${text}xref\n0 5\n${table}trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`);
}
