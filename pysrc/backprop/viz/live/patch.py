"""What changes from one drawing to the next of the same thing, in a form that a page can check.

A live diagram is sent once as SVG, whose elements have numbers in ``data-key``. After that only patches
are sent, as JSON of the type ``application/vnd.backprop.patch+json``::

    {"live": "live-1", "frame": 7, "last": false,
     "changes": [[12, "d", "M0 0L5 5"], [13, "stroke-width", "2.5"], [20, "text", "0.74"]]}

``live`` is the ``data-live`` of the SVG's root. Each change names an element by its key, then an attribute
of `ALLOWED`, or ``text`` for the whole text content, and the new value, always a string. A page refuses a
value that does not match the pattern of its attribute. In the last frame of a loop, with ``last``, the
facts and hidden titles follow, which nobody reads while everything moves.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from ...host import contract
from ..kit.notes import LINE
from ..kit.svg import Element, Later, clean, number

_NUMBER = re.compile(r"-?\d{1,6}(\.\d{1,3})?")
_PATH = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9 .,-]*")
_CLASSES = re.compile(r"[a-z0-9 -]*")
_ANYTHING = re.compile(r".*", re.DOTALL)

#: The attributes that a patch can change, and what their values match in full.
ALLOWED: dict[str, re.Pattern[str]] = {
    "class": _CLASSES,
    "cx": _NUMBER,
    "cy": _NUMBER,
    "d": _PATH,
    contract.FACTS: _ANYTHING,
    "fill-opacity": _NUMBER,
    "height": _NUMBER,
    "r": _NUMBER,
    "stroke-width": _NUMBER,
    "text": _ANYTHING,
    "width": _NUMBER,
    "x": _NUMBER,
    "y": _NUMBER,
}
#: What only the last frame changes: it is not seen.
_UNSEEN_ATTRIBUTES = {contract.FACTS}
_UNSEEN_ELEMENTS = {"title", "desc"}

#: Lines that are kept free below a drawing, for a description that grows.
SPARE_LINES = 2

Change = tuple[int, str, str]


class Restructured(Exception):
    """The two drawings do not have the same elements; the new one has to be sent as a whole."""


class Drawing:
    """A drawing whose elements, in document order, are listed once for all comparisons."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.elements = root.walk()

    @functools.cached_property
    def rooms(self) -> list[int]:
        """How many lines each of its groups of notes has."""
        notes = [each for each in self.elements if each.attributes.get("class") == "bp-notes"]
        return [len(each.children) for each in notes]


def differences(before: Drawing, after: Drawing, told: Drawing | None = None) -> list[Change]:
    """The changes that make `before` look like `after`; keys count the elements in document order.

    Args:
        before: what is shown.
        after: what is to be shown.
        told: the drawing whose facts and titles were sent last, if those of `after` are to be sent now.

    Raises:
        Restructured: they differ in more than the values of allowed attributes.
    """
    changes: list[Change] = []
    old, new = before.elements, after.elements
    if len(old) != len(new):
        raise Restructured
    for key, (a, b) in enumerate(zip(old, new, strict=True)):
        if a is b:
            continue
        if (
            a.tag != b.tag
            or a.attributes.keys() != b.attributes.keys()
            or len(a.children) != len(b.children)
        ):
            raise Restructured
        for name, value in b.attributes.items():
            if value != a.attributes[name] and name not in _UNSEEN_ATTRIBUTES:
                changes.append(_change(key, name, value))
        if b.children and b.tag not in _UNSEEN_ELEMENTS:
            changes += _text(key, a, b)
    if told is not None:
        changes += _untold(told.elements, new)
    return changes


def _untold(told: list[Element], new: list[Element]) -> list[Change]:
    """What has changed, since it was last told, in what is not seen."""
    changes: list[Change] = []
    for key, (a, b) in enumerate(zip(told, new, strict=True)):
        for name in _UNSEEN_ATTRIBUTES & b.attributes.keys():
            if str(a.attributes[name]) != str(b.attributes[name]):
                changes.append(_change(key, name, b.attributes[name]))
        if b.tag in _UNSEEN_ELEMENTS:
            changes += _text(key, a, b)
    return changes


def _change(key: int, name: str, value: str | float | Later) -> Change:
    pattern = ALLOWED.get(name)
    if pattern is _NUMBER and isinstance(value, float) and abs(value) < 999_999:
        return key, name, number(value)
    text = number(value) if isinstance(value, (float, int)) else str(value)
    if pattern is None or not pattern.fullmatch(text):
        raise Restructured
    return key, name, text


def _text(key: int, before: Element, after: Element) -> list[Change]:
    for old, new in zip(before.children, after.children, strict=True):
        if isinstance(old, Element) != isinstance(new, Element):
            raise Restructured
        if isinstance(new, Element) or str(old) == str(new):
            continue
        if len(after.children) > 1:
            raise Restructured
        return [(key, "text", clean(str(new)))]
    return []


def numbered(root: Element, live: str, title: str) -> Element:
    """A copy of `root` with its name, its title, and a key for each element in document order."""
    root = _copied(root)
    root.attributes |= {contract.LIVE: live, "aria-label": title}
    for key, element in enumerate(root.walk()):
        element.attributes[contract.KEY] = str(key)
    return root


def _copied(element: Element) -> Element:
    children = [_copied(each) if isinstance(each, Element) else each for each in element.children]
    return Element(element.tag, dict(element.attributes), children)


def steady(root: Element, shown: Drawing | None) -> Drawing:
    """`root` with as many lines of notes as `shown` has, and of its size, so that nothing jumps.

    The first drawing gets a few lines more than it needs. What does not change is shared, not copied.
    """
    root = _padded(root, iter([] if shown is None else shown.rooms))
    if shown is None:
        height = float(str(root.attributes["height"])) + LINE * SPARE_LINES
        root.attributes["viewBox"] = f"0 0 {root.attributes['width']} {height:.0f}"
        root.attributes["height"] = f"{height:.0f}"
    else:
        root.attributes |= {name: shown.root.attributes[name] for name in ("viewBox", "height")}
    return Drawing(root)


def _padded(element: Element, room: Iterator[int]) -> Element:
    """A copy down to the notes, in which each group of notes has as many children as `room` says."""
    copied = Element(element.tag, dict(element.attributes), list(element.children))
    # The name of this very drawing would differ in every frame; the SVG that is shown has one already.
    for name in ("id", "aria-labelledby", contract.GRAPH):
        copied.attributes.pop(name, None)
    if copied.attributes.get("class") == "bp-notes":
        wanted = next(room, len(copied.children) + SPARE_LINES)
        last = [each for each in copied.children if isinstance(each, Element)][-1]
        x, y = last.attributes["x"], float(str(last.attributes["y"]))
        while len(copied.children) < wanted:
            y += LINE
            copied.add("text", "", x=x, y=y, class_="bp-note-left")
        del copied.children[wanted:]
        return copied
    copied.children = [
        _padded(each, room) if isinstance(each, Element) and _leads_to_notes(each) else each
        for each in copied.children
    ]
    return copied


def _leads_to_notes(element: Element) -> bool:
    """Notes lie in the drawing, or in the wide or the narrow one of two; title and desc have ids."""
    kind = element.attributes.get("class", "")
    return element.tag in ("title", "desc") or (
        element.tag == "g" and kind in ("", "bp-wide", "bp-narrow", "bp-notes")
    )
