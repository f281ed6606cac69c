// The faults that an office has to survive, done to the real program. `--short` does less of each, `--only 5,12` some.
// Each prints what it found in one line. Where something acknowledged is lost or there twice, it says what and fails.
import { openOffice } from "./office.mjs";
import { compare } from "./citizen.mjs";
import { openPhone } from "../lib/sender.mjs";
import { uploads } from "./uploads.mjs";
import { journeys } from "./journeys.mjs";
import { troubles } from "./troubles.mjs";

const short = process.argv.includes("--short");
const only = process.argv[process.argv.indexOf("--only") + 1]?.split(",");
const wanted = ({ n }) => !process.argv.includes("--only") || only.includes(String(n));

const faults = [...uploads, ...journeys, ...troubles].filter(wanted).sort((a, b) => parseInt(a.n) - parseInt(b.n));
let failed = 0;
for (const { n, name, run, own } of faults) {
  const began = Date.now();
  let wrong = [];
  let said = "";
  const office = own ? undefined : await openOffice();
  try {
    process.stdout.write(`    ${n} ${name} ...\n`);
    said = await run({ office, short, check: (is, what) => { if (!is) wrong.push(what); } });
    if (office) wrong.push(...(await sound(office)));
  } catch (error) {
    wrong.push(error.stack);
  } finally {
    if (wrong.length && office) wrong.push(office.log().slice(-800));
    await office?.close();
  }
  failed += wrong.length ? 1 : 0;
  const seconds = ((Date.now() - began) / 1000).toFixed(0);
  console.log(`${wrong.length ? "FAIL" : "ok  "} ${String(n).padEnd(5)} ${name}: ${said} (${seconds} s)`);
  for (const what of wrong) console.log(`       ${what}`);
}
console.log(`test result: ${faults.length - failed} passed; ${failed} failed`);
process.exitCode = failed ? 1 : 0;

async function sound(office) {
  const wrong = await office.sound();
  const phone = openPhone(office.url);
  for (const told of office.promised ?? []) wrong.push(...(await compare(phone, told)));
  phone.close();
  return wrong;
}
