"""Tells those who wait that the site was built again."""

from __future__ import annotations

import threading


class Builds:
    """Counts the builds that went well; one thread builds, others wait."""

    def __init__(self) -> None:
        """Begin before the first."""
        self._changed = threading.Condition()
        self._count = 0

    @property
    def count(self) -> int:
        """How many there were."""
        return self._count

    def announce(self) -> None:
        """Count one more, and wake who waits."""
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def wait(self, seen: int, seconds: float) -> int:
        """Return the count: as soon as it is above `seen`, or as it is after that time."""
        with self._changed:
            self._changed.wait_for(lambda: self._count > seen, seconds)
            return self._count
