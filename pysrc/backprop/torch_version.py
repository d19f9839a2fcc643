"""A version that can be compared with other versions, as ``torch.__version__`` can."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import Any


class TorchVersion(str):
    """A string that compares as a version where it is compared with one, or with a tuple of numbers.

    >>> TorchVersion("1.10.0") > "1.9", TorchVersion("1.10.0") >= (1, 10), TorchVersion("2.0") < "2.0.1"
    (True, True, True)
    """

    __slots__ = ()

    def __lt__(self, other: Any) -> bool:
        return self._order(other) < 0

    def __le__(self, other: Any) -> bool:
        return self._order(other) <= 0

    def __gt__(self, other: Any) -> bool:
        return self._order(other) > 0

    def __ge__(self, other: Any) -> bool:
        return self._order(other) >= 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (str, tuple, list)) and self._order(other) == 0

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return str.__hash__(self)

    def _order(self, other: Any) -> int:
        """Negative, zero or positive, as this version is older, equal or newer."""
        text = other if isinstance(other, str) else ".".join(map(str, other))
        mine, its = _parts(self), _parts(text)
        if mine is None or its is None:
            return (str(self) > text) - (str(self) < text)
        for a, b in zip_longest(mine[0], its[0], fillvalue=0):
            if a != b:
                return a - b
        # 1.10.0a1 comes before 1.10.0: no letters are later than any.
        return (mine[1] or "~") > (its[1] or "~") or -int((mine[1] or "~") < (its[1] or "~"))


def _parts(text: str) -> tuple[list[int], str] | None:
    """The numbers of a version, and what follows them of a release before it; None if it is none."""
    found = re.fullmatch(r"v?(\d+(?:\.\d+)*)((?:[.-]?(?:a|b|rc|dev)\d*)*)(?:\+.*)?", text.strip())
    return None if found is None else ([int(each) for each in found[1].split(".")], found[2])
