// The addresses of the app's pages: a few of each kind, and all of them.
import { readdir } from "node:fs/promises";

export const answers = "usaha=warung-nasi&badan=sendiri&modal=mikro&olahan=siap-saji&tempat=sewa&bangun=tidak&papan-nama=ya&surat-lama=iumk";

/** A few of each kind. */
export const pages = [
  "/", "/izin", "/izin?usaha=warung-nasi", "/periksa/spp-irt", "/layanan", "/layanan/reklame",
  "/layanan/nib-perseorangan", "/layanan/halal", "/ajukan/reklame", "/ajukan/pbg", "/lacak", "/survei",
  "/survei/hasil", "/kinerja", "/cek", "/panduan", "/panduan/nib-oss", "/panduan/oss-gangguan", "/istilah", "/kontak",
  "/aksesibilitas", "/privasi", "/luring", "/tidak-ada-halaman-ini",
];

export const english = (path) => (path === "/" ? "/en" : `/en${path}`);

const ids = async (folder) => {
  const files = await readdir(new URL(`../../content/${folder}/`, import.meta.url));
  return files.map((file) => file.replace(/\.toml$/, "")).sort();
};

/** Those that are the same for everybody and may be found, with what they are to a search engine, if anything. */
export async function fixed() {
  const services = await ids("services"), guides = await ids("guides"), rules = await ids("rules");
  const of = (kind, paths) => paths.map((path) => [path, kind]);
  const indonesian = [
    ...of("WebSite", ["/"]), ...of("DefinedTermSet", ["/istilah"]), ...of("ContactPage", ["/kontak"]),
    ...of("GovernmentService", services.map((id) => `/layanan/${id}`)), ...of("Article", guides.map((id) => `/panduan/${id}`)),
    ...of(null, ["/izin", "/luring", "/layanan", "/panduan", "/privasi", "/aksesibilitas", "/lacak"]),
    ...of(null, rules.filter((id) => id !== "izin-usaha").map((id) => `/periksa/${id}`)),
    ...of(null, services.map((id) => `/ajukan/${id}`)),
  ];
  return new Map([...indonesian, ...indonesian.map(([path, kind]) => [english(path), kind])]);
}

/** Every page that somebody may open who has no application. */
export async function every() {
  const own = [...pages, `/izin/hasil?${answers}`];
  return [...new Set([...own, ...own.map(english), ...(await fixed()).keys()])];
}
