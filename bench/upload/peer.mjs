// The peer's server as its manual sets it up: `node peer.mjs FOLDER PORT`.
import { createServer } from "node:http";
import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";

const [folder, port] = process.argv.slice(2);
const tus = new Server({ path: "/files", datastore: new FileStore({ directory: folder }) });
const server = createServer((request, answer) => tus.handle(request, answer));
server.listen(Number(port), "127.0.0.1", () => console.log(`ready at http://127.0.0.1:${server.address().port}`));
