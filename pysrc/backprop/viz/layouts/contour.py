"""Marching squares: the outlines of the region where a function on a grid is at least some level.

See Lorensen and Cline, "Marching Cubes" (1987), for the idea in three dimensions. Each square of four
neighbouring samples is crossed by the outline in one of sixteen ways; the crossings are joined to loops.
"""

from __future__ import annotations

import numpy as np

from ...dtypes import Array

#: For each set of corners inside (1 top left, 2 top right, 4 bottom right, 8 bottom left) how the outline
#: crosses the square: from which side to which (0 top, 1 right, 2 bottom, 3 left), each side left at most
#: once. Two opposite corners are crossed twice; the second time is in `_SECOND`.
_T, _R, _B, _L = range(4)
_FIRST = np.zeros((16, 2), dtype=np.intp)
for _code, _crossing in {
    1: (_T, _L), 2: (_R, _T), 4: (_B, _R), 8: (_L, _B),
    3: (_R, _L), 6: (_B, _T), 12: (_L, _R), 9: (_T, _B),
    14: (_L, _T), 13: (_T, _R), 11: (_R, _B), 7: (_B, _L),
    5: (_T, _L), 10: (_R, _T),
}.items():  # fmt: skip
    _FIRST[_code] = _crossing
_SECOND = {5: (_B, _R), 10: (_L, _B)}
#: The same for two opposite corners inside whose middle is inside as well.
_JOINED = {5: ((_T, _R), (_B, _L)), 10: ((_R, _B), (_L, _T))}

#: So low that on the way to it every level lies next to the grid.
_FRAME = -1e300


def outlines(values: Array, level: float) -> list[Array]:
    """Closed loops around where `values` is at least `level`, in (column, row) coordinates of the grid.

    Each is an array (n, 2). To be filled by the even-odd rule. At the edge of the grid the loops follow
    the edge.

    >>> import numpy as np
    >>> (loop,) = outlines(np.array([[0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0]]), 0.5)
    >>> loop.tolist()
    [[1.5, 1.0], [1.0, 1.5], [0.5, 1.0], [1.0, 0.5]]

    Args:
        values: (rows, columns), finite, and below 1e280 in size.
        level: what counts as inside.
    """
    # Around the grid lies a frame that is outside, so that every outline is closed.
    padded = np.full((values.shape[0] + 2, values.shape[1] + 2), _FRAME)
    padded[1:-1, 1:-1] = values
    corner = (padded >= level).astype(np.intp)
    codes = corner[:-1, :-1] + 2 * corner[:-1, 1:] + 4 * corner[1:, 1:] + 8 * corner[1:, :-1]
    rows, columns = np.nonzero((codes > 0) & (codes < 15))
    starts, ends = _crossings(padded, level, codes[rows, columns], rows, columns)
    points = _points(padded, level, starts)
    names = starts.tolist()
    following = dict(zip(names, ends.tolist(), strict=True))
    places = dict(zip(names, points.tolist(), strict=True))
    loops = []
    while following:
        first, side = following.popitem()
        loop = [places[first]]
        while side != first:
            point = places[side]
            # Where a sample lies on the level, the outline passes through it more than once in a row.
            if point != loop[-1]:
                loop.append(point)
            side = following.pop(side)
        if loop[0] == loop[-1]:
            del loop[-1]
        if len(loop) > 2:
            loops.append(np.array(loop))
    return loops[::-1]


def path(points: Array) -> str:
    """SVG's words for the line through `points`, (n, 2).

    >>> import numpy as np
    >>> path(np.array([[0.0, 1.0], [2.5, 3.25]]))
    'M0.0 1.0L2.5 3.2'
    """
    return "M" + "L".join(["%.1f %.1f"] * len(points)) % tuple(points.ravel().tolist())


def _crossings(
    padded: Array, level: float, codes: Array, rows: Array, columns: Array
) -> tuple[Array, Array]:
    """The sides at which the outline enters and leaves the squares that it crosses, as numbers."""
    sides = _sides(padded.shape[1], rows, columns)
    which = np.arange(len(codes))
    first = _FIRST[codes]
    starts, ends = [sides[first[:, 0], which]], [sides[first[:, 1], which]]
    for code, (start, end) in _SECOND.items():
        (twice,) = np.nonzero(codes == code)
        if not len(twice):
            continue
        row, column = rows[twice], columns[twice]
        middle = (
            padded[row, column]
            + padded[row, column + 1]
            + padded[row + 1, column]
            + padded[row + 1, column + 1]
        ) / 4
        joined = middle >= level
        (_, b), (c, d) = _JOINED[code]
        ends[0][twice[joined]] = sides[b, twice[joined]]
        starts.append(np.where(joined, sides[c, twice], sides[start, twice]))
        ends.append(np.where(joined, sides[d, twice], sides[end, twice]))
    return np.concatenate(starts), np.concatenate(ends)


def _sides(width: int, rows: Array, columns: Array) -> Array:
    """(4, n): a number for each side of squares: twice the sample where it begins, odd if it goes down."""
    sample = rows * width + columns
    return 2 * np.stack([sample, sample + 1, sample + width, sample]) + [[0], [1], [0], [1]]


def _points(padded: Array, level: float, sides: Array) -> Array:
    """(n, 2): where the outline crosses each side, on a straight line between its two samples."""
    sample, down = np.divmod(sides, 2)
    flat = padded.ravel()
    a = flat[sample]
    share = (level - a) / (flat[sample + np.where(down, padded.shape[1], 1)] - a)
    rows, columns = np.divmod(sample, padded.shape[1])
    points = np.empty((len(sides), 2))
    # The frame shifted everything by one.
    points[:, 0] = columns - 1 + share * (1 - down)
    points[:, 1] = rows - 1 + share * down
    return points
