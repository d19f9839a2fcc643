"""Every example in the library's docstrings runs, and gives what it says."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import backprop
import pytest

MODULES = [
    "backprop",
    *(
        module.name
        for module in pkgutil.walk_packages(backprop.__path__, "backprop.")
        # Its example gives `torch` to the whole process: see test_alias.py.
        if module.name != "backprop.alias"
    ),
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    results = doctest.testmod(importlib.import_module(name))
    assert results.failed == 0


def test_there_are_examples() -> None:
    found = sum(
        len(
            [
                each
                for each in doctest.DocTestFinder().find(importlib.import_module(name))
                if each.examples
            ]
        )
        for name in MODULES
    )
    assert found > 20
