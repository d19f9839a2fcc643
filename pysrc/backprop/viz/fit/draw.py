"""How well a model fits its data; `curve` draws a model with one input, `plane` one with two."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from ...tensor import Tensor
from ..kit.diagram import Diagram, Table, finish
from .curve import curve_table, draw_curve
from .plane import draw_plane, plane_table
from .plane_trace import trace_fit_plane
from .trace import data_of, trace_fit


def fit(model: Callable[[Tensor], Tensor], X: Any, y: Any) -> Diagram:  # noqa: N803
    """Draw the data as points, what `model` answers in between, and how far it is off at each point.

    With one input, the answers are a curve, and each error is a line from a point to it. Where the curve
    leaves the picture, it runs dotted along the edge. With two inputs, the answers are shades of the plane,
    the stronger the larger, and each point has the shade of its target; its error is a line up where the
    answer is too high, and down where it is too low.

    The data decide how far axes and shades reach, so that in `live` only the answers move.

    >>> import backprop as torch
    >>> from backprop import viz
    >>> def double(x):
    ...     return 2 * x
    >>> viz.fit(double, [1.0, 2.0, 3.0], [2.0, 4.5, 6.0]).description
    'The model is off by 0.1667 on average, most at x = 2, by 0.5.'

    Args:
        model: an `nn.Module`, or any function of a tensor, that gives one number to each row of one or
            two inputs. While it is asked, a module is in `eval` mode; nothing else about it changes.
        X: the inputs: n numbers, (n, 1), or (n, 2).
        y: the targets: as many numbers.

    Raises:
        TypeError: `model` cannot be called, or `X` or `y` are no real numbers.
        ValueError: the shapes don't fit, there is no data, or some of it is not finite.
    """
    data = data_of(model, X, y)
    table: Callable[[], Table]
    if data.inputs.shape[1] == 2:
        over_plane = trace_fit_plane(model, data)
        paper, description = draw_plane(over_plane)
        table = functools.partial(plane_table, over_plane)
    else:
        fitted = trace_fit(model, data)
        paper, description = draw_curve(fitted)
        table = functools.partial(curve_table, fitted)
    count = len(data.targets)
    return finish(
        paper,
        title=f"How a model fits {count:,} point{'' if count == 1 else 's'}",
        description=description,
        table=table,
        kind="fit",
    )
