"""How a hook is taken off again."""

from __future__ import annotations

from typing import Any


class RemovableHandle:
    """What `register_hook` returns: call `remove` to take the hook off again."""

    _next = 0

    def __init__(self, hooks: dict[int, Any], hook: Any) -> None:
        self._hooks = hooks
        self._key = RemovableHandle._next
        RemovableHandle._next += 1
        hooks[self._key] = hook

    def remove(self) -> None:
        """Take the hook off; a second call does nothing."""
        self._hooks.pop(self._key, None)

    def __enter__(self) -> RemovableHandle:
        return self

    def __exit__(self, *error: object) -> None:
        self.remove()
