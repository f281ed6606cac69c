// Runs in every page before its own scripts: says when the first question is there, taps it, and keeps what the
// browser tells about paint, shift and long tasks. Knows only what every form has: choices, a button, a heading.
// One visit can be several documents (a form without script is a navigation), so what matters outlives one.
export function probe({ mode, wanted, word, patience }) {
  if (location.protocol !== "https:" || window !== top) return;
  const now = () => performance.timeOrigin + performance.now();
  const visit = JSON.parse(sessionStorage.getItem("bench") ?? "null") ?? { start: performance.timeOrigin, marks: {}, blocked: [] };
  const mark = (name, more) => {
    if (name in visit.marks) return;
    visit.marks[name] = now();
    console.debug(`bench ${JSON.stringify({ name, ...visit, ...more })}`);
  };
  addEventListener("pagehide", () => sessionStorage.setItem("bench", JSON.stringify(visit)));

  const shifts = [];
  let largest = null;
  const observe = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  observe("longtask", (e) => visit.blocked.push([performance.timeOrigin + e.startTime, e.duration]));
  observe("layout-shift", (e) => e.hadRecentInput || shifts.push([performance.timeOrigin + e.startTime, e.value]));
  observe("largest-contentful-paint", (e) => (largest = { at: performance.timeOrigin + e.startTime, what: e.element?.tagName ?? "" }));

  const heading = () => document.querySelector("main h1")?.innerText.trim() ?? "";
  const choices = () => [...document.querySelectorAll("main input[type=radio], main input[type=checkbox]")];
  const choice = () => {
    const all = choices();
    return wanted.map((value) => all.find((c) => c.value === value)).find(Boolean) ?? all[0];
  };
  const field = () => document.querySelector("main input[type=search]");
  const type = (text) => {
    field().focus();
    document.execCommand("insertText", false, text);
  };
  // SurveyJS sends by a plain button in its footer.
  const button = () =>
    [...document.querySelectorAll("main form button, main form input[type=submit]")].find(
      (b) => b.getClientRects().length > 0 && (b.type === "submit" || b.closest(".sd-footer")),
    );
  const question = () => choice() && button();
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const until = async (look) => {
    while (!look()) await frame();
  };
  // After the first frame in which it is seen: a message comes behind the painting of that frame.
  const painted = async (look = () => true) => {
    do await frame();
    while (!look());
    await new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = done;
      port2.postMessage(0);
    });
  };
  // Ticks, sees the tick, presses; gives the time of the press.
  const answer = async (pressing = () => {}) => {
    const one = choice();
    if (!one.checked) one.click();
    await painted();
    pressing();
    const at = now();
    button()?.click();
    return at;
  };

  let ready = false;
  const started = () => {
    ready = true;
    mark("ready");
  };
  addEventListener("app-started", started);
  until(() => ready || document.documentElement?.dataset.app === "ready").then(started);

  const look = async () => {
    await painted(question);
    mark("shown");
  };
  const tap = async () => {
    if (!visit.marks.pressed) {
      await until(question);
      visit.heading = heading();
      await answer(() => mark("pressed"));
    }
    const through = () => heading() && heading() !== visit.heading && choice();
    const lost = () => now() > visit.marks.pressed + patience && ready && question();
    await painted(() => through() || lost());
    if (!through()) {
      await answer(() => mark("again"));
      await painted(through);
    }
    mark("answered");
  };
  // Ticks, types and gives the focus, but does not send; `kept` says after the take-over what is left of it.
  const touch = async () => {
    await until(question);
    const one = choice();
    visit.touched = { before: !ready, value: one.value, text: field() ? word : "" };
    one.click();
    if (field()) type(word);
    else one.focus();
    mark("touched");
  };

  window.bench = {
    ready: () => ready,
    // What is left of a touch: the names of what was lost.
    lost() {
      const { value, text } = visit.touched;
      const kept = {
        tick: choices().some((c) => c.checked && c.value === value),
        text: !text || field()?.value === text,
        focus: document.activeElement?.closest("main") != null,
      };
      return Object.keys(kept).filter((name) => !kept[name]);
    },
    // Milliseconds from the press to the picture of what follows, for each answer up to the page `end`, or for `most`
    // of them. What is not among the choices of a long list is searched first, untimed.
    async path({ end, most = Infinity }) {
      const steps = [];
      const soon = async (look, what) => {
        const limit = now() + patience;
        await until(() => look() || now() > limit);
        if (!look()) throw new Error(`no ${what} at "${heading()}"`);
      };
      await soon(button, "button");
      if (!choice()) button().click(); // a page before the first question
      while (location.pathname !== end && steps.length < most) {
        await soon(question, "question");
        if (field() && !wanted.includes(choice().value)) {
          type(word);
          await soon(() => wanted.includes(choice()?.value), "answer");
        }
        const from = heading();
        const at = await answer();
        await painted(() => (heading() && heading() !== from) || now() > at + patience);
        if (heading() === from) throw new Error(`no way on from "${from}"`);
        steps.push({ from, ms: now() - at });
      }
      return steps;
    },
    figures: () => ({ ...visit, largest, shifts }),
  };

  if (mode === "look") look();
  if (mode === "tap" && !visit.marks.answered) tap();
  if (mode === "touch") touch();
}
