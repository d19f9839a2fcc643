"""Where two runs of a program part: the first disagreement, and the share of results of the same bits."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.reference.fuzz.execution import Seen, Step, close

KINDS = {
    "stops here": "an error where PyTorch has none",
    "goes on here": "no error where PyTorch has one",
    "error's type": "another type of error",
    "error's words": "other words in the first line of an error",
    "type": "another Python type, or another type of a tensor's numbers",
    "shape": "another shape",
    "graph": "another requires_grad or grad_fn",
    "values": "numbers that differ after the fourth digit",
    "text": "other text of the same bits",
    "names": "a value or a gradient that only one of the two has",
}


@dataclass(frozen=True)
class Disagreement:
    """The first thing that two runs disagree about."""

    kind: str
    statement: int
    pytorch: str
    backprop: str


@dataclass
class Bits:
    """Of results whose inputs have the same bits: how many there are, and how many have other bits."""

    results: int = 0
    other: int = 0


def compare(
    program: list[str], pytorch: list[Step], backprop: list[Step], bits: Bits
) -> Disagreement | None:
    """The first disagreement of two runs; what they computed from the same bits is counted."""
    other: set[str] = set()
    for place, (theirs, ours) in enumerate(zip(pytorch, backprop, strict=True)):
        found = _errors(place, theirs, ours)
        if found is not None:
            return found
        if theirs.error is not None:
            continue
        inputs = {name for name in other if re.search(rf"\b{name.split('.')[0]}\b", program[place])}
        if theirs.changed.keys() != ours.changed.keys():
            # A value whose last bits differ may change in one run only.
            only = (theirs.changed.keys() ^ ours.changed.keys()) - other
            if only and not inputs:
                return Disagreement(
                    "names", place, " ".join(sorted(theirs.changed)), " ".join(sorted(ours.changed))
                )
        for name in sorted(theirs.changed.keys() & ours.changed.keys()):
            expected, seen = theirs.changed[name], ours.changed[name]
            kind = _kind(expected, seen, follows_other_bits=bool(inputs or name in other))
            if kind == "parted":
                return None
            if kind is not None:
                return Disagreement(kind, place, _facts(kind, expected), _facts(kind, seen))
            if expected.bits:
                if not inputs and name not in other:
                    bits.results += 1
                    bits.other += expected.bits != seen.bits
                if expected.bits != seen.bits:
                    other.add(name)
                elif not inputs:
                    other.discard(name)
    return None


def _errors(place: int, theirs: Step, ours: Step) -> Disagreement | None:
    expected, found = theirs.error, ours.error
    if expected == found:
        return None
    if expected is None or found is None:
        kind = "goes on here" if found is None else "stops here"
    else:
        if expected[0] == found[0] and _plain(found[1]).startswith(_plain(expected[1])):
            return None
        kind = "error's words" if expected[0] == found[0] else "error's type"
    show = ["no error" if each is None else f"{each[0]}: {each[1]}" for each in (expected, found)]
    return Disagreement(kind, place, *show)


def _plain(words: str) -> str:
    return words.strip().rstrip(".")


def _kind(expected: Seen, seen: Seen, follows_other_bits: bool) -> str | None:
    if (expected.kind, expected.dtype) != (seen.kind, seen.dtype):
        return "type"
    if expected.shape != seen.shape:
        return "parted" if follows_other_bits else "shape"
    if not close(seen.numbers, expected.numbers):
        # A last bit decides a comparison or a rounding: from there on nothing is to be compared.
        return "parted" if follows_other_bits else "values"
    if (expected.grad_fn, expected.requires_grad) != (seen.grad_fn, seen.requires_grad):
        return "graph"
    if expected.text != seen.text and expected.bits == seen.bits and not follows_other_bits:
        return None if expected.numbers and not expected.bits else "text"
    return None


def _facts(kind: str, seen: Seen) -> str:
    if kind == "type":
        return f"{seen.kind} {seen.dtype}".strip()
    if kind == "shape":
        return str(list(seen.shape))
    if kind == "graph":
        return f"requires_grad={seen.requires_grad} grad_fn={seen.grad_fn or None}"
    return seen.text
