"""Measures the API over a full archive: `script/bench api [--applications N] [--databases sqlite,postgres]`.

Ten events an application, generated in the database; one in 200 is still open. Asserts nothing. Standard library
only. What the lines mean is in docs/BENCH.md.
"""
import argparse
import asyncio
import base64
import http.client
import json
import os
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

SERVICE = "reklame"
PAPERS = ["ktp", "foto-tiga-arah", "gambar-reklame", "bukti-tempat-reklame", "npwpd", "pernyataan-bongkar"]
DAY = 86_400_000
# A picture of eight by eight grey points; each paper is another file by a remark of its own.
GREY = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBk"
    "eFxlZ2P/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABv/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8ASP/Z"
)

# The events of a closed application after its first, and of an open one, which has stopped at an agency.
STEPS = [
    ("applicant", "submitted", {"intake_days": 1, "service_days": 5, "rules": ""}),
    ("staff", "taken", {}),
    ("staff", "item-accepted", {"item": "ktp"}),
    ("staff", "complete", {}),
    ("staff", "agency-asked", {"agency": "pupr", "days": 2, "question": "Apakah tempat ini boleh dipasangi reklame?"}),
    ("staff", "agency-answered", {"agency": "pupr", "agrees": True, "text": "Boleh, di luar sempadan jalan."}),
    ("staff", "visited", {"on": "2026-01-05", "note": "Sesuai gambar."}),
    ("staff", "refused", {"reason": "Papan melebihi ukuran yang boleh dipasang di jalan ini."}),
]
LAST = ("staff", "handed-over", {"how": "Di loket."})


def say(text):
    print(f"\033[1m==> {text}\033[0m", flush=True)


class Server:
    """The real program over a data folder, and over PostgreSQL when an address is given."""

    running = []

    def __init__(self, binary, data, database=None):
        more = ["--database", database] if database else []
        args = [binary, "serve", "--port", "0", "--rate", "0", "--data", data, *more]
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(args, stdout=self.log, stderr=subprocess.STDOUT, text=True)
        Server.running.append(self)
        found = self.wait(r"http://127\.0\.0\.1:(\d+)")
        self.port = int(found[1])

    def text(self):
        self.log.seek(0)
        return self.log.read()

    def wait(self, pattern):
        for _ in range(12_000):
            found = re.search(pattern, self.text())
            if found:
                return found
            if self.process.poll() is not None:
                sys.exit(self.text())
            time.sleep(0.05)
        sys.exit(f"the server never said {pattern}:\n{self.text()}")

    def memory(self, line):
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(rf"{line}:\s+(\d+)", status.read())[1]) / 1024

    def call(self, method, path, body=None, key=None, **head):
        link = http.client.HTTPConnection("127.0.0.1", self.port)
        head = {name.replace("_", "-"): value for name, value in head.items()}
        if key:
            head["authorization"] = f"Bearer {key}"
        if isinstance(body, (dict, list)):
            head["content-type"] = "application/json"
            body = json.dumps(body)
        link.request(method, path, body, head)
        answer = link.getresponse()
        content = answer.read()
        if answer.status >= 400:
            sys.exit(f"{method} {path}: {answer.status} {content[:500]}")
        return answer, content

    def stop(self):
        self.process.terminate()
        self.process.wait()
        Server.running.remove(self)


def fields(server):
    service = json.loads(server.call("GET", f"/api/v1/catalog/services/{SERVICE}?lang=id")[1])["service"]
    own = {"nama": "Sri Contoh", "nik": "7399015501900001", "telepon": "081234567890", "kabar": "whatsapp",
           "alamat": "Jl. Pasar Lama No. 12, Desa Contoh", "pengurus": "sendiri", "setuju": "ya"}
    for field in (field for page in service["page"] for field in page["field"]):
        kind = field["kind"]
        own[field["id"]] = {
            "number": str(field.get("min") or 1), "money": str(field.get("min") or 1), "date": "2026-12-15",
            "choice": field["options"][0]["id"] if field.get("options") else "", "yesno": "tidak",
            "phone": "081234567890", "nik": "7399015501900001", "npwp": "7399015501900001", "nib": "1234567890123",
            "reference": "CT00000000000001",
        }.get(kind, "Warung Bu Sri, depan masjid")
    return own


