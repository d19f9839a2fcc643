"""The format of diagrams that are watched step by step: the contract between a diagram and the page.

A diagram with N steps holds all of them in one SVG. Step 0 is the picture before anything happened, step
N the complete one. A single number, the CSS variable ``--bp-now``, says which step is seen; without it
everything is.

- The root has ``data-steps="N"``.
- An element with ``data-from="k"`` is seen from step k on: not before, or, with the class ``bp-pending``,
  faintly before. With ``data-until="m"`` it goes again after step m, and is not part of the complete
  picture. An element with ``data-until`` always has ``data-from`` too.
- A path with the class ``bp-pulse`` and ``data-from="k"`` is a short dash that runs along it once when
  step k is entered, and is unseen at all other times. It needs neither keyframes nor a clock: it is a
  transition of what ``--bp-now`` changes.
- An element with the class ``bp-arrives`` is what pulses of its own step bring: it is seen when they have
  come, so that no value stands there before what makes it.
- Each step has an element with ``data-caption`` (a sentence with the numbers in it), ``data-phase``
  (``forward``, ``loss``, ``backward`` or ``update``) and ``data-from`` equal to its step, in their order,
  inside a group of the class ``bp-captions``.

Standalone, the file brings keyframes that count ``--bp-now`` from 0 to N once and then rest at the
complete picture; who prefers reduced motion sees the complete picture at once. A page that takes the
style sheet out shows step k by copying ``data-from`` and ``data-until`` of each element into its
variables ``--bp-from`` and ``--bp-until`` once, and then setting ``--bp-now`` on the root::

    for (const each of svg.querySelectorAll('[data-from]')) {
      each.style.setProperty('--bp-from', each.dataset.from);
      if (each.dataset.until) each.style.setProperty('--bp-until', each.dataset.until);
    }
    svg.style.setProperty('--bp-now', k);  // and again with every step

What an element stands for is told by `explain`, whether or not the diagram has steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...host import contract
from ..memory.operations import Place
from .svg import Element, Later
from .text import bare, wrapped

#: How long each step stays when a file plays by itself, and the longest that all of them may take.
SECONDS_A_STEP = 1.1
LONGEST_PLAY = 60.0


@dataclass(frozen=True)
class Step:
    """One step: what happens in it, in words, and the phase of learning that it belongs to."""

    caption: str
    phase: str


def seen(element: Element, first: int, last: int | None = None) -> Element:
    """Let `element` be seen from step `first` on, or only until step `last`; return it."""
    element.attributes[contract.FROM] = str(first)
    if last is not None:
        element.attributes[contract.UNTIL] = str(last)
    return element


def arriving(element: Element, first: int) -> Element:
    """Let `element` be seen from step `first` on, once the pulses of that step have come; return it."""
    seen(element, first).attributes["class"] = (
        f"{element.attributes.get('class', '')} bp-arrives".strip()
    )
    return element


def explain(
    element: Element,
    node: str,
    facts: str | Later,
    *,
    place: Place | None = None,
    previous: Iterable[str] = (),
    following: Iterable[str] = (),
) -> Element:
    """Say what value an element stands for, so that a page can point at it and let one walk on.

    - ``data-node``: its id, unique in the diagram and the same for the same program.
    - ``data-facts``: its numbers and its formula with the numbers in it, as text; lines end in newlines.
    - ``data-previous``, ``data-next``: the ids, without spaces in them, of what it is made of and of
      what is made of it.
    - ``data-cell``, ``data-line``, ``data-end-line``, ``data-column``, ``data-end-column``: the
      expression of the learner's code that made it; lines count from 1, columns from 0 in characters.
    - ``tabindex="-1"``: it can have the focus; a page makes one of them 0.
    """
    element.attributes |= {contract.NODE: node, contract.FACTS: facts, "tabindex": "-1"}
    for name, ids in ((contract.PREVIOUS, previous), (contract.NEXT, following)):
        joined = " ".join(dict.fromkeys(ids))
        if joined:
            element.attributes[name] = joined
    if place is not None:
        element.attributes |= {contract.CELL: place.file, contract.LINE: str(place.line)}
        if place.column is not None:
            element.attributes |= {
                contract.END_LINE: str(place.end_line),
                contract.COLUMN: str(place.column),
                contract.END_COLUMN: str(place.end_column),
            }
    return element


def node_id(name: str) -> str:
    """`name` without the spaces that would make two ids of one."""
    return "_".join(bare(name).split()) or "_"


def add_captions(body: Element, steps: Sequence[Step], x: float, y: float, width: float) -> float:
    """Write each step's caption at the same place, and return where the tallest of them ends.

    The caption of the last step stays in the complete picture.
    """
    group = body.add("g", class_="bp-captions")
    tallest = 1
    for number, step in enumerate(steps, start=1):
        caption = group.add("text", class_=f"bp-caption is-{step.phase}", x=x, y=y)
        caption.attributes |= {contract.CAPTION: step.caption, contract.PHASE: step.phase}
        seen(caption, number, None if number == len(steps) else number)
        lines = wrapped(step.caption, width)
        tallest = max(tallest, len(lines))
        for place, line in enumerate(lines):
            caption.add("tspan", line, x=x, y=y + 21 * place)
    return y + 21 * tallest


def playing(body: Element, count: int) -> str:
    """The rules by which a file with `count` steps plays by itself: see the top of this module."""
    firsts: set[str] = set()
    lasts: set[str] = set()
    for element in body.walk():
        first, last = (element.attributes.get(name) for name in (contract.FROM, contract.UNTIL))
        if isinstance(first, str):
            firsts.add(first)
        if isinstance(last, str):
            lasts.add(last)
    seconds = min((count + 1) * SECONDS_A_STEP, LONGEST_PLAY)
    rules = [
        '@property --bp-now { syntax: "<integer>"; inherits: true; initial-value: 9000; }',
        f"@keyframes bp-play-{count} {{ from {{ --bp-now: 0; }} to {{ --bp-now: {count}; }} }}",
        "@media (prefers-reduced-motion: no-preference) {"
        f' .backprop-diagram[{contract.STEPS}="{count}"] {{'
        f" animation: bp-play-{count} {seconds:.1f}s steps({count + 1}, jump-none) both; }} }}",
        f'@media print {{ .backprop-diagram[{contract.STEPS}="{count}"] {{ animation: none; }} }}',
    ]
    for attribute, name, numbers in (
        (contract.FROM, "from", firsts),
        (contract.UNTIL, "until", lasts),
    ):
        rules += [
            f'.backprop-diagram [{attribute}="{number}"] {{ --bp-{name}: {number}; }}'
            for number in sorted(numbers, key=int)
        ]
    return "\n".join(rules) + "\n"
