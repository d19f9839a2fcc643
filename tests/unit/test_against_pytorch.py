"""Every case of tests/reference, run here, against what PyTorch 2.13 gave for it."""

from __future__ import annotations

import functools
import json
import warnings
from typing import Any

import backprop
import numpy as np
import pytest

from tests.reference.cases import RECORDED, subjects
from tests.reference.recording import plain

SUBJECTS = subjects()
NAMES = [(subject, name) for subject, cases in SUBJECTS.items() for name in cases]


@functools.cache
def recorded(subject: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads((RECORDED / f"{subject}.json").read_text())
    return found


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_case_was_recorded(subject: str) -> None:
    assert list(recorded(subject)) == list(SUBJECTS[subject])


@pytest.mark.parametrize(("subject", "name"), NAMES)
def test_case(subject: str, name: str) -> None:
    with warnings.catch_warnings():
        # Under PyTorch nobody looks at warnings either; they have tests of their own.
        warnings.simplefilter("ignore")
        found = {key: plain(value) for key, value in SUBJECTS[subject][name](backprop).items()}
    expected = recorded(subject)[name]
    assert list(found) == list(expected)
    for key, value in expected.items():
        if subject.endswith("errors") and key == "message":
            _compare_messages(found[key], value)
        elif isinstance(value, str):
            assert found[key] == value, key
        else:
            _compare_tensors(key, found[key], value, tolerance=_tolerance(name))


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
