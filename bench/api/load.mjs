// Asks at a steady rate, whether answers come or not, and tells the quantiles of the time until each was whole.
import { Agent, request } from "node:http";

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

export function ask(url, path, { method = "GET", head = {}, body } = {}) {
  return new Promise((done, lost) => {
    const call = request(new URL(path, url), { method, headers: head, agent }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () => done({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(chunks).toString() }));
    });
    call.on("error", lost);
    call.end(body);
  });
}

export async function steady(perSecond, seconds, one) {
  const times = [], asked = [], began = performance.now();
  for (let n = 0; n < perSecond * seconds; n += 1) {
    const due = began + (n * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 1) await new Promise((next) => setTimeout(next, wait));
    // From when it was due: a queue before the server counts.
    asked.push(one(n).then(() => times.push(performance.now() - due)));
  }
  await Promise.all(asked);
  return quantiles(times);
}

export async function inTurn(count, one) {
  const times = [];
  for (let n = 0; n < count; n += 1) {
    const from = performance.now();
    await one(n);
    times.push(performance.now() - from);
  }
  return quantiles(times);
}

function quantiles(times) {
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)];
  return { median: at(0.5), p99: at(0.99), worst: times.at(-1) };
}
