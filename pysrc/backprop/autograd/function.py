"""Operations with a backward of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..dtypes import Array
from ..tensor import Tensor, wrap
from .broadcasting import unbroadcast
from .grad_mode import no_grad
from .node import Gradients, Node
from .tape import tape


class FunctionContext:
    """What a `Function` passes from its forward to its backward; PyTorch calls it ``ctx``.

    Attributes:
        needs_input_grad: for each input of forward, whether a gradient by it is wanted.
    """

    def __init__(self, needs_input_grad: tuple[bool, ...]) -> None:
        self.needs_input_grad = needs_input_grad
        self._saved: tuple[Tensor | None, ...] = ()
        self._flat: tuple[Tensor, ...] = ()
        self._changed: tuple[Tensor, ...] = ()
        self._materialize = True

    def save_for_backward(self, *tensors: Tensor | None) -> None:
        """Keep tensors for the backward, which finds them in `saved_tensors`."""
        for each in tensors:
            if each is not None and not isinstance(each, Tensor):
                raise TypeError(
                    f"save_for_backward can only save variables, but argument is of type "
                    f"{type(each).__name__}\nKeep anything else as an attribute: ctx.name = value."
                )
        self._saved = tensors

    @property
    def saved_tensors(self) -> tuple[Tensor | None, ...]:
        """What `save_for_backward` kept."""
        return self._saved

    def mark_non_differentiable(self, *tensors: Tensor) -> None:
        """Say that these outputs have no gradient, such as places and counts."""
        self._flat = tensors

    def mark_dirty(self, *tensors: Tensor) -> None:
        """Say that these inputs were changed in place, and are returned."""
        self._changed = tensors

    def set_materialize_grads(self, value: bool) -> None:
        """Say whether the gradient by an output that nobody used comes as zeros, or as None."""
        self._materialize = value


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
        """Compute the result from the inputs; override this.

        Where `setup_context` is overridden too, it is called without ``ctx``.
        """
        raise NotImplementedError(
            "You must implement the forward function for custom autograd.Function.\n"
            "Write it as a staticmethod: def forward(ctx, *inputs)."
        )

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Any) -> None:
        """Keep what the backward needs: override this, or do it in `forward`."""
        raise NotImplementedError("setup_context is not implemented.")

    @staticmethod
    def backward(ctx: Any, *grad_outputs: Any) -> Any:
        """Compute the gradient by each input from the gradient by each output; override this."""
        raise NotImplementedError(
            "You must implement the backward function for custom autograd.Function.\n"
            "Write it as a staticmethod: def backward(ctx, grad_output), returning one gradient, or "
            "None, for each input of forward."
        )

    @classmethod
    def apply(cls, *args: Any) -> Any:
        """Run `forward` on `args` and remember `backward` for it."""
        context = FunctionContext(
            tuple(isinstance(each, Tensor) and each.requires_grad for each in args)
        )
        with no_grad():
            if cls.setup_context is Function.setup_context:
                output = cls.forward(context, *args)
            else:
                output = cls.forward(*args)
                cls.setup_context(context, args, output)
        outputs = output if isinstance(output, tuple) else (output,)
        remembered = _remember(cls, context, args, outputs)
        return remembered if isinstance(output, tuple) else remembered[0]


class _Parts(dict[int, Array]):
    """The gradients by several outputs of one operation, on their way to its one rule."""

    def __add__(self, other: _Parts) -> _Parts:
        return _Parts({each: _sum(self.get(each), other.get(each)) for each in {*self, *other}})


def _sum(a: Array | None, b: Array | None) -> Array:
    return a + b if a is not None and b is not None else a if b is None else b  # type: ignore[return-value]


def _remember(
    function: type[Function], context: FunctionContext, args: Sequence[Any], outputs: Sequence[Any]
) -> tuple[Any, ...]:
    """Make the results part of the graph: each hands its gradient to one node, which calls backward."""
    name = f"{function.__name__}Backward"
    inputs = [each for each in args if isinstance(each, Tensor)]
    saved = [each for each in context._saved if each is not None]
    flat, changed = context._flat, context._changed
    # What the graph holds must not hold the graph: the arrays' forms are enough for the backward.
    context._flat = context._changed = ()
    forms = [
        (each.array.shape, each.array.dtype) if isinstance(each, Tensor) else None
        for each in outputs
    ]
    materialize = context._materialize

    def call(parts: Any) -> Gradients:
        given: list[Tensor | None] = []
        for place, form in enumerate(forms):
            gradient = parts.get(place)
            if gradient is None and form is not None and materialize:
                gradient = np.zeros(*form)
            given.append(None if gradient is None else wrap(np.asarray(gradient)))
        with no_grad():
            answer = function.backward(context, *given)
        return _checked(function, answer, forms_of_args)

    forms_of_args = [each.array.shape if isinstance(each, Tensor) else None for each in args]
    hub = tape(np.empty(0), name, inputs, call, saved)
    results: list[Any] = []
    for place, each in enumerate(outputs):
        if not isinstance(each, Tensor):
            results.append(each)
            continue
        result = each
        if not any(each is other for other in changed):
            # A new tensor, so that a forward that returns its input does not become its own parent.
            result = wrap(each.array.view())
            result.version_counter = each.version_counter
        if (
            hub.requires_grad
            and each.array.dtype.kind == "f"
            and not any(each is other for other in flat)
        ):

            def rule(grad: Array, place: int = place) -> Any:
                return _Parts({place: grad})

            result.node = Node(name, (hub,), rule)
            result.requires_grad = True
        results.append(result)
    return tuple(results)


def _checked(
    function: type[Function], answer: Any, shapes: Sequence[tuple[int, ...] | None]
) -> Gradients:
    """The gradients by the inputs that are tensors, whose shapes are given, in their order.

    Raises:
        RuntimeError: too few or too many were returned, one that is no tensor's, or of another shape.
    """
    name = f"{function.__name__}Backward"
    answers = list(answer) if isinstance(answer, tuple) else [answer]
    while len(answers) > len(shapes) and answers[-1] is None:
        answers.pop()
    if len(answers) != len(shapes):
        raise RuntimeError(
            f"function {name} returned an incorrect number of gradients (expected {len(shapes)}, "
            f"got {len(answers)})\nReturn one gradient, or None, for each input of forward."
        )
    gradients: list[Array | None] = []
    for place, (gradient, shape) in enumerate(zip(answers, shapes, strict=True)):
        if shape is None:
            if gradient is not None:
                raise RuntimeError(
                    f"function {name} returned a gradient different than None at position "
                    f"{place + 1}, but the corresponding forward input was not a Variable\n"
                    "Return None for an input that is no tensor."
                )
        elif gradient is None:
            gradients.append(None)
        else:
            gradients.append(_fitted(name, place, gradient.array, shape))
    return tuple(gradients)


def _fitted(name: str, place: int, gradient: Array, shape: tuple[int, ...]) -> Array:
    try:
        if np.broadcast_shapes(gradient.shape, shape) == gradient.shape:
            return unbroadcast(gradient, shape)
    except ValueError:
        pass
    raise RuntimeError(
        f"Function {name} returned an invalid gradient at index {place} - got {list(gradient.shape)} "
        f"but expected shape compatible with {list(shape)}\n"
        "A gradient has the shape of the input that it belongs to."
    )


def once_differentiable(function: Any) -> Any:
    """PyTorch's mark for a backward that cannot be differentiated itself: here none can."""
    return function
