"""Grows the judge's trees from the set `laras`, draws their line and writes crates/judge/src/trees.rs. Never sees the
set of the report.

tune.py CONTENT JUDGE CACHE FILE      prints what lines near that one would do, in cross-validation over pages; writes FILE

Two forests look at letters: is it one at all, and is its word read? A third looks at what they say of a page's letters
together and at measures of the whole. It learns from letters judged by forests that never saw the page.
"""

import concurrent.futures
import os
import pathlib
import sys

import numpy as np

import boost
import judge
import words

FOLDS = 5
# So many letters of a photo are learnt from: those of one photo are much alike.
LETTERS = 120
# Bad by construction for reasons that the trees do not look at.
APART = {"sama", "lain", "terpotong"}


class Seen:
    """A photo as the judge sees it."""

    def __init__(self, program, photo, said):
        count, marks = said["letters"], program.marks
        numbers = np.frombuffer(program.process.stdout.read(count * (2 + marks) * 4), "<f4").reshape(count, 2 + marks)
        self.page, self.read, self.bad = photo["page"], photo["read"], photo["bad"]
        self.size, self.whole, self.plain = said["size"], said["whole"], said["plain"]
        self.places, self.marks = numbers[:, :2], numbers[:, 2:]
        # A blank picture has no words to look for.
        self.labels = words.labels(photo, self.places) if "clean" in photo else np.full(count, words.OTHER)

    def chances(self, program, text, read):
        """What the letters say together, by the judge's own sum."""
        four = np.column_stack([self.places, boost.chance(text, self.marks), boost.chance(read, self.marks)])
        program.say(f"sum {self.size[0]} {self.size[1]} {len(four)}", four.astype("<f4").tobytes())
        return list(program.answer().values())


def seen(program, content, cache, name):
    photos = (photo for photo in judge.pictures(content, cache, name) if photo["harm"] not in APART)
    return [Seen(program, photo, program.ask(photo)) for photo in photos]


def letters(photos, wanted, rng):
    """Marks and labels of some letters of each photo."""
    chosen = []
    for photo in photos:
        at = np.flatnonzero(wanted(photo.labels))
        chosen.append((photo, rng.permutation(at)[:LETTERS]))
    marks = np.concatenate([photo.marks[at] for photo, at in chosen])
    return marks, np.concatenate([photo.labels[at] for photo, at in chosen])


def forests(photos):
    """Is it a letter, and is its word read?"""
    rng = np.random.default_rng(1)
    marks, label = letters(photos, lambda l: l != words.SHORT, rng)
    text = boost.grow(marks, (label != words.OTHER) * 1.0, np.ones(len(label)), rounds=20, rate=0.3, calm=20, least=30)
    marks, label = letters(photos, lambda l: l >= 0, rng)
    read = boost.grow(marks, label * 1.0, np.ones(len(label)), rounds=160, rate=0.15, calm=60, least=250)
    return text, read


def page(values, photos):
    bad = np.array([photo.bad for photo in photos], float)
    # What is read half-way tells little.
    weight = np.array([min(1, max(0.2, abs(photo.read - judge.READ) / 0.15)) for photo in photos])
    return boost.grow(values, bad, weight, rounds=150, rate=0.08, calm=20, least=30)


def faults(refused, bad, pages):
    """How many in a hundred bad ones are missed and good ones refused, with those that the trees do not look at: of
    each page two bad ones and a good one."""
    return 100 * (~refused)[bad].sum() / (bad.sum() + 2 * pages), 100 * refused[~bad].sum() / ((~bad).sum() + pages)


def main():
    content, path, cache, out = sys.argv[1:]
    program = judge.Judge(path, "letters")
    program.marks = program.answer()["marks"]
    photos = seen(program, content, pathlib.Path(cache), "laras")
    names = sorted({photo.page for photo in photos})
    fold = np.array([names.index(photo.page) % FOLDS for photo in photos])
    others = [[photo for photo, own in zip(photos, fold) if own != at] for at in range(FOLDS)]
    with concurrent.futures.ProcessPoolExecutor(int(os.environ.get("JOBS", "2"))) as pool:
        *fitted, (text, read) = pool.map(forests, [*others, photos])
    values = np.array([photo.whole + photo.chances(program, *fitted[own]) for photo, own in zip(photos, fold)])
    bad, plain = (np.array([getattr(photo, what) for photo in photos]) for what in ["bad", "plain"])
    score = np.zeros(len(photos))
    for at in range(FOLDS):
        score[fold == at] = boost.score(page(values[fold != at], others[at]), values[fold == at])
    whole = page(values, photos)
    does = lambda line: faults(plain | (score > line), bad, len(names))
    # As many in a hundred bad ones are missed as good ones refused.
    best = min(np.unique(score), key=lambda line: abs(np.subtract(*does(line))))
    for line in [best - 1, best - 0.5, best, best + 0.5, best + 1]:
        print("above {:5.2f}: {:.1f} % of the bad ones missed, {:.1f} % of the good ones refused".format(line, *does(line)))
    pathlib.Path(out).write_text(
        "//! Made by bench/judge/tune.py from the set `laras`.\n\n// A number may happen to be near pi.\n#![allow(clippy::approx_constant)]\n\nuse crate::tree::{Forest, Tree};\n\n"
        f"/// Above this a photo counts as unreadable.\npub const LIMIT: f32 = {boost.number(best)};\n\n"
        "/// Is it a letter?\n#[rustfmt::skip]\n" + boost.written("TEXT", text) + "\n"
        "/// Is its word read?\n#[rustfmt::skip]\n" + boost.written("READ", read) + "\n"
        "/// Is the page bad?\n#[rustfmt::skip]\n" + boost.written("PAGE", whole))


if __name__ == "__main__":
    main()
