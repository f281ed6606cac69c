// Renders a page when building: everything that the first question needs is in this one document.
import { renderToString } from "preact-render-to-string";
import { App } from "./app.jsx";

export const page = ({ content, start, style, script }) => `<!doctype html>
<html lang="id">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Satu Pintu</title>
<meta name="description" content="Cari tahu izin usaha Anda.">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="manifest" href="/manifest.webmanifest">
<style>${style}</style>
<script>
if(location.pathname+location.search!="${start}")document.documentElement.className="wait";
addEventListener("submit",function(e){if(!document.documentElement.dataset.app)e.preventDefault(),window.early=e.target})
</script>
<header>Satu Pintu</header>
<main data-page="${start}">${renderToString(<App content={content} start={start} />)}</main>
<script type="module">${script}</script>
</html>
`;
