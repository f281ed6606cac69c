// Time that has passed. A test cannot wait for days, and the server has no clock but the system's.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { apply, correct, papers } from "./application.mjs";

const program = `
import sqlite3, sys
file, number, days = sys.argv[1:]
with sqlite3.connect(file, timeout=20) as database:
    database.execute("BEGIN IMMEDIATE")
    ((trigger,),) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'events_no_update'").fetchall()
    database.execute("DROP TRIGGER events_no_update")
    database.execute("UPDATE events SET at = at - ? * 86400000 WHERE number = ?", (int(days), number))
    database.execute(trigger)
`;

/** Everything that has happened to an application happened so many days earlier. The ledger itself only grows. */
export async function backdate(server, { number }, days) {
  await promisify(execFile)("python3", ["-c", program, join(server.folder, "data", "satu-pintu.db"), number, `${days}`]);
}

/** An application with a long story, whose promise has lapsed: each paper sent back once, the agencies asked. */
export async function longStory(server) {
  await server.desk(["sign-in", "kepala-loket", "--password-stdin", "--new-password-stdin"], `${server.password}\nsandi-baru-yang-panjang\n`);
  const own = await apply(server.url), { number } = own;
  await server.desk(["take", number]);
  for (const [at, item] of papers.entries()) {
    await server.desk(["return", number, "--item", item, "--reason", told]);
    await correct(server.url, own, item, at + 1);
  }
  await server.desk(["accept", number]);
  for (const agency of ["pupr", "bapenda"]) {
    await server.desk(["ask-agency", number, agency, "--question", "Mohon periksa tempat pasang dan pajaknya."]);
    await server.desk(["agency-answer", number, agency, "--agree", "--text", "Tidak berkeberatan."]);
  }
  await backdate(server, own, 60);
  return own;
}

/** What the desk says of each paper of the long story. */
export const told = "Bagian bawah berkas ini terpotong. Foto lagi sampai keempat sudutnya terlihat.";
