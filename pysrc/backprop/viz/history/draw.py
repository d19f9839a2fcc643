"""A training run: the loss, and how large every parameter and its gradient were."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from ...dtypes import Array
from ..kit.chart import Scale, add_ends, add_frame, curve, power_text, powers, scale_for
from ..kit.diagram import Diagram, Paper, Table, finish
from ..kit.notes import MARGIN, WIDTH, add_notes
from ..kit.numbers import exact, plain, short
from ..kit.steps import Step, add_captions, explain, node_id, seen
from ..kit.svg import Element
from ..kit.text import fitted, isolated
from .findings import arrival, remark_on
from .recording import MISSING, Moment, Run

LEFT, RIGHT = 72.0, WIDTH - MARGIN
LOSS_HEIGHT, ROW_HEIGHT = 120.0, 52.0
#: More parameters than this are folded: those with something to say are shown first.
MOST_ROWS = 12
#: Training that ends has arrived if its loss is this many times smaller than at first.
SMALL_LOSS = 100.0
#: Moments that can be stepped through.
MOST_STEPS = 40


def history(run: Run) -> Diagram:
    """Draw a training run that `record` recorded: the loss, every parameter and every gradient.

    For each parameter the blue line is the size (root mean square) of its elements, the orange one that of
    their gradient, on a scale of powers of ten that all share. Marked are gradients that *vanish* (they are
    typically a thousand times smaller than those of the layers above, while there is blame to hand on), that
    *explode* (they are a thousand times larger than any was at the start, or no numbers any more), and units
    that are *dead* (in the second half of the run, no weight that leads into them got any gradient at all).
    Where all gradients have become a thousand times smaller together, training has come to its end, and only
    the steps before that say what vanishes or is dead.

    >>> import backprop as torch
    >>> from backprop import viz
    >>> model = torch.nn.Linear(1, 1)
    >>> with viz.record(model) as run:
    ...     for _ in range(5):
    ...         (model(torch.ones(1, 1)) - 1).pow(2).sum().backward()
    >>> viz.history(run).title
    'A run of 5 steps'

    Args:
        run: what ``with viz.record(model) as run:`` gave; also after an exception, or Stop.

    Raises:
        TypeError: `run` is no run.
        ValueError: nothing was recorded.
    """
    if not isinstance(run, Run):
        raise TypeError(
            f"history() draws a recorded run, not {type(run).__name__}\n"
            "Train inside `with viz.record(model) as run:`, then call viz.history(run)."
        )
    if not run.moments:
        raise ValueError(
            "nothing was recorded: no backward() has come through the model's parameters\n"
            "Compute the loss and call loss.backward() inside the with block."
        )
    remarks = [remark_on(run, place) for place in range(len(run.names))]
    body = Element("g")
    steps = _steps(run)
    y = add_captions(body, steps, MARGIN, 26, WIDTH - 2 * MARGIN) + 14
    across = Scale(run.moments[0].step, max(run.steps, 2), LEFT, RIGHT)
    top = y
    y = _draw_loss(body, run, across, y)
    rows = _rows(run, remarks)
    low, high = powers(
        [size for each in run.moments for size in (*each.values, *each.gradients) if size > 0]
    )
    for place in rows:
        y = _draw_row(body, run, place, remarks[place], across, (low, high), y)
    if len(rows) < len(run.names):
        words = f"and {len(run.names) - len(rows):,} more parameters"
        body.add("text", words, x=MARGIN, y=y + 20, class_="bp-note-left")
        y += 30
    _draw_cursors(body, run, across, top, y)
    body.add(
        "text", f"step {run.moments[0].step:,}", x=LEFT, y=y + 18, class_="bp-small bp-note bp-left"
    )
    body.add("text", f"step {run.steps:,}", x=RIGHT, y=y + 18, class_="bp-small bp-note bp-right")
    description = _describe(run, remarks)
    key = (
        ("value", "size of the parameter, ends in a dot"),
        ("blame-line", "size of its gradient, ends in a square"),
    )
    height = add_notes(body, y + 48, description, key)
    return finish(
        Paper(body, WIDTH, height),
        title=f"A run of {run.steps:,} step{'' if run.steps == 1 else 's'}",
        description=description,
        table=_table(run, remarks),
        kind="history",
        steps=len(steps),
    )


def _rows(run: Run, remarks: list[str]) -> list[int]:
    order = sorted(range(len(run.names)), key=lambda place: (not remarks[place], place))
    return sorted(order[:MOST_ROWS])


def _scrubbed(run: Run) -> list[Moment]:
    """The moments that can be stepped through: evenly chosen, the first and the last among them."""
    count = len(run.moments)
    if count <= MOST_STEPS:
        return run.moments
    chosen = np.unique(np.linspace(0, count - 1, MOST_STEPS).round().astype(int))
    return [run.moments[each] for each in chosen]


def _steps(run: Run) -> list[Step]:
    found = []
    for moment in _scrubbed(run):
        words = f"Step {moment.step:,}: the loss is {plain(moment.loss)}"
        known = np.where(np.isfinite(moment.gradients), moment.gradients, MISSING)
        if (known >= 0).any():
            place = int(known.argmax())
            words += f", the largest gradient that of {_brief_name(run.names[place])}: "
            words += plain(float(known[place]))
        found.append(Step(f"{words}.", "update"))
    return found


def _brief_name(name: str) -> str:
    return isolated(fitted(name, 160))


def _draw_loss(body: Element, run: Run, across: Scale, y: float) -> float:
    losses = [each.loss for each in run.moments]
    finite = [each for each in losses if math.isfinite(each)]
    top = y + 26
    up = scale_for(np.array(losses), top + LOSS_HEIGHT, top)
    group = body.add("g", class_="bp-panel")
    group.add("text", "loss", x=MARGIN, y=y + 12, class_="bp-heading bp-left")
    if up.logarithmic:
        group.add("text", "powers of ten", x=RIGHT, y=y + 12, class_="bp-small bp-note bp-right")
    add_frame(group, across, up)
    add_ends(group, up, LEFT, short(up.high), short(up.low))
    explain(
        group,
        "loss",
        f"loss from {exact(losses[0])} to {exact(losses[-1])}\nlowest {exact(min(finite, default=math.nan))}",
    )
    steps = [float(each.step) for each in run.moments]
    group.add("path", d=curve(steps, losses, across, up), class_="bp-series is-loss")
    _marker(group, steps, losses, across, up, "value")
    return top + LOSS_HEIGHT + 16


def _draw_row(
    body: Element,
    run: Run,
    place: int,
    remark: str,
    across: Scale,
    limits: tuple[float, float],
    y: float,
) -> float:
    group = body.add("g", class_="bp-panel")
    flag = f"⚠ {remark}" if remark else ""
    name = fitted(run.names[place], 190 if flag else 400, bold=True)
    group.add("text", name, x=MARGIN, y=y + 16, class_="bp-heading bp-left")
    if flag:
        group.add("text", flag, x=RIGHT, y=y + 16, class_="bp-flag bp-right")
    top = y + 30
    up = Scale(*limits, top + ROW_HEIGHT, top, logarithmic=True)
    add_frame(group, across, up)
    add_ends(group, up, LEFT, power_text(limits[1]), power_text(limits[0]))
    steps = [float(each.step) for each in run.moments]
    sizes = _from_to("size", [float(each.values[place]) for each in run.moments])
    blame = _from_to("gradient", [float(each.gradients[place]) for each in run.moments])
    facts = [run.names[place], sizes, blame, remark]
    explain(group, node_id(run.names[place]), "\n".join(each for each in facts if each))
    for kind, class_, series in (
        ("value", "is-value", _drawn(each.values[place] for each in run.moments)),
        ("blame", "is-blame", _drawn(each.gradients[place] for each in run.moments)),
    ):
        group.add("path", d=curve(steps, series, across, up), class_=f"bp-series {class_}")
        _marker(group, steps, series, across, up, kind)
    return top + ROW_HEIGHT + 14


def _from_to(what: str, sizes: list[float]) -> str:
    """What a run made of something: at which size it began and ended, and "" if no backward came by."""
    known = [each for each in sizes if each != MISSING]
    return f"{what} from {exact(known[0])} to {exact(known[-1])} in the whole run" if known else ""


def _drawn(sizes: Iterable[float]) -> list[float]:
    """A gap where a backward did not come by."""
    return [math.nan if size == MISSING else float(size) for size in sizes]


def _marker(
    group: Element, xs: list[float], ys: list[float], across: Scale, up: Scale, kind: str
) -> None:
    """The end of a line: round for values, square for blame, so that colour is not needed."""
    finite = [(x, y) for x, y in zip(xs, ys, strict=True) if math.isfinite(y)]
    if not finite:
        return
    x, y = across(finite[-1][0]), up(finite[-1][1])
    if kind == "value":
        group.add("circle", cx=x, cy=y, r=4, class_="bp-end is-value")
    else:
        group.add("rect", x=x - 4, y=y - 4, width=8, height=8, class_="bp-end is-blame")


def _draw_cursors(body: Element, run: Run, across: Scale, top: float, bottom: float) -> None:
    moments = _scrubbed(run)
    for number, moment in enumerate(moments[:-1], start=1):
        x = across(moment.step)
        line = body.add("path", d=f"M{x:.1f} {top:.0f}V{bottom:.0f}", class_="bp-cursor")
        seen(line, number, number)


def _describe(run: Run, remarks: list[str]) -> str:
    first, last = run.moments[0], run.moments[-1]
    if not math.isfinite(last.loss):
        broken = next(each.step for each in run.moments if not math.isfinite(each.loss))
        sentences = [f"The loss is no number any more from step {broken:,} on."]
    elif last.loss < first.loss:
        sentences = [f"The loss falls from {plain(first.loss)} to {plain(last.loss)}."]
    else:
        sentences = [
            f"The loss goes from {plain(first.loss)} to {plain(last.loss)}: it does not fall."
        ]
    for name, remark in zip(run.names, remarks, strict=True):
        if remark and len(sentences) < 5:
            verb = "has" if "dead" in remark or remark.startswith("no ") else "is"
            sentences.append(f"{_brief_name(name)} {verb} {remark}.")
    arrived = arrival(run)
    if arrived is not None:
        so = "training has arrived"
        if last.loss * SMALL_LOSS > first.loss:
            so = f"nothing changes any more, at a loss of {plain(last.loss)}"
        step = run.moments[arrived].step
        sentences.append(f"From step {step:,} on every gradient is next to nothing: {so}.")
    elif len(sentences) == 1:
        sentences.append("No gradient vanishes or explodes, and no unit is dead.")
    return " ".join(sentences)


def _table(run: Run, remarks: list[str]) -> Table:
    first, last = run.moments[0], run.moments[-1]
    rows = [("loss", exact(first.loss), exact(last.loss), "", "", "")]
    for place, name in enumerate(run.names):
        numbers: list[Array] = [first.values, last.values, first.gradients, last.gradients]
        written = ["" if each[place] == MISSING else exact(float(each[place])) for each in numbers]
        rows.append((name, written[0], written[1], written[2], written[3], remarks[place]))
    return Table(
        ("parameter", "first size", "last size", "first gradient", "last gradient", "remark"),
        tuple(rows),
    )
