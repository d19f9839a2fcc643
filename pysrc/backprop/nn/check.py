"""Is a model's gradient right? Every parameter against finite differences, in a table."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from .. import tables
from ..autograd.grad_mode import enable_grad, no_grad
from ..dtypes import Array, float64
from ..generator import get_rng_state, set_rng_state
from ..ops.reduction import log_softmax
from ..teaching import silence
from ..tensor import Tensor

#: A step of this relative size balances the two errors of a central difference in float64: that of
#: curvature, which grows with its square, and that of rounding (Press et al., Numerical Recipes, 5.7).
NUDGE = 1e-6


class Comparison(NamedTuple):
    """One parameter's gradient, by backward and by finite differences.

    Attributes:
        places: which of the parameter's elements were nudged, as places in the flattened parameter.
        gradients, differences: what backward and what the finite differences say there.
        wrong: where the two disagree.
    """

    name: str
    shape: tuple[int, ...]
    places: Array
    gradients: Array
    differences: Array
    wrong: Array


class ParameterCheck(NamedTuple):
    """One row of the table: a parameter, by its dotted name.

    Attributes:
        checked: how many of its elements were nudged.
        wrong: how many of them have a gradient that differs.
        gradient, difference: what backward and what the finite difference says, where they differ most.
        place: the index of that element.
        unreached: whether backward gave it no gradient, or nothing but zeros.
    """

    name: str
    shape: tuple[int, ...]
    checked: int
    wrong: int
    gradient: float
    difference: float
    place: tuple[int, ...]
    unreached: bool

    @property
    def verdict(self) -> str:
        """The row's last column."""
        if self.wrong:
            return f"wrong in {self.wrong} of {self.checked}"
        return "right, but all zero" if self.unreached else "right"


_HEADS = ("parameter", "shape", "backward", "finite difference", "verdict")


class GradientTable:
    """What `check` returns: one row a parameter; true if every gradient is right."""

    def __init__(self, loss: float, rows: Sequence[ParameterCheck]) -> None:
        self.loss = loss
        self.rows = tuple(rows)

    def __bool__(self) -> bool:
        return not any(row.wrong for row in self.rows)

    @property
    def summary(self) -> str:
        """One sentence on all of it."""
        if self:
            return f"All gradients agree with finite differences (loss {self.loss:.4f})."
        names = ", ".join(row.name for row in self.rows if row.wrong)
        return f"The gradient is wrong in {names}: look at the backward of what these go through."

    def _cells(self) -> list[tuple[str, ...]]:
        return [
            (
                row.name,
                "x".join(map(str, row.shape)) or "number",
                f"{row.gradient:.6g}",
                f"{row.difference:.6g}",
                row.verdict,
            )
            for row in self.rows
        ]

    def __repr__(self) -> str:
        return f"{tables.text(_HEADS, self._cells(), right=(2, 3))}\n{self.summary}"

    def _repr_html_(self) -> str:
        return tables.markup(_HEADS, self._cells(), self.summary)


def check(
    model: Any,
    X: Any,  # noqa: N803 - what courses call the inputs
    y: Any = None,
    loss: Callable[..., Tensor] | None = None,
    *,
    rtol: float = 1e-4,
    atol: float = 1e-8,
    at_most: int = 1000,
) -> GradientTable:
    """Compare the gradient of every parameter of a model with finite differences.

    Both are computed in float64, on a copy: a model of float32 gives no false alarm, and is left as it is.
    Where a difference lands on two sides of a bend, such as ReLU's at 0, a slope between those of both
    sides counts as right.

    >>> import backprop as torch
    >>> _ = torch.manual_seed(0)
    >>> model = torch.nn.Linear(2, 1)
    >>> torch.check(model, torch.tensor([[1.0, 2.0]]), torch.tensor([[3.0]]))
    parameter  shape  backward  finite difference  verdict
    weight     1x2    -11.3145           -11.3145  right
    bias       1      -5.65726           -5.65726  right
    All gradients agree with finite differences (loss 8.0011).

    Args:
        model: a module.
        X: its input: a tensor.
        y: the targets: a tensor.
        loss: what is made of ``model(X)`` and ``y`` (of ``model(X)`` alone, if there is no ``y``). If left
            out: the mean squared error for real targets, cross entropy for whole numbers, and the
            output's sum if there are no targets.
        rtol: the relative error that is still right.
        atol: the absolute error that is still right, in units of the loss.
        at_most: from each parameter, so many elements are nudged, spread evenly.

    Returns:
        A table that is true if every gradient is right.

    Raises:
        RuntimeError: the loss is not one number.
    """
    value, found = compare(model, X, y, loss, rtol=rtol, atol=atol, at_most=at_most)
    return GradientTable(value, [_row(each) for each in found])


