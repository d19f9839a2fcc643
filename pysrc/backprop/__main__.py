"""``python -m backprop FILE``: runs a PyTorch program with this package in PyTorch's place.

Everything else is as Python itself has it: arguments, the folder that is searched first, exit codes, and
tracebacks, which begin in the program.
"""

from __future__ import annotations

import linecache
import os
import runpy
import sys
from pathlib import Path
from types import FrameType, ModuleType, TracebackType

from . import __version__, alias_as_torch

_USAGE = """\
usage: python -m backprop FILE [argument ...]
       python -m backprop -m MODULE [argument ...]
       python -m backprop -c CODE [argument ...]
       python -m backprop - [argument ...]

Runs a PyTorch program without PyTorch: `import torch` gives backprop.
A file, a module, code, or what comes from standard input.
"""


def main(arguments: list[str]) -> None:
    """Run what the arguments name, as ``__main__``.

    Raises:
        SystemExit: nothing was run. Whatever else is raised comes from the program.
    """
    match arguments:
        case ["-h" | "--help", *_]:
            sys.stdout.write(_USAGE)
        case ["--version", *_]:
            sys.stdout.write(f"backprop {__version__}\n")
        case ["-m", module, *rest]:
            _prepare("-m", rest)
            runpy.run_module(module, run_name="__main__", alter_sys=True)
        case ["-c", code, *rest]:
            _prepare("-c", rest, folder="")
            _run_text(code, "<string>")
        case ["-", *rest]:
            _prepare("-", rest, folder="")
            _run_text(sys.stdin.read(), "<stdin>")
        case [file, *rest] if not file.startswith("-"):
            _prepare(file, rest, folder=os.path.dirname(os.path.realpath(file)))
            _run_file(file)
        case _:
            sys.stderr.write(_USAGE)
            raise SystemExit(2)


def _prepare(name: str, arguments: list[str], folder: str | None = None) -> None:
    """Set what the program sees of how it was called; `folder` is searched first for imports."""
    try:
        alias_as_torch()
    except ImportError as error:
        raise SystemExit(f"python -m backprop: {error}") from None
    sys.argv = [name, *arguments]
    # With -P, Python has put no folder there.
    if folder is not None and not sys.flags.safe_path:
        sys.path[0] = folder


def _run_file(file: str) -> None:
    try:
        code = Path(file).read_bytes()
    except OSError as error:
        sys.stderr.write(f"python -m backprop: can't open {file!r}: {error.strerror}\n")
        raise SystemExit(2) from None
    path = os.path.join(os.getcwd(), file)
    _run(code, path, __file__=path)


def _run_text(code: str, name: str) -> None:
    """Run code that is in no file; a traceback quotes its lines all the same."""
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    _run(code, name)


def _run(code: str | bytes, name: str, **names: str) -> None:
    program = sys.modules["__main__"] = ModuleType("__main__")
    vars(program).update(names)
    exec(compile(code, name, "exec", dont_inherit=True), vars(program))


def _is_ours(frame: FrameType) -> bool:
    """Whether a frame is this file's, `runpy`'s or the import system's."""
    name = frame.f_code.co_filename
    return name == __file__ or name.startswith("<frozen ")


def _begin_in_the_program(error: BaseException) -> None:
    """Let a traceback begin in the program, whoever prints it.

    Raises:
        SystemExit: There is no program: the module was not found.
    """
    first: TracebackType | None = error.__traceback__
    while first is not None and _is_ours(first.tb_frame):
        first = first.tb_next
    if first is None and isinstance(error, ImportError):
        raise SystemExit(f"python -m backprop: {error}") from None
    show = sys.excepthook

    def shorter(
        kind: type[BaseException], error: BaseException, _whole: TracebackType | None
    ) -> None:
        show(kind, error.with_traceback(first), first)

    sys.excepthook = shorter


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except SystemExit:
        raise
    except BaseException as error:
        _begin_in_the_program(error)
        raise
