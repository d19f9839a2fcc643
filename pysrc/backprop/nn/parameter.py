"""Tensors that a module learns."""

from __future__ import annotations

import numpy as np

from ..dtypes import Array
from ..tensor import Tensor


class Parameter(Tensor):
    """A tensor that belongs to a module's parameters as soon as it is an attribute of the module.

    >>> import backprop as torch
    >>> torch.nn.Parameter(torch.tensor([1.0, 2.0]))
    Parameter containing:
    tensor([1., 2.], requires_grad=True)
    """

    def __new__(cls, data: Tensor | None = None, requires_grad: bool = True) -> Parameter:
        """Wrap `data`, sharing its memory.

        Raises:
            RuntimeError: its elements are whole numbers and `requires_grad` is true.
        """
        array = np.empty(0, np.float32) if data is None else data.array
        parameter = _bare(cls, array)
        if requires_grad:
            parameter.requires_grad_()
        return parameter

    def __init__(self, data: Tensor | None = None, requires_grad: bool = True) -> None:
        """See `__new__`."""

    def __repr__(self) -> str:
        return "Parameter containing:\n" + super().__repr__()


def _bare(cls: type[Parameter], array: Array) -> Parameter:
    parameter = object.__new__(cls)
    parameter.array = array
    parameter.version_counter = [0]
    return parameter
