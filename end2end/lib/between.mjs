// A network between phone and server: counts what is sent, changes or cuts off answers, goes away and comes back.
import { createServer, request } from "node:http";

const plain = (path, headers) => (path === "/sw.js" ? { ...headers, "accept-encoding": "identity" } : headers);

export async function startBetween(target) {
  // `change(path, head, body)` gives another body, also later or never, or null to break the connection.
  const own = { sent: [], change: (path, head, body) => body };
  const server = createServer((asked, answer) => {
    const { pathname } = new URL(asked.url, target);
    const call = request(new URL(asked.url, target), { method: asked.method, headers: plain(pathname, asked.headers) }, (got) => {
      const chunks = [];
      got.on("data", (chunk) => chunks.push(chunk));
      got.on("end", async () => {
        const body = await own.change(pathname, got, Buffer.concat(chunks));
        if (body === null) return answer.destroy();
        const headers = { ...got.headers, "content-length": body.length };
        delete headers["transfer-encoding"];
        answer.writeHead(got.statusCode, headers).end(body);
        own.sent.push({ path: pathname, status: got.statusCode, bytes: body.length, kept: "x-kept" in asked.headers });
      });
    });
    call.on("error", () => answer.destroy());
    asked.pipe(call);
  });
  const listen = (port) => new Promise((done) => server.listen(port, "127.0.0.1", done));
  // A test that failed before it closed this must not keep the others waiting.
  server.unref();
  await listen(0);
  const { port } = server.address();
  own.url = `http://127.0.0.1:${port}`;
  own.go = () => new Promise((done) => { server.close(done); server.closeAllConnections(); });
  own.come = () => listen(port);
  return own;
}
