"""Saving and loading, in PyTorch's own file format: what is saved here loads there, and the reverse.

A file is a zip archive. ``data.pkl`` in it says, as a pickle, how everything is put together; the numbers
of each tensor are bytes in a file of their own. An ordinary pickle can run any code when it is loaded.
Unless one asks for that, nothing is run: `reader` understands the few instructions that tensors, numbers,
strings and containers need, and refuses the rest. With ``weights_only=False`` Python's own reads the file, in
`unpickler`, and whole models can be in it.
"""

from __future__ import annotations

import os
from typing import Any

from .location import require_location
from .safe_globals import add_safe_globals, clear_safe_globals, get_safe_globals, safe_globals

__all__ = [
    "add_safe_globals",
    "clear_safe_globals",
    "get_safe_globals",
    "load",
    "safe_globals",
    "save",
]


def save(obj: Any, f: Any) -> None:
    """Write tensors, containers of tensors, numbers and strings, or whatever can be pickled, to a file.

    >>> import io
    >>> import backprop as torch
    >>> file = io.BytesIO()
    >>> torch.save({"weight": torch.ones(2), "epoch": 3}, file)
    >>> _ = file.seek(0)
    >>> torch.load(file)
    {'weight': tensor([1., 1.]), 'epoch': 3}

    Args:
        obj: what `Module.state_dict` or `Optimizer.state_dict` returns, for example. A whole model can be
            saved too; `load` then needs its class, and ``weights_only=False``.
        f: a path, or a file opened for writing bytes.

    Raises:
        pickle.PicklingError, AttributeError, TypeError: there is something in it that cannot be pickled, such
            as a lambda or an open file.
        RuntimeError: the folder does not exist.
    """
    import zipfile

    from .writer import Writer

    writer = Writer()
    pickled = writer.pickled(obj)
    title = "archive"
    if isinstance(f, (str, os.PathLike)):
        folder, name = os.path.split(os.fspath(f))
        title = os.path.splitext(name)[0] or title
        if folder and not os.path.isdir(folder):
            raise RuntimeError(f"Parent directory {folder} does not exist.\nMake it first.")
    with zipfile.ZipFile(f, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(f"{title}/data.pkl", pickled)
        archive.writestr(f"{title}/byteorder", "little")
        for number, storage in enumerate(writer.storages):
            archive.writestr(f"{title}/data/{number}", storage.tobytes())
        archive.writestr(f"{title}/version", "3\n")


def load(
    f: Any,
    map_location: Any = None,
    pickle_module: Any = None,
    *,
    weights_only: bool | None = None,
    mmap: bool | None = None,
) -> Any:
    """Read what `save` wrote, here or in PyTorch.

    No code in the file is run, whoever made it, unless `weights_only` is false.

    Args:
        f: a path, or a file opened for reading bytes.
        map_location: where tensors are wanted: the CPU.
        pickle_module: None.
        weights_only: whether nothing but tensors, numbers, strings, containers and what `add_safe_globals`
            allows is read, which is so if it is left out; False for whole models, from a source one trusts.
        mmap: no effect.

    Raises:
        pickle.UnpicklingError: there is something else in it, or it is no such file.
        FileNotFoundError: there is no file.
    """
    from .archive import Archive

    require_location(map_location)
    with Archive(f) as archive:
        if weights_only is False:
            from .unpickler import Unpickler

            return Unpickler(archive).load()
        from .reader import read

        return read(archive)
