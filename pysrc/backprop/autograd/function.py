"""Operations with a backward of one's own."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dtypes import Array
from ..tensor import Tensor, wrap
from .grad_mode import no_grad
from .node import Gradients
from .record import record


class FunctionContext:
    """What a `Function` passes from its forward to its backward; PyTorch calls it ``ctx``."""

    def __init__(self, needs_input_grad: tuple[bool, ...]) -> None:
        self.needs_input_grad = needs_input_grad
        self._saved: tuple[Tensor | None, ...] = ()

    def save_for_backward(self, *tensors: Tensor | None) -> None:
        """Keep tensors for the backward, which finds them in `saved_tensors`."""
        self._saved = tensors

    @property
    def saved_tensors(self) -> tuple[Tensor | None, ...]:
        """What `save_for_backward` kept."""
        return self._saved


class Function:
    """An operation whose forward and backward you write yourself.

    >>> import backprop
    >>> class Square(backprop.autograd.Function):
    ...     @staticmethod
    ...     def forward(ctx, x):
    ...         ctx.save_for_backward(x)
    ...         return x * x
    ...     @staticmethod
    ...     def backward(ctx, grad_output):
    ...         (x,) = ctx.saved_tensors
    ...         return 2 * x * grad_output
    >>> x = backprop.tensor(3.0, requires_grad=True)
    >>> Square.apply(x).backward()
    >>> x.grad
    tensor(6.)
    """

    @staticmethod
    def forward(ctx: Any, *args: Any, **kwargs: Any) -> Any:
        """Compute the result from the inputs; override this."""
        raise NotImplementedError(
            "You must implement the forward function for custom autograd.Function.\n"
            "Write it as a staticmethod: def forward(ctx, *inputs)."
        )

    @staticmethod
    def backward(ctx: Any, *grad_outputs: Any) -> Any:
        """Compute the gradient by each input from the gradient by the output; override this."""
        raise NotImplementedError(
            "You must implement the backward function for custom autograd.Function.\n"
            "Write it as a staticmethod: def backward(ctx, grad_output), returning one gradient, or "
            "None, for each input of forward."
        )

    @classmethod
    def apply(cls, *args: Any) -> Tensor:
        """Run `forward` on `args` and remember `backward` for it.

        Raises:
            TypeError: `forward` returned something else than one tensor.
        """
        tensors = [each for each in args if isinstance(each, Tensor)]
        context = FunctionContext(
            tuple(isinstance(each, Tensor) and each.requires_grad for each in args)
        )
        with no_grad():
            result = cls.forward(context, *args)
        if not isinstance(result, Tensor):
            raise TypeError(
                f"{cls.__name__}.forward returned {type(result).__name__}; backprop's Function returns "
                "exactly one tensor.\nReturn the one result that a loss can depend on."
            )

        def rule(gradient: Array) -> Gradients:
            with no_grad():
                answer = cls.backward(context, wrap(np.asarray(gradient)))
            answers = answer if isinstance(answer, tuple) else (answer,)
            if len(answers) != len(args):
                raise RuntimeError(
                    f"function {cls.__name__}Backward returned an incorrect number of gradients "
                    f"(expected {len(args)}, got {len(answers)})\n"
                    "Return one gradient, or None, for each input of forward."
                )
            return tuple(
                None if each is None else _fitted(cls.__name__, each, source)
                for each, source in zip(answers, args, strict=True)
                if isinstance(source, Tensor)
            )

        # A new tensor, so that a forward that returns its own input does not become its own parent.
        return record(result.array.view(), f"{cls.__name__}Backward", tensors, rule)


def _fitted(function: str, gradient: Tensor, source: Tensor) -> Array:
    if gradient.array.shape != source.array.shape:
        raise RuntimeError(
            f"Function {function}Backward returned an invalid gradient: got {list(gradient.shape)} but "
            f"expected shape compatible with {list(source.shape)}\n"
            "A gradient has the shape of the input that it belongs to."
        )
    return gradient.array
