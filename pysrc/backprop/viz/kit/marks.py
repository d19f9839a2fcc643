"""Small shapes that tell kinds of points apart without colour."""

from __future__ import annotations

import functools


# Of a live diagram the points stay where they are, and are drawn again in every frame.
@functools.lru_cache(maxsize=4096)
def mark(kind: int, x: float, y: float, r: float = 4.6) -> str:
    """A path around a point: a circle, a square, a triangle or a diamond."""
    if kind == 0:
        return f"M{x - r:.1f} {y:.1f}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0Z"
    if kind == 1:
        s = r * 0.9
        return f"M{x - s:.1f} {y - s:.1f}h{2 * s:.1f}v{2 * s:.1f}h{-2 * s:.1f}Z"
    if kind == 2:
        return f"M{x:.1f} {y - r * 1.2:.1f}l{r * 1.15:.1f} {r * 2:.1f}h{-2.3 * r:.1f}Z"
    return f"M{x:.1f} {y - 1.3 * r:.1f}l{r:.1f} {1.3 * r:.1f}l{-r:.1f} {1.3 * r:.1f}l{-r:.1f} {-1.3 * r:.1f}Z"


def cross(x: float, y: float, r: float = 6.0) -> str:
    """A path for what is no number, or wrong."""
    return (
        f"M{x - r:.1f} {y - r:.1f}l{2 * r:.1f} {2 * r:.1f}m0 {-2 * r:.1f}l{-2 * r:.1f} {2 * r:.1f}"
    )
