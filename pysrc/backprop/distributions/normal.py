"""The bell curve."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from ..autograd.grad_mode import no_grad
from ..random import normal, normal_array
from ..tensor import Tensor, wrap
from .constraints import Constraint, positive, real
from .distribution import Distribution, broadcast_all


class Normal(Distribution):
    """Normal numbers of a mean `loc` and a standard deviation `scale`, numbers or tensors.

    >>> import backprop as torch
    >>> torch.distributions.Normal(0.0, 1.0).log_prob(torch.tensor(0.0))
    tensor(-0.9189)

    Raises:
        ValueError: the deviation is not above 0.
    """

    has_rsample = True
    _parameters = ("loc", "scale")
    support = real

    def __init__(self, loc: Any, scale: Any, validate_args: bool | None = None) -> None:
        self.loc: Any
        self.scale: Any
        self.loc, self.scale = broadcast_all(loc, scale)
        super().__init__(self.loc.array.shape, validate_args)

    @property
    def arg_constraints(self) -> dict[str, Constraint]:
        """See `Distribution`."""
        return {"loc": real, "scale": positive}

    @property
    def mean(self) -> Tensor:
        """`loc`."""
        mean: Tensor = self.loc
        return mean

    @property
    def mode(self) -> Tensor:
        """`loc`."""
        return self.mean

    @property
    def stddev(self) -> Tensor:
        """`scale`."""
        deviation: Tensor = self.scale
        return deviation

    @property
    def variance(self) -> Tensor:
        """The square of `scale`."""
        return self.stddev**2

    def sample(self, sample_shape: Sequence[int] = ()) -> Tensor:
        """See `Distribution`."""
        shape = self._extended(sample_shape)
        with no_grad():
            return normal(self.loc.expand(shape), self.scale.expand(shape))

    def rsample(self, sample_shape: Sequence[int] = ()) -> Tensor:
        """See `Distribution`: ``loc + eps * scale``, with eps drawn of a mean of 0 and a deviation of 1."""
        eps = wrap(normal_array(self._extended(sample_shape), self.loc.dtype))
        result: Tensor = self.loc + eps * self.scale
        return result

    def log_prob(self, value: Any) -> Tensor:
        """See `Distribution`."""
        self._validate(value)
        squares = -((value - self.loc) ** 2) / (2 * self.scale**2)
        result: Tensor = squares - self.scale.log() - math.log(math.sqrt(2 * math.pi))
        return result

    def cdf(self, value: Any) -> Tensor:
        """The probability of a number up to `value`."""
        self._validate(value)
        result: Tensor = 0.5 * (
            1 + ((value - self.loc) * self.scale.reciprocal() / math.sqrt(2)).erf()
        )
        return result

    def icdf(self, value: Any) -> Tensor:
        """The number up to which the probability is `value`."""
        result: Tensor = self.loc + self.scale * (2 * value - 1).erfinv() * math.sqrt(2)
        return result

    def entropy(self) -> Tensor:
        """See `Distribution`."""
        result: Tensor = 0.5 + 0.5 * math.log(2 * math.pi) + self.scale.log()
        return result
