"""The diagrams' style sheet without what only browsers understand."""

from __future__ import annotations

from pathlib import Path

import pytest

from playground.builder.plain_css import plain_css


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a { fill: var(--none, red); }", "a { fill: red; }"),
        ("b { --x: blue; }\na { fill: var(--x, red); }", "b { --x: blue; }\na { fill: blue; }"),
        ("b { --x: var(--y, blue) }\na { fill: var(--x) }", "b { --x: blue }\na { fill: blue }"),
        ("a { fill: var(--none, rgb(0 0 0 / 18%)); }", "a { fill: rgb(0 0 0 / 18%); }"),
        ("a { r: 1; }\n@media print { a { r: 2; } b { r: 3; } }", "a { r: 1; }"),
        ("@keyframes go { to { r: 3; } }\na { r: 1; } /* { */", "a { r: 1; }"),
    ],
)
def test_values_take_the_places_of_their_names(text: str, plain: str) -> None:
    assert plain_css(text).strip() == plain


def test_the_diagrams_style_sheet_becomes_plain(repository: Path) -> None:
    sheet = repository / "pysrc" / "backprop" / "viz" / "diagram.css"
    plain = plain_css(sheet.read_text(encoding="utf-8"))
    assert "var(" not in plain
    assert "@" not in plain
    assert "stroke: #1a66ad" in plain
