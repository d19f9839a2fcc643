"""What the tests of diagrams share: reading an SVG, where its text is, and the golden files."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import backprop as torch
import numpy as np
from backprop import host
from backprop.viz.kit.diagram import Diagram
from backprop.viz.kit.text import text_width
from hypothesis import strategies as st

SVG = "{http://www.w3.org/2000/svg}"
GOLDEN = Path(__file__).resolve().parent / "golden" / "viz"

#: All that text can hold. `st.text()` alone means the same, and first tries to encode each character of
#: Unicode, to find out that the surrogates cannot be.
CHARACTERS = st.characters(exclude_categories=["Cs"])

#: What the page refuses to draw: see web/src/output/markup/read.ts.
MOST_ELEMENTS, MOST_CHARACTERS = 2_000, 500_000
ALLOWED = {"svg", "title", "desc", "style", "g", "path", "circle", "rect", "text", "tspan"}


def first_program() -> tuple[Any, Any, Any]:
    """The network of 2, 3 and 1 neurons that the lesson begins with, its input and its target."""
    model = sequential(torch.nn.ReLU, 2, 3, 1)
    return model, torch.tensor([[1.0, 2.0]]), torch.tensor([[3.0]])


def sequential(activation: type, *sizes: int) -> Any:
    """Linear layers of these sizes, from seed 0, with an activation between each two."""
    torch.manual_seed(0)
    layers: list[Any] = []
    for inputs, outputs in itertools.pairwise(sizes):
        layers += [torch.nn.Linear(inputs, outputs), activation()]
    return torch.nn.Sequential(*layers[:-1])


@contextmanager
def shown() -> Iterator[list[dict[str, str]]]:
    """What a page is given to show meanwhile, as bundles."""
    bundles: list[dict[str, str]] = []
    host.connect(lambda control: control["value"], bundles.append)
    try:
        yield bundles
    finally:
        host.disconnect()


def parse(diagram: Diagram) -> ET.Element:
    return ET.fromstring(diagram._repr_svg_())


def without_style(diagram: Diagram) -> str:
    return re.sub(r"<style>.*?</style>", "", diagram._repr_svg_(), flags=re.DOTALL)


@dataclass(frozen=True)
class Label:
    """A line of text: its box, and the steps in which it is seen."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    first: int
    last: int

    def overlaps(self, other: Label) -> bool:
        together = self.first <= other.last and other.first <= self.last
        return (
            together
            and self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


_LEFT = ("bp-note-left", "bp-caption", "bp-left")


def labels(root: ET.Element) -> list[Label]:
    """All lines of text, with the place that the widest of the fonts gives them."""
    return list(_labels(root, 0, 10_000))


def _labels(element: ET.Element, first: int, last: int) -> Iterator[Label]:
    first = max(first, int(element.get("data-from", first)))
    last = min(last, int(element.get("data-until", last)))
    if element.tag == f"{SVG}text":
        classes = element.get("class", "").split()
        size = 15 if "bp-small" in classes else 16
        for line in element.findall(f"{SVG}tspan") or [element]:
            width = text_width(line.text or "", size, "bp-heading" in classes)
            x, y = float(line.attrib["x"]), float(line.attrib["y"])
            left = x - width / 2
            if set(classes) & set(_LEFT):
                left = x
            elif "bp-right" in classes:
                left = x - width
            # From the height of a digit to the baseline: lines that are set solid do not overlap.
            yield Label(
                line.text or "", left, y - size * 0.76, left + width, y + size * 0.2, first, last
            )
    for child in element:
        yield from _labels(child, first, last)


def check_geometry(diagram: Diagram) -> None:
    """No two labels that are seen together overlap, and nothing is outside of the view box."""
    root = parse(diagram)
    if "data-narrow" not in root.attrib:
        _check_page(root, root.attrib["viewBox"])
        return
    for name in ("wide", "narrow"):
        page = root.find(f".//{SVG}g[@class='bp-{name}']")
        assert page is not None
        _check_page(page, root.attrib[f"data-{name}"])


def _check_page(page: ET.Element, view_box: str) -> None:
    _, _, width, height = (float(each) for each in view_box.split())
    found = labels(page)
    assert found
    for place, label in enumerate(found):
        assert label.left >= 0, label
        assert label.right <= width, label
        assert label.top >= 0, label
        assert label.bottom <= height, label
        for other in found[place + 1 :]:
            assert not label.overlaps(other), (label, other)
    for rect in page.iter(f"{SVG}rect"):
        x, y, w, h = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
        assert 0 <= x <= x + w <= width, rect.attrib
        assert 0 <= y <= y + h <= height, rect.attrib
    for circle in page.iter(f"{SVG}circle"):
        x, y, r = (float(circle.attrib[name]) for name in ("cx", "cy", "r"))
        assert r <= x <= width - r, circle.attrib
        assert r <= y <= height - r, circle.attrib


def check_standalone(diagram: Diagram) -> None:
    """It is named and described, holds nothing that a page takes out, and is not too large for one."""
    text = diagram._repr_svg_()
    root = ET.fromstring(text)
    assert root.attrib["role"] == "img"
    title, description = root.attrib["aria-labelledby"].split()
    assert root.findtext(f"{SVG}title[@id='{title}']") == diagram.title
    assert root.findtext(f"{SVG}desc[@id='{description}']") == diagram.description
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in ALLOWED
        assert not {"style", "href", "onload"} & set(element.attrib)
    assert "url(" not in text
    assert len(re.findall("<[a-z]", text, re.IGNORECASE)) <= MOST_ELEMENTS
    assert len(text) <= MOST_CHARACTERS


def check_steps(diagram: Diagram) -> list[str]:
    """Every step has one caption, in order; what is seen for a while is in range. Returns the captions."""
    root = parse(diagram)
    count = int(root.attrib["data-steps"])
    groups = root.findall(f".//{SVG}g[@class='bp-captions']")
    assert len(groups) == (2 if "data-narrow" in root.attrib else 1)
    captions = groups[0].findall(f"{SVG}text")
    for group in groups:
        steps = [int(each.attrib["data-from"]) for each in group]
        assert steps == list(range(1, count + 1))
    assert all(
        each.attrib["data-phase"] in {"forward", "loss", "backward", "update"} for each in captions
    )
    for element in root.iter():
        if "data-until" in element.attrib:
            first, last = int(element.attrib["data-from"]), int(element.attrib["data-until"])
            assert 0 <= first <= last < count
        elif "data-from" in element.attrib:
            assert 0 <= int(element.attrib["data-from"]) <= count
    return [each.attrib["data-caption"] for each in captions]


def check_golden(diagram: Diagram, name: str, update: bool) -> None:
    """The drawing is that of the golden file: the same text, and the same geometry."""
    found = without_style(diagram)
    path = GOLDEN / f"{name}.svg"
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found, encoding="utf-8")
    numbers = re.compile(r"-?\d+(?:\.\d+)?")
    expected = path.read_text(encoding="utf-8")
    # Ids are made of the content; everything else is compared, numbers as geometry.
    shape = [re.sub("bp-[0-9a-f]{10}", "", each) for each in (found, expected)]
    assert numbers.sub("#", shape[0]) == numbers.sub("#", shape[1])
    np.testing.assert_allclose(
        [float(each) for each in numbers.findall(shape[0])],
        [float(each) for each in numbers.findall(shape[1])],
        atol=0.02,
    )
