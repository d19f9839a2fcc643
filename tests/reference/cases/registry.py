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


def of_layer(make: Callable[[Any], Any], *shapes: tuple[int, ...], kind: str = "float32") -> Case:
    """A case of a layer: its printed form, initial numbers, results and gradients for each shape."""

    def run(torch: Any) -> dict[str, Any]:
        torch.manual_seed(8)
        layer = make(torch.nn).to(getattr(torch, kind))
        found = {"printed": repr(layer), "state": ", ".join(layer.state_dict())}
        for title, value in layer.state_dict().items():
            found[title] = value.clone()
        for place, shape in enumerate(shapes):
            layer.zero_grad()
            x = torch.randn(shape, dtype=getattr(torch, kind)).requires_grad_()
            y = layer(x)
            slopes = torch.linspace(-1, 2, y.numel(), dtype=y.dtype).reshape(y.shape)
            (y * slopes).sum().backward()
            found[f"{place} y"], found[f"{place} x grad"] = y.detach(), x.grad
            found[f"{place} grad_fn"] = repr(y).split("grad_fn=")[-1]
            for title, parameter in layer.named_parameters():
                found[f"{place} {title} grad"] = parameter.grad
            for title, value in layer.named_buffers():
                found[f"{place} {title} after"] = value.clone()
        return found

    return run
