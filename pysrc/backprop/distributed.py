"""Several processes that train together: here there is one, which belongs to no group.

What programs ask before they decide whether to train in groups is answered, and what needs a group raises
what PyTorch raises without one.
"""

from __future__ import annotations

from typing import Any, NoReturn

from .missing import missing_attribute


def is_available() -> bool:
    """Always False."""
    return False


def is_initialized() -> bool:
    """Always False."""
    return False


def _without_group(*args: Any, **options: Any) -> NoReturn:
    """Only within a group of processes.

    Raises:
        ValueError: always.
    """
    raise ValueError(
        "Default process group has not been initialized, please make sure to call init_process_group.\n"
        "There is one process here: ask torch.distributed.is_initialized() first, and leave this out."
    )


all_gather = all_reduce = barrier = broadcast = gather = reduce = scatter = _without_group
get_backend = get_rank = get_world_size = _without_group


def init_process_group(*args: Any, **options: Any) -> NoReturn:
    """Begin a group of processes.

    Raises:
        RuntimeError: always, as of a PyTorch that was built without it.
    """
    raise RuntimeError(
        "torch.distributed is not available: there is one process here\n"
        "Use the model as it is, without a process group."
    )


def __getattr__(name: str) -> object:
    raise missing_attribute("torch.distributed", name)
