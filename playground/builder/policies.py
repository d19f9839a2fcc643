"""Content security policies: of the pages, of the frame in which a learner's Python runs, of the 404 page.

Both the page's and the frame's carry the hash of the frame's one script: a `srcdoc` frame inherits the
page's policy, so the script must be allowed by both. On a static host there are no nonces.
"""

from __future__ import annotations

import base64
import hashlib
import re

from playground.errors import PlaygroundError


def page_policy(frame_script: str) -> str:
    """Return the policy of a page that holds the frame with this script."""
    # `srcdoc` is not subject to `frame-src`; everything else that the frame could be sent to is, and
    # a navigation that carries data away is the one hole that the frame's own policy leaves.
    return (
        f"default-src 'none'; script-src 'self' {_engine_source(frame_script)}; worker-src 'self' blob:; "
        "connect-src 'self'; manifest-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "frame-src 'none'; base-uri 'none'; form-action 'none'"
    )


def frame_document(frame_script: str) -> str:
    """Return the document of the opaque-origin frame: its policy allows that script and nothing else.

    Raises:
        PlaygroundError: The script would end its own element, so that less than it would run.
    """
    if re.search(r"</script|<!--", frame_script, re.IGNORECASE):
        raise PlaygroundError("the sandbox's frame.js holds '</script' or '<!--'; escape it there")
    policy = (
        f"default-src 'none'; script-src {_engine_source(frame_script)}; worker-src blob:; "
        "connect-src 'none'; form-action 'none'; base-uri 'none'"
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>Python</title></head><body><script>{frame_script}</script></body></html>\n"
    )


def not_found_policy(css: str) -> str:
    """Return the policy of a page that loads nothing and has this style sheet inside it.

    Raises:
        PlaygroundError: The sheet would end its own element.
    """
    if "</style" in css.lower():
        raise PlaygroundError("a style sheet of the page holds '</style'; it cannot stand in one")
    return f"default-src 'none'; style-src {_source(css)}; base-uri 'none'; form-action 'none'"


def _engine_source(script: str) -> str:
    """Return what a script may be that compiles Python's WebAssembly."""
    return f"{_source(script)} 'wasm-unsafe-eval'"


def _source(text: str) -> str:
    """Return how a policy names an inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
