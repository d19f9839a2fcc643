"""How a value is shown: by the representations that Jupyter knows."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from .events import Bundle

_METHODS = {
    "image/svg+xml": "_repr_svg_",
    "text/html": "_repr_html_",
    "image/png": "_repr_png_",
}


def bundle_of(value: Any) -> Bundle:
    """Every representation that `value` offers, by MIME type; plain text is always there."""
    bundle = {"text/plain": repr(value)}
    if isinstance(value, type):
        return bundle
    complete = _call(value, "_repr_mimebundle_")
    if isinstance(complete, tuple):
        complete = complete[0]
    if isinstance(complete, dict):
        wanted = {"text/plain", *_METHODS}
        bundle |= {mime: _as_text(data) for mime, data in complete.items() if mime in wanted}
        return bundle
    for mime, name in _METHODS.items():
        data = _call(value, name)
        if isinstance(data, tuple):
            data = data[0]
        if data is not None:
            bundle[mime] = _as_text(data)
    return bundle


def _call(value: Any, name: str) -> Any:
    # A Mock or a lazy namespace answers to every name; only what its class defines counts.
    method: Callable[[], Any] | None = (
        getattr(value, name, None) if hasattr(type(value), name) else None
    )
    return method() if callable(method) else None


def _as_text(data: Any) -> str:
    return base64.b64encode(data).decode("ascii") if isinstance(data, bytes) else str(data)
