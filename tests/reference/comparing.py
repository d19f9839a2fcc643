"""What backprop gives for a case, against what PyTorch 2.13 gave: the same in CPython and in a browser."""

from __future__ import annotations

import functools
import json
import re
import warnings
from typing import Any

import numpy as np

from tests.reference.cases import RECORDED, subjects
from tests.reference.recording import plain

SUBJECTS = subjects()


@functools.cache
def recorded(subject: str) -> dict[str, dict[str, Any]]:
    """Everything that PyTorch gave for the cases of a subject."""
    found: dict[str, dict[str, Any]] = json.loads((RECORDED / f"{subject}.json").read_text())
    return found


def compare(subject: str, name: str) -> None:
    """Run one case under backprop; raise AssertionError where it differs from PyTorch."""
    import backprop

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
            text, wanted = _without_last_digits(found[key]), _without_last_digits(value)
            assert text == wanted, f"{key}: {text!r} is not {wanted!r}"
        else:
            _compare_tensors(key, found[key], value, tolerance=_tolerance(subject, name))


def differences() -> dict[str, str]:
    """Every case that differs, and how: for an engine without pytest."""
    found = {}
    for subject, cases in SUBJECTS.items():
        for name in cases:
            try:
                compare(subject, name)
            except Exception as error:
                found[f"{subject}: {name}"] = f"{type(error).__name__}: {error}"
    return found


def _without_last_digits(text: str) -> str:
    """Numbers of full length to twelve digits: the cosines of two systems differ in the last ones."""
    return re.sub(r"\d+\.\d{12,}", lambda match: f"{float(match[0]):.12g}", text)


def _tolerance(subject: str, name: str) -> float:
    # No draw hangs on a processor's kernels, and nine digits are all that a float32 has.
    if subject in ("random_numbers", "same_bits"):
        return 0
    # A hundred steps of float32 training are printed alike to four decimals.
    if name.startswith("training"):
        return 5e-5
    # A convolution adds up hundreds of float32 products, in another order where there is no BLAS.
    return 5e-6 if subject in ("layers", "normalizations", "resampling", "windows") else 2e-6


def _compare_tensors(key: str, found: Any, recorded: Any, tolerance: float) -> None:
    for name in ("dtype", "shape"):
        assert found[name] == recorded[name], f"{key}: {found[name]} is not {recorded[name]}"
    numbers = np.array(found["numbers"], dtype=float)
    wanted = np.array(recorded["numbers"], dtype=float)
    np.testing.assert_allclose(numbers, wanted, rtol=tolerance * 5, atol=tolerance, err_msg=key)


def _compare_messages(found: str, recorded: str) -> None:
    """Ours begins with the facts of PyTorch's, then says what to do."""
    first = recorded.split("\n")[0].strip()
    facts = first[:40] if "[torch." in first or "object at" in first else first
    assert facts.split(". ")[0].rstrip(".:") in found
