"""How far to go along a direction: a line search that ends where the strong Wolfe conditions hold.

They ask of a step that the loss has become smaller by a fair share of what the slope promised (Armijo), and
that the slope has become flat. The search first goes on until a good step must lie behind it, and then closes
in on that.

Source: Nocedal and Wright, Numerical Optimization (2006), algorithms 3.5 and 3.6, with the cubic of (3.59).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from ..tensor import Tensor

#: The share of the promised decrease that is asked for, and that of the first slope that may be left.
DECREASE, FLATNESS = 1e-4, 0.9


class Point(NamedTuple):
    """A place on the line: how far, the loss there, its gradient, and the slope along the line.

    Steps and slopes that come from gradients are tensors, of their type, as rounding is to be theirs.
    """

    step: Any
    loss: float
    gradient: Tensor
    slope: Any


def strong_wolfe(
    evaluate: Callable[[Any], Point],
    start: Point,
    step: Any,
    is_small: Callable[[Any], bool],
    evaluations: int,
) -> tuple[Point, int]:
    """Find a step at which the strong Wolfe conditions hold.

    Args:
        evaluate: the point at a step.
        start: the point at 0, whose slope is negative.
        step: the first to try.
        is_small: whether a difference of two steps is too small to look for one in between.
        evaluations: how many points may be tried after the first.

    Returns:
        The point, or the best one where there are not enough evaluations; and how many there were.
    """

    def too_high(point: Point) -> bool:
        return point.loss > start.loss + DECREASE * point.step * start.slope

    def flat(point: Point) -> bool:
        return bool(abs(point.slope) <= -FLATNESS * start.slope)

    before, point = start, evaluate(step)
    tried = 0
    while tried < evaluations:
        if too_high(point) or (tried > 1 and point.loss >= before.loss):
            break
        if flat(point):
            return point, tried + 1
        if point.slope >= 0:
            break
        nearest = point.step + 0.01 * (point.step - before.step)
        step = _lowest_between(before, point, nearest, point.step * 10)
        before, point = point, evaluate(step)
        tried += 1
    else:
        before = start

    bracket = [before, point]
    low = _lower(bracket)
    stuck = False
    while tried < evaluations:
        near, far = sorted(each.step for each in bracket)
        if is_small(far - near):
            break
        step = _lowest_between(bracket[0], bracket[1], near, far)
        margin = 0.1 * (far - near)
        if min(far - step, step - near) < margin:
            # At an end of the bracket it would shrink by next to nothing; a second time that is not allowed.
            if stuck or step >= far or step <= near:
                step = far - margin if abs(step - far) < abs(step - near) else near + margin
                stuck = False
            else:
                stuck = True
        else:
            stuck = False
        point = evaluate(step)
        tried += 1
        if too_high(point) or point.loss >= bracket[low].loss:
            bracket[1 - low] = point
            low = _lower(bracket)
        elif flat(point):
            return point, tried + 1
        else:
            if point.slope * (bracket[1 - low].step - bracket[low].step) >= 0:
                bracket[1 - low] = bracket[low]
            bracket[low] = point
    return bracket[low], tried + 1


def _lower(bracket: list[Point]) -> int:
    return 0 if bracket[0].loss <= bracket[1].loss else 1


def _lowest_between(first: Point, second: Point, nearest: Any, farthest: Any) -> Any:
    """Where the cubic through two points with these slopes is lowest, within two limits."""
    a, b = (first, second) if first.step <= second.step else (second, first)
    bend = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.step - b.step)
    square = bend**2 - a.slope * b.slope
    if not square >= 0:
        return (nearest + farthest) / 2.0
    root = square.sqrt()
    share = (b.slope + root - bend) / (b.slope - a.slope + 2 * root)
    return min(max(b.step - (b.step - a.step) * share, nearest), farthest)
