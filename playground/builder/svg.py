"""SVG from a cell, made fit to stand inside the page."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from markupsafe import Markup

_SVG = "http://www.w3.org/2000/svg"
_XML = "http://www.w3.org/XML/1998/namespace"

# What the page's own sanitiser refuses in the browser: it would draw less than the build shows.
_FORBIDDEN_ELEMENTS = {
    "script", "a", "image", "feImage", "use", "set", "foreignObject", "iframe",
}  # fmt: skip
_FORBIDDEN_ATTRIBUTES = {"href", "style"}

ElementTree.register_namespace("", _SVG)


class InvalidMarkup(Exception):
    """Markup that must not get into the page; the message completes "the cell displays ..."."""


def inline_svg(text: str) -> Markup:
    """Return the drawing without its style element: the page brings that style sheet itself.

    Raises:
        InvalidMarkup: It is not XML, not SVG, or could do more than be looked at.
    """
    if re.search(r"<!(DOCTYPE|ENTITY)", text):
        raise InvalidMarkup("an SVG with a document type, which the page does not take")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise InvalidMarkup(f"an SVG that is not XML: {error}") from None
    if root.tag != f"{{{_SVG}}}svg":
        raise InvalidMarkup(f"as SVG an element {root.tag}")
    for parent in root.iter():
        _refuse_forbidden(parent)
        for child in list(parent):
            if child.tag == f"{{{_SVG}}}style":
                parent.remove(child)
    return Markup(ElementTree.tostring(root, encoding="unicode"))


def _refuse_forbidden(element: ElementTree.Element) -> None:
    namespace, _, name = element.tag.removeprefix("{").rpartition("}")
    if namespace != _SVG or name in _FORBIDDEN_ELEMENTS:
        raise InvalidMarkup(f"an SVG with a <{name}>, which the page does not take")
    for attribute in element.attrib:
        namespace, _, name = attribute.removeprefix("{").rpartition("}")
        if namespace not in ("", _XML) or name in _FORBIDDEN_ATTRIBUTES or name.startswith("on"):
            raise InvalidMarkup(f"an SVG with the attribute {name}, which the page does not take")
