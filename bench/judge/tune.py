"""Fits the judge's trees to the set `laras` and writes crates/judge/src/trees.rs. Never sees another set.

tune.py CONTENT JUDGE CACHE FILE      prints what five-fold cross-validation over pages says, writes FILE
"""

import pathlib
import sys

import numpy as np

import judge

ROUNDS, RATE, CALM = 45, 0.2, 3.0
# Bad by construction for reasons that the trees do not look at.
APART = {"sama", "lain", "terpotong"}


def split(values, slope, bend):
    """The best feature and threshold for one split, by the gain of a second-order step."""
    best = (0.05, None, None)
    for feature in range(values.shape[1]):
        order = np.argsort(values[:, feature])
        ordered, up, down = values[order, feature], np.cumsum(slope[order]), np.cumsum(bend[order])
        at = np.where(ordered[1:] - ordered[:-1] > 1e-6)[0]
        at = at[(at >= 4) & (at < len(ordered) - 5)]
        if len(at):
            gain = up[at] ** 2 / (down[at] + CALM) + (up[-1] - up[at]) ** 2 / (down[-1] - down[at] + CALM) - up[-1] ** 2 / (down[-1] + CALM)
            top = int(np.argmax(gain))
            if gain[top] > best[0]:
                best = (gain[top], feature, float(ordered[at[top]] + ordered[at[top] + 1]) / 2)
    return best[1], best[2]


def leaf(slope, bend):
    return -RATE * slope.sum() / (bend.sum() + CALM)


def value(tree, values):
    feature, at, low, high = tree
    side = lambda s: np.where(values[:, s[0]] < s[1], s[2], s[3])
    return np.where(values[:, feature] < at, side(low), side(high))


def grow(values, bad, weight):
    """Boosted trees of two levels, each as (feature, threshold, low, high), sides as (feature, threshold, low, high)."""
    score, trees = np.zeros(len(bad)), []
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-score))
        slope, bend = (chance - bad) * weight, np.maximum(chance * (1 - chance), 1e-4) * weight
        feature, at = split(values, slope, bend)
        if feature is None:
            break
        sides = []
        for part in [values[:, feature] < at, values[:, feature] >= at]:
            inner, where = split(values[part], slope[part], bend[part]) if part.sum() > 12 else (None, None)
            if inner is None:
                same = leaf(slope[part], bend[part])
                sides.append((0, 0.0, same, same))
            else:
                low = values[part][:, inner] < where
                sides.append((inner, where, leaf(slope[part][low], bend[part][low]), leaf(slope[part][~low], bend[part][~low])))
        trees.append((feature, at, *sides))
        score += value(trees[-1], values)
    return trees


def write(path, trees):
    side = lambda s: f"({s[0]}, {s[1]:.3}, {s[2]:.3}, {s[3]:.3})"
    rows = "".join(f"    ({t[0]}, {t[1]:.3}, {side(t[2])}, {side(t[3])}),\n" for t in trees)
    rows = rows.replace("(", "(").replace("e-0", "e-")
    path.write_text(
        "//! Made by bench/judge/tune.py from the set `laras`: (feature, threshold, below, from it on), the sides likewise.\n\n"
        "pub type Side = (usize, f32, f32, f32);\n\n"
        "#[rustfmt::skip]\n"
        f"pub const TREES: [(usize, f32, Side, Side); {len(trees)}] = [\n{rows}];\n")


def main():
    content, binary, cache, out = sys.argv[1:]
    told = [(p, s) for p, s in judge.ask(binary, judge.pictures(content, pathlib.Path(cache), "laras")) if p["harm"] not in APART]
    values = np.array([list(said["features"].values()) for _, said in told])
    bad = np.array([photo["bad"] for photo, _ in told], float)
    # What is read half-way tells little.
    weight = np.array([min(1, max(0.2, abs(photo["read"] - judge.READ) / 0.15)) for photo, _ in told])
    pages = sorted({photo["page"] for photo, _ in told})
    fold = np.array([pages.index(photo["page"]) % 5 for photo, _ in told])
    score = np.zeros(len(bad))
    for part in range(5):
        rest = fold != part
        trees = grow(values[rest], bad[rest], weight[rest])
        score[~rest] = sum(value(t, values[~rest]) for t in trees)
    for limit in [-1.5, -1, -0.5, 0, 0.5, 1]:
        print(f"above {limit:4}: {100 * (score > limit)[bad == 1].mean():.1f} % of bad, {100 * (score > limit)[bad == 0].mean():.1f} % of good")
    write(pathlib.Path(out), grow(values, bad, weight))


if __name__ == "__main__":
    main()
