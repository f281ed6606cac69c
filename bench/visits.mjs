// The visits whose figures the table shows. Each opens a phone, goes to the wizard's first question over the link,
// and gives a plain object; what could not be had is null and `why` says so.
import { setTimeout as wait } from "node:timers/promises";
import { now } from "./link.mjs";
import { openPhone } from "./phone.mjs";
import { first, wanted, word } from "./systems.mjs";

const PATIENCE = 30_000; // a tap that has not led on by then is lost
const LIMIT = 120_000; // nothing is waited for longer
const QUIET = 3_000; // without a byte for so long a visit is over

/** A fresh phone that only looks: when things are painted, what shifts, what the whole visit costs. */
export async function look(world) {
  return onPhone(world, "look", async ({ phone, link, from }) => {
    const shown = await phone.mark("shown", LIMIT);
    const ready = shown && (await phone.mark("ready", LIMIT));
    if (!ready) return { why: shown ? "the app never said that it had taken over" : "the first question never came" };
    await quiet(link);
    const { start, marks, largest, shifts } = await figures(phone);
    const sum = (list) => list.reduce((all, [, value]) => all + value, 0);
    return {
      shown: marks.shown - start,
      shownBytes: bytes(link, from, marks.shown),
      largest: largest ? largest.at - start : null,
      ready: marks.ready - start,
      readyBytes: bytes(link, from, marks.ready),
      shiftBefore: sum(shifts.filter(([at]) => at <= marks.ready)),
      shiftAfter: sum(shifts.filter(([at]) => at > marks.ready)),
      wholeBytes: bytes(link, from),
      fetched: phone.fetched,
    };
  });
}

/** Answers the first question as soon as it exists. */
export async function tap(world) {
  return onPhone(world, "tap", async ({ phone, link, from }) => {
    const answered = await phone.mark("answered", LIMIT);
    if (!answered) return { why: "the first answer never led on" };
    const { start, marks, blocked } = answered;
    return {
      answered: marks.answered - start,
      lost: "again" in marks,
      usableBytes: bytes(link, from, marks.again ?? marks.pressed),
      answeredBytes: bytes(link, from, marks.answered),
      blocked: blocked.filter(([at]) => at < marks.answered).reduce((all, [, ms]) => all + Math.max(0, ms - 50), 0),
    };
  });
}

/** On a phone that was here before: all questions of the wizard, then the nine of the survey. */
export async function walk(world) {
  return onPhone(world, "none", async ({ phone, link, go }) => {
    const path = async (options) => {
      await phone.page.waitForFunction(() => window.bench?.ready(), null, { timeout: LIMIT });
      await quiet(link);
      return phone.page.evaluate((o) => window.bench.path(o), options);
    };
    const wizard = await path({ end: `${first}/hasil` });
    await go(await world.survey());
    return { wizard, survey: await path({ most: 9 }) };
  });
}

/** Ticks and types before the app has taken over; gives what is lost, or null when there is nothing before it. */
export async function touch(world) {
  return onPhone(world, "touch", async ({ phone, link }) => {
    const touched = await phone.mark("touched", LIMIT);
    const ready = touched && (await phone.mark("ready", LIMIT));
    if (!ready) return { why: "the app never said that it had taken over" };
    if (!touched.touched.before) return { why: "the app stands before its first question does" };
    await quiet(link);
    return { lost: await phone.page.evaluate(() => window.bench.lost()) };
  });
}

/** After one visit and a restart of the browser, without a network: which pages show what they must. */
export async function offline(world, pages) {
  const { why } = await look(world);
  if (why) return { why };
  await world.link.refuse();
  const opens = {};
  const phone = await openPhone({ ...world.phone, mode: "none" });
  try {
    for (const [name, { path, shows }] of Object.entries(pages)) {
      opens[name] = await phone.page
        .goto(world.origin + path, { waitUntil: "domcontentloaded", timeout: PATIENCE })
        .then(() => phone.page.locator(shows).first().waitFor({ timeout: 10_000 }))
        .then(() => true, () => false);
    }
  } finally {
    await phone.close();
  }
  return { opens };
}

async function onPhone(world, mode, measure) {
  const { link, origin } = world;
  const phone = await openPhone({ ...world.phone, mode, wanted, word, patience: PATIENCE });
  const from = link.passed();
  // A page that never answers ends with its phone.
  const late = setTimeout(() => phone.close(), 3 * LIMIT);
  const go = (path) => phone.page.goto(origin + path, { waitUntil: "commit", timeout: LIMIT });
  try {
    await go(first);
    return await measure({ phone, link, from, go });
  } catch (error) {
    return { why: error.message.split("\n")[0] };
  } finally {
    clearTimeout(late);
    await phone.close();
  }
}

const figures = (phone) => phone.page.evaluate(() => window.bench.figures());

// On the wire in both directions since `from`, up to a time.
function bytes(link, from, time) {
  const to = link.passed(time);
  return to.down - from.down + to.up - from.up;
}

async function quiet(link) {
  const end = now() + LIMIT;
  for (let left = QUIET; left > 0 && now() < end; left = link.lastByte() + QUIET - now()) await wait(left);
}
