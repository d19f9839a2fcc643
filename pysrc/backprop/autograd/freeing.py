"""Letting go of long chains, one link after the other.

Left to itself Python frees the next link within the freeing of the one before: a recursion in C as deep as
the graph, which in the browser, where the stack is small, ends the interpreter. So the first link to go
waits, and sees to all that come after it.
"""

from __future__ import annotations

#: What is still to be let go; empty where nobody is at it.
_doomed: list[object] = []


def hand_over(held: object) -> bool:
    """Give what a link holds to whoever is at it; otherwise say no, and be the one."""
    if _doomed:
        _doomed.append(held)
        return True
    _doomed.append(None)  # whoever goes from here on is handed over
    return False


def see_to_the_rest() -> None:
    """Let go of what was handed over, and of what is handed over meanwhile."""
    while len(_doomed) > 1:
        _doomed.pop()
    _doomed.clear()
