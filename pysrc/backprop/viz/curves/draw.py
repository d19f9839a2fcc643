"""Several runs on one pair of axes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..kit.chart import Scale, add_grid, parted, scale_for, thinned
from ..kit.diagram import Diagram, Paper, Table, finish
from ..kit.marks import cross, mark
from ..kit.notes import MARGIN, WIDTH, add_notes
from ..kit.numbers import exact, plain
from ..kit.steps import explain
from ..kit.svg import Element
from ..kit.text import fitted, isolated, text_width
from .trace import MOST_RUNS, Series, shown_range, trace_curves

LEFT, TOP = 72.0, 44.0
#: The plot is as high as the labels of all runs at its right, and at least this high.
HEIGHT = 240.0
#: The heights of the two lines of a label, and the width that a label has at most.
LINE, SECOND, WIDEST = 20.0, 18.0, 150.0
#: How many shapes and dashes there are; further runs have the same ones, hollow and in other colours.
KINDS = 4
#: How many marks a curve has besides the one at its end.
MARKS = 3


def curves(runs: Any, *, name: str = "loss") -> Diagram:
    """Draw several runs on the same axes, to compare them.

    Runs differ in dashes and marks as well as in colour, and each is named at its end. Where the numbers
    reach far and none is negative, the scale is one of powers of ten. A run that diverges ends in a cross.
    What lies beyond the scale runs dotted along its edge.

    >>> from backprop import viz
    >>> diagram = viz.curves({"lr 0.1": [4.0, 2.0, 1.0], "lr 1": [4.0, 16.0, float("inf")]})
    >>> diagram.title
    'The loss of 2 runs'
    >>> diagram.description
    'lr 0.1 ends at 1. lr 1 diverged at step 3: it is ∞.'

    Args:
        runs: a dictionary from the name of each run to its numbers, one for each step: a list, an array or a
            tensor of them, or what `record` recorded, whose losses are drawn. Or one run without a name.
            At most 8. A run may have no numbers yet, so that `live` can draw it from the beginning.
        name: what the numbers are.

    Raises:
        TypeError: a run holds something else than real numbers.
        ValueError: there is no run, there are too many, or one is not a row of numbers.
    """
    found = trace_curves(runs, name)
    room = _room(found)
    height = max(HEIGHT, (LINE + SECOND) * len(found))
    steps = np.concatenate([each.steps for each in found])
    last = max(float(steps.max(initial=1.0)), 2.0)
    across = Scale(float(steps.min(initial=last)), last, LEFT, WIDTH - MARGIN - room - 18)
    up = scale_for(shown_range(found), TOP + height, TOP)
    body = Element("g")
    group = body.add("g", class_="bp-panel")
    heading = fitted(name, 270, bold=True)
    group.add("text", heading, x=MARGIN, y=TOP - 18, class_="bp-heading bp-left")
    words = "powers of ten" if up.logarithmic else ""
    right = WIDTH - MARGIN
    group.add("text", words, x=right, y=TOP - 18, class_="bp-small bp-note bp-right")
    add_grid(group, across, up)
    below = TOP + height + 20
    first = f"step {across.low:,.0f}" if len(steps) else ""
    until = f"{across.high:,.0f}" if len(steps) else ""
    group.add("text", first, x=LEFT, y=below, class_="bp-small bp-note bp-left")
    group.add("text", until, x=across.end, y=below, class_="bp-small bp-note bp-right")
    ends = [_draw_run(body, each, place, across, up) for place, each in enumerate(found)]
    _draw_labels(body, found, ends, across.end, right - room, (TOP, TOP + height))
    description = _describe(found, up, name)
    bottom = add_notes(body, below + 20, description, key=())
    count = len(found)
    return finish(
        Paper(body, WIDTH, bottom),
        title=f"The {isolated(name)} of {count} runs"
        if count > 1
        else f"The {isolated(name)} of a run",
        description=description,
        table=_table(found),
        kind="curves",
    )


def _room(found: Sequence[Series]) -> float:
    """How wide the labels are."""
    widths = [max(text_width(each.name, 16), text_width(_remark(each), 15)) for each in found]
    return min(max(widths), WIDEST)


def _remark(run: Series) -> str:
    """What stands below the name of a run that has no end."""
    if run.broken is not None:
        return f"{plain(float(run.values[run.broken]))} at step {run.steps[run.broken]:,.0f}"
    if run.grown:
        return f"at {plain(float(run.finite[-1]))}"
    return ""


def _looks(place: int) -> str:
    """A combination of colour, dashes and filling for each run."""
    hollow = " is-hollow" if place >= KINDS else ""
    return f"is-class-{(place + place // KINDS) % KINDS} is-dash-{place % KINDS}{hollow}"


def _draw_run(
    body: Element, run: Series, place: int, across: Scale, up: Scale
) -> tuple[float, float]:
    """Draw a curve with its marks; return where it ends."""
    group = body.add("g", class_="bp-run")
    kept = thinned(run.values)
    steps, values = run.steps[kept].tolist(), run.values[kept].tolist()
    inside, beyond = parted(steps, values, across, up)
    group.add("path", d=inside, class_=f"bp-curve {_looks(place)}")
    group.add("path", d=beyond, class_=f"bp-curve {_looks(place)} is-beyond")
    finite = np.isfinite(values)
    known = np.flatnonzero(finite).tolist()
    # Each run has its marks at other steps, so that those of equal curves do not hide each other.
    shares = [(each + (place + 0.5) / MOST_RUNS) / MARKS for each in range(MARKS)]
    marked = [known[int(share * (len(known) - 1))] for share in shares if len(known) > 2 * MARKS]
    # No line leads to a number between two gaps.
    alone = finite & ~np.append(finite[1:], False) & ~np.insert(finite[:-1], 0, False)
    marked += [*np.flatnonzero(alone).tolist(), *known[-1:]]
    spots = [(across(steps[each]), up(values[each])) for each in marked]
    shapes = "".join(mark(place % KINDS, *spot) for spot in spots)
    group.add("path", d=shapes or "M0 0", class_=f"bp-mark {_looks(place)}")
    end: tuple[float, float] = spots[-1] if spots else (LEFT, up.start)
    broken = "" if run.broken is None else cross(*end, r=7.0)
    group.add("path", d=broken or "M0 0", class_="bp-odd")
    explain(group, f"run-{place}", _facts(run))
    return end


def _facts(run: Series) -> str:
    count = len(run.values)
    lines = [run.name, f"{count:,} step{'' if count == 1 else 's'}"]
    if count:
        lines.append(f"from {exact(float(run.values[0]))} to {exact(float(run.values[-1]))}")
    if len(run.finite):
        best = int(np.where(np.isfinite(run.values), run.values, np.inf).argmin())
        lines.append(f"lowest {exact(float(run.values[best]))} at step {run.steps[best]:,.0f}")
    return "\n".join(lines)


def _draw_labels(
    body: Element,
    found: Sequence[Series],
    ends: Sequence[tuple[float, float]],
    edge: float,
    left: float,
    limits: tuple[float, float],
) -> None:
    """Name each run beside its end, moved apart where ends are close."""
    remarks = [_remark(each) for each in found]
    heights = [LINE + SECOND * bool(each) for each in remarks]
    tops = _apart([end[1] - LINE / 2 for end in ends], heights, limits)
    group = body.add("g", class_="bp-labels")
    for run, (x, y), remark, top in zip(found, ends, remarks, tops, strict=True):
        middle = top + LINE / 2
        leader = "M0 0"
        if len(run.values):
            leader = f"M{x + 7:.1f} {y:.1f}L{edge + 7:.1f} {y:.1f}L{left - 5:.1f} {middle:.1f}"
        group.add("path", d=leader, class_="bp-leader")
        label = fitted(run.name, WIDEST, 16)
        group.add("text", label, x=left, y=middle + 5, class_="bp-left")
        group.add("text", remark, x=left, y=middle + 23, class_="bp-small bp-note bp-left")


def _apart(
    wanted: Sequence[float], heights: Sequence[float], limits: tuple[float, float]
) -> list[float]:
    """Places near the wanted ones, in the same order, at which nothing overlaps, within `limits`."""
    order = sorted(range(len(wanted)), key=lambda place: (wanted[place], place))
    tops, free = dict.fromkeys(order, 0.0), limits[0]
    for place in order:
        tops[place] = max(wanted[place], free)
        free = tops[place] + heights[place]
    free = limits[1]
    for place in reversed(order):
        tops[place] = min(tops[place], free - heights[place])
        free = tops[place]
    return [tops[place] for place in range(len(wanted))]


def _describe(found: Sequence[Series], up: Scale, name: str) -> str:
    steady = [each for each in found if len(each.finite) and not each.diverges]
    sentences = []
    if len(found) == 1 and steady:
        first, last = (plain(float(steady[0].finite[place])) for place in (0, -1))
        sentences.append(f"The {isolated(name)} goes from {first} to {last}.")
    elif len(steady) == 1:
        sentences.append(f"{_brief(steady[0])} ends at {plain(float(steady[0].finite[-1]))}.")
    elif steady:
        order = sorted(steady, key=lambda each: float(each.finite[-1]))
        (low, least), (high, most) = (
            (_brief(each), plain(float(each.finite[-1]))) for each in (order[0], order[-1])
        )
        sentences.append(f"{low} ends lowest, at {least}; {high} ends highest, at {most}.")
    for each in found:
        if each.broken is not None:
            step, value = each.steps[each.broken], float(each.values[each.broken])
            sentences.append(f"{_brief(each)} diverged at step {step:,.0f}: it is {plain(value)}.")
        elif each.grown:
            sentences.append(
                f"{_brief(each)} diverges: it ends at {plain(float(each.finite[-1]))}."
            )
    sentences += [
        f"{each.gaps:,} of {len(each.values):,} numbers of {_brief(each)} "
        f"{'is' if each.gaps == 1 else 'are'} not finite."
        for each in found
        if each.gaps
    ]
    if not any(len(each.values) for each in found):
        sentences.append("Nothing is recorded yet.")
    else:
        sentences += [
            f"{_brief(each)} has no numbers yet." for each in found if not len(each.values)
        ]
    everything = np.concatenate([each.finite for each in found])
    if ((everything < up.low) | (everything > up.high)).any():
        sentences.append("What is dotted along the edge lies beyond the scale.")
    return " ".join(sentences)


def _brief(run: Series) -> str:
    return isolated(fitted(run.name, 160))


def _table(found: Sequence[Series]) -> Table:
    rows = []
    for each in found:
        finite = each.finite
        ends = [exact(float(each.values[place])) if len(each.values) else "" for place in (0, -1)]
        lowest = exact(float(finite.min())) if len(finite) else ""
        rows.append((each.name, f"{len(each.values):,}", *ends, lowest, _table_remark(each)))
    return Table(("run", "steps", "first", "last", "lowest", "remark"), tuple(rows))


def _table_remark(run: Series) -> str:
    if run.broken is not None:
        return f"diverged at step {run.steps[run.broken]:,.0f}"
    return "diverges" if run.grown else ""
