// A phone in Chromium: 360 x 800, Indonesian, with every console message and failed request kept.
import { chromium } from "playwright-core";
import { AxeBuilder } from "@axe-core/playwright";
import assert from "node:assert/strict";

const flags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

export async function openBrowser(...more) {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: [...flags, ...more] });
}

export async function openPhone(browser, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 360, height: 800 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    locale: "id-ID",
    timezoneId: "Asia/Makassar",
    acceptDownloads: true,
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(40_000);
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
  page.complaints = complaints;
  return page;
}

// Until the app has taken the page over.
export const ready = (page) => page.waitForFunction(() => document.documentElement.dataset.app === "ready");

// No accessibility fault, and nothing wider than the screen.
export async function checkPage(page, name) {
  await page.evaluate(() => {
    const ending = document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime < Infinity);
    return Promise.allSettled(ending.map((one) => one.finished));
  });
  // A bar that stays at the foot of the screen hides a part of what lies behind it: all of the page is on the screen.
  const { width, height } = page.viewportSize();
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(whole, height) });
  // In the page itself and told of faults alone: twice as quick, and pages have no frames of other sites.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ["violations"] })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  await page.setViewportSize({ width, height });
  assert.deepEqual(
    violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`),
    [],
    `axe on ${name}`,
  );
  const wide = await wider(page);
  assert.ok(wide <= 0, `${name} is ${wide} px wider than the screen`);
}

// By how many pixels the page is wider than the screen.
export const wider = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

// Where the figure of a failure goes, and the pictures of the README.
export async function picture(page, name) {
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name}.png`, fullPage: true });
}
