// A line that can go dead as radio does: nothing passes, nobody is told. What was sent meanwhile is lost with it.
import { connect, createServer } from "node:net";

export async function startRadio(target) {
  const { hostname, port } = new URL(target);
  const own = { dead: false, up: 0, opened: 0 };
  const sockets = new Set();
  const server = createServer((phone) => {
    const office = connect(port, hostname);
    own.opened += 1;
    // A connection that was made before the silence never comes back.
    const born = own.dead;
    const pass = (from, to, count) => from.on("data", (chunk) => {
      if (own.dead || born || from.lost) { from.lost = to.lost = true; return; }
      count?.(chunk.length);
      to.write(chunk);
    });
    pass(phone, office, (bytes) => { own.up += bytes; });
    pass(office, phone);
    for (const [one, other] of [[phone, office], [office, phone]]) {
      sockets.add(one);
      one.on("error", () => {});
      one.on("close", () => { sockets.delete(one); if (!one.lost) other.destroy(); });
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  own.url = `http://127.0.0.1:${server.address().port}`;
  own.stop = () => new Promise((done) => { server.close(done); sockets.forEach((socket) => socket.destroy()); });
  return own;
}
