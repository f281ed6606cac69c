// A slow network between a browser and a server: a TCP relay whose bytes wait as long as they would on the way.
// All times are computed. Timers only release what is due, so a late timer never adds up.
import net from "node:net";
import { once } from "node:events";

const SEGMENT = 1460;
const FIRST_WINDOW = 10 * SEGMENT; // RFC 6928
const ENOUGH = 64 * 1024; // waiting bytes of a connection at which its source is paused

/** Now, in milliseconds since 1970 with fractions, as `performance.timeOrigin + performance.now()` in a page. */
export const now = () => performance.timeOrigin + performance.now();

/**
 * Opens a link to a local port. `down` and `up` are bits per second, `roundTrip` milliseconds; all connections
 * together share them. Gives the port to connect to, what passed so far, and ways to wait for silence and to break it.
 */
export async function openLink({ to, down, up, roundTrip }) {
  const ways = { down: new Way(down, roundTrip), up: new Way(up, roundTrip) };
  const sockets = new Set();
  let connections = 0;
  const door = net.createServer({ allowHalfOpen: true, noDelay: true }, (phone) => {
    connections += 1;
    const server = net.connect({ port: to, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
    const lanes = [join(server, phone, ways.down), join(phone, server, ways.up)];
    for (const [socket, other] of [[phone, server], [server, phone]]) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        if (socket === phone) other.destroy();
        if (phone.destroyed && server.destroyed) lanes.forEach((lane) => lane.drop());
      });
    }
    // The kernel has shaken hands at once; on the way that takes a round trip before the first byte goes.
    phone.pause();
    setTimeout(() => phone.resume(), roundTrip);
  });
  door.listen(0, "127.0.0.1");
  await once(door, "listening");

  const refuse = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise((done) => door.close(done));
  };
  return {
    port: door.address().port,
    passed: (time = Infinity) => ({ down: ways.down.passed(time), up: ways.up.passed(time) }),
    connections: () => connections,
    lastByte: () => Math.max(ways.down.last(), ways.up.last()),
    /** From now on connections are refused, as without a network. */
    refuse,
    close: refuse,
  };
}

// Carries what `from` sends to `to`.
function join(from, to, way) {
  const lane = way.lane(
    (bytes) => (bytes.length ? to.writable && to.write(bytes) : to.end()),
    () => from.resume(),
  );
  from.on("data", (bytes) => lane.put(bytes) || from.pause());
  from.on("end", () => lane.end());
  return lane;
}

// One direction: one bottleneck, which the connections use in turn for one segment each.
class Way {
  constructor(bitsPerSecond, roundTrip) {
    this.bytesPerMs = bitsPerSecond / 8000;
    this.roundTrip = roundTrip;
    this.lanes = [];
    this.free = 0; // when the bottleneck is through with what it took
    this.idle = true; // nothing could be sent when last looked
    this.onTheWay = []; // { at, lane, bytes }, in the order of arrival
    this.unacknowledged = []; // { at, lane, size }, in the order the acknowledgements come back
    this.log = []; // { at, total } for each arrival
  }

  lane(arrive, roomAgain) {
    const lane = { waiting: [], size: 0, inFlight: 0, window: FIRST_WINDOW, arrive, roomAgain };
    this.lanes.push(lane);
    const wait = (bytes) => {
      lane.waiting.push(bytes);
      lane.size += bytes.length;
      this.run();
    };
    return {
      put: (bytes) => (wait(bytes), lane.size < ENOUGH),
      end: () => wait(Buffer.alloc(0)), // arrives behind the last byte
      drop: () => {
        this.lanes = this.lanes.filter((other) => other !== lane);
        lane.arrive = () => {};
      },
    };
  }

  run() {
    const time = now();
    while (this.onTheWay[0]?.at <= time) {
      const { at, lane, bytes } = this.onTheWay.shift();
      this.log.push({ at, total: this.passed() + bytes.length });
      lane.arrive(bytes);
    }
    while (this.unacknowledged[0]?.at <= time) {
      const { lane, size } = this.unacknowledged.shift();
      lane.inFlight -= size;
      lane.window += size; // slow start; once the window exceeds the pipe the bottleneck alone sets the pace
    }
    if (this.idle) this.free = Math.max(this.free, time);
    let lane = this.next();
    for (; lane && this.free <= time; lane = this.next()) this.send(lane);
    this.idle = !lane;
    this.wake(Math.min(lane ? this.free : Infinity, this.onTheWay[0]?.at ?? Infinity, this.unacknowledged[0]?.at ?? Infinity));
  }

  // A connection with something to send and room in its window.
  next() {
    return this.lanes.find((lane) => lane.waiting.length && lane.inFlight + piece(lane).length <= lane.window);
  }

  send(lane) {
    const bytes = piece(lane);
    if (bytes.length === lane.waiting[0].length) lane.waiting.shift();
    else lane.waiting[0] = lane.waiting[0].subarray(bytes.length);
    const wasFull = lane.size >= ENOUGH;
    lane.size -= bytes.length;
    lane.inFlight += bytes.length;
    this.free += bytes.length / this.bytesPerMs;
    this.onTheWay.push({ at: this.free + this.roundTrip / 2, lane, bytes });
    this.unacknowledged.push({ at: this.free + this.roundTrip, lane, size: bytes.length });
    this.lanes = [...this.lanes.filter((other) => other !== lane), lane]; // to the end of the queue
    if (wasFull && lane.size < ENOUGH) lane.roomAgain();
  }

  wake(at) {
    clearTimeout(this.timer);
    if (at < Infinity) this.timer = setTimeout(() => this.run(), Math.max(0, Math.ceil(at - now())));
  }

  passed(time = Infinity) {
    return this.log.findLast((entry) => entry.at <= time)?.total ?? 0;
  }

  last() {
    return this.log.at(-1)?.at ?? 0;
  }
}

const piece = (lane) => lane.waiting[0].subarray(0, SEGMENT);
