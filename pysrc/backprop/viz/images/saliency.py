"""Which inputs of a model are to blame for its answer: for small images."""

from __future__ import annotations

import copy
from dataclasses import dataclass

import numpy as np

from ...autograd.engine import grad
from ...autograd.grad_mode import enable_grad
from ...dtypes import Array
from ...nn.module import Module
from ...teaching import silence
from ...tensor import Tensor
from ..kit.asking import in_use
from ..kit.diagram import Diagram, Paper, Table, finish
from ..kit.notes import MARGIN, WIDTH, add_notes
from ..kit.numbers import exact, plain
from ..kit.steps import explain
from ..kit.svg import Element
from .pixels import LARGEST, MOST_SINGLE_PIXELS, add_border, add_pixels

SIDE = 196.0
TOP = 44.0


@dataclass
class Blame:
    """An image of (rows, columns), the gradient of one answer by each pixel, and which answer."""

    image: Array
    gradient: Array
    answer: float
    index: int
    outputs: int


def saliency(
    model: Module, image: Tensor, target: int | None = None, shape: tuple[int, int] | None = None
) -> Diagram:
    """Draw an image, and beside it how much each pixel has to do with the model's answer.

    On the right, each square is as large as the gradient of the answer by that pixel: a filled one would
    raise the answer if the pixel were brighter, a hollow one would lower it. (Simonyan et al., "Deep Inside
    Convolutional Networks", 2013; as a picture, Hinton's.)

    >>> import backprop as torch
    >>> from backprop import viz
    >>> model = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(9, 2))
    >>> viz.saliency(model, torch.rand(1, 3, 3), target=1).title
    'What each of 3 × 3 pixels does to answer 1'

    Args:
        model: is called with `image`, in `eval` mode; nothing else about it changes.
        image: one input of the model, such as (1, 1, 28, 28) or (1, 8, 8); its last two sizes are the rows
            and columns, and channels are added up. At most 64 rows and columns.
        target: which of the model's answers; the largest one unless given.
        shape: rows and columns, where `image` is a flat row of pixels.

    Raises:
        TypeError: `model` is no module, or `image` no tensor of real numbers.
        ValueError: the image has no two sizes, is too large, or is more than one; there is no such answer.
    """
    blame = _trace(model, image, target, shape)
    rows, columns = blame.image.shape
    cell = SIDE / max(rows, columns)
    body = Element("g")
    right = WIDTH - MARGIN - cell * columns
    body.add("text", "the image", x=MARGIN, y=28, class_="bp-heading bp-left")
    body.add("text", "its blame", x=right, y=28, class_="bp-heading bp-left")
    _draw_image(body, blame, MARGIN, cell)
    _draw_blame(body, blame, right, cell)
    bottom = TOP + cell * rows
    _draw_key(body, bottom + 34)
    description = _describe(blame)
    height = add_notes(body, bottom + 34 + 48, description, key=())
    return finish(
        Paper(body, WIDTH, height),
        title=f"What each of {rows} × {columns} pixels does to answer {blame.index}",
        description=description,
        table=_table(blame),
        kind="saliency",
    )


def _trace(
    model: Module, image: Tensor, target: int | None, shape: tuple[int, int] | None
) -> Blame:
    if not isinstance(model, Module):
        raise TypeError(f"saliency() needs an nn.Module, not {type(model).__name__}")
    if not isinstance(image, Tensor) or not image.dtype.is_floating_point:
        raise TypeError(
            "the image must be a tensor of real numbers\n"
            "Convert it with .float(): whole numbers have no slope."
        )
    sizes = image.array.shape if shape is None else shape
    if len(sizes) < 2 or (shape is not None and image.array.size != shape[0] * shape[1]):
        raise ValueError(
            f"an image of shape {tuple(image.array.shape)} has no rows and columns\n"
            "Pass shape=(rows, columns) for a flat row of pixels."
        )
    rows, columns = sizes[-2:]
    if not (1 <= rows <= LARGEST and 1 <= columns <= LARGEST):
        raise ValueError(
            f"the image has {rows} rows and {columns} columns; saliency() draws from 1 to {LARGEST}\n"
            "Make it smaller, or cut out the part that matters."
        )
    pixels = copy.deepcopy(image.detach()).requires_grad_()
    with in_use(model), enable_grad(), silence():
        answers = model(pixels)
        flat = answers.reshape(-1)
        if len(answers.array.shape) > 1 and answers.array.shape[0] != 1:
            raise ValueError(
                f"the model gave {answers.array.shape[0]} rows of answers\nPass one image: image[:1]."
            )
        count = flat.array.size
        index = int(flat.array.argmax()) if target is None else target
        if not 0 <= index < count:
            raise ValueError(
                f"there is no answer {index}: the model gives {count}, numbered from 0"
            )
        (gradient,) = grad(flat[index], pixels)
    assert gradient is not None
    picture, slopes = (
        each.astype(np.float64).reshape(-1, rows, columns) for each in (image.array, gradient.array)
    )
    return Blame(picture.mean(axis=0), slopes.sum(axis=0), float(flat.array[index]), index, count)


