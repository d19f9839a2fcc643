"""`python -m backprop`: a program runs as with `python`, but for what `import torch` gives."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PYSRC = Path(__file__).resolve().parent.parent.parent / "pysrc"

LOOK = "import sys; print(__name__, __file__, sys.argv, sys.path[0], sys.modules['__main__'].__name__)\n"
CATCH = """\
import traceback

def f():
    return 1 / 0

try:
    f()
except ZeroDivisionError:
    traceback.print_exc()
raise KeyError("late") from ValueError("early")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with programs that end in every way that there is."""
    folder = tmp_path / "programs"
    (folder / "package").mkdir(parents=True)
    (folder / "empty").mkdir()
    (folder / "package" / "__main__.py").write_text(LOOK + "1 / 0\n")
    (folder / "package" / "__init__.py").write_text("")
    (folder / "package" / "broken.py").write_text("import nowhere\n")
    (folder / "look.py").write_text(LOOK)
    (folder / "neighbour.py").write_text("import look\n")
    (folder / "catch.py").write_text(CATCH)
    (folder / "typo.py").write_text("x = (\n")
    (folder / "leave.py").write_text("import sys\nsys.exit(7)\n")
    (folder / "word.py").write_text("import sys\nsys.exit('No.')\n")
    (folder / "interrupted.py").write_text("raise KeyboardInterrupt\n")
    (folder / "hook.py").write_text(
        "import sys, traceback\n"
        "sys.excepthook = lambda *found: print(len(traceback.extract_tb(found[2])))\n1 / 0\n"
    )
    return folder


def run(
    *arguments: str, folder: Path, text: str = "", path: str = ""
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(PYSRC), path])},
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("look.py", "one", "--two", "-3"),
        ("neighbour.py",),
        ("../programs/look.py",),
        ("catch.py",),
        ("typo.py",),
        ("leave.py",),
        ("word.py",),
        ("interrupted.py",),
        ("hook.py",),
        ("-m", "package", "one"),
        ("-m", "package.broken"),
        ("-c", "import sys; print(__name__, sys.argv, sys.path[0] == '', 'look')", "-m", "one"),
    ],
)
def test_a_program_says_what_it_says_with_python(folder: Path, arguments: tuple[str, ...]) -> None:
    with_python = run(*arguments, folder=folder)
    here = run("-m", "backprop", *arguments, folder=folder)
    assert with_python.stdout + with_python.stderr or with_python.returncode, (
        "it has to do something"
    )
    assert here.stdout == with_python.stdout
    # With -m, Python's own tracebacks begin before the program.
    shown = [line for line in with_python.stderr.splitlines() if "<frozen runpy>" not in line]
    assert here.stderr.splitlines() == shown
    assert here.returncode == with_python.returncode


def test_no_folder_is_searched_that_python_was_told_not_to(folder: Path) -> None:
    here = run("-P", "-m", "backprop", "look.py", folder=folder)
    assert here.stdout == run("-P", "look.py", folder=folder).stdout


@pytest.mark.parametrize("how", [("program.py",), ("-m", "program"), ("-c", "PROGRAM"), ("-",)])
def test_import_torch_gives_backprop(tmp_path: Path, how: tuple[str, ...]) -> None:
    program = "import torch, sys\nprint(torch.__name__, torch.tensor([1.0]), sys.argv[1:])\n"
    (tmp_path / "program.py").write_text(program)
    how = tuple(program if each == "PROGRAM" else each for each in how)
    here = run("-m", "backprop", *how, "one", folder=tmp_path, text=program)
    assert here.stderr == ""
    assert here.stdout == "backprop tensor([1.]) ['one']\n"


@pytest.mark.skipif(sys.version_info < (3, 13), reason="Python itself quotes none before 3.13")
@pytest.mark.parametrize("how", [("-c", "x = 1\n1 / x - 1 / 0"), ("-",)])
def test_a_traceback_quotes_code_that_is_in_no_file(tmp_path: Path, how: tuple[str, ...]) -> None:
    here = run("-m", "backprop", *how, folder=tmp_path, text="x = 1\n1 / x - 1 / 0")
    lines = here.stderr.splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[1].endswith(", line 2, in <module>")
    assert lines[2] == "    1 / x - 1 / 0"
    assert here.returncode == 1


@pytest.mark.parametrize(
    ("arguments", "words", "code"),
    [
        (("gone.py",), "can't open 'gone.py': No such file or directory", 2),
        (("-m", "gone"), "No module named gone", 1),
        (("empty",), "can't open 'empty': Is a directory", 2),
    ],
)
def test_what_is_not_there_is_said_in_one_line(
    folder: Path, arguments: tuple[str, ...], words: str, code: int
) -> None:
    here = run("-m", "backprop", *arguments, folder=folder)
    assert here.stderr.startswith(f"python -m backprop: {words}")
    assert here.stderr.count("\n") == 1
    assert here.returncode == code


def test_the_real_pytorch_is_not_replaced(folder: Path, tmp_path: Path) -> None:
    # What imports it so early stands in the environment: `sitecustomize` is the ordinary way.
    (tmp_path / "torch.py").write_text("")
    (tmp_path / "sitecustomize.py").write_text("import torch\n")
    here = run("-m", "backprop", "look.py", folder=folder, path=str(tmp_path))
    assert "the real PyTorch is already imported" in here.stderr
    assert "Traceback" not in here.stderr
    assert (here.stdout, here.returncode) == ("", 1)


@pytest.mark.parametrize("arguments", [(), ("-x", "look.py"), ("-m",), ("-c",)])
def test_what_cannot_be_understood_gets_the_usage(folder: Path, arguments: tuple[str, ...]) -> None:
    here = run("-m", "backprop", *arguments, folder=folder)
    assert here.stderr.startswith("usage: python -m backprop FILE")
    assert (here.stdout, here.returncode) == ("", 2)
    asked = run("-m", "backprop", "--help", folder=folder)
    assert (asked.stdout, asked.stderr, asked.returncode) == (here.stderr, "", 0)


def test_the_version_can_be_asked_for(tmp_path: Path) -> None:
    import backprop

    here = run("-m", "backprop", "--version", folder=tmp_path)
    assert here.stdout == f"backprop {backprop.__version__}\n"
