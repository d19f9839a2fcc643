"""Small images, alone and in a grid."""

from __future__ import annotations

import math
from typing import Any

import backprop as torch
import numpy as np
import pytest
from backprop import viz

from tests.drawings import SVG, check_geometry, check_golden, check_standalone, labels, parse


def squares(diagram: viz.Diagram) -> dict[str, float]:
    """How full each pixel is that says its own number."""
    return {
        each.attrib["data-node"]: float(each.attrib["fill-opacity"])
        for each in parse(diagram).iter(f"{SVG}path")
        if "data-node" in each.attrib
    }


def test_the_brighter_a_pixel_the_fuller_its_square() -> None:
    diagram = viz.image([[0.0, 2.0], [0.5, 1.0]], "steps")
    assert diagram.title == "An image of 2 × 2 pixels"
    assert diagram.description == "steps. Empty is 0, full is 2."
    assert squares(diagram) == {
        "pixel-0-0": 0.0,
        "pixel-0-1": 1.0,
        "pixel-1-0": 0.25,
        "pixel-1-1": 0.5,
    }
    pixel = parse(diagram).find(".//*[@data-node='pixel-1-0']")
    assert pixel is not None
    assert pixel.attrib["data-facts"] == "row 1, column 0: 0.5000"
    assert pixel.attrib["d"] == "M16.0 110.0h98.00v98.00h-98.00Z"
    assert diagram.table.rows == (("steps", "0", "0.00", "2.00"), ("steps", "1", "0.50", "1.00"))


def test_all_images_share_one_scale() -> None:
    full = squares(viz.image([[[1.0]], [[4.0]], [[-4.0]]]))
    assert list(full.values()) == pytest.approx([0.62, 1.0, 0.0], abs=0.01)
    assert "image-2-pixel-0-0" in full


def test_an_image_of_many_pixels_is_drawn_in_shades_that_say_what_it_is() -> None:
    image = np.zeros((28, 28))
    image[3, 5:9] = 1.0
    diagram = viz.image(image, "a stroke")
    root = parse(diagram)
    (shade,) = [
        each.attrib["d"]
        for each in root.iter(f"{SVG}path")
        if each.get("class") == "bp-pixel" and each.attrib["d"] != "M0 0"
    ]
    assert shade == "M51 33h28v7h-28z"  # four pixels of 7 × 7 in one
    group = root.find(f".//{SVG}g[@data-node='image-0']")
    assert group is not None
    assert group.attrib["data-facts"] == "a stroke\n28 × 28 pixels, from 0.0000 to 1.0000"


@pytest.mark.parametrize(
    "given",
    [
        [[[0.0, 1.0]], [[0.5, 0.0]]],
        np.array([[[0.0, 1.0]], [[0.5, 0.0]]]),
        torch.tensor([[[0.0, 1.0]], [[0.5, 0.0]]], requires_grad=True),
        [torch.tensor([[0.0, 1.0]]), torch.tensor([[[0.5, 0.0]]])],
        np.array([[[[-1.0, 1.0]], [[1.0, 1.0]]], [[[0.5, 0.0]], [[0.5, 0.0]]]]),
    ],
)
def test_lists_arrays_and_tensors_are_the_same_images(given: Any) -> None:
    expected = viz.image([[[0.0, 1.0]], [[0.5, 0.0]]])
    assert expected.title == "2 images of 1 × 2 pixels"
    assert viz.image(given)._repr_svg_() == expected._repr_svg_()


def test_a_list_of_rows_is_one_image() -> None:
    rows = [torch.tensor([0.0, 1.0]), torch.tensor([1.0, 0.0])]
    assert viz.image(rows).title == "An image of 2 × 2 pixels"
    assert viz.image([[True, False], [False, True]]).title == "An image of 2 × 2 pixels"


def test_images_stand_in_a_grid_with_their_captions_below() -> None:
    diagram = viz.image(np.ones((6, 3, 3)), [f"number {each}" for each in range(6)])
    found = labels(parse(diagram))[:6]
    assert [each.text for each in found] == [f"number {each}" for each in range(6)]
    assert len({each.top for each in found}) == 2
    assert len({each.left for each in found}) == 3
    assert "number 5. Empty" in diagram.description


