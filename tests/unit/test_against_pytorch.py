"""Every case of tests/reference, run here, against what PyTorch 2.13 gave for it."""

from __future__ import annotations

import pytest

from tests.reference.comparing import SUBJECTS, compare, recorded

NAMES = [(subject, name) for subject, cases in SUBJECTS.items() for name in cases]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_case_was_recorded(subject: str) -> None:
    assert list(recorded(subject)) == list(SUBJECTS[subject])


@pytest.mark.parametrize(("subject", "name"), NAMES)
def test_case(subject: str, name: str) -> None:
    compare(subject, name)
