"""One of several alternatives."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from .. import dtypes
from ..ops.creation import full
from ..ops.repetition import broadcast_tensors
from ..ops.spacing import arange
from ..random import multinomial
from ..size import Size
from ..tensor import Tensor
from .constraints import Constraint, integer_interval, real_vector, simplex
from .distribution import Distribution, logits_of


class Categorical(Distribution):
    """The numbers 0 to n - 1, each with a probability of its own.

    >>> import backprop as torch
    >>> choice = torch.distributions.Categorical(torch.tensor([1.0, 3.0]))
    >>> choice.log_prob(torch.tensor(1)).exp()
    tensor(0.7500)

    Args:
        probs: (..., n), not negative; divided by their sum.
        logits: their logarithms instead, of any sum.
        validate_args: whether parameters and values are checked.

    Raises:
        ValueError: both or none are given, or they are no probabilities.
    """

    has_enumerate_support = True
    _parameters = ("probs", "logits")

    def __init__(
        self,
        probs: Any = None,
        logits: Any = None,
        validate_args: bool | None = None,
    ) -> None:
        if (probs is None) == (logits is None):
            raise ValueError("Either `probs` or `logits` must be specified, but not both.")
        name, given = ("probs", probs) if logits is None else ("logits", logits)
        if given.dim() < 1:
            raise ValueError(f"`{name}` parameter must be at least one-dimensional.")
        if logits is None:
            self.probs = probs / probs.sum(-1, keepdim=True)
        else:
            self.logits = logits - logits.logsumexp(-1, keepdim=True)
        self._param: Tensor = vars(self)[name]
        self._num_events = self._param.array.shape[-1]
        super().__init__(self._param.array.shape[:-1], validate_args)

    @property
    def arg_constraints(self) -> dict[str, Constraint]:
        """See `Distribution`."""
        return {"probs": simplex, "logits": real_vector}

    @property
    def support(self) -> Constraint:
        """The numbers of the alternatives."""
        return integer_interval(0, self._num_events - 1)

    @cached_property
    def probs(self) -> Any:
        """The probabilities."""
        return self.logits.softmax(-1)

    @cached_property
    def logits(self) -> Any:
        """Their logarithms."""
        return logits_of(self.probs)

    @property
    def param_shape(self) -> Size:
        """The shape of `probs`."""
        return self._param.shape

    @property
    def mean(self) -> Tensor:
        """None: the alternatives have no order."""
        return full(self._batch_shape, math.nan, dtype=self._param.dtype)

    @property
    def variance(self) -> Tensor:
        """None: the alternatives have no order."""
        return self.mean

    @property
    def mode(self) -> Tensor:
        """The most probable one."""
        most: Tensor = self.probs.argmax(-1)
        return most

    def sample(self, sample_shape: Sequence[int] = ()) -> Tensor:
        """See `Distribution`."""
        flat = self.probs.detach().reshape(-1, self._num_events)
        drawn: Any = multinomial(flat, math.prod(sample_shape), True)
        result: Tensor = drawn.T.reshape(self._extended(sample_shape))
        return result

    def log_prob(self, value: Any) -> Tensor:
        """See `Distribution`."""
        self._validate(value)
        places, logits = broadcast_tensors(value.long().unsqueeze(-1), self.logits)
        result: Tensor = logits.gather(-1, places[..., :1]).squeeze(-1)
        return result

    def entropy(self) -> Tensor:
        """See `Distribution`."""
        logits = self.logits.clamp(min=dtypes.finfo(self.logits.dtype).min)
        result: Tensor = -(logits * self.probs).sum(-1)
        return result

    def enumerate_support(self, expand: bool = True) -> Tensor:
        """Every alternative, for each distribution if `expand`."""
        values: Any = arange(self._num_events).view(-1, *[1] * len(self._batch_shape))
        result: Tensor = values.expand(-1, *self._batch_shape) if expand else values
        return result
