import { hydrate, render } from "preact";
import content from "content";
import { App } from "./app.jsx";

const main = document.querySelector("main");
const here = location.pathname + location.search;
const app = <App content={content} start={here} />;
if (here === main.dataset.page) hydrate(app, main);
else {
  main.textContent = "";
  render(app, main);
}
document.documentElement.dataset.app = "ready";
// The answer that was sent before this program was there.
window.early?.requestSubmit();
if ("serviceWorker" in navigator) addEventListener("load", () => navigator.serviceWorker.register("/worker.js"));
