"""What a cell put out, as the page shows it before anything ran in the browser."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass, field
from typing import Any, Literal

from markupsafe import Markup

from playground.builder.cells import Cell
from playground.builder.svg import InvalidMarkup, inline_svg
from playground.errors import SourceError
from playground.session.display import TABLE


@dataclass(frozen=True)
class OutputView:
    """One piece of output: `text` for "text" and "stderr", `html` for "rich"."""

    kind: Literal["text", "stderr", "rich"]
    text: str = ""
    html: Markup = field(default_factory=Markup)
    table: dict[str, Any] | None = None
    """The numbers of a diagram: `columns`, and `rows` of text."""

    @property
    def diagram(self) -> bool:
        """Whether it is a diagram of `backprop.viz`, which the page brings to life."""
        return "backprop-diagram" in self.html

    @property
    def narrow(self) -> str | None:
        """The view box of the drawing that a narrow screen gets, where there are two."""
        match = re.search(r'data-narrow="([\d ]+)"', self.html) if self.diagram else None
        return match and match[1]

    @property
    def has_steps(self) -> bool:
        """Whether the page will need room for the diagram's steps."""
        return self.diagram and "data-steps=" in self.html

    @property
    def has_facts(self) -> bool:
        """Whether the page will need room for what is said of the diagram's parts."""
        return self.diagram and "data-node=" in self.html


def output_views(cell: Cell, events: list[dict[str, Any]]) -> list[OutputView]:
    """Return what a cell put out, neighbouring texts of one kind joined.

    Raises:
        SourceError: A displayed value's markup is not fit to be put into the page.
    """
    found: list[OutputView] = []
    for event in events:
        if event["type"] == "control":
            continue
        output = _output(cell, event)
        last = found[-1] if found else None
        if last is not None and last.kind == output.kind != "rich":
            found[-1] = OutputView(output.kind, last.text + output.text)
        else:
            found.append(output)
    return found


def controls(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the controls that a cell has asked for, each as it was last."""
    found = {
        event["control"]["label"]: event["control"]
        for event in events
        if event["type"] == "control"
    }
    return list(found.values())


def transcript(events: list[dict[str, Any]]) -> str:
    """Return all text that a cell put out, in order; pictures are left out."""
    texts = []
    for event in events:
        if event["type"] in ("stdout", "stderr"):
            texts.append(event["text"])
        elif event["type"] == "display" and set(event["bundle"]) == {"text/plain"}:
            texts.append(event["bundle"]["text/plain"] + "\n")
    return "".join(texts)


def _output(cell: Cell, event: dict[str, Any]) -> OutputView:
    if event["type"] == "stdout":
        return OutputView("text", event["text"])
    if event["type"] == "stderr":
        return OutputView("stderr", event["text"])
    bundle: dict[str, str] = event["bundle"]
    try:
        if "image/svg+xml" in bundle:
            table = json.loads(bundle.get(TABLE, "null"))
            return OutputView("rich", html=inline_svg(bundle["image/svg+xml"]), table=table)
        if "image/png" in bundle:
            return OutputView("rich", html=_image(bundle["image/png"]))
    except InvalidMarkup as reason:
        raise SourceError(cell.path, cell.line, f"the cell {cell.id} displays {reason}") from None
    if set(bundle) != {"text/plain"}:
        # HTML would need a sanitiser of its own here, next to the browser's.
        kinds = ", ".join(sorted(bundle))
        raise SourceError(
            cell.path,
            cell.line,
            f"the cell {cell.id} displays {kinds}; a page can show text, SVG and PNG before it runs",
        )
    return OutputView("text", bundle["text/plain"] + "\n")


def _image(data: str) -> Markup:
    try:
        content = base64.b64decode("".join(data.split()), validate=True)
    except binascii.Error:
        raise InvalidMarkup("a PNG that is not base64") from None
    if not content.startswith(b"\x89PNG\r\n\x1a\n"):
        raise InvalidMarkup("as PNG something that is none")
    source = "data:image/png;base64," + base64.b64encode(content).decode()
    return Markup('<img src="{}" alt="">').format(source)
