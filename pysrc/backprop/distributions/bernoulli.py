"""Yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from ..random import bernoulli
from ..tensor import Tensor
from .constraints import Constraint, boolean, real, unit_interval
from .distribution import Distribution, broadcast_all, logits_of


class Bernoulli(Distribution):
    """1 with a probability `probs`, 0 otherwise.

    Args:
        probs: a number or a tensor, from 0 to 1.
        logits: ``log(probs / (1 - probs))`` instead.
        validate_args: whether parameters and values are checked.

    Raises:
        ValueError: both or none are given, or it is no probability.
    """

    _parameters = ("probs", "logits")
    support = boolean

    def __init__(
        self, probs: Any = None, logits: Any = None, validate_args: bool | None = None
    ) -> None:
        if (probs is None) == (logits is None):
            raise ValueError("Either `probs` or `logits` must be specified, but not both.")
        if logits is None:
            (self.probs,) = broadcast_all(probs)
        else:
            (self.logits,) = broadcast_all(logits)
        self._param: Tensor = vars(self)["probs" if logits is None else "logits"]
        super().__init__(self._param.array.shape, validate_args)

    @property
    def arg_constraints(self) -> dict[str, Constraint]:
        """See `Distribution`."""
        return {"probs": unit_interval, "logits": real}

    @cached_property
    def probs(self) -> Any:
        """The probability of a 1."""
        return self.logits.sigmoid()

    @cached_property
    def logits(self) -> Any:
        """The logarithm of the ratio of both probabilities."""
        return logits_of(self.probs, binary=True)

    @property
    def mean(self) -> Tensor:
        """The probability of a 1."""
        mean: Tensor = self.probs
        return mean

    @property
    def variance(self) -> Tensor:
        """See `Distribution`."""
        variance: Tensor = self.probs * (1 - self.probs)
        return variance

    def sample(self, sample_shape: Sequence[int] = ()) -> Tensor:
        """See `Distribution`."""
        return bernoulli(self.probs.detach().expand(self._extended(sample_shape)))

    def log_prob(self, value: Tensor) -> Tensor:
        """See `Distribution`."""
        self._validate(value)
        from ..nn.functional import binary_cross_entropy_with_logits

        logits, target = broadcast_all(self.logits, value)
        return -binary_cross_entropy_with_logits(logits, target, reduction="none")

    def entropy(self) -> Tensor:
        """See `Distribution`."""
        from ..nn.functional import binary_cross_entropy_with_logits

        return binary_cross_entropy_with_logits(self.logits, self.probs, reduction="none")
