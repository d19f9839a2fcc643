"""Is backpropagation right? Analytic against numerical gradients, for every parameter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..dtypes import Array
from ..nn.check import compare
from ..nn.module import Module
from ..tensor import Tensor
from .kit.chart import Scale
from .kit.diagram import Diagram, Paper, Table, finish
from .kit.notes import MARGIN, WIDTH, add_notes
from .kit.numbers import exact, plain, short
from .kit.steps import explain, node_id
from .kit.svg import Element
from .kit.text import fitted, isolated

#: Every number costs three passes forward.
MOST_NUMBERS = 1_000
#: More parameters than this are not listed one by one.
MOST_ROWS = 16

LEFT, TOP, SIDE = 72.0, 46.0, 280.0


@dataclass
class Checked:
    """One parameter: both gradients of all its numbers, flat, and where they differ."""

    name: str
    shape: tuple[int, ...]
    analytic: Array
    numerical: Array
    wrong: Array

    @property
    def gaps(self) -> Array:
        """How far apart they are; what is no number is infinitely far."""
        return np.nan_to_num(np.abs(self.analytic - self.numerical), nan=np.inf)


def check(
    model: Module,
    X: Tensor,  # noqa: N803
    y: Tensor,
    loss_fn: Callable[[Tensor, Tensor], Tensor] | None = None,
) -> Diagram:
    """Draw the gradients that backward computes against those that nudging each number gives.

    Every number of every parameter is a point: right where the two agree, on the line. Where they don't,
    it is a cross, and the parameter is named. All of it happens on a copy, in double precision.

    >>> import backprop as torch
    >>> from backprop import viz
    >>> model = torch.nn.Linear(2, 1)
    >>> viz.check(model, torch.ones(4, 2), torch.ones(4, 1)).description
    'All 3 gradients are right: backward and nudging agree.'

    Args:
        model: with at most 1,000 numbers that learn.
        X: its input.
        y: the target.
        loss_fn: called with the model's answer and `y`; if left out, the mean squared error for real
            targets, cross entropy for whole numbers.

    Raises:
        TypeError: `model` is no module, or `X` or `y` no tensor.
        ValueError: it has no parameters that learn, or too many numbers.
    """
    found = _trace(model, X, y, loss_fn)
    body = Element("g")
    _draw_plot(body, found)
    bottom = _draw_rows(body, found, TOP + SIDE + 62)
    description = _describe(found)
    height = add_notes(body, bottom + 14, description, key=())
    return finish(
        Paper(body, WIDTH, height),
        title="Backward against nudging",
        description=description,
        table=_table(found),
        kind="check",
    )


def _trace(
    model: Module, x: Tensor, y: Tensor, loss_fn: Callable[[Tensor, Tensor], Tensor] | None
) -> list[Checked]:
    if not isinstance(model, Module):
        raise TypeError(f"check() checks the gradients of an nn.Module, not {type(model).__name__}")
    for name, value in (("X", x), ("y", y)):
        if not isinstance(value, Tensor):
            raise TypeError(f"{name} must be a tensor, not {type(value).__name__}")
    count = sum(each.array.size for each in model.parameters() if each.requires_grad)
    if not count:
        raise ValueError(
            f"{type(model).__name__} has no parameters that learn\nThere is no gradient to check."
        )
    if count > MOST_NUMBERS:
        raise ValueError(
            f"the model has {count:,} numbers that learn, and each costs three passes forward; at most "
            f"{MOST_NUMBERS:,} are checked\nCheck a smaller model of the same kind: the rules are the same."
        )
    _, found = compare(model, x, y, loss_fn, at_most=MOST_NUMBERS)
    return [
        Checked(each.name, each.shape, each.gradients, each.differences, each.wrong)
        for each in found
    ]


def _draw_plot(body: Element, found: list[Checked]) -> None:
    everything = np.concatenate([np.concatenate([each.analytic, each.numerical]) for each in found])
    finite = np.abs(everything[np.isfinite(everything)])
    reach = float(finite.max(initial=0)) * 1.08 or 1.0
    across = Scale(-reach, reach, LEFT, LEFT + SIDE)
    up = Scale(-reach, reach, TOP + SIDE, TOP)
    group = body.add("g", class_="bp-panel")
    group.add("text", "what nudging says", x=MARGIN, y=26, class_="bp-note-left")
    group.add("path", d=f"M{LEFT:.0f} {TOP:.0f}v{SIDE:.0f}h{SIDE:.0f}", class_="bp-axis")
    group.add(
        "path", d=f"M{LEFT:.0f} {TOP + SIDE:.0f}L{LEFT + SIDE:.0f} {TOP:.0f}", class_="bp-agreement"
    )
    for text, x, y, side in (
        (short(reach), LEFT - 7, TOP + 11, "bp-right"),
        (short(-reach), LEFT - 7, TOP + SIDE, "bp-right"),
        (short(-reach), LEFT, TOP + SIDE + 20, "bp-left"),
        (short(reach), LEFT + SIDE, TOP + SIDE + 20, "bp-right"),
    ):
        group.add("text", text, x=x, y=y, class_=f"bp-small bp-note {side}")
    words = "what backward says"
    group.add("text", words, x=LEFT + SIDE / 2, y=TOP + SIDE + 20, class_="bp-small bp-note")
    points = body.add("g", class_="bp-points")
    for each in found:
        for place, (analytic, numerical, wrong) in enumerate(
            zip(each.analytic, each.numerical, each.wrong, strict=True)
        ):
            x, y = across(float(analytic)), up(float(numerical))
            if not np.isfinite([analytic, numerical]).all():
                x, y = LEFT + SIDE, TOP
            if wrong:
                d = f"M{x - 7:.1f} {y - 7:.1f}l14 14m0 -14l-14 14"
                point = points.add("path", d=d, class_="bp-disagreement")
            else:
                point = points.add("circle", cx=x, cy=y, r=4.5, class_="bp-right-point")
            index = ", ".join(str(int(i)) for i in np.unravel_index(place, each.shape))
            both = f"backward {exact(float(analytic))}\nnudging {exact(float(numerical))}"
            explain(
                point, f"{node_id(each.name)}.{place}", f"{isolated(each.name)}[{index}]\n{both}"
            )


def _draw_rows(body: Element, found: list[Checked], y: float) -> float:
    """Each parameter with a mark; those that are wrong come first if there are too many."""
    order = sorted(range(len(found)), key=lambda place: (not found[place].wrong.any(), place))
    shown = sorted(order[:MOST_ROWS])
    for place in shown:
        each = found[place]
        wrong = int(each.wrong.sum())
        mark, kind = ("✗", "bp-wrong-text") if wrong else ("✓", "bp-right-text")
        body.add("text", mark, x=MARGIN + 8, y=y, class_=kind)
        name = fitted(each.name, 150, bold=True)
        body.add("text", name, x=MARGIN + 28, y=y, class_="bp-heading bp-left")
        words = (
            f"{wrong:,} of {each.wrong.size:,} differ by up to {short(float(each.gaps.max()))}"
            if wrong
            else f"{each.wrong.size:,} agree"
        )
        body.add(
            "text",
            fitted(words, 230, 15),
            x=WIDTH - MARGIN,
            y=y,
            class_="bp-small bp-note bp-right",
        )
        y += 24
    if len(shown) < len(found):
        words = f"and {len(found) - len(shown):,} more"
        body.add("text", words, x=MARGIN + 28, y=y, class_="bp-note-left")
        y += 24
    return y


def _describe(found: list[Checked]) -> str:
    count = sum(each.wrong.size for each in found)
    wrong = sum(int(each.wrong.sum()) for each in found)
    if not wrong:
        return f"All {count:,} gradients are right: backward and nudging agree."
    sentences = [f"{wrong:,} of {count:,} gradients {'is' if wrong == 1 else 'are'} wrong."]
    gaps = [np.where(each.wrong, each.gaps, -1.0) for each in found]
    worst, gap = max(zip(found, gaps, strict=True), key=lambda pair: float(pair[1].max()))
    place = int(gap.argmax())
    analytic, numerical = float(worst.analytic[place]), float(worst.numerical[place])
    sentences.append(
        f"The largest difference is in {isolated(worst.name)}: backward says {plain(analytic)}, nudging "
        f"{plain(numerical)}."
    )
    return " ".join(sentences)


def _table(found: list[Checked]) -> Table:
    rows = []
    for each in found:
        for place in range(each.wrong.size):
            index = ", ".join(str(int(i)) for i in np.unravel_index(place, each.shape))
            analytic, numerical = float(each.analytic[place]), float(each.numerical[place])
            remark = "differs" if each.wrong[place] else ""
            rows.append((f"{each.name}[{index}]", exact(analytic), exact(numerical), remark))
    return Table(("number", "backward", "nudging", "remark"), tuple(rows))
