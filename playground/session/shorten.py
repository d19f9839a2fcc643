"""What is too long for a page, cut where it costs least, and with a word about it."""

from __future__ import annotations

#: Characters of one shown value, or of one traceback, that a page can hold without slowing down.
LONGEST_TEXT = 50_000


def shorten(text: str, limit: int = LONGEST_TEXT) -> str:
    """The beginning and the end of a text that is longer than `limit` characters."""
    if len(text) <= limit:
        return text
    head, tail = text[: limit * 3 // 4], text[len(text) - limit // 4 :]
    left_out = len(text) - len(head) - len(tail)
    return f"{head}\n[... {left_out:,} of {len(text):,} characters are left out ...]\n{tail}"
