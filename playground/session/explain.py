"""What to add to an error that in a page has a reason or a remedy of its own."""

from __future__ import annotations

import importlib.util
import re
import sys

_DIAGRAMS = "Diagrams are in backprop.viz: try viz.network(model), or print the numbers."
_TORCH = "The page speaks PyTorch: import torch."
_NETWORK = "A page's code has no network. Paste the data into the cell."
_PICTURES = "Make small images with torch.rand or NumPy."

INSTEAD = {
    "matplotlib": _DIAGRAMS,
    "seaborn": _DIAGRAMS,
    "plotly": _DIAGRAMS,
    "bokeh": _DIAGRAMS,
    "altair": _DIAGRAMS,
    "torchviz": _DIAGRAMS,
    "sklearn": "Make data with torch.rand or NumPy, and a model with torch.nn.",
    "scipy": "NumPy has the basics of linear algebra and random numbers.",
    "pandas": "Keep tables as NumPy arrays, or as lists of dictionaries.",
    "datasets": "Make small data with torch.rand or NumPy.",
    "transformers": "Build a small model with torch.nn.",
    "torchvision": _PICTURES,
    "torchaudio": "Make a signal with torch.sin or NumPy.",
    "tensorflow": _TORCH,
    "keras": _TORCH,
    "jax": _TORCH,
    "tqdm": "Loop over range() and print now and then.",
    "requests": _NETWORK,
    "httpx": _NETWORK,
    "urllib3": _NETWORK,
    "PIL": _PICTURES,
    "cv2": _PICTURES,
    "IPython": "display() is there without an import.",
    "tkinter": "There are no windows in a page. Use print, display and backprop.viz.",
}


_PROMPT = (
    "This is an interpreter's prompt, and no part of the code. Leave prompts out, and what was printed "
    "between them; pasted in one piece, they are taken out."
)

#: Lines that are no Python, and what to say of them.
_OTHER_LANGUAGES = [
    (
        re.compile(r"\s*[!%]"),
        "Lines that begin with ! or % belong to notebooks. Nothing has to be installed here: "
        "leave the line out.",
    ),
    (
        re.compile(r"\s*(pip3?|conda|apt(-get)?|python3?)\s+-?\w"),
        "This line is a command for a terminal. Nothing has to be installed here: leave it out.",
    ),
    (
        re.compile(r"\s*\?|.*[\w)]\?{1,2}\s*$"),
        "A question mark asks a notebook for help. Python's own way is help(), such as help(print).",
    ),
    (re.compile(r"\s*(>>>|In \[\d+\]:)"), _PROMPT),
]

_OUT_OF_MEMORY = (
    "Python has run out of memory, and what comes next may fail as well. "
    "Press Restart for a fresh Python; your code and its output stay."
)


def explain(error: BaseException) -> None:
    """Put what helps into an error that nobody has caught."""
    if isinstance(error, MemoryError):
        error.add_note(_OUT_OF_MEMORY)
    elif isinstance(error, SyntaxError):
        for line, note in _OTHER_LANGUAGES:
            if line.match(error.text or ""):
                error.add_note(note)
                break
    elif isinstance(error, NameError) and error.name in ("In", "Out"):
        # `In [1]: x = 1` is Python: a name with an index, whose type is told.
        error.add_note(_PROMPT)
    else:
        _explain_missing_package(error)


def _explain_missing_package(error: BaseException) -> None:
    """Let an import that failed say what the page has, and what serves instead.

    Only an error that nobody caught is told so: code that tries an import, or asks whether a package is
    there, sees what it sees elsewhere.
    """
    if not isinstance(error, ModuleNotFoundError) or not error.name:
        return
    package = error.name.partition(".")[0]
    if package in sys.modules or importlib.util.find_spec(package) is not None:
        return  # The package is there, and only lacks a submodule.
    has = (
        "This page has Python's standard library, NumPy, and backprop, "
        "which also answers to 'import torch'."
    )
    if package in INSTEAD:
        words = f"{has} {INSTEAD[package]}"
    elif package in sys.stdlib_module_names:
        words = "It belongs to Python's standard library, but is not in this page."
    else:
        words = f"{has} Other packages cannot be installed here."
    error.msg = f"No module named '{package}'. {words}"
