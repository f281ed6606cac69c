// The table: a figure a line, a system a column, then the ratio of the first system to each peer.

export const median = (values) => {
  const sorted = values.filter((v) => v !== null && v !== undefined).sort((a, b) => a - b);
  if (!sorted.length) return null;
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
const milliseconds = (ms) => `${Math.round(ms)} ms`;
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
const shift = (value) => value.toFixed(3);

const times = (steps) => steps.map((step) => step.ms);

// name, the visits it comes from, the figure of one visit, how it is written, whether a lost tap spoils it
const lines = [
  ["wire until the first question is usable", "tap", (v) => v.usableBytes, kilobytes],
  ["first question painted", "look", (v) => v.shown, seconds],
  ["largest paint", "look", (v) => v.largest, seconds],
  ["first answer painted, tapped at once", "tap", (v) => v.answered, seconds, true],
  ["  wire until then", "tap", (v) => v.answeredBytes, kilobytes],
  ["  main thread blocked until then", "tap", (v) => v.blocked, milliseconds],
  ["app has taken over", "look", (v) => v.ready, seconds],
  ["  wire until then", "look", (v) => v.readyBytes, kilobytes],
  ["layout shift until then", "look", (v) => v.shiftBefore, shift],
  ["layout shift after", "look", (v) => v.shiftAfter, shift],
  ["wire, with all that is kept for later", "look", (v) => v.wholeBytes, kilobytes],
  ["repeat visit: first answer painted", "repeat", (v) => v.answered, seconds, true],
  ["repeat visit: wire until then", "repeat", (v) => v.answeredBytes, kilobytes],
  ["wizard, answer to next question, median", "walk", (v) => median(times(v.wizard)), milliseconds],
  ["wizard, answer to next question, worst", "walk", (v) => Math.max(...times(v.wizard)), milliseconds],
  ["survey, answer to next question, median", "walk", (v) => median(times(v.survey)), milliseconds],
  ["survey, answer to next question, worst", "walk", (v) => Math.max(...times(v.survey)), milliseconds],
];

/** `results[system]` = { look: [], tap: [], repeat: [], touch }. Gives the text and the medians by line. */
export function table(title, results) {
  const names = Object.keys(results);
  const reasons = new Set();
  const medians = {};
  const rows = [[title, ...names, ...names.slice(1).map((n) => `/ ${n}`)]];
  for (const [line, visit, figure, write, spoilt] of lines) {
    if (!results[names[0]][visit].length) continue; // not with this profile
    const values = names.map((name) => {
      const visits = results[name][visit];
      for (const { why } of visits) if (why) reasons.add(`${name}, ${visit}: ${why}`);
      return median(visits.map((v) => (v.why ? null : figure(v))));
    });
    medians[line.trim()] = Object.fromEntries(names.map((name, i) => [name, values[i]]));
    const cells = names.map((name, i) => {
      const again = spoilt && results[name][visit].some((v) => v.lost);
      return values[i] === null ? "-" : write(values[i]) + (again ? "*" : "");
    });
    const ratio = (peer) => (values[0] === null || !peer ? "-" : (values[0] / peer).toFixed(2));
    rows.push([line, ...cells, ...values.slice(1).map(ratio)]);
  }
  const lost = names.map((name) => {
    const taps = results[name].tap.filter((v) => !v.why);
    return `${taps.filter((v) => v.lost).length} of ${taps.length}`;
  });
  rows.push(["first tap lost", ...lost, ...names.slice(1).map(() => "")]);
  const kept = names.map((name) => {
    const { why, lost } = results[name].touch;
    if (why) reasons.add(`${name}, state: ${why}`);
    return why ? "-" : lost.length ? lost.join(" ") : "nothing";
  });
  rows.push(["lost at the take-over", ...kept, ...names.slice(1).map(() => "")]);
  const notes = [...reasons].map((reason) => `- ${reason}`);
  if (names.some((name) => results[name].tap.some((v) => v.lost)))
    notes.push("* the first tap did not count within 30 s: until a second one, made when the app stood, led on");
  return { text: [align(rows), ...notes].join("\n"), medians };
}

/** What opens without a network. */
export function offlineTable(results) {
  const names = Object.keys(results);
  const pages = [...new Set(names.flatMap((name) => Object.keys(results[name].pages)))];
  const cell = ({ pages, opens, why }, page) => (!pages[page] ? "has none" : why ? "-" : opens[page] ? "opens" : "no");
  const rows = [["without a network after one visit", ...names], ...pages.map((p) => [p, ...names.map((n) => cell(results[n], p))])];
  const notes = names.filter((n) => results[n].why).map((n) => `- ${n}: ${results[n].why}`);
  return [align(rows), ...notes].join("\n");
}

/** What a first visit fetched, largest first; what came twice is marked. */
export function fetchedTable(name, visit) {
  if (!visit?.fetched) return `${name}: -`;
  const largest = new Map();
  for (const { path, bytes } of visit.fetched) largest.set(path, Math.max(bytes, largest.get(path) ?? 0));
  const full = visit.fetched.filter(({ path, bytes }) => bytes > 300 && bytes > largest.get(path) / 2);
  const times = (path) => full.filter((f) => f.path === path).length;
  const rows = [...visit.fetched]
    .sort((a, b) => b.bytes - a.bytes)
    .map(({ path, bytes, worker }) => [`  ${path}`, kilobytes(bytes), [worker && "by the service worker", times(path) > 1 && "TWICE"].filter(Boolean).join(", ")]);
  return `${name}: first visit\n${align(rows)}`;
}

export function align(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) => row.map((cell, i) => (i ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join("  ").trimEnd()).join("\n");
}
