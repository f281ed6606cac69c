// Clients of tus that know nothing of this office, as they are: tus-js-client and tuspy, over a line that is cut.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import * as tus from "tus-js-client";
import { begin } from "../lib/application.mjs";
import { openLine } from "../lib/line.mjs";
import { scan, sha256 } from "../lib/scan.mjs";
import { startServer } from "../lib/server.mjs";

const run = promisify(execFile);
const python = process.env.PYTHON ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "satu-pintu/python/bin/python");

let server, line;
before(async () => {
  server = await startServer("--rate", "0");
  line = await openLine(Number(new URL(server.url).port));
});
after(async () => {
  await line?.close();
  await server?.stop();
});

// Sends bytes with tus-js-client and gives what the office has afterwards.
async function send(bytes, options, source = bytes) {
  const { number, key } = await begin(server.url);
  const answers = [];
  await new Promise((onSuccess, onError) => {
    new tus.Upload(source, {
      endpoint: `${line.url}/api/v1/applications/${number}/uploads`,
      headers: { authorization: `Bearer ${key}` },
      metadata: { item: "ktp", filename: "ktp.pdf", id: `unggah-${number}`, sha256: sha256(bytes) },
      retryDelays: Array(30).fill(20),
      onAfterResponse: (request, answer) => { answers.push(`${request.getMethod()} ${answer.getStatus()}`); },
      onSuccess, onError,
      ...options,
    }).start();
  });
  const application = await fetch(`${server.url}/api/v1/applications/${number}`, { headers: { authorization: `Bearer ${key}` } });
  return { files: (await application.json()).files, answers };
}

const cutEach = (bytes) => { line.fate = () => ({ up: bytes }); };
const arrived = (files, bytes) => assert.deepEqual(files.map((file) => file.sha256), [sha256(bytes)]);

test("tus-js-client resumes over cuts", async () => {
  const bytes = scan(1, 3_000_000);
  cutEach(500_000);
  const before = line.cuts;
  const { files, answers } = await send(bytes, { chunkSize: 128 * 1024 });
  arrived(files, bytes);
  assert.ok(line.cuts - before >= 5, `${line.cuts - before} cuts`);
  assert.ok(answers.includes("HEAD 200"));
  assert.deepEqual(answers.filter((answer) => answer.endsWith("409")), []);
});

test("tus-js-client creates with bytes, and with a length told later", async () => {
  line.fate = () => ({});
  const bytes = scan(2, 700_000);
  arrived((await send(bytes, { uploadDataDuringCreation: true, chunkSize: 300_000 })).files, bytes);
  const pieces = Readable.from([bytes.subarray(0, 100_000), bytes.subarray(100_000)], { objectMode: false });
  arrived((await send(bytes, { uploadLengthDeferred: true, chunkSize: 200_000 }, pieces)).files, bytes);
});

test("tus-js-client sends parts side by side, over cuts", async () => {
  const bytes = scan(3, 2_000_000);
  cutEach(600_000);
  arrived((await send(bytes, { parallelUploads: 3, chunkSize: 128 * 1024 })).files, bytes);
});

test("tuspy resumes another day, each piece with its sum", async () => {
  line.fate = () => ({});
  const { number, key } = await begin(server.url);
  const bytes = scan(4, 1_200_000);
  const file = join(server.folder, "ktp.pdf");
  await writeFile(file, bytes);
  const program = `
import sys
from tusclient.client import TusClient
url, key, file, metadata = sys.argv[1], sys.argv[2], sys.argv[3], {"item": "ktp", "filename": "ktp.pdf"}
client = TusClient(url, headers={"Authorization": "Bearer " + key})
first = client.uploader(file, chunk_size=300000, metadata=metadata, upload_checksum=True)
first.upload_chunk()
first.upload_chunk()
later = client.uploader(file, url=first.url, chunk_size=300000, upload_checksum=True)
print(later.offset)
later.upload()
`;
  const { stdout } = await run(python, ["-c", program, `${line.url}/api/v1/applications/${number}/uploads`, key, file]);
  assert.equal(stdout.trim(), "600000");
  const application = await fetch(`${server.url}/api/v1/applications/${number}`, { headers: { authorization: `Bearer ${key}` } });
  arrived((await application.json()).files, bytes);
});
