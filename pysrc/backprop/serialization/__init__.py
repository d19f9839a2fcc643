"""Saving and loading, in PyTorch's own file format: what is saved here loads there, and the reverse.

A file is a zip archive. ``data.pkl`` in it says, as a pickle, how everything is put together; the numbers
of each tensor are bytes in a file of their own. An ordinary pickle can run any code when it is loaded.
Here nothing is run: `reader` understands the few instructions that tensors, numbers, strings and
containers need, and refuses the rest, as PyTorch does with ``weights_only=True``.
"""

from __future__ import annotations

import os
from typing import Any

from .location import require_location

__all__ = ["load", "save"]


def save(obj: Any, f: Any) -> None:
    """Write tensors, or containers of tensors, numbers and strings, to a file.

    >>> import io
    >>> import backprop as torch
    >>> file = io.BytesIO()
    >>> torch.save({"weight": torch.ones(2), "epoch": 3}, file)
    >>> _ = file.seek(0)
    >>> torch.load(file)
    {'weight': tensor([1., 1.]), 'epoch': 3}

    Args:
        obj: what `Module.state_dict` or `Optimizer.state_dict` returns, for example.
        f: a path, or a file opened for writing bytes.

    Raises:
        TypeError: there is something else in it.
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
    """Read what `save` wrote, here or in PyTorch. No code in the file is run, whoever made it.

    Args:
        f: a path, or a file opened for reading bytes.
        map_location: where tensors are wanted: the CPU.
        pickle_module: None.
        weights_only: no effect: nothing but tensors, numbers, strings and containers is ever loaded.
        mmap: no effect.

    Raises:
        pickle.UnpicklingError: there is something else in it, or it is no such file.
        FileNotFoundError: there is no file.
    """
    from .reader import read

    require_location(map_location)
    return read(f)
