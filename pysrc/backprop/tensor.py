"""A tensor: an array of numbers that remembers how it was made.

To learn how a network learns, three attributes are enough. ``grad_fn`` is the operation that made the
tensor (`autograd/node.py`); `backward` walks back along these operations (`autograd/engine.py`); and at
each tensor made with ``requires_grad=True`` it leaves, in ``grad``, by how much the result would change
if that tensor's numbers were a little larger.

The operations themselves are in `ops`, each with its local gradient directly below it. They attach
themselves to this class as methods, through `method`.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from . import dtypes
from .calling import as_called
from .device import CPU, device
from .dtypes import Array
from .gradient import drop as drop_gradient
from .gradient import read as read_gradient
from .gradient import write as write_gradient
from .handle import RemovableHandle
from .missing import missing_member
from .size import Size

if TYPE_CHECKING:
    from .autograd.node import Node
    from .autograd.view import View

F = TypeVar("F", bound=Callable[..., Any])


class Tensor:
    """A multi-dimensional array with a gradient; make one with `backprop.tensor`.

    Attributes:
        array: the numbers, a NumPy array. PyTorch has no such name; `numpy` is the portable way.
        requires_grad: whether a gradient is wanted for it, or for something that it is made of.
        gradient: what `grad` shows: the gradient that backward passes have left here, or None.
        node: the operation that made it, or None for a leaf; `grad_fn` shows it.
        version_counter: how often its memory was changed in place; views share it with their base.
        view_of: whose memory it looks at, and how, if it is a view: see `autograd/view.py`.
        views: what looks at this tensor's memory, as weak references.
        hooks: what `register_hook` put on it, if it is a leaf.
        made_at, stale: of a gradient, which version of its leaf it is of, and whether it was added to one
            of an earlier version: see `teaching.py`.
        past: what it was before its last step, if `viz.remember` is on.
    """

    array: Array
    version_counter: list[int]
    requires_grad: bool = False
    gradient: Tensor | None = None
    node: Node | None = None
    view_of: View | None = None
    views: list[weakref.ref[Tensor]] | None = None
    hooks: dict[int, Callable[[Tensor], Tensor | None]] | None = None
    made_at: int | None = None
    stale: bool = False
    past: Any = None
    #: NumPy leaves an operation on one of its numbers and a tensor to the tensor.
    __array_priority__ = 1000
    grad = property(read_gradient, write_gradient, drop_gradient)

    # What it is

    @property
    def shape(self) -> Size:
        """The size along each dimension."""
        return Size(self.array.shape)

    @property
    def dtype(self) -> dtypes.dtype:
        """The type of its elements."""
        return dtypes.of_array(self.array)

    @property
    def ndim(self) -> int:
        """The number of dimensions."""
        return self.array.ndim

    @property
    def device(self) -> device:
        """Where it is: always the CPU."""
        return CPU

    @property
    def is_leaf(self) -> bool:
        """Whether it was made by the user, and not by an operation that is remembered."""
        return self.node is None

    @property
    def grad_fn(self) -> Node | None:
        """The operation that made it, or None for a leaf; its class has PyTorch's name of it."""
        return None if self.node is None else self.node.shown()

    @property
    def data(self) -> Tensor:
        """The same numbers in the same memory, outside the graph.

        Changes through it are not counted, so that a backward that needs the old numbers goes wrong
        without a word: as in PyTorch, which advises `detach` for this reason.
        """
        return wrap(self.array)

    @data.setter
    def data(self, value: Tensor) -> None:
        if value.array.dtype != self.array.dtype:
            raise RuntimeError(
                "Attempted to call `variable.set_data(tensor)`, but `variable` and `tensor` have "
                f"incompatible tensor type: {self.dtype} and {value.dtype}.\n"
                "Convert the new numbers first, such as with .to(x.dtype)."
            )
        self.array = value.array

    @property
    def _version(self) -> int:
        return self.version_counter[0]

    # Gradients

    def backward(
        self,
        gradient: Tensor | None = None,
        retain_graph: bool | None = None,
        create_graph: bool = False,
        inputs: list[Tensor] | None = None,
    ) -> None:
        """Compute the gradient of this tensor by every leaf it depends on; add it to their ``grad``.

        >>> import backprop
        >>> w = backprop.tensor([1.0, 2.0], requires_grad=True)
        >>> (w * w).sum().backward()
        >>> w.grad
        tensor([2., 4.])

        Args:
            gradient: the gradient of the loss by this tensor, of its shape; 1 for a scalar.
            retain_graph: keep the graph for another backward.
            create_graph: not available here.
            inputs: the only leaves to be given a gradient; all of them if left out.

        Raises:
            RuntimeError: it is no scalar and `gradient` is missing; nothing requires a gradient; the
                graph was used up; a tensor that is needed was changed in place.
        """
        from .autograd.engine import backward

        backward(self, gradient, retain_graph, create_graph, inputs)

    def requires_grad_(self, requires_grad: bool = True) -> Tensor:
        """Say whether a gradient is wanted for this leaf; return it.

        Raises:
            RuntimeError: its elements are not real numbers, or it is no leaf.
        """
        if requires_grad and not self.dtype.is_floating_point:
            raise RuntimeError(
                "only Tensors of floating point dtype can require gradients\n"
                f"This one is {self.dtype}: whole numbers have no slope. Write them with a decimal "
                "point, or convert them with .float()."
            )
        if not requires_grad and not self.is_leaf:
            raise RuntimeError(
                "you can only change requires_grad flags of leaf variables.\n"
                "Use .detach() to get a tensor that stands outside the graph."
            )
        self.requires_grad = requires_grad
        return self

    def detach_(self) -> Tensor:
        """Cut this tensor itself off from the graph; return it.

        Raises:
            RuntimeError: it is a view.
        """
        if self.view_of is not None and self.requires_grad:
            raise RuntimeError(
                "Can't detach views in-place. Use detach() instead.\n"
                "What it looks at would stay in the graph."
            )
        self.node = None
        self.requires_grad = False
        return self

    def retain_grad(self) -> None:
        """Let a backward leave the gradient here although this is no leaf.

        Raises:
            RuntimeError: it requires no gradient.
        """
        if not self.requires_grad:
            raise RuntimeError(
                "can't retain_grad on Tensor that has requires_grad=False\n"
                "Something that it is computed from needs requires_grad=True."
            )
        if self.node is not None:
            self.node.observed().keeper = weakref.ref(self)

    @property
    def retains_grad(self) -> bool:
        """Whether `retain_grad` was called on this result of an operation."""
        observers = self.node.observers if self.node is not None else None
        return observers is not None and observers.keeper() is self

    def register_hook(self, hook: Callable[[Tensor], Tensor | None]) -> RemovableHandle:
        """Call `hook` with this tensor's gradient in each backward; what it returns replaces it.

        Raises:
            RuntimeError: it requires no gradient.
        """
        if not self.requires_grad:
            raise RuntimeError(
                "cannot register a hook on a tensor that doesn't require gradient\n"
                "Something that it is computed from needs requires_grad=True."
            )
        if self.node is not None:
            return RemovableHandle(self.node.observed().hooks, hook)
        if self.hooks is None:
            self.hooks = {}
        return RemovableHandle(self.hooks, hook)

    # `==` compares elements, but in a set or a dictionary a tensor is itself alone.
    __hash__ = object.__hash__

    def __deepcopy__(self, memo: dict[int, Any]) -> Tensor:
        if not self.is_leaf:
            raise RuntimeError(
                "Only Tensors created explicitly by the user (graph leaves) support the deepcopy "
                "protocol at the moment\nUse .detach().clone() for the numbers alone."
            )
        result = wrap(self.array.copy(), type(self))
        result.requires_grad = self.requires_grad
        if self.gradient is not None:
            result.gradient = wrap(self.gradient.array.copy())
        memo[id(self)] = result
        return result

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.array, self.requires_grad)

    if TYPE_CHECKING:  # bound by `method`, in `ops`
        detach: Callable[[], Tensor]
        item: Callable[[], Any]
        numpy: Callable[..., Array]
        tolist: Callable[[], Any]

        def __init__(self, *args: Any, **options: Any) -> None: ...
        def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array: ...
        def __float__(self) -> float: ...
        def __int__(self) -> int: ...
        def __index__(self) -> int: ...
        def __bool__(self) -> bool: ...
        def __len__(self) -> int: ...
        def __iter__(self) -> Iterator[Tensor]: ...
        def __contains__(self, element: Any) -> bool: ...
        def __add__(self, other: Any) -> Tensor: ...
        def __radd__(self, other: Any) -> Tensor: ...
        def __sub__(self, other: Any) -> Tensor: ...
        def __rsub__(self, other: Any) -> Tensor: ...
        def __mul__(self, other: Any) -> Tensor: ...
        def __rmul__(self, other: Any) -> Tensor: ...
        def __truediv__(self, other: Any) -> Tensor: ...
        def __rtruediv__(self, other: Any) -> Tensor: ...
        def __pow__(self, other: Any) -> Tensor: ...
        def __matmul__(self, other: Any) -> Tensor: ...
        def __neg__(self) -> Tensor: ...
        def __getitem__(self, index: Any) -> Tensor: ...
        def __setitem__(self, index: Any, value: Any) -> None: ...

    def __getattr__(self, name: str) -> Any:
        raise missing_member(self, "Tensor", name)


_new = object.__new__


def wrap(array: Array, kind: type[Tensor] = Tensor) -> Tensor:
    """A tensor around an array as it is, without a copy: for operations, not for users."""
    tensor: Tensor = _new(kind)
    tensor.array = array if type(array) is np.ndarray else np.asarray(array)
    tensor.version_counter = [0]
    return tensor


def wrap_counts(array: Any) -> Tensor:
    """A tensor of places or counts that NumPy has found, as int64.

    NumPy's own have as many bits as the machine's addresses: 32 in a browser.
    """
    return wrap(np.asarray(array).astype(np.int64, copy=False))


def method(*names: str) -> Callable[[F], F]:
    """Attach an operation to `Tensor` under these names, or under its own."""

    def bind(function: F) -> F:
        called = as_called(function, method=True)
        for name in names or (function.__name__,):
            setattr(Tensor, name, function if name.startswith("__") else called)
        return function

    return bind


def _rebuild(kind: type[Tensor], array: Array, requires_grad: bool) -> Tensor:
    tensor = wrap(array, kind)
    tensor.requires_grad = requires_grad
    return tensor
