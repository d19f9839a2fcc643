"""The picture of a computation: its numbers, its steps, its places in the code, its geometry."""

from __future__ import annotations

import linecache
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

import backprop as torch
import numpy as np
import pytest
from backprop import viz
from backprop.viz.kit.diagram import Diagram
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.drawings import (
    CHARACTERS,
    SVG,
    check_geometry,
    check_golden,
    check_standalone,
    check_steps,
    parse,
)

SCALARS = """\
w = torch.tensor(2.0, requires_grad=True)
x = torch.tensor(-3.0, requires_grad=True)
b = torch.tensor(6.88, requires_grad=True)
y = (w * x + b).tanh()
loss = (y - 0.5) ** 2 + w * 0.1
"""
NETWORK = """\
torch.manual_seed(0)
model = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU(), torch.nn.Linear(3, 1))
x, target = torch.tensor([[1.0, 2.0]]), torch.tensor([[3.0]])
loss = torch.nn.MSELoss()(model(x), target)
"""
BROADCAST = """\
a = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad=True)
b = torch.tensor([0.5, -0.5, 1.0], requires_grad=True)
loss = (a * b).sum()
"""
LOOP = """\
torch.manual_seed(0)
w, inputs = torch.randn(4, requires_grad=True), torch.randn(40, 4)
h = torch.zeros(4)
for t in range(40):
    h = torch.tanh(h * w + inputs[t])
loss = h.sum()
"""


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    yield
    viz.forget()


def run(source: str, cell: str = "cell.py") -> dict[str, Any]:
    """Run `source` as a cell of the page, with everything remembered."""
    linecache.cache[cell] = (len(source), None, source.splitlines(True), cell)
    scope: dict[str, Any] = {"torch": torch}
    with viz.remember():
        exec(compile(source, cell, "exec"), scope)
    return scope


def draw(source: str, **options: Any) -> Diagram:
    scope = run(source + "\n")
    scope |= {"viz": viz, "options": options}
    exec("diagram = viz.graph(loss, **options)", scope)
    diagram: Diagram = scope["diagram"]
    return diagram


def node(diagram: Diagram, name: str) -> ET.Element:
    found = parse(diagram).find(f".//*[@data-node='{name}']")
    assert found is not None
    return found


def test_every_number_is_the_chain_rules() -> None:
    rows = {row[0]: row for row in draw(SCALARS).table.rows}
    y = np.tanh(0.88)
    slope = 2 * (y - 0.5) * (1 - y**2)
    assert rows["v1"][1:5] == ("multiply", "", "−6.0000", f"{slope:.4f}")
    assert rows["x"][4] == f"{2 * slope:.4f}"
    assert rows["w"][4] == f"{-3 * slope + 0.1:.4f}".replace("-", "−")
    assert rows["loss"][3] == f"{(y - 0.5) ** 2 + 0.2:.4f}"


def test_facts_give_the_formula_with_the_numbers_in_it() -> None:
    diagram = draw(SCALARS)
    facts = node(diagram, "v1").attrib["data-facts"].splitlines()
    assert facts[0] == "v1 = 2.0000 × −3.0000"
    assert "dL/dx gets 0.4136 = 0.2068 × 2.0000" in facts
    # Used twice: each path's share, and the sum.
    assert (
        "dL/dw = −0.5205 = −0.6205 from v1 + 0.1000 from v6"
        in node(diagram, "w").attrib["data-facts"]
    )
    assert "w is used twice" in diagram.description
    assert "w takes 46% of the blame" in diagram.description


@pytest.mark.parametrize(
    ("expression", "formula"),
    [
        ("x ** 3", "(−1.5000) ^ 3"),
        ("x.abs() ** 0.5", "1.5000 ^ 0.5"),
        ("x ** torch.tensor(2.0)", "(−1.5000) ^ 2.0000"),
        ("2 ** x", "2 ^ −1.5000"),
        ("x.clamp(0, 1)", "clamp(−1.5000, at least 0, at most 1)"),
        ("x.clamp(min=0.5)", "clamp(−1.5000, at least 0.5)"),
        ("x.clamp_max(2)", "clamp max(−1.5000, at most 2)"),
        ("m.sum(dim=0)", "sum(m, axis 0)"),
        ("m.mean(dim=-1)", "mean(m, axis 1)"),
        ("m.sum()", "sum(m)"),
        ("m.mean()", "mean(m)"),
        ("m.softmax(dim=1)", "softmax(m, axis 1)"),
        ("m.log_softmax(dim=0)", "log softmax(m, axis 0)"),
    ],
)
def test_the_formula_has_what_an_operation_was_given_besides_tensors(
    expression: str, formula: str
) -> None:
    x = torch.tensor(-1.5, requires_grad=True)
    m = torch.ones(2, 3, requires_grad=True)
    scope = {"torch": torch, "x": x, "m": m}
    diagram = viz.graph(lambda: eval(expression, scope).sum(), names={"x": x, "m": m})
    facts = [each.get("data-facts", "") for each in parse(diagram).iter()]
    assert formula in [each.partition("\n")[0].partition(" = ")[2] for each in facts]
    check_geometry(diagram)


