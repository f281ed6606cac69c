// Serves the peers as our server serves the app: HTTP/2 over TLS, Brotli packed beforehand, hashed files kept for
// ever, everything else asked for again by its ETag.
import { createSecureServer } from "node:http2";
import { createHash } from "node:crypto";
import { brotliCompressSync, constants } from "node:zlib";
import { once } from "node:events";

const types = {
  html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8",
  json: "application/json", svg: "image/svg+xml", webmanifest: "application/manifest+json",
};
const hashed = /-[A-Z0-9]{8}\.\w+$/;

/**
 * `files` is { "/app.js": text }; an address without a dot takes the page that `pages` names for its longest
 * beginning.
 */
export async function host({ files, pages }, { cert, key }) {
  const packed = new Map(Object.entries(files).map(([path, text]) => [path, pack(path, Buffer.from(text))]));
  const server = createSecureServer({ cert, key, allowHTTP1: true }, (request, response) => {
    const { pathname } = new URL(request.url, "https://127.0.0.1");
    const start = Object.keys(pages).filter((p) => pathname.startsWith(p)).sort((a, b) => b.length - a.length)[0];
    const file = packed.get(pathname) ?? (pathname.includes(".") ? undefined : packed.get(pages[start]));
    if (!file) return response.writeHead(404).end();
    const { body, headers } = file;
    if (request.headers["if-none-match"] === headers.etag) return response.writeHead(304, headers).end();
    response.writeHead(200, { ...headers, "content-encoding": "br", "content-length": body.length });
    response.end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const sessions = new Set();
  server.on("session", (session) => (sessions.add(session), session.on("close", () => sessions.delete(session))));
  return {
    port: server.address().port,
    async stop() {
      for (const session of sessions) session.destroy();
      server.close();
    },
  };
}

function pack(path, text) {
  const body = brotliCompressSync(text, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
  });
  const headers = {
    "content-type": types[path.split(".").pop()],
    "cache-control": hashed.test(path) ? "public, max-age=31536000, immutable" : "no-cache",
    etag: `"${createHash("sha256").update(text).digest("hex").slice(0, 32)}"`,
    vary: "accept-encoding",
    "x-content-type-options": "nosniff",
  };
  return { body, headers };
}
