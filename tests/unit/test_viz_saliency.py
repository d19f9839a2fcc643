"""The picture of which pixels are to blame."""

from __future__ import annotations

from typing import Any

import backprop as torch
import numpy as np
import pytest
from backprop import viz

from tests.drawings import SVG, check_geometry, check_golden, check_standalone, parse

nn = torch.nn


def case(rows: int = 4, columns: int = 4) -> tuple[Any, Any]:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Flatten(), nn.Linear(rows * columns, 3), nn.Tanh())
    return model, torch.rand(1, 1, rows, columns)


def test_squares_are_as_large_as_the_gradient_and_hollow_where_it_is_negative() -> None:
    model, image = case()
    pixels = image.clone().requires_grad_()
    model(pixels)[0, 1].backward()
    expected = pixels.grad.numpy()[0, 0]
    root = parse(viz.saliency(model, image, target=1))
    for (row, column), slope in np.ndenumerate(expected):
        square = root.find(f".//*[@data-node='pixel-{row}-{column}']")
        assert square is not None
        assert square.attrib["class"] == ("bp-blamed is-more" if slope > 0 else "bp-blamed is-less")
        side = float(square.attrib["d"].partition("h")[2].partition("v")[0])
        share = (side / (49 * 0.92)) ** 2
        assert share == pytest.approx(abs(slope) / np.abs(expected).max(), abs=0.01)
        assert f"= {slope:.4f}".replace("-", "−") in square.attrib["data-facts"]


def test_the_words_say_which_pixel_matters_most() -> None:
    model = nn.Sequential(nn.Flatten(), nn.Linear(4, 1))
    with torch.no_grad():
        model[1].weight.copy_(torch.tensor([[0.5, -2.0, 0.25, 0.25]]))
        model[1].bias.zero_()
    diagram = viz.saliency(model, torch.ones(1, 2, 2))
    assert diagram.description == (
        "Answer 0 of 1 is −1. The pixel in row 0, column 1 matters most: −2 for each 1 that it grows. "
        "1 of 4 pixels take half of the blame."
    )


def test_the_largest_answer_is_taken_and_nothing_changes() -> None:
    model, image = case()
    best = int(model(image).detach().numpy().argmax())
    diagram = viz.saliency(model, image)
    assert diagram.title.endswith(f"answer {best}")
    assert model[1].weight.grad is None
    assert not image.requires_grad


def test_channels_are_added_and_flat_rows_get_a_shape() -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Flatten(), nn.Linear(12, 2))
    diagram = viz.saliency(model, torch.rand(1, 3, 2, 2), target=0)
    expected = model[1].weight.detach().numpy()[0].reshape(3, 2, 2).sum(axis=0)
    shown = [float(row[3].replace("−", "-")) for row in diagram.table.rows]
    assert shown == pytest.approx(expected.ravel(), abs=1e-4)
    assert "3 × 4 pixels" in viz.saliency(model, torch.rand(1, 12), shape=(3, 4)).title


@pytest.mark.parametrize("sizes", [(1, 1), (4, 4), (3, 7), (28, 28), (64, 64)])
def test_nothing_sticks_out_and_the_page_can_draw_it(sizes: tuple[int, int]) -> None:
    diagram = viz.saliency(*case(*sizes))
    check_geometry(diagram)
    check_standalone(diagram)
    assert parse(diagram).find(f".//{SVG}g[@class='bp-blames']") is not None


def test_golden(update_golden: bool) -> None:
    check_golden(viz.saliency(*case()), "saliency", update_golden)


def test_missing_numbers_are_named() -> None:
    model, image = case()
    with torch.no_grad():
        model[1].weight.fill_(float("nan"))
    diagram = viz.saliency(model, image, target=0)
    assert "not finite" in diagram.description
    assert "is-not-finite" in diagram._repr_svg_()


def test_what_cannot_be_drawn_is_refused_in_words() -> None:
    model, image = case()
    with pytest.raises(ValueError, match="there is no answer 7"):
        viz.saliency(model, image, target=7)
    with pytest.raises(ValueError, match="draws from 1 to 64"):
        viz.saliency(nn.Flatten(), torch.ones(1, 65, 2))
    with pytest.raises(ValueError, match="no rows and columns"):
        viz.saliency(model, torch.ones(16))
    with pytest.raises(ValueError, match="Pass one image"):
        viz.saliency(model, torch.ones(2, 1, 4, 4))
    with pytest.raises(TypeError, match="real numbers"):
        viz.saliency(model, torch.ones(1, 4, 4, dtype=torch.int64))