def draft(server, own):
    """A draft that only has to be handed in: number and key."""
    made = json.loads(server.call("POST", "/api/v1/applications", {"service": SERVICE})[1])
    number, key = made["application"]["number"], made["key"]
    path = f"/api/v1/applications/{number}"
    server.call("PATCH", path, {"fields": own}, key)
    for at, item in enumerate(PAPERS):
        photo = GREY[:2] + bytes([0xFF, 0xFE, 0, 3, at + 1]) + GREY[2:]
        coded = lambda text: base64.b64encode(text.encode()).decode()
        about = f"item {coded(item)},filename {coded('foto.jpg')},id {coded(f'berkas-{at}-{number}')}"
        tus = {"tus_resumable": "1.0.0"}
        made = server.call("POST", f"{path}/uploads", None, key, upload_length=str(len(photo)), upload_metadata=about, **tus)
        where = re.sub(r"^https?://[^/]+", "", made[0].getheader("location"))
        server.call("PATCH", where, photo, key, upload_offset="0", content_type="application/offset+octet-stream", **tus)
    return number, key


def generate(store, count, keys, own):
    """Rows by SQL alone, the same text for both databases but for how a series of numbers is made."""
    now = int(time.time() * 1000)
    series = store.series(count)
    number = store.number
    open_ = "i % 200 = 0"
    begun = f"({now} - CAST(CASE WHEN {open_} THEN 1 + i % 9 ELSE 20 + i % 1500 END AS BIGINT) * {DAY})"
    typed = json.dumps(own).replace("'", "''")
    store.run(f"""INSERT INTO applications (number, service, key_hash, view_hash, fields, ticks, answers, rules, created, saved, settled)
        SELECT {number}, '{SERVICE}', '{keys[0]}', '{keys[1]}', '{typed}', '[]', '[]', '', {begun}, {begun},
        CASE WHEN {open_} THEN 0 ELSE 1 END FROM {series}""")
    lines = [("applicant", "drafted", {}, ""), *((*step, "") for step in STEPS), (*LAST, f"WHERE NOT ({open_})")]
    cases = " ".join(f"WHEN {at} THEN '{what}'" for at, what in enumerate(json.dumps({"kind": k, **w}) for _, k, w, _ in lines))
    kinds = " ".join(f"WHEN {at} THEN '{kind}'" for at, (_, kind, _, _) in enumerate(lines))
    actors = " ".join(f"WHEN {at} THEN '{actor}'" for at, (actor, _, _, _) in enumerate(lines))
    accounts = f"CASE WHEN s IN (0, 1) THEN '' ELSE 'sri' END"
    # An open one has five of the ten lines: it waits for its agency. In the order of the key, as they come in life.
    store.run(f"""INSERT INTO events (number, seq, at, actor, account, kind, what, hash)
        SELECT {number}, s + 1, {begun} + s * 3600000, CASE s {actors} END, {accounts}, CASE s {kinds} END, CASE s {cases} END,
        '{"0" * 64}' FROM {series}, {store.steps(len(lines))} WHERE NOT ({open_} AND s > 5) ORDER BY i, s""")
    halves = [f"{year}-{half}" for year in range(2022, 2027) for half in (1, 2)]
    parts = ["whole", "front-office", "back-office", "signer", "agency:pupr", "agency:dinkes"]
    rows = [f"('{service}', '{part}', '{half}', 'working-day', 5, {days}, {random.randint(1, count // 200 + 2)})"
            for half in halves for service in (SERVICE, "klinik", "sip", "penelitian") for part in parts for days in range(20)]
    store.run(f"INSERT INTO tallies (service, part, half, unit, standard, used, cases) VALUES {', '.join(rows)}")
    store.done()


class Sqlite:
    name = "SQLite"
    number = "printf('2025-%07d-AA', i)"
    address = None

    def __init__(self, folder):
        self.data = os.path.join(folder, "sqlite")
        self.file = os.path.join(self.data, "satu-pintu.db")

    def series(self, count):
        return f"(WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {count - 1}) SELECT i FROM n)"

    def steps(self, count):
        return f"(WITH RECURSIVE m(s) AS (SELECT 0 UNION ALL SELECT s + 1 FROM m WHERE s < {count - 1}) SELECT s FROM m)"

    def run(self, text):
        with sqlite3.connect(self.file) as link:
            link.execute("PRAGMA synchronous = OFF")
            link.execute("PRAGMA cache_size = -400000")
            link.execute(text)

    def done(self):
        with sqlite3.connect(self.file) as link:
            link.execute("ANALYZE")
            link.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def one(self, text):
        with sqlite3.connect(self.file) as link:
            return link.execute(text).fetchone()

    def bare_commits(self, seconds=5.0):
        """One row of a kilobyte a commit, synced: what this disk allows one writer."""
        file = os.path.join(self.data, "bare.db")
        link = sqlite3.connect(file, isolation_level=None)
        link.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (n INTEGER PRIMARY KEY, what TEXT)")
        begun, done = time.perf_counter(), 0
        while time.perf_counter() - begun < seconds:
            link.execute("INSERT INTO t (what) VALUES (?)", ("x" * 1000,))
            done += 1
        link.close()
        return done / seconds

    def stop(self):
        pass


