"""The computation graph of a result: what is traced, how it is grouped and folded, and how it is drawn.

Begin with `trace`: values and their uses. Of a large graph `groups` says what belongs together, as a
`group`, and `fold` what of that is drawn. `names` and `words` speak of it, `layout` places it, and
`draw` draws it, with the `frames` around what is unfolded; `kept` keeps what the page may ask to see
unfolded.
"""

from .draw import graph

__all__ = ["graph"]
