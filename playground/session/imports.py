"""What to say when a learner imports a package that the page does not have."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

INSTEAD = {
    "matplotlib": "Diagrams are in backprop.viz: try viz.network(model), or print the numbers.",
    "seaborn": "Diagrams are in backprop.viz: try viz.network(model), or print the numbers.",
    "plotly": "Diagrams are in backprop.viz: try viz.network(model), or print the numbers.",
    "sklearn": "Make data with torch.rand or NumPy, and a model with torch.nn.",
    "scipy": "NumPy has the basics of linear algebra and random numbers.",
    "pandas": "Keep tables as NumPy arrays, or as lists of dictionaries.",
    "torchvision": "Make small images with torch.rand or NumPy.",
    "torchaudio": "Make a signal with torch.sin or NumPy.",
    "tensorflow": "The page speaks PyTorch: import torch.",
    "keras": "The page speaks PyTorch: import torch.",
    "jax": "The page speaks PyTorch: import torch.",
    "tqdm": "Loop over range() and print now and then.",
    "requests": "A page's code has no network. Paste the data into the cell.",
    "urllib3": "A page's code has no network. Paste the data into the cell.",
    "PIL": "Make small images as NumPy arrays.",
    "cv2": "Make small images as NumPy arrays.",
    "tkinter": "There are no windows in a page. Use print, display and backprop.viz.",
}


class MissingPackages(MetaPathFinder):
    """The last finder to be asked: what nobody found is not there, and this says what serves instead."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Raise ModuleNotFoundError for a missing package; leave submodules to Python's own message."""
        if path is not None:
            return None
        instead = INSTEAD.get(fullname, "Other packages cannot be installed here.")
        raise ModuleNotFoundError(
            f"No module named '{fullname}'. This page has Python's standard library, NumPy, and backprop, "
            f"which also answers to 'import torch'. {instead}",
            name=fullname,
        )


def explain_missing_packages() -> None:
    """Let failing imports say what the page has; a second call does nothing."""
    if not any(isinstance(finder, MissingPackages) for finder in sys.meta_path):
        sys.meta_path.append(MissingPackages())
