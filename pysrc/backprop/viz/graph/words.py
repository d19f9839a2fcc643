"""A computation in words: the formula of each value with the numbers in it, and its steps."""

from __future__ import annotations

import re

import numpy as np

from ...dtypes import Array
from ..kit.numbers import exact, listing, plain, shape_text, summary
from ..kit.steps import Step
from .constants import Constants
from .fold import FoldedGraph
from .names import Names
from .trace import TracedGraph, Use, Vertex

_WORDS = {
    "Add": "add", "Sub": "subtract", "Rsub": "subtract", "Mul": "multiply", "Div": "divide",
    "Neg": "negate", "Pow": "power", "Addmm": "linear", "Mm": "matrix product",
    "Mv": "matrix product", "Bmm": "matrix product", "MseLoss": "MSE loss", "T": "transpose",
    "Relu": "ReLU", "UnsafeView": "view",
}  # fmt: skip
_SIGNS = {"Add": "+", "Sub": "−", "Rsub": "−", "Mul": "×", "Div": "÷", "Pow": "^"}


def operation_words(name: str) -> str:
    """What a learner calls an operation: "log softmax" for ``LogSoftmax``."""
    return _WORDS.get(name) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def formula(traced: TracedGraph, vertex: Vertex, names: Names) -> str:
    """How a value was computed, with the numbers in it where they are single ones."""
    words = operation_words(vertex.name)
    uses = [traced.uses[each] for each in vertex.made_of]
    inputs = [traced.vertices[use.source] for use in uses]
    values = [each.value for each in inputs]
    if all(each is not None and each.size == 1 for each in values):
        written = [exact(float(each.item())) for each in values if each is not None]
    else:
        written = [names.used(traced, use) for use in uses]
    if vertex.name == "Rsub":
        written.reverse()
    written = _with_constants(written, vertex.constants)
    sign = _SIGNS.get(vertex.name)
    if sign == "^" and written[0].startswith("−"):
        # Otherwise the sign would be that of the power.
        written[0] = f"({written[0]})"
    if sign and len(written) == 2:
        return f"{written[0]} {sign} {written[1]}"
    return f"{words}({', '.join(written)})"


def _with_constants(written: list[str], constants: Constants) -> list[str]:
    """What goes into an operation, with what it was given besides tensors."""
    if "base" in constants:
        written = [plain(constants["base"]), *written]
    if "exponent" in constants:
        written = [*written, plain(constants["exponent"])]
    bounds = [
        f"{words} {plain(constants[which])}"
        for which, words in (("least", "at least"), ("most", "at most"))
        if which in constants
    ]
    along = [axes(constants["axes"])] if "axes" in constants else []
    return [*written, *bounds, *along]


def hand_back(traced: TracedGraph, use: Use, names: Names) -> str:
    """What one use hands back, such as "dL/dw gets 0.4200 = 2.1000 × 0.2000"."""
    target = traced.vertices[use.target]
    assert use.share is not None
    words = f"{_gradient(traced, use, names)} gets {listing(use.share)}"
    if use.slope is not None and use.slope.size == 1 and target.gradient is not None:
        words += f" = {listing(target.gradient)} × {exact(float(use.slope.item()))}"
    else:
        words += _product(traced, use, names)
    if use.summed:
        words += (
            f", summed over {axes(use.summed)}, along which {names.used(traced, use)} was repeated"
        )
    return words


def _gradient(traced: TracedGraph, use: Use, names: Names) -> str:
    used = names.used(traced, use)
    return f"dL/d{used}" if len(use.values) == 1 else f"the blame of {used}"


def _product(traced: TracedGraph, use: Use, names: Names) -> str:
    """The matrix product that makes a share, where one number cannot say it."""
    target = traced.vertices[use.target]
    blame = f"dL/d{names.of[use.target]}"
    inputs = [traced.uses[each].source for each in target.made_of]
    if target.name == "Addmm" and len(inputs) == 3:
        # `linear` keeps its weight as (out, in), and transposes it.
        given, weight = (names.used(traced, traced.uses[each]) for each in target.made_of[:2])
        if use.source == inputs[0]:
            return f" = {blame} @ {weight}"
        if use.source == inputs[1]:
            return f" = {blame}ᵀ @ {given}"
        return f" = {blame}"
    return f" = {blame} × slope" if use.slope is not None else ""


def axes(numbers: tuple[int, ...]) -> str:
    """Axes by name: "axis 0", "axes 0 and 1"."""
    if len(numbers) == 1:
        return f"axis {numbers[0]}"
    return f"axes {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def facts(traced: TracedGraph, index: int, names: Names) -> str:
    """All that is known of one value, a line each."""
    vertex = traced.vertices[index]
    name = names.of[index]
    if vertex.group is not None:
        return "\n".join([str(vertex.group), *group_facts(vertex, name, names)])
    lines = []
    if vertex.is_operation:
        lines.append(f"{name} = {formula(traced, vertex, names)}")
    if vertex.value is not None:
        lines.append(_value(vertex, name))
    if vertex.gradient is not None:
        lines.append(f"dL/d{name} = {listing(vertex.gradient)}{_sum_of(traced, vertex, names)}")
    elif not vertex.learns:
        lines.append(f"{name} is a constant: no gradient is asked for")
    for each in vertex.made_of:
        if traced.uses[each].share is not None:
            lines.append(hand_back(traced, traced.uses[each], names))
    return "\n".join(lines)


def _value(vertex: Vertex, name: str) -> str:
    assert vertex.value is not None
    shape = f" (shape {shape_text(vertex.shape)})" if vertex.shape else ""
    return f"{name} = {listing(vertex.value)}{shape}"


