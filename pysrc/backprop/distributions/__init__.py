"""Random numbers by their distribution: samples, and how probable a value is."""

from typing import Any

from ..missing import missing_attribute
from .bernoulli import Bernoulli
from .categorical import Categorical
from .distribution import Distribution
from .normal import Normal

__all__ = ["Bernoulli", "Categorical", "Distribution", "Normal"]


def __getattr__(name: str) -> Any:
    raise missing_attribute("distributions", name)
