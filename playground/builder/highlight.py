"""Code in colour, by CSS classes, for the page as it is before its scripts run."""

from __future__ import annotations

from markupsafe import Markup
from pygments import highlight as pygments_highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

CLASS_PREFIX = "hl-"


def highlight(source: str, language: str = "python") -> Markup:
    """Return spans whose text is exactly `source`."""
    # The lexers would otherwise trim blank lines and add a newline, and the editor takes this text.
    options = {"stripnl": False, "ensurenl": False}
    try:
        lexer = get_lexer_by_name(language, **options)
    except ClassNotFound:
        lexer = get_lexer_by_name("text", **options)
    formatter = HtmlFormatter(nowrap=True, classprefix=CLASS_PREFIX)
    html: str = pygments_highlight(source, lexer, formatter)
    # The formatter ends its last line with a newline that the source may not have.
    return Markup(html if source.endswith("\n") else html.removesuffix("\n"))
