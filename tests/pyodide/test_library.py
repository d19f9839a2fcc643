"""The library's own comparison with PyTorch, inside Pyodide: there an integer of NumPy's has 32 bits."""

from __future__ import annotations

from tests.pyodide.node import Shipped


def test_it_gives_pytorchs_numbers_in_pyodide(shipped: Shipped) -> None:
    found = shipped.call("tests.pyodide.cases", None)
    assert found["count"] > 700
    assert found["differences"] == {}
