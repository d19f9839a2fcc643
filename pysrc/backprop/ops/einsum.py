"""Sums of products, written in Einstein's way."""

from __future__ import annotations

import string
from typing import Any

import numpy as np

from .. import dtypes
from ..autograd.node import Gradients
from ..autograd.tape import tape
from ..dtypes import Array
from ..tensor import Tensor
from .operands import convert

__all__ = ["einsum"]


def _letters(equation: str, shapes: list[tuple[int, ...]]) -> tuple[list[str], str]:
    """One letter for each dimension of the inputs and of the output, with none left implicit.

    Raises:
        RuntimeError: the equation doesn't fit the inputs.
    """
    given, arrow, output = equation.replace(" ", "").partition("->")
    inputs = given.split(",")
    if len(inputs) != len(shapes):
        raise RuntimeError(
            f"einsum(): {'more' if len(shapes) > len(inputs) else 'fewer'} operands were provided than "
            f"specified in the equation\nThere are {len(shapes)}; '{equation}' names {len(inputs)}."
        )
    unused = [each for each in string.ascii_letters if each not in equation]
    hidden = [
        len(shape) - len(term.replace("...", ""))
        for term, shape in zip(inputs, shapes, strict=True)
    ]
    for place, (term, shape, count) in enumerate(zip(inputs, shapes, hidden, strict=True)):
        if count < 0 or (count > 0 and "..." not in term):
            raise RuntimeError(
                "einsum(): the number of subscripts in the equation "
                f"({len(term.replace('...', ''))}) does not match the number of dimensions ({len(shape)}) "
                f"for operand {place} and no ellipsis was given"
            )
    dots = "".join(unused[: max(hidden)])
    inputs = [
        term.replace("...", dots[len(dots) - count :])
        for term, count in zip(inputs, hidden, strict=True)
    ]
    if not arrow:
        every = "".join(inputs)
        output = dots + "".join(
            sorted(each for each in set(every) - set(dots) if every.count(each) == 1)
        )
    output = output.replace("...", dots)
    for letter in output:
        if letter not in "".join(inputs):
            raise RuntimeError(
                f"einsum(): output subscript {letter} does not appear in the equation for any input operand"
            )
    return inputs, output


def einsum(equation: str, *operands: Any) -> Tensor:
    """Multiply elements of the operands and sum the products over the letters that the output lacks.

    The gradient by one operand is an einsum again: of the gradient with all the others.

    >>> import backprop as torch
    >>> a, b = torch.ones(2, 3), torch.ones(3, 4)
    >>> torch.einsum("ij,jk->ik", a, b).shape
    torch.Size([2, 4])

    Args:
        equation: a letter for each dimension, such as ``"bij,bjk->bik"``; ``...`` for any others.
        operands: as many tensors as the equation has terms.

    Raises:
        RuntimeError: the equation doesn't fit the operands.
    """
    tensors = list(operands[0]) if isinstance(operands[0], (list, tuple)) else list(operands)
    kind = tensors[0].dtype
    for each in tensors[1:]:
        kind = dtypes.promote(kind, each.dtype)
    tensors = [convert(each, kind) for each in tensors]
    arrays = [each.array for each in tensors]
    inputs, output = _letters(equation, [each.shape for each in arrays])
    if len(arrays) == 1 and kind.category < dtypes.FLOATING and set(inputs[0]) - set(output):
        kind = dtypes.int64  # as a sum of whole numbers is
        tensors = [convert(each, kind) for each in tensors]
        arrays = [each.array for each in tensors]
    sizes: dict[str, int] = {}
    for place, (term, array) in enumerate(zip(inputs, arrays, strict=True)):
        for letter, size in zip(term, array.shape, strict=True):
            if size not in (1, sizes.setdefault(letter, size)) and sizes[letter] != 1:
                raise RuntimeError(
                    f"einsum(): subscript {letter} has size {size} for operand {place} which does not "
                    f"broadcast with previously seen size {sizes[letter]}"
                )
            sizes[letter] = max(size, sizes[letter])

    def rule(grad: Array) -> Gradients:
        return tuple(
            _by_operand(place, grad, inputs, output, arrays)
            if tensors[place].requires_grad
            else None
            for place in range(len(arrays))
        )

    result = np.einsum(f"{','.join(inputs)}->{output}", *arrays, optimize=len(arrays) > 1)
    result = np.asarray(result, dtype=kind.numpy)
    if np.may_share_memory(result, arrays[0]):
        result = result.copy()
    name = "BmmBackward0" if len(arrays) == 1 else "ViewBackward0"
    return tape(result, name, tensors, rule, saved=tensors)


def _by_operand(
    place: int, grad: Array, inputs: list[str], output: str, arrays: list[Array]
) -> Array:
    """The gradient by one operand: the gradient times all the others, summed over the other letters."""
    term, shape = inputs[place], arrays[place].shape
    others = [index for index in range(len(arrays)) if index != place]
    terms = [output, *(inputs[index] for index in others)]
    known = set("".join(terms))
    # A letter that occurs twice in a term is its diagonal; one that only it has was summed.
    distinct = "".join(dict.fromkeys(term))
    reachable = "".join(letter for letter in distinct if letter in known)
    part = np.einsum(
        f"{','.join(terms)}->{reachable}", grad, *(arrays[index] for index in others), optimize=True
    )
    part = part[tuple(slice(None) if letter in known else None for letter in distinct)]
    full = np.zeros(shape, grad.dtype)
    sizes = dict(zip(term, shape, strict=True))
    for along, letter in enumerate(distinct):
        if sizes[letter] == 1 and part.shape[along] != 1:
            part = part.sum(axis=along, keepdims=True)
    # A view of the places where equal letters have equal indices.
    diagonal = np.einsum(f"{term}->{distinct}", full)
    diagonal[...] = part
    return full
