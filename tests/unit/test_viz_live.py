"""Live diagrams: what they send, and that patches turn one drawing into the next."""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from typing import Any

import backprop as torch
import pytest
from backprop import host, viz
from backprop.host.contract import PATCH, TABLE
from backprop.viz.kit.svg import Element
from backprop.viz.live.patch import ALLOWED, Drawing, Restructured, differences
from backprop.viz.live.redraw import settle

nn = torch.nn


class Page:
    """What the page does with what it is sent: it shows an SVG, and applies patches to it."""

    def __init__(self) -> None:
        self.bundles: list[dict[str, str]] = []
        self.roots: dict[str, ET.Element] = {}

    @property
    def root(self) -> ET.Element:
        """The only drawing."""
        (root,) = self.roots.values()
        return root

    def __call__(self, bundle: dict[str, str]) -> None:
        self.bundles.append(bundle)
        if "image/svg+xml" in bundle:
            root = ET.fromstring(bundle["image/svg+xml"])
            self.roots[root.attrib["data-live"]] = root
            return
        patch = self.patches[-1]
        elements = {int(each.attrib["data-key"]): each for each in self.roots[patch["live"]].iter()}
        for key, name, value in patch["changes"]:
            assert ALLOWED[name].fullmatch(value)
            if name == "text":
                elements[key].text = value
            else:
                assert name in elements[key].attrib
                elements[key].attrib[name] = value

    @property
    def patches(self) -> list[dict[str, Any]]:
        return [json.loads(each[PATCH]) for each in self.bundles if PATCH in each]


@pytest.fixture
def board() -> Iterator[Page]:
    shown = Page()
    host.connect(lambda control: control["value"], shown)
    yield shown
    host.disconnect()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """A clock that stands still until it is moved on."""
    now = [100.0]
    monkeypatch.setattr("time.perf_counter", lambda: now[0])
    # `viz.live` is the class, which hides the module of its name.
    monkeypatch.setattr(sys.modules["backprop.viz.live.redraw"], "_rest_until", 0.0)

    def move(seconds: float) -> None:
        now[0] += seconds

    return move


def training() -> tuple[Any, Any, Any]:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
    x = torch.tensor([[1.0, 2.0], [0.5, -1.0]])
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)

    def step() -> None:
        optimizer.zero_grad()
        nn.MSELoss()(model(x), torch.tensor([[1.0], [0.0]])).backward()
        optimizer.step()

    step()
    return model, x, step


_NAMING = ("id", "aria-labelledby", "aria-label", "data-key", "data-live", "viewBox", "height")


def seen(root: ET.Element) -> list[tuple[str, dict[str, str], str]]:
    """All that is drawn, without names, keys and empty lines."""
    found = []
    for each in root.iter():
        if each.get("class") == "bp-note-left" and not each.text:
            continue
        attributes = {
            name: value
            for name, value in each.attrib.items()
            if name
            not in (
                "id",
                "aria-labelledby",
                "aria-label",
                "data-key",
                "data-live",
                "viewBox",
                "height",
            )
        }
        found.append((each.tag, attributes, (each.text or "").strip()))
    return found


@pytest.mark.parametrize("kind", ["network", "boundary"])
def test_patches_turn_the_first_drawing_into_the_last(
    kind: str, board: Page, clock: Callable[[float], None]
) -> None:
    model, x, step = training()
    draw = {
        "network": lambda: viz.network(model, x),
        "boundary": lambda: viz.boundary(model, x, torch.tensor([1.0, 0.0])),
    }[kind]
    with viz.live(draw) as view:
        for _ in range(8):
            step()
            clock(1.0)
            view.update()
    assert len(board.bundles) == 10
    assert [patch["last"] for patch in board.patches][-1]
    assert len(board.patches) >= 8
    assert seen(board.root) == seen(ET.fromstring(draw()._repr_svg_()))


def test_facts_are_sent_in_the_last_frame_only(board: Page, clock: Callable[[float], None]) -> None:
    model, x, step = training()
    with viz.live(lambda: viz.network(model, x)) as view:
        step()
        clock(1.0)
        view.update()
    first, last = board.patches
    assert "data-facts" not in {name for _, name, _ in first["changes"]}
    assert "data-facts" in {name for _, name, _ in last["changes"]}


