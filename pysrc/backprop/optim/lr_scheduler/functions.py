"""Schedules by functions of one's own; e is the epoch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import FunctionType
from typing import Any

from ..optimizer import Optimizer
from .scheduler import LRScheduler

Factor = Callable[[int], float]


class LambdaLR(LRScheduler):
    """``lr = lr0 * lr_lambda(e)``, with a function of your own, or one for each group.

    Raises:
        ValueError: there are not as many functions as groups.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        lr_lambda: Factor | Sequence[Factor],
        last_epoch: int = -1,
    ) -> None:
        groups = len(optimizer.param_groups)
        if isinstance(lr_lambda, (list, tuple)):
            if len(lr_lambda) != groups:
                raise ValueError(
                    f"Expected {groups} lr_lambdas, but got {len(lr_lambda)}\n"
                    "Give one function for each group, or one for all."
                )
            self.lr_lambdas = list(lr_lambda)
        else:
            self.lr_lambdas = [lr_lambda] * groups
        super().__init__(optimizer, last_epoch)

    def get_lr(self) -> list[Any]:
        """See the class."""
        self._expect_a_step()
        return [
            base * function(self.last_epoch)
            for base, function in zip(self.base_lrs, self.lr_lambdas, strict=True)
        ]

    def state_dict(self) -> dict[str, Any]:
        """All that it knows, but not the optimizer; of callables their attributes, of functions none."""
        state = super().state_dict()
        del state["lr_lambdas"]
        known = [known_of(function) for function in self.lr_lambdas]
        return {**state, "lr_lambdas": known}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take over what another schedule knows; the functions stay."""
        known = {name: value for name, value in state_dict.items() if name != "lr_lambdas"}
        super().load_state_dict(known)
        for own, attributes in zip(self.lr_lambdas, state_dict["lr_lambdas"], strict=False):
            if attributes is not None:
                vars(own).update(attributes)


def known_of(function: Any) -> dict[str, Any] | None:
    """The attributes of a callable that is saved with a schedule; None of a function, which has none."""
    return None if isinstance(function, FunctionType) else dict(vars(function))


class MultiplicativeLR(LambdaLR):
    """``lr = lr * lr_lambda(e)`` in each epoch after the first.

    Raises:
        ValueError: there are not as many functions as groups.
        TypeError: one is no function.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        lr_lambda: Factor | Sequence[Factor],
        last_epoch: int = -1,
    ) -> None:
        for each in lr_lambda if isinstance(lr_lambda, (list, tuple)) else [lr_lambda]:
            if not callable(each):
                raise TypeError(
                    f"lr_lambda should be a function, but got {type(each).__name__}\n"
                    "It is called with the number of each epoch: lambda epoch: 0.95."
                )
        super().__init__(optimizer, lr_lambda, last_epoch)

    def get_lr(self) -> list[Any]:
        """See the class."""
        self._expect_a_step()
        if self._is_initial:
            return self.rates()
        return [
            rate * function(self.last_epoch)
            for rate, function in zip(self.rates(), self.lr_lambdas, strict=True)
        ]
