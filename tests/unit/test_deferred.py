"""Operations whose file is read when they are first asked for: the list names what the files hold."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import backprop
import pytest
from backprop.ops import deferred

PYSRC = Path(__file__).resolve().parents[2] / "pysrc"
FILES = sorted({*deferred.FUNCTIONS.values(), *deferred.METHODS.values()})


def python(code: str) -> str:
    """What code prints in a fresh interpreter."""
    prelude = f"import sys; sys.path.insert(0, {str(PYSRC)!r}); import backprop as torch\n"
    done = subprocess.run(
        [sys.executable, "-c", prelude + code], capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("file", FILES)
def test_the_list_has_every_function_of_a_file(file: str) -> None:
    module = importlib.import_module(f"backprop.ops.{file}")
    listed = sorted(name for name, place in deferred.FUNCTIONS.items() if place == file)
    assert listed == sorted(getattr(module, "__all__", []))
    assert [name for name in listed if not callable(getattr(backprop, name))] == []


def test_the_list_has_every_method_of_the_files() -> None:
    code = """
import importlib
from backprop.ops import deferred
before = set(vars(torch.Tensor))
for file in {*deferred.FUNCTIONS.values(), *deferred.METHODS.values()}:
    importlib.import_module(f"backprop.ops.{file}")
members = vars(torch.Tensor)
print(sorted(set(members) - before))
print([name for name in deferred.METHODS if isinstance(members[name], deferred.Deferred)])
"""
    assert python(code) == "[]\n[]\n"


def test_a_method_is_read_on_first_use_and_stays() -> None:
    code = """
print("backprop.ops.running" in sys.modules, "cummax" in dir(torch.Tensor))
print(torch.tensor([1, 3, 2]).cummax(0).values, torch.Tensor.cummax.__name__, torch.cummin.__name__)
print("backprop.ops.running" in sys.modules, type(vars(torch.Tensor)["cummax"]).__name__)
print(torch.tensor([-1.0]).abs_(), type(vars(torch.Tensor)["abs_"]).__name__)
"""
    assert python(code).splitlines() == [
        "False True",
        "tensor([1, 3, 3]) cummax cummin",
        "True function",
        "tensor([1.]) function",
    ]


def test_what_is_not_loaded_yet_is_not_missed() -> None:
    code = """
import pickle
unloaded = set(dir(torch)) - set(vars(torch))
print({"einsum", "cummax", "FloatTensor", "cuda", "save"} - unloaded)
print([name for name in dir(torch) if not hasattr(torch, name)])
print(pickle.loads(pickle.dumps(torch.einsum)) is torch.einsum, torch.einsum.__doc__ != "")
from backprop import *
print(sort(tensor([2.0, 1.0])).values, FloatTensor([1.5]))
print([name for name in ("nn", "cuda", "math", "lazily") if name in torch.__all__])
"""
    assert python(code).splitlines() == [
        "set()",
        "[]",
        "True True",
        "tensor([1., 2.]) tensor([1.5000])",
        "[]",
    ]


def test_a_function_is_not_hidden_by_the_file_of_its_name() -> None:
    # Whichever name of the file is asked for first.
    assert python("torch.autograd.GradcheckError\nprint(callable(torch.autograd.gradcheck))") == (
        "True\n"
    )
