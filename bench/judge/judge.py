"""Measures the photo judge on pages of our own, labelled by Debian's tesseract with `ind` (see docs/BENCH.md).

judge.py CONTENT JUDGE CACHE SET...   makes the pictures of each set, labels them, asks JUDGE, prints the table
"""

import collections
import concurrent.futures
import hashlib
import io
import json
import math
import os
import pathlib
import subprocess
import sys

from PIL import Image

import harm
import pages

# No page, no seed is in two sets. `laras` is for tuning, `uji` for the report.
SETS = {"laras": (1_000, 25), "uji": (50_000, 16), "coba": (9_000, 3)}
READ = 0.8
TIME = 20


def ocr(image_bytes, cache, layout):
    """The words of three signs and more that tesseract reads, as a bag; kept by the picture's hash."""
    kept = cache / f"{hashlib.sha256(image_bytes).hexdigest()[:24]}-{layout}.txt"
    if not kept.exists():
        try:
            command = ["tesseract", "-", "-", "-l", "ind", "--psm", layout, "-c", "tessedit_do_invert=0"]
            done = subprocess.run(command, input=image_bytes, capture_output=True, timeout=TIME,
                                  env={**os.environ, "OMP_THREAD_LIMIT": "1"})
            text = done.stdout
        except subprocess.TimeoutExpired:
            text = b""
        part = kept.with_suffix(f".{os.getpid()}")
        part.write_bytes(text)
        part.rename(kept)
    words = ("".join(c for c in w.lower() if c.isalnum()) for w in kept.read_text("utf-8", "replace").split())
    return collections.Counter(w for w in words if len(w) >= 3)


def readable(clean, image_bytes, cache):
    """The share of the clean page's words that are read as sparse text or, where that fails, as a page with layout:
    what counts is whether words can be read, not whether columns are told apart."""
    read = share(clean, ocr(image_bytes, cache, "11"))
    return read if read >= READ else max(read, share(clean, ocr(image_bytes, cache, "3")))


def share(clean, read):
    """How many of the clean page's words are read."""
    return sum((clean & read).values()) / max(1, sum(clean.values()))


def png(image):
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def one(job):
    """A page with all its photos: what they are, whether they are bad, and their bytes."""
    content, cache, kind, seed = job
    text = pages.sentences(content)
    page = pages.page(kind, seed, text)
    clean, found = ocr(png(page), cache, "11"), []
    for what in harm.HARMS:
        jpeg = harm.photo(page, what, seed)
        read = readable(clean, jpeg, cache)
        found.append({"page": f"{kind} {seed}", "harm": what, "read": read, "bad": read < READ, "jpeg": jpeg})
    for what in ["terpotong", "kosong"]:
        found.append({"page": f"{kind} {seed}", "harm": what, "read": 0, "bad": True, "jpeg": harm.photo(page, what, seed)})
    good = found[0]["jpeg"]
    found.append({"page": f"{kind} {seed}", "harm": "sama", "read": 0, "bad": True, "jpeg": harm.again(good, seed), "known": good})
    other = harm.photo(pages.page(kind, seed + 500, text), "baik", seed)
    found.append({"page": f"{kind} {seed}", "harm": "lain", "read": 1, "bad": False, "jpeg": other, "known": good})
    return found


def pictures(content, cache, name):
    """A set, page by page."""
    first, count = SETS[name]
    jobs = [(content, cache, pages.KINDS[at % len(pages.KINDS)], first + at) for at in range(count)]
    with concurrent.futures.ProcessPoolExecutor(int(os.environ.get("JOBS", "2"))) as pool:
        for at, found in enumerate(pool.map(one, jobs)):
            print(f"{name}: page {at + 1} of {count}", file=sys.stderr)
            yield from found


def ask(judge, photos):
    """What the judge says of each; it reads grey pictures, as the browser's worker does."""
    with subprocess.Popen([judge], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        def say(jpeg):
            image = Image.open(io.BytesIO(jpeg)).convert("L")
            process.stdin.write(f"{image.width} {image.height}\n".encode() + image.tobytes())
            process.stdin.flush()
            return json.loads(process.stdout.readline())
        for photo in photos:
            known = say(photo["known"])["hash"] if "known" in photo else ""
            process.stdin.write(f"known {known}\n".encode())
            yield photo, say(photo["jpeg"])
        process.stdin.close()


def interval(hits, count):
    """Wilson's interval, 95 %."""
    if not count:
        return "-"
    z, p = 1.96, hits / count
    middle, half = p + z * z / (2 * count), z * math.sqrt(p * (1 - p) / count + z * z / (4 * count * count))
    return f"{100 * max(0, middle - half) / (1 + z * z / count):.0f}-{100 * (middle + half) / (1 + z * z / count):.0f} %"


def report(name, told):
    by = collections.OrderedDict()
    for photo, said in told:
        for key in [photo["harm"], "all"]:
            row = by.setdefault(key, [0, 0, 0, 0])
            row[0 if photo["bad"] else 2] += 1
            row[1 if photo["bad"] else 3] += bool(said["faults"])
    by.move_to_end("all")
    print(f"\n{name}\n{'harm':12} {'bad':>5} {'caught':>7} {'':>7} {'95 %':>10} {'good':>6} {'refused':>8} {'':>7} {'95 %':>10}")
    for key, (bad, caught, good, refused) in by.items():
        part = lambda n, of: f"{100 * n / of:.1f} %" if of else "-"
        print(f"{key:12} {bad:>5} {caught:>7} {part(caught, bad):>7} {interval(caught, bad):>10} "
              f"{good:>6} {refused:>8} {part(refused, good):>7} {interval(refused, good):>10}")


def main():
    content, judge, cache, *names = sys.argv[1:]
    cache = pathlib.Path(cache)
    cache.mkdir(parents=True, exist_ok=True)
    for name in names:
        report(name, list(ask(judge, pictures(content, cache, name))))


if __name__ == "__main__":
    main()
