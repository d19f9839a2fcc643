"""Models as functions of their parameters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from .missing import missing_attribute
from .nn.module import Module
from .nn.registration import typename
from .tensor import Tensor

Tensors = Mapping[str, Tensor]


def functional_call(
    module: Module,
    parameter_and_buffer_dicts: Tensors | Sequence[Tensors],
    args: Any = None,
    kwargs: dict[str, Any] | None = None,
    *,
    tie_weights: bool = True,
    strict: bool = False,
) -> Any:
    """What `module` gives with other parameters and buffers in place of its own, for this call.

    Gradients reach the tensors that are given. What is left out stays the module's own.

    >>> import backprop as torch
    >>> x, weights = torch.ones(1, 2), {"weight": torch.ones(1, 2), "bias": torch.zeros(1)}
    >>> functional_call(torch.nn.Linear(2, 1), weights, (x,))
    tensor([[2.]])

    Args:
        module: the model.
        parameter_and_buffer_dicts: tensors by their dotted names, in one dictionary or in several.
        args: the model's argument, or a tuple of them.
        kwargs: its arguments by name.
        tie_weights: whether one that is used under several names is replaced under all of them.
        strict: whether every parameter and buffer, and nothing else, has to be given.

    Raises:
        ValueError: they are no dictionaries, or a name is in two of them.
        RuntimeError: a name is missing or unknown, if `strict`.
        TypeError: something that is given is no tensor.
        AttributeError: a name has a part that is no module.
    """
    given = _together(parameter_and_buffer_dicts)
    own = {
        **dict(module.named_parameters(remove_duplicate=False)),
        **dict(module.named_buffers(remove_duplicate=False)),
    }
    if strict:
        _require_all(module, own, given)
    if tie_weights:
        twins = {id(own[name]): tensor for name, tensor in given.items() if name in own}
        given |= {
            name: twins[id(tensor)]
            for name, tensor in own.items()
            if name not in given and id(tensor) in twins
        }
    arguments = () if args is None else args if isinstance(args, tuple) else (args,)
    with _replaced(module, given):
        return module(*arguments, **(kwargs or {}))


def _together(dictionaries: Any) -> dict[str, Tensor]:
    if isinstance(dictionaries, Mapping):
        return dict(dictionaries)
    if not isinstance(dictionaries, Sequence):
        raise ValueError(
            "Expected parameter_and_buffer_dicts to be a dict, or a list/tuple of dicts, but got "
            f"{type(dictionaries)}\nGive it dict(model.named_parameters()), for example."
        )
    if not all(isinstance(each, Mapping) for each in dictionaries):
        raise ValueError(
            "Expected all elements of parameter_and_buffer_dicts to be dictionaries\n"
            "Give it dict(model.named_parameters()), for example."
        )
    count = Counter(name for each in dictionaries for name in each)
    twice = [name for name, times in count.items() if times > 1]
    if twice:
        raise ValueError(
            f"{twice} appeared in multiple dictionaries; behavior of functional call is ambiguous\n"
            "Give each name once."
        )
    return {name: tensor for each in dictionaries for name, tensor in each.items()}


def _require_all(module: Module, own: Tensors, given: Tensors) -> None:
    lines = [
        f"\t{title} key(s): " + ", ".join(f"'{name}'" for name in names) + "."
        for title, names in (
            ("Unexpected", [name for name in given if name not in own]),
            ("Missing", [name for name in own if name not in given]),
        )
        if names
    ]
    if lines:
        raise RuntimeError(
            f"Error(s) in reparametrizing for {type(module).__name__}:\n" + "\n".join(lines)
        )


@contextmanager
def _replaced(module: Module, tensors: Tensors) -> Iterator[None]:
    """Let a module have other tensors under these names, for a block of code."""
    before: list[tuple[dict[str, Any], str, Any]] = []
    try:
        for full, tensor in tensors.items():
            if not isinstance(tensor, Tensor):
                raise TypeError(
                    f"{tensor} is not an instance of torch.Tensor\n"
                    f"It is {typename(tensor)}, given for {full}."
                )
            path, _, name = full.rpartition(".")
            owner = _owner(module, path)
            places: tuple[dict[str, Any], ...] = (owner._parameters, owner._buffers, vars(owner))
            for place in places:
                if name in place:
                    before.append((place, name, place[name]))
                    place[name] = tensor
        yield
    finally:
        for place, name, tensor in reversed(before):
            place[name] = tensor


def _owner(module: Module, path: str) -> Module:
    owner = module
    for name in path.split(".") if path else ():
        if name not in owner._modules:
            raise AttributeError(
                f"{type(owner).__name__} has no attribute `{name}`\n"
                "The names are those of model.named_parameters().",
                name=name,
            )
        owner = owner.get_submodule(name)
    return owner


def __getattr__(name: str) -> object:
    raise missing_attribute("torch.func", name)
