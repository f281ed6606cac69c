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
  const ways = { up: { free: 0, due: [] }, down: { free: 0, due: [] } };
  const line = { up: 0, down: 0, connections: 0, cuts: 0, fate: () => ({}) };

  const door = net.createServer({ allowHalfOpen: true, noDelay: true }, (phone) => {
    const server = net.connect({ port: to, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
    const pair = { phone, server, fate: line.fate(line.connections++) ?? {}, up: 0, down: 0, deaf: false };
    pair.end = () => {
      pairs.delete(pair);
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
    from.on("data", (bytes) => {
      line[way] += bytes.length;
      if (pair.deaf || pair.over) return;
      const left = (pair.fate[way] ?? Infinity) - pair[way];
      const flip = way === "up" ? (pair.fate.flip ?? -1) - pair.up : -1;
      if (flip >= 0 && flip < bytes.length) bytes[flip] ^= 1;
      pair[way] += bytes.length;
      const passed = bytes.length < left ? bytes : bytes.subarray(0, left);
      if (bytes.length >= left) {
        pair.over = true;
        from.pause();
      }
      after(way, passed.length, from, () => {
        if (pair.deaf) return;
        if (passed.length && !into.write(passed)) {
          from.pause();
          into.once("drain", () => from.resume());
        }
        if (bytes.length < left) return;
        line.cuts += 1;
        pair.fate.then?.();
        if (pair.fate.hush) pair.deaf = true;
        // What was let through is on the wire before the reset follows it.
        else into.write("", () => setTimeout(pair.end, 2));
      });
    });
    from.on("end", () => after(way, 0, from, () => { if (!pair.deaf) into.end(); }));
  }

  // When a byte comes out at the other end.
  function after(way, length, from, then) {
    if (rate === Infinity && delay === 0) return then();
    const now = performance.now();
    const lane = ways[way];
    lane.free = Math.max(lane.free, now) + (length * 1000) / rate;
    // A source is not heard faster than the line carries.
    if (lane.free - now > 50) {
      from.pause();
      setTimeout(() => from.resume(), lane.free - now - 25);
    }
    // A timer only releases what is due: timers may overtake each other, bytes may not.
    lane.due.push({ at: lane.free + delay, then });
    const release = () => {
      while (lane.due.length && lane.due[0].at <= performance.now()) lane.due.shift().then();
      if (lane.due.length) setTimeout(release, Math.max(1, lane.due[0].at - performance.now()));
    };
    if (lane.due.length === 1) setTimeout(release, lane.due[0].at - now);
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
