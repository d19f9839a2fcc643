"""The opaque-origin frame in which a learner's Python runs, and the policies around it.

Both policies carry the hash of the frame's one script: a `srcdoc` frame inherits the page's policy, so
the script must be allowed by both. On a static host there are no nonces.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

from playground.errors import PlaygroundError


@dataclass(frozen=True)
class Sandbox:
    """The frame's document, and the policy of the page that holds it."""

    document: str
    page_policy: str


def sandbox(script: str) -> Sandbox:
    """Put the frame's script into a document whose policy allows that script and nothing else.

    Raises:
        PlaygroundError: The script would end its own element, so that less than it would run.
    """
    if re.search(r"</script|<!--", script, re.IGNORECASE):
        raise PlaygroundError("the sandbox's frame.js holds '</script' or '<!--'; escape it there")
    # The HTML parser turns CR LF into LF before the browser takes the hash.
    script = script.replace("\r\n", "\n")
    script_source = f"{_source(script)} 'wasm-unsafe-eval'"
    frame_policy = (
        f"default-src 'none'; script-src {script_source}; worker-src blob:; "
        "connect-src 'none'; form-action 'none'; base-uri 'none'"
    )
    # `srcdoc` is not subject to `frame-src`; everything else that the frame could be sent to is, and
    # a navigation that carries data away is the one hole that the frame's own policy leaves.
    page_policy = (
        f"default-src 'none'; script-src 'self' {script_source}; worker-src blob:; "
        "connect-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "frame-src 'none'; base-uri 'none'; form-action 'none'"
    )
    document = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{frame_policy}">'
        f"<title>Python</title></head><body><script>{script}</script></body></html>\n"
    )
    return Sandbox(document, page_policy)


@dataclass(frozen=True)
class InlineStyle:
    """A style sheet inside a page, and the page's policy, which allows that sheet and nothing else."""

    css: str
    policy: str


def inline_style(css: str) -> InlineStyle:
    """Allow a style sheet inside a page that loads nothing.

    Raises:
        PlaygroundError: The sheet would end its own element.
    """
    if "</style" in css.lower():
        raise PlaygroundError("a style sheet of the page holds '</style'; it cannot stand in one")
    policy = f"default-src 'none'; style-src {_source(css)}; base-uri 'none'; form-action 'none'"
    return InlineStyle(css, policy)


def _source(text: str) -> str:
    """Return how a policy names an inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
