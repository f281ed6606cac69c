#!/usr/bin/env python3
"""Fills a database that the server has made: fill.py sqlite:PATH|postgres://... APPLICATIONS OPEN DRAFTS KEY_HASH VIEW_HASH"""
import itertools, json, pathlib, sqlite3, subprocess, sys

store, key, view = sys.argv[1], sys.argv[5], sys.argv[6]
count, opened, drafts = map(int, sys.argv[2:5])
FIELDS = {
    "nama": "Sri Contoh", "nik": "7399014101900001", "telepon": "081234567890", "alamat": "Jl. Pasar Lama No. 12, Desa Contoh",
    "kabar": "whatsapp", "pengurus": "sendiri", "setuju": "ya", "jenis": "papan-nama", "teks": "Warung Bu Sri",
    "rokok-alkohol": "tidak", "panjang": "150", "lebar": "100", "tinggi": "3", "muka": "1",
    "alamat-pasang": "Jl. Pasar Lama No. 12, depan masjid", "letak": "bangunan", "mulai": "2026-04-15", "bulan": "12",
}
ITEMS = ["ktp", "foto-tiga-arah", "gambar-reklame", "bukti-tempat-reklame", "npwpd", "pernyataan-bongkar"]
LINES = [
    ("applicant", "", {"kind": "drafted"}),
    ("applicant", "", {"kind": "submitted", "intake_days": 1, "service_days": 5, "rules": ""}),
    ("staff", "ani", {"kind": "taken"}),
    ("staff", "ani", {"kind": "item-accepted", "item": "ktp"}),
    ("staff", "ani", {"kind": "complete"}),
    ("staff", "ani", {"kind": "agency-asked", "agency": "pupr", "days": 2, "question": "Mohon periksa."}),
    ("staff", "dedi", {"kind": "agency-answered", "agency": "pupr", "agrees": True, "text": "Tidak berkeberatan."}),
    ("staff", "citra", {"kind": "granted"}),
    ("staff", "citra", {"kind": "issued", "number": "503/SP-REKLAME/0001/2026", "valid_until": None}),
    ("staff", "ani", {"kind": "handed-over", "how": "Diambil di loket."}),
]
quoted = lambda text: "'" + str(text).replace("'", "''") + "'"
values = lambda rows: ", ".join("(" + ", ".join(row) + ")" for row in rows)
lines = values([str(seq), quoted(actor), quoted(by), quoted(what["kind"]), quoted(json.dumps(what))] for seq, (actor, by, what) in enumerate(LINES, 1))
parts = itertools.product(["reklame", "klinik", "sip", "spp-irt"], ["whole", "front-office", "back-office", "signer", "agency:pupr"], ["2025-1", "2025-2", "2026-1"], range(1, 31))
numbers = "printf('2026-%06d-AA', n)" if store.startswith("sqlite:") else "'2026-' || lpad(n::text, 6, '0') || '-AA'"
series = "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < %d) SELECT n FROM s" % count
if not store.startswith("sqlite:"):
    series = f"SELECT generate_series(1, {count}) AS n"
sql = f"""
CREATE TEMP TABLE numbers AS SELECT n, {numbers} AS number FROM ({series}) AS s;
CREATE TEMP TABLE lines (seq BIGINT, actor TEXT, account TEXT, kind TEXT, what TEXT);
INSERT INTO lines VALUES {lines};
CREATE TEMP TABLE items (item TEXT);
INSERT INTO items VALUES {values([quoted(item)] for item in ITEMS)};
CREATE TEMP TABLE parts (service TEXT, part TEXT, half TEXT, days BIGINT);
INSERT INTO parts VALUES {values([quoted(s), quoted(p), quoted(h), str(d)] for s, p, h, d in parts)};
""" + pathlib.Path(__file__).with_name("fill.sql").read_text()
for name, value in {"all": count, "open": opened, "drafts": drafts, "key": key, "view": view, "fields": json.dumps(FIELDS)}.items():
    sql = sql.replace(f":{name}", str(value))
if store.startswith("sqlite:"):
    database = sqlite3.connect(store.removeprefix("sqlite:"), isolation_level=None)
    database.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA temp_store = MEMORY; BEGIN;" + sql + "COMMIT; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);")
else:
    subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", store], input=f"BEGIN;{sql}COMMIT; ANALYZE;", text=True, check=True)
