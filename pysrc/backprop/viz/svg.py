"""Writing SVG: elements as values, text that is always valid XML, numbers that are always the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
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


@dataclass
class Element:
    """An SVG element with attributes and children, which are elements or text."""

    tag: str
    attributes: dict[str, str | float] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def add(self, tag: str, *children: Element | str, **attributes: str | float) -> Element:
        """Append a new element and return it. ``class_`` and ``stroke_width`` name what they mean."""
        element = Element(
            tag, {_attribute(name): value for name, value in attributes.items()}, list(children)
        )
        self.children.append(element)
        return element

    def walk(self) -> Iterator[Element]:
        """This element and all within it, in their order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def __str__(self) -> str:
        attributes = "".join(
            [
                f' {name}="{clean(value).translate(_IN_ATTRIBUTE)}"'
                if isinstance(value, str)
                else f' {name}="{number(value)}"'
                for name, value in self.attributes.items()
            ]
        )
        if not self.children:
            return f"<{self.tag}{attributes}/>"
        inside = "".join(
            [
                clean(child).translate(_IN_TEXT) if isinstance(child, str) else str(child)
                for child in self.children
            ]
        )
        return f"<{self.tag}{attributes}>{inside}</{self.tag}>"


#: SVG names some attributes in camel case; the rest have hyphens.
_CAMEL = {"viewBox"}


def _attribute(name: str) -> str:
    return name if name in _CAMEL else name.rstrip("_").replace("_", "-")
