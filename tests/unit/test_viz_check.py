"""The picture of gradients checked against finite differences, itself checked with a wrong gradient."""

from __future__ import annotations

from typing import Any

import backprop as torch
import pytest
from backprop import viz

from tests.drawings import SVG, check_geometry, check_golden, check_standalone, parse

nn = torch.nn


class Square(torch.autograd.Function):  # type: ignore[misc]
    """Its gradient is wrong by a factor."""

    factor = 2.0

    @staticmethod
    def forward(ctx: Any, x: Any) -> Any:
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx: Any, gradient: Any) -> Any:
        (x,) = ctx.saved_tensors
        return gradient * x * Square.factor


class Model(nn.Module):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = nn.Linear(2, 3), nn.Linear(3, 1)

    def forward(self, x: Any) -> Any:
        return self.second(Square.apply(self.first(x)))


def case() -> tuple[Any, Any, Any]:
    torch.manual_seed(0)
    return Model(), torch.randn(5, 2), torch.randn(5, 1)


def test_right_gradients_are_all_right() -> None:
    diagram = viz.check(*case())
    assert diagram.description == "All 13 gradients are right: backward and nudging agree."
    root = parse(diagram)
    assert len(root.findall(f".//{SVG}circle")) == 13
    assert not root.findall(f".//{SVG}path[@class='bp-disagreement']")
    assert all(row[3] == "" for row in diagram.table.rows)


def test_a_gradient_that_is_wrong_by_a_percent_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Square, "factor", 2.02)
    diagram = viz.check(*case())
    assert diagram.description.startswith(
        "9 of 13 gradients are wrong. The largest difference is in first"
    )
    crosses = parse(diagram).findall(f".//{SVG}path[@class='bp-disagreement']")
    assert len(crosses) == 9
    assert {each.attrib["data-node"].rpartition(".")[0] for each in crosses} == {
        "first.weight",
        "first.bias",
    }
    texts = [each.text for each in parse(diagram).iter(f"{SVG}text")]
    assert texts.count("✗") == texts.count("✓") == 2


def test_it_works_on_a_copy() -> None:
    model, x, y = case()
    viz.check(model, x, y)
    assert model.first.weight.grad is None
    assert model.first.weight.dtype == torch.float32


def test_another_loss_can_be_given() -> None:
    model, x, y = case()
    diagram = viz.check(model, x, y, lambda a, b: ((a - b) ** 4).sum())
    assert "All 13" in diagram.description


@pytest.mark.parametrize("factor", [2.0, 1.7])
def test_geometry_and_golden(
    factor: float, update_golden: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Square, "factor", factor)
    diagram = viz.check(*case())
    check_geometry(diagram)
    check_standalone(diagram)
    check_golden(diagram, f"check-{'right' if factor == 2 else 'wrong'}", update_golden)


def test_many_parameters_are_folded_and_can_be_drawn() -> None:
    model = nn.Sequential(*[nn.Linear(5, 5) for _ in range(20)])
    diagram = viz.check(model, torch.randn(2, 5), torch.randn(2, 5))
    assert "and 24 more" in diagram._repr_svg_()
    check_geometry(diagram)
    check_standalone(diagram)


def test_what_cannot_be_checked_is_refused_in_words() -> None:
    model, x, y = case()
    with pytest.raises(ValueError, match="at most 1,000 are checked"):
        viz.check(nn.Linear(100, 10), torch.ones(1, 100), torch.ones(1, 10))
    with pytest.raises(ValueError, match="no gradient to check"):
        viz.check(nn.ReLU(), x, y)
    with pytest.raises(TypeError, match=r"an nn\.Module, not function"):
        viz.check(lambda x: x, x, y)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="y must be a tensor"):
        viz.check(model, x, 3.0)  # type: ignore[arg-type]
