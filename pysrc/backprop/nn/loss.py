"""Losses: one number that says how wrong the answers are.

What each computes, and its slope, is in `functional`: `loss.py`, `probability.py` and `classification.py`.
All take a `reduction`: "mean", "sum", or "none" for one loss an element; `size_average` and `reduce` are
PyTorch's older words for it.
"""

from __future__ import annotations

from ..tensor import Tensor
from . import functional
from .functional.loss import older_reduction
from .module import Module


class _Loss(Module):
    """A loss with its reduction."""

    reduction: str

    def __init__(
        self,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ) -> None:
        super().__init__()
        self.reduction = older_reduction(size_average, reduce, reduction)


class _WeightedLoss(_Loss):
    """A loss that counts some elements more than others; the weight is a buffer."""

    weight: Tensor | None

    def __init__(
        self,
        weight: Tensor | None = None,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ) -> None:
        super().__init__(size_average, reduce, reduction)
        self.register_buffer("weight", weight)


class MSELoss(_Loss):
    """The mean of the squared differences, ``mean((input - target)^2)``.

    >>> import backprop as torch
    >>> torch.nn.MSELoss()(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 4.0]))
    tensor(2.)

    Shapes: any two that can be broadcast; a scalar unless `reduction` is "none".
    """

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """See the class."""
        return functional.mse_loss(input, target, reduction=self.reduction)


class L1Loss(_Loss):
    """The mean of the distances, ``mean(|input - target|)``.

    Shapes: any two that can be broadcast; a scalar unless `reduction` is "none".
    """

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """See the class."""
        return functional.l1_loss(input, target, reduction=self.reduction)


class SmoothL1Loss(_Loss):
    """Squared below the distance `beta`, straight above: see `functional.smooth_l1_loss`.

    Shapes: any two that can be broadcast; a scalar unless `reduction` is "none".
    """

    def __init__(
        self,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
        beta: float = 1.0,
    ) -> None:
        super().__init__(size_average, reduce, reduction)
        self.beta = beta

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """See the class."""
        return functional.smooth_l1_loss(input, target, reduction=self.reduction, beta=self.beta)


class HuberLoss(_Loss):
    """Squared up to the distance `delta`, straight above: see `functional.huber_loss`.

    Shapes: any two that can be broadcast; a scalar unless `reduction` is "none".
    """

    def __init__(self, reduction: str = "mean", delta: float = 1.0) -> None:
        super().__init__(reduction=reduction)
        self.delta = delta

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """See the class."""
        return functional.huber_loss(input, target, self.reduction, self.delta)


class BCELoss(_WeightedLoss):
    """``-(y log p + (1 - y) log(1 - p))``: see `functional.binary_cross_entropy`.

    Shapes: input and target alike; a scalar unless `reduction` is "none".
    """

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """See the class."""
        return functional.binary_cross_entropy(input, target, self.weight, reduction=self.reduction)


class BCEWithLogitsLoss(_WeightedLoss):
    """`BCELoss` of ``sigmoid(input)``: see `functional.binary_cross_entropy_with_logits`.

    Args:
        weight: how much each element counts.
        size_average: see above.
        reduce: see above.
        reduction: see above.
        pos_weight: how much a target of 1 counts, in units of a target of 0.

    Shapes: input and target alike; a scalar unless `reduction` is "none".
    """

    pos_weight: Tensor | None

    def __init__(
        self,
        weight: Tensor | None = None,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
        pos_weight: Tensor | None = None,
    ) -> None:
        super().__init__(weight, size_average, reduce, reduction)
        self.register_buffer("pos_weight", pos_weight)

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """See the class."""
        return functional.binary_cross_entropy_with_logits(
            input, target, self.weight, reduction=self.reduction, pos_weight=self.pos_weight
        )


class CrossEntropyLoss(_WeightedLoss):
    """``-log softmax(input)[target]``: see `functional.cross_entropy`, also for the options.

    >>> import backprop as torch
    >>> scores, truth = torch.tensor([[2.0, 0.0, 0.0]]), torch.tensor([0])
    >>> torch.nn.CrossEntropyLoss()(scores, truth)
    tensor(0.2395)

    Shapes: (N, C), (C,) or (N, C, d1, ...), and class numbers without the C, or probabilities with it;
        a scalar unless `reduction` is "none".
    """

    def __init__(
        self,
        weight: Tensor | None = None,
        size_average: bool | None = None,
        ignore_index: int = -100,
        reduce: bool | None = None,
        reduction: str = "mean",
        label_smoothing: float = 0.0,
    ) -> None:
        super().__init__(weight, size_average, reduce, reduction)
        self.ignore_index = ignore_index
        self.label_smoothing = label_smoothing

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """See the class."""
        return functional.cross_entropy(
            input,
            target,
            self.weight,
            ignore_index=self.ignore_index,
            reduction=self.reduction,
            label_smoothing=self.label_smoothing,
        )


class NLLLoss(_WeightedLoss):
    """``-input[target]`` of log-probabilities: see `functional.nll_loss`.

    Shapes: (N, C), (C,) or (N, C, d1, ...), and class numbers without the C; a scalar unless
        `reduction` is "none".
    """

    def __init__(
        self,
        weight: Tensor | None = None,
        size_average: bool | None = None,
        ignore_index: int = -100,
        reduce: bool | None = None,
        reduction: str = "mean",
    ) -> None:
        super().__init__(weight, size_average, reduce, reduction)
        self.ignore_index = ignore_index

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """See the class."""
        return functional.nll_loss(
            input,
            target,
            self.weight,
            ignore_index=self.ignore_index,
            reduction=self.reduction,
        )


class KLDivLoss(_Loss):
    """``target * (log(target) - input)`` of log-probabilities: see `functional.kl_div`.

    Args:
        size_average: see above.
        reduce: see above.
        reduction: as above, or "batchmean", the sum divided by the number of rows.
        log_target: whether the target is given as logarithms too.

    Shapes: input and target alike; a scalar unless `reduction` is "none".
    """

    def __init__(
        self,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
        log_target: bool = False,
    ) -> None:
        super().__init__(size_average, reduce, reduction)
        self.log_target = log_target

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """See the class."""
        return functional.kl_div(
            input, target, reduction=self.reduction, log_target=self.log_target
        )