def compare(
    model: Any,
    inputs: Any,
    targets: Any = None,
    loss: Callable[..., Tensor] | None = None,
    *,
    rtol: float = 1e-4,
    atol: float = 1e-8,
    at_most: int = 1000,
) -> tuple[float, list[Comparison]]:
    """What `check` puts into its table, with the same arguments: the loss, and each parameter."""
    twin = copy.deepcopy(model).double()
    inputs, targets = _double(inputs), _double(targets)
    judge = loss or _usual_loss(targets)
    state = get_rng_state()

    def compute() -> Tensor:
        set_rng_state(state)  # so that Dropout drops the same units each time
        output = twin(inputs)
        return judge(output) if targets is None else judge(output, targets)

    try:
        with enable_grad(), silence():
            twin.zero_grad()
            result = compute()
            result.backward()
        found = [
            _compare_parameter(name, each, compute, rtol, atol, at_most)
            for name, each in twin.named_parameters()
            if each.requires_grad
        ]
    finally:
        set_rng_state(state)
    return result.item(), found


def _double(given: Any) -> Any:
    floating = isinstance(given, Tensor) and given.dtype.is_floating_point
    return given.detach().to(float64) if floating else given


def _usual_loss(targets: Any) -> Callable[..., Tensor]:
    if targets is None:
        return lambda output: output.sum()
    if targets.dtype.is_floating_point:
        return lambda output, targets: ((output - targets) ** 2).mean()

    def cross_entropy(output: Tensor, targets: Tensor) -> Tensor:
        classes = 1 if output.ndim > 1 else 0
        return -log_softmax(output, classes).gather(classes, targets.unsqueeze(classes)).mean()

    return cross_entropy


def _compare_parameter(
    name: str,
    parameter: Tensor,
    compute: Callable[[], Tensor],
    rtol: float,
    atol: float,
    at_most: int,
) -> Comparison:
    array = parameter.array
    places = np.unique(np.linspace(0, array.size - 1, min(array.size, at_most)).astype(int))
    found = (
        np.zeros(array.shape) if parameter.gradient is None else parameter.gradient.array
    ).reshape(-1)[places]
    with no_grad():
        slopes = np.array([_slopes(compute, array, int(place)) for place in places]).reshape(-1, 4)
    left, right, central, height = slopes.T
    allowed = atol * np.maximum(height, 1) + rtol * np.abs(central)
    error = np.abs(found - central)
    bent = np.abs(right - left) > 1e-3 * np.maximum(np.abs(left), np.abs(right))
    between = (found >= np.minimum(left, right) - allowed) & (
        found <= np.maximum(left, right) + allowed
    )
    wrong = ~(error <= allowed) & ~(bent & between)
    return Comparison(name, array.shape, places, found, central, wrong)


def _row(compared: Comparison) -> ParameterCheck:
    """A parameter's row: the element that is most wrong, or the one with the largest gradient."""
    name, shape, places, gradients, differences, wrong = compared
    if wrong.any():
        error = np.abs(gradients - differences) / (np.abs(differences) + 1e-300)
        worst = int(np.argmax(np.where(wrong, error, -1)))
    else:
        worst = int(np.argmax(np.abs(gradients)))
    return ParameterCheck(
        name=name,
        shape=shape,
        checked=len(places),
        wrong=int(wrong.sum()),
        gradient=float(gradients[worst]),
        difference=float(differences[worst]),
        place=tuple(int(each) for each in np.unravel_index(places[worst], shape)),
        unreached=not gradients.any(),
    )


def _slopes(compute: Callable[[], Tensor], array: Array, place: int) -> tuple[float, ...]:
    """The slopes to the left, to the right and across, and how large the loss is."""
    index = np.unravel_index(place, array.shape)
    kept = float(array[index])
    nudge = NUDGE * max(1.0, abs(kept))
    values = []
    for shift in (-nudge, 0.0, nudge):
        array[index] = kept + shift
        values.append(compute().item())
    array[index] = kept
    low, middle, high = values
    return (middle - low) / nudge, (high - middle) / nudge, (high - low) / (2 * nudge), abs(middle)
