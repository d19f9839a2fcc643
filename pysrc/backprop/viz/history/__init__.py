"""A training run: recording it, finding what is wrong with it, and drawing it.

Begin with `recording`: what a `Run` holds, and how it stays small. `findings` judges it, and `draw`
draws it with what was found. The recording knows nothing of the drawing: what a page is to keep of a run
is put there below.
"""

from . import recording
from .draw import history
from .recording import Run, record


def _picture(run: Run) -> dict[str, str]:
    return history(run)._repr_mimebundle_()


recording.drawn = _picture

__all__ = ["history", "record"]
