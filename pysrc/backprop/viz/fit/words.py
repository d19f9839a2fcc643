"""How well a model fits, in words."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ...dtypes import Array
from ..kit.numbers import plain


def errors_in_words(errors: Array, where: Callable[[int], str]) -> list[str]:
    """Sentences on what is not finite, on the mean size of the other errors, and on the largest.

    >>> import numpy as np
    >>> errors_in_words(np.array([0.0, -0.5]), lambda worst: f"point {worst}")
    ['The model is off by 0.25 on average, most at point 1, by 0.5.']

    Args:
        errors: (n,), prediction minus target.
        where: how the place of a point is called, by its number.
    """
    sizes = np.abs(errors)
    known = np.isfinite(sizes)
    count = int(known.sum())
    if not count:
        return ["No answer to a point is finite."]
    sentences = []
    if count < len(known):
        odd = len(known) - count
        words = "is not finite: its point is" if odd == 1 else "are not finite: their points are"
        sentences.append(f"{odd:,} of {len(known):,} answers {words} crossed out.")
    worst = int(np.where(known, sizes, -1.0).argmax())
    by = plain(float(sizes[worst]))
    if not sizes[worst]:
        sentences.append("The model meets every point.")
    elif count == 1:
        sentences.append(f"The model is off by {by} at {where(worst)}.")
    else:
        mean = plain(float(sizes[known].mean()))
        sentences.append(f"The model is off by {mean} on average, most at {where(worst)}, by {by}.")
    return sentences
