"""Operations that give a tensor itself another shape: its memory stays as it is, and so do its views."""

from __future__ import annotations

from typing import Any

from ..autograd.grad_mode import state
from ..tensor import Tensor, method
from .inplace import before, leaf_in_place

#: What each calls its operation in the graph: PyTorch numbers the forms of one name.
_OPERATIONS = {
    "squeeze": "SqueezeBackward3",
    "swapaxes": "TransposeBackward1",
    "swapdims": "TransposeBackward1",
    "t": "TBackward1",
    "transpose": "TransposeBackward1",
    "unsqueeze": "UnsqueezeBackward1",
}


def _in_place(name: str) -> None:
    def change(input: Tensor, *args: Any, **options: Any) -> Tensor:
        if state.enabled and input.requires_grad and input.node is None:
            raise leaf_in_place()
        previous = before(input)
        result: Tensor = getattr(previous, name)(*args, **options)
        view, look = input.view_of, result.view_of
        if view is not None and look is not None:
            first, then = view.look, look.look
            rule, last = view.rule, look.rule
            view.look = lambda array: then(first(array))
            view.rule = lambda grad: rule(last(grad))
        input.array = result.array
        input.node, input.requires_grad = result.node, input.requires_grad
        if input.node is not None:
            input.node.operation = _operation(name, args, options)
        input.version_counter[0] += 1
        return input

    change.__name__ = change.__qualname__ = f"{name}_"
    change.__doc__ = f"`{name}` of the tensor itself, whose memory stays; returns the tensor."
    method(f"{name}_")(change)


def _operation(name: str, args: tuple[Any, ...], options: dict[str, Any]) -> str:
    if name == "squeeze" and (args or options):
        dim = args[0] if args else options["dim"]
        return "SqueezeBackward4" if isinstance(dim, int) else "SqueezeBackward5"
    return _OPERATIONS[name]


for _name in _OPERATIONS:
    _in_place(_name)
