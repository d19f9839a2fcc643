"""Lines of text: how wide they are, and names that are written from right to left."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import backprop as torch
import pytest
from backprop import viz
from backprop.viz.kit.diagram import Diagram
from backprop.viz.kit.text import fitted, isolated, text_width, wrapped

from tests.drawings import check_geometry, check_standalone, parse

ISOLATE, POP = "\u2068", "\u2069"

#: Widths of words in DejaVu Sans, in units of the font size, as Chromium measures them.
MEASURED = {
    "وزن": 1.70, "دقة": 1.46, "خسارة": 2.82, "الأوزان": 2.83, "تدريب": 2.55, "سمسم": 2.97,
    "التعلم": 2.36, "سرعت یادگیری": 6.43, "ضصضصض": 4.68, "משקל": 2.67, "הפסד": 2.47, "שיעור": 2.40,
}  # fmt: skip


def texts(diagram: Diagram) -> list[str]:
    """All that is written or said anywhere, line by line."""
    found: list[str] = [diagram.title, diagram.description]
    for each in parse(diagram).iter():
        found += [each.text or "", each.get("data-caption", ""), each.get("data-facts", "")]
    return [line for each in found for line in each.splitlines()]


def check_apart(diagram: Diagram, name: str) -> None:
    """Wherever `name` stands with other words or numbers it is isolated, and every isolate ends."""
    said = [each for each in texts(diagram) if name in each]
    assert any(len(each) > len(name) + 2 for each in said)
    for each in said:
        assert each.strip() == name or f"{ISOLATE}{name}" in each, each
    for each in texts(diagram):
        assert each.count(ISOLATE) == each.count(POP), each
    check_geometry(diagram)
    check_standalone(diagram)


@pytest.mark.parametrize("word", MEASURED)
def test_width_is_an_upper_bound_and_not_far_from_the_truth(word: str) -> None:
    assert MEASURED[word] <= text_width(word, 1) <= 1.35 * MEASURED[word]


def test_what_isolates_a_name_takes_no_room() -> None:
    assert text_width(isolated("وزن")) == text_width("وزن")
    assert isolated(isolated("وزن")) == isolated("وزن")


def test_a_name_that_is_cut_or_broken_stays_apart_in_each_line() -> None:
    name = isolated("وزن الطبقة الأولى")
    assert fitted(f"{name} = 2", 130).startswith(f"{ISOLATE}…")
    for line in wrapped(f"The gradient of {name} is 3", 110):
        assert line.count(ISOLATE) == line.count(POP)
    assert len(wrapped(f"The gradient of {name} is 3", 110)) > 2


@pytest.mark.parametrize("name", ["وزن", "משקל"])
def test_a_graph_keeps_names_and_numbers_apart(name: str) -> None:
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    plain = viz.graph(lambda: (w * w + w).sum(), names={"w": w})
    diagram = viz.graph(lambda: (w * w + w).sum(), names={name: w})
    check_apart(diagram, name)
    assert f"Backward: dL/d{ISOLATE}{name}{POP} += " in diagram._repr_svg_()
    ids = [each.get("data-node") for each in parse(diagram).iter() if each.get("data-node")]
    assert name in ids
    assert name in [row[0] for row in diagram.table.rows]
    assert diagram._repr_svg_().count("data-node") == plain._repr_svg_().count("data-node")
    assert ISOLATE not in plain._repr_svg_()


class Model(torch.nn.Module):
    """Its layer has an Arabic name."""

    def __init__(self) -> None:
        super().__init__()
        self.طبقة = torch.nn.Linear(2, 1)

    def forward(self, x: Any) -> Any:
        return self.طبقة(x)


def test_a_run_and_a_check_keep_names_and_numbers_apart() -> None:
    torch.manual_seed(0)
    model = Model()
    with viz.record(model) as run:
        for _ in range(4):
            model(torch.ones(1, 2)).sum().backward()
    check_apart(viz.history(run), "طبقة.weight")
    check_apart(viz.check(model, torch.ones(3, 2), torch.ones(3, 1)), "طبقة.weight")


def test_curves_bars_and_images_keep_names_and_numbers_apart() -> None:
    check_apart(viz.curves({"وزن": [3.0, 2.0], "b": [4.0, 1.0]}, name="الخسارة"), "وزن")
    check_apart(viz.bars(["وزن", "b"], {"قبل": [3.0, 2.0], "after": [2.0, 1.0]}), "وزن")
    check_apart(viz.image([[[0.0, 1.0]], [[1.0, 0.0]]], ["وزن", "b"]), "وزن")


def test_flow_keeps_the_names_of_activation_and_loss_apart() -> None:
    class تنشيط(torch.nn.Tanh):  # noqa: N801
        pass

    def خسارة(answer: Any, target: Any) -> Any:  # noqa: N802
        return ((answer - target) ** 2).mean()

    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(2, 2), تنشيط(), torch.nn.Linear(2, 1))
    diagram = viz.flow(model, torch.ones(1, 2), torch.ones(1, 1), خسارة, 0.1)
    check_apart(diagram, "تنشيط")
    check_apart(diagram, "خسارة")
    root: ET.Element = parse(diagram)
    assert any("the slope of" in (each.get("data-caption") or "") for each in root.iter())
