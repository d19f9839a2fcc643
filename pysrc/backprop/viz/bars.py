"""Numbers as bars: how large each is beside the others."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..dtypes import Array
from .kit.chart import Scale
from .kit.diagram import Diagram, Paper, Table, finish
from .kit.given import numbers_of
from .kit.notes import MARGIN, WIDTH, add_notes
from .kit.numbers import exact, plain
from .kit.steps import explain
from .kit.svg import Element
from .kit.text import bare, fitted, isolated, text_width

MOST_BARS, MOST_SERIES = 64, 4
TOP = 12.0
#: The height of a bar, from one to the next, and the room between labels.
THICK, STEP, GAP = 18.0, 22.0, 8.0
#: Labels stand to the left of their bars if they are at most this wide, and else above.
BESIDE, WIDEST_UNIT = 130.0, 80.0


def bars(labels: Sequence[Any], values: Any, *, name: str = "", unit: str = "") -> Diagram:
    """Draw a number for each label as a bar, or several numbers, as bars below each other.

    All bars begin at 0, and those of negative numbers go to the left. Series differ in their filling and
    their outline as well as in colour.

    >>> from backprop import viz
    >>> viz.bars(["cat", "dog"], [0.75, 0.25]).description
    'The largest is cat: 0.75. The smallest is dog: 0.25.'
    >>> viz.bars(["5 weights", "9 weights"], {"slow": [2, 4], "fast": [1, 1]}, unit="ms").description
    'The largest is 9 weights, slow: 4 ms. The smallest is 5 weights, fast: 1 ms.'

    Args:
        labels: what each number belongs to.
        values: as many numbers: a list, an array or a tensor. Or a dictionary with the numbers of up to 4
            series by their names.
        name: what the numbers are; stands above.
        unit: stands behind each number.

    Raises:
        TypeError: the values are no real numbers.
        ValueError: there are none, too many, or not as many as labels.
    """
    series, words = _series(values, labels)
    unit = isolated(fitted(unit, WIDEST_UNIT, 15))
    if len(words) * len(series) > MOST_BARS:
        raise ValueError(
            f"these are {len(words) * len(series):,} bars; bars() draws up to {MOST_BARS}\n"
            "Leave out the smallest, or draw the numbers as a curve: viz.curves."
        )
    body, y = Element("g"), TOP
    if name:
        body.add(
            "text", fitted(name, 400, bold=True), x=MARGIN, y=y + 14, class_="bp-heading bp-left"
        )
        y += 30
    widest = max(text_width(each, 16) for each in words)
    beside = widest <= BESIDE
    across = _scale(np.concatenate(list(series.values())), widest + 10 if beside else 0.0, unit)
    for place, label in enumerate(words):
        group = body.add("g", class_="bp-bars")
        middle = y + STEP * len(series) / 2
        if not beside:
            middle, y = y + 12, y + STEP
        shown = label if beside else fitted(label, WIDTH - 2 * MARGIN)
        group.add("text", shown, x=MARGIN, y=middle + 5, class_="bp-left")
        for kind, (of, numbers) in enumerate(series.items()):
            bar = _draw_bar(group, float(numbers[place]), kind, across, y, unit)
            facts = ", ".join(each for each in (label, of) if each)
            facts += f"\n{_measured(exact(float(numbers[place])), unit)}"
            explain(bar, f"bar-{place}-{kind}", facts)
            y += STEP
        zero = f"M{across(0.0):.1f} {y:.1f}v{-STEP * len(series):.1f}"
        body.add("path", d=zero, class_="bp-axis")
        y += GAP
    if len(series) > 1:
        y = _draw_key(body, list(series), y + 14)
    description = _describe(series, words, unit)
    height = add_notes(body, y + 10, description, key=())
    count = f"{len(words)} number{'' if len(words) == 1 else 's'}"
    if len(series) > 1:
        count = f"{len(series)} × {count}"
    return finish(
        Paper(body, WIDTH, height),
        title=f"{isolated(name)}: {count} as bars" if name else f"{count} as bars".capitalize(),
        description=description,
        table=_table(series, words, unit),
        kind="bars",
    )


def _series(values: Any, labels: Sequence[Any]) -> tuple[dict[str, Array], list[str]]:
    words = [isolated(str(each)) for each in labels]
    named = values if isinstance(values, Mapping) else {"": values}
    found = {
        isolated(str(name)): numbers_of(each, f"the values {name!r}" if name else "the values")
        for name, each in named.items()
    }
    if not words or not found:
        raise ValueError("there are no bars to draw\nPass at least one label with its number.")
    if len(found) > MOST_SERIES:
        raise ValueError(
            f"bars() draws up to {MOST_SERIES} series, not {len(found):,}\n"
            "More cannot be told apart: call it twice."
        )
    for name, each in found.items():
        if each.shape != (len(words),):
            of = f" for {name!r}" if name else ""
            raise ValueError(
                f"there are {len(words)} labels and values of shape {each.shape}{of}\n"
                "Each label needs one number."
            )
    return found, words


def _scale(values: Array, used: float, unit: str) -> Scale:
    """With room for the numbers behind the bars, on the left only if some bars go there."""
    finite = values[np.isfinite(values)]
    low, high = float(finite.min(initial=0.0)), float(finite.max(initial=0.0))
    if np.isposinf(values).any() or low == high:
        high = high or -low or 1.0
    if np.isneginf(values).any():
        low = low or -high
    # At least that of four digits, so that a live diagram does not move with every number.
    texts = [plain(each) for each in values.tolist()] + ["0.0000"]
    room = max(text_width(_measured(each, unit), 15) for each in texts) + 6
    start = MARGIN + used + (room if low else 0.0)
    return Scale(low, high, start, WIDTH - MARGIN - (room if high else 0.0))


def _measured(number: str, unit: str) -> str:
    return f"{number} {unit}" if unit else number


def _draw_bar(
    group: Element, value: float, kind: int, across: Scale, y: float, unit: str
) -> Element:
    """A bar of the width of `value`; what is infinite goes to the edge, and what is no number has no bar."""
    zero, end = across(0.0), across(0.0 if math.isnan(value) else value)
    bar = group.add("g", class_="bp-bar-and-number")
    odd = "" if math.isfinite(value) else " is-not-finite"
    bar.add(
        "rect",
        x=min(zero, end),
        y=y + (STEP - THICK) / 2,
        width=abs(end - zero),
        height=THICK,
        class_=f"bp-bar is-series-{kind}{odd}",
    )
    behind = end - 6 if value < 0 else end + 6
    side = "bp-right" if value < 0 else "bp-left"
    bar.add("text", _measured(plain(value), unit), x=behind, y=y + 16, class_=f"bp-small {side}")
    return bar


def _draw_key(body: Element, names: Sequence[str], y: float) -> float:
    group = body.add("g", class_="bp-notes")
    for kind, name in enumerate(names):
        group.add("rect", x=MARGIN, y=y - 8, width=34, height=16, class_=f"bp-bar is-series-{kind}")
        group.add("text", fitted(name, 340), x=MARGIN + 44, y=y + 5, class_="bp-note-left")
        y += 24
    return y


def _describe(series: Mapping[str, Array], words: Sequence[str], unit: str) -> str:
    said = [
        (float(numbers[place]), ", ".join(fitted(each, 160) for each in (label, of) if each))
        for of, numbers in series.items()
        for place, label in enumerate(words)
    ]
    finite = [(value, name) for value, name in said if math.isfinite(value)]
    sentences = []
    if finite and len({value for value, _ in finite}) == 1:
        number = _measured(plain(finite[0][0]), unit)
        sentences.append(f"{'All are' if len(finite) > 1 else f'{finite[0][1]} is'} {number}.")
    elif finite:
        for word, (value, name) in (("largest", max(finite)), ("smallest", min(finite))):
            sentences.append(f"The {word} is {name}: {_measured(plain(value), unit)}.")
    odd = [f"{name} ({plain(value)})" for value, name in said if not math.isfinite(value)]
    if odd:
        more = ", …" if len(odd) > 3 else ""
        count = "1 number is" if len(odd) == 1 else f"{len(odd)} numbers are"
        sentences.append(f"{count} not finite: {', '.join(odd[:3])}{more}.")
    return " ".join(sentences)


def _table(series: Mapping[str, Array], words: Sequence[str], unit: str) -> Table:
    columns = tuple(_measured(each or "value", f"({unit})" if unit else "") for each in series)
    rows = [
        (bare(label), *(exact(float(numbers[place])) for numbers in series.values()))
        for place, label in enumerate(words)
    ]
    return Table(("", *columns), tuple(rows))
