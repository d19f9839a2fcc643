"""How a value is shown: by the representations that Jupyter knows."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from .events import Bundle
from .shorten import shorten

#: What only this page knows: what has changed in a diagram that it shows, and a diagram's numbers.
PATCH = "application/vnd.backprop.patch+json"
TABLE = "application/vnd.backprop.table+json"

_METHODS = {
    "image/svg+xml": "_repr_svg_",
    "text/html": "_repr_html_",
    "image/png": "_repr_png_",
}

#: Characters of one representation that can be handed to a page; it draws much less, and says so.
LONGEST_MARKUP = 4_000_000


def shows_itself(value: Any) -> bool:
    """Whether `value` has shown itself, by IPython's protocol."""
    method = None if isinstance(value, type) else _method(value, "_ipython_display_")
    if method is None:
        return False
    try:
        method()
    except NotImplementedError:
        return False
    return True


def bundle_of(value: Any) -> Bundle:
    """Every representation that `value` offers, by MIME type; plain text is always there."""
    bundle = {"text/plain": repr(value)}
    if not isinstance(value, type):
        bundle |= _complete(value) or _single(value)
    return _limited(bundle)


def _complete(value: Any) -> Bundle:
    """What `_repr_mimebundle_` offers, perhaps with metadata behind it."""
    method = _method(value, "_repr_mimebundle_")
    data = None if method is None else method(include=None, exclude=None)
    if isinstance(data, tuple):
        data = data[0]
    if not isinstance(data, dict):
        return {}
    return {mime: _as_text(data[mime]) for mime in ("text/plain", *_METHODS, TABLE) if mime in data}


def _single(value: Any) -> Bundle:
    bundle = {}
    for mime, name in _METHODS.items():
        method = _method(value, name)
        data = None if method is None else method()
        if isinstance(data, tuple):
            data = data[0]
        if data is not None:
            bundle[mime] = _as_text(data)
    return bundle


def _method(value: Any, name: str) -> Callable[..., Any] | None:
    # A Mock or a lazy namespace answers to every name; only what its class defines counts.
    method = getattr(value, name, None) if hasattr(type(value), name) else None
    return method if callable(method) else None


def _as_text(data: Any) -> str:
    return base64.b64encode(data).decode("ascii") if isinstance(data, bytes) else str(data)


def _limited(bundle: Bundle) -> Bundle:
    limited = {"text/plain": shorten(bundle.pop("text/plain"))}
    for mime, data in bundle.items():
        if len(data) <= LONGEST_MARKUP:
            limited[mime] = data
        else:
            limited["text/plain"] += (
                f"\n[Its {mime} has {len(data):,} characters and is left out: a page takes at most "
                f"{LONGEST_MARKUP:,}.]"
            )
    return limited