class Postgres:
    name = "PostgreSQL"
    number = "'2025-' || lpad(i::text, 7, '0') || '-AA'"

    def __init__(self, folder):
        self.data = os.path.join(folder, "postgres")
        self.bin = os.environ["PGBIN"]
        self.home = os.path.join(folder, "pg")
        self.port = random.randint(20_000, 50_000)
        os.makedirs(self.home)
        if os.getuid() == 0:
            shutil.chown(self.home, "postgres")
        self.tool("initdb", "-D", self.home, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8")
        options = f"-p {self.port} -h 127.0.0.1 -k {self.home} -c max_wal_size=8GB -c shared_buffers=512MB"
        self.tool("pg_ctl", "-D", self.home, "-w", "-s", "-l", os.path.join(self.home, "log"), "-o", options, "start")
        self.address = f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def tool(self, name, *args, **more):
        who = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        done = subprocess.run([*who, os.path.join(self.bin, name), *args], text=True, cwd="/", stdout=subprocess.PIPE, **more)
        if done.returncode:
            sys.exit(f"{name} failed")
        return done.stdout

    def psql(self, text):
        link = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-qAt", "-v", "ON_ERROR_STOP=1"]
        return self.tool("psql", *link, input=text)

    def series(self, count):
        return f"generate_series(0, {count - 1}) AS i"

    def steps(self, count):
        return f"generate_series(0, {count - 1}) AS s"

    def run(self, text):
        # Without the triggers: of ten million lines in one go they leave a list of open applications that is mostly
        # holes, as no office would have it.
        self.psql(f"SET synchronous_commit = off; SET session_replication_role = replica; {text};")

    def done(self):
        self.run("""INSERT INTO open_applications (number, seq) SELECT e.number, MAX(e.seq)
            FROM applications a JOIN events e ON e.number = a.number WHERE a.settled = 0
            GROUP BY e.number HAVING bool_or(e.kind = 'submitted')""")
        self.psql("VACUUM ANALYZE; CHECKPOINT;")

    def one(self, text):
        return self.psql(text).strip().split("|")

    def bare_commits(self, seconds=5.0):
        self.psql("CREATE TABLE bare (n BIGSERIAL PRIMARY KEY, what TEXT)")
        script = os.path.join(self.home, "bare.sql")
        with open(script, "w") as file:
            file.write(f"INSERT INTO bare (what) VALUES ('{'x' * 1000}');")
        os.chmod(script, 0o644)
        link = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-n", "-c", "1", "-T", str(int(seconds))]
        told = self.tool("pgbench", *link, "-f", script, "postgres", stderr=subprocess.DEVNULL)
        return float(re.search(r"tps = ([\d.]+)", told)[1])

    def stop(self):
        self.tool("pg_ctl", "-D", self.home, "-m", "immediate", "-s", "stop")


async def paced(port, requests, rate):
    """Sends each request at its own moment, whatever became of those before; milliseconds from that moment to the
    last byte of its answer."""
    loop, took, free = asyncio.get_running_loop(), [], []
    begun = loop.time() + 0.2

    async def one(at, path, head):
        await asyncio.sleep(max(0, begun + at / rate - loop.time()))
        link = free.pop() if free else await asyncio.open_connection("127.0.0.1", port)
        reader, writer = link
        writer.write(f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n{head}\r\n".encode())
        answer = await reader.readuntil(b"\r\n\r\n")
        if not answer.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{path}: {answer[:100]}")
        length = re.search(rb"content-length: (\d+)", answer, re.I)
        await reader.readexactly(int(length[1]))
        took.append((loop.time() - (begun + at / rate)) * 1000)
        free.append(link)

    await asyncio.gather(*(one(at, path, head) for at, (path, head) in enumerate(requests)))
    for _, writer in free:
        writer.close()
    return sorted(took)


async def storm(port, jobs, lanes=16):
    """All jobs as quickly as so many connections can; seconds."""
    queue = list(reversed(jobs))

    async def lane():
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while queue:
            path, head = queue.pop()
            writer.write(f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 0\r\n{head}\r\n".encode())
            answer = await reader.readuntil(b"\r\n\r\n")
            if not answer.startswith(b"HTTP/1.1 20"):
                raise RuntimeError(f"{path}: {answer[:100]}")
            await reader.readexactly(int(re.search(rb"content-length: (\d+)", answer, re.I)[1]))
        writer.close()

    begun = time.perf_counter()
    await asyncio.gather(*(lane() for _ in range(lanes)))
    return time.perf_counter() - begun


def at(took, share):
    return took[min(len(took) - 1, int(len(took) * share))]


def measure(store, binary, count, seconds):
    os.makedirs(store.data, exist_ok=True)
    server = Server(binary, store.data, store.address)
    password = server.wait(r"(?i:kata sandi|password)[^\n]*?:\s*(\S+)")[1]
    own = fields(server)
    _, key = draft(server, own)
    where = {"origin": f"http://127.0.0.1:{server.port}"}
    signed, _ = server.call("POST", "/api/v1/staff/session", {"account": "kepala-loket", "password": password}, **where)
    cookie = signed.getheader("set-cookie").split(";")[0]
    server.call("PUT", "/api/v1/staff/password", {"old": password, "new": "sandi-baru-petugas"}, cookie=cookie, **where)
    keys = store.one("SELECT key_hash, view_hash FROM applications")
    server.stop()
    say(f"{store.name}: writing {count:,} applications and {count * 10:,} events")
    begun = time.perf_counter()
    generate(store, count, keys, own)
    print(f"{time.perf_counter() - begun:.0f} s", flush=True)

    server = Server(binary, store.data, store.address)
    where = {"origin": f"http://127.0.0.1:{server.port}"}
    signed, _ = server.call("POST", "/api/v1/staff/session", {"account": "kepala-loket", "password": "sandi-baru-petugas"}, **where)
    cookie = signed.getheader("set-cookie").split(";")[0]
    signed, _ = server.call("POST", "/loket/masuk", "akun=kepala-loket&sandi=sandi-baru-petugas", **where,
                            content_type="application/x-www-form-urlencoded")
    desk = signed.getheader("set-cookie").split(";")[0]
    bearer, staff = f"authorization: Bearer {key}\r\n", f"cookie: {cookie}\r\n"
    some = lambda: f"/api/v1/applications/2025-{random.randrange(count):07d}-AA/tracking"
    lines = [
        ("bare handler, 500 a second", 500, lambda: ("/api/v1/health", "")),
        ("tracking, 500 a second", 500, lambda: (some(), bearer)),
        ("queue of the desk, 10 a second", 10, lambda: ("/api/v1/staff/applications", staff)),
        ("page of the queue, 10 a second", 10, lambda: ("/loket", f"cookie: {desk}\r\n")),
        ("figures, 50 a second", 50, lambda: ("/api/v1/figures", "")),
        ("open-data page, 50 a second", 50, lambda: ("/kinerja", "")),
    ]
    begun = time.perf_counter()
    server.call("GET", "/api/v1/staff/applications", cookie=cookie)
    print(f"the queue, first read after a start: {time.perf_counter() - begun:.1f} s", flush=True)
    bare = None
    say(f"{store.name}: {seconds} s each")
    for name, rate, request in lines:
        asyncio.run(paced(server.port, [request() for _ in range(rate)], rate))
        took = asyncio.run(paced(server.port, [request() for _ in range(rate * seconds)], rate))
        median, late = statistics.median(took), at(took, 0.99)
        bare = bare or median
        print(f"{name:34} median {median:8.2f} ms   p99 {late:8.2f} ms   median / bare {median / bare:6.1f}", flush=True)
    print(f"{'memory':34} now {server.memory('VmRSS'):.0f} MB   most {server.memory('VmHWM'):.0f} MB", flush=True)

    say(f"{store.name}: handing in, 16 connections")
    drafts = [draft(server, own) for _ in range(300)]
    jobs = [(f"/api/v1/applications/{number}/submit", f"authorization: Bearer {key}\r\nidempotency-key: satu-{number}\r\n") for number, key in drafts]
    rate = len(jobs) / asyncio.run(storm(server.port, jobs))
    loop = store.bare_commits()
    print(f"{rate:.0f} a second; a bare loop of synced commits {loop:.0f} a second: ratio {rate / loop:.2f}", flush=True)
    server.stop()


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--binary", required=True)
    args.add_argument("--applications", type=int, default=1_000_000)
    args.add_argument("--seconds", type=int, default=20)
    args.add_argument("--databases", default="sqlite,postgres")
    args = args.parse_args()
    stores = {"sqlite": Sqlite, "postgres": Postgres}
    for name in args.databases.split(","):
        folder = tempfile.mkdtemp(prefix="satu-pintu-bench-")
        # Where PostgreSQL runs as a user of its own, it must get in.
        os.chmod(folder, 0o755)
        store = None
        try:
            store = stores[name](folder)
            measure(store, args.binary, args.applications, args.seconds)
        finally:
            for server in list(Server.running):
                server.stop()
            if store:
                store.stop()
            shutil.rmtree(folder, ignore_errors=True)


main()
