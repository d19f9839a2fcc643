"""Taking saved numbers over into a module."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ..tensor import Tensor
from .parameter import Parameter

if TYPE_CHECKING:
    from .module import Module


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
    module: Module, state_dict: Mapping[str, Any], strict: bool, assign: bool
) -> IncompatibleKeys:
    """See `Module.load_state_dict`."""
    if not isinstance(state_dict, Mapping):
        raise TypeError(
            f"Expected state_dict to be dict-like, got {type(state_dict)}.\n"
            "Give it what model.state_dict() returned, or torch.load(path) of it."
        )
    own = module.state_dict(keep_vars=True)
    missing = [name for name in own if name not in state_dict]
    unexpected = [name for name in state_dict if name not in own]
    problems = []
    if strict and missing:
        problems.append(f"Missing key(s) in state_dict: {_quoted(missing)}. ")
    if strict and unexpected:
        problems.append(f"Unexpected key(s) in state_dict: {_quoted(unexpected)}. ")
    fitting = {name: state_dict[name] for name in own if name in state_dict}
    for name, value in fitting.items():
        problem = _misfit(name, own[name], value)
        if problem:
            problems.append(problem)
    if problems:
        raise RuntimeError(
            f"Error(s) in loading state_dict for {type(module).__name__}:\n\t"
            + "\n\t".join(problems)
            + "\nBuild the model with the layers that it had when it was saved."
        )
    for name, value in fitting.items():
        if assign:
            _assign(module, name, own[name], value)
        else:
            np.copyto(own[name].array, value.array, casting="unsafe")
            own[name].version_counter[0] += 1
    return IncompatibleKeys(missing, unexpected)


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _misfit(name: str, own: Tensor, value: Any) -> str | None:
    if not isinstance(value, Tensor):
        return (
            f'While copying the parameter named "{name}", expected torch.Tensor or Tensor-like object '
            f"from checkpoint but received {type(value)}"
        )
    if value.array.shape != own.array.shape:
        return (
            f"size mismatch for {name}: copying a param with shape {value.shape} from checkpoint, the "
            f"shape in current model is {own.shape}."
        )
    return None


def _assign(module: Module, name: str, own: Tensor, value: Tensor) -> None:
    path, _, last = name.rpartition(".")
    taken = Parameter(value, own.requires_grad) if isinstance(own, Parameter) else value
    setattr(module.get_submodule(path), last, taken)
