"""Every case of tests/reference, run here, against what PyTorch 2.13 gave for it."""

from __future__ import annotations

import importlib.util
import json
import sys
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

import backprop
import numpy as np
import pytest

REFERENCE = Path(__file__).parent.parent / "reference"


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"reference_{name}", REFERENCE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


CASES = _load("cases").CASES
plain = _load("recording").plain
RECORDED: dict[str, dict[str, Any]] = json.loads((REFERENCE / "pytorch.json").read_text())


def test_every_case_was_recorded() -> None:
    assert sorted(RECORDED) == sorted(CASES)


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    with warnings.catch_warnings():
        # Under PyTorch nobody looks at warnings either; they have tests of their own.
        warnings.simplefilter("ignore")
        found = {key: plain(value) for key, value in CASES[name](backprop).items()}
    expected = RECORDED[name]
    assert list(found) == list(expected)
    for key, recorded in expected.items():
        if name.startswith("error ") and key == "message":
            _compare_messages(found[key], recorded)
        elif isinstance(recorded, str):
            assert found[key] == recorded, key
        else:
            _compare_tensors(key, found[key], recorded, tolerance=_tolerance(name))


def _tolerance(name: str) -> float:
    # A hundred steps of float32 training are printed alike to four decimals.
    return 5e-5 if name.startswith("training") else 2e-6


def _compare_tensors(key: str, found: Any, recorded: Any, tolerance: float) -> None:
    assert (found["dtype"], found["shape"]) == (recorded["dtype"], recorded["shape"]), key
    numbers = np.array(found["numbers"], dtype=float)
    wanted = np.array(recorded["numbers"], dtype=float)
    np.testing.assert_allclose(numbers, wanted, rtol=tolerance * 5, atol=tolerance, err_msg=key)


def _compare_messages(found: str, recorded: str) -> None:
    """Ours begins with the facts of PyTorch's, then says what to do."""
    first = recorded.split("\n")[0].strip()
    facts = first[:40] if "[torch." in first or "object at" in first else first
    assert facts.split(". ")[0].rstrip(".:") in found
