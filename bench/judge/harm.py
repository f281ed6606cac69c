"""From a clean page to a photo of it: table, hand, lens, light, sensor, compression. All from one seed."""

import io
import math
import random

import numpy as np
from PIL import Image, ImageFilter

# What is done beside the small faults of every photo. The last three are bad by construction.
HARMS = ["baik", "fokus", "goyang", "derau", "gelap", "bayangan", "silau", "miring", "perspektif", "kecil", "kompresi", "campur"]
MADE = ["terpotong", "kosong", "sama"]


def homography(source, target):
    """The eight numbers that take target points to source points."""
    rows, values = [], []
    for (x, y), (u, v) in zip(target, source):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return np.linalg.solve(np.array(rows, float), np.array(values, float))


def table(rng, width, height):
    """A table top: one tone, grain, planks."""
    base = rng.choice([rng.randint(35, 90), rng.randint(90, 150)])
    noise = np.random.default_rng(rng.getrandbits(32))
    coarse = Image.fromarray(noise.normal(base, 14, (max(2, height // 40), max(2, width // 12))).clip(0, 255).astype(np.uint8))
    image = np.asarray(coarse.resize((width, height), Image.BICUBIC), float)
    if rng.random() < 0.5:
        step = rng.randint(120, 300)
        image[:, (np.arange(width) + rng.randint(0, step)) % step < 3] *= 0.6
    return image + noise.normal(0, 4, image.shape)


def lay(rng, page, angle, bend, room, shift=(0.0, 0.0)):
    """The page on a table, turned by `angle` degrees, its corners moved by up to `bend` of its width; and the eight
    numbers that take its points back to the page."""
    width, height = page.size
    wide, high = int(width * (1 + 2 * room)), int(height * (1 + 2 * room))
    turn = math.radians(angle)
    if abs(angle) > 3:
        need = abs(math.cos(turn)) * np.array([width, height]) + abs(math.sin(turn)) * np.array([height, width])
        wide, high = int(need[0] * (1 + 2 * room)), int(need[1] * (1 + 2 * room))
    middle = np.array([wide / 2 + shift[0] * width, high / 2 + shift[1] * height])
    corners = []
    for x, y in [(0, 0), (width, 0), (width, height), (0, height)]:
        dx, dy = x - width / 2 + rng.uniform(-bend, bend) * width, y - height / 2 + rng.uniform(-bend, bend) * width
        corners.append((middle[0] + dx * math.cos(turn) - dy * math.sin(turn), middle[1] + dx * math.sin(turn) + dy * math.cos(turn)))
    numbers = homography([(0, 0), (width, 0), (width, height), (0, height)], corners)
    laid = page.transform((wide, high), Image.PERSPECTIVE, tuple(numbers), Image.BICUBIC)
    mask = Image.new("L", page.size, 255).transform((wide, high), Image.PERSPECTIVE, tuple(numbers), Image.BICUBIC)
    alpha = np.asarray(mask, float) / 255
    return np.asarray(laid, float) * alpha + table(rng, wide, high) * (1 - alpha), numbers


def motion(image, length, angle):
    """The hand moved in a straight line while the shutter was open."""
    steps = max(2, int(length * 2))
    total = np.zeros_like(image)
    for at in np.linspace(-length / 2, length / 2, steps):
        dx, dy = at * math.cos(angle), at * math.sin(angle)
        total += np.asarray(Image.fromarray(image.astype(np.float32)).transform(
            (image.shape[1], image.shape[0]), Image.AFFINE, (1, 0, dx, 0, 1, dy), Image.BILINEAR), float)
    total /= steps
    edge = int(length) + 1
    total[:edge], total[-edge:], total[:, :edge], total[:, -edge:] = image[:edge], image[-edge:], image[:, :edge], image[:, -edge:]
    return total


def blur(image, radius):
    return np.asarray(Image.fromarray(image.clip(0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(radius)), float)


def light(rng, shape, depth):
    """From 1 down to 1 - depth, along a line or from the edge of a hand's shadow."""
    height, width = shape
    y, x = np.mgrid[0:height, 0:width]
    turn = rng.uniform(0, 2 * math.pi)
    along = (x / width - 0.5) * math.cos(turn) + (y / height - 0.5) * math.sin(turn)
    if rng.random() < 0.5:
        return 1 - depth * (along + 0.7) / 1.4
    return 1 - depth / (1 + np.exp(-(along - rng.uniform(-0.15, 0.15)) * rng.uniform(20, 80)))


def glare(rng, shape, size, power):
    height, width = shape
    y, x = np.mgrid[0:height, 0:width]
    cx, cy = rng.uniform(0.25, 0.75) * width, rng.uniform(0.25, 0.75) * height
    rx, ry = size * width * rng.uniform(0.7, 1.4), size * width * rng.uniform(0.7, 1.4)
    return power * np.exp(-(((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2) ** 2)


def compress(image, quality):
    """What the office receives: a JPEG."""
    out = io.BytesIO()
    Image.fromarray(image.clip(0, 255).astype(np.uint8)).save(out, "JPEG", quality=quality)
    return out.getvalue()


def photo(page, harm, seed):
    """A JPEG of the page with one harm, from hardly seen to hopeless, and the eight numbers back to the page."""
    rng = random.Random(f"{harm} {seed}")
    noise = np.random.default_rng(rng.getrandbits(32))
    how = rng.random()
    harms = rng.sample(["fokus", "derau", "gelap", "bayangan", "kecil", "kompresi", "miring"], 2) if harm == "campur" else [harm]
    mild = 0.6 if harm == "campur" else 1.0

    def level(low, high):
        return low + (high - low) * (how if len(harms) == 1 else rng.random()) * mild

    angle, bend, room, shift = rng.uniform(-2, 2), 0.01, rng.uniform(0.03, 0.1), (0.0, 0.0)
    if "miring" in harms:
        angle = rng.choice([-1, 1]) * level(2, 30)
    if "perspektif" in harms:
        bend = level(0.01, 0.14)
    if harm == "terpotong":
        side, cut = rng.choice([(1, 0), (-1, 0), (0, 1), (0, -1)]), rng.uniform(0.14, 0.4) + room
        shift = (side[0] * cut, side[1] * cut)
    if harm == "kosong":
        page = Image.new("L", page.size, page.getpixel((3, 3)))
    image, numbers = lay(rng, page, angle, bend, room, shift)
    laid = image.shape
    if harm == "kosong":
        what = rng.random()
        image = image if what < 0.6 else table(rng, image.shape[1], image.shape[0]) if what < 0.8 else image * 0.02
    scale = 1.0
    if "kecil" in harms:
        scale = level(0.9, 0.12)
    elif max(image.shape) > 1600:
        scale = 1600 / max(image.shape)
    if scale < 1:
        size = (max(60, int(image.shape[1] * scale)), max(60, int(image.shape[0] * scale)))
        image = np.asarray(Image.fromarray(image.clip(0, 255).astype(np.uint8)).resize(size, Image.LANCZOS), float)
    if "fokus" in harms:
        image = blur(image, level(0.5, 7))
    elif rng.random() < 0.5:
        image = blur(image, rng.uniform(0.2, 0.7))
    if "goyang" in harms:
        image = motion(image, level(2, 26), rng.uniform(0, math.pi))
    image = image * light(rng, image.shape, level(0.2, 0.97) if "bayangan" in harms else rng.uniform(0, 0.18))
    gain = level(0.5, 0.02) if "gelap" in harms else rng.uniform(0.75, 1.0)
    image = image * gain
    if "silau" in harms:
        image = image + glare(rng, image.shape, level(0.06, 0.5), rng.uniform(120, 330))
    grain = level(3, 90) if "derau" in harms else rng.uniform(0.5, 4)
    image = image + noise.normal(0, grain, image.shape)
    down, across = laid[0] / image.shape[0], laid[1] / image.shape[1]
    back = numbers * np.array([across, down, 1, across, down, 1, across, down])
    return compress(image, int(level(35, 1)) if "kompresi" in harms else rng.randint(70, 92)), back


def again(jpeg, seed):
    """The same picture as it comes from another app: smaller, lighter, compressed anew."""
    rng = random.Random(f"sama {seed}")
    image = Image.open(io.BytesIO(jpeg))
    scale = rng.uniform(0.5, 1.0)
    image = image.resize((int(image.width * scale), int(image.height * scale)), Image.LANCZOS)
    return compress(np.asarray(image, float) * rng.uniform(0.9, 1.08) + rng.uniform(-4, 4), rng.randint(55, 90))
