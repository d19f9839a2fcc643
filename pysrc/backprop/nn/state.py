"""Taking saved numbers over into a module."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from ..tensor import Tensor
from .parameter import Parameter
from .uninitialized import is_lazy


class IncompatibleKeys(NamedTuple):
    """What `load_state_dict` could not match."""

    missing_keys: list[str]
    unexpected_keys: list[str]

    def __repr__(self) -> str:
        if not self.missing_keys and not self.unexpected_keys:
            return "<All keys matched successfully>"
        return (
            f"_IncompatibleKeys(missing_keys={self.missing_keys}, "
            f"unexpected_keys={self.unexpected_keys})"
        )


def load_state(
    title: str,
    own: Mapping[str, Tensor],
    state_dict: Mapping[str, Any],
    strict: bool,
    assign: bool,
) -> tuple[IncompatibleKeys, dict[str, Tensor]]:
    """Copy saved numbers into a module's own tensors: see `Module.load_state_dict`.

    Args:
        title: the module's class, for an error.
        own: its parameters and buffers, by their dotted names.
        state_dict: the saved ones.
        strict: whether names that are missing or unknown are an error.
        assign: whether to return the saved tensors instead of copying their numbers.

    Returns:
        What could not be matched; and, with `assign`, the tensors that are to take the place of its own.
    """
    if not isinstance(state_dict, Mapping):
        raise TypeError(
            f"Expected state_dict to be dict-like, got {type(state_dict)}.\n"
            "Give it what model.state_dict() returned, or torch.load(path) of it."
        )
    missing = [name for name in own if name not in state_dict]
    unexpected = [name for name in state_dict if name not in own]
    problems = []
    if strict and missing:
        problems.append(f"Missing key(s) in state_dict: {_quoted(missing)}. ")
    if strict and unexpected:
        problems.append(f"Unexpected key(s) in state_dict: {_quoted(unexpected)}. ")
    fitting = {name: state_dict[name] for name in own if name in state_dict}
    for name, value in fitting.items():
        if is_lazy(own[name]) and isinstance(value, Tensor) and not is_lazy(value):
            own[name].materialize(value.array.shape)
    for name, value in fitting.items():
        problem = _misfit(name, own[name], value)
        if problem:
            problems.append(problem)
    if problems:
        raise RuntimeError(
            f"Error(s) in loading state_dict for {title}:\n\t"
            + "\n\t".join(problems)
            + "\nBuild the model with the layers that it had when it was saved."
        )
    keys = IncompatibleKeys(missing, unexpected)
    if assign:
        return keys, {name: _as_kind(own[name], value) for name, value in fitting.items()}
    for name, value in fitting.items():
        if is_lazy(value):
            continue
        np.copyto(own[name].array, value.array, casting="unsafe")
        own[name].version_counter[0] += 1
    return keys, {}


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _misfit(name: str, own: Tensor, value: Any) -> str | None:
    if not isinstance(value, Tensor):
        return (
            f'While copying the parameter named "{name}", expected torch.Tensor or Tensor-like object '
            f"from checkpoint but received {type(value)}"
        )
    if is_lazy(own) and is_lazy(value):
        return None
    if value.shape != own.shape:
        return (
            f"size mismatch for {name}: copying a param with shape {value.shape} from checkpoint, the "
            f"shape in current model is {own.shape}."
        )
    return None


def _as_kind(own: Tensor, value: Tensor) -> Tensor:
    return Parameter(value, own.requires_grad) if isinstance(own, Parameter) else value
