"""What parameters and values of a distribution have to satisfy; each says so in an error by its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..tensor import Tensor


class Constraint:
    """A condition on tensors, by element or by the last dimension."""

    def __init__(self, shown: str, holds: Callable[[Any], Any]) -> None:
        self.shown = shown
        self.holds = holds

    def check(self, value: Tensor) -> Tensor:
        """Where it is satisfied."""
        satisfied: Tensor = self.holds(value)
        return satisfied

    def __repr__(self) -> str:
        return self.shown


boolean = Constraint("Boolean()", lambda x: (x == 0) | (x == 1))
real = Constraint("Real()", lambda x: x == x)
real_vector = Constraint("IndependentConstraint(Real(), 1)", lambda x: (x == x).all(-1))
positive = Constraint("GreaterThan(lower_bound=0.0)", lambda x: x > 0)
unit_interval = Constraint(
    "Interval(lower_bound=0.0, upper_bound=1.0)", lambda x: (x >= 0) & (x <= 1)
)
simplex = Constraint("Simplex()", lambda x: (x >= 0).all(-1) & ((x.sum(-1) - 1).abs() < 1e-6))


def integer_interval(lower: int, upper: int) -> Constraint:
    """Whole numbers from one limit to another, both included."""
    return Constraint(
        f"IntegerInterval(lower_bound={lower}, upper_bound={upper})",
        lambda x: (x % 1 == 0) & (x >= lower) & (x <= upper),
    )