def test_the_table_is_that_of_the_first_and_the_last_frame(
    board: Page, clock: Callable[[float], None]
) -> None:
    model, x, step = training()
    with viz.live(lambda: viz.network(model, x)) as view:
        for _ in range(3):
            step()
            clock(1.0)
            view.update()
    assert [TABLE in each for each in board.bundles] == [True, False, False, False, True]
    rows = json.loads(board.bundles[-1][TABLE])["rows"]
    assert rows == [list(row) for row in viz.network(model, x).table.rows]


def test_it_draws_no_more_often_than_can_be_seen(
    board: Page, clock: Callable[[float], None]
) -> None:
    model, x, step = training()
    view = viz.live(lambda: viz.network(model, x))
    for _ in range(100):
        step()
        clock(0.005)
        view.update()
    # Half a second at sixty frames a second, and the first drawing.
    assert 20 <= len(board.bundles) <= 31
    settle()
    assert board.patches[-1]["last"]
    count = len(board.bundles)
    settle()
    assert len(board.bundles) == count


def test_drawing_takes_at_most_three_quarters_of_the_time(
    board: Page, clock: Callable[[float], None]
) -> None:
    model, x, _ = training()

    def slowly() -> Any:
        clock(1.0)
        return viz.network(model, x)

    view = viz.live(slowly)
    for _ in range(10):
        clock(0.2)
        view.update()
    assert len(board.bundles) <= 6
    view.finish()


def test_two_diagrams_share_that_part_and_take_turns(
    board: Page, clock: Callable[[float], None]
) -> None:
    model, x, _ = training()
    drawn = {"first": 0, "second": 0}

    def slowly(name: str) -> Any:
        clock(1.0)
        drawn[name] += 1
        return viz.network(model, x)

    views = [viz.live(lambda name=name: slowly(name)) for name in drawn]
    for _ in range(20):
        clock(0.2)
        for view in views:
            view.update()
    assert sum(drawn.values()) <= 13
    assert abs(drawn["first"] - drawn["second"]) <= 1
    settle()


def test_two_diagrams_are_both_drawn_after_each_epoch_if_there_is_time(
    board: Page, clock: Callable[[float], None]
) -> None:
    model, x, step = training()

    def draw() -> Any:
        clock(0.006)
        return viz.network(model, x)

    views = [viz.live(draw), viz.live(draw)]
    for _ in range(20):
        step()
        clock(0.01)
        for view in views:
            view.update()
    assert [view.frame for view in views] == [21, 21]
    settle()


def test_another_structure_is_sent_as_a_whole(board: Page, clock: Callable[[float], None]) -> None:
    torch.manual_seed(0)
    model = nn.Linear(2, 1)
    view = viz.live(lambda: viz.network(model))
    model(torch.ones(1, 2)).sum().backward()
    clock(1.0)
    view.update()
    assert ["image/svg+xml" in each for each in board.bundles] == [True, True]
    names = {ET.fromstring(each["image/svg+xml"]).attrib["data-live"] for each in board.bundles}
    assert names == {view.name}
    view.finish()


@pytest.mark.parametrize(
    ("name", "value"),
    [("d", "M0 0 url(#x)"), ("class", 'x" onload="y'), ("x", "1e9"), ("href", "y")],
)
def test_what_no_patch_may_hold_is_not_put_into_one(name: str, value: str) -> None:
    before, after = (Drawing(Element("g", {name: each})) for each in ("0", value))
    with pytest.raises(Restructured):
        differences(before, after)


def test_outside_of_the_page_it_is_the_last_diagram(clock: Callable[[float], None]) -> None:
    model, x, step = training()
    drawn = []

    def draw() -> Any:
        drawn.append(1)
        return viz.network(model, x)

    view = viz.live(draw)
    for _ in range(50):
        step()
        view.update()
    assert not drawn
    assert view._repr_mimebundle_() == viz.network(model, x)._repr_mimebundle_()
    assert len(drawn) == 1


def test_what_was_shown_is_named(board: Page) -> None:
    model, x, _ = training()
    viz.live(lambda: viz.network(model, x))
    assert board.root.attrib["aria-label"] == "A network of 2, 3 and 1 neurons"


def test_what_draws_nothing_is_refused_in_words() -> None:
    model, _, _ = training()
    with pytest.raises(TypeError, match="needs a function that draws, not Diagram"):
        viz.live(viz.network(model))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="returned NoneType, not a diagram"):
        viz.live(lambda: None).finish()  # type: ignore[arg-type, return-value]
