"""A module as another type, or on another device."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from .. import dtypes
from ..device import device as device_type
from ..tensor import Tensor
from .parameter import Parameter
from .uninitialized import is_lazy

C = TypeVar("C", bound="Convertible")


class Convertible:
    """Something with parameters and buffers, of which those of real numbers can be converted together."""

    def parameters(self, recurse: bool = True) -> Iterator[Parameter]:
        """All parameters."""
        raise NotImplementedError

    def buffers(self, recurse: bool = True) -> Iterator[Tensor]:
        """All buffers."""
        raise NotImplementedError

    def to(self: C, *args: Any, **options: Any) -> C:
        """Convert every parameter and buffer of real numbers to another dtype; return the module.

        Raises:
            TypeError: the dtype is one of whole numbers.
            AssertionError, RuntimeError: another device than the CPU is asked for.
        """
        for kind in (*args, options.get("dtype")):
            if not getattr(kind, "is_floating_point", True):
                raise TypeError(
                    "nn.Module.to only accepts floating point or complex dtypes, but got desired "
                    f"dtype={kind}\nParameters are real numbers."
                )
        for place in (*args[:1], options.get("device")):
            if isinstance(place, (str, int)):
                device_type(place)  # checks that there is such a kind
        return self._converted(lambda tensor: tensor.to(*args, **options))

    def _converted(self: C, convert: Callable[[Any], Tensor]) -> C:
        for tensor in [*self.parameters(), *self.buffers()]:
            if is_lazy(tensor):
                tensor.become(convert(tensor.data).dtype)
            elif tensor.dtype.is_floating_point:
                tensor.array = convert(tensor.detach()).array
                if tensor.gradient is not None:
                    tensor.gradient = convert(tensor.gradient)
        return self

    def type(self: C, dst_type: Any) -> C:
        """Convert to a dtype, or to one of PyTorch's old types by its name; return the module."""
        return self._converted(lambda tensor: tensor.type(dst_type))

    def float(self: C) -> C:
        """`to` float32."""
        return self.to(dtypes.float32)

    def double(self: C) -> C:
        """`to` float64."""
        return self.to(dtypes.float64)

    def half(self: C) -> C:
        """`to` float16."""
        return self.to(dtypes.float16)

    def cpu(self: C) -> C:
        """The module itself: it is on the CPU already."""
        return self

    def cuda(self: C, device: Any = None) -> C:
        """The module on a graphics card, which is an error as soon as it has a parameter.

        Raises:
            AssertionError: there is none.
        """
        return self._converted(lambda tensor: tensor.cuda(device))

    def xpu(self: C, device: Any = None) -> C:
        """The module on a graphics card of Intel's, which is an error as soon as it has a parameter.

        Raises:
            AssertionError: there is none.
        """
        return self._converted(lambda tensor: tensor.xpu(device))

    def share_memory(self: C) -> C:
        """The module itself: there are no other processes."""
        return self
