"""The picture of a loss over two parameters, and of the way down."""

from __future__ import annotations

from typing import Any

import backprop as torch
import numpy as np
import pytest
from backprop import viz

from tests.drawings import SVG, check_geometry, check_golden, check_standalone, check_steps, parse


def bowl(place: Any) -> Any:
    x, y = place
    return x**2 + 4 * y**2


def walk(lr: float, steps: int = 5) -> list[list[float]]:
    place = torch.tensor([2.0, 1.0], requires_grad=True)
    optimizer = torch.optim.SGD([place], lr=lr)
    places = [place.tolist()]
    for _ in range(steps):
        optimizer.zero_grad()
        bowl(place).backward()
        optimizer.step()
        places.append(place.tolist())
    return places


def test_words_numbers_and_places_are_those_of_the_walk() -> None:
    diagram = viz.landscape(bowl, walk(0.1), across=(-4, 4), up=(-2, 2), names=("w", "b"))
    assert diagram.title == "A landscape over w and b"
    assert diagram.description == (
        "The path goes from 8 down to 0.4295 in 5 steps. The lowest point seen is 0 at (0, 0)."
    )
    assert diagram.table.columns == ("path", "step", "w", "b", "height")
    assert diagram.table.rows[1] == ("path", "1", "1.6000", "0.2000", "2.7200")
    root = parse(diagram)
    assert root.attrib["data-steps"] == "5"
    dot = root.find(".//*[@data-node='path-1']")
    assert dot is not None
    assert dot.attrib["data-facts"] == (
        "step 1\nw = 1.6000, b = 0.2000\nheight 2.7200\nthis step changed it by −5.2800"
    )
    assert (dot.attrib["data-previous"], dot.attrib["data-next"]) == ("path-0", "path-2")
    # Three fifths of the way from the left edge to the right one, and up to the middle and a tenth more.
    x, y = (float(each) for each in dot.attrib["d"][1:].split("a")[0].split())
    box = root.find(f".//{SVG}rect")
    assert box is not None
    left, top, side = (float(box.attrib[each]) for each in ("x", "y", "width"))
    assert (x + 3.2 - left) / side == pytest.approx(0.7, abs=0.002)
    assert (y - top) / side == pytest.approx(0.45, abs=0.002)
    caption = root.find(".//*[@data-caption]")
    assert caption is not None
    assert caption.attrib["data-caption"] == "Step 1. (1.6, 0.2), 2.72"


def test_each_line_runs_along_one_height() -> None:
    diagram = viz.landscape(bowl, across=(-2, 2), up=(-2, 2))
    rect, *lines = parse(diagram).findall(".//*[@class='bp-height']")
    left, top, side = (float(rect.attrib[each]) for each in ("x", "y", "width"))
    for line in lines:
        level = float((line.findtext(f"{SVG}title") or "").split()[0])
        places = line.attrib["d"].strip("MZ").replace("ZM", "L").split("L")
        inside = []
        for place in places:
            x, y = (np.array(place.split(), float) - [left, top]) / side * 4 - 2
            if max(abs(x), abs(y)) < 1.99:
                inside.append(x**2 + 4 * y**2)
        assert np.allclose(inside, level, atol=0.15)


def test_several_paths_are_told_apart_by_shape_and_dash_and_named() -> None:
    paths = {"slow": walk(0.02), "fast": walk(0.2, steps=9)}
    diagram = viz.landscape(bowl, paths)
    assert diagram.description.startswith("slow goes from 8 down to 3.359")
    root = parse(diagram)
    assert root.attrib["data-steps"] == "9"
    looks = {
        (each.get("class"), "".join(letter for letter in each.attrib["d"] if letter.isalpha()))
        for each in root.iter(f"{SVG}path")
        if each.get("class", "").startswith("bp-mark is-")
    }
    assert len(looks) == 2
    assert len({shape for _, shape in looks}) == 2
    # The shorter path waits at its end.
    captions = [
        each.attrib["data-caption"] for each in root.iter() if "data-caption" in each.attrib
    ]
    assert captions[-1].split("; ")[0].split(": ")[1] == captions[5].split("; ")[0].split(": ")[1]


def test_a_long_path_is_watched_in_sixty_steps_and_told_in_full() -> None:
    diagram = viz.landscape(bowl, walk(0.01, steps=500))
    assert parse(diagram).attrib["data-steps"] == "60"
    assert len(diagram.table.rows) == 501
    check_standalone(diagram)


def test_a_path_that_diverges_ends_in_a_cross() -> None:
    places = [*walk(0.1, steps=2), [float("nan"), float("nan")]]
    diagram = viz.landscape(bowl, places)
    assert "and at step 3 it is no number any more" in diagram.description
    assert parse(diagram).find(".//*[@class='bp-odd']") is not None
    check_geometry(diagram)


def test_heights_that_are_not_finite_are_left_out() -> None:
    diagram = viz.landscape(lambda place: torch.log(place[0]), across=(-1, 1), up=(0, 1))
    assert "Some heights are not finite" in diagram.description
    check_geometry(diagram)
    nothing = viz.landscape(lambda place: float("nan"), across=(0, 1), up=(0, 1))
    assert nothing.description == "No height is finite."
    flat = viz.landscape(lambda place: 3.0, across=(0, 1), up=(0, 1))
    assert flat.description.startswith("The lowest point seen is 3")


def test_names_of_any_kind_are_drawn() -> None:
    paths = {'<b> & "quotes" ' + "long " * 20: walk(0.1), "🙂 שלום": walk(0.05)}
    diagram = viz.landscape(
        bowl, paths, names=("a very long name of a weight", "another long name")
    )
    check_geometry(diagram)
    check_standalone(diagram)


@pytest.mark.parametrize("name", ["one", "two"])
def test_geometry_and_golden(name: str, update_golden: bool) -> None:
    paths: Any = {"one": walk(0.1), "two": {"slow": walk(0.02), "fast": walk(0.2)}}[name]
    diagram = viz.landscape(bowl, paths, names=("w", "b"))
    check_geometry(diagram)
    check_standalone(diagram)
    check_steps(diagram)
    check_golden(diagram, f"landscape-{name}", update_golden)


def test_what_cannot_be_drawn_is_refused_in_words() -> None:
    with pytest.raises(TypeError, match="a function of two numbers, not Tensor"):
        viz.landscape(torch.ones(2), across=(0, 1), up=(0, 1))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="does not know which part to draw"):
        viz.landscape(bowl)
    with pytest.raises(ValueError, match="no limits"):
        viz.landscape(bowl, across=(1, 0), up=(0, 1))
    with pytest.raises(ValueError, match="list of places of two numbers"):
        viz.landscape(bowl, [[1.0, 2.0, 3.0]])
    with pytest.raises(ValueError, match="list of places of two numbers"):
        viz.landscape(bowl, {"empty": []})
    with pytest.raises(ValueError, match="up to 4"):
        viz.landscape(bowl, {str(each): walk(0.1) for each in range(5)})
    with pytest.raises(TypeError, match="has to return one number"):
        viz.landscape(lambda place: place, across=(0, 1), up=(0, 1))
