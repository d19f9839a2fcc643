"""The names that the editor completes are those that a program can use."""

from __future__ import annotations

import importlib
import json
from typing import Any

import backprop
import pytest

from playground.builder.cache import BuildCache
from playground.builder.names import library_names
from playground.project import find_project

_KINDS = {
    "Module": backprop.nn.Module,
    "Optimizer": backprop.optim.Optimizer,
    "Tensor": backprop.Tensor,
}


@pytest.fixture(scope="module")
def names() -> dict[str, list[list[str]]]:
    project = find_project()
    found: dict[str, list[list[str]]] = json.loads(
        library_names(project, BuildCache(project.cache))
    )
    return found


def _owner(path: str) -> Any:
    if path in _KINDS:
        return _KINDS[path]
    return importlib.import_module(path.replace("torch", "backprop", 1))


def test_each_name_is_there_to_be_used(names: dict[str, list[list[str]]]) -> None:
    for path, listed in names.items():
        for name, kind, _, _ in listed:
            if kind == "namespace":
                importlib.import_module(f"{path.replace('torch', 'backprop', 1)}.{name}")
            else:
                assert hasattr(_owner(path), name), f"{path}.{name}"


def test_what_learners_write_is_listed_with_its_arguments_and_its_meaning(
    names: dict[str, list[list[str]]],
) -> None:
    listed = {f"{path}.{each[0]}": each for path, own in names.items() for each in own}
    assert listed["torch.nn.Linear"][1:3] == [
        "class",
        "(in_features, out_features, bias=True, device=None, dtype=None)",
    ]
    assert listed["Tensor.reshape"][2] == "(*shape)"
    assert listed["Optimizer.step"][2].startswith("(")
    # No address, which would differ from build to build.
    assert listed["torch.utils.data.random_split"][2] == "(dataset, lengths, generator=...)"
    assert "backprop.viz.graph" in listed
    assert "torch.load" in listed
    for path, name in (("torch", "importlib"), ("torch", "warnings"), ("backprop.ui", "Sequence")):
        assert f"{path}.{name}" not in listed
    silent = [
        key
        for key, (_, kind, _, sentence) in listed.items()
        if kind in ("class", "function") and not sentence
    ]
    assert silent == []
