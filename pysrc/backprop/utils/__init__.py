"""What stands around training: data and batches."""

from typing import Any

from ..missing import missing_attribute
from . import data

__all__ = ["data"]


def __getattr__(name: str) -> Any:
    raise missing_attribute("utils", name)