def _square(x: float, y: float, side: float) -> str:
    return f"M{x:.1f} {y:.1f}h{side:.2f}v{side:.2f}h{-side:.2f}Z"


def _draw_image(body: Element, blame: Blame, left: float, cell: float) -> None:
    finite = blame.image[np.isfinite(blame.image)]
    limits = float(finite.min(initial=np.inf)), float(finite.max(initial=-np.inf))
    add_pixels(body.add("g", class_="bp-image"), blame.image, left, TOP, cell, limits)


def _draw_blame(body: Element, blame: Blame, left: float, cell: float) -> None:
    rows, columns = blame.gradient.shape
    sizes = np.abs(blame.gradient)
    finite = sizes[np.isfinite(sizes)]
    largest = float(finite.max(initial=0)) or 1.0
    group = body.add("g", class_="bp-blames")
    add_border(group, blame.gradient, left, TOP, cell)
    outline = min(1.25, 0.1 * cell)
    merged = {"is-more": "", "is-less": ""}
    for row, column in np.ndindex(rows, columns):
        slope = float(blame.gradient[row, column])
        known = np.isfinite(slope)
        # The area is the size, so that a square twice as blamed looks twice as large.
        side = cell * 0.92 * (min(abs(slope) / largest, 1.0) ** 0.5 if known else 1.0)
        kind = "is-more" if slope >= 0 else "is-less"
        middle = left + cell * (column + 0.5), TOP + cell * (row + 0.5)
        d = _square(middle[0] - side / 2, middle[1] - side / 2, side)
        if blame.gradient.size > MOST_SINGLE_PIXELS:
            merged[kind] += d if side > 0.3 else ""
            continue
        class_ = f"bp-blamed {kind}" + ("" if known else " is-not-finite")
        square = group.add("path", d=d, class_=class_, stroke_width=outline)
        facts = f"row {row}, column {column}: {exact(float(blame.image[row, column]))}"
        explain(square, f"pixel-{row}-{column}", f"{facts}\nd answer / d pixel = {exact(slope)}")
    for kind, d in merged.items():
        if d:
            group.add("path", d=d, class_=f"bp-blamed {kind}", stroke_width=outline)


def _draw_key(body: Element, y: float) -> None:
    group = body.add("g", class_="bp-notes")
    for place, (kind, words) in enumerate(
        (("is-more", "brighter would raise the answer"), ("is-less", "brighter would lower it"))
    ):
        at = y + 24 * place
        group.add("path", d=_square(MARGIN + 10, at - 7, 14), class_=f"bp-blamed {kind}")
        group.add("text", words, x=MARGIN + 44, y=at + 5, class_="bp-note-left")


def _describe(blame: Blame) -> str:
    sizes = np.abs(blame.gradient)
    sentences = [f"Answer {blame.index} of {blame.outputs} is {plain(blame.answer)}."]
    if not np.isfinite(sizes).all():
        return f"{sentences[0]} Some gradients are not finite."
    if not sizes.any():
        return f"{sentences[0]} No pixel has anything to do with it: every gradient is 0."
    row, column = (int(each) for each in np.unravel_index(int(sizes.argmax()), sizes.shape))
    slope = float(blame.gradient[row, column])
    sentences.append(
        f"The pixel in row {row}, column {column} matters most: {plain(slope)} for each 1 that it grows."
    )
    order = np.sort(sizes.ravel())[::-1].cumsum()
    half = int(np.searchsorted(order, order[-1] / 2)) + 1
    sentences.append(f"{half:,} of {sizes.size:,} pixels take half of the blame.")
    return " ".join(sentences)


def _table(blame: Blame) -> Table:
    rows = [
        (str(row), str(column), exact(float(blame.image[row, column])), exact(float(slope)))
        for (row, column), slope in np.ndenumerate(blame.gradient)
    ]
    return Table(("row", "column", "pixel", "gradient"), tuple(rows))
