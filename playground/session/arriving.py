"""Files of packages that arrive after Python is ready: an import of what is not in memory waits for them.

Python that starts from a snapshot has in memory what most programs import, and no files yet.
"""

from __future__ import annotations

import importlib
import random
import sys
import zipimport
from collections.abc import Callable, Iterable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any


class Arriving(MetaPathFinder):
    """Stands behind all other finders: what they do not find may be among the files that are on their way.

    Args:
        wait: returns when they are here; raises ImportError where they cannot be had.
    """

    def __init__(self, wait: Callable[[], None]) -> None:
        self._wait = wait
        sys.meta_path.append(self)

    def end(self) -> None:
        """They are here: let Python look for them."""
        if self in sys.meta_path:
            sys.meta_path.remove(self)
        # The lists of the standard library's archive are from the time when it was empty.
        zipimport._zip_directory_cache.clear()  # type: ignore[attr-defined]
        sys.path_importer_cache.clear()
        importlib.invalidate_caches()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Wait, and let the others look once more."""
        self._wait()
        for finder in sys.meta_path:
            if finder is not self and (spec := finder.find_spec(fullname, path, target)):
                return spec
        return None

    def find_distributions(self, context: Any) -> Iterable[Any]:
        """For `importlib.metadata`: wait, and look once more."""
        self._wait()
        return PathFinder.find_distributions(context)


def draw_seeds() -> None:
    """Seed what was seeded when the snapshot was made: two pages are not to draw the same numbers."""
    random.seed()
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()
