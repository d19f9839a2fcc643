"""Lines of text: how wide they are, without a browser to ask, and names that are written from right to left.

Widths are an upper bound over the fonts of the style sheet.
"""

from __future__ import annotations

import unicodedata

#: Widths in units of the font size, of DejaVu Sans, the widest font that the style sheet names.
_NARROW = dict.fromkeys("ijl'| .,:וןיاأإآ", 0.33) | dict.fromkeys(";ftI![]()/-r", 0.43)
_MIDDLING = dict.fromkeys("XSPEYZ&#?J", 0.71)
_WIDE = dict.fromkeys("mMW@…%", 1.0) | dict.fromkeys("wQGOD−+=×÷→∂ΣNHUwCABRKV", 0.84)
_KNOWN = _NARROW | _MIDDLING | _WIDE
_OTHER = 0.645
_HEBREW = 0.72
#: Arabic letters are wide at the end of a word, and most of them narrow where the next one joins them.
_NEVER_JOINED = frozenset("دذرزژوؤةۀءے")
_TOOTHED = frozenset("بتثپنيیىئل")
_LONG = frozenset("سشصضطظ")

#: Begins a part of a line that has its own direction, that of its first letter; `_POP` ends it.
_ISOLATE, _POP = "\u2068", "\u2069"
_FROM_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})


def isolated(name: str) -> str:
    """`name` as it can stand in a sentence: where it is written from right to left, apart from the rest.

    Otherwise the numbers and signs behind a Hebrew or Arabic name would be drawn before it.

    >>> isolated("weight"), len(isolated("وزن"))
    ('weight', 5)
    """
    if _ISOLATE in name:
        return name
    if any(unicodedata.bidirectional(each) in _FROM_RIGHT_TO_LEFT for each in name):
        return f"{_ISOLATE}{name}{_POP}"
    return name


def bare(name: str) -> str:
    """`name` as it was before `isolated`."""
    return name.replace(_ISOLATE, "").replace(_POP, "")


def text_width(text: str, size: float = 16, bold: bool = False) -> float:
    """The width of one line of text, in pixels, rather too large than too small."""
    following = text[1:] + " "
    width = sum(map(_character, text, following))
    return width * size * (1.1 if bold else 1.0)


def _character(character: str, following: str) -> float:
    known = _KNOWN.get(character)
    if known is not None:
        return known
    if ord(character) < 128:
        return _OTHER
    direction = unicodedata.bidirectional(character)
    if unicodedata.combining(character) or direction in ("FSI", "PDI"):
        return 0.0
    if direction == "AN":
        return _OTHER
    if "\u0590" <= character <= "\u05ff":
        return _HEBREW
    if "\u0600" <= character <= "\u06ff" and direction == "AL":
        return _arabic(character, "\u0620" <= following <= "\u06d3")
    # Emoji and East Asian characters are as wide as high; of others the widest is assumed.
    return 1.4 if unicodedata.east_asian_width(character) in "WF" else 0.9


def _arabic(letter: str, joined: bool) -> float:
    if letter in _NEVER_JOINED:
        return 0.55
    if letter in _LONG:
        return 0.9 if joined else 1.27
    if not joined:
        return 1.04
    return 0.35 if letter in _TOOTHED else 0.66


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
    if kept.count(_POP) > kept.count(_ISOLATE):
        return f"{_ISOLATE}…{kept}"
    return isolated("…" + kept)


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
    return _closed([*lines, line] if line else lines)


def _closed(lines: list[str]) -> list[str]:
    """`lines` in each of which every isolated name ends, and goes on in the next one."""
    closed, within = [], False
    for line in lines:
        begun = _ISOLATE + line if within else line
        within = begun.count(_ISOLATE) > begun.count(_POP)
        closed.append(begun + _POP if within else begun)
    return closed
