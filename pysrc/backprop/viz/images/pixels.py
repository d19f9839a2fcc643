"""Small images as filled squares: the brighter a pixel, the fuller."""

from __future__ import annotations

from itertools import groupby

import numpy as np

from ...dtypes import Array
from ..kit.marks import cross
from ..kit.svg import Element, number

#: Larger images are refused: their squares would be too small to see.
LARGEST = 64
#: Up to this many pixels each says its own numbers.
MOST_SINGLE_PIXELS = 500
#: Shades of an image that is drawn as few paths.
SHADES = 16


def shares_of(image: Array, low: float, high: float) -> Array:
    """How full each pixel is drawn: from 0 at `low` to 1 at `high`; what is no number is empty."""
    known = np.where(np.isfinite(image), image, low)
    return (known - low) / (high - low) if high > low else np.zeros_like(known)


def add_pixels(
    group: Element, image: Array, left: float, top: float, cell: float, limits: tuple[float, float]
) -> None:
    """Draw an image of (rows, columns) in always `SHADES` paths, with crosses at what is no number."""
    shades = np.rint(shares_of(image, *limits) * SHADES).astype(int)
    paths = [""] * (SHADES + 1)
    for row, line in enumerate(shades.tolist()):
        for shade, run in groupby(range(len(line)), key=line.__getitem__):
            columns = list(run)
            width = number(cell * len(columns))
            corner = f"{number(left + cell * columns[0])} {number(top + cell * row)}"
            paths[shade] += f"M{corner}h{width}v{number(cell)}h-{width}z"
    for shade in range(1, SHADES + 1):
        group.add("path", d=paths[shade] or "M0 0", class_="bp-pixel", fill_opacity=shade / SHADES)
    add_crosses(group, image, left, top, cell)
    add_border(group, image, left, top, cell)


def add_crosses(group: Element, image: Array, left: float, top: float, cell: float) -> None:
    """Mark the pixels that are no numbers."""
    d = "".join(
        cross(left + cell * (column + 0.5), top + cell * (row + 0.5), 0.3 * cell)
        for row, column in np.argwhere(~np.isfinite(image))
    )
    group.add("path", d=d or "M0 0", class_="bp-odd-pixel", stroke_width=min(2.0, 0.15 * cell))


def add_border(group: Element, image: Array, left: float, top: float, cell: float) -> None:
    """A line around an image, which may be empty at its edge."""
    rows, columns = image.shape
    d = f"M{left:.1f} {top:.1f}h{cell * columns:.1f}v{cell * rows:.1f}h{-cell * columns:.1f}Z"
    group.add("path", d=d, class_="bp-axis")