def test_images_of_different_sizes_fill_their_places() -> None:
    diagram = viz.image([np.ones((28, 28)), np.ones((2, 4))])
    assert diagram.title == "2 images of different sizes"
    first, second = (
        each.attrib["d"]
        for each in parse(diagram).iter(f"{SVG}path")
        if each.get("class") == "bp-axis"
    )
    assert first == "M16.0 12.0h196.0v196.0h-196.0Z"
    assert second == "M228.0 12.0h196.0v98.0h-196.0Z"
    assert diagram.table.rows[-1] == ("1", "1", *["1.00"] * 4, *[""] * 24)


@pytest.mark.parametrize("size", [2, 28])
def test_what_is_no_number_has_a_cross(size: int) -> None:
    image = np.ones((size, size))
    image[0, 1], image[1, 0] = math.nan, -math.inf
    diagram = viz.image(image)
    assert diagram.description == "Empty is 0, full is 1. 2 pixels are not finite: a cross."
    crosses = parse(diagram).find(f".//{SVG}path[@class='bp-odd-pixel']")
    assert crosses is not None
    assert crosses.attrib["d"].count("m0") == 2
    assert viz.image([[math.nan]]).description == (
        "Empty is 0, full is 0. 1 pixel is not finite: a cross."
    )


@pytest.mark.parametrize(
    ("pixels", "captions"),
    [
        ([[1.0]], 'a <b> & "c" 🎈 שלום, and all the rest of a long story about one pixel'),
        (np.random.default_rng(0).random((64, 16, 16)), None),
        (np.random.default_rng(0).random((20, 28, 28)), None),
        (np.random.default_rng(0).random((4, 64, 64)), ["one", "two", "three", "four"]),
        (np.zeros((64, 2, 2)), ["unbreakablewordsineverycaption"] * 64),
        ([np.ones((1, 64)), np.ones((64, 1))], ["flat", ""]),
    ],
)
def test_nothing_sticks_out_and_the_page_can_draw_it(pixels: Any, captions: Any) -> None:
    diagram = viz.image(pixels, captions)
    check_geometry(diagram)
    check_standalone(diagram)


def test_golden(update_golden: bool) -> None:
    images = [np.eye(3), np.eye(3)[::-1] * 0.5, [[0.0, 0.25, math.nan]]]
    diagram = viz.image(images, ["falling", "rising, half as bright", "flat"])
    check_geometry(diagram)
    check_standalone(diagram)
    check_golden(diagram, "image", update_golden)


def test_what_cannot_be_drawn_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r"shape \(4,\) have no rows and columns"):
        viz.image([0.0, 1.0, 0.0, 1.0])
    with pytest.raises(ValueError, match="no pixels to draw"):
        viz.image(np.ones((0, 8, 8)))
    with pytest.raises(ValueError, match="no pixels to draw"):
        viz.image([[[]]])
    with pytest.raises(ValueError, match="65 rows and 2 columns"):
        viz.image(np.ones((65, 2)))
    with pytest.raises(ValueError, match=r"65 images of 65 pixels.*\n.*images\[:64\]"):
        viz.image(np.ones((65, 1, 1)))
    with pytest.raises(ValueError, match=r"25 images of 19,600 pixels.*\n.*images\[:20\]"):
        viz.image(np.ones((25, 28, 28)))
    with pytest.raises(ValueError, match="1 images and 2 captions"):
        viz.image([[1.0]], ["a", "b"])
    with pytest.raises(ValueError, match=r"an image of shape \(2, 2, 2, 2\)"):
        viz.image([np.ones((2, 2, 2, 2))])
    with pytest.raises(ValueError, match="not equally long"):
        viz.image([[1.0, 2.0], [1.0]])
    with pytest.raises(TypeError, match="the pixels must be real numbers, not str"):
        viz.image("face.png")
