// A certificate for this run only, and the hash by which the browser is told to trust its key.
import { execFileSync } from "node:child_process";
import { X509Certificate, createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export function makeCertificate(folder) {
  const [certPath, keyPath] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  execFileSync("openssl", [
    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
    "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE", "-keyout", keyPath, "-out", certPath,
  ], { stdio: "ignore" });
  const cert = readFileSync(certPath);
  const publicKey = new X509Certificate(cert).publicKey.export({ type: "spki", format: "der" });
  return { certPath, keyPath, cert, key: readFileSync(keyPath), spki: createHash("sha256").update(publicKey).digest("base64") };
}
