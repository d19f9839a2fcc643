"""The diagrams' style sheet without what only browsers understand."""

from __future__ import annotations

import re

_AT_RULE = re.compile(r"@[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DEFINITION = re.compile(r"(--[\w-]+)\s*:\s*([^;{}]+)[;}]")
_USE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*((?:[^()]|\([^()]*\))*))?\)")


def plain_css(text: str) -> str:
    """Return the rules for a light page, with the value of each custom property in its place.

    What stands in an at-rule (dark, print, motion) is left out.
    """
    text = _AT_RULE.sub("", _COMMENT.sub("", text))
    values: dict[str, str] = {name: value.strip() for name, value in _DEFINITION.findall(text)}

    def value_of(match: re.Match[str]) -> str:
        return values.get(match[1], match[2] or "")

    # A value can name another property; none can name itself, so this comes to an end.
    for _ in range(len(values) + 1):
        text = _USE.sub(value_of, text)
    return text
