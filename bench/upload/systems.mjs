// The two systems: each a server that can be killed and started again on its folder and port, and its own client.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as tus from "tus-js-client";
import { begin, papers } from "../../end2end/lib/application.mjs";
import { openPhone, send } from "../../end2end/lib/sender.mjs";

const binary = resolve(process.env.SATU_PINTU ?? new URL("../../target/release/satu-pintu", import.meta.url).pathname);
const peer = new URL("peer.mjs", import.meta.url).pathname;

class System {
  static async open(data) {
    const folder = await mkdtemp(join(tmpdir(), "satu-pintu-bench-"));
    const system = Object.assign(new this(), { folder, data: data ?? join(folder, "data"), port: 0 });
    await system.start();
    return system;
  }

  async start() {
    const [command, ...args] = this.command();
    this.child = spawn(command, args, { env: { ...process.env, RUST_LOG: "warn", NO_COLOR: "1" }, stdio: ["ignore", "pipe", "ignore"] });
    let said = "";
    this.port = Number(await new Promise((found, lost) => {
      this.child.stdout.on("data", (chunk) => {
        said += chunk;
        const at = said.match(/ready at http:\/\/127\.0\.0\.1:(\d+)/);
        if (at) found(at[1]);
      });
      this.child.once("exit", (code) => lost(new Error(`${command} ended with ${code}: ${said}`)));
    }));
  }

  get url() { return `http://127.0.0.1:${this.port}`; }

  async kill() {
    const gone = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await gone;
  }

  /** Resident memory in bytes. */
  memory() {
    return Number(readFileSync(`/proc/${this.child.pid}/status`, "latin1").match(/VmRSS:\s+(\d+)/)[1]) * 1024;
  }

  async close() {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}

export class Ours extends System {
  name = "Satu Pintu";
  drafts = [];
  sent = 0;

  command() { return [binary, "serve", "--rate", "0", "--port", `${this.port}`, "--data", this.data]; }

  /** Drafts for so many files: six papers each. Not part of what is measured. */
  async prepare(files) {
    while ((this.drafts.length - Math.ceil(this.sent / papers.length)) * papers.length < files) this.drafts.push(await begin(this.url));
  }

  /** The client's view of a line. */
  phone(url, options) { return openPhone(url, options); }

  async send(phone, bytes) {
    await this.prepare(1);
    const nth = this.sent++;
    const own = this.drafts[Math.floor(nth / papers.length)];
    return send(phone, own, { id: `berkas-${String(nth).padStart(6, "0")}`, item: papers[nth % papers.length], bytes });
  }

  async halfOpen(nth, length) {
    await this.prepare(1);
    const own = this.drafts[Math.floor(this.sent++ / papers.length)];
    const headers = { authorization: `Bearer ${own.key}` };
    const uploads = `/api/v1/applications/${own.number}/uploads`;
    const metadata = `item ${base64("ktp")},filename ${base64("a.pdf")}`;
    return hang(this.url, uploads, { ...headers, "upload-metadata": metadata }, length);
  }
}

export class Peer extends System {
  name = "@tus/server + tus-js-client";

  command() { return [process.execPath, peer, this.data, `${this.port}`]; }
  async prepare() {}

  phone(url, { keepAlive = true, ...options } = {}) {
    const agent = new http.Agent({ keepAlive, maxSockets: 64 });
    return { url, seen: [], options, httpStack: new tus.DefaultHttpStack({ agent }), close: () => agent.destroy() };
  }

  send(phone, bytes) {
    return new Promise((onSuccess, onError) => {
      new tus.Upload(bytes, {
        endpoint: `${phone.url}/files`,
        metadata: { filename: "berkas.pdf" },
        httpStack: phone.httpStack,
        onAfterResponse: (_, answer) => { phone.seen.push(answer.getStatus()); },
        onSuccess, onError,
        ...phone.options,
      }).start();
    });
  }

  async halfOpen(nth, length) { return hang(this.url, "/files", {}, length); }
}

const base64 = (text) => Buffer.from(text).toString("base64");

/** Creates an upload and begins to send it; the rest never comes. Gives the request, the address and the headers. */
async function hang(url, uploads, own, length) {
  const headers = { ...own, "tus-resumable": "1.0.0" };
  const made = await fetch(`${url}${uploads}`, { method: "POST", headers: { ...headers, "upload-length": `${length}` } });
  const { pathname } = new URL(made.headers.get("location"), url);
  const stream = { ...headers, "upload-offset": "0", "content-type": "application/offset+octet-stream", "content-length": `${length}` };
  const request = http.request(`${url}${pathname}`, { method: "PATCH", headers: stream, agent: false });
  request.on("error", () => {});
  request.write(Buffer.alloc(Math.floor(length / 2), 1));
  return { request, pathname, headers, closed: new Promise((done) => request.on("close", done)) };
}
