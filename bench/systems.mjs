// What is measured: our server, and two peers with the same questions.
import { execFile, spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { buildPreact, buildSurveyJs } from "./peers/build.mjs";
import { host } from "./host.mjs";

/** A warung in a rented place: the word it is searched by, and the answers in the order one is looked for. */
export const word = "warteg";
export const wanted = ["warung-nasi", "sendiri", "mikro", "siap-saji", "sewa", "ya", "tidak", "iumk"];
const answers =
  "usaha=warung-nasi&badan=sendiri&modal=mikro&olahan=siap-saji&tempat=sewa&bangun=tidak&papan-nama=ya&surat-lama=iumk";

export const first = "/izin";
const choice = "main input[type=radio]";
const result = { path: `/izin/hasil?${answers}`, shows: "main >> text=NIB perseorangan" };

/**
 * Each starts on a free port: { port, survey, stop }; `survey` gives the address of a fresh survey. `pages` are those
 * to open without a network, and what they must show.
 */
export const systems = [
  {
    name: "Satu Pintu",
    start: startSatuPintu,
    pages: {
      wizard: { path: first, shows: choice },
      result,
      guides: { path: "/panduan", shows: "main a[href^='/panduan/']" },
      survey: { path: "/survei", shows: "main form input" },
    },
  },
  {
    name: "Preact",
    start: async (certificate) => peer(await buildPreact(), certificate),
    pages: { wizard: { path: first, shows: choice }, result, survey: { path: "/survei", shows: choice } },
  },
  {
    name: "SurveyJS",
    start: async (certificate) => peer(await buildSurveyJs(), certificate),
    pages: { wizard: { path: first, shows: choice }, result, survey: { path: "/survei", shows: choice } },
  },
];

const peer = async (built, certificate) => ({ ...(await host(built, certificate)), survey: async () => "/survei" });

/** The real server with a fresh data folder. */
export async function startSatuPintu({ certPath, keyPath }, folder) {
  const binary = resolve(process.env.SATU_PINTU ?? new URL("../target/release/satu-pintu", import.meta.url).pathname);
  const child = spawn(binary, ["serve", "--port", "0", "--data", join(folder, "data"), "--tls-cert", certPath, "--tls-key", keyPath], {
    cwd: folder, env: { ...process.env, NO_COLOR: "1" },
  });
  process.on("exit", () => child.kill());
  let log = "";
  const port = await new Promise((found, lost) => {
    const read = (chunk) => {
      log += chunk;
      const at = log.match(/https:\/\/127\.0\.0\.1:(\d+)/);
      if (at) found(Number(at[1]));
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("error", lost);
    child.on("exit", (code) => lost(new Error(`the server ended with ${code}:\n${log}`)));
  });
  const desk = async (args, input) => {
    const all = ["desk", "--server", `https://127.0.0.1:${port}`, "--ca", certPath, ...args];
    const promise = promisify(execFile)(binary, all, { cwd: folder, env: { ...process.env, XDG_CONFIG_HOME: folder } });
    if (input) promise.child.stdin.end(input);
    return (await promise).stdout;
  };
  let signedIn = false;
  return {
    port,
    /** A survey is opened by a slip's code, once. */
    async survey() {
      const password = log.match(/password: +(\S+)/)[1];
      if (!signedIn) await desk(["sign-in", "kepala-loket", "--password-stdin", "--new-password-stdin"], `${password}\nsandi-baru-yang-panjang\n`);
      signedIn = true;
      const [code] = (await desk(["survey-slips", "1"])).split(/\s/); // its check character may be a sign
      return `/survei#${code}`;
    },
    stop: () =>
      new Promise((done) => {
        child.once("exit", done);
        child.kill("SIGINT");
      }),
  };
}
