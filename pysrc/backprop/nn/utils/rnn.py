"""Sequences of different lengths: padded to one length, or packed without what was padded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from ...autograd.broadcasting import unbroadcast
from ...autograd.node import Gradients
from ...autograd.tape import tape
from ...dtypes import Array
from ...ops.operands import check_broadcast
from ...ops.ordering import sort
from ...tensor import Tensor, wrap, wrap_counts

__all__ = [
    "PackedSequence",
    "invert_permutation",
    "pack_padded_sequence",
    "pack_sequence",
    "pad_packed_sequence",
    "pad_sequence",
    "unpack_sequence",
    "unpad_sequence",
]


class _Packed(NamedTuple):
    data: Tensor
    batch_sizes: Tensor
    sorted_indices: Tensor | None
    unsorted_indices: Tensor | None


class PackedSequence(_Packed):
    """Sequences of different lengths, step by step: the first step of all, then the second, and so on.

    The sequences are sorted by their lengths, the longest first, so that at each step those that are not
    over come first. Make one with `pack_sequence` or `pack_padded_sequence`.

    Attributes:
        data: (N, ...), all elements of all sequences.
        batch_sizes: (T,), how many sequences have each step.
        sorted_indices: which sequence is at each place; None if they were sorted already.
        unsorted_indices: the reverse.
    """

    def __new__(
        cls,
        data: Any,
        batch_sizes: Tensor | None = None,
        sorted_indices: Tensor | None = None,
        unsorted_indices: Tensor | None = None,
    ) -> PackedSequence:
        """Put it together; the data and the sizes may be a pair."""
        if batch_sizes is None:
            data, batch_sizes = data
        if unsorted_indices is None:
            unsorted_indices = invert_permutation(sorted_indices)
        return super().__new__(cls, data, batch_sizes, sorted_indices, unsorted_indices)

    def to(self, *args: Any, **kwargs: Any) -> PackedSequence:
        """The same with data of another type or on another device: see `Tensor.to`."""
        return self._replace(data=self.data.to(*args, **kwargs))

    def cpu(self) -> PackedSequence:
        """The same: everything is on the CPU."""
        return self.to("cpu")

    def cuda(self, *args: Any, **kwargs: Any) -> PackedSequence:
        """Raise what PyTorch raises where there is no graphics card."""
        return self._replace(data=self.data.cuda(*args, **kwargs))

    def double(self) -> PackedSequence:
        """The same with float64 data."""
        return self._replace(data=self.data.double())

    def float(self) -> PackedSequence:
        """The same with float32 data."""
        return self._replace(data=self.data.float())

    def long(self) -> PackedSequence:
        """The same with int64 data."""
        return self._replace(data=self.data.long())

    def pin_memory(self) -> PackedSequence:
        """The same, as `Tensor.pin_memory` has it."""
        return self._replace(data=self.data.pin_memory())

    @property
    def is_cuda(self) -> bool:
        """Whether the data are on a graphics card: no."""
        return self.data.is_cuda


def invert_permutation(permutation: Tensor | None) -> Tensor | None:
    """Where each element went: ``inverse[permutation[i]] = i``."""
    if permutation is None:
        return None
    return wrap_counts(np.argsort(permutation.array, kind="stable"))


def pad_sequence(
    sequences: Tensor | Iterable[Tensor],
    batch_first: bool = False,
    padding_value: float = 0.0,
    padding_side: str = "right",
) -> Tensor:
    """Sequences in one tensor, the shorter ones filled up.

    >>> import backprop as torch
    >>> pad_sequence([torch.tensor([1, 2, 3]), torch.tensor([4])], batch_first=True)
    tensor([[1, 2, 3],
            [4, 0, 0]])

    Args:
        sequences: each (its length, ...), of the same dimensions behind the first.
        batch_first: whether the result is (B, T, ...) and not (T, B, ...).
        padding_value: what they are filled up with.
        padding_side: "right", behind the end, or "left", before the beginning.

    Raises:
        RuntimeError: there are no sequences, the side is another one, or the dimensions differ.
    """
    if not isinstance(sequences, (Tensor, Iterable)):
        raise RuntimeError(
            "pad_sequence: Expected iterable for input sequences, but got arg of type: "
            f"{type(sequences)}\nGive a list of tensors."
        )
    given = list(sequences)
    if not given:
        raise RuntimeError("received an empty list of sequences\nGive at least one tensor.")
    if padding_side not in ("left", "right"):
        raise RuntimeError(
            f"Expected padding_side to be one of left or right, but got {padding_side}."
        )
    lengths = [len(each.array) for each in given]
    longest = max(lengths)
    first = given[0].array
    padded = np.full((len(given), longest, *first.shape[1:]), padding_value, first.dtype)
    places = [
        slice(longest - length, longest) if padding_side == "left" else slice(length)
        for length in lengths
    ]
    for row, each, place in zip(padded, given, places, strict=True):
        check_broadcast(row[place].shape, each.array.shape)
        row[place] = each.array
    turned = padded if batch_first else padded.swapaxes(0, 1)

    def rule(grad: Array) -> Gradients:
        rows = grad if batch_first else grad.swapaxes(0, 1)
        return tuple(
            unbroadcast(row[place], each.array.shape)
            for row, each, place in zip(rows, given, places, strict=True)
        )

    return tape(np.ascontiguousarray(turned), "CopySlices", given, rule)


def unpad_sequence(
    padded_sequences: Tensor, lengths: Tensor, batch_first: bool = False
) -> list[Tensor]:
    """The sequences of a padded tensor, each of its own length.

    Args:
        padded_sequences: (T, B, ...), or (B, T, ...) if `batch_first`.
        lengths: (B,).
        batch_first: see above.
    """
    rows = padded_sequences if batch_first else padded_sequences.transpose(0, 1)
    return [row[: int(length)] for row, length in zip(rows, lengths, strict=True)]


def pack_padded_sequence(
    input: Tensor,
    lengths: Tensor | Sequence[int],
    batch_first: bool = False,
    enforce_sorted: bool = True,
) -> PackedSequence:
    """Padded sequences without what was padded: what recurrent layers take.

    Args:
        input: (T, B, ...), or (B, T, ...) if `batch_first`.
        lengths: (B,), how long each is.
        batch_first: see above.
        enforce_sorted: whether they must be sorted already, the longest first.

    Raises:
        RuntimeError: they are not sorted, or a length is impossible.
    """
    order = None
    given = lengths if isinstance(lengths, Tensor) else wrap(np.asarray(lengths, np.int64))
    if not enforce_sorted:
        given, order = sort(given, descending=True)
        input = input.index_select(0 if batch_first else 1, order)
    long = given.array.astype(np.int64)
    x = input.array.swapaxes(0, 1) if batch_first else input.array
    _refuse_lengths(long, x.shape)
    counts = (long[None, :] > np.arange(long[0])[:, None]).sum(axis=1)
    inside = np.arange(x.shape[1])[None, :] < counts[:, None]

    def rule(grad: Array) -> Array:
        full = np.zeros(x.shape, grad.dtype)
        full[: len(counts)][inside] = grad
        return full.swapaxes(0, 1) if batch_first else full

    data = tape(x[: len(counts)][inside], "PackPaddedSequenceBackward0", (input,), rule)
    return PackedSequence(data, wrap(counts.astype(np.int64)), order)


def _refuse_lengths(lengths: Array, shape: tuple[int, ...]) -> None:
    if lengths.shape != (shape[1],):
        raise RuntimeError(
            f"Expected `len(lengths)` to be equal to batch_size, but got {lengths.size} "
            f"(batch_size={shape[1]})\nThere is one length for each sequence."
        )
    if (lengths <= 0).any():
        raise RuntimeError(
            "Length of all samples has to be greater than 0, but found an element in 'lengths' that is <= 0\n"
            "Leave empty sequences out."
        )
    if (lengths[1:] > lengths[:-1]).any():
        raise RuntimeError(
            "`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can pass "
            "`enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to sidestep this "
            "requirement if you do not need ONNX exportability.\nThe longest sequence comes first."
        )
    if lengths[0] > shape[0]:
        raise RuntimeError(
            f"start (0) + length ({lengths[0]}) exceeds dimension size ({shape[0]}).\n"
            f"The input has {shape[0]} steps, and the longest sequence is said to have {lengths[0]}."
        )


def pack_sequence(sequences: Sequence[Tensor], enforce_sorted: bool = True) -> PackedSequence:
    """Sequences of different lengths, packed: see `PackedSequence`.

    Args:
        sequences: each (its length, ...).
        enforce_sorted: whether they must be sorted already, the longest first.
    """
    lengths = [len(each.array) for each in sequences]
    return pack_padded_sequence(pad_sequence(sequences), lengths, enforce_sorted=enforce_sorted)


def pad_packed_sequence(
    sequence: PackedSequence,
    batch_first: bool = False,
    padding_value: float = 0.0,
    total_length: int | None = None,
) -> tuple[Tensor, Tensor]:
    """Packed sequences in one tensor, the shorter ones filled up, and their lengths.

    Args:
        sequence: see `PackedSequence`.
        batch_first: whether the result is (B, T, ...) and not (T, B, ...).
        padding_value: what they are filled up with.
        total_length: to how many steps; to those of the longest if left out.

    Raises:
        ValueError: the longest has more steps than that.
    """
    counts = sequence.batch_sizes.array
    total = len(counts) if total_length is None else total_length
    if total < len(counts):
        raise ValueError(
            "Expected total_length to be at least the length of the longest sequence in input, but got "
            f"total_length={total_length} and max sequence length being {len(counts)}\n"
            "Sequences are filled up, and never cut off."
        )
    x = sequence.data.array
    padded = np.full((total, counts[0], *x.shape[1:]), padding_value, x.dtype)
    inside = np.arange(counts[0])[None, :] < counts[:, None]
    padded[: len(counts)][inside] = x

    def rule(grad: Array) -> Array:
        rows = grad.swapaxes(0, 1) if batch_first else grad
        return np.asarray(rows[: len(counts)][inside])

    turned = padded.swapaxes(0, 1) if batch_first else padded
    name = "TransposeBackward0" if batch_first else "CopySlices"
    output = tape(turned, name, (sequence.data,), rule)
    lengths = wrap((counts[:, None] > np.arange(counts[0])[None, :]).sum(axis=0).astype(np.int64))
    order = sequence.unsorted_indices
    if order is None:
        return output, lengths
    return output.index_select(0 if batch_first else 1, order), lengths[order]


def unpack_sequence(packed_sequences: PackedSequence) -> list[Tensor]:
    """The sequences that were packed, each of its own length."""
    padded, lengths = pad_packed_sequence(packed_sequences, batch_first=True)
    return unpad_sequence(padded, lengths, batch_first=True)
