"""docs/coverage.md says truly which of PyTorch's names are here."""

from __future__ import annotations

import json

import backprop
import pytest

from tests.reference.coverage import NAMES, TABLE, find, table


def test_the_table_is_of_what_is_here() -> None:
    assert TABLE.read_text(encoding="utf-8") == table(), "run: python -m tests.reference.coverage"


def test_a_missing_name_raises_an_error_that_names_it() -> None:
    missing = 0
    for path, names in json.loads(NAMES.read_text(encoding="utf-8")).items():
        owner = find(backprop, path)
        if owner is None or path == "torch.Tensor":
            continue
        for name in names:
            if not hasattr(owner, name):
                missing += 1
                with pytest.raises(AttributeError, match=name):
                    getattr(owner, name)
    assert missing > 100


def test_what_the_first_courses_need_is_here() -> None:
    covered = table().split("Missing:")[0]
    for name in ("tensor", "einsum", "topk", "logsumexp", "randperm", "no_grad", "cumsum", "where"):
        assert f" {name}," in covered.replace("\n", " "), name
