// A line between a phone and the server: a TCP relay that can be slow, be cut at a byte, go silent, or change a byte.
import net from "node:net";
import { once } from "node:events";

/**
 * Opens a line to a port of this machine. `rate` is bytes a second for all connections together in each direction,
 * `delay` milliseconds one way; without them bytes pass at once. For each connection `fate(number)` may give:
 * `up` or `down`, after how many bytes of that direction it is reset; `hush`, then it goes silent instead and stays
 * open; `flip`, the byte on its way up that is changed; `then`, what happens at that moment.
 */
export async function openLine(to, { rate = Infinity, delay = 0 } = {}) {
  const pairs = new Set();
  const lanes = { up: openLane(rate, delay), down: openLane(rate, delay) };
  const line = { up: 0, down: 0, connections: 0, cuts: 0, fate: () => ({}) };

  const door = net.createServer({ allowHalfOpen: true, noDelay: true }, (phone) => {
    const server = net.connect({ port: to, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
    const pair = { phone, server, fate: line.fate(line.connections++) ?? {}, up: 0, down: 0, deaf: false };
    pair.end = () => {
      pairs.delete(pair);
      pair.deaf = true;
      phone.resetAndDestroy();
      server.resetAndDestroy();
    };
    pairs.add(pair);
    relay(pair, phone, server, "up");
    relay(pair, server, phone, "down");
    for (const socket of [phone, server]) {
      socket.on("error", pair.end);
      socket.on("close", () => { if (phone.destroyed && server.destroyed) pairs.delete(pair); });
    }
    phone.on("close", () => { if (!pair.deaf) server.destroy(); });
    server.on("close", () => { if (!pair.deaf) phone.destroy(); });
  });

  function relay(pair, from, into, way) {
    from.on("data", (bytes) => lanes[way].carry(pair, from, bytes, (part) => {
      if (pair.over) return;
      const left = (pair.fate[way] ?? Infinity) - pair[way];
      const flip = way === "up" ? (pair.fate.flip ?? -1) - pair.up : -1;
      if (flip >= 0 && flip < part.length) part[flip] ^= 1;
      const passed = part.length < left ? part : part.subarray(0, left);
      pair[way] += passed.length;
      line[way] += passed.length;
      if (passed.length && !into.write(passed)) {
        from.pause();
        into.once("drain", () => from.resume());
      }
      if (part.length < left) return;
      pair.over = true;
      from.pause();
      line.cuts += 1;
      pair.fate.then?.();
      if (pair.fate.hush) pair.deaf = true;
      // What was let through is on the wire before the reset follows it.
      else into.write("", () => setTimeout(pair.end, 2));
    }));
    from.on("end", () => lanes[way].carry(pair, from, null, () => into.end()));
  }

  const listen = (port) => { door.listen(port, "127.0.0.1"); return once(door, "listening"); };
  await listen(0);
  const { port } = door.address();
  return Object.assign(line, {
    port,
    url: `http://127.0.0.1:${port}`,
    cut: () => { line.cuts += pairs.size; [...pairs].forEach((pair) => pair.end()); },
    /** A dead radio: what is connected now hears nothing more, not even an end. */
    hush: () => { for (const pair of pairs) pair.deaf = true; },
    /** No network: connections are reset, new ones refused. */
    async away() {
      const closed = new Promise((done) => door.close(done));
      line.cut();
      await closed;
    },
    back: () => listen(port),
    async close() {
      const closed = new Promise((done) => door.close(done));
      [...pairs].forEach((pair) => pair.end());
      await closed;
    },
  });
}

/** One direction, shared by all connections. What a connection had under way is gone when it ends. */
function openLane(rate, delay) {
  const sending = [], flying = [];
  let free = 0;
  const arrive = ({ pair, part, then }) => { if (!pair.deaf) then(part); };

  function fly() {
    while (flying.length && flying[0].at <= performance.now()) arrive(flying.shift());
    if (flying.length) setTimeout(fly, Math.max(1, flying[0].at - performance.now()));
  }

  function send() {
    for (;;) {
      while (sending[0]?.pair.deaf) sending.shift();
      const [first] = sending, now = performance.now();
      if (!first) return;
      // Counted, not timed: a late timer does not make the line slower.
      const at = Math.max(free, first.came) + ((first.part?.length ?? 0) * 1000) / rate;
      if (at > now) return void setTimeout(send, Math.max(1, at - now));
      free = at;
      sending.shift();
      if (sending.filter((next) => next.from === first.from).length < 2) first.from.resume();
      flying.push({ ...first, at: at + delay });
      if (flying.length === 1) fly();
    }
  }

  return {
    carry(pair, from, bytes, then) {
      if (pair.deaf) return;
      if (rate === Infinity && delay === 0) return then(bytes);
      const idle = sending.length === 0, came = performance.now();
      // In pieces of 20 ms, so that bytes come as they do and not in heaps.
      const size = rate === Infinity ? bytes?.length : Math.max(536, Math.round(rate / 50));
      for (let at = 0; at === 0 || at < bytes?.length; at += size) {
        sending.push({ pair, from, part: bytes?.subarray(at, at + size), then, came });
      }
      // A source is not heard faster than the line carries.
      if (bytes) from.pause();
      if (idle) send();
    },
  };
}
