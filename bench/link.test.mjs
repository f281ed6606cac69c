// The link against a plain TCP server: what a textbook says, within the lateness of timers.
//
// A time is never earlier than computed: the relay releases a byte when it is due (1 ms for clocks that are rounded).
// It may be later, by a timer that is a millisecond late and by a busy machine: 5 % of the time and 30 ms.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import net from "node:net";
import { once } from "node:events";
import { now, openLink } from "./link.mjs";

// Answers "n\n" with n bytes.
let server;
before(async () => {
  server = net.createServer((socket) => {
    socket.setNoDelay(true);
    socket.on("error", () => {});
    socket.on("data", (text) => socket.write(Buffer.alloc(Number(text))));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
after(() => server.close());

async function withLink(options, go) {
  const link = await openLink({ to: server.address().port, down: 1e9, up: 1e9, roundTrip: 0, ...options });
  const sockets = [];
  // Asks for bytes on a connection, gives the milliseconds until the last is there.
  const connect = () => {
    const socket = net.connect(link.port, "127.0.0.1");
    socket.setNoDelay(true);
    sockets.push(socket);
    return async (size) => {
      const start = now();
      socket.write(`${size}\n`);
      for (let got = 0; got < size; ) got += (await once(socket, "data"))[0].length;
      return now() - start;
    };
  };
  try {
    await go(connect, link);
  } finally {
    sockets.forEach((socket) => socket.destroy());
    await link.close();
  }
}

function about(measured, computed) {
  assert.ok(measured >= computed - 1, `${measured.toFixed(1)} ms is earlier than ${computed} ms`);
  assert.ok(measured <= computed * 1.05 + 30, `${measured.toFixed(1)} ms is later than ${computed} ms`);
}

test("a ping takes two round trips on a new connection and one on an open one", () =>
  withLink({ roundTrip: 200 }, async (connect) => {
    const ask = connect();
    about(await ask(1), 400);
    about(await ask(1), 200);
  }));

test("100 KB take their size divided by the bandwidth", () =>
  withLink({ down: 800_000 }, async (connect, link) => {
    about(await connect()(100_000), 1000);
    assert.equal(link.passed().down, 100_000);
    assert.equal(link.passed().up, "100000\n".length);
  }));

test("two connections share the bandwidth evenly", () =>
  withLink({ down: 800_000 }, async (connect) => {
    const both = await Promise.all([connect()(50_000), connect()(50_000)]);
    // They end within one segment of each (15 ms) of the whole: 100 KB.
    for (const time of both) about(time, 1000 - 15);
  }));

test("a small answer does not wait behind a large one of another connection", () =>
  withLink({ down: 800_000 }, async (connect) => {
    const [large, small] = [connect(), connect()];
    const all = large(100_000);
    // Its one byte waits for at most one segment of the other: 15 ms.
    assert.ok((await small(1)) < 15 + 30);
    about(await all, 1000);
  }));

test("slow start: the window of ten segments doubles each round trip", () =>
  withLink({ roundTrip: 100 }, async (connect) => {
    const ask = connect();
    await ask(1);
    // 10, 20, 40 and 30 segments leave at 0, 1, 2 and 3 round trips after the question came (half a round trip),
    // and the last arrives half a round trip later.
    about(await ask(100 * 1460), 400);
    // By now the window holds as much again: at once.
    about(await ask(100 * 1460), 100);
  }));

test("slow start ends where the pipe is full", () =>
  withLink({ down: 1_600_000, roundTrip: 150 }, async (connect) => {
    // Handshake 150, question 75, first window sent by 73 ms; its first acknowledgement comes at 7.3 + 150 and from
    // then on the bottleneck is never idle: (102,400 - 14,600) bytes / 200 per ms = 439 ms, and half a round trip.
    about(await connect()(102_400), 150 + 75 + 157.3 + 439 + 75);
  }));

test("after refuse there is no connection", () =>
  withLink({}, async (connect, link) => {
    await connect()(1);
    await link.refuse();
    const [error] = await once(net.connect(link.port, "127.0.0.1"), "error");
    assert.equal(error.code, "ECONNREFUSED");
  }));
