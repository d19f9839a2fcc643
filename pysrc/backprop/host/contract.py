"""The names that the library shares with its page, which has the same ones in ``web/src/contract.ts``.

docs/diagrams.md says what each stands for.
"""

from __future__ import annotations

#: The types of what only the page can show: the numbers of a diagram, JSON with `columns` and `rows` of text,
#: and what has changed in a live diagram: see `viz.live.patch`.
TABLE = "application/vnd.backprop.table+json"
PATCH = "application/vnd.backprop.patch+json"

#: A diagram that is watched step by step, and what is seen of it when.
STEPS, FROM, UNTIL = "data-steps", "data-from", "data-until"
CAPTION, PHASE, TIME = "data-caption", "data-phase", "data-time"

#: The two view boxes of a diagram that is drawn twice.
WIDE, NARROW = "data-wide", "data-narrow"

#: What an element stands for, and the code that made it.
NODE, FACTS, PREVIOUS, NEXT = "data-node", "data-facts", "data-previous", "data-next"
CELL, LINE, END_LINE = "data-cell", "data-line", "data-end-line"
COLUMN, END_COLUMN = "data-column", "data-end-column"

#: A graph whose groups open and close.
GRAPH, OPEN, GROUP, STATE, IN = "data-graph", "data-open", "data-group", "data-state", "data-in"

#: A live diagram, and its elements that a patch can name.
LIVE, KEY = "data-live", "data-key"
