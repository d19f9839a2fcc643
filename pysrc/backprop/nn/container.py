"""Modules made of modules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .module import Module


class Sequential(Module):
    """One module after the other: the output of each is the input of the next.

    >>> import backprop as torch
    >>> torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU())
    Sequential(
      (0): Linear(in_features=2, out_features=3, bias=True)
      (1): ReLU()
    )

    Raises:
        TypeError: something given is no module.
    """

    def __init__(self, *args: Any) -> None:
        super().__init__()
        named = args[0].items() if len(args) == 1 and isinstance(args[0], dict) else enumerate(args)
        for name, module in named:
            if not isinstance(module, Module):
                raise TypeError(
                    f"{_named(module)} is not a Module subclass\n"
                    "Give an object, with its brackets: nn.ReLU(), not nn.ReLU or torch.relu."
                )
            self.add_module(str(name), module)

    def forward(self, input: Any) -> Any:
        """Pass `input` through all modules in order."""
        for module in self.__dict__.values():
            if isinstance(module, Module):
                input = module(input)
        return input

    def append(self, module: Module) -> Sequential:
        """Add a module at the end; return the whole."""
        self.add_module(str(len(self)), module)
        return self

    def __iter__(self) -> Iterator[Module]:
        return iter([each for each in vars(self).values() if isinstance(each, Module)])

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __getitem__(self, index: int | slice) -> Any:
        found = list(self)[index]
        return Sequential(*found) if isinstance(found, list) else found

    def __setitem__(self, index: int, module: Module) -> None:
        names = [name for name, each in vars(self).items() if isinstance(each, Module)]
        setattr(self, names[index], module)


def _named(value: Any) -> str:
    """What was given instead of a module, with PyTorch's name for a layer of ours."""
    if isinstance(value, type) and issubclass(value, Module):
        kind = value.__module__.rpartition(".")[2]
        return f"torch.nn.modules.{kind}.{value.__name__}"
    return str(getattr(value, "__name__", type(value).__name__))
