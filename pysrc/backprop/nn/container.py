"""Modules made of modules."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from .module import Module

N = TypeVar("N", bound="_Numbered")


class _Numbered(Module):
    """Children that are called "0", "1", and so on, as in a list; `Sequential` may name them itself."""

    def append(self: N, module: Module) -> N:
        """Add a module at the end; return the whole."""
        self.add_module(str(len(self)), module)
        return self

    def extend(self: N, modules: Iterable[Module]) -> N:
        """Add modules at the end; return the whole.

        Raises:
            TypeError: they are no iterable.
        """
        if not isinstance(modules, Iterable):
            raise TypeError(
                f"{type(self).__name__}.extend should be called with an iterable, but got "
                f"{type(modules).__name__}\nPut the module into a list: [module]."
            )
        for module in list(modules):
            self.append(module)
        return self

    def insert(self: N, index: int, module: Module) -> N:
        """Put a module before that at `index`; return the whole."""
        children = list(self)
        children.insert(index, module)
        return self._renumber(children)

    def pop(self, key: int) -> Any:
        """Take the module at `key` out and return it."""
        module = self[key]
        del self[key]
        return module

    def _renumber(self: N, children: list[Module]) -> N:
        for name in list(self._modules):
            self._drop(name)
        for place, module in enumerate(children):
            self.add_module(str(place), module)
        return self

    def _name_of(self, index: int) -> str:
        if not -len(self) <= index < len(self):
            raise IndexError(
                f"index {index} is out of range\nThere are {len(self)} modules, counted from 0."
            )
        return list(self._modules)[index]

    def __iter__(self) -> Iterator[Any]:
        return iter(list(self._modules.values()))

    def __len__(self) -> int:
        return len(self._modules)

    def __getitem__(self, index: int | slice) -> Any:
        if not isinstance(index, slice):
            return self._modules[self._name_of(index)]
        return self._of(list(self._modules.items())[index])

    def _of(self, named: list[tuple[str, Any]]) -> Any:
        raise NotImplementedError

    def __setitem__(self, index: int, module: Module) -> None:
        setattr(self, self._name_of(index), module)

    def __delitem__(self, index: int | slice) -> None:
        names = list(self._modules)
        for name in names[index] if isinstance(index, slice) else [self._name_of(index)]:
            self._drop(name)
        self._renumber(list(self))

    def __iadd__(self: N, other: Iterable[Module]) -> N:
        return self.extend(other)

    def __add__(self: N, other: Iterable[Module]) -> N:
        whole: N = type(self)()
        return whole.extend(self).extend(other)


class Sequential(_Numbered):
    """One module after the other: the output of each is the input of the next.

    >>> import backprop as torch
    >>> torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU())
    Sequential(
      (0): Linear(in_features=2, out_features=3, bias=True)
      (1): ReLU()
    )

    Args:
        args: the modules; or one `OrderedDict` of modules by their names.

    Raises:
        TypeError: something given is no module.
    """

    def __init__(self, *args: Any) -> None:
        super().__init__()
        named = (
            args[0].items()
            if len(args) == 1 and isinstance(args[0], OrderedDict)
            else enumerate(args)
        )
        for name, module in named:
            self.add_module(str(name), module)

    def forward(self, input: Any) -> Any:
        """Pass `input` through all modules in order."""
        for module in self._modules.values():
            input = module(input)  # type: ignore[misc]
        return input

    def _of(self, named: list[tuple[str, Any]]) -> Any:
        return type(self)(OrderedDict(named))


class ModuleList(_Numbered):
    """Modules in a list, for a `forward` that says itself what is done with them.

    >>> import backprop as torch
    >>> torch.nn.ModuleList([torch.nn.Linear(2, 2) for _ in range(3)])
    ModuleList(
      (0-2): 3 x Linear(in_features=2, out_features=2, bias=True)
    )

    Raises:
        TypeError: something given is no module.
    """

    def __init__(self, modules: Iterable[Module] | None = None) -> None:
        super().__init__()
        if modules is not None:
            self.extend(modules)

    def _of(self, named: list[tuple[str, Any]]) -> Any:
        return type(self)(module for _, module in named)

    def __repr__(self) -> str:
        """Equal neighbours are shown once, with their number."""
        runs: list[tuple[int, int, str]] = []
        for place, module in enumerate(self):
            if runs and runs[-1][2] == repr(module):
                runs[-1] = (runs[-1][0], place, runs[-1][2])
            else:
                runs.append((place, place, repr(module)))
        lines = [
            f"({first}): {text}"
            if first == last
            else f"({first}-{last}): {last - first + 1} x {text}"
            for first, last, text in runs
        ]
        if not lines:
            return f"{self._get_name()}()"
        inside = "\n".join(lines).replace("\n", "\n  ")
        return f"{self._get_name()}(\n  {inside}\n)"


class ModuleDict(Module):
    """Modules by their names, for a `forward` that says itself what is done with them.

    Raises:
        TypeError: something given is no module, or its name no string.
    """

    def __init__(self, modules: Any = None) -> None:
        super().__init__()
        if modules is not None:
            self.update(modules)

    def update(self, modules: Any) -> None:
        """Take over modules from a dictionary, or from pairs of names and modules."""
        for name, module in modules.items() if hasattr(modules, "items") else modules:
            self[name] = module

    def keys(self) -> Any:
        """The names."""
        return self._modules.keys()

    def values(self) -> Any:
        """The modules."""
        return self._modules.values()

    def items(self) -> Any:
        """Pairs of names and modules."""
        return self._modules.items()

    def pop(self, key: str) -> Any:
        """Take the module `key` out and return it."""
        module = self[key]
        del self[key]
        return module

    def clear(self) -> None:
        """Take all modules out."""
        for name in list(self._modules):
            self._drop(name)

    def __getitem__(self, key: str) -> Any:
        return self._modules[key]

    def __setitem__(self, key: str, module: Module) -> None:
        self.add_module(key, module)

    def __delitem__(self, key: str) -> None:
        del self._modules[key]
        vars(self).pop(key)

    def __contains__(self, key: str) -> bool:
        return key in self._modules

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)
