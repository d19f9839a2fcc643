"""Writing SVG: elements as values, text that is always valid XML, numbers that are always the same."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, field

#: What XML 1.0 cannot hold in any form: control characters, lone surrogates, two non-characters.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# The standard library's own escaping, in xml.sax.saxutils, would load the modules for network connections.
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# A parser would make spaces of the line breaks in an attribute.
_IN_ATTRIBUTE = _IN_TEXT | str.maketrans(
    {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)


def number(value: float) -> str:
    """A coordinate with at most two decimals, and no ``-0``.

    >>> number(3.0), number(2.50), number(-0.001)
    ('3', '2.5', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def clean(text: str) -> str:
    """`text` with a replacement character for whatever XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


class Later:
    """Text that is put together when it is first read: in a live diagram, most of it never is.

    Args:
        words: returns the text.
    """

    __slots__ = ("_text", "_words")

    def __init__(self, words: Callable[[], str]) -> None:
        self._words = words
        self._text: str | None = None

    def __str__(self) -> str:
        if self._text is None:
            self._text = self._words()
        return self._text


@dataclass(slots=True)
class Element:
    """An SVG element with attributes and children, which are elements or text."""

    tag: str
    attributes: dict[str, str | float | Later] = field(default_factory=dict)
    children: list[Element | str | Later] = field(default_factory=list)

    def add(
        self, tag: str, *children: Element | str | Later, **attributes: str | float | Later
    ) -> Element:
        """Append a new element and return it. ``class_`` and ``stroke_width`` name what they mean."""
        element = Element(
            tag, {_attribute(name): value for name, value in attributes.items()}, list(children)
        )
        self.children.append(element)
        return element

    def walk(self) -> list[Element]:
        """This element and all within it, in their order."""
        found: list[Element] = []
        self._collect(found)
        return found

    def _collect(self, found: list[Element]) -> None:
        found.append(self)
        for child in self.children:
            if type(child) is Element:
                child._collect(found)

    def __str__(self) -> str:
        attributes = "".join(
            [
                f' {name}="{number(value)}"'
                if isinstance(value, (float, int))
                else f' {name}="{clean(str(value)).translate(_IN_ATTRIBUTE)}"'
                for name, value in self.attributes.items()
            ]
        )
        if not self.children:
            return f"<{self.tag}{attributes}/>"
        inside = "".join(
            [
                str(child) if isinstance(child, Element) else clean(str(child)).translate(_IN_TEXT)
                for child in self.children
            ]
        )
        return f"<{self.tag}{attributes}>{inside}</{self.tag}>"


#: SVG names some attributes in camel case; the rest have hyphens.
_CAMEL = {"viewBox"}


@functools.cache
def _attribute(name: str) -> str:
    return name if name in _CAMEL else name.rstrip("_").replace("_", "-")
