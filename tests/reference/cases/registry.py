"""A subject's cases, by their names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Case = Callable[[Any], dict[str, Any]]


class Cases(dict[str, Case]):
    """The cases of one subject, in the order in which they were written."""

    def __call__(self, function: Case) -> Case:
        """Add a function under its own name: a decorator."""
        self[function.__name__] = function
        return function


def differentiate(
    torch: Any, function: Callable[..., Any], *shapes: tuple[int, ...]
) -> dict[str, Any]:
    """A result, and the gradient of its weighted sum by each input."""
    torch.manual_seed(7)
    inputs = [torch.rand(shape) * 2 + 0.3 for shape in shapes]
    for each in inputs:
        each.requires_grad_()
    result = function(*inputs)
    weights = torch.linspace(-1, 2, result.numel()).reshape(result.shape)
    (result * weights).sum().backward()
    found = {"result": result.detach(), "printed": repr(result)}
    return found | {f"grad {place}": each.grad for place, each in enumerate(inputs)}
