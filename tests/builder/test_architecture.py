"""The picture in docs/architecture.md shows the rooms as they are, and imports run one way only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.imports import Ties, circles, python_modules, rooms, scripts, shortened

# The single files that the picture draws beside the folders; all others are passed through.
LIBRARY = {"tensor"}
BUILDER = {"cli"}
PAGE = {"main", "notebook", "play", "protocol"}

# The floors of `viz`, where `viz/__init__.py` is "": a room imports from floors below its own.
FLOORS = (
    "layouts memory",
    "kit",
    "bars boundary check fit graph history images landscape live network",
    "curves flow",
    "",
)

# What may stand in a circle, inside calls: `x.backward()` is a method, so that a tensor has to reach the walk
# back, and the walk knows tensors.
AROUND_TENSOR = {
    "backprop.tensor",
    *(
        f"backprop.autograd.{name}"
        for name in ("accumulation", "engine", "node", "observers", "roots", "view", "watching")
    ),
}


def rooms_of_modules(ties: Ties, package: str, files: set[str]) -> dict[str, str]:
    """The folder below the package that each module lies in, or is; for one of `files`, its own name."""
    found: dict[str, str] = {}
    for name in ties:
        if name != package and name.startswith(f"{package}."):
            room = name.removeprefix(f"{package}.").partition(".")[0]
            if room in files or any(other.startswith(f"{package}.{room}.") for other in ties):
                found[name] = room
    return found


def library_rooms(ties: Ties) -> dict[str, str]:
    """As above, with `viz` taken apart; its files beside the rooms stay with what hands diagrams on."""
    diagrams = rooms_of_modules(ties, "backprop.viz", set())
    return rooms_of_modules(ties, "backprop", LIBRARY) | {
        name: f"viz/{room}" for name, room in diagrams.items()
    }


def page_rooms(ties: Ties) -> dict[str, str]:
    found = {name: name.partition("/")[0] for name in ties}
    return {name: room for name, room in found.items() if room != name or room in PAGE}


@pytest.fixture(scope="module")
def found(repository: Path) -> dict[str, Ties]:
    """The ties between rooms that the sources have, by the part of the picture."""
    library = python_modules(repository / "pysrc", "backprop")
    builder = python_modules(repository, "playground", whole=True)
    page = scripts(repository / "web" / "src")
    return {
        "library": rooms(library, library_rooms(library)),
        "builder": rooms(builder, rooms_of_modules(builder, "playground", BUILDER)),
        "page": rooms(page, page_rooms(page)),
    }


@pytest.mark.parametrize("part", ["library", "builder", "page"])
def test_the_picture_draws_the_ties_that_are_there(
    repository: Path, found: dict[str, Ties], part: str
) -> None:
    text = (repository / "docs" / "architecture.md").read_text(encoding="utf-8")
    graph = re.search(rf"subgraph {part}\b.*?\n(.*?)\n  end", text, re.DOTALL)
    assert graph is not None
    labels = dict(re.findall(r'(\w+)\["([^"]+)"\]', graph[1]))
    drawn = {
        (labels[here], labels[there])
        for here, targets in re.findall(r"^ *(\w+) --> ([\w &]+)$", graph[1], re.MULTILINE)
        for there in targets.split(" & ")
    }
    assert set(labels.values()) == found[part].keys()
    assert drawn == shortened(found[part]), "what a longer way replaces is left out"


@pytest.mark.parametrize("part", ["library", "builder", "page"])
def test_no_room_reaches_back_to_one_that_needs_it(found: dict[str, Ties], part: str) -> None:
    assert circles(found[part]) == []


def test_the_diagrams_import_from_floors_below_their_own(repository: Path) -> None:
    # Imports inside calls count too: a room must not come by another one of its floor in any way.
    ties = python_modules(repository / "pysrc", "backprop", whole=True)
    room_of = {"backprop.viz": ""} | {
        name: name.split(".")[2] for name in ties if name.startswith("backprop.viz.")
    }
    floor = {room: number for number, each in enumerate(FLOORS) for room in each.split(" ")}
    assert set(room_of.values()) == floor.keys()
    between = rooms(ties, room_of)
    assert [
        (room, target)
        for room, targets in between.items()
        for target in targets
        if floor[target] >= floor[room]
    ] == []


def test_no_module_needs_itself_to_be_imported(repository: Path) -> None:
    assert circles(python_modules(repository / "pysrc", "backprop")) == []


def test_the_one_circle_is_around_tensor(repository: Path) -> None:
    (circle,) = circles(python_modules(repository / "pysrc", "backprop", whole=True))
    assert circle <= AROUND_TENSOR
    for package in ("playground", "tests"):
        assert circles(python_modules(repository, package, whole=True)) == []


def test_the_page_has_no_circle(repository: Path) -> None:
    assert circles(scripts(repository / "web" / "src")) == []


def test_every_file_that_the_texts_for_contributors_name_is_there(repository: Path) -> None:
    for text in ("README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/lessons.md"):
        named = re.findall(
            r"`((?:pysrc|playground|web|tests|docs|scripts|\.github)/[\w./-]+)`",
            (repository / text).read_text(encoding="utf-8"),
        )
        assert named
        assert [name for name in named if not (repository / name).exists()] == [], text


def test_every_function_that_the_architecture_names_is_where_it_says(repository: Path) -> None:
    text = (repository / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = re.findall(r"`(\w+)` in `([\w./-]+\.py)`", text)
    assert named
    for name, path in named:
        assert f"def {name}(" in (repository / path).read_text(encoding="utf-8"), f"{name}: {path}"
