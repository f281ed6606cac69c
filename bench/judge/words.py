"""Which letters of a photo were read."""

import numpy as np

# A letter may stand so many points out of its word's box.
SLACK = 2
READ, UNREAD, OTHER, SHORT = 1, 0, -1, -2


def labels(photo, places):
    """For each place what became of the clean page's word there: read or not; too short to count; or there is none."""
    clean, (x, y) = photo["clean"], places.T
    found = np.full(len(places), OTHER)
    if not len(places) or not clean:
        return found
    a, b, c, d, e, f, g, h = photo["back"]
    over = g * x + h * y + 1
    inside = within((a * x + b * y + c) / over, (d * x + e * y + f) / over, clean)
    # The smallest box, where there are several.
    area = np.array([width * height for *_, width, height in clean])
    word = np.where(inside, area, np.inf).argmin(1)
    texts = np.array([text for text, *_ in clean])
    on = inside.any(1)
    found[on] = UNREAD
    for reading in photo["words"]:
        if reading:
            same = texts[word][:, None] == np.array([text for text, *_ in reading])
            found[on & (within(x, y, reading) & same).any(1)] = READ
    long = np.array([len(text) >= 3 for text in texts])
    found[on & ~long[word]] = SHORT
    return found


def within(x, y, words):
    """Which places lie in which words' boxes."""
    left, top, width, height = np.array([box for _, *box in words], float).T
    across = (x[:, None] >= left - SLACK) & (x[:, None] <= left + width + SLACK)
    return across & (y[:, None] >= top - SLACK) & (y[:, None] <= top + height + SLACK)