def test_an_exponent_is_known_of_what_was_not_remembered() -> None:
    x = torch.tensor(3.0, requires_grad=True)
    assert "loss = 3.0000 ^ 2" in node(viz.graph(x**2), "loss").attrib["data-facts"]


def test_each_value_knows_its_line_and_its_neighbours() -> None:
    diagram = draw(SCALARS)
    product = node(diagram, "v1").attrib
    assert (product["data-cell"], product["data-line"]) == ("cell.py", "4")
    line = SCALARS.splitlines()[3]
    assert line[int(product["data-column"]) : int(product["data-end-column"])] == "w * x"
    assert product["data-previous"] == "w x"
    assert product["data-next"] == "v2"
    assert product["tabindex"] == "-1"
    ids = [each.get("data-node") for each in parse(diagram).iter() if each.get("data-node")]
    assert len(ids) == len(set(ids)) == len(diagram.table.rows)


def test_columns_count_characters() -> None:
    source = "ß = torch.tensor(2.0, requires_grad=True); loss = ß * 2\n"
    place = node(draw(source), "loss").attrib
    assert source[int(place["data-column"]) : int(place["data-end-column"])] == "ß * 2"


def test_the_steps_go_forward_and_then_back() -> None:
    captions = check_steps(draw(SCALARS))
    assert len(captions) == 14
    assert captions[0] == "Forward: v1 = 2.0000 × −3.0000 = −6."
    assert captions[7].startswith("Backward: dL/dL = 1. dL/dv5 = 1 = 1 × 1")
    assert captions[-1] == "Backward: dL/dw += −0.6205 = 0.2068 × −3; dL/dx = 0.4136 = 0.2068 × 2."


def test_a_value_is_seen_when_it_is_computed_and_a_gradient_when_it_is_complete() -> None:
    texts = {
        each.text: each.get("data-from") for each in node(draw(SCALARS), "w").iter(f"{SVG}text")
    }
    assert texts == {"w": None, "2.00": None, "∂ −0.52": "14"}


def test_broadcasting_says_which_axis_was_summed() -> None:
    diagram = draw(BROADCAST)
    texts = [each.text for each in parse(diagram).iter(f"{SVG}text")]
    assert any(text and text.endswith("Σ axis 0") for text in texts)
    facts = node(diagram, "v1").attrib["data-facts"]
    assert "summed over axis 0, along which b was repeated" in facts
    assert {row[0]: row[4] for row in diagram.table.rows}["b"] == "[5.0000, 7.0000, 9.0000]"


def test_the_bias_of_a_batch_says_that_it_was_summed() -> None:
    torch.manual_seed(0)
    layer, x = torch.nn.Linear(2, 3), torch.randn(4, 2)
    facts = node(viz.graph(lambda: layer(x).sum(), layer), "v1").attrib["data-facts"]
    assert "summed over axis 0, along which bias was repeated" in facts
    assert "weight gets" in facts
    assert "= dL/dv1ᵀ @ x" in facts


def test_it_agrees_with_backward_and_leaves_gradients_alone() -> None:
    scope = run(NETWORK)
    diagram = viz.graph(scope["loss"], scope["model"])
    assert all(each.grad is None for each in scope["model"].parameters())
    scope["loss"].backward()
    after = viz.graph(scope["loss"], scope["model"], {"target": scope["target"]})
    gradients = {row[0]: row[4] for row in diagram.table.rows}
    assert gradients["0.weight"] == {row[0]: row[4] for row in after.table.rows}["0.weight"]
    expected = scope["model"][2].weight.grad.numpy().ravel()
    assert (
        gradients["2.weight"]
        == "[" + ", ".join(f"{each:.4f}".replace("-", "−") for each in expected) + "]"
    )
    with pytest.raises(RuntimeError, match="second time"):  # the learner's own graph is as it was
        scope["loss"].backward()


