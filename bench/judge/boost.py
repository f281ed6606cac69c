"""Boosted trees of three questions each, with numpy alone: what bench/judge/tune.py fits and crates/judge/src/tree.rs asks."""

import numpy as np

DEPTH = 3
# Values of a measure are told apart in so many steps.
STEPS = 48


def borders(values):
    """Between which values each measure may be parted."""
    found = []
    for column in values.T:
        marks = np.unique(np.quantile(column, np.linspace(0, 1, STEPS), method="nearest"))
        found.append((marks[1:] + marks[:-1]) / 2)
    return found


def grow(values, wanted, weight, rounds, rate, calm, least):
    """A forest as (base, trees), a tree as (asks, least, adds): the chance that `wanted` is 1. `calm` holds back what
    few cases say; no side of a question has less weight than `least`."""
    edges = borders(values)
    steps = np.stack([np.searchsorted(edge, column, side="right") for edge, column in zip(edges, values.T)], 1)
    base = np.log((weight * wanted).sum() / (weight * (1 - wanted)).sum())
    score, trees, rng = np.full(len(wanted), base), [], np.random.default_rng(1)
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-score))
        slope, bend = (chance - wanted) * weight, np.maximum(chance * (1 - chance), 1e-4) * weight
        # Each tree may ask for half of the measures only: it grows quicker, and learns less by heart.
        offered = rng.permutation(steps.shape[1])[: steps.shape[1] // 2]
        node, asks, bounds = np.zeros(len(wanted), int), [], []
        for depth in range(DEPTH):
            feature, step = question(steps, offered, node, 1 << depth, slope, bend, weight, calm, least)
            asks += [int(f) for f in feature]
            bounds += [float(edges[f][s]) if s < len(edges[f]) else 1e9 for f, s in zip(feature, step)]
            node = node * 2 + (steps[np.arange(len(steps)), feature[node]] > step[node])
        sides = 1 << DEPTH
        adds = -rate * np.bincount(node, slope, sides) / (np.bincount(node, bend, sides) + calm)
        score += adds[node]
        trees.append((asks, bounds, adds))
    return base, trees


def question(steps, offered, node, nodes, slope, bend, weight, calm, least):
    """For each node the offered measure and the step that part it best, by the gain of a second-order step."""
    best, feature, step = np.full(nodes, 1e-3), np.zeros(nodes, int), np.full(nodes, STEPS)
    for at in offered:
        key = node * STEPS + steps[:, at]
        up, down, mass = (np.bincount(key, of, nodes * STEPS).reshape(nodes, STEPS).cumsum(1) for of in (slope, bend, weight))
        rest = lambda sums: sums[:, -1:] - sums
        gain = up ** 2 / (down + calm) + rest(up) ** 2 / (rest(down) + calm) - up[:, -1:] ** 2 / (down[:, -1:] + calm)
        gain[(mass < least) | (rest(mass) < least)] = 0
        top = gain.argmax(1)
        most = gain[np.arange(nodes), top]
        better = most > best
        best[better], feature[better], step[better] = most[better], at, top[better]
    return feature, step


def score(forest, values):
    base, trees = forest
    total, rows = np.full(len(values), base), np.arange(len(values))
    for asks, bounds, adds in trees:
        asks, bounds, at = np.array(asks), np.array(bounds), np.zeros(len(values), int)
        for _ in range(DEPTH):
            at = at * 2 + 1 + (values[rows, asks[at]] >= bounds[at])
        total += adds[at - len(asks)]
    return total


def chance(forest, values):
    return 1 / (1 + np.exp(-score(forest, values)))


def written(name, forest):
    """As Rust."""
    base, trees = forest
    numbers = lambda all: ", ".join(number(n) for n in all)
    rows = "".join(
        f"    Tree {{ asks: [{', '.join(map(str, asks))}], least: [{numbers(bounds)}], adds: [{numbers(adds)}] }},\n"
        for asks, bounds, adds in trees)
    return f"pub static {name}: Forest = Forest {{ base: {number(base)}, trees: &[\n{rows}] }};\n"


def number(value):
    text = f"{value:.4g}"
    return text if "." in text or "e" in text else text + ".0"
