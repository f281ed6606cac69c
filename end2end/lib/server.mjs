// Starts the real server on a free port with a fresh data folder, and the desk commands beside it.
import { spawn, execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const binary = process.env.SATU_PINTU ? resolve(process.env.SATU_PINTU) : fileURLToPath(new URL("../../target/release/satu-pintu", import.meta.url));

export async function startServer(...options) {
  const folder = await mkdtemp(join(tmpdir(), "satu-pintu-e2e-"));
  const child = spawn(binary, ["serve", "--port", "0", "--data", join(folder, "data"), ...options], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: "1" },
  });
  let log = "";
  const address = new Promise((found, lost) => {
    const read = (chunk) => {
      log += chunk;
      const at = log.match(/http:\/\/127\.0\.0\.1:(\d+)/);
      if (at) found(at[0]);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("exit", (code) => lost(new Error(`the server ended with ${code}:\n${log}`)));
  });
  const url = await address;
  const password = await until(() => log.match(/(?:kata sandi|password)[^\n]*?:\s*(\S+)/i)?.[1]);
  return {
    url,
    folder,
    password,
    log: () => log,
    desk: desk(url, folder),
    // Another officer with the commands of the desk: what one proposes another decides.
    async colleague(account = "kedua", roles = "signer") {
      const home = join(folder, account);
      await mkdir(home);
      const add = ["staff", "add", account, "--name", "Kedua Contoh", "--role", roles];
      const told = await run([...add, "--data", join(folder, "data")], home);
      const own = desk(url, home);
      const enter = ["sign-in", account, "--password-stdin", "--new-password-stdin"];
      await own(enter, `${told.match(/sekali pakai: (\S+)/)[1]}\nsandi-petugas-kedua\n`);
      return own;
    },
    async stop() {
      const ended = new Promise((done) => child.once("exit", done));
      child.kill("SIGINT");
      const code = await ended;
      await rm(folder, { recursive: true, force: true });
      return code;
    },
  };
}

export function desk(url, folder) {
  return async (args, input) => run(["desk", "--server", url, ...args], folder, input);
}

// Runs a sub-command; gives what it printed, throws with what it complained about.
export async function run(args, cwd, input) {
  const promise = promisify(execFile)(binary, args, {
    cwd,
    env: { ...process.env, XDG_CONFIG_HOME: join(cwd, "config"), NO_COLOR: "1" },
  });
  if (input !== undefined) promise.child.stdin.end(input);
  return (await promise).stdout;
}

export async function until(look, ms = 15000) {
  const end = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`waited in vain for ${look}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

export { writeFile, join };
