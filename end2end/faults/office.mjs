// The office's program, to be killed and started again on the same data and port.
import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { desk, until } from "../lib/server.mjs";

export const binary = resolve(process.env.SATU_PINTU ?? new URL("../../target/release/satu-pintu", import.meta.url).pathname);
const run = promisify(execFile);

/** A small disk of its own in a folder; false where mounting is not allowed. */
export function disk(folder, size) {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "none", folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Opens an office. `data` is another folder for its data, `limit` the most bytes of one of its files. */
export async function openOffice({ data, limit } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "satu-pintu-faults-"));
  data ??= join(folder, "data");
  let [child, port, log] = [null, 0, ""];

  async function start() {
    const args = ["serve", "--rate", "0", "--port", `${port}`, "--data", data];
    const shell = `trap '' XFSZ; ulimit -f ${Math.ceil((limit ?? 0) / 512)}; exec "$0" "$@"`;
    const env = { ...process.env, RUST_LOG: "warn,satu_pintu_server=warn", NO_COLOR: "1" };
    child = limit ? spawn("sh", ["-c", shell, binary, ...args], { env }) : spawn(binary, args, { env });
    let begun = "";
    port = Number(await new Promise((found, lost) => {
      const read = (chunk) => {
        log += chunk;
        begun += chunk;
        const at = begun.match(/ready at http:\/\/127\.0\.0\.1:(\d+)/);
        if (at) found(at[1]);
      };
      child.stdout.on("data", read);
      child.stderr.on("data", read);
      child.once("exit", (code) => lost(new Error(`the server ended with ${code}:\n${begun}`)));
    }));
  }

  async function stop(signal) {
    const gone = once(child, "exit");
    child.kill(signal);
    return (await gone)[0];
  }

  await start();
  const office = {
    folder, data,
    get port() { return port; },
    get url() { return `http://127.0.0.1:${port}`; },
    get pid() { return child.pid; },
    log: () => log,
    start,
    /** As a power cut would. */
    kill: () => stop("SIGKILL"),
    /** As an update would; gives the program's exit code. */
    stop: () => stop("SIGTERM"),
    async restart() { await stop("SIGKILL"); await start(); },
    desk: (args, input) => desk(office.url, folder)(args, input),
    password: () => until(() => log.match(/one-time password: (\S+)/)?.[1]),
    sql: (text) => sql(join(data, "satu-pintu.db"), text),
    /** What may never be wrong, whatever happened before. */
    async sound() {
      const wrong = [];
      const [[integrity]] = await office.sql("PRAGMA integrity_check");
      if (integrity !== "ok") wrong.push(`database: ${integrity}`);
      for (const part of ["ledger", "files"]) {
        await run(binary, [part, "verify", "--data", data]).catch((bad) => wrong.push(`${part} verify: ${bad.stdout}${bad.stderr}`));
      }
      if (/panic/.test(log)) wrong.push(`a panic:\n${log}`);
      return wrong;
    },
    async close() {
      if (child.exitCode === null && child.signalCode === null) await stop("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
  return office;
}

/** Rows of a SQLite file, or a change to it, by Python's own driver. */
export async function sql(file, text) {
  const program = "import sqlite3,sys,json;print(json.dumps(sqlite3.connect(sys.argv[1],timeout=20,isolation_level=None).execute(sys.argv[2]).fetchall()))";
  return JSON.parse((await run("python3", ["-c", program, file, text])).stdout);
}
