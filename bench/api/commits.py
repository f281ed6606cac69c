#!/usr/bin/env python3
"""Commits a second of a bare loop: commits.py FOLDER, with SQLite as the server sets it up; or a PostgreSQL address."""
import sqlite3, subprocess, sys, tempfile, time

COUNT = 500
if sys.argv[1].startswith("postgres://"):
    loop = "CREATE TABLE bare (n BIGINT); " + "".join(f"BEGIN; INSERT INTO bare VALUES ({n}); COMMIT;\n" for n in range(COUNT))
    began = time.monotonic()
    subprocess.run(["psql", "-q", sys.argv[1]], input=loop + "DROP TABLE bare;", text=True, check=True)
else:
    with tempfile.TemporaryDirectory(dir=sys.argv[1]) as folder:
        database = sqlite3.connect(f"{folder}/bare.db", isolation_level=None)
        database.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE bare (n INTEGER)")
        began = time.monotonic()
        for n in range(COUNT):
            database.execute("BEGIN IMMEDIATE")
            database.execute("INSERT INTO bare VALUES (?)", (n,))
            database.execute("COMMIT")
print(round(COUNT / (time.monotonic() - began)))
