"""What there is to see of a computation: its operations, their numbers, and how blame splits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from ...autograd.node import Node, Rule
from ...dtypes import Array
from ...nn.module import Module
from ...tensor import Tensor
from ..memory.operations import Call, Memory, Place, memory_of, remember
from .constants import Constants, constants_of
from .group import Group

#: Operations that treat each element by itself: the gradient of a sum of outputs is their slope.
ELEMENTWISE = frozenset({
    "Abs", "Add", "Clamp", "Cos", "Div", "Exp", "Expm1", "Log", "Log10", "Log1P", "Log2",
    "Maximum", "Minimum", "Mul", "Neg", "Pow", "Reciprocal", "Relu", "Rsqrt", "Rsub", "Sigmoid",
    "Sin", "Sqrt", "Sub", "Tanh", "Where",
})  # fmt: skip


@dataclass
class Use:
    """One value's use by one operation, and the share of the blame that comes back along it.

    Attributes:
        source: the value, as its place in `TracedGraph.vertices`.
        target: the operation.
        slope: the local derivative of the target by the source, where it is one number an element.
        share: the gradient that the target hands back to the source; None where none is wanted.
        summed: the axes over which that was summed, because broadcasting had repeated the source.
        count: how many uses it stands for, if a diagram folds some into one.
        values: which values of the whole graph are used, if a diagram has folded it.
    """

    source: int
    target: int
    slope: Array | None = None
    share: Array | None = None
    summed: tuple[int, ...] = ()
    count: int = 1
    values: tuple[int, ...] = ()


@dataclass
class Vertex:
    """A value: of an operation, of a leaf that learns, or a constant.

    Attributes:
        name: the name of the operation, such as "Mul", or "" for a leaf.
        label: what the learner calls it, or "".
        learns: whether its gradient is wanted.
        value: what it is; None where it was not remembered.
        gradient: of the loss by it; None where none is wanted or none arrives.
        place: where it was written.
        constants: what the operation was given besides tensors.
        uses: the indices of its uses, and `made_of` those of what it uses, in order.
        count: how many operations it stands for, if a diagram folds some into one.
        call: the call of a module that it is a part of.
        group: what it stands for, if that is folded.
        outputs: how many of the values of that go on, and `hidden` which leaves only it uses.
        frame: the unfolded group that it is drawn in, as its place in `TracedGraph.frames`.
    """

    name: str
    label: str = ""
    learns: bool = True
    value: Array | None = None
    shape: tuple[int, ...] | None = None
    gradient: Array | None = None
    place: Place | None = None
    constants: Constants = field(default_factory=dict)
    uses: list[int] = field(default_factory=list)
    made_of: list[int] = field(default_factory=list)
    count: int = 1
    call: Call | None = None
    group: Group | None = None
    outputs: int = 1
    hidden: list[int] = field(default_factory=list)
    frame: int | None = None

    @property
    def is_operation(self) -> bool:
        """Whether it was computed, and is no leaf and no constant."""
        return bool(self.name)


@dataclass
class TracedGraph:
    """All values in a topological order, the loss last, and their uses."""

    vertices: list[Vertex]
    uses: list[Use]
    remembered: bool

    @property
    def operations(self) -> int:
        """How many operations there are, folded ones included."""
        return sum(each.count for each in self.vertices if each.is_operation)


def trace_graph(loss: Tensor, names: Mapping[Tensor | Node, str]) -> TracedGraph:
    """Follow the tape from `loss` to its leaves, and send blame along it without touching any ``grad``.

    Args:
        loss: one number.
        names: what tensors, and the nodes of tensors, are called.

    Raises:
        TypeError: `loss` is no tensor.
        ValueError: it has not one element, or nothing it is computed from requires a gradient.
        RuntimeError: the graph was used up by a backward, or its numbers were changed since.
    """
    _check(loss)
    nodes = _nodes(loss)
    vertices: list[Vertex] = []
    uses: list[Use] = []
    index: dict[Node | Tensor, int] = {}
    for node in nodes:
        memory = memory_of(node)
        _check_unchanged(node, memory)
        inputs = node.edges if memory is None else memory.inputs
        made_of = []
        for edge, given in zip(node.edges, inputs, strict=True):
            origin = given if edge is None else edge
            if origin is None:
                continue  # a constant of which nothing was remembered
            if origin not in index and isinstance(origin, Tensor):
                index[origin] = len(vertices)
                vertices.append(_leaf(origin, names))
            use = Use(index[origin], -1)
            made_of.append(len(uses))
            vertices[use.source].uses.append(len(uses))
            uses.append(use)
        index[node] = len(vertices)
        for each in made_of:
            uses[each].target = len(vertices)
        vertices.append(
            Vertex(
                re.sub(r"Backward\d*$", "", node.operation),
                names.get(node, ""),
                constants=constants_of(node.operation, memory.rule if memory else node.rule),
                value=None if memory is None else memory.value,
                place=None if memory is None else memory.place(),
                made_of=made_of,
                call=None if memory is None else memory.call,
            )
        )
    vertices[-1].value = loss.array
    vertices[-1].label = vertices[-1].label or "loss"
    traced = TracedGraph(vertices, uses, all(memory_of(node) is not None for node in nodes))
    _blame(traced, [(index[node], node) for node in nodes])
    for vertex in vertices:
        known = vertex.value if vertex.value is not None else vertex.gradient
        vertex.shape = None if known is None else known.shape
    return traced


def _check(loss: Tensor) -> None:
    if not isinstance(loss, Tensor):
        raise TypeError(
            f"graph() draws how a loss was computed, and needs that tensor, not {type(loss).__name__}\n"
            "Pass the loss itself, or a function without arguments that computes it."
        )
    if loss.array.size != 1:
        raise ValueError(
            f"graph() needs a loss of one number, and this tensor has shape {tuple(loss.array.shape)}\n"
            "Reduce it first, such as with .mean() or .sum()."
        )
    if loss.node is None:
        raise ValueError(
            "there is no graph to draw: nothing that this tensor was computed from requires a gradient\n"
            "Give a tensor requires_grad=True, and compute outside of no_grad() and before detach()."
        )


def _nodes(loss: Tensor) -> list[Node]:
    """All nodes behind `loss`, the oldest first, which is a topological order."""
    waiting = [loss.node]
    seen: set[Node] = set()
    while waiting:
        node = waiting.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        waiting.extend(edge for edge in node.edges if isinstance(edge, Node))
    return sorted(seen, key=lambda node: node.sequence)


def _check_unchanged(node: Node, memory: Memory | None) -> None:
    saved = any(counter[0] != then for counter, then in node.saved)
    if saved or (memory is not None and memory.changed):
        raise RuntimeError(
            f"numbers that {node.operation} was computed from have been changed since, such as by "
            "optimizer.step()\nDraw the graph before that, or pass a function that computes the loss "
            "anew: viz.graph(lambda: loss_fn(model(x), y))."
        )


def _leaf(tensor: Tensor, names: Mapping[Tensor | Node, str]) -> Vertex:
    return Vertex("", names.get(tensor, ""), tensor.requires_grad, tensor.array)


def _blame(traced: TracedGraph, nodes: list[tuple[int, Node]]) -> None:
    """The walk back, as `autograd.engine` has it, with every share kept."""
    root = traced.vertices[-1]
    assert root.value is not None
    root.gradient = np.ones_like(root.value)
    for index, node in reversed(nodes):
        vertex = traced.vertices[index]
        if vertex.gradient is None:
            continue
        rule = _rule(node)
        shares = _answers(rule(vertex.gradient))
        slopes = _slopes(rule, vertex, len(shares))
        wanted = [edge is not None for edge in node.edges]
        if len(vertex.made_of) < len(shares):  # constants were not remembered
            shares = [each for each, want in zip(shares, wanted, strict=True) if want]
            slopes = [each for each, want in zip(slopes, wanted, strict=True) if want]
            wanted = [True] * len(shares)
        for use_index, share, slope, want in zip(
            vertex.made_of, shares, slopes, wanted, strict=True
        ):
            if share is None or not want:
                continue
            use = traced.uses[use_index]
            use.share, use.slope = share, slope
            use.summed = _summed(vertex, share.shape)
            source = traced.vertices[use.source]
            source.gradient = share if source.gradient is None else source.gradient + share


def _rule(node: Node) -> Rule:
    memory = memory_of(node)
    rule = node.rule if memory is None else memory.rule
    if rule is None:
        raise RuntimeError(
            "the graph is gone: backward() let go of it\n"
            "Draw it before backward(), or call viz.remember() before the loss is computed, or pass a "
            "function that computes the loss: viz.graph(lambda: loss_fn(model(x), y))."
        )
    return rule


def _answers(returned: object) -> list[Array | None]:
    answers = returned if isinstance(returned, tuple) else (returned,)
    return [None if each is None else np.asarray(each) for each in answers]


def _slopes(rule: Rule, vertex: Vertex, count: int) -> list[Array | None]:
    """The local derivatives: what the rule answers to a gradient of ones, if that means anything."""
    gradient = vertex.gradient
    assert gradient is not None
    if vertex.name not in ELEMENTWISE and gradient.size != 1:
        return [None] * count
    slopes = _answers(rule(np.ones_like(gradient)))
    return [
        each if each is not None and (gradient.size == 1 or each.shape == gradient.shape) else None
        for each in slopes
    ]


def _summed(vertex: Vertex, shape: tuple[int, ...]) -> tuple[int, ...]:
    """The axes of the result along which an operand of `shape` was repeated."""
    assert vertex.gradient is not None
    result = vertex.gradient.shape
    if vertex.name == "Addmm" and len(shape) == 1:
        return (0,) if result[0] > 1 else ()
    if vertex.name not in ELEMENTWISE:
        return ()
    added = len(result) - len(shape)
    return tuple(
        axis for axis, size in enumerate(result) if axis < added or shape[axis - added] != size
    )


def watched(function: Callable[[], Tensor]) -> Tensor:
    """Call `function` with every operation remembered."""
    with remember():
        return function()


def names_of(items: Iterable[tuple[str, object]]) -> dict[Tensor | Node, str]:
    """What tensors are called, from pairs of a name and whatever it stands for.

    A module names its parameters, with its own name in front; the first name of a tensor counts.
    """
    names: dict[Tensor | Node, str] = {}
    for name, value in items:
        if isinstance(value, Tensor):
            names.setdefault(value, name)
            if value.node is not None:
                names.setdefault(value.node, name)
        elif isinstance(value, Module):
            for inner, parameter in value.named_parameters():
                names.setdefault(parameter, f"{name}.{inner}" if name else inner)
    return names
