// Pages without a browser: what an address answers, and what that weighs on the wire.
import { request } from "node:http";
import { brotliDecompressSync } from "node:zlib";

/** One request, as a browser would make it; `form` is posted. Gives status, headers, text, and its bytes with its head. */
export function ask(url, { form, cookie } = {}) {
  const { origin } = new URL(url);
  const posted = { origin, "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" };
  const headers = { "accept-encoding": "br", ...(cookie && { cookie }), ...(form && posted) };
  return new Promise((done, failed) => {
    const call = request(url, { method: form ? "POST" : "GET", headers }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk)).on("error", failed).on("end", () => {
        const body = Buffer.concat(chunks), { headers, rawHeaders, statusCode: status, statusMessage } = answer;
        // Of each line of the head a colon with a space or a line's end, and the empty line.
        const head = `HTTP/1.1 ${status} ${statusMessage}`.length + rawHeaders.join("").length + 2 * rawHeaders.length + 4;
        const text = (headers["content-encoding"] === "br" ? brotliDecompressSync(body) : body).toString();
        done({ status, headers, text, bytes: head + body.length });
      });
    });
    call.on("error", failed).end(form && new URLSearchParams(form).toString());
  });
}
