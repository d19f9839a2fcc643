"""The base of all distributions: a batch of them, what can be asked of each, and the checks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .. import dtypes
from ..autograd.grad_mode import no_grad
from ..ops.creation import tensor
from ..ops.operands import check_broadcast
from ..ops.repetition import broadcast_tensors
from ..size import Size
from ..tensor import Tensor
from .constraints import Constraint


class Distribution:
    """Random numbers of one kind; a subclass writes what is known of them.

    Attributes:
        has_rsample: whether `rsample` gives samples that gradients pass through.
    """

    has_rsample = False
    has_enumerate_support = False
    _validate_args = True
    #: The names by which it is printed, in order; of two that say the same, those that were computed.
    _parameters: tuple[str, ...] = ()

    def __init__(self, batch_shape: Sequence[int] = (), validate_args: bool | None = None) -> None:
        self._batch_shape = Size(batch_shape)
        if validate_args is not None:
            self._validate_args = validate_args
        if self._validate_args:
            for name, constraint in self.arg_constraints.items():
                if name in vars(self):
                    self._check(f"parameter {name}", vars(self)[name], constraint)

    def _check(self, what: str, value: Tensor, constraint: Constraint) -> None:
        if not bool(constraint.check(value).array.all()):
            where = "" if what.startswith("value") else f" of distribution {self!r}"
            text = (
                f"to satisfy the constraint {constraint!r}"
                if where
                else f"to be within the support ({constraint!r}) of the distribution {self!r}"
            )
            raise ValueError(
                f"Expected {what} ({type(value).__name__} of shape {tuple(value.array.shape)}){where} "
                f"{text}, but found invalid values:\n{value}"
            )

    @property
    def arg_constraints(self) -> dict[str, Constraint]:
        """What its parameters have to satisfy, by their names."""
        raise NotImplementedError

    @property
    def support(self) -> Constraint:
        """What its samples satisfy."""
        raise NotImplementedError

    @property
    def batch_shape(self) -> Size:
        """How many distributions there are, along each dimension."""
        return self._batch_shape

    @property
    def event_shape(self) -> Size:
        """The shape of one sample of one of them."""
        return Size(())

    @property
    def mean(self) -> Tensor:
        """The mean of each."""
        raise NotImplementedError

    @property
    def variance(self) -> Tensor:
        """The mean square of the distance from the mean."""
        raise NotImplementedError

    @property
    def stddev(self) -> Tensor:
        """The root of the variance."""
        return self.variance.sqrt()

    def sample(self, sample_shape: Sequence[int] = ()) -> Tensor:
        """Random numbers of the shape ``sample_shape + batch_shape``, without a gradient."""
        with no_grad():
            return self.rsample(sample_shape)

    def rsample(self, sample_shape: Sequence[int] = ()) -> Tensor:
        """As `sample`, with gradients by the parameters, where the distribution allows them."""
        raise NotImplementedError

    def log_prob(self, value: Tensor) -> Tensor:
        """The logarithm of the probability, or of its density, of `value`."""
        raise NotImplementedError

    def entropy(self) -> Tensor:
        """How uncertain a sample is, in nats."""
        raise NotImplementedError

    def perplexity(self) -> Tensor:
        """How many equally likely values would be as uncertain."""
        return self.entropy().exp()

    def _extended(self, sample_shape: Sequence[int]) -> tuple[int, ...]:
        return (*sample_shape, *self._batch_shape)

    def _validate(self, value: Any) -> None:
        if not self._validate_args:
            return
        if not isinstance(value, Tensor):
            raise ValueError("The value argument to log_prob must be a Tensor")
        pairs = zip(reversed(value.array.shape), reversed(self._batch_shape), strict=False)
        if any(a not in (1, b) and b != 1 for a, b in pairs):
            raise ValueError(
                "Value is not broadcastable with batch_shape+event_shape: "
                f"{value.shape} vs {self._batch_shape}."
            )
        self._check("value argument", value, self.support)

    def __repr__(self) -> str:
        known = [name for name in self._parameters if name in vars(self)]
        shown = ", ".join(f"{name}: {_shown(vars(self)[name])}" for name in known)
        return f"{type(self).__name__}({shown})"


def _shown(value: Tensor) -> str:
    return f"{value}" if value.array.size == 1 else str(value.shape)


def broadcast_all(*values: Any) -> tuple[Tensor, ...]:
    """Numbers and tensors as tensors of one shape.

    Raises:
        RuntimeError: the shapes don't fit.
    """
    kinds = [each.dtype for each in values if isinstance(each, Tensor)]
    kind = kinds[0] if kinds else dtypes.get_default_dtype()
    tensors = [each if isinstance(each, Tensor) else tensor(each, dtype=kind) for each in values]
    for each in tensors[1:]:
        check_broadcast(tensors[0].array.shape, each.array.shape)
    return tuple(broadcast_tensors(*tensors))


def logits_of(probs: Tensor, *, binary: bool = False) -> Tensor:
    """The logarithms of probabilities; of two alternatives, the logarithm of their ratio."""
    eps = dtypes.finfo(probs.dtype).eps
    clamped: Any = probs.clamp(eps, 1 - eps)
    result: Tensor = clamped.log() - (-clamped).log1p() if binary else clamped.log()
    return result