def test_a_function_is_watched_while_it_computes() -> None:
    w = torch.tensor(3.0, requires_grad=True)
    diagram = viz.graph(lambda: w * w)
    assert ("w", "", "", "3.0000", "6.0000", "") in diagram.table.rows
    assert "call viz.remember()" not in diagram.description


def test_without_remembering_it_draws_what_the_tape_knows_and_says_so() -> None:
    w = torch.tensor(3.0, requires_grad=True)
    loss = (w * w + 1).sqrt()
    diagram = viz.graph(loss)
    assert "call viz.remember()" in diagram.description
    assert {row[0]: row[4] for row in diagram.table.rows}["w"] == f"{3 / 10**0.5:.4f}"
    check_geometry(diagram)


def test_remembering_is_off_before_and_after() -> None:
    w = torch.tensor(3.0, requires_grad=True)
    with viz.remember():
        viz.remember()
        inside = w * w
    outside = w * w
    assert inside.grad_fn.memory is not None
    assert outside.grad_fn.memory is None


def test_loops_fold_to_their_first_and_last_round() -> None:
    diagram = draw(LOOP)
    texts = [each.text for each in parse(diagram).iter(f"{SVG}text")]
    assert "▸ rounds 2 to 39" in texts
    assert "114 operations · 4" in texts
    assert diagram.title == "The computation graph of loss: 121 operations"
    assert "w is used 40 times" in diagram.description
    scope = run(LOOP)
    gradient = torch.autograd.grad(scope["loss"], scope["w"])[0].numpy()
    shown = {row[0]: row[4] for row in diagram.table.rows}["w"]
    np.testing.assert_allclose(
        [float(each) for each in shown.strip("[]").replace("−", "-").split(", ")],
        gradient,
        atol=1e-4,
    )


def test_two_thousand_operations_become_a_picture_that_the_page_can_draw() -> None:
    x = torch.tensor(1.0, requires_grad=True)
    with viz.remember():
        y = x
        for each in range(2000):
            y = y * 1.0001 if each % 3 else y + (x if each % 7 else 1.0)
    diagram = viz.graph(y)
    assert diagram.title.endswith("2,000 operations")
    check_standalone(diagram)
    check_geometry(diagram)


@pytest.mark.parametrize("name", ["scalars", "network", "broadcast", "loop"])
def test_geometry_and_golden(name: str, update_golden: bool) -> None:
    diagram = draw(
        {"scalars": SCALARS, "network": NETWORK, "broadcast": BROADCAST, "loop": LOOP}[name]
    )
    check_geometry(diagram)
    check_standalone(diagram)
    check_steps(diagram)
    check_golden(diagram, f"graph-{name}", update_golden)


def test_the_same_computation_gives_the_same_bytes() -> None:
    assert draw(NETWORK)._repr_svg_() == draw(NETWORK)._repr_svg_()


@settings(max_examples=25, deadline=None)
@given(st.text(CHARACTERS, min_size=1, max_size=40))
def test_any_name_can_be_drawn(name: str) -> None:
    w = torch.tensor(3.0, requires_grad=True)
    diagram = viz.graph(w * 2, names={name: w})
    check_standalone(diagram)
    check_geometry(diagram)


def test_infinite_and_missing_numbers_are_shown_as_such() -> None:
    a = torch.tensor([0.0, 1.0], requires_grad=True)
    diagram = viz.graph(lambda: a.log().sum() * 0)
    assert "NaN" in diagram._repr_svg_()
    assert "not finite" in diagram.description
    check_geometry(diagram)


def test_what_cannot_be_drawn_is_refused_in_words() -> None:
    w = torch.tensor([3.0, 1.0], requires_grad=True)
    with pytest.raises(TypeError, match="needs that tensor, not float"):
        viz.graph(3.0)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="Reduce it first"):
        viz.graph(w * 2)
    with pytest.raises(ValueError, match="there is no graph to draw"):
        viz.graph(torch.tensor(1.0))
    loss = (w * w).sum()
    loss.backward()
    with pytest.raises(RuntimeError, match=r"viz\.remember\(\)"):
        viz.graph(loss)
    with viz.remember():
        loss = (w + 1).sum()
    with torch.no_grad():
        w -= 0.1
    with pytest.raises(RuntimeError, match="have been changed since"):
        viz.graph(loss)
