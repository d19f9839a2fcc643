"""Rows of cells as text in columns, and as a table of HTML."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def text(heads: Sequence[str], rows: Sequence[Sequence[str]], right: Collection[int]) -> str:
    """A line for the heads and for each row; the columns whose numbers are in `right` end where they end.

    >>> print(text(("weight", "value"), [("w", "-0.5"), ("bias", "12")], right=[1]))
    weight  value
    w        -0.5
    bias       12
    """
    lines = [heads, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def markup(heads: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> str:
    """The same as HTML, for notebooks; nothing in a cell is markup."""
    from html import escape

    def row(tag: str, cells: Sequence[str]) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(each)}</{tag}>" for each in cells) + "</tr>"

    body = "".join(row("td", line) for line in rows)
    above = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{above}<thead>{row('th', heads)}</thead><tbody>{body}</tbody></table>"
