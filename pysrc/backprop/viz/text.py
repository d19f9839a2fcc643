"""How wide text is, without a browser to ask: an upper bound over the fonts of the style sheet."""

from __future__ import annotations

import unicodedata

#: Widths in units of the font size, of DejaVu Sans, the widest font that the style sheet names.
_NARROW = dict.fromkeys("ijl'| .,:", 0.33) | dict.fromkeys(";ftI![]()/-r", 0.43)
_MIDDLING = dict.fromkeys("XSPEYZ&#?J", 0.71)
_WIDE = dict.fromkeys("mMW@…%", 1.0) | dict.fromkeys("wQGOD−+=×÷→∂ΣNHUwCABRKV", 0.84)
_KNOWN = _NARROW | _MIDDLING | _WIDE
_OTHER = 0.645


def text_width(text: str, size: float = 16, bold: bool = False) -> float:
    """The width of one line of text, in pixels, rather too large than too small."""
    width = sum(_character(each) for each in text)
    return width * size * (1.1 if bold else 1.0)


def _character(character: str) -> float:
    known = _KNOWN.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character):
        return 0.0
    if ord(character) < 128:
        return _OTHER
    # Emoji and East Asian characters are as wide as high; of others the widest is assumed.
    return 1.4 if unicodedata.east_asian_width(character) in "WF" else 0.9


def fitted(text: str, width: float, size: float = 16, bold: bool = False) -> str:
    """`text` itself if it fits, and otherwise its end behind an ellipsis: names differ at their ends.

    >>> fitted("encoder.layers.0.weight", 100)
    '….0.weight'
    """
    if text_width(text, size, bold) <= width:
        return text
    kept = text
    while kept and text_width("…" + kept, size, bold) > width:
        kept = kept[1:]
    return "…" + kept


def wrapped(text: str, width: float, size: float = 16) -> list[str]:
    """`text` in lines that fit, broken between words, and within a word that is too long for a line.

    >>> wrapped("who is to blame", 80)
    ['who is to', 'blame']
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if text_width(joined, size) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        while text_width(word, size) > width:
            end = 1
            while text_width(word[: end + 1], size) <= width:
                end += 1
            lines.append(word[:end])
            word = word[end:]
        line = word
    return [*lines, line] if line else lines