def group_facts(vertex: Vertex, name: str, names: Names) -> list[str]:
    """What goes on from a group, what comes back to it, and which parameters are hidden in it."""
    lines = []
    if vertex.outputs > 1:
        lines.append(f"{vertex.outputs:,} of its values go on, {name} is the last of them")
    if vertex.value is not None:
        lines.append(f"{_value(vertex, name)} goes on")
    if vertex.gradient is not None:
        lines.append(f"dL/d{name} = {listing(vertex.gradient)} comes back")
    if vertex.hidden:
        lines.append(f"Only it uses {_listed([names.whole[each] for each in vertex.hidden])}")
    return lines


def _sum_of(traced: TracedGraph, vertex: Vertex, names: Names) -> str:
    """Where a value is used more than once: each path's share of its gradient."""
    shares = [traced.uses[each] for each in vertex.uses if traced.uses[each].share is not None]
    if len(shares) < 2 or len(shares) > 6:
        return f", the sum of {len(shares)} shares" if len(shares) > 6 else ""
    parts = [
        f"{listing(use.share) if use.share.size < 9 else 'a share'} from {names.user(traced, use)}"
        for use in shares
        if use.share is not None
    ]
    return f" = {' + '.join(parts)}"


def steps_of(traced: TracedGraph, names: Names) -> list[Step]:
    """Forward through the operations in their order, then backward through them."""
    operations = [index for index, each in enumerate(traced.vertices) if each.is_operation]
    steps = []
    for index in operations:
        vertex = traced.vertices[index]
        if vertex.group is not None:
            words = f"{vertex.group}, one after the other"
        else:
            words = f"{names.of[index]} = {formula(traced, vertex, names)}"
        if vertex.value is not None:
            named = "" if vertex.group is None else f". {names.of[index]}"
            words += f"{named} = {_brief(vertex.value)}"
        steps.append(Step(f"Forward: {words}.", "forward"))
    for index in reversed(operations):
        vertex = traced.vertices[index]
        start = "dL/dL = 1. " if index == operations[-1] else ""
        shares = [traced.uses[each] for each in vertex.made_of]
        told = [_share_words(traced, use, names) for use in shares if use.share is not None]
        words = "; ".join(told) if told else f"no blame goes on from {names.of[index]}"
        if vertex.group is not None:
            words = f"the blame passes through {vertex.group.title}"
        steps.append(Step(f"Backward: {start}{words}.", "backward"))
    return steps


def _share_words(traced: TracedGraph, use: Use, names: Names) -> str:
    share, target = use.share, traced.vertices[use.target]
    assert share is not None
    source = traced.vertices[use.source]
    several = sum(traced.uses[each].share is not None for each in source.uses) > 1
    words = f"{_gradient(traced, use, names)} {'+=' if several else '='} {_brief(share)}"
    if use.slope is not None and use.slope.size == 1 and target.gradient is not None:
        words += f" = {_brief(target.gradient)} × {_brief(use.slope)}"
    if use.summed:
        words += f" (summed over {axes(use.summed)})"
    return words


def _brief(array: Array) -> str:
    return plain(float(array.item())) if array.size == 1 else summary(array)


def describe(traced: TracedGraph, folded: FoldedGraph, names: Names) -> str:
    """What is seen: who takes the most blame, what is added up, what was not remembered."""
    sentences = []
    # Also those that are hidden in a folded group have their part.
    leaves = [
        (index, each)
        for index, each in enumerate(traced.vertices)
        if not each.is_operation and each.learns
    ]
    blamed = [(index, _size(each.gradient)) for index, each in leaves]
    total = sum(size for _, size in blamed)
    if not np.isfinite(total):
        sentences.append("Some gradients are not finite.")
    elif total == 0:
        sentences.append("Nothing takes any blame: every gradient is 0.")
    elif len(blamed) > 1:
        index, size = max(blamed, key=lambda pair: pair[1])
        sentences.append(f"{names.whole[index]} takes {size / total:.0%} of the blame.")
        idle = sum(each == 0 for _, each in blamed)
        if idle:
            sentences.append(f"{idle} of {len(blamed)} take{'s' if idle == 1 else ''} none.")
    else:
        gradient = leaves[0][1].gradient if leaves else None
        if gradient is not None:
            sentences.append(f"dL/d{names.whole[leaves[0][0]]} = {_brief(gradient)}.")
    again = [
        (names.of[index], shares)
        for index, vertex in enumerate(folded.vertices)
        if vertex.group is None and (shares := _shares(folded, vertex)) > 1
    ]
    if len(again) == 1:
        sentences.append(
            f"{again[0][0]} is used {_times(again[0][1])}: its gradient is the sum of what comes back."
        )
    elif again:
        listed = _listed([name for name, _ in again])
        sentences.append(
            f"{listed} are used more than once: their gradients are sums of what comes back."
        )
    if not traced.remembered:
        sentences.append(
            "The values in between were not kept: call viz.remember() before computing, to see them."
        )
    return " ".join(sentences)


def _shares(traced: TracedGraph, vertex: Vertex) -> int:
    """How many shares of blame come back to a value."""
    uses = [traced.uses[each] for each in vertex.uses]
    return sum(use.count for use in uses if use.share is not None)


def _listed(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    if len(names) > 4:
        return f"{', '.join(names[:3])} and {len(names) - 3:,} more"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _times(count: int) -> str:
    return "twice" if count == 2 else f"{count:,} times"


def _size(gradient: Array | None) -> float:
    return 0.0 if gradient is None else float(np.abs(gradient).sum())
