// Builds both peers in memory: { files, pages } for host.mjs.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { readContent } from "./content.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const read = (path) => readFileSync(here(path), "utf8");

// `import content from "content"`
const contentOf = (content) => ({
  name: "content",
  setup(build) {
    build.onResolve({ filter: /^content$/ }, () => ({ path: "content", namespace: "content" }));
    build.onLoad({ filter: /.*/, namespace: "content" }, () => ({ contents: JSON.stringify(content), loader: "json" }));
  },
});

const bundle = (entry, content, options) =>
  build({
    entryPoints: [here(entry)], bundle: true, minify: true, write: false, format: "esm", target: "es2022",
    outdir: "/", jsx: "automatic", legalComments: "none", define: { "process.env.NODE_ENV": '"production"' },
    plugins: [contentOf(content)], logLevel: "error", ...options,
  });

const shared = () => ({ "/icon.svg": read("../../public/icon.svg"), "/manifest.webmanifest": read("../../public/manifest.webmanifest") });

const hash = (text) => createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase();

/** Preact: each page is one document with its style, questions and program in it; a service worker keeps them. */
export async function buildPreact() {
  const content = readContent();
  const jsx = { jsxImportSource: "preact" };
  const style = (await build({ entryPoints: [here("preact/style.css")], minify: true, write: false })).outputFiles[0].text.trim();
  const renderer = (await bundle("preact/page.jsx", content, { ...jsx, platform: "node" })).outputFiles[0].text;
  const { page } = await import(`data:text/javascript;base64,${Buffer.from(renderer).toString("base64")}`);
  const needs = JSON.stringify(content.needs);
  const needsAt = `/needs-${hash(needs)}.json`;
  const files = { ...shared(), [needsAt]: needs };
  // Each page brings its own questions only.
  for (const [name, start, own] of [["wizard", "/izin", { wizard: content.wizard, needsAt }], ["survey", "/survei", { survey: content.survey }]]) {
    const script = (await bundle("preact/main.jsx", own, jsx)).outputFiles[0].text.trim().replaceAll("</script", "<\\/script");
    files[`/${name}.html`] = page({ content: own, start, style, script });
  }
  const worker = read("preact/worker.js").replace("NEEDS", needsAt);
  files["/worker.js"] = worker.replace("VERSION", hash(Object.values(files).join()));
  return { files, pages: { "/izin": "/wizard.html", "/survei": "/survey.html" } };
}

/** SurveyJS on React, as its guide sets it up: one bundle and its style sheet. */
export async function buildSurveyJs() {
  const { outputFiles } = await bundle("surveyjs/main.jsx", readContent(), { entryNames: "app-[hash]" });
  const files = { ...shared() };
  for (const file of outputFiles) files[`/${basename(file.path)}`] = file.text;
  const [script, style] = ["js", "css"].map((end) => Object.keys(files).find((path) => path.startsWith("/app-") && path.endsWith(end)));
  files["/index.html"] = `<!doctype html>
<html lang="id">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Satu Pintu</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${style}">
<script type="module" src="${script}"></script>
<header>Satu Pintu</header>
<main></main>
</html>
`;
  return { files, pages: { "/izin": "/index.html", "/survei": "/index.html" } };
}
