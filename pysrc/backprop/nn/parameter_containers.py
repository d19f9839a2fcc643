"""Parameters in a list, and by names of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..tensor import Tensor
from .module import Module
from .parameter import Parameter
from .registration import typename

__all__ = ["ParameterDict", "ParameterList"]


class _Parameters(Module):
    """What both share: values that are attributes of the module."""

    def _put(self, name: str, value: Any) -> None:
        """Keep a value; a tensor that is no parameter becomes one."""
        if isinstance(value, Tensor) and not isinstance(value, Parameter):
            value = Parameter(value)
        setattr(self, name, value)

    def _lines(self, named: Iterable[tuple[Any, Any]], kind: Any) -> str:
        lines = []
        for name, value in named:
            if isinstance(value, Tensor):
                size = "x".join(map(str, value.shape))
                what = "Parameter" if isinstance(value, Parameter) else "Tensor"
                lines.append(f"  ({name}): {what} containing: [{kind(value)} of size {size}]")
            else:
                lines.append(f"  ({name}): Object of type: {type(value).__name__}")
        return "\n".join(lines)


class ParameterList(_Parameters):
    """Parameters in a list.

    >>> import backprop as torch
    >>> weights = torch.nn.ParameterList([torch.zeros(2), torch.zeros(3)])
    >>> [name for name, _ in weights.named_parameters()]
    ['0', '1']

    Tensors that are no parameters become ones; other values are kept as they are.
    """

    def __init__(self, values: Iterable[Any] | None = None) -> None:
        super().__init__()
        self._size = 0
        if values is not None:
            self.extend(values)

    def append(self, value: Any) -> ParameterList:
        """Add a value at the end; return the whole."""
        self._put(str(self._size), value)
        self._size += 1
        return self

    def extend(self, values: Iterable[Any]) -> ParameterList:
        """Add values at the end; return the whole.

        Raises:
            TypeError: they are no iterable, or one tensor.
        """
        if not isinstance(values, Iterable) or isinstance(values, Tensor):
            raise TypeError(
                f"ParameterList.extend should be called with an iterable, but got {type(values).__name__}\n"
                "Put the value into a list: [value]."
            )
        for value in list(values):
            self.append(value)
        return self

    def pop(self, index: int = -1) -> Any:
        """Take the value at `index` out and return it."""
        values = list(self)
        taken = values.pop(index)
        for place in range(self._size):
            delattr(self, str(place))
        self._size = 0
        self.extend(values)
        return taken

    def _name_of(self, index: int) -> str:
        if not -self._size <= index < self._size:
            raise IndexError(
                f"index {index} is out of range\nThere are {self._size} values, counted from 0."
            )
        return str(index % self._size)

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return ParameterList(list(self)[index])
        return getattr(self, self._name_of(index))

    def __setitem__(self, index: int, value: Any) -> None:
        self._put(self._name_of(index), value)

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Any]:
        return iter([getattr(self, str(place)) for place in range(self._size)])

    def __iadd__(self, values: Iterable[Any]) -> ParameterList:
        return self.extend(values)

    def extra_repr(self) -> str:
        """The type and the size of each."""
        return self._lines(enumerate(self), lambda value: value.dtype)


class ParameterDict(_Parameters):
    """Parameters by their names.

    >>> import backprop as torch
    >>> weights = torch.nn.ParameterDict({"left": torch.zeros(2), "right": torch.zeros(3)})
    >>> [name for name, _ in weights.named_parameters()]
    ['left', 'right']

    Tensors that are no parameters become ones; other values are kept as they are.
    """

    def __init__(self, parameters: Any = None) -> None:
        super().__init__()
        self._keys: dict[str, None] = {}
        if parameters is not None:
            self.update(parameters)

    def update(self, parameters: Any) -> None:
        """Take over values from a dictionary, or from pairs of names and values.

        Raises:
            TypeError: they are no iterable.
        """
        if not isinstance(parameters, Iterable):
            raise TypeError(
                "ParametersDict.update should be called with an iterable of key/value pairs, but got "
                f"{type(parameters).__name__}\nGive a dictionary."
            )
        for name, value in parameters.items() if hasattr(parameters, "items") else parameters:
            self[name] = value

    def keys(self) -> Iterable[str]:
        """The names."""
        return self._keys.keys()

    def values(self) -> Iterable[Any]:
        """The values."""
        return (self[name] for name in self._keys)

    def items(self) -> Iterable[tuple[str, Any]]:
        """Pairs of names and values."""
        return ((name, self[name]) for name in self._keys)

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a name, or `default` if there is none."""
        return getattr(self, key) if key in self._keys else default

    def setdefault(self, key: str, default: Any = None) -> Any:
        """The value of a name, which gets `default` if there is none."""
        if key not in self:
            self[key] = default
        return self[key]

    def pop(self, key: str) -> Any:
        """Take the value of a name out and return it."""
        value = self[key]
        del self[key]
        return value

    def popitem(self) -> tuple[str, Any]:
        """Take the last name and its value out and return both."""
        key = next(reversed(self._keys))
        return key, self.pop(key)

    def clear(self) -> None:
        """Take all values out."""
        for name in list(self._keys):
            del self[name]

    def copy(self) -> ParameterDict:
        """Another one with the same values."""
        return ParameterDict(dict(self.items()))

    def fromkeys(self, keys: Iterable[str], default: Any = None) -> ParameterDict:
        """Another one, with these names and one value for all."""
        return ParameterDict(dict.fromkeys(keys, default))

    def __getitem__(self, key: str) -> Any:
        if key not in self._keys:
            raise KeyError(key)
        return getattr(self, key)

    def __setitem__(self, key: str, value: Any) -> None:
        if not isinstance(key, str):
            raise TypeError(
                f"Index given to ParameterDict cannot be used as a key as it is not a string (type is "
                f"'{type(key).__name__}'). Open an issue on github if you need non-string keys.\n"
                "Use str(key)."
            )
        self._keys[key] = None
        self._put(key, value)

    def __delitem__(self, key: str) -> None:
        del self._keys[key]
        delattr(self, key)

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __reversed__(self) -> Iterator[str]:
        return reversed(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def __or__(self, other: ParameterDict) -> ParameterDict:
        return ParameterDict({**dict(self.items()), **dict(other.items())})

    def extra_repr(self) -> str:
        """The type and the size of each."""
        return self._lines(self.items(), typename)
