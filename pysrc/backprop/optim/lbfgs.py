"""L-BFGS: steps along a direction that knows the curvature, as the last gradients have shown it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from ..autograd.grad_mode import enable_grad
from ..dtypes import Array
from ..tensor import Tensor, wrap
from .line_search import Point, strong_wolfe
from .optimizer import Optimizer, check_not_negative

#: What is kept from step to step, by PyTorch's names: the direction, how far it was gone, the differences
#: of gradients (dirs) and of places (stps), their inverse products, the scale of the curvature, and what the
#: gradient and the loss were at the place before.
_REMEMBERED = (
    "d",
    "t",
    "old_dirs",
    "old_stps",
    "ro",
    "H_diag",
    "prev_flat_grad",
    "prev_loss",
)


class LBFGS(Optimizer):
    """Newton's method with a curvature that is remembered of the last `history_size` steps.

    A step takes up to `max_iter` iterations, and calls its closure for the loss and the gradients at each
    place. An iteration goes `lr` along the direction, or as far as ``line_search_fn="strong_wolfe"`` finds
    good (`line_search.py`). It ends early where the gradients are below `tolerance_grad`, where the loss or
    the parameters change by less than `tolerance_change`, and after `max_eval` calls of the closure.

    >>> import backprop as torch
    >>> w = torch.tensor([1.0, 3.0], requires_grad=True)
    >>> optimizer = torch.optim.LBFGS([w], line_search_fn="strong_wolfe")
    >>> def closure():
    ...     optimizer.zero_grad()
    ...     loss = ((w - torch.tensor([5.0, 4.0])) ** 2).sum()
    ...     loss.backward()
    ...     return loss
    >>> optimizer.step(closure)
    tensor(17., grad_fn=<SumBackward0>)
    >>> w
    tensor([5.0000, 4.0000], requires_grad=True)

    Source: Nocedal and Wright, Numerical Optimization (2006), algorithms 7.4 and 7.5.

    Raises:
        ValueError: the rate is negative, there is more than one group, or there are no parameters.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1,
        max_iter: int = 20,
        max_eval: int | None = None,
        tolerance_grad: float = 1e-7,
        tolerance_change: float = 1e-9,
        history_size: int = 100,
        line_search_fn: str | None = None,
    ) -> None:
        check_not_negative(lr=lr)
        defaults = {
            "lr": lr,
            "max_iter": max_iter,
            "max_eval": max_iter * 5 // 4 if max_eval is None else max_eval,
            "tolerance_grad": tolerance_grad,
            "tolerance_change": tolerance_change,
            "history_size": history_size,
            "line_search_fn": line_search_fn,
        }
        super().__init__(params, defaults)
        if len(self.param_groups) != 1:
            raise ValueError(
                "LBFGS doesn't support per-parameter options (parameter groups)\n"
                "Its direction is one for all parameters: give it one list."
            )
        self._params: list[Tensor] = self.param_groups[0]["params"]

    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Take a step; return the loss that `closure` has given at its beginning.

        Args:
            closure: clears the gradients, computes the loss, calls its `backward`, and returns it.

        Raises:
            TypeError: there is no closure.
            RuntimeError: the line search is none that exists.
        """
        if closure is None:
            raise TypeError(
                "LBFGS.step() missing 1 required positional argument: 'closure'\nIt needs the loss at "
                "several places: give it a function that calls zero_grad, computes the loss, calls its "
                "backward and returns it."
            )
        group = self.param_groups[0]
        memory = self.state[self._params[0]]
        memory.setdefault("func_evals", 0)
        memory.setdefault("n_iter", 0)

        with enable_grad():
            first_loss = closure()
        self.watchers[0].before_step(self._params)
        memory["func_evals"] += 1
        gradient = self._gradient()
        if _largest(gradient) > group["tolerance_grad"]:
            self._iterate(closure, float(first_loss), gradient, memory)
        self._opt_called = True
        return first_loss

    def _iterate(
        self, closure: Callable[[], Any], loss: float, gradient: Tensor, memory: dict[str, Any]
    ) -> None:
        group = self.param_groups[0]
        tolerance, calls = group["tolerance_change"], 1
        known: dict[str, Any] = {name: memory.get(name) for name in _REMEMBERED}
        for iteration in range(1, group["max_iter"] + 1):
            memory["n_iter"] += 1
            first = memory["n_iter"] == 1
            if first:
                known |= {"d": -gradient, "old_dirs": [], "old_stps": [], "ro": [], "H_diag": 1}
            else:
                _remember_curvature(gradient, known, group["history_size"])
                scratch = memory.setdefault("al", [None] * group["history_size"])
                known["d"] = _direction(gradient, known, scratch)
            direction = known["d"]
            known["prev_flat_grad"], known["prev_loss"] = gradient.clone(), loss
            # Nothing is known of the scale at first, so that the first step has a length of at most lr.
            shorter = min(1.0, 1.0 / gradient.abs().sum()) if first else 1
            known["t"] = shorter * group["lr"]
            slope = gradient.dot(direction)
            if slope > -tolerance:
                break

            calls_before = calls
            if group["line_search_fn"] is not None:
                start = Point(0, loss, gradient, slope)
                point, new = self._search(closure, start, known["t"], direction, calls)
                loss, gradient, known["t"] = point.loss, point.gradient, point.step
                calls += new
                self._move(known["t"], direction)
            else:
                self._move(known["t"], direction)
                if iteration != group["max_iter"]:
                    loss, gradient = self._evaluate(closure)
                    calls += 1
            memory["func_evals"] += calls - calls_before
            if (
                calls >= group["max_eval"]
                or _largest(gradient) <= group["tolerance_grad"]
                or _largest(direction * known["t"]) <= tolerance
                or abs(loss - known["prev_loss"]) < tolerance
            ):
                break
        memory.update(known)

    def _search(
        self, closure: Callable[[], Any], start: Point, step: Any, direction: Tensor, calls: int
    ) -> tuple[Point, int]:
        group = self.param_groups[0]
        if group["line_search_fn"] != "strong_wolfe":
            raise RuntimeError("only 'strong_wolfe' is supported\nGive that, or None.")
        origin = [each.array.copy() for each in self._params]
        longest = _largest(direction)

        def evaluate(step: Any) -> Point:
            self._move(step, direction)
            loss, gradient = self._evaluate(closure)
            for parameter, numbers in zip(self._params, origin, strict=True):
                parameter.array[...] = numbers
                parameter.version_counter[0] += 1
            return Point(step, loss, gradient, gradient.dot(direction))

        def is_small(difference: Any) -> bool:
            return bool(difference * longest < group["tolerance_change"])

        return strong_wolfe(evaluate, start, step, is_small, group["max_eval"] - calls)

    def _evaluate(self, closure: Callable[[], Any]) -> tuple[float, Tensor]:
        with enable_grad():
            loss = float(closure())
        return loss, self._gradient()

    def _gradient(self) -> Tensor:
        """The gradients of all parameters, one behind the other."""
        parts: list[Array] = [
            np.zeros(each.array.size, each.array.dtype)
            if each.gradient is None
            else each.gradient.array.reshape(-1)
            for each in self._params
        ]
        return wrap(np.concatenate(parts))

    def _move(self, step: Any, direction: Tensor) -> None:
        """Go along a direction, with all parameters."""
        change = float(step) * direction.array
        begin = 0
        for each in self._params:
            end = begin + each.array.size
            each.array += change[begin:end].reshape(each.array.shape)
            each.version_counter[0] += 1
            begin = end


def _largest(tensor: Tensor) -> Tensor:
    return tensor.abs().max()


def _remember_curvature(gradient: Tensor, known: dict[str, Any], history_size: int) -> None:
    """Add how the gradient has changed along the last step, which is what curvature is."""
    difference, step = gradient - known["prev_flat_grad"], known["d"] * known["t"]
    product = difference.dot(step)
    if product > 1e-10:
        pairs = {"old_dirs": difference, "old_stps": step, "ro": 1.0 / product}
        for name, new in pairs.items():
            if len(known[name]) == history_size:
                known[name].pop(0)
            known[name].append(new)
        known["H_diag"] = product / difference.dot(difference)


def _direction(gradient: Tensor, known: dict[str, Any], scratch: list[Any]) -> Tensor:
    """Minus the gradient, times the inverse of the remembered curvature (algorithm 7.4)."""
    differences, steps, inverses = known["old_dirs"], known["old_stps"], known["ro"]
    result = -gradient
    for place in reversed(range(len(steps))):
        scratch[place] = steps[place].dot(result) * inverses[place]
        result = result - scratch[place] * differences[place]
    result = result * known["H_diag"]
    for place in range(len(steps)):
        share = differences[place].dot(result) * inverses[place]
        result = result + (scratch[place] - share) * steps[place]
    return result
