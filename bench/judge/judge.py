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
import resource
import subprocess
import sys

from PIL import Image

import harm
import pages

# No page, no seed is in two sets. From `laras` the trees are grown and their line is drawn, over `uji` it is reported.
SETS = {
    "laras": [(1_000, 134), (60_000, 60), (80_000, 85), (100_000, 85), (120_000, 85)],
    "uji": [(160_000, 60)], "coba": [(9_000, 3)],
}
READ = 0.8
TIME = 20
LONG = 3


def ocr(image_bytes, cache, layout):
    """The words that tesseract reads, each with its box; kept by the picture's hash."""
    kept = cache / f"{hashlib.sha256(image_bytes).hexdigest()[:24]}-{layout}.tsv"
    if not kept.exists():
        command = ["tesseract", "-", "-", "-l", "ind", "--psm", layout, "-c", "tessedit_do_invert=0", "-c", "tessedit_create_tsv=1"]
        done = subprocess.run(command, input=image_bytes, capture_output=True, preexec_fn=limited,
                              env={**os.environ, "OMP_THREAD_LIMIT": "1"})
        part = kept.with_suffix(f".{os.getpid()}")
        part.write_bytes(done.stdout if done.returncode == 0 else b"")
        part.rename(kept)
    found = []
    for line in kept.read_text("utf-8", "replace").splitlines()[1:]:
        level, *_, x, y, width, height, _, text = line.split("\t")
        word = "".join(c for c in text.lower() if c.isalnum())
        if level == "5" and word:
            found.append((word, int(x), int(y), int(width), int(height)))
    return found


def limited():
    """Of the processor's time, not the clock's: what is read does not hang on what else runs."""
    resource.setrlimit(resource.RLIMIT_CPU, (TIME, TIME))


def bag(words):
    """Words of three signs and more, as often as they were read."""
    return collections.Counter(word for word, *_ in words if len(word) >= LONG)


def readings(clean, image_bytes, cache):
    """What is read as sparse text and, where that fails, as a page with layout: what counts is whether words can be
    read, not whether columns are told apart."""
    found = [ocr(image_bytes, cache, "11")]
    if share(clean, found) < READ:
        found.append(ocr(image_bytes, cache, "3"))
    return found


def share(clean, readings):
    """How many of the clean page's words the better reading has."""
    wanted = bag(clean)
    return max(sum((wanted & bag(words)).values()) for words in readings) / max(1, sum(wanted.values()))


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

    def add(what, jpeg, read, bad, **more):
        found.append({"page": f"{kind} {seed}", "harm": what, "jpeg": jpeg, "read": read, "bad": bad, **more})

    for what in harm.HARMS:
        jpeg, back = harm.photo(page, what, seed)
        words = readings(clean, jpeg, cache)
        read = share(clean, words)
        add(what, jpeg, read, read < READ, clean=clean, words=words, back=back)
    for what in ["terpotong", "kosong"]:
        add(what, harm.photo(page, what, seed)[0], 0, True)
    good = found[0]["jpeg"]
    add("sama", harm.again(good, seed), 0, True, known=good)
    other = harm.photo(pages.page(kind, seed + 500, text), "baik", seed)[0]
    add("lain", other, 1, False, known=good)
    return found


def pictures(content, cache, name):
    """A set, page by page."""
    pieces = SETS[name]
    jobs = [(content, cache, pages.KINDS[at % len(pages.KINDS)], first + at) for first, count in pieces for at in range(count)]
    with concurrent.futures.ProcessPoolExecutor(int(os.environ.get("JOBS", "2"))) as pool:
        for at, found in enumerate(pool.map(one, jobs)):
            print(f"{name}: page {at + 1} of {len(jobs)}", file=sys.stderr)
            yield from found


class Judge:
    """The judge as a program beside: it reads grey pictures, as the browser's worker does."""

    def __init__(self, program, *words):
        self.process = subprocess.Popen([program, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def say(self, *parts):
        for part in parts:
            self.process.stdin.write(part if isinstance(part, bytes) else f"{part}\n".encode())
        self.process.stdin.flush()

    def answer(self):
        return json.loads(self.process.stdout.readline())

    def look(self, jpeg):
        image = Image.open(io.BytesIO(jpeg)).convert("L")
        self.say(f"{image.width} {image.height}", image.tobytes())
        return {**self.answer(), "size": image.size}

    def ask(self, photo):
        """What it says of a photo after another."""
        self.say("known")
        known = self.look(photo["known"])["hash"] if "known" in photo else ""
        self.say(f"known {known}")
        return self.look(photo["jpeg"])


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
    missed = [photo["read"] for photo, said in told if photo["bad"] and not said["faults"]]
    refused = [photo["read"] for photo, said in told if not photo["bad"] and said["faults"]]
    times = sorted(said["ms"] for _, said in told)
    print(f"of {len(missed)} missed {sum(read >= 0.6 for read in missed)} are read to 60 % and more, "
          f"of {len(refused)} refused {sum(read < 0.9 for read in refused)} to less than 90 %; "
          f"{times[len(times) // 2]:.0f} ms a photo, at most {times[-1]:.0f}")


def main():
    content, program, cache, *names = sys.argv[1:]
    judge = Judge(program)
    cache = pathlib.Path(cache)
    cache.mkdir(parents=True, exist_ok=True)
    for name in names:
        report(name, [(photo, judge.ask(photo)) for photo in pictures(content, cache, name)])


if __name__ == "__main__":
    main()
