"""Marching squares: the outlines of the region where a function on a grid is at least some level.

See Lorensen and Cline, "Marching Cubes" (1987), for the idea in three dimensions. Each square of four
neighbouring samples is crossed by the outline in one of sixteen ways; the crossings are joined to loops.
"""

from __future__ import annotations

import numpy as np

from ..dtypes import Array

Point = tuple[float, float]

#: The sides of a square: top, right, bottom, left.
_T, _R, _B, _L = range(4)
#: For each set of corners inside (1 top left, 2 top right, 4 bottom right, 8 bottom left) how the outline
#: crosses the square, from side to side, so that each side is left at most once.
_CROSSINGS: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((_T, _L),), 2: ((_R, _T),), 4: ((_B, _R),), 8: ((_L, _B),),
    3: ((_R, _L),), 6: ((_B, _T),), 12: ((_L, _R),), 9: ((_T, _B),),
    14: ((_L, _T),), 13: ((_T, _R),), 11: ((_R, _B),), 7: ((_B, _L),),
    5: ((_T, _L), (_B, _R)), 10: ((_R, _T), (_L, _B)),
}  # fmt: skip
#: The same for two opposite corners inside whose middle is inside as well.
_JOINED = {5: ((_T, _R), (_B, _L)), 10: ((_L, _T), (_R, _B))}


def outlines(values: Array, level: float) -> list[list[Point]]:
    """Closed loops around where `values` is at least `level`, in (column, row) coordinates of the grid.

    To be filled by the even-odd rule. At the edge of the grid the loops follow the edge.

    >>> import numpy as np
    >>> outlines(np.array([[0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0]]), 0.5)
    [[(1.5, 1.0), (1.0, 1.5), (0.5, 1.0), (1.0, 0.5)]]

    Args:
        values: (rows, columns), finite.
        level: what counts as inside.
    """
    # Around the grid lies a frame that is outside, so that every outline is closed.
    padded = np.full((values.shape[0] + 2, values.shape[1] + 2), -np.inf)
    padded[1:-1, 1:-1] = values
    inside = padded >= level
    corner = inside.astype(np.int8)
    codes = corner[:-1, :-1] + 2 * corner[:-1, 1:] + 4 * corner[1:, 1:] + 8 * corner[1:, :-1]
    following: dict[tuple[int, int, bool], tuple[int, int, bool]] = {}
    for row, column in np.argwhere((codes > 0) & (codes < 15)).tolist():
        code = int(codes[row, column])
        crossings = _CROSSINGS[code]
        if code in _JOINED:
            square = padded[row : row + 2, column : column + 2]
            if square.mean() >= level:
                crossings = _JOINED[code]
        for start, end in crossings:
            following[_side(row, column, start)] = _side(row, column, end)
    loops = []
    while following:
        first, side = following.popitem()
        loop = [_point(padded, first, level)]
        while side != first:
            loop.append(_point(padded, side, level))
            side = following.pop(side)
        loops.append(_without_repeats(loop))
    return [loop for loop in loops[::-1] if len(loop) > 2]


def _side(row: int, column: int, side: int) -> tuple[int, int, bool]:
    """A side of a square as the sample it starts at, and whether it goes down from there."""
    if side == _T:
        return row, column, False
    if side == _R:
        return row, column + 1, True
    if side == _B:
        return row + 1, column, False
    return row, column, True


def _point(padded: Array, side: tuple[int, int, bool], level: float) -> Point:
    """Where the outline crosses a side: on a straight line between the two samples."""
    row, column, down = side
    a = float(padded[row, column])
    b = float(padded[row + down, column + (not down)])
    if a == -np.inf:
        share = 1.0
    elif b == -np.inf:
        share = 0.0
    else:
        share = (level - a) / (b - a)
    # The frame shifted everything by one.
    return column - 1 + share * (not down), row - 1 + share * down


def _without_repeats(loop: list[Point]) -> list[Point]:
    return [point for place, point in enumerate(loop) if point != loop[place - 1]]
