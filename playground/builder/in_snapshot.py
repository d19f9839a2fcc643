"""Runs in Pyodide when the memory snapshot is made: imports what programs begin with, then tidies up.

What is imported here costs a reader's start nothing but its bytes; what is not waits for the files of the
packages, which come after Python is ready: see `playground.session.arriving`.
"""

import gc
import importlib
import os
import sys
import zipimport

# What the session, `backprop` and most programs import. `inspect` and the like, which read files of
# packages, are held until those are there, so it does no harm that the session needs them.
IMPORTED = """
abc ast asyncio bisect builtins collections collections.abc contextlib copy csv dataclasses datetime decimal
enum fractions functools gc glob hashlib heapq io itertools json keyword linecache math numbers operator os
pathlib pickle platform pprint queue random re shutil signal statistics string struct sys tempfile textwrap
threading time timeit tokenize traceback types typing unicodedata uuid warnings weakref zipfile zlib
numpy numpy.random numpy.linalg numpy.fft numpy.ma numpy.polynomial
backprop backprop.nn backprop.nn.functional backprop.nn.init backprop.optim backprop.optim.lr_scheduler
backprop.utils.data backprop.ui backprop.host
playground.session.browser
"""

# The packages came after Python had looked.
importlib.invalidate_caches()
for name in IMPORTED.split():
    importlib.import_module(name)

# Reading the archive's list again finds out whether its files are there.
sys.path_importer_cache.clear()
zipimport._zip_directory_cache.clear()  # type: ignore[attr-defined]
os.environ.pop("PYTHONHASHSEED", None)
# Pyodide puts it there at every start.
sys.path.remove("")
del name
gc.collect()
