"""The momentum of an optimizer, which some schedules lower while they raise the rate."""

from __future__ import annotations

from typing import Any

from ..optimizer import Group, Optimizer
from .scheduler import for_each_group


def cycle(optimizer: Optimizer, lowest: Any, highest: Any, begin: bool) -> bool:
    """Give each group the limits of its momentum, and, at the beginning, the highest one.

    Returns:
        Whether what is called momentum is the first beta, as in Adam.

    Raises:
        ValueError: the optimizer has neither.
    """
    if "momentum" not in optimizer.defaults and "betas" not in optimizer.defaults:
        raise ValueError(
            "optimizer must support momentum or beta1 with `cycle_momentum` option enabled\n"
            "Give cycle_momentum=False."
        )
    use_beta1 = "betas" in optimizer.defaults
    if begin:
        least_of = for_each_group("base_momentum", optimizer, lowest)
        most_of = for_each_group("max_momentum", optimizer, highest)
        for most, least, group in zip(most_of, least_of, optimizer.param_groups, strict=True):
            set_momentum(group, use_beta1, most)
            group["max_momentum"] = most
            group["base_momentum"] = least
    return use_beta1


def set_momentum(group: Group, use_beta1: bool, value: float) -> None:
    """Change a group's momentum, or its first beta."""
    if use_beta1:
        group["betas"] = (value, *group["betas"][1:])
    else:
        group["momentum"] = value
