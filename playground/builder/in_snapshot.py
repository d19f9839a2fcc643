"""Runs in Pyodide when the memory snapshot is made: imports what programs begin with, then tidies up.

What is imported here costs a reader's start nothing but its bytes; what is not waits for the files of the
packages, which come after Python is ready: see `playground.session.arriving`.
"""

import gc
import importlib
import operator
import os
import sys
import zipimport

# What the session and most programs import. Code with `inspect` and the like, which read files of packages,
# is held until those are there, so it does no harm that the session needs them.
IMPORTED = """
abc ast asyncio bisect builtins collections collections.abc contextlib copy csv dataclasses datetime
decimal difflib enum fractions functools gc glob hashlib heapq io itertools json keyword linecache math
numbers operator os pathlib pickle platform pprint queue random re shutil signal statistics string struct
sys tempfile textwrap threading time timeit tokenize traceback types typing unicodedata uuid warnings
weakref zipfile zlib numpy numpy.random numpy.linalg numpy.fft backprop.linalg backprop.utils.data
backprop.ui backprop.host.contract backprop.viz playground.session.browser
"""
# Names of `backprop` whose files are read when they are first asked for, with all that is in the same files.
NAMES = """
optim.Adam optim.AdamW optim.RMSprop optim.lr_scheduler nn.Conv2d nn.MaxPool2d nn.AvgPool2d nn.BatchNorm1d
nn.LayerNorm nn.Dropout nn.Embedding nn.Flatten nn.CrossEntropyLoss nn.BCEWithLogitsLoss nn.init
nn.functional.cross_entropy nn.functional.softmax nn.functional.one_hot nn.functional.mse_loss
nn.functional.conv2d nn.functional.max_pool2d nn.functional.dropout nn.functional.binary_cross_entropy
"""


def fill_memory() -> None:
    """Import everything, and read what is read from files at its first use: these are not there at first."""
    # The packages came after Python had looked.
    importlib.invalidate_caches()
    for name in IMPORTED.split():
        importlib.import_module(name)
    backprop = importlib.import_module("backprop")
    for name in NAMES.split():
        operator.attrgetter(name)(backprop)
    importlib.import_module("backprop.typos").pytorch_names("nn")
    importlib.import_module("backprop.viz.kit.diagram").style_sheet()
    backprop.alias_as_torch()


def tidy_up() -> None:
    """Let Python look for files as if it had not yet, and leave nothing of how this was made."""
    sys.path_importer_cache.clear()
    zipimport._zip_directory_cache.clear()  # type: ignore[attr-defined]
    os.environ.pop("PYTHONHASHSEED", None)
    # Pyodide puts it there at every start.
    sys.path.remove("")
    # To have imported it shows: operations remember where they were written.
    importlib.import_module("playground.session.set_aside").SetAside("backprop.viz")
    gc.collect()


fill_memory()
tidy_up()
