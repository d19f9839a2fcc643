"""Learning rates that change as training goes on. Read `scheduler` first, then `schedules`."""

from typing import Any

from ...missing import missing_attribute
from .plateau import ReduceLROnPlateau
from .scheduler import LRScheduler
from .schedules import CosineAnnealingLR, ExponentialLR, LambdaLR, MultiStepLR, StepLR

__all__ = [
    "CosineAnnealingLR",
    "ExponentialLR",
    "LRScheduler",
    "LambdaLR",
    "MultiStepLR",
    "ReduceLROnPlateau",
    "StepLR",
]


def __getattr__(name: str) -> Any:
    raise missing_attribute("optim.lr_scheduler", name)
