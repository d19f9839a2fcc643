"""Small images: what a model is shown, or the weights of its windows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from ...dtypes import Array
from ...tensor import Tensor
from ..kit.diagram import Diagram, Paper, Table, finish
from ..kit.given import numbers_of
from ..kit.notes import LINE, MARGIN, WIDTH, add_notes
from ..kit.numbers import exact, plain, short
from ..kit.steps import explain
from ..kit.svg import Element
from ..kit.text import isolated, wrapped
from .pixels import (
    LARGEST,
    MOST_SINGLE_PIXELS,
    add_border,
    add_crosses,
    add_pixels,
    shares_of,
)

MOST_IMAGES, MOST_PIXELS = 64, 16_384
#: Images in a row, more only of many without captions, and the room between.
COLUMNS, GAP = 4, 16.0
#: An image is at most this large.
SIDE = 196.0
#: So many captions are repeated in the description.
MOST_SAID = 8
TOP = 12.0


def image(pixels: Any, captions: str | Sequence[str] | None = None) -> Diagram:
    """Draw a small image, or several in a grid: the brighter a pixel, the fuller its square.

    All share one scale, from empty at the darkest pixel, or at 0 if none is below, to full at the brightest.
    What is no number has a cross.

    >>> from backprop import viz
    >>> viz.image([[0.0, 1.0], [0.5, 0.0]], "a step").description
    'a step. Empty is 0, full is 1.'

    Args:
        pixels: an image of (rows, columns); several as (n, rows, columns), or as a list of images, which
            may differ in size; or with channels, which are averaged, as (n, channels, rows, columns). At
            most 64 rows and columns, 64 images, and 16,384 pixels in all.
        captions: what stands below each image.

    Raises:
        TypeError: `pixels` are no real numbers.
        ValueError: there are none or too many of them, or not as many captions as images.
    """
    images = _images(pixels)
    words = _captions(captions, len(images))
    most = COLUMNS if any(words) else max(math.ceil(math.sqrt(len(images))), COLUMNS)
    columns = math.ceil(len(images) / math.ceil(len(images) / most))
    width = (WIDTH - 2 * MARGIN - GAP * (columns - 1)) / columns
    cells = [_cell(each, min(width, SIDE)) for each in images]
    finite = np.concatenate([each[np.isfinite(each)] for each in images])
    limits = min(float(finite.min(initial=0.0)), 0.0), float(finite.max(initial=0.0))
    body, y = Element("g"), TOP
    for first in range(0, len(images), columns):
        places = range(first, min(first + columns, len(images)))
        lines = [wrapped(words[place], width, 15) for place in places]
        bottom = y + max(cells[place] * images[place].shape[0] for place in places)
        for column, place in enumerate(places):
            left = MARGIN + (width + GAP) * column
            _draw_image(body, images, place, (left, y, cells[place]), limits, words[place])
            for number, line in enumerate(lines[column]):
                low = bottom + 20 + 19 * number
                body.add("text", line, x=left, y=low, class_="bp-small bp-left")
        y = bottom + 19 * max(len(each) for each in lines) + GAP
    scale = _describe_scale(images, limits)
    height = add_notes(body, y + LINE / 2, scale, key=())
    return finish(
        Paper(body, WIDTH, height),
        title=_title(images),
        description=f"{_listed(words)}{scale}",
        table=_table(images, words),
        kind="image",
    )


def _cell(array: Array, side: float) -> float:
    """The size of a pixel: a whole number, so that no seams are seen, unless pixels are tiny."""
    cell = side / max(array.shape)
    return float(math.floor(cell)) if cell >= 2 else cell


def _images(pixels: Any) -> list[Array]:
    """Each image as (rows, columns), in double precision."""
    if isinstance(pixels, list | tuple) and pixels and _depth(pixels[0]) > 1:
        images = [_flat(numbers_of(each, f"image {place}")) for place, each in enumerate(pixels)]
    else:
        array = numbers_of(pixels, "the pixels")
        if array.ndim not in (2, 3, 4):
            raise ValueError(
                f"pixels of shape {array.shape} have no rows and columns\n"
                "Give them some: a flat row of 64 pixels is pixels.reshape(8, 8)."
            )
        images = [_flat(each) for each in (array[None] if array.ndim == 2 else array)]
    if not images or not all(each.size for each in images):
        raise ValueError(
            "there are no pixels to draw\nPass at least one image with rows and columns."
        )
    rows, columns = (max(each.shape[axis] for each in images) for axis in (0, 1))
    if max(rows, columns) > LARGEST:
        raise ValueError(
            f"an image has {rows} rows and {columns} columns; image() draws up to {LARGEST}\n"
            "Make it smaller, such as image[::2, ::2], or cut out the part that matters."
        )
    total = sum(each.size for each in images)
    if len(images) > MOST_IMAGES or total > MOST_PIXELS:
        fewer = min(max(MOST_PIXELS // (rows * columns), 1), MOST_IMAGES)
        raise ValueError(
            f"these are {len(images):,} images of {total:,} pixels; image() draws up to {MOST_IMAGES} of "
            f"{MOST_PIXELS:,}\nPass fewer of them: images[:{fewer}]."
        )
    return images


def _depth(value: Any) -> int:
    """How many sizes it has."""
    if isinstance(value, list | tuple):
        return 1 + (_depth(value[0]) if value else 0)
    return int(value.ndim) if isinstance(value, Tensor | np.ndarray) else 0


def _flat(array: Array) -> Array:
    """An image without channels."""
    if array.ndim not in (2, 3):
        raise ValueError(
            f"an image of shape {array.shape} has no rows and columns\n"
            "It needs shape (rows, columns), or (channels, rows, columns)."
        )
    return (
        array.mean(axis=0)
        if array.ndim == 3 and array.shape[0]
        else array.reshape(array.shape[-2:])
    )


def _captions(captions: str | Sequence[str] | None, count: int) -> list[str]:
    if captions is None:
        return [""] * count
    words = [captions] if isinstance(captions, str) else [str(each) for each in captions]
    if len(words) != count:
        raise ValueError(
            f"there are {count} images and {len(words)} captions\nEach image needs one, which may be empty."
        )
    return words


def _draw_image(
    body: Element,
    images: list[Array],
    place: int,
    where: tuple[float, float, float],
    limits: tuple[float, float],
    caption: str,
) -> None:
    array, (left, top, cell) = images[place], where
    group = body.add("g", class_="bp-image")
    if sum(each.size for each in images) > MOST_SINGLE_PIXELS:
        add_pixels(group, array, left, top, cell, limits)
        explain(group, f"image-{place}", _facts(array, caption or f"image {place}"))
        return
    of_which = "" if len(images) == 1 else f"image-{place}-"
    for (row, column), share in np.ndenumerate(shares_of(array, *limits)):
        corner = f"M{left + cell * column:.1f} {top + cell * row:.1f}"
        d = f"{corner}h{cell:.2f}v{cell:.2f}h{-cell:.2f}Z"
        square = group.add("path", d=d, class_="bp-pixel", fill_opacity=float(share))
        facts = f"row {row}, column {column}: {exact(float(array[row, column]))}"
        explain(square, f"{of_which}pixel-{row}-{column}", facts)
    add_crosses(group, array, left, top, cell)
    add_border(group, array, left, top, cell)


def _facts(array: Array, name: str) -> str:
    rows, columns = array.shape
    finite = array[np.isfinite(array)]
    if not len(finite):
        return f"{name}\n{rows} × {columns} pixels, none finite"
    reach = f"from {exact(float(finite.min()))} to {exact(float(finite.max()))}"
    return f"{name}\n{rows} × {columns} pixels, {reach}"


def _title(images: list[Array]) -> str:
    shapes = {each.shape for each in images}
    count = "An image" if len(images) == 1 else f"{len(images)} images"
    if len(shapes) > 1:
        return f"{count} of different sizes"
    rows, columns = images[0].shape
    return f"{count} of {rows} × {columns} pixels"


def _describe_scale(images: list[Array], limits: tuple[float, float]) -> str:
    words = f"Empty is {plain(limits[0])}, full is {plain(limits[1])}."
    odd = sum(int((~np.isfinite(each)).sum()) for each in images)
    if odd:
        words += f" {odd:,} {'pixel is' if odd == 1 else 'pixels are'} not finite: a cross."
    return words


def _listed(words: list[str]) -> str:
    """The captions, for those who don't see them in the picture."""
    said = [isolated(each) for each in words if each]
    more = f", and {len(said) - MOST_SAID} more" if len(said) > MOST_SAID else ""
    return f"{', '.join(said[:MOST_SAID])}{more}. " if said else ""


def _table(images: list[Array], words: list[str]) -> Table:
    """A row for each row of pixels."""
    width = max(each.shape[1] for each in images)
    rows = []
    for place, array in enumerate(images):
        for row, line in enumerate(array.tolist()):
            numbers = [short(each) for each in line] + [""] * (width - len(line))
            rows.append((words[place] or str(place), str(row), *numbers))
    return Table(("image", "row", *map(str, range(width))), tuple(rows))
