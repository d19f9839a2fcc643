"""What each neuron says all over the plane of two inputs: a small map in its place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...dtypes import Array
from ...nn.module import Module
from ...tensor import Tensor, wrap
from ..kit.notes import LINE, MARGIN
from ..kit.numbers import exact, short
from ..kit.plane import Plane
from ..kit.sizes import largest
from ..kit.svg import Element
from ..layouts.contour import outlines, path
from .bands import Bands
from .trace import listen

#: Samples along each side; the outlines lie between them.
SAMPLES = 16
#: How large a map is drawn.
SIDE = 52.0
#: What counts as above 0, in units of the largest in the layer: a unit that is exactly 0 does not.
ZERO = 0.02
STRONG = 0.5
#: What is outlined in a map: the class, the sign of what lies inside, and from which part of the largest on.
OUTLINED = (("is-more", 1, ZERO), ("is-more", 1, STRONG), ("is-less", -1, STRONG))
#: The outlines of a neuron of which nothing is known.
NOTHING: list[list[Array]] = [[] for _ in OUTLINED]
#: Stands between the maps of two neurons, outside of every outline.
BETWEEN = -1e300


class ColumnMaps:
    """The maps of one column: how they are drawn, and what is to be said of them.

    Attributes:
        fields: (neurons, SAMPLES, SAMPLES), what each neuron says; the first row is at the top.
        finite: (neurons,), whether all of it is finite.
        silent: (neurons,), whether it says 0 everywhere.
        most: the largest finite size in the column.
    """

    def __init__(self, fields: Array) -> None:
        self.fields = fields
        self.finite: Array = np.asarray(np.isfinite(fields).all(axis=(1, 2)))
        self.silent: Array = np.logical_not(fields.any(axis=(1, 2)))
        self.most = largest([fields])
        self.clean = np.nan_to_num(fields, nan=0.0, posinf=self.most, neginf=-self.most)

    def outlines(self, shown: list[int]) -> list[list[list[Array]]]:
        """For each of some neurons, and each of `OUTLINED`, the loops (n, 2) on the grid.

        The neurons lie side by side in one grid: several times as fast as one after the other.
        """
        found: list[list[list[Array]]] = [[[] for _ in OUTLINED] for _ in shown]
        pitch = SAMPLES + 1
        for place, (_, sign, level) in enumerate(OUTLINED if self.most else ()):
            row = np.full((SAMPLES, len(shown), pitch), BETWEEN)
            row[:, :, :SAMPLES] = sign * self.clean[shown].transpose(1, 0, 2)
            for loop in outlines(row.reshape(SAMPLES, -1), level * self.most):
                neuron = int(loop[0, 0] + 0.5) // pitch
                found[neuron][place].append(loop - [neuron * pitch, 0])
        return found

    def facts(self, neuron: int) -> list[str]:
        """From where to where the neuron reaches, and where it is above 0."""
        field = self.fields[neuron]
        if not self.finite[neuron]:
            return [f"not finite in {_percent(1 - np.isfinite(field).mean())} of the plane"]
        least, most = float(field.min()), float(field.max())
        if least == most:
            return [f"says {exact(least)} everywhere"]
        return [f"reaches from {short(least)} to {short(most)}", _where(field > 0)]

    def row(self, neuron: int) -> tuple[str, str, str]:
        """The same as cells of a table: least, most, and the part that is above 0."""
        field = self.fields[neuron]
        return short(float(field.min())), short(float(field.max())), _percent((field > 0).mean())


@dataclass
class Maps:
    """What the neurons say all over the plane.

    Attributes:
        columns: the maps of each column, of which the input is the first; None if nothing is known.
        plane: which part of it is seen.
    """

    columns: list[ColumnMaps | None]
    plane: Plane


def trace_maps(model: Module, x: Tensor | None) -> Maps:
    """Run the model on a grid around the data, and note what each neuron says.

    Raises:
        ValueError: there is no data, or it has not two numbers in a row, or some that are not finite.
    """
    points = _points(x)
    plane = Plane.around(points)
    grid = plane.grid(SAMPLES)
    said = listen(model, wrap(grid.astype(points.dtype)))
    columns = [
        ColumnMaps(each.T.reshape(-1, SAMPLES, SAMPLES).astype(np.float64))
        if each is not None and len(each) == len(grid)
        else None
        for each in (said.inputs, *said.outputs)
    ]
    return Maps(columns, plane)


def _points(x: Tensor | None) -> Array:
    if x is None:
        raise ValueError(
            "maps=True draws what each neuron says around the data, and there is none\n"
            "Pass it as well: viz.network(model, X, maps=True)."
        )
    points = x.array
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError(
            f"maps=True needs a model with two inputs, and x has shape {tuple(points.shape)}\n"
            "x needs shape (n, 2): a row for each point. For more inputs there is no such picture."
        )
    if not np.isfinite(points).all():
        raise ValueError("x has points that are not finite\nThere is nothing to draw around.")
    return points


def draw_map(
    neuron: Element, x: float, y: float, number: int, loops: list[list[Array]], *, finite: bool
) -> None:
    """Draw the outlines of a neuron around (x, y), and its number above: always the same elements."""
    left, top = x - SIDE / 2, y - SIDE / 2
    kind = "bp-neuron" if finite else "bp-neuron is-not-finite"
    neuron.add("rect", x=left, y=top, width=SIDE, height=SIDE, class_=kind)
    for (kind, _, _), found in zip(OUTLINED, loops, strict=True):
        d = "".join([path(loop * (SIDE / (SAMPLES - 1)) + [left, top]) + "Z" for loop in found])
        neuron.add("path", d=d or f"M{left:.1f} {top:.1f}", class_=f"bp-map {kind}")
    neuron.add("text", str(number), x=left, y=top - 4, class_="bp-small bp-note bp-left bp-on-line")


def draw_ring(neuron: Element, x: float, y: float, bands: Bands, value: float) -> None:
    """Draw the number of the bias as a frame around where the map will be."""
    width = bands.ring(value)
    side = SIDE + width
    neuron.add(
        "rect",
        x=x - side / 2,
        y=y - side / 2,
        width=side,
        height=side,
        stroke_width=width,
        class_=bands.ring_class(value),
    )


def _where(active: Array) -> str:
    """In which part of the plane a neuron is above 0, in words."""
    share = float(active.mean())
    if share in (0.0, 1.0):
        return "above 0 everywhere" if share else "nowhere above 0"
    # From -1 to 1, to the right and upwards.
    steps = np.linspace(-1, 1, SAMPLES)
    right, up = (float((active * each).sum() / active.sum()) for each in (steps, -steps[:, None]))
    vertical = "upper" if up > 0.2 else "lower" if up < -0.2 else ""
    horizontal = "right" if right > 0.2 else "left" if right < -0.2 else ""
    if vertical and horizontal:
        place = f", mostly at the {vertical} {horizontal}"
    elif vertical:
        place = f", mostly in the {vertical} half"
    elif horizontal:
        place = f", mostly on the {horizontal}"
    else:
        spread = float((active * (steps**2 + steps[:, None] ** 2)).sum() / active.sum())
        place = (
            ", mostly in the middle"
            if spread < 0.5
            else ", mostly at the edges"
            if spread > 0.9
            else ""
        )
    return f"above 0 in {_percent(share)} of the plane{place}"


def _percent(share: float) -> str:
    if 0 < share < 0.01:
        return "less than 1%"
    return "more than 99%" if 0.99 < share < 1 else f"{share:.0%}"


def add_key(body: Element, y: float) -> float:
    """Say what is filled and what is dashed, from `y` on; return where the next line has its middle."""
    group = body.add("g", class_="bp-key")
    whole, half = (
        f"M{x:.0f} {{y:.0f}}h{MARGIN + 34 - x:.0f}v18H{x:.0f}Z" for x in (MARGIN, MARGIN + 17)
    )
    for words, *samples in (
        ("says more than 0; dark: more than half", (whole, "is-more"), (half, "is-more")),
        ("says less than minus half", (whole, "is-less")),
    ):
        for d, kind in samples:
            group.add("path", d=d.format(y=y - 9), class_=f"bp-map {kind}")
        group.add("text", words, x=MARGIN + 44, y=y + 5, class_="bp-note-left")
        y += LINE + 2
    return y


def describe_maps(maps: Maps, names: list[str]) -> list[str]:
    """What the maps are, in words, and which neurons are silent. `names` are those of the columns."""
    plane = maps.plane
    sentences = [
        "Each neuron shows what it says to every pair of inputs: the first from "
        f"{short(plane.x0)} on the left to {short(plane.x1)} on the right, the second from "
        f"{short(plane.y0)} at the bottom to {short(plane.y1)} at the top. Half means half of "
        "the largest in its layer."
    ]
    for name, column in zip(names, maps.columns, strict=True):
        if column is None:
            continue
        silent, broken = int(column.silent.sum()), int((~column.finite).sum())
        if silent:
            verb = "says" if silent == 1 else "say"
            sentences.append(
                f"{silent} of {len(column.fields)} neurons of {name} {verb} 0 everywhere."
            )
        if broken:
            sentences.append(f"Some answers of {name} are not finite.")
    return sentences
