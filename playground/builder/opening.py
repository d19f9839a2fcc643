"""The first screen of a lesson: the smallest network, its mistake, and who is to blame for it.

What it shows is the library's own numbers. The page's script draws the same picture of the same numbers
again with each step that the reader lets it learn (`web/src/opening/picture.ts`).
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from playground.builder.cache import BuildCache, digest, digest_tree
from playground.builder.execution import environment
from playground.errors import PlaygroundError
from playground.project import Project

_FILE = "first-step.json"

#: Where the columns of neurons stand in the drawing, and their rows.
INPUTS_AT = [(30, 75), (30, 175)]
HIDDEN_AT = [(130, 35), (130, 125), (130, 215)]
OUTPUT_AT = (225, 125)

#: Pixels of a band per unit of blame, and the least width that can be seen.
PER_BLAME = 1.5
LEAST_BAND = 1.2
MOST_BAND = 16

#: The scale of answers: where it stands, what it shows, and where its ends are.
SCALE_X = 290
LEAST, MOST = -4, 6
BOTTOM, TOP = 222, 28


@dataclass(frozen=True)
class Weight:
    """A connection, drawn from one neuron's middle to another's."""

    part: str
    x1: int
    y1: int
    x2: int
    y2: int
    blame: float
    band: float


@dataclass(frozen=True)
class Neuron:
    """A neuron; its bias is its ring."""

    part: str
    x: int
    y: int
    value: str
    blame: float
    said: str
    """Its blame, as it is written."""
    band: float


@dataclass(frozen=True)
class OpeningView:
    """What the template draws."""

    data: Markup
    inputs: list[tuple[int, int, str]]
    weights: list[Weight]
    neurons: list[Neuron]
    count: int
    target: str
    answer: str
    loss: str
    scale: dict[str, float]


def opening_view(project: Project, cache: BuildCache) -> OpeningView:
    """Return the first screen's picture of the library's numbers.

    Raises:
        PlaygroundError: The library cannot be imported.
    """
    step = _first_step(project, cache)
    blame = step["blame"]
    weights = [
        _weight(f"hidden.weight.{row}.{column}", INPUTS_AT[column], HIDDEN_AT[row], each)
        for row, line in enumerate(blame["hidden"]["weight"])
        for column, each in enumerate(line)
    ] + [
        _weight(f"output.weight.0.{column}", HIDDEN_AT[column], OUTPUT_AT, each)
        for column, each in enumerate(blame["output"]["weight"][0])
    ]
    hidden = zip(HIDDEN_AT, step["hidden"], blame["hidden"]["bias"], strict=True)
    neurons = [_neuron(f"hidden.bias.{row}", *each) for row, each in enumerate(hidden)]
    neurons.append(_neuron("output.bias.0", OUTPUT_AT, step["answer"], blame["output"]["bias"][0]))
    shown = ("inputs", "target", "rate", "network")
    return OpeningView(
        # "<" would be the one way out of the element that holds it.
        data=Markup(json.dumps({key: step[key] for key in shown}).replace("<", "\\u003c")),
        inputs=[(*at, f"{value:g}") for at, value in zip(INPUTS_AT, step["inputs"], strict=True)],
        weights=weights,
        neurons=neurons,
        count=len(weights) + len(neurons),
        target=f"{step['target']:g}",
        answer=number(step["answer"]),
        loss=number(step["loss"]),
        scale={
            "x": SCALE_X,
            "top": TOP,
            "bottom": BOTTOM,
            "least": LEAST,
            "most": MOST,
            "zero": height(0),
            "answer": height(step["answer"]),
            "target": height(step["target"]),
        },
    )


def number(value: float) -> str:
    """Return a number with two digits behind the point, as the picture shows it."""
    return "0" if value == 0 else f"{value:.2f}".replace("-", "−")


def height(value: float) -> float:
    """Return where a value stands on the scale."""
    return round(BOTTOM + (value - LEAST) / (MOST - LEAST) * (TOP - BOTTOM), 1)


def band(blame: float) -> float:
    """Return how wide blame is drawn."""
    if blame == 0:
        return 0
    return round(min(max(abs(blame) * PER_BLAME, LEAST_BAND), MOST_BAND), 2)


def _weight(part: str, start: tuple[int, int], end: tuple[int, int], blame: float) -> Weight:
    return Weight(part, *start, *end, blame, band(blame))


def _neuron(part: str, at: tuple[int, int], value: float, blame: float) -> Neuron:
    return Neuron(part, *at, number(value), blame, number(blame), band(blame))


def _first_step(project: Project, cache: BuildCache) -> dict[str, Any]:
    def make(folder: Path) -> None:
        command = [sys.executable, "-P", "-m", "playground.builder.first_step"]
        done = subprocess.run(
            command, env=environment(project), cwd=folder, capture_output=True, check=False
        )
        if done.returncode != 0:
            raise PlaygroundError(f"the first screen's step failed:\n{done.stderr.decode()}")
        (folder / _FILE).write_bytes(done.stdout)

    script = Path(__file__).with_name("first_step.py").read_bytes()
    key = digest(sys.version, digest_tree(project.library), script)
    folder = cache.folder("opening", key, None, make)
    step: dict[str, Any] = json.loads((folder / _FILE).read_bytes())
    return step
